"""Candidates: the forms that a message may mean, from what the reader finds nearest to it.

Each best figure is a look-up; from the best few the composed forms are made that operations allow:
over years, aspects, bodies and neighbours. Nothing is decided here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations, islice, permutations, product
from typing import NamedTuple

from bot.parsing.annotations import AskedBase
from bot.query.forms import (
    FORMS,
    Compare,
    Difference,
    Form,
    Growth,
    Lookup,
    Parts,
    Rank,
    Ratio,
    Select,
    Series,
    Several,
    Sum,
    Together,
    is_plain,
)
from bot.understanding.found import Near, NearPassage, Recalled, group_to_near
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import CARRIED_OUT, CHANGES, PLANS, Aspect, Fact

LOOKED_UP = 8  # different figures that are considered by themselves
OPERANDS = 6  # of them, those that composed forms are made of
LED = 3  # of those, whose years, aspects and bodies are held against each other
PASSAGES = 5
OF_A_KIND, COMPOSED = 5, 16  # composed forms that are executed: of each kind, and of all beside
PAIR = 2
LEAST_LISTED = 2  # things of a list that are more than a pair
KIN, ALIKE = 4, 0.4  # figures of a like name, and how much of two names they have in common
MOST_BODIES = 6  # that a message about each of them is taken to mean
MOST_CROSSED = 12  # figures of one message: things by years, aspects or bodies
LEADING, TOGETHER = 2, 12  # figures of which a message may ask several things; forms of these
BESIDE = ("difference", "growth", "completion")
TO_ANOTHER = ("difference", "share", "per")
WORDS, ASKED_IN_WORDS = ("why", "passage", "define"), 0.05  # operations that sentences answer
RATES: tuple[Aspect, ...] = ("增减率", "完成率")
LEVELS = 6  # of the levels that may follow from others
STATED: tuple[Aspect, ...] = ("决算", "预算", "执行数")
A_HEAD: Aspect = "人均"
UNCHANGED = ("difference", "compare")  # what changes too may be asked for
# The aspects that are held against each other, the later one first.
ACROSS: tuple[tuple[Aspect, Aspect], ...] = (
    ("决算", "预算"),
    ("预算", "执行数"),
    ("执行数", "预算"),
)
# The least probability of an operation for its forms to be made.
LIKELY = 0.01
# The least probability that a level is to be worked back where none is named.
WORKED_BACK = 0.15


# Forms that ask the same in whichever order their parts stand.
UNORDERED = (Several, Sum, Compare)
Way = Callable[[Select], Select]  # from a figure to the same in another year, aspect or body


class Kind(NamedTuple):
    """A kind of candidate: its name for the joint scorer, the operations it stands for."""

    name: str
    operations: tuple[str, ...]


# What is to be known of each kind stands here alone; a form is of one kind, or of one for each of
# its manners.
KINDS: Mapping[str, Kind] = {
    "lookup": Kind(
        "查数",
        ("lookup", "yesno", "worked_back", "completion", "share", "difference", "growth"),
    ),
    "several": Kind("几个数", ("several", "overview", "list", "parts")),
    "difference": Kind("相差", ("difference",)),
    "growth": Kind("增长百分之", ("growth",)),
    "share": Kind("占比", ("share",)),
    "completion": Kind("完成百分之", ("completion",)),
    "times": Kind("是几倍", ("ratio_times",)),
    "per": Kind("平均每个", ("per",)),
    "sum": Kind("合计", ("sum",)),
    "compare": Kind("哪个多", ("compare", "rank", "several")),
    "series": Kind("历年", ("trend", "compare", "several")),
    "rank": Kind("排第几", ("rank", "compare", "list")),
    "parts": Kind("构成", ("parts", "list")),
    "passage": Kind("原文", ("why", "passage", "define", "list", "yesno", "overview")),
    "section": Kind("整节原文", ("list", "passage", "overview", "why")),
}


@dataclass(frozen=True)
class Slots:
    """The hard slots of a question, as annotated."""

    years: tuple[int, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    bodies: tuple[str, ...] = ()
    base: AskedBase | None = None
    least: bool = False  # the smallest of several is asked for


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


class Sieve(NamedTuple):
    """What a message lets be: which forms it may mean, and which figures it names.

    `each` are the nearest of each of several terms that it names.
    """

    fits: Callable[[Candidate], bool] = lambda _: True
    names: Callable[[Near], bool] = lambda _: False
    each: tuple[Near, ...] = ()


WIDE = Sieve()  # which lets everything pass


def candidates(
    recalled: Recalled,
    slots: Slots,
    operations: Mapping[str, float],
    sieve: Sieve = WIDE,
) -> tuple[Candidate, ...]:
    """Return the forms that a message may mean; `operations` has the probability of each.

    What does not fit the message takes nobody's place among the few that are kept, and what it
    names goes before what is merely near.
    """
    near, wide = recalled.near, recalled.wide
    fits, names, each = sieve
    led = sorted(near or wide, key=lambda one: not names(one))
    made: list[Candidate] = [
        Candidate(form=Lookup(of=one.select), kind="lookup", operands=(one,))
        for one in near[:LOOKED_UP]
    ]
    if slots.aspects or slots.years or operations.get("worked_back", 0.0) > WORKED_BACK:
        made += islice(_missing_levels((*near[:LED], *wide[:LED]), slots), LEVELS)
    told = recalled.passages[:PASSAGES]
    made += [Candidate(form=one.form, kind="passage", passage=one) for one in told]
    made += [Candidate(form=one.form, kind="section", passage=one) for one in recalled.sections]
    chances = {
        kind: sum(operations.get(name, 0.0) for name in known.operations)
        for kind, known in KINDS.items()
    }
    composed = [
        one
        for one in (
            *_over_slots(led, slots),
            *islice(filter(fits, _ranks(led, slots)), LED),
            *_of_bodies(led if near else (), slots),
            *_of_neighbours(led if near else ()),
            *_of_beside(recalled),
            *_of_told(recalled.told),
        )
        if chances[one.kind] > LIKELY and fits(one)
    ]
    made += _likeliest(composed, chances)
    made += (*each_part(recalled.parts), *each_part(each))
    if recalled.parts:
        made += islice(_of_one_thing(recalled, slots, operations, chances), TOGETHER)
        if chances["several"] > LIKELY:
            made += islice(_and_to_another(recalled.told, chances), TOGETHER)
    made += _crossed(recalled, slots)
    return tuple(one for one in _unlike(made) if fits(one))


def reckoning(kind: str, facts: Sequence[Fact]) -> Candidate:
    """Return the form of one kind of figures that were each found by themselves."""
    near = tuple(replace(group_to_near([(fact, 1.0)]), found="piece") for fact in facts)
    _, make = FORMS[kind]
    return Candidate(form=make([one.single for one in near]), kind=kind, operands=near)


def _unlike(made: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield each candidate whose form asks what none before it asks."""
    seen = set()
    for one in made:
        asked = form_key(one.form)
        if asked not in seen:
            seen.add(asked)
            yield one


