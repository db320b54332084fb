"""Figures worked out from printed ones, each with the formula that shows how.

Money is taken into the unit of the first figure; percentages are rounded half up to two places.
"""

from decimal import ROUND_HALF_UP, Decimal

from bot.presentation.answer_text import plain
from bot.query.retrieval.settlement import amount_of
from corpus.entities.units import convert, to_yuan
from corpus.model.types import Fact, Noun

CENT = Decimal("0.01")


class Worked(Noun):
    """A computed amount with its unit, its formula and the facts that it rests on."""

    value: Decimal
    unit: str
    formula: str
    facts: tuple[Fact, ...]


def in_unit(fact: Fact, unit: str) -> Decimal:
    """Return a figure's value in another unit; one of another counter stays as it is."""
    money = to_yuan(fact.value, fact.unit) is not None
    same = money or counter_of(fact.unit) == counter_of(unit)
    return convert(fact.value, fact.unit, unit) if same else fact.value


def counter_of(unit: str) -> str:
    """Return a unit without its scale: 人次 of 万人次."""
    return unit.removeprefix("万").removeprefix("亿")


def subtract(new: Fact, old: Fact) -> Worked | None:
    """Return new - old in the unit of the new, None where the two cannot be compared."""
    if amount_of(new)[1] != amount_of(old)[1]:
        return None
    a, b = new.value, in_unit(old, new.unit)
    formula = f"{plain(a)} - {plain(b)} = {plain(a - b)}{new.unit}"
    return Worked(value=a - b, unit=new.unit, formula=formula, facts=(new, old))


def work_back(new: Fact, change: Fact) -> Worked | None:
    """Return the old level from the new one and a printed change."""
    if amount_of(new)[1] != amount_of(change)[1] or not change.direction:
        return None
    a, b = new.value, abs(in_unit(change, new.unit))
    sign, value = ("-", a - b) if change.direction > 0 else ("+", a + b)
    formula = f"{plain(a)} {sign} {plain(b)} = {plain(value)}{new.unit}"
    return Worked(value=value, unit=new.unit, formula=formula, facts=(new, change))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return part / whole in percent, rounded half up to two places."""
    return (part / whole * 100).quantize(CENT, ROUND_HALF_UP)
