"""What an answer reckons with: the one figure that it tells, and what comes of several."""

from collections.abc import Sequence
from decimal import Decimal

from bot.types import Answer, Figure
from corpus.entities.units import to_yuan

NEARLY = Decimal("0.001")  # of an amount that was rounded


def told_amount(figure: Figure) -> tuple[Decimal, str]:
    """Return a figure as an amount: money in 元, the rest by its counter."""
    value = Decimal(figure.value)
    yuan = to_yuan(value, figure.unit)
    return (value, figure.unit) if yuan is None else (yuan, "元")


def figures_told(answer: Answer) -> int:
    """Return how many different figures an answer tells."""
    return len({(one.value, one.unit, one.aspect) for one in answer.figures})


def the_figure(answer: Answer) -> Figure | None:
    """Return the one figure that an answer tells, or the one that it works out; None of several."""
    figures = answer.figures if answer.status == "answered" else ()
    worked_out = [one for one in figures if one.formula]
    told = {told_amount(one): one for one in reversed(worked_out or figures)}
    return next(iter(told.values())) if len(told) == 1 else None


def is_of(answer: Answer, kind: str, operands: Sequence[Figure]) -> bool:
    """Tell whether an answer is reckoned of these figures, and comes to what they make."""
    if answer.status != "answered":
        return False
    told = {told_amount(one) for one in answer.figures}
    amounts = [told_amount(one) for one in operands]
    made = [told_amount(one)[0] for one in answer.figures if one.formula]
    wanted = outcome(kind, [value for value, _ in amounts])
    if wanted is None or not told.issuperset(amounts):
        return False
    return any(abs(one - wanted) <= NEARLY * max(Decimal(1), abs(wanted)) for one in made)


def outcome(kind: str, values: Sequence[Decimal]) -> Decimal | None:
    """Return what comes of some values, a difference and a growth by their size.

    `kind` is that of a form (`bot.understanding.candidates.KINDS`): a sum is of any number of
    values, all others of two. None where it is of nothing.
    """
    if kind == "sum":
        return sum(values, Decimal())
    first, second = values
    if kind == "difference":
        return abs(first - second)
    if not second:
        return None
    if kind == "growth":
        return abs(first - second) / second * 100
    return first / second * (100 if kind == "share" else 1)