def form_key(form: Form) -> tuple[str, ...]:
    """Return what a form asks, alike for 甲和乙 and for 乙和甲."""
    if isinstance(form, UNORDERED):
        return (form.op, *sorted(part.model_dump_json() for part in form.parts))
    return (form.model_dump_json(),)


def _likeliest(composed: Sequence[Candidate], chances: Mapping[str, float]) -> Iterator[Candidate]:
    """Yield the best of each kind, and the best of what is left."""
    ordered = sorted(
        _unlike(composed), key=lambda one: -chances[one.kind] * sum(one.scores) / len(one.scores)
    )
    taken: Counter[str] = Counter()
    rest = []
    for one in ordered:
        taken[one.kind] += 1
        if taken[one.kind] <= OF_A_KIND:
            yield one
        else:
            rest.append(one)
    yield from rest[:COMPOSED]


def each_part(parts: Sequence[Near]) -> Iterator[Candidate]:
    """Yield the figures of the parts of one message, each for itself."""
    selects = tuple(one.single for one in parts)
    if len(set(selects)) > 1:
        yield Candidate(form=Several(parts=selects), kind="several", operands=tuple(parts))


def _of_one_thing(
    recalled: Recalled, slots: Slots, operations: Mapping[str, float], chances: Mapping[str, float]
) -> Iterator[Candidate]:
    """Yield what a message of several questions may ask of one figure: 多少, 比上年增长百分之几."""
    in_words = sum(operations.get(name, 0.0) for name in WORDS)
    told = recalled.passages[:LEADING] if in_words > ASKED_IN_WORDS else ()
    for one in recalled.near[:LEADING]:
        two_sided = (two for pair in _pairs(one, slots) for two in _two_sided(one, *pair))
        beside: list[Form] = [
            *(Lookup(of=one.select.of_rate(aspect)) for aspect in RATES),
            *(Lookup(of=other.select) for other in islice(_aspects_of(one, recalled), LEADING)),
            *(two.form for two in two_sided if two.kind in BESIDE and chances[two.kind] > LIKELY),
            *(passage.form for passage in told),
        ]
        for form in beside:
            parts = (Lookup(of=one.select), form)
            yield Candidate(form=Together(parts=parts), kind="several", operands=(one,))


