"""Which items of one body are over their budget, or above or below an amount."""

from collections.abc import Iterable

from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import show, whose
from bot.presentation.names_said import figure_said, name_of
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import amount_of
from bot.rules.comparison.item_groups import classes_of_table
from bot.rules.predicates.judgements import OVER, UNDER, compared_with, without_judging
from bot.rules.predicates.yes_no import OVERSPENT
from bot.types import Answer
from corpus.entities.quantities import amounts_in
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.model.types import Fact

PATTERNS = patterns("rules.filters")
UNDERSPENT = PATTERNS["underspent"]
ITEMS = PATTERNS["items"]
ANY_CLASS = "哪些科目"
SUCH, NONE_SUCH = "符合的有：", "没有符合的。"
MOST = 12
FEW = 3
NO_ITEMS = "报告没有可以逐项比较的同口径数字，不能列出。"


def over_budget(case: Case) -> Answer | None:
    """Answer which items spent more than their budgets, both printed in one place."""
    words = case.question.words
    below = bool(UNDERSPENT.search(words))
    asked = (below or OVERSPENT.search(words)) and ITEMS.search(words)
    if not asked or case.scope.open:
        return None
    pairs = spent_and_planned(case, case.facts)
    over = [pair for pair in pairs if is_beyond(*pair, below=below)]
    if not pairs:
        return Answer(status="not_found", text=NO_ITEMS)
    page = case.page()
    than = "小于" if below else "大于"
    said = f"决算{than}预算的有：" if over else f"没有一项决算{than}预算，例如："
    page.lines.append(f"{whose(pairs[0][0])}同一处印出预算和决算的支出中，{said}")
    for spent, planned in (over or pairs[:FEW])[:MOST]:
        n = page.add_fact(spent)
        m = page.cite_fact(planned)
        marks = f"[{n}]" if n == m else f"[{n}][{m}]"
        page.lines.append(f"· {name_of(spent)}{figure_said(spent)}，预算{show(planned)}{marks}")
    return page.finish()


def is_beyond(spent: Fact, planned: Fact, *, below: bool) -> bool:
    """Tell whether an account is above its budget, or below it."""
    account, budget = amount_of(spent)[0], amount_of(planned)[0]
    return account < budget if below else account > budget


def spent_and_planned(case: Case, facts: Iterable[Fact]) -> list[tuple[Fact, Fact]]:
    """Return the account and the budget of each item that one sentence or row prints both of."""
    planned: dict[object, Fact] = {}
    spent: dict[object, Fact] = {}
    for fact in facts:
        asked = not case.question.years or fact.year in case.question.years
        if asked and fact.year == fact.report_year and fact.aspect in ("预算", "决算"):
            found = planned if fact.aspect == "预算" else spent
            key = (fact.report, fact.measure, fact.facet, fact.row, fact.quote, fact.column[:-1])
            found.setdefault(key, fact)
    both = {thing_of(spent[key]): (spent[key], planned[key]) for key in spent if key in planned}
    return [
        pair for pair in both.values() if amount_of(pair[0])[1] == amount_of(pair[1])[1] == "元"
    ]


def thing_of(fact: Fact) -> object:
    """Return what a figure is of, wherever it is printed."""
    return fact.report, fact.year, fact.measure, fact.facet, fact.row


def beyond(case: Case) -> Answer | None:
    """Answer which classes of spending are above or below an amount of money."""
    text = normalise(case.question.words)
    asked = [amount for amount in amounts_in(text) if amount.kind == "money"]
    bounded = len(asked) == 1 and (OVER.search(text) or UNDER.search(text))
    if not bounded or not find_sign("which_items", text) or case.scope.open:
        return None
    classes = classes_of_table(without_judging(case), f"{text} {ANY_CLASS}")
    fitting = [fact for fact in classes if compared_with(fact, asked[0], text)]
    if not classes:
        return Answer(status="not_found", text=NO_ITEMS)
    page = case.page()
    title = f"（“{classes[0].table}”）"
    page.lines.append(f"{whose(classes[0])}类级科目{title}中，{SUCH if fitting else NONE_SUCH}")
    for fact in sorted(fitting, key=lambda fact: -amount_of(fact)[0])[:MOST]:
        page.lines.append(f"· {name_of(fact)}{figure_said(fact)}[{page.add_fact(fact)}]")
    if not fitting:
        page.add_fact(classes[0])
    return page.finish()
