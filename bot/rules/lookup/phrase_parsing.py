"""Reading one stretch of a message by itself: what it asks for, apart from the rest."""

from bot.parsing.annotations import mark_text
from bot.parsing.slots import Message, content_words, message_to_asks
from bot.query.retrieval.scope import LEVELS, Case
from bot.types import Ask
from corpus.model.types import Aspect, Noun

SOME_YEAR = 2000  # 今年 and the like are resolved for the whole message and not for a stretch of it


class Stretch(Noun):
    """What a stretch of a message asks for, the aspects that it names, and its words left over."""

    ask: Ask
    aspects: tuple[Aspect, ...]
    said: str

    @property
    def empty(self) -> bool:
        """Whether the stretch names no thing."""
        return not (self.ask.terms or self.ask.words)


def text_to_stretch(case: Case, text: str) -> Stretch:
    """Read a normalised stretch of a message of a case."""
    marks = mark_text(text, case.scope.organisations, case.vocabulary, SOME_YEAR)
    message = Message(text=text, terms=marks.terms, taken=marks.taken)
    ask = message_to_asks(message, "比较")[0]
    aspects = dict.fromkeys(m.aspect for m in marks.aspects if m.aspect in LEVELS)
    return Stretch(ask=ask, aspects=tuple(aspects), said=content_words(message, 0, len(text)))
