"""Reports of one undertaking, named by it: 望潮的农田管护项目 is what a whole report is about."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.types import Ask, Question
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Report

PATTERNS = patterns("questions.undertakings")
TITLED, NO_NAME, KIND = PATTERNS["titled"], PATTERNS["no_name"], PATTERNS["kind"]
SHORTEST = 4


class Narrowed(NamedTuple):
    """A question, the reports that it is asked of, and the words that named what they are about."""

    question: Question
    reports: tuple[Report, ...]
    said: str = ""


@lru_cache(maxsize=1024)
def undertaking_of(title: str, organisation: str) -> str:
    """Return what a report is about by its title, folded; "" where it is of a body as a whole."""
    found = TITLED.search(title.replace(organisation, "") if organisation else title)
    return "" if found is None or NO_NAME.match(found["name"]) else fold(found["name"])


def of_undertaking(
    question: Question,
    reports: Sequence[Report],
    names_beside: Callable[[Sequence[Report]], Collection[str]],
) -> Narrowed:
    """Return a question without the name of the undertaking it is about, and the reports of it.

    `names_beside` gives the names of rows of other reports: where one of those has the undertaking
    as well, the words stay what a figure is looked for by.
    """
    words = [piece for ask in question.asks for piece in ask.words.split()]
    for piece in words:
        named = _reports_named(piece, reports)
        if not named:
            continue
        others = [report for report in reports if report not in named]
        core = KIND.sub("", piece)
        if any(core in fold(name) for name in names_beside(others)):
            continue
        asks = tuple(_without(ask, piece) for ask in question.asks)
        return Narrowed(question.model_copy(update={"asks": asks}), named, piece)
    return Narrowed(question, tuple(reports))


def _reports_named(piece: str, reports: Sequence[Report]) -> tuple[Report, ...]:
    core = KIND.sub("", piece)
    if len(core) < SHORTEST:
        return ()
    return tuple(
        report
        for report in reports
        if (name := undertaking_of(report.title, report.organisation))
        and (core in name or name in core)
    )


def without_words(question: Question, said: Sequence[str]) -> Question:
    """Return a question whose asks say nothing of some words."""
    asks = question.asks
    for words in said:
        asks = tuple(
            ask.model_copy(update={"words": " ".join(ask.words.replace(words, " ").split())})
            for ask in asks
        )
    return question.model_copy(update={"asks": asks}) if said else question


def says_beside(question: Question, said: Sequence[str]) -> bool:
    """Tell whether a question names a thing beside what some words name: an undertaking, whose."""
    pieces = (piece for ask in question.asks for piece in (*ask.said, *ask.words.split()))
    return any(
        KIND.sub("", piece) and not any(fold(piece) in one for one in said) for piece in pieces
    )


def _without(ask: Ask, piece: str) -> Ask:
    words = " ".join(one for one in ask.words.split() if one != piece)
    return ask.model_copy(update={"words": words})
