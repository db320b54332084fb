"""Everyday words of a question that a report uses as a name: then they are no other term."""

from collections.abc import Collection

from bot.nouns import Ask, Question
from corpus.nouns import Fact
from corpus.vocabulary import Vocabulary
from corpus.wording import fold

# The subjects of this group are abstract; the words people say for them may name an undertaking.
ABSTRACT = "功能分类"
# Shorter words stand in too many names.
TELLING = 4


def in_own_words(question: Question, facts: Collection[Fact], vocabulary: Vocabulary) -> Question:
    """Return a question whose words for a subject are taken as they are where a figure has them.

    “夜市活动” may be said for a subject; of a report with a figure for 夜市活动补贴 it is that.
    """
    asks = tuple(_ask_in_own_words(ask, facts, vocabulary) for ask in question.asks)
    return question if asks == question.asks else question.model_copy(update={"asks": asks})


def _ask_in_own_words(ask: Ask, facts: Collection[Fact], vocabulary: Vocabulary) -> Ask:
    pairs = list(zip(ask.terms, ask.said, strict=False))
    kept = [
        (term, said)
        for term, said in pairs
        if not (_is_everyday(term, said, vocabulary) and _names_a_figure(said, facts, vocabulary))
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


def _is_everyday(name: str, said: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a subject was named by words that only people use for it."""
    term = vocabulary.term(name)
    asked = term is not None and term.group == ABSTRACT and len(said) >= TELLING
    return asked and said not in (name, *(term.aliases if term else ()))


def _names_a_figure(said: str, facts: Collection[Fact], vocabulary: Vocabulary) -> bool:
    """Tell whether a figure bears the words in a name of the report's own."""
    words = fold(said)
    return any(
        words in fold(fact.measure) and vocabulary.term_of(fact.measure) is None for fact in facts
    )
