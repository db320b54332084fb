"""Rates, in percent: of change, printed or change over old level; of completion of a budget."""

from decimal import Decimal

from bot.presentation.answer_text import Page, change_words, formula_words, plain, whose, year_word
from bot.presentation.names_said import figure_said, names_of
from bot.query.arithmetic import in_unit, percent, work_back
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import agree
from bot.rules.calculation.changes import (
    add_level,
    counterpart_said,
    level_beside,
    new_and_old,
    of_asked_year,
    printed_changes,
)
from bot.rules.lookup.single_figure import choose, list_operands, write_findings
from bot.types import Answer
from corpus.model.types import PLANS, Aspect, Fact

# A name of a rate itself: 部门预算执行率 beside the item whose rate is asked for.
DONE: tuple[Aspect, ...] = ("完成率",)
SPENT: tuple[Aspect, ...] = ("决算",)
RATE = "率"


def grown(case: Case) -> Answer | None:
    """Answer at what rate something changed: the printed rate, else change over old level."""
    page = case.page()
    printed = of_asked_year(case, printed_changes(case, case.ask, "增减率"))
    if printed:
        head = printed[0].headline
        n = page.add_fact(head)
        beside = counterpart_said(page, case, head)
        said = f"{whose(head)}{head.measure}{change_words(head)}{figure_said(head)}{beside}"
        page.lines.append(f"{said}。[{n}]")
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


def completed(case: Case) -> Answer | None:
    """Answer how much of its budget an item spent: as printed, else account over budget.

    Only from the two figures of one item that one report prints once and the same everywhere.
    """
    rates = [term for term in case.ask.terms if term.endswith(RATE)]
    items = tuple(term for term in case.ask.terms if term not in rates)
    if "完成率" not in case.question.aspects or case.scope.open or not items:
        return None
    said = dict(zip(case.ask.terms, case.ask.said, strict=False))
    ask = case.ask.model_copy(
        update={"terms": items, "said": tuple(said.get(i, i) for i in items), "kind": None}
    )
    printed = choose(case, case.find(ask, aspects=DONE))
    page = case.page()
    if printed:
        write_findings(page, case, ask, printed[:1])
        return page.finish()
    for spent in choose(case, case.find(ask, aspects=SPENT)):
        planned = budget_of(case, spent.headline)
        if planned is not None and planned.value and not spent.against:
            return write_completion(case, spent.headline, planned)
    return None


def budget_of(case: Case, spent: Fact) -> Fact | None:
    """Return the budget of the very item of an account, printed beside it; else the only one."""
    budgets = [
        fact
        for fact in case.facts
        if (fact.report, fact.year, fact.measure, fact.facet, fact.level)
        == (spent.report, spent.year, spent.measure, spent.facet, spent.level)
        and fact.aspect in PLANS
    ]
    first = [fact for fact in budgets if fact.aspect == PLANS[0]]
    budgets = first or budgets
    beside = [fact for fact in budgets if fact.quote == spent.quote] or budgets
    return beside[0] if beside and all(agree(beside[0], fact) for fact in beside) else None


def write_completion(case: Case, spent: Fact, planned: Fact) -> Answer:
    """Write the rate of completion with its formula; the report prints none."""
    rate = percent(spent.value, in_unit(planned, spent.unit))
    formula = (
        f"{plain(spent.value)} / {plain(in_unit(planned, spent.unit))} × 100% = {plain(rate)}%"
    )
    label = f"{whose(spent)}{spent.measure}{spent.facet}预算完成率"
    page = case.page()
    page.add_computed(rate, "%", label=label, formula=formula, like=spent)
    page.lines.append(f"{label}{plain(rate)}%（报告没有印出，按决算 ÷ 预算计算：{formula}）。")
    return list_operands(page, case, (spent, planned))


def against(facts: tuple[Fact, ...]) -> str:
    """Return what a rate is counted from, where that is said: 比预算, 比2023年."""
    new, old = facts
    if old.base is not None:
        year, aspect = old.base.year, old.base.aspect or ""
    else:
        year, aspect = old.year, old.aspect if old.aspect != new.aspect else ""
    said = f"{year_word(year) if year != new.year else ''}{aspect}"
    return f"比{said}" if said and (year == new.year or f"{year}" in old.quote) else ""


def write_rate(
    page: Page, rate: Decimal, direction: int, formula: str, facts: tuple[Fact, ...]
) -> Answer:
    """Write a computed rate of change."""
    head = facts[0]
    word = "增长" if direction > 0 else "下降"
    label = f"{head.organisation}{year_word(head.year)}{head.measure}{against(facts)}{word}"
    page.add_computed(rate, "%", label=label, formula=formula, like=head)
    page.lines.append(f"{label}{plain(rate)}%{formula_words(formula)}。{page.marks(facts)}")
    for fact, tail in zip(facts, names_of(facts).tails, strict=True):
        page.lines.append(f"· {tail}{figure_said(fact)}[{page.add_fact(fact)}]")
    return page.finish()
