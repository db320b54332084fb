"""One question with all that it may be answered from: the facts and reports in its scope."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from bot.parsing.annotations import AskedBase
from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import Page
from bot.query.retrieval.corroboration import backed
from bot.query.retrieval.fact_pool import Facts, Pool
from bot.query.retrieval.matching import Evidence, Wanted, rank
from bot.query.retrieval.settlement import Finding, evidence_to_findings
from bot.types import Answer, Ask, Question
from corpus.entities.organisations import core_of, step_of
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.lexicon.term_matcher import Vocabulary, load_vocabulary
from corpus.model.types import Aspect, Fact, Noun, Passage, Report
from index.store import Reports

if TYPE_CHECKING:
    from corpus.extraction.assertions.absences import Denial
    from corpus.extraction.assertions.reasons import Reason
    from corpus.extraction.facts import Parity

# What stands in the memory of a talk for a turn whose figure was worked out.
WORKED_OUT = "="
LEVELS: tuple[Aspect, ...] = ("决算", "预算", "调整预算", "执行数", "余额", "数量", "得分", "其他")

BESIDE = 2  # figures of an answer that tells one with its budget
PATTERNS = patterns("retrieval.scope")
PLACE = PATTERNS["place"]
UNIT = PATTERNS["unit"]
WHOLE = PATTERNS["whole"]


class Scope(Noun):
    """Whose reports a question is asked of.

    `open` is set where nobody was named and several organisations could be meant: the answer must
    ask back if more than one fits.
    """

    organisations: tuple[str, ...]
    open: bool = False

    def of_bodies(self, bodies: Collection[str]) -> "Scope":
        """Return the scope with these of its bodies alone; a scope that is not open stays."""
        inside = tuple(name for name in self.organisations if name in bodies)
        if not self.open or not inside or inside == self.organisations:
            return self
        return Scope(organisations=inside, open=len(inside) > 1)


Search = Callable[[str, Collection[str]], tuple[tuple[Passage, float], ...]]


def of_regions(scope: Scope, words: str, facts: Iterable[Fact]) -> Scope:
    """Narrow an open scope to the regions that words name: their bodies, and who tells of them.

    青禾县的农机购置补贴 is that of a body of 青禾县, whichever it is; its debt may be a row of the
    table of the city above it. A scope that is not open, and one without such a body, stay.
    """
    regions = _regions_in(words, scope.organisations) if scope.open else []
    if not regions:
        return scope
    by_region = _bodies_by_region(scope.organisations)
    inside = {name for region in regions for name in by_region[region]}
    inside |= {
        fact.organisation
        for fact in facts
        if fact.row and any(region in fact.row[-1] for region in regions)
    }
    return scope.of_bodies(inside)


def _regions_in(words: str, bodies: tuple[str, ...]) -> list[str]:
    said = normalise(words)
    return [region for region in _bodies_by_region(bodies) if region in said]


@lru_cache(maxsize=16)
def _bodies_by_region(bodies: tuple[str, ...]) -> dict[str, list[str]]:
    """Return bodies by the last step of their region; those without one are left out."""
    found: dict[str, list[str]] = {}
    for name in bodies:
        if step := step_of(name):
            found.setdefault(step, []).append(name)
    return found


@lru_cache(maxsize=65536)
def place_or_unit(name: str) -> str:
    """Return a place as it stands, a unit of a body without its region, "" for any other row."""
    if PLACE.fullmatch(name):
        return name
    return core_of(name) if UNIT.fullmatch(name) else ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A question, its scope, and the readers of what the scope holds.

    `recall` gives the facts of the last answers of the talk, the latest first, and `talked` has
    their ids, "" for a turn that told no figure and `WORKED_OUT` for a computed one; `bare` tells
    that the message named nothing itself and leans on them ("差多少"), `other` that it named
    something by words that are no term ("空调呢"). `wide` is a scope of more reports than can be
    read for one question: the pool has the figures of what is asked alone.
    """

    question: Question
    scope: Scope
    base: AskedBase | None
    pool: Pool
    reports: tuple[Report, ...]
    loaded: Reports
    recall: Callable[[], tuple[Fact, ...]]
    talked: tuple[str, ...]
    bare: bool
    search: Search
    other: bool = False
    asked_words: str = ""  # the message by itself, in plain words and to the point
    typed: str = ""  # the same as it came
    words_before: str = ""  # the message before, where this one goes on with its body
    wide: bool = False
    vocabulary: Vocabulary = field(default_factory=load_vocabulary)

    @property
    def facts(self) -> Facts:
        """All facts in the scope."""
        return self.pool.held

    @property
    def texts(self) -> tuple[Report, ...]:
        """The reports of the scope whose words may be the answer; none where it is wide."""
        return () if self.wide else self.reports

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that are rows of tables in the scope and named, by which no body is called.

        A message that names none and no whole goes on with those of the message before it.
        """
        said = normalise(self.question.words)
        named = self._places_in(said)
        return named or (
            () if WHOLE.search(said) else self._places_in(normalise(self.words_before))
        )

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions of bodies that a message names where it names none of the bodies.

        望潮那个项目 is no project of another county.
        """
        if self.question.organisations:
            return ()
        return tuple(_regions_in(self.question.words, self.loaded.bodies))

    @property
    def whereabouts(self) -> tuple[str, ...]:
        """The places, units and regions that an answer must speak of."""
        return (*self.places, *self.regions)

    def _places_in(self, words: str) -> tuple[str, ...]:
        said = (
            core
            for name in self.pool.rows
            if (core := place_or_unit(name)) and core in words
            if not any(core in body for body in self.loaded.bodies)
        )
        return tuple(dict.fromkeys(said))

    @property
    def remembered(self) -> tuple[Fact, ...]:
        """The facts of the last answers of the talk, the latest first."""
        return self.recall()

    def last(self, count: int) -> tuple[Fact, ...]:
        """Return the last figures of the talk, the latest first; none where a turn told none."""
        known = {fact.id: fact for fact in self.remembered}
        turns = (name for name in self.talked if name != WORKED_OUT)
        told = tuple(dict.fromkeys(turns))[:count]
        whole = len(told) == count and {*told} <= {*known}
        return tuple(known[name] for name in told) if whole else ()

    @property
    def told_last(self) -> bool:
        """Whether the last turn told a printed figure, and none that was worked out."""
        return bool(self.talked) and self.talked[0] not in ("", WORKED_OUT)

    def tells_again(self, answer: Answer) -> bool:
        """Tell whether an answer tells the last figure again where something else is named.

        With its budget beside it is that figure again; a sentence that tells more is not.
        """
        told = answer.figures[0].fact if self.other and answer.figures else None
        return told is not None and told in self.talked[:1] and len(answer.figures) <= BESIDE

    @property
    def ask(self) -> Ask:
        """The thing asked for; of several, the first."""
        return self.question.asks[0] if self.question.asks else Ask()

    def fits_several(self, organisations: Iterable[str]) -> bool:
        """Tell whether nobody was named and more than one body has an answer."""
        return self.scope.open and len(set(organisations)) > 1

    def page(self) -> Page:
        """Start an answer."""
        return Page(self.report)

    def report(self, report: str) -> Report:
        """Return a report by its id; the talk so far may lean on one outside the scope."""
        return self.loaded.get(report)

    def find(
        self,
        ask: Ask | None = None,
        *,
        years: Collection[int] | None = None,
        aspects: Collection[Aspect] | None = None,
        organisations: Collection[str] = (),
        facts: Collection[Fact] | None = None,
    ) -> tuple[Finding, ...]:
        """Return the figures that fit an ask, settled, best first; None: as the question says."""
        evidence = self.rank(
            ask, years=years, aspects=aspects, organisations=organisations, facts=facts
        )
        return backed(evidence_to_findings(evidence), self.facts, self.vocabulary)

    def rank(
        self,
        ask: Ask | None = None,
        *,
        years: Collection[int] | None = None,
        aspects: Collection[Aspect] | None = None,
        organisations: Collection[str] = (),
        facts: Collection[Fact] | None = None,
    ) -> tuple[Evidence, ...]:
        """Return the candidates for an ask, best first."""
        ask = ask or self.ask
        pool = facts
        if pool is None:
            pool = self.pool.named(ask.terms) if ask.terms else self.facts
        if organisations:
            pool = [fact for fact in pool if fact.organisation in organisations]
        if self.question.as_of:
            pool = [fact for fact in pool if fact.as_of == self.question.as_of]
        wanted = Wanted(
            ask=ask,
            years=tuple(self.question.years if years is None else years),
            aspects=tuple(self.question.aspects if aspects is None else aspects),
            words=" ".join(a.words for a in self.question.asks),
        )
        if self.question.as_of:
            wanted = wanted.model_copy(update={"years": ()})
        return rank(pool, wanted, self.vocabulary)

    def passages(self, words: str) -> tuple[tuple[Passage, float], ...]:
        """Return the passages of the scope that are nearest to the words, best first."""
        return self.search(words, [report.id for report in self.texts])

    def denials(self) -> "tuple[tuple[Report, Denial], ...]":
        """Return what the reports of the scope say that there is none of."""
        return tuple((report, denial) for report in self.texts for denial in _denials(report))

    def parities(self) -> "tuple[tuple[Report, Parity], ...]":
        """Return what the reports of the scope call unchanged."""
        return tuple((report, parity) for report in self.texts for parity in _parities(report))

    def reasons(self) -> "tuple[tuple[Report, Reason], ...]":
        """Return the reasons that the reports of the scope give."""
        return tuple((report, reason) for report in self.texts for reason in _reasons(report))


