"""What rose and what fell most against the year before: as printed, or out of both years."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.overview.figures import Figures
from bot.overview.wording import load_wording
from bot.parsing.dialogue import parts_below
from bot.query.arithmetic import Worked, subtract
from bot.query.retrieval.settlement import Finding, agree, amount_of
from corpus.model.types import Aspect, Fact, Noun

TOTALS = ("支出合计", "支出总计", "收支总计")


class Change(Noun):
    """By how much one item differs from the year before, in 元: printed, or worked out."""

    of: str
    amount: Decimal
    printed: Fact | None = None
    worked: Worked | None = None
    tied: bool = False  # another item that is no part of it differs by as much


class Extremes(Noun):
    """The item that rose most and the one that fell most; `whole` where all items were compared."""

    rose: Change | None
    fell: Change | None
    whole: bool


def extremes(figures: Figures, old: int, new: int, aspect: Aspect) -> Extremes:
    """Return what rose and fell most from a year to another; printed changes come first."""
    worked = tuple(_worked(figures, old, new, aspect))
    printed = tuple(_printed(figures, new)) if new - old == 1 else ()
    told = {change.of for change in printed}
    changes = (*printed, *(change for change in worked if change.of not in told))
    total = figures.find(TOTALS, new, aspect)
    items = tuple(change for change in changes if not _is_whole(figures, change, total, aspect))
    return Extremes(
        rose=_most(items, changes, sign=1),
        fell=_most(items, changes, sign=-1),
        whole=bool(worked) and any(report.year == old for report in figures.reports),
    )


def _most(items: Iterable[Change], all_of_them: Iterable[Change], *, sign: int) -> Change | None:
    """Return the largest change of a sign; what is the whole again only where there is no item."""
    for changes in (items, all_of_them):
        moved = [change for change in changes if change.amount * sign > 0]
        if moved:
            most = max(moved, key=lambda change: change.amount * sign)
            alike = {change.of for change in moved if change.amount == most.amount}
            tied = bool(alike - {most.of} - parts_below([most.of]))
            return most.model_copy(update={"tied": tied})
    return None


def _is_whole(figures: Figures, change: Change, total: Finding | None, aspect: Aspect) -> bool:
    """Tell whether an item is all of the spending by another name: 财政拨款支出."""
    if total is None:
        return False
    year = total.headline.year or 0
    own = figures.find((change.of,), year, aspect)
    return own is not None and agree(own.headline, total.headline)


def _is_item(measure: str) -> bool:
    return load_wording().most.passed_over.search(measure) is None


def _printed(figures: Figures, year: int) -> Iterator[Change]:
    for fact in figures.changes(year):
        if _is_item(fact.measure):
            amount = abs(amount_of(fact)[0]) * fact.direction
            yield Change(of=fact.measure, amount=amount, printed=fact)


def _worked(figures: Figures, old: int, new: int, aspect: Aspect) -> Iterator[Change]:
    """Yield the difference of each item that both years print once, without a contradiction."""
    for measure, year, of_aspect in figures.levels:
        if year != new or of_aspect != aspect or not _is_item(measure):
            continue
        pair = [_undisputed(figures, measure, one, aspect) for one in (new, old)]
        if pair[0] is None or pair[1] is None or pair[0].row != pair[1].row:
            continue
        worked = subtract(pair[0], pair[1])
        if worked is not None and amount_of(pair[0])[1] == "元":
            sign = Decimal(1 if worked.value > 0 else -1)
            amount = abs(amount_of(pair[0])[0] - amount_of(pair[1])[0]) * sign
            yield Change(of=measure, amount=amount, worked=worked)


def _undisputed(figures: Figures, measure: str, year: int, aspect: Aspect) -> Fact | None:
    """Return a figure that is the only one of its name: of two, nobody knows which to compare."""
    facts = figures.levels.get((measure, year, aspect), ())
    found = figures.find((measure,), year, aspect)
    if found is None or not all(agree(found.headline, fact) for fact in facts):
        return None
    return None if found.headline.total or found.headline.vague else found.headline
