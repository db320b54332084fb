"""What is not printed but follows from what is: one table of identities over the keys of figures.

new = old + change (a budget from an account and what it was above it, a year from the next and its
growth), old = new / (1 + rate), plan = done / rate of completion. The formula shows the printed
operands.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from bot.presentation.answer_text import plain, whose
from bot.query.arithmetic import CENT, in_unit
from bot.query.forms import Select
from bot.query.retrieval.fact_pool import Facts
from bot.query.selection import key_of, within_of
from bot.query.values import Computed
from corpus.model.types import CARRIED_OUT, CHANGES, PLANS, Aspect, Base, Fact

LEVELS: tuple[Aspect, ...] = ("决算", "预算", "调整预算", "执行数", "余额", "数量", "其他")


def derive(select: Select, facts: Facts) -> Computed | None:
    """Return the value of a query that is not printed, None where no identity gives it.

    Where the body is open, values of several bodies are none: nobody could tell which was meant.
    """
    if select.aspect not in LEVELS:
        return None
    found = (*_from_change(select, facts), *_from_completion(select, facts))
    alone = len({value.operands[0].organisation for value in found}) == 1
    return found[0] if alone else None


def _from_change(select: Select, facts: Facts) -> Iterator[Computed]:
    """Yield the level before a change: account - (account above budget), this year - growth."""
    named = facts.of(select.concept.measure, select.concept.facet)
    moved = [fact for aspect in CHANGES for fact in named if fact.aspect == aspect]
    for change in moved:
        if not _of_same(change, select):
            continue
        base = change.base or Base(year=None, aspect=None)
        if base.year in (None, change.year) and base.aspect in (None, "决算"):
            continue  # it does not say from what it is counted
        year = base.year or change.year
        if select.when and year not in select.when:
            continue
        if base.aspect is not None and base.aspect != select.aspect:
            continue
        new = _level_of(change, base, select, facts)
        if new is not None and (value := _undo(new, change)) is not None:
            of = change.model_copy(update={"year": year, "as_of": None})
            label = f"{whose(of)}{_name(change)}{select.aspect}"
            yield value.model_copy(update={"label": label, "year": year})


def _from_completion(select: Select, facts: Facts) -> Iterator[Computed]:
    """Yield the plan of which a part is done: account / rate of completion.

    Where a plan is printed beside the rate, it is that of which so much is done.
    """
    named = facts.of(select.concept.measure, select.concept.facet)
    rates = [fact for fact in named if fact.aspect == "完成率" and fact.value > 0]
    for rate in rates if select.aspect == "预算" else ():
        beside = [fact for fact in named if _is_told_with(rate, fact)]
        done = next((fact for fact in beside if fact.aspect in CARRIED_OUT), None)
        if done is None or any(fact.aspect in PLANS for fact in beside):
            continue
        in_time = not select.when or rate.year in select.when
        if not in_time or key_of(done)[2] != select.concept.counts:
            continue
        if not (_is_whose(done, select) and _is_placed(done, select)):
            continue
        value = (done.value / (rate.value / 100)).quantize(CENT, ROUND_HALF_UP)
        formula = f"{plain(done.value)} / {plain(rate.value)}% ≈ {plain(value)}{done.unit}"
        label = f"{whose(rate)}{_name(rate)}{select.aspect}"
        operands = (done, rate)
        yield Computed(value=value, unit=done.unit, formula=formula, label=label, operands=operands)


def _is_told_with(rate: Fact, fact: Fact) -> bool:
    """Tell whether a figure is of the thing, body and year that a rate of completion is of."""
    slots = ("report", "organisation", "level", "year", "row")
    return all(getattr(rate, slot) == getattr(fact, slot) for slot in slots)


def _of_same(change: Fact, select: Select) -> bool:
    """Tell whether a change of a thing is of the level, body and rows asked for."""
    return _is_whose(change, select) and _is_placed(change, select) and bool(change.direction)


def _is_whose(fact: Fact, select: Select) -> bool:
    level = select.level is None or fact.level in (select.level, None)
    return level and (not select.who or fact.organisation in select.who)


def _is_placed(fact: Fact, select: Select) -> bool:
    return len({select.concept.within, within_of(fact)} - {()}) < 2


def _level_of(change: Fact, base: Base, select: Select, facts: Facts) -> Fact | None:
    """Return the level that a change leads to: of the same thing, in the same sentence first."""
    same_year = base.year in (None, change.year)
    aspect = "决算" if same_year and base.aspect in PLANS else select.aspect
    levels = [
        fact
        for fact in facts.of(change.measure, change.facet)
        if fact.aspect == aspect
        and (fact.organisation, fact.level, fact.year)
        == (change.organisation, change.level, change.year)
        and key_of(fact)[2] == select.concept.counts
        and len({within_of(fact), within_of(change)} - {()}) < 2
    ]
    return min(
        levels,
        key=lambda fact: (
            fact.report != change.report,
            fact.quote != change.quote,
            within_of(fact) != within_of(change),
            abs(fact.spans[0].start - change.spans[0].start),
        ),
        default=None,
    )


def _undo(new: Fact, change: Fact) -> Computed | None:
    if change.aspect == "增减率":
        rate = change.moved
        if rate <= -100:
            return None
        value = (new.value / (1 + rate / 100)).quantize(CENT, ROUND_HALF_UP)
        sign = "+" if rate > 0 else "-"
        below = f"(1 {sign} {plain(abs(rate))}%)"
        formula = f"{plain(new.value)} / {below} ≈ {plain(value)}{new.unit}"
    else:
        if key_of(new)[2] != key_of(change)[2]:
            return None
        moved = abs(in_unit(change, new.unit))
        value = new.value - moved * change.direction
        sign = "-" if change.direction > 0 else "+"
        formula = f"{plain(new.value)} {sign} {plain(moved)} = {plain(value)}{new.unit}"
    if value < Decimal(0):
        return None
    return Computed(value=value, unit=new.unit, formula=formula, label="", operands=(new, change))


def _name(fact: Fact) -> str:
    return fact.measure + (f"（{fact.facet}）" if fact.facet else "")
