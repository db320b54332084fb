"""Words of a question that a report uses as a name, or in one: then they are no other term."""

from collections.abc import Collection
from functools import lru_cache

from bot.types import Ask, Question
from corpus.entities.units import unit_kind
from corpus.lexicon.normalise import fold, normalise
from corpus.lexicon.term_matcher import Vocabulary, load_vocabulary
from corpus.model.types import Fact

# The subjects of this group are abstract; the words people say for them may name an undertaking.
ABSTRACT = "功能分类"
# Shorter words stand in too many names.
TELLING = 4
PROJECT = "专项"
# A short form of a name: so many characters, so many left out, and the same head at its end.
_SHORT, _LONG = 3, 6
_LEFT_OUT = 6
_HEAD = 2


def in_own_words(question: Question, facts: Collection[Fact], vocabulary: Vocabulary) -> Question:
    """Return a question whose words for a subject are taken as they are where a figure has them.

    “夜市活动” may be said for a subject; of a report with a figure for 夜市活动补贴 it is that.
    So it is with any term inside a longer name: 维修 in 仓库维修, of 仓库维修改造.
    """
    words = fold(normalise(question.words))
    asks = tuple(_ask_in_own_words(ask, words, facts, vocabulary) for ask in question.asks)
    asks = tuple(_ask_in_full(ask, facts) for ask in asks)
    return question if asks == question.asks else question.model_copy(update={"asks": asks})


def _ask_in_own_words(
    ask: Ask, message: str, facts: Collection[Fact], vocabulary: Vocabulary
) -> Ask:
    pairs = list(zip(ask.terms, ask.said, strict=False))
    kept = [
        (term, said)
        for term, said in pairs
        if not (_is_everyday(term, said, vocabulary) and _names_a_figure(said, facts, vocabulary))
        and not _is_part_of_a_name(fold(said), ask.words, message, facts)
        and not _ends_a_name(term, said, ask, facts, vocabulary)
        and not _names_a_project(said, ask, facts)
    ]
    if len(kept) == len(pairs):
        return ask
    words = [fold(said) for term, said in pairs if (term, said) not in kept]
    return ask.model_copy(
        update={
            "terms": tuple(term for term, _ in kept),
            "said": tuple(said for _, said in kept),
            "words": " ".join((*words, *ask.words.split())),
        }
    )


def _ask_in_full(ask: Ask, facts: Collection[Fact]) -> Ask:
    """Write out words beside a term that shorten the name of one row: 疾控机构."""
    if not ask.terms or not ask.words:
        return ask
    pieces = [_in_full(piece, facts) or piece for piece in ask.words.split()]
    return ask.model_copy(update={"words": " ".join(pieces)})


def _in_full(piece: str, facts: Collection[Fact]) -> str | None:
    """Return the one name of a row that has the characters of a piece in their order.

    It begins and ends as the piece does, and no name has the piece as it stands.
    """
    if not _SHORT <= len(piece) <= _LONG:
        return None
    names = {fold(fact.row[-1]) for fact in facts if fact.table and fact.row}
    if any(piece in name for name in names):
        return None
    longest = len(piece) + _LEFT_OUT
    full = [
        name
        for name in names
        if name.startswith(piece[0]) and name.endswith(piece[-_HEAD:]) and len(name) <= longest
    ]
    full = [name for name in full if _is_shortened(piece, name)]
    return full[0] if len(full) == 1 else None


def _is_shortened(piece: str, name: str) -> bool:
    """Tell whether all characters of a piece stand in a name in their order."""
    rest = iter(name)
    return all(char in rest for char in piece)


def _is_everyday(name: str, said: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a subject was named by words that only people use for it."""
    term = vocabulary.term(name)
    asked = term is not None and term.group == ABSTRACT and len(said) >= TELLING
    return asked and said not in (name, *(term.aliases if term else ()))


def _ends_a_name(
    name: str, said: str, ask: Ask, facts: Collection[Fact], vocabulary: Vocabulary
) -> bool:
    """Tell whether an everyday word is but the end of a figure's own name that the ask says.

    专职调解员补贴 is a part of a project, and no 津贴补贴 of the staff.
    """
    term, word = vocabulary.term(name), fold(said)
    if term is None or said in (name, *term.aliases) or not ask.words:
        return False
    return any(
        own.endswith(word) and len(own) - len(word) >= _HEAD and own.removesuffix(word) in ask.words
        for own in (fold(fact.measure) for fact in facts if fact.measure.endswith(said[-1]))
        if vocabulary.term_of(own) is None
    )


def _names_a_project(said: str, ask: Ask, facts: Collection[Fact]) -> bool:
    """Tell whether the words before 专项经费 make it the name of one project of the report."""
    word = fold(said)
    if not word.startswith(PROJECT):
        return False
    projects = {fold(fact.row[0]) for fact in facts if fact.row and not fact.table}
    heads = {name.removesuffix(PROJECT) for name in projects if name.endswith(PROJECT)}
    return any(len(head) >= _HEAD and head in ask.words for head in heads)


def _names_a_figure(said: str, facts: Collection[Fact], vocabulary: Vocabulary) -> bool:
    """Tell whether an amount bears the words in a name of the report's own.

    全区有城市低保对象 counts people: 城市低保 stays what is spent on them.
    """
    words = fold(said)
    return any(
        words in fold(fact.measure)
        and vocabulary.term_of(fact.measure) is None
        and unit_kind(fact.unit) == "money"
        for fact in facts
    )


def _is_part_of_a_name(said: str, words: str, message: str, facts: Collection[Fact]) -> bool:
    """Tell whether the words right beside a term make a name of it that only a report uses."""
    phrases = [
        phrase
        for piece in words.split()
        for phrase in (piece + said, said + piece)
        if phrase in message
    ]
    names = (_own_name(fact.measure) for fact in facts) if phrases else ()
    return any(phrase in name for name in names for phrase in phrases)


@lru_cache(maxsize=65536)
def _own_name(measure: str) -> str:
    """Return a name in a report's own words, folded; "" for a term."""
    return "" if load_vocabulary().term_of(measure) else fold(measure)
