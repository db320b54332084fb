"""Candidates: the forms that a message may mean, from what the reader finds nearest to it.

Each best figure is a look-up; from the best few the composed forms are made that operations allow:
over years, aspects, bodies and neighbours. Nothing is decided here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, permutations

from bot.marks import AskedBase
from bot.match import fits_year
from bot.query.forms import (
    PLAIN,
    Compare,
    Difference,
    Form,
    Growth,
    Lookup,
    Parts,
    Passage,
    Rank,
    Ratio,
    Select,
    Series,
    Several,
    Sum,
    fact_to_select,
)
from bot.query.selection import key_of, within_of
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Aspect, Fact, Level

LOOKED_UP = 8  # different figures that are considered by themselves
OPERANDS = 6  # of them, those that composed forms are made of
LED = 3  # of those, whose years, aspects and bodies are held against each other
PASSAGES = 5
COMPOSED = 24  # composed forms that are executed
LEVELS = 6  # of the levels that may follow from others
STATED: tuple[Aspect, ...] = ("决算", "预算", "执行数")
# The aspects that are held against each other, the later one first.
ACROSS: tuple[tuple[Aspect, Aspect], ...] = (
    ("决算", "预算"),
    ("预算", "执行数"),
    ("执行数", "预算"),
)
# The least probability of an operation for its forms to be made.
LIKELY = 0.02
# The least probability that a level is to be worked back where none is named.
WORKED_BACK = 0.15
# The operation of the reader that each kind of form stands for.
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "lookup": ("lookup", "yesno", "worked_back", "completion", "share", "difference", "growth"),
    "several": ("several", "overview", "list", "parts"),
    "difference": ("difference",),
    "growth": ("growth",),
    "share": ("share",),
    "completion": ("completion",),
    "times": ("ratio_times",),
    "per": ("per",),
    "sum": ("sum",),
    "compare": ("compare", "rank", "several"),
    "rank": ("rank", "compare", "list"),
    "series": ("trend", "compare", "several"),
    "parts": ("parts", "list"),
    "section": ("list", "passage", "overview", "why"),
    "passage": ("why", "passage", "define", "list", "yesno", "overview"),
}


@dataclass(frozen=True)
class Near:
    """A figure with the reader's score for the question; `facts` print the same thing."""

    select: Select
    fact: Fact
    score: float
    levels: tuple[Level, ...] = ()

    @property
    def single(self) -> Select:
        """The query of one figure alone: of one body, one level and the latest of its years."""
        level = "部门" if "部门" in self.levels else self.fact.level
        return self.select.model_copy(
            update={
                "who": (self.fact.organisation,),
                "level": level,
                "when": self.select.when[-1:],
            }
        )


@dataclass(frozen=True)
class NearPassage:
    """A sentence with the reader's score for the question."""

    form: Passage
    text: str
    section: tuple[str, ...]
    score: float
    organisation: str = ""
    level: Level | None = None


