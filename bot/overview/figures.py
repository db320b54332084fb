"""The figures of one body that a card chooses from: by measure, year and aspect, settled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.query.retrieval.matching import Evidence
from bot.query.retrieval.settlement import (
    SCOPES,
    WHOLES,
    Finding,
    amount_of,
    evidence_to_findings,
)
from corpus.model.types import Aspect, Fact, Kind, Report

Key = tuple[str, int, Aspect]
MONEY: tuple[Aspect, ...] = ("预算", "调整预算", "决算", "执行数")
MAIN: dict[Kind, Aspect] = {"决算": "决算", "绩效自评": "决算", "其他": "决算", "预算": "预算"}


@dataclass(frozen=True)
class Figures:
    """The figures of a body in its reports; a part that a column singles out is none of them."""

    reports: tuple[Report, ...]
    facts: tuple[Fact, ...]

    @cached_property
    def levels(self) -> dict[Key, list[Fact]]:
        """The amounts and counts by what they are of; those of a report on that year alone."""
        found: dict[Key, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.year and not fact.facet and fact.aspect in (*MONEY, "数量"):
                found[fact.measure, fact.year, fact.aspect].append(fact)
        return {key: _of_own_report(held) for key, held in found.items()}

    def find(self, measures: Iterable[str], year: int, aspect: Aspect) -> Finding | None:
        """Return the figure of the first of the measures that is printed."""
        found = (self.levels.get((measure, year, aspect), ()) for measure in measures)
        return next((_settled(facts) for facts in found if facts), None)

    def changes(self, year: int) -> tuple[Fact, ...]:
        """Return the amounts by which something differs from the year before, as printed."""
        return tuple(
            fact
            for fact in self.facts
            if fact.aspect == "增减额"
            and fact.year == year
            and not fact.facet
            and fact.direction
            and fact.base
            and fact.base.year == year - 1
            and amount_of(fact)[1] == "元"
        )

    def rate_beside(self, change: Fact) -> Fact | None:
        """Return the rate that is printed with an amount of change."""
        same = (change.quote, change.measure, change.year, change.direction)
        return next(
            (
                fact
                for fact in self.facts
                if fact.aspect == "增减率"
                and (fact.quote, fact.measure, fact.year, fact.direction) == same
            ),
            None,
        )


def aspects_of(reports: Iterable[Report]) -> tuple[Aspect, ...]:
    """Return the aspects that a card tells, what its reports are of first."""
    kinds = [report.kind for report in reports]
    first = [MAIN[kind] for kind in sorted(kinds, key=list(MAIN).index)]
    return tuple(dict.fromkeys((*first, "决算", "预算")))


def _of_own_report(facts: Sequence[Fact]) -> list[Fact]:
    """Keep the figures that the report on their year prints, where there are such."""
    own = [fact for fact in facts if fact.report_year == fact.year]
    return own or list(facts)


def _settled(facts: Sequence[Fact]) -> Finding:
    """Return one figure out of those printed for one thing; of a total, that of the whole body.

    What is printed in 万元 is read more easily than the same in 元, and comes first.
    """
    whole = [fact for fact in facts if fact.measure not in WHOLES or not SCOPES.search(fact.table)]
    ordered = sorted(whole or facts, key=lambda fact: (fact.unit == "元", len(fact.row) > 1))
    evidence = [Evidence(fact=fact, score=1.0 - 0.001 * at) for at, fact in enumerate(ordered)]
    return evidence_to_findings(evidence)[0]
