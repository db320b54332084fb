"""Whether a stretch of a report bears out what is asked: every phrase of it, and its kind.

A phrase stands in a text as it is, in other words of the same meaning (建好: 建成), or spelled out
(进博会: 进口博览会). A passage that merely shares words with a question is no answer to it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.parsing.grammar import QUANTITY, load_cues
from bot.parsing.slots import COUNTED
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import fits_kind, names_of
from bot.query.retrieval.scope import Case
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact, Noun

# Of a phrase this much must stand in a text, of a term more; a word or so must stand there whole.
LEAST = 0.5
LEAST_TERM = 0.75
SHORT = 3
HEAD = 2
# One word of several may be missing: "大桥的驿站得过什么荣誉" is answered by a prize.
SPARE_WORD = 2
SEVERAL = 3
# A name is spelled out where no more than this many characters stand between two of it.
APART = 3
LONGEST_SHORT_NAME = 5
PATTERNS = patterns("evidence.support")
NAMED = PATTERNS["named"]


class Phrase(Noun):
    """One thing asked for: the ways to say it, as it was said first, and how much must stand."""

    ways: tuple[str, ...]
    least: float

    @property
    def said(self) -> str:
        """The phrase as it was asked."""
        return self.ways[0]


def asked_phrases(case: Case) -> tuple[Phrase, ...]:
    """Return the phrases that an answer must bear out: the words left over and the terms."""
    words = tuple(piece_to_phrase(piece) for piece in case.ask.words.split())
    terms = (*case.ask.terms, *leaned_on(case))
    return words + tuple(term_to_phrase(case, term) for term in terms)


def term_to_phrase(case: Case, term: str) -> Phrase:
    """Return the ways in which reports write a term."""
    names = dict.fromkeys((term, *names_of(term, case.vocabulary)))
    return Phrase(ways=tuple(map(fold, names)), least=LEAST_TERM)


@lru_cache(maxsize=1024)
def piece_to_phrase(piece: str) -> Phrase:
    """Return a piece of a question with what it is in other words of the same meaning."""
    ways = [piece]
    for group in load_cues().alike:
        said = next((word for word in group if word in piece), None)
        if said:
            ways += [piece.replace(said, word) for word in group if word != said]
            ways += [word for word in group if len(piece) - len(said) == 1]
    least = 1.0 if len(piece) <= SHORT else LEAST
    return Phrase(ways=tuple(dict.fromkeys(ways)), least=least)


def leaned_on(case: Case) -> tuple[str, ...]:
    """Return the thing talked of where a message says no more than a word of its name.

    "是什么设备", after the count of the large ones, asks about those and no other.
    """
    words = case.ask.words.split()
    if not case.remembered or case.ask.terms or not words:
        return ()
    name = case.remembered[0].measure
    return (name,) if all(word in fold(name) for word in words) else ()


def share(phrase: Phrase, text: str) -> float:
    """Return how much of a phrase stands in a folded text, 1 where it is spelled out there."""
    if spelled_out(phrase.said, text):
        return 1.0
    stands = ((way, coverage(way, text)) for way in phrase.ways)
    return max(own * (own > 0 and strength(way, text) >= LEAST) for way, own in stands)


def strength(way: str, text: str) -> float:
    """Return the share of a phrase that stands in a folded text, heads such as 管理 left out."""
    strong = _strong(way)
    return coverage(strong, text) if strong.strip() else 1.0


@lru_cache(maxsize=1024)
def _strong(way: str) -> str:
    return load_cues().weak.sub(" ", way)


def spelled_out(piece: str, text: str) -> bool:
    """Tell whether a short name stands in a text in full: 进博会 as 进口博览会."""
    return SHORT <= len(piece) <= LONGEST_SHORT_NAME and bool(_in_full(piece).search(text))


@lru_cache(maxsize=1024)
def _in_full(piece: str) -> re.Pattern[str]:
    between = rf"[\u4e00-\u9fff]{{0,{APART}}}"
    return re.compile(between.join(map(re.escape, piece)))


def weight(phrases: tuple[Phrase, ...], text: str) -> float:
    """Return the share of all phrases that stands in a folded text, longer ones counting more."""
    total = sum(len(phrase.said) for phrase in phrases)
    return sum(len(phrase.said) * share(phrase, text) for phrase in phrases) / total


def bears(phrases: tuple[Phrase, ...], text: str) -> bool:
    """Tell whether a folded text bears out every phrase; one word of several may be missing."""
    missing = [phrase for phrase in phrases if share(phrase, text) < phrase.least]
    spare = len(phrases) >= SEVERAL and len(missing) == 1 and len(missing[0].said) <= SPARE_WORD
    return not missing or spare


def ends_alike(phrase: Phrase, text: str) -> bool:
    """Tell whether the head of a phrase, its last two characters, stands in a folded text."""
    if spelled_out(phrase.said, text):
        return True
    return any(coverage(way[-HEAD:], text) == 1 for way in phrase.ways)


def of_kind(case: Case, text: str, inside: Sequence[Fact]) -> bool:
    """Tell whether a sentence prints what is asked for; `inside` are the figures in it.

    A question that wants a date, a name or an address is answered by none that prints no such
    thing; one that wants a figure, by none without a figure of that kind and name.
    """
    question = case.question.words
    shapes = load_cues().shapes
    if not all(shape.said.search(text) for shape in shapes if shape.asked.search(question)):
        return False
    if leaned_on(case) and not NAMED.search(text):
        return False
    counted = case.question.operation == "查数" and COUNTED.search(question)
    wants = bool(QUANTITY.search(question) or counted)
    return not wants or any(is_figure_asked(case, fact) for fact in inside)


def is_figure_asked(case: Case, fact: Fact) -> bool:
    """Tell whether a figure is of the kind and counter asked for and shares the words asked."""
    counted = COUNTED.search(case.question.words)
    if counted and not fact.unit.startswith(counted.group(1)):
        return False
    names = fold("".join((fact.measure, fact.facet, *fact.row, *fact.column)))
    last = case.ask.words.split()[-1:] or [fold(term) for term in case.ask.terms[-1:]]
    return fits_kind(fact, case.ask.kind) and any(coverage(p, names) >= LEAST for p in last)