@dataclass(frozen=True)
class Slots:
    """The hard slots of a question, as annotated."""

    years: tuple[int, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    bodies: tuple[str, ...] = ()
    base: AskedBase | None = None


@dataclass(frozen=True)
class Candidate:
    """A form with the operands that it was made of, and what kind it is."""

    form: Form
    kind: str
    operands: tuple[Near, ...] = ()
    passage: NearPassage | None = None

    @property
    def scores(self) -> tuple[float, ...]:
        """The reader's scores of what the form rests on."""
        if self.passage is not None:
            return (self.passage.score,)
        return tuple(near.score for near in self.operands)


def nearest(scored: Iterable[tuple[Fact, float]], years: Sequence[int]) -> tuple[Near, ...]:
    """Group figures by what they are of, best first; with years asked, those of the years alone."""
    groups: dict[object, list[tuple[Fact, float]]] = {}
    for fact, score in scored:
        if fits_year(fact, years):
            key = (key_of(fact), fact.aspect, within_of(fact), fact.direction, fact.base)
            groups.setdefault(key, []).append((fact, score))
    found = [_group_to_near(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda near: -near.score))


def _group_to_near(group: Sequence[tuple[Fact, float]]) -> Near:
    fact, score = max(group, key=lambda pair: pair[1])
    years = tuple(sorted({one.year for one, _ in group if one.year}))
    select = fact_to_select(fact).model_copy(update={"who": (), "level": None, "when": years})
    levels: tuple[Level, ...] = tuple(sorted({one.level for one, _ in group if one.level}))
    return Near(select=select, fact=fact, score=score, levels=levels)


def candidates(
    near: Sequence[Near],
    wide: Sequence[Near],
    told: tuple[Sequence[NearPassage], Sequence[NearPassage]],
    slots: Slots,
    operations: Mapping[str, float],
) -> tuple[Candidate, ...]:
    """Return the forms that a message may mean.

    `near` are the figures of the years asked for, `wide` those of every year; `told` are sentences
    and whole sections; `operations` has the probability of each operation.
    """
    made: list[Candidate] = [
        Candidate(form=Lookup(of=one.select), kind="lookup", operands=(one,))
        for one in near[:LOOKED_UP]
    ]
    if slots.aspects or slots.years or operations.get("worked_back", 0.0) > WORKED_BACK:
        made += islice(_missing_levels(near, wide, slots), LEVELS)
    passages, sections = told
    made += [Candidate(form=one.form, kind="passage", passage=one) for one in passages[:PASSAGES]]
    made += [Candidate(form=one.form, kind="section", passage=one) for one in sections]
    chances = {
        kind: sum(operations.get(name, 0.0) for name in names) for kind, names in OPERATIONS.items()
    }
    composed = [
        one
        for one in (*_over_slots(near or wide, slots), *_of_neighbours(near))
        if chances[one.kind] > LIKELY
    ]
    composed.sort(key=lambda one: -chances[one.kind] * sum(one.scores) / len(one.scores))
    made += composed[:COMPOSED]
    unique = {one.form.model_dump_json(): one for one in reversed(made)}
    return tuple(reversed(unique.values()))


def each_part(parts: Sequence[Near]) -> Iterator[Candidate]:
    """Yield the figures of the parts of one message, each for itself."""
    selects = tuple(one.single for one in parts)
    if len(set(selects)) > 1:
        yield Candidate(form=Several(parts=selects), kind="several", operands=tuple(parts))


def _missing_levels(
    near: Sequence[Near], wide: Sequence[Near], slots: Slots
) -> Iterator[Candidate]:
    """Yield look-ups of levels that may follow from others: the budget before a change."""
    seen = set()
    for one in (*near[:LED], *wide[:LED]):
        for aspect in slots.aspects or ("预算", "决算"):
            for year in slots.years or (one.fact.report_year or one.fact.year,):
                if aspect not in STATED:
                    continue
                select = one.select.of_aspect(aspect).in_year(year)
                if select in seen or (aspect == one.select.aspect and year in one.select.when):
                    continue
                seen.add(select)
                yield Candidate(form=Lookup(of=select), kind="lookup", operands=(one,))


def _over_slots(near: Sequence[Near], slots: Slots) -> Iterator[Candidate]:
    """Yield forms of one figure over two years, aspects or bodies."""
    for one in near[:LED]:
        yield Candidate(form=Parts(of=one.single), kind="parts", operands=(one,))
        yield Candidate(form=Series(of=one.single), kind="series", operands=(one,))
        yield Candidate(form=Rank(of=one.single), kind="rank", operands=(one,))
        for new, old in _pairs(one, slots):
            yield from _two_sided(one, one, new, old)
        if len(slots.bodies) > 1:
            each = tuple(one.single.of_body(body) for body in slots.bodies)
            yield Candidate(form=Compare(parts=each), kind="compare", operands=(one,))
            yield Candidate(form=Several(parts=each), kind="several", operands=(one,))
            yield Candidate(form=Sum(parts=each), kind="sum", operands=(one,))
            yield from _two_sided(one, one, each[0], each[1])
        if len(slots.years) > 1:
            over = tuple(one.single.in_year(year) for year in slots.years)
            yield Candidate(form=Several(parts=over), kind="several", operands=(one,))
            yield Candidate(form=Sum(parts=over), kind="sum", operands=(one,))


def _pairs(one: Near, slots: Slots) -> Iterator[tuple[Select, Select]]:
    """Yield the pairs of a figure that a question may hold against each other, the later first."""
    years = sorted(slots.years, reverse=True)
    if slots.base is not None and slots.base.year and slots.base.year not in years:
        years = sorted((*years, slots.base.year), reverse=True)
    own = one.fact.year or one.fact.report_year
    if len(years) < 2 and own:
        last = years[0] if years else own
        years = [last, last - 1] if last != own - 1 else [own, last]
    if len(years) >= 2:
        yield one.single.in_year(years[0]), one.single.in_year(years[-1])
    for new, old in ACROSS:
        if one.select.aspect in (new, old):
            yield _level(one, new), _level(one, old)
    if len(one.levels) > 1:
        yield one.single.of_level("部门"), one.single.of_level("单位")


def _level(one: Near, aspect: Aspect) -> Select:
    return one.single if one.select.aspect == aspect else one.single.of_aspect(aspect)


def _two_sided(first: Near, second: Near, new: Select, old: Select) -> Iterator[Candidate]:
    """Yield everything that two figures can be asked for."""
    both = (first,) if first is second else (first, second)
    forms: tuple[tuple[str, Form], ...] = (
        ("difference", Difference(new=new, old=old)),
        ("growth", Growth(new=new, old=old)),
        ("times", Ratio(part=new, whole=old, manner="times")),
        ("compare", Compare(parts=(new, old))),
    )
    if new.level != old.level:
        forms = (*forms, ("share", Ratio(part=old, whole=new, manner="share")))
    if new.aspect != old.aspect:
        forms = (*forms, ("completion", Ratio(part=new, whole=old, manner="completion")))
    for kind, form in forms:
        yield Candidate(form=form, kind=kind, operands=both)


def _of_neighbours(near: Sequence[Near]) -> Iterator[Candidate]:
    """Yield forms of several figures that stand near the question."""
    best = near[:OPERANDS]
    for one, other in combinations(best, 2):
        parts = (one.single, other.single)
        yield Candidate(form=Several(parts=parts), kind="several", operands=(one, other))
        if parts[0].concept.counts == parts[1].concept.counts:
            yield Candidate(form=Sum(parts=parts), kind="sum", operands=(one, other))
    for three in combinations(best[:5], 3):
        triple = tuple(one.single for one in three)
        yield Candidate(form=Several(parts=triple), kind="several", operands=three)
        if len({part.concept.counts for part in triple}) == 1:
            yield Candidate(form=Sum(parts=triple), kind="sum", operands=three)
    for part, whole in permutations(best, 2):
        yield from _part_and_whole(part, whole)
    for one in near[:LED]:
        yield from _of_known_whole(one, near)


def _part_and_whole(part: Near, whole: Near) -> Iterator[Candidate]:
    both = (part, whole)
    if part.select.concept.counts == whole.select.concept.counts:
        ratio = Ratio(part=part.single, whole=whole.single, manner="share")
        yield Candidate(form=ratio, kind="share", operands=both)
        yield from _two_sided(part, whole, part.single, whole.single)
    if whole.select.concept.counts not in PLAIN:
        ratio = Ratio(part=part.single, whole=whole.single, manner="per")
        yield Candidate(form=ratio, kind="per", operands=both)


def _of_known_whole(one: Near, near: Sequence[Near]) -> Iterator[Candidate]:
    """Yield the share of a figure in the whole that the vocabulary puts it in."""
    wholes = {load_vocabulary().whole_of(one.fact.measure), "支出合计", "收入合计"}
    for whole in near:
        same = whole.select.aspect == one.select.aspect and whole is not one
        if same and whole.fact.measure in wholes:
            ratio = Ratio(part=one.single, whole=whole.single, manner="share")
            yield Candidate(form=ratio, kind="share", operands=(one, whole))
