"""Questions that the loaded reports can answer, to begin with: tried before they are offered."""

from collections.abc import Iterable, Iterator

from bot.assistant import Assistant
from bot.onward import POPULAR
from bot.presentation.answer_text import fact_to_question, label_of, year_word
from bot.types import Choice
from corpus.entities.organisations import core_of
from corpus.entities.units import to_yuan
from corpus.model.types import Aspect, Fact, Report
from index.library import Library

_COUNT = 3
_TRIES = 12
# What people ask for most, best first; a report without any of them offers its first amount.
_ASPECTS: tuple[Aspect, ...] = ("决算", "预算")


class Suggestions:
    """The questions to begin with, found once for each state of the library."""

    def __init__(self, library: Library, assistant: Assistant) -> None:
        self._library = library
        self._assistant = assistant
        self._found: tuple[tuple[str, ...], tuple[Choice, ...]] = ((), ())

    def questions(self) -> tuple[Choice, ...]:
        """Return up to three questions, of different reports where there are several."""
        loaded = tuple(report.id for report in self._library.reports())
        if loaded != self._found[0]:
            self._found = (loaded, _suggest(self._library, self._assistant))
        return self._found[1]


def _suggest(library: Library, assistant: Assistant) -> tuple[Choice, ...]:
    offered: list[Choice] = []
    for tried, choice in enumerate(_candidates(library)):
        if len(offered) == _COUNT or tried == _TRIES:
            break
        if assistant.answer(choice.question).answer.status == "answered":
            offered.append(choice)
    return tuple(offered)


def _candidates(library: Library) -> Iterator[Choice]:
    ranked = [_ranked(library, report) for report in newest_first(library.reports())]
    for place in range(max(map(len, ranked), default=0)):
        for facts in ranked:
            if place < len(facts):
                yield _fact_to_choice(facts[place])


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """Return reports by year, the newest first."""
    return sorted(reports, key=lambda report: (-(report.year or 0), report.name))


def _ranked(library: Library, report: Report) -> list[Fact]:
    facts = library.facts.find(reports=(report.id,))
    amounts = [
        fact
        for fact in facts
        if to_yuan(fact.value, fact.unit) and fact.year == report.year and not fact.facet
    ]
    return sorted(amounts, key=_popularity)[:_TRIES]


def _popularity(fact: Fact) -> tuple[int, int]:
    ranks = [rank for rank, measure in enumerate(POPULAR) if fact.measure == measure]
    aspect = _ASPECTS.index(fact.aspect) if fact.aspect in _ASPECTS else len(_ASPECTS)
    return (ranks[0] if ranks else len(POPULAR), aspect)


def _fact_to_choice(fact: Fact) -> Choice:
    return Choice(
        label=f"{core_of(fact.organisation)} {year_word(fact.year)}{label_of(fact)}",
        question=fact_to_question(fact),
    )