# What reads them out of a report is loaded by name: a question for a figure should not wait for it.


@lru_cache(maxsize=256)
def _denials(report: Report) -> "tuple[Denial, ...]":
    absences = import_module("corpus.extraction.assertions.absences")
    found: tuple[Denial, ...] = absences.report_to_denials(report, load_vocabulary())
    return found


@lru_cache(maxsize=256)
def _parities(report: Report) -> "tuple[Parity, ...]":
    facts = import_module("corpus.extraction.facts")
    found: tuple[Parity, ...] = facts.report_to_parities(report, load_vocabulary())
    return found


@lru_cache(maxsize=256)
def _reasons(report: Report) -> "tuple[Reason, ...]":
    vocabulary = load_vocabulary()
    reasons = import_module("corpus.extraction.assertions.reasons")
    missed = import_module("corpus.extraction.assertions.missed_targets")
    return (
        *reasons.report_to_reasons(report, vocabulary),
        *missed.report_to_shortfalls(report, vocabulary),
    )


def asks_of_each(case: Case) -> bool:
    """Tell whether a question is for each of the bodies: 各单位分别, 每家."""
    several = len(set(case.scope.organisations)) > 1
    return several and not case.question.organisations and is_of_each(case.question.words)


def is_of_each(words: str) -> bool:
    """Tell whether the words ask for each body."""
    return find_sign("each_body", words) is not None
