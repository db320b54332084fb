"""The facts that are answered from: those of some reports, found by the terms that name them.

Most of what a report prints has nothing to do with one question, so only the facts that bear a term
of it are held against it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby
from typing import TypeVar

from bot.query.retrieval.matching import measure_to_terms, names_to_terms
from bot.types import Question
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Fact, Report
from index.facts import FactTable

_MOST_SCOPES = 64
MOST_READ = 60  # reports that are read for one question; of more, see `Holdings.bearing`


class Facts(tuple[Fact, ...]):
    """Facts in the order of their reports, found at once by what they are of and by their report.

    Whoever looks for a figure looks among those of its name: a budget report prints thousands.
    """

    @cached_property
    def _by_thing(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        return _grouped(self, lambda fact: (fact.measure, fact.facet))

    @cached_property
    def _by_report(self) -> Mapping[str, tuple[Fact, ...]]:
        return _grouped(self, lambda fact: fact.report)

    def of(self, measure: str, facet: str) -> tuple[Fact, ...]:
        """Return the facts of one thing, in their order."""
        return self._by_thing.get((measure, facet), ())

    def beside(self, fact: Fact) -> tuple[Fact, ...]:
        """Return the facts of the report that a fact is of, itself among them."""
        return self._by_report.get(fact.report, ())

    def within(self, report: str, start: int, end: int) -> tuple[Fact, ...]:
        """Return the facts of a report that are printed in a stretch of it, in their order."""
        own = self._by_report.get(report, ())
        return tuple(fact for fact in own if start <= fact.spans[0].start < end)


Key = TypeVar("Key")


def _grouped(facts: Iterable[Fact], key: Callable[[Fact], Key]) -> Mapping[Key, tuple[Fact, ...]]:
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return {name: tuple(own) for name, own in groups.items()}


@dataclass(frozen=True)
class Part:
    """The facts of one report in the order of its text, and the places of those of each term."""

    facts: tuple[Fact, ...]
    places: Mapping[str, tuple[int, ...]]

    def named(self, terms: Collection[str]) -> tuple[Fact, ...]:
        """Return the facts that one of the terms names, in their order."""
        found = {at for term in terms for at in self.places.get(term, ())}
        return tuple(self.facts[at] for at in sorted(found))


@dataclass(frozen=True)
class Pool:
    """The facts of the reports in a scope, report by report."""

    facts: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = ()

    @cached_property
    def held(self) -> Facts:
        """The facts with their index, made once for all questions of a scope."""
        return Facts(self.facts)

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The facts by their ids, put together once for all questions of a scope."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The names of the rows of tables and of the parts that figures single out, each once."""
        rows = (fact.row[-1] for fact in self.facts if fact.row)
        return tuple(dict.fromkeys(chain(rows, (fact.facet for fact in self.facts if fact.facet))))

    @cached_property
    def of_forms(self) -> tuple[Fact, ...]:
        """The figures of forms that name their projects."""
        return tuple(fact for fact in self.facts if fact.project)

    def named(self, terms: Collection[str]) -> tuple[Fact, ...]:
        """Return the facts that one of the terms names, in their order."""
        return tuple(chain.from_iterable(part.named(terms) for part in self.parts))

    def of(self, facts: tuple[Fact, ...]) -> "Pool":
        """Return a pool of some of these facts, report by report."""
        own = (tuple(group) for _, group in groupby(facts, lambda fact: fact.report))
        return Pool(facts=facts, parts=tuple(map(facts_to_part, own)))

    def within(self, reports: Collection[Report]) -> "Pool":
        """Return the part of this pool that is of these reports."""
        ids = {report.id for report in reports}
        parts = tuple(part for part in self.parts if part.facts[0].report in ids)
        return Pool(facts=tuple(chain.from_iterable(part.facts for part in parts)), parts=parts)


class Holdings:
    """The pools of a library while its reports stay as they are; safe in many threads."""

    def __init__(self, table: FactTable, reports: tuple[Report, ...]) -> None:
        self.reports = reports
        self._table = table
        self._pool = lru_cache(maxsize=_MOST_SCOPES)(self._read)

    def pool(self, reports: Collection[Report]) -> Pool:
        """Return the facts of these reports; of none where there is no report."""
        return self._pool(tuple(report.id for report in reports)) if reports else Pool()

    def bearing(self, reports: Collection[Report], asked: Question) -> Pool:
        """Return the facts of these reports, of the years asked for, that a term asked for names.

        For what is asked of very many: of those the rest is never looked at.
        """
        terms = {term for ask in asked.asks for term in ask.terms}
        measures = [
            one
            for one in self._table.measures()
            if terms & measure_to_terms(one, load_vocabulary())
        ]
        years = () if asked.as_of else asked.years
        found = self._table.find(measures=measures, years=years) if measures else ()
        ids = {report.id for report in reports}
        return Pool().of(tuple(fact for fact in found if fact.report in ids))

    def _read(self, ids: tuple[str, ...]) -> Pool:
        facts = self._table.find(reports=ids)
        parts = (facts_to_part(tuple(own)) for _, own in groupby(facts, lambda fact: fact.report))
        return Pool(facts=facts, parts=tuple(parts))


@lru_cache(maxsize=512)
def facts_to_part(facts: tuple[Fact, ...]) -> Part:
    """Put the facts of one report together with the places of their terms."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, fact in enumerate(facts):
        for term in names_to_terms(fact, load_vocabulary()):
            places[term].append(at)
    return Part(facts=facts, places={term: tuple(found) for term, found in places.items()})
