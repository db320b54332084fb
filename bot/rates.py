"""At what rate something changed: the printed rate, else change over old level, in percent."""

from decimal import Decimal

from bot.arithmetic import in_unit, percent, work_back
from bot.case import Case
from bot.changes import (
    add_counterpart,
    add_level,
    level_beside,
    new_and_old,
    of_asked_year,
    printed_changes,
)
from bot.compose import Page, change_words, plain, show, whose
from bot.nouns import Answer
from corpus.nouns import Fact


def grown(case: Case) -> Answer | None:
    """Answer at what rate something changed: the printed rate, else change over old level."""
    page = case.page()
    printed = of_asked_year(case, printed_changes(case, case.ask, "增减率"))
    if printed:
        head = printed[0].headline
        n = page.add_fact(head)
        page.lines.append(f"{whose(head)}{head.measure}{change_words(head)}{show(head)}。[{n}]")
        add_counterpart(page, case, head)
        add_level(page, case, head)
        return page.finish()
    change = of_asked_year(case, printed_changes(case, case.ask, "增减额"))
    if change:
        head = change[0].headline
        aspect = head.base.aspect if head.base and head.base.aspect else "预算"
        new = level_beside(case, head, aspect)
        old = work_back(new, head) if new else None
        if new is None or old is None or not old.value:
            return None
        part = in_unit(head, new.unit)
        rate = percent(part, old.value)
        formula = f"{plain(part)} / ({old.formula.split(' = ')[0]}) × 100% = {plain(rate)}%"
        return write_rate(page, rate, head.direction, formula, (new, head))
    worked = new_and_old(case)
    if worked is None or not worked.facts[1].value:
        return None
    new_value, old_value = (in_unit(fact, worked.unit) for fact in worked.facts)
    rate = percent(abs(worked.value), old_value)
    high, low = sorted((new_value, old_value), reverse=True)
    formula = f"({plain(high)} - {plain(low)}) / {plain(old_value)} × 100% = {plain(rate)}%"
    return write_rate(page, rate, 1 if worked.value > 0 else -1, formula, worked.facts)


def write_rate(
    page: Page, rate: Decimal, direction: int, formula: str, facts: tuple[Fact, ...]
) -> Answer:
    """Write a computed rate of change."""
    head = facts[0]
    label = f"{head.organisation}{head.year}年{head.measure}{'增长' if direction > 0 else '下降'}"
    page.add_computed(rate, "%", label=label, formula=formula, like=head)
    marks = "".join(f"[{page.cite_fact(fact)}]" for fact in facts)
    page.lines.append(f"{label}{plain(rate)}%（按公式计算：{formula}）。{marks}")
    for fact in facts:
        page.add_fact(fact)
    return page.finish()