def _and_to_another(
    told: Iterable[Sequence[Near]], chances: Mapping[str, float]
) -> Iterator[Candidate]:
    """Yield a figure with what another of its sentence is to it: 教师多少人，教授占多少."""
    for one, other in chain.from_iterable(permutations(figures, 2) for figures in told):
        for two in (*_part_and_whole(other, one), *_alike(one, other)):
            if two.kind in TO_ANOTHER and chances[two.kind] > LIKELY:
                form = Together(parts=(Lookup(of=one.single), two.form))
                yield Candidate(form=form, kind="several", operands=(one, other))


def _aspects_of(one: Near, recalled: Recalled) -> Iterator[Near]:
    """Yield what else is near of the very thing: its score, its target."""
    for other in recalled.near:
        alike = (other.fact.measure, other.fact.report) == (one.fact.measure, one.fact.report)
        if alike and other.select.aspect != one.select.aspect:
            yield other


def _crossed(recalled: Recalled, slots: Slots) -> Iterator[Candidate]:
    """Yield each of some things in each of the years, aspects or bodies that a message names.

    Where it names no year, those are meant in which the things were found: 两年各多少.
    """
    named = tuple(one for one in recalled.beside if one.found == "piece")
    near = recalled.near[:OPERANDS]
    for things in (named, *combinations(near[:LED], 2), *((one,) for one in near)):
        for spread in _spreads(things, recalled.near, slots):
            parts = tuple(dict.fromkeys(way(one.single) for one in things for way in spread))
            if len(things) < len(parts) <= MOST_CROSSED:
                yield Candidate(form=Several(parts=parts), kind="several", operands=things)


def _spreads(things: Sequence[Near], near: Sequence[Near], slots: Slots) -> Iterator[list[Way]]:
    """Yield the ways in which a message spreads what it names, each for itself and all together."""
    years = slots.years or sorted({year for one in things for year in one.select.when})
    aspects = dict.fromkeys(_aspect_held(one, near) for one in slots.aspects if one in STATED)
    spreads: list[list[Way]] = [
        [partial(Select.in_year, year=year) for year in years],
        [partial(_of_aspect, aspect=aspect) for aspect in aspects],
        [partial(Select.of_body, body=body) for body in slots.bodies],
    ]
    several = [ways for ways in spreads if len(ways) > 1]
    yield from several
    if len(several) > 1:
        yield [partial(_each_way, ways=ways) for ways in product(*several)]


def _of_aspect(of: Select, *, aspect: Aspect) -> Select:
    return of if of.aspect == aspect else of.of_aspect(aspect)


def _each_way(of: Select, *, ways: Sequence[Way]) -> Select:
    for way in ways:
        of = way(of)
    return of


def _aspect_held(asked: Aspect, near: Sequence[Near]) -> Aspect:
    """Return an aspect as the nearest figures have it: what was spent is 决算 or 执行数."""
    like = CARRIED_OUT if asked in CARRIED_OUT else PLANS
    return next((one.select.aspect for one in near if one.select.aspect in like), asked)


def _missing_levels(near: Iterable[Near], slots: Slots) -> Iterator[Candidate]:
    """Yield look-ups of levels that may follow from others: the budget before a change.

    A change that is named is what the level follows from: 据增加额推算预算.
    """
    seen = set()
    stated = [aspect for aspect in slots.aspects if aspect in STATED]
    for one in near:
        base = one.fact.base
        before = []
        if base is not None and not (slots.years or stated):  # what is named is a filter
            before = [(base.aspect or "决算", base.year or one.fact.year)]
        asked = product(
            stated or ("预算", "决算"), slots.years or (one.fact.report_year or one.fact.year,)
        )
        for aspect, year in (*before, *asked):
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
        for new, old in _pairs(one, slots):
            yield from _two_sided(one, new, old)
        bodies = slots.bodies if len(slots.bodies) > 1 else one.bodies
        if 1 < len(bodies) <= MOST_BODIES:
            each = tuple(one.single.of_body(body) for body in bodies)
            yield Candidate(form=Compare(parts=each), kind="compare", operands=(one,))
            yield Candidate(form=Several(parts=each), kind="several", operands=(one,))
            yield Candidate(form=Sum(parts=each), kind="sum", operands=(one,))
            yield from _two_sided(one, each[0], each[1])
        if len(slots.years) > 1:
            over = tuple(one.single.in_year(year) for year in slots.years)
            yield Candidate(form=Several(parts=over), kind="several", operands=(one,))
            yield Candidate(form=Sum(parts=over), kind="sum", operands=(one,))


