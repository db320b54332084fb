"""Running a form over the facts of a scope: printed first, then derived. One place for all."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, islice

from bot.presentation.answer_text import label_of, level_word, plain, show, whose, year_word
from bot.query.arithmetic import CENT, counter_of, in_unit, percent, subtract
from bot.query.comparability import (
    RATES,
    are_named_alike,
    are_of_others,
    are_one_change,
    are_one_thing,
    are_unlike,
    counts_twice,
    holds_part_of_another,
    is_below,
    may_be_shared_out,
    say_nothing_together,
)
from bot.query.forms import (
    VISITS,
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
    Together,
)
from bot.query.identities import derive
from bot.query.retrieval.fact_pool import Facts
from bot.query.retrieval.settlement import Finding, amount_of, slot_of
from bot.query.selection import find, key_of
from bot.query.values import Computed, Failure, Printed, Result, Value
from corpus.entities.units import MONEY, convert, unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Fact

DERIVED_NOTE = "报告没有直接列出这个数，由报告里的数推算："
MOST_PARTS = 12
SMALL, PART = 10, Decimal("0.0001")  # averages below are said in a smaller unit
LARGE = set(MONEY) - {"元"}
PATTERNS = patterns("retrieval.executor")
TOTAL = PATTERNS["total"]
MISSING = Failure(kind="missing")
# The rates that reports print, and what their rounding may change of one that is worked out.
RATE_ASPECTS: Mapping[str, Aspect] = {"completion": "完成率", "growth": "增减率"}
ROUNDED, HEADS_ROUNDED = Decimal("0.06"), Decimal("0.05")
OWN = "本级"


def run(form: Form, facts: Facts) -> Result | Failure:  # noqa: C901
    """Return the values of a form over some facts, or why it has none."""
    match form:
        case Lookup():
            return _look_up(form.of, facts)
        case Several():
            return _several(form.parts, facts)
        case Compare():
            return _compare(form.parts, facts)
        case Series():
            return _series(form.of, facts)
        case Difference():
            return _two(form.new, form.old, facts, "difference")
        case Growth():
            return _two(form.new, form.old, facts, "growth")
        case Ratio():
            return _two(form.part, form.whole, facts, form.manner)
        case Sum():
            return _sum(form.parts, facts)
        case Parts():
            return _parts(form.of, facts)
        case Rank():
            return _rank(form, facts)
        case Passage() | Together():
            return MISSING  # the one is quoted, of the other each part is run by itself


def _look_up(select: Select, facts: Facts) -> Result | Failure:
    findings = find(select, facts)
    if findings:
        return Result(values=tuple(Printed(finding=one) for one in findings))
    derived = derive(select, facts)
    return Result(values=(derived,), note=DERIVED_NOTE) if derived else MISSING


def one_value(select: Select, facts: Facts) -> Value | None:
    """Return the one value of a query, None where there is none or more than one."""
    findings = find(select, facts)
    if findings:
        first = findings[0]
        alike = all(amount_of(one.headline) == amount_of(first.headline) for one in findings)
        return Printed(finding=first) if len(findings) == 1 or alike else None
    return derive(select, facts)


def _each(parts: Sequence[Select], facts: Facts) -> Result | Failure:
    values = [value for part in parts if (value := one_value(part, facts))]
    return Result(values=tuple(values)) if len(values) == len(parts) else MISSING


def _several(parts: Sequence[Select], facts: Facts) -> Result | Failure:
    """Return each of several figures; what their names do not tell apart says nothing."""
    result = _each(parts, facts)
    if isinstance(result, Failure):
        return result
    shown = _operands(result.values, parts)
    if any(are_named_alike(*pair) or are_of_others(*pair) for pair in combinations(shown, 2)):
        return Failure(kind="ambiguous")
    return result


def _compare(parts: Sequence[Select], facts: Facts) -> Result | Failure:
    result = _each(parts, facts)
    if isinstance(result, Failure):
        return result
    shown = _operands(result.values, parts)
    if len({key_of(fact)[2] for fact in shown}) > 1 or holds_part_of_another(shown):
        return Failure(kind="incomparable")
    if any(are_unlike(*pair) or say_nothing_together(*pair) for pair in combinations(shown, 2)):
        return Failure(kind="incomparable")
    amounts = [in_unit(fact, shown[0].unit) for fact in shown]
    if len(set(amounts)) == 1:
        return result.model_copy(update={"note": "两者相同。" if len(shown) == 2 else "都相同。"})
    first = [fact for fact, amount in zip(shown, amounts, strict=True) if amount == max(amounts)]
    named = "、".join(told_apart(fact, shown) for fact in first)
    note = f"{named}{'最' if len(shown) > 2 else '更'}{degrees(shown[0])[0]}。"
    places = sorted(range(len(shown)), key=lambda at: -amounts[at])
    gap = subtract(*(shown[at] for at in places)) if len(shown) == 2 else None
    if gap is None:
        return result.model_copy(update={"note": note})
    value = Computed(
        value=abs(gap.value),
        unit=gap.unit,
        formula=gap.formula,
        label="相差",
        operands=_rests_on([result.values[at] for at in places]),
    )
    return Result(values=(*result.values, value), note=note)


def degrees(fact: Fact) -> tuple[str, str]:
    """Return how the larger and the smaller of such figures are called: a score is high."""
    return ("高", "低") if unit_kind(fact.unit) in RATES else ("多", "少")


def told_apart(fact: Fact, others: Sequence[Fact]) -> str:
    """Return what tells a figure from others: its body, year, level, name or aspect."""
    parts = []
    if len({one.organisation for one in others}) > 1:
        parts.append(fact.organisation)
    if len({one.year for one in others}) > 1:
        parts.append(year_word(fact.year))
    if len({one.level for one in others}) > 1 and all(one.level for one in others):
        parts.append(level_word(fact) or str(fact.level))
    if len({(one.measure, one.facet, one.aspect) for one in others}) > 1 or not parts:
        parts.append(label_of(fact))
    return "".join(parts)


def _series(select: Select, facts: Facts) -> Result | Failure:
    findings = find(select.model_copy(update={"when": ()}), facts)
    by_year: dict[int, Finding] = {}
    for one in findings:
        if one.headline.year and one.headline.year not in by_year:
            by_year[one.headline.year] = one
    if len(by_year) < 2:
        return MISSING
    ordered = [by_year[year] for year in sorted(by_year)]
    return Result(values=tuple(Printed(finding=one) for one in ordered))


def _sum(parts: Sequence[Select], facts: Facts) -> Result | Failure:
    result = _each(parts, facts)
    if isinstance(result, Failure):
        return result
    shown = _operands(result.values, parts)
    if len({key_of(fact)[2] for fact in shown}) > 1 or holds_part_of_another(shown):
        return Failure(kind="incomparable")
    if any(are_one_thing(*pair) or counts_twice(*pair) for pair in combinations(shown, 2)):
        return Failure(kind="incomparable")
    unit = shown[0].unit
    values = [in_unit(fact, unit) for fact in shown]
    total = sum(values, Decimal(0))
    formula = f"{' + '.join(map(plain, values))} = {plain(total)}{unit}"
    label = "、".join(dict.fromkeys(told_apart(fact, shown) for fact in shown))
    computed = Computed(
        value=total,
        unit=unit,
        formula=formula,
        label=f"{_common(shown)}{label}合计",
        operands=_rests_on(result.values),
    )
    return Result(values=(computed, *result.values))


def _common(facts: Sequence[Fact]) -> str:
    return whose(facts[0]) if len({whose(fact) for fact in facts}) == 1 else ""


def _two(one: Select, other: Select, facts: Facts, manner: str) -> Result | Failure:
    """Return what two figures make of each other; an operand that is not printed is derived."""
    result = _each((one, other), facts)
    if isinstance(result, Failure):
        return result
    values = result.values
    a, b = _operands(values, (one, other))
    apart = manner in ("difference", "growth") and holds_part_of_another((a, b))
    if apart or are_unlike(a, b) or are_one_change(a, b):
        return Failure(kind="incomparable")
    if manner != "per" and (key_of(a)[2] != key_of(b)[2] or are_one_thing(a, b)):
        return Failure(kind="incomparable")
    computed = _worked(a, b, manner)
    if computed is None:
        return Failure(kind="incomparable")
    derived = tuple(value for value in values if isinstance(value, Computed))
    printed = tuple(value for value in values if isinstance(value, Printed))
    computed = computed.model_copy(update={"operands": _rests_on(values)})
    rate = _printed_rate(computed, a, b, manner, facts)
    said = any(in_unit(one.fact, computed.unit) == computed.value for one in rate)
    worked = () if said else (computed,)  # the same figure once
    return Result(values=(*rate, *worked, *derived, *printed))


def _printed_rate(
    worked: Computed, of: Fact, by: Fact, manner: str, facts: Facts
) -> tuple[Printed, ...]:
    """Return the rate as the report prints it, which goes before the one that is worked out.

    A report rounds as it likes: 60.4% for 60.43%, 0.18万元 a head for 1,772.73元.
    """
    heads = manner == "per" and unit_kind(by.unit) == "people" and counter_of(by.unit) != VISITS
    aspect = "人均" if heads else RATE_ASPECTS.get(manner)
    slots = ("organisation", "level", "year", "report")
    found = (
        fact
        for fact in facts.of(of.measure, of.facet)
        if fact.aspect == aspect
        and all(getattr(fact, slot) == getattr(of, slot) for slot in slots)
        and _is_rounded(fact, worked, heads=heads)
    )
    return tuple(Printed(finding=Finding(facts=(fact,), score=1.0)) for fact in islice(found, 1))


def _is_rounded(fact: Fact, worked: Computed, *, heads: bool) -> bool:
    """Tell whether a printed rate is the one that was worked out, but for rounding."""
    if heads:
        return abs(in_unit(fact, worked.unit) - worked.value) <= worked.value * HEADS_ROUNDED
    return fact.unit == worked.unit and abs(fact.value - worked.value) <= ROUNDED


def _operands(values: Sequence[Value], parts: Sequence[Select]) -> list[Fact]:
    """Return values as figures to reckon with; one that is not printed is derived from others."""
    return [_operand(value, select) for value, select in zip(values, parts, strict=True)]


def _rests_on(values: Sequence[Value]) -> tuple[Fact, ...]:
    """Return the printed figures that values rest on, each once."""
    return tuple(dict.fromkeys(fact for value in values for fact in _proofs(value)))


def _proofs(value: Value) -> tuple[Fact, ...]:
    return (value.fact,) if isinstance(value, Printed) else value.operands


def _operand(value: Value, select: Select) -> Fact:
    """Return a value as a figure to reckon with and to name; nobody is shown a derived one."""
    if isinstance(value, Printed):
        return value.fact
    like = value.operands[0]
    slots = {"year": select.when[0] if select.when else like.year, "aspect": select.aspect}
    return like.model_copy(update={"value": value.value, "unit": value.unit} | slots)


def _worked(a: Fact, b: Fact, manner: str) -> Computed | None:
    both, left, right = (a, b), in_unit(a, a.unit), in_unit(b, a.unit)
    if manner == "difference":
        formula = f"{plain(left)} - {plain(right)} = {plain(left - right)}{a.unit}"
        word = "多" if left > right else "少" if left < right else "相差"
        label = f"{told_apart(a, both)}比{told_apart(b, both)}{word}"
        return _made(abs(left - right), a.unit, formula, label, both)
    if right == 0:
        return None
    if manner == "growth":
        rate = percent(left - right, right)
        formula = f"({plain(left)} - {plain(right)}) / {plain(right)} = {plain(rate)}%"
        word = "增长" if rate > 0 else "下降" if rate < 0 else "变化"
        label = f"{told_apart(a, both)}比{told_apart(b, both)}{word}"
        return _made(abs(rate), "%", formula, label, both)
    if manner == "share" and left > right:
        return None  # more than the whole is no share of it
    if manner in ("share", "completion"):
        rate = percent(left, right)
        formula = f"{plain(left)} / {plain(right)} = {plain(rate)}%"
        label = f"{told_apart(a, both)}{'占' if manner == 'share' else '为'}{told_apart(b, both)}的"
        return _made(rate, "%", formula, label, both)
    value = (left / right).quantize(CENT, ROUND_HALF_UP)
    if manner == "times":
        formula = f"{plain(left)} / {plain(right)} = {plain(value)}倍"
        return _made(value, "倍", formula, f"{told_apart(a, both)}是{told_apart(b, both)}的", both)
    return _per(a, b)


def _per(a: Fact, b: Fact) -> Computed | None:
    """Return an amount or a count for each of what is counted; small ones in a smaller unit."""
    counter = counter_of(b.unit)
    count = in_unit(b, counter)
    if count == 0 or not may_be_shared_out(a, b):
        return None
    units = _units_below(a.unit)
    unit = next((unit for unit in units if in_unit(a, unit) / count >= SMALL), units[-1])
    each = in_unit(a, unit) / count
    value = each.quantize(PART if unit in LARGE and each < 1 else CENT, ROUND_HALF_UP)
    if each and not value:
        return None  # so little of it falls on each that it is the other way round that is asked
    scale = f" × {plain(convert(Decimal(1), a.unit, unit))}" if unit != a.unit else a.unit
    formula = f"{plain(a.value)}{scale} / {plain(count)} = {plain(value)}{unit}"
    label = f"{whose(a)}{label_of(a)}平均每{counter or '个'}"
    return _made(value, unit, formula, label, (a, b))


def _units_below(unit: str) -> list[str]:
    """Return a unit and the smaller ones in which an average of it may be said."""
    if unit in MONEY:
        return [one for one in (unit, "万元", "元") if MONEY[one] <= MONEY[unit]]
    return [unit, counter_of(unit)]


def _made(
    value: Decimal, unit: str, formula: str, label: str, operands: tuple[Fact, ...]
) -> Computed:
    return Computed(value=value, unit=unit, formula=formula, label=label, operands=operands)


def _parts(select: Select, facts: Facts) -> Result | Failure:
    """Return the figures printed right below a figure, in its sentence or its table."""
    whole = find(select, facts)
    if not whole:
        return MISSING
    head = whole[0].headline
    seen: dict[object, Fact] = {}
    for fact in facts.beside(head):
        if fact.id != head.id and is_below(fact, head) and slot_of(fact) not in seen:
            seen[slot_of(fact)] = fact
    below = list(seen.values())[:MOST_PARTS]
    if len(below) < 2:
        return MISSING
    values = [Printed(finding=Finding(facts=(fact,), score=1.0)) for fact in below]
    note = f"{whose(head)}{label_of(head)}{show(head)}，包括："
    return Result(values=(*values, Printed(finding=whole[0])), note=note)


def _rank(form: Rank, facts: Facts) -> Result | Failure:
    """Return a figure and its sisters in order; totals are no sisters."""
    found = find(form.of, facts)
    if not found:
        return MISSING
    head = found[0].headline
    sisters: dict[object, Fact] = {}
    for fact in facts.beside(head):
        if is_sister(fact, head) and slot_of(fact) not in sisters:
            sisters[slot_of(fact)] = fact
    ordered = sorted(
        sisters.values(), key=lambda fact: in_unit(fact, head.unit), reverse=not form.least
    )
    if len(ordered) < 2:
        return MISSING
    if len(ordered) > MOST_PARTS:
        ordered = [*ordered[: MOST_PARTS - 1], ordered[-1]]
    values = tuple(Printed(finding=Finding(facts=(fact,), score=1.0)) for fact in ordered)
    most, least = degrees(head)
    first, last = (least, most) if form.least else (most, least)
    note = f"{label_of(ordered[0])}最{first}，{label_of(ordered[-1])}最{last}。"
    return Result(values=values, note=note)


def is_sister(fact: Fact, head: Fact) -> bool:
    """Tell whether two figures are items of one list: of one kind, place, year and aspect."""
    alike = (fact.report, fact.year, fact.aspect, key_of(fact)[2]) == (
        head.report,
        head.year,
        head.aspect,
        key_of(head)[2],
    )
    if not alike or TOTAL.search(fact.measure) or is_own_row(fact):
        return False
    if head.table or head.column:
        own = (head.table, head.column, len(head.row), _place_in_row(head))
        return (fact.table, fact.column, len(fact.row), _place_in_row(fact)) == own
    return not fact.table and fact.section == head.section and bool(fact.row) == bool(head.row)


def is_own_row(fact: Fact) -> bool:
    """Tell whether a row is of the body itself: a city and its 本级 among its counties."""
    place = fact.row[0].removesuffix(OWN) if fact.row else ""
    return len(place) > 1 and fact.organisation.startswith(place)


def _place_in_row(fact: Fact) -> str:
    """Return the label of a cell's row where that is not its name: 总分 of each of the projects."""
    return fact.row[-1] if fact.row and fact.row[-1] != fact.measure else ""