def _ranks(near: Iterable[Near], slots: Slots) -> Iterator[Candidate]:
    """Yield each figure among its sisters."""
    for one in near:
        yield Candidate(form=Rank(of=one.single, least=slots.least), kind="rank", operands=(one,))


def _of_bodies(near: Sequence[Near], slots: Slots) -> Iterator[Candidate]:
    """Yield what is nearest of each of several bodies side by side: each may name it in its way."""
    if not 1 < len(slots.bodies) <= MOST_BODIES:
        return
    of_each = [
        [(one, one.single.of_body(body)) for one in near if body in one.bodies][:LED]
        for body in slots.bodies
    ]
    for chosen in islice(product(*of_each), MOST_CROSSED):
        operands, parts = zip(*chosen, strict=True)
        if len({part.concept.counts for part in parts}) > 1 or mixes(operands):
            continue
        yield Candidate(form=Several(parts=parts), kind="several", operands=operands)
        yield Candidate(form=Compare(parts=parts), kind="compare", operands=operands)
        if len(parts) == PAIR:
            difference = Difference(new=parts[0], old=parts[1])
            yield Candidate(form=difference, kind="difference", operands=operands)


def _pairs(one: Near, slots: Slots) -> Iterator[tuple[Select, Select]]:
    """Yield the pairs of a figure that a question may hold against each other, the later first."""
    yield from _pairs_of_years(one, slots)
    base, years = slots.base, slots.years
    if base is not None and base.year and base.aspect and years:  # 24年预算比23年执行数少多少
        old = _of_aspect(one.single.in_year(base.year), aspect=base.aspect)
        yield one.single.in_year(years[0]), old
    elif base is not None and base.year and years and one.select.aspect in PLANS:
        for done in CARRIED_OUT:  # 26年安排比25年完成的少多少
            old = _of_aspect(one.single.in_year(base.year), aspect=done)
            yield one.single.in_year(years[0]), old
    for new_aspect, old_aspect in ACROSS:
        if one.select.aspect in (new_aspect, old_aspect):
            new = _of_aspect(one.single, aspect=new_aspect)
            yield new, _of_aspect(one.single, aspect=old_aspect)
    if len(one.levels) > 1:
        yield one.single.of_level("部门"), one.single.of_level("单位")


def _pairs_of_years(one: Near, slots: Slots) -> Iterator[tuple[Select, Select]]:
    """Yield a figure in two years: those named, or its own and the one before."""
    years = sorted(slots.years, reverse=True)
    if slots.base is not None and slots.base.year and slots.base.year not in years:
        years = sorted((*years, slots.base.year), reverse=True)
    own = one.fact.year or one.fact.report_year
    if len(years) < PAIR and own:
        last = years[0] if years else own
        years = [last, last - 1] if last != own - 1 else [own, last]
    if len(years) >= PAIR:
        yield one.single.in_year(years[0]), one.single.in_year(years[-1])
    if len(slots.years) == 1 and slots.base is None:  # 比17年省了多少: it may be the earlier one
        yield one.single.in_year(slots.years[0] + 1), one.single.in_year(slots.years[0])


def _two_sided(one: Near, new: Select, old: Select) -> Iterator[Candidate]:
    """Yield everything that a figure of two years, aspects, levels or bodies can be asked for."""
    forms: tuple[tuple[str, Form], ...] = (
        ("difference", Difference(new=new, old=old)),
        ("growth", Growth(new=new, old=old)),
        ("times", Ratio(part=new, whole=old, manner="times")),
        ("compare", Compare(parts=(new, old))),
    )
    if new.level != old.level:
        forms = (*forms, ("share", Ratio(part=old, whole=new, manner="share")))
    if is_of_plan(new, old):
        forms = (*forms, ("completion", Ratio(part=new, whole=old, manner="completion")))
    for kind, form in forms:
        if kind in UNCHANGED or new.aspect not in CHANGES:
            yield Candidate(form=form, kind=kind, operands=(one,))


def _of_neighbours(near: Sequence[Near]) -> Iterator[Candidate]:
    """Yield forms of several figures that stand near the question."""
    best = near[:OPERANDS]
    for one, other in combinations(best, 2):
        yield from _together((one, other))
        yield from _alike(one, other)
    for three in combinations(best[:5], 3):
        yield from _together(three)
    for part, whole in permutations(best, 2):
        yield from _part_and_whole(part, whole)
    for one in near[:LED]:
        yield from _of_known_whole(one, near)
        for other in islice(_kin(one, near[OPERANDS:]), KIN):
            yield from _alike(one, other)
            yield from _part_and_whole(other, one)
            yield from _part_and_whole(one, other)


def _of_beside(recalled: Recalled) -> Iterator[Candidate]:
    """Yield forms of what the pieces of a message name, or the talk before told, and what is near.

    A piece is nearer to one of two things than the whole message is.
    """
    beside = recalled.beside
    pairs = (*combinations(beside, 2), *product(beside, recalled.near[:LED]))
    for one, other in pairs:
        if one.single == other.single:
            continue
        yield from _of_pair(one, other)
    named = tuple(one for one in beside if one.found == "piece")
    if len(named) > LEAST_LISTED:
        yield from _together(named)
    for one in beside:
        yield Candidate(form=Parts(of=one.single), kind="parts", operands=(one,))


def _of_told(told: Iterable[Sequence[Near]]) -> Iterator[Candidate]:
    """Yield forms of the figures that one sentence tells."""
    for figures in told:
        for one, other in combinations(figures, 2):
            yield from _of_pair(one, other)
        for three in combinations(figures, 3):
            yield from _together(three)


def _of_pair(one: Near, other: Near) -> Iterator[Candidate]:
    """Yield everything that two figures can be asked for, whichever comes first."""
    yield from _together((one, other))
    yield from _alike(one, other)
    yield from _part_and_whole(one, other)
    yield from _part_and_whole(other, one)


def _together(operands: tuple[Near, ...]) -> Iterator[Candidate]:
    """Yield figures each for itself and, where they are of one kind, added up."""
    parts = tuple(one.single for one in operands)
    yield Candidate(form=Several(parts=parts), kind="several", operands=operands)
    if len({part.concept.counts for part in parts}) == 1 and not mixes(operands):
        yield Candidate(form=Sum(parts=parts), kind="sum", operands=operands)


def mixes(operands: Sequence[Near]) -> bool:
    """Tell whether some of several figures are amounts and some are changes of one, or averages."""
    aspects = [one.select.aspect for one in operands]
    return len({(one in CHANGES, one == A_HEAD) for one in aspects}) > 1


def _kin(one: Near, others: Iterable[Near]) -> Iterator[Near]:
    """Yield the figures that are named much like one: a limit of debts and what is owed of it."""
    own = _pairs_in(one.fact.measure)
    for other in others:
        name = _pairs_in(other.fact.measure)
        if other.fact.measure != one.fact.measure and len(own & name) >= ALIKE * len(own | name):
            yield other


def _pairs_in(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def is_of_plan(done: Select, planned: Select) -> bool:
    """Tell whether one figure may be the completion of another: that one alone is a plan."""
    return planned.aspect in PLANS and done.aspect not in PLANS


def _alike(one: Near, other: Near) -> Iterator[Candidate]:
    """Yield what two figures of one kind can be asked for whichever comes first."""
    if one.select.concept.counts == other.select.concept.counts and not mixes((one, other)):
        both, parts = (one, other), (one.single, other.single)
        difference = Difference(new=parts[0], old=parts[1])
        yield Candidate(form=difference, kind="difference", operands=both)
        yield Candidate(form=Compare(parts=parts), kind="compare", operands=both)


def is_same(own: Select, other: Select) -> bool:
    """Tell whether two figures are one, printed in two tables: it is no share of itself."""
    named = [(one.concept.measure, one.concept.facet, one.aspect) for one in (own, other)]
    return named[0] == named[1] and (own.who, own.level, own.when) == (
        other.who,
        other.level,
        other.when,
    )


def _part_and_whole(part: Near, whole: Near) -> Iterator[Candidate]:
    """Yield what one figure is to another."""
    both, (own, other) = (part, whole), (part.single, whole.single)
    if is_same(own, other):
        return
    alike = part.select.concept.counts == whole.select.concept.counts and not mixes(both)
    if alike and own.aspect not in CHANGES:
        forms: tuple[tuple[str, Form], ...] = (
            ("share", Ratio(part=own, whole=other, manner="share")),
            ("growth", Growth(new=own, old=other)),
            ("times", Ratio(part=own, whole=other, manner="times")),
        )
        for kind, form in forms:
            yield Candidate(form=form, kind=kind, operands=both)
        if is_of_plan(own, other):
            completion = Ratio(part=own, whole=other, manner="completion")
            yield Candidate(form=completion, kind="completion", operands=both)
    if not is_plain(whole.select.concept.counts):
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
