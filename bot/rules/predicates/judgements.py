"""Yes/no questions that want a judgement: is it balanced, used up, risen, is it so much.

That there is a figure judges nothing. Each judgement rests on two figures, or on the sign of a
printed change; where the reports do not print them there is no answer.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot.parsing.annotations import AskedBase
from bot.presentation.answer_text import Page, aspect_word, show, whose
from bot.presentation.names_said import figure_said, name_of, statement
from bot.query.arithmetic import Worked
from bot.query.retrieval.scope import LEVELS, Case
from bot.query.retrieval.settlement import agree, amount_of
from bot.rules.calculation import changes, rates
from bot.rules.lookup.single_figure import choose, other_aspect, write_findings
from bot.rules.predicates import yes_no
from bot.rules.predicates.targets import held_to_target
from bot.types import Answer, Ask
from corpus.entities.quantities import Amount, amounts_in
from corpus.entities.units import to_yuan, unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.model.types import CHANGES, Aspect, Fact

PATTERNS = patterns("rules.judgements")
JUDGING = PATTERNS["judging"]
TOTAL_IN, TOTAL_OUT = "收入总计", "支出总计"
FUND = PATTERNS["fund"]
DONE: tuple[Aspect, ...] = ("完成率",)
WHOLE = Decimal(100)
PAIR = 2
OVER = PATTERNS["over"]
UNDER = PATTERNS["under"]
RISE = PATTERNS["rise"]
FALL = PATTERNS["fall"]


def judged(case: Case) -> Answer | None:
    """Answer a yes/no question by the judgement that it wants; None where no figures tell."""
    if case.scope.open or yes_no.OVERSPENT.search(case.question.words):
        return None
    case = without_judging(case)
    match case.question.judgement:
        case "平衡":
            return balanced(case)
        case "数额":
            return is_amount(case)
        case "用完":
            return used_up(case)
        case "目标":
            done = "完成" in case.question.words
            return held_to_target(case) or (used_up(case) if done else None)
        case "变化":
            return changed_or_not(case)
        case _:
            return None


def without_judging(case: Case) -> Case:
    """Return a case whose leftover words are of the thing alone: 准确率达标 is 准确率."""
    asks = []
    for ask in case.question.asks:
        pieces = JUDGING.sub(" ", ask.words).split()
        asks.append(ask.model_copy(update={"words": " ".join(p for p in pieces if len(p) > 1)}))
    return replace(case, question=case.question.model_copy(update={"asks": tuple(asks)}))


def balanced(case: Case) -> Answer | None:
    """Answer whether income and spending balance: from the two totals of one table or text."""
    places: dict[tuple[object, ...], dict[str, Fact]] = {}
    for name in (TOTAL_IN, TOTAL_OUT):
        ask = Ask(terms=(name,), said=(name,))
        for fact in facts_of_name(case, ask, name):
            key = (fact.report, fact.year, fact.aspect, fact.table)
            places.setdefault(key, {}).setdefault(name, fact)
    pairs = [(p[TOTAL_IN], p[TOTAL_OUT]) for p in places.values() if len(p) > 1]
    fund = FUND.search(case.question.words)
    fitting = [pair for pair in pairs if is_of_fund(pair[0], fund.group() if fund else "")]
    if not fitting:
        return None
    income, spending = fitting[0]
    page = case.page()
    n, m = page.add_fact(income), page.add_fact(spending)
    verdict = "平衡" if agree(income, spending) else "不平衡"
    where = f"（“{income.table}”）" if income.table else ""
    page.lines.append(
        f"{verdict}。{whose(income)}{TOTAL_IN}{show(income)}[{n}]，{TOTAL_OUT}{show(spending)}[{m}]{where}。"
    )
    page.lines += within_year(case, page, income)
    return page.finish()


def within_year(case: Case, page: Page, income: Fact) -> list[str]:
    """Return a line for the income and spending of the year alone, where the table prints them."""
    facts = [
        fact
        for name in ("收入合计", "支出合计")
        for fact in facts_of_name(case, Ask(terms=(name,), said=(name,)), name)
        if fact.table and (fact.report, fact.year, fact.table) == of_place(income)
    ]
    if len(facts) != PAIR or agree(*facts):
        return []
    said = "，".join(f"{name_of(fact)}{figure_said(fact)}[{page.add_fact(fact)}]" for fact in facts)
    return [f"其中本年收支：{said}，两者不相等。"]


def of_place(fact: Fact) -> tuple[str, int | None, str]:
    """Return where a figure stands: its report, year and table."""
    return fact.report, fact.year, fact.table


def facts_of_name(case: Case, ask: Ask, name: str) -> Iterable[Fact]:
    """Return all figures of that very name, each place of print by itself."""
    for evidence in case.rank(ask):
        if (evidence.fact.measure, evidence.fact.facet) == (name, ""):
            yield evidence.fact


def is_of_fund(fact: Fact, fund: str) -> bool:
    """Tell whether a total is of the fund asked for; without one, of all that a body has."""
    return fund in fact.table if fund else not FUND.search(fact.table)


def is_amount(case: Case) -> Answer | None:
    """Answer whether a figure is the amount that a question names, or above or below it."""
    text = normalise(case.question.words)
    asked = [amount for amount in amounts_in(text) if amount.kind not in ("date", "year")]
    if len(asked) != 1:
        return None
    levels = tuple(aspect for aspect in case.question.aspects if aspect in LEVELS)
    alike = [
        finding
        for finding in case.find(case.ask.of_any_kind(), aspects=levels)
        if unit_kind(finding.headline.unit) == unit_kind(asked[0].unit)
    ]
    found = choose(case, alike)
    if len(found) != 1 or found[0].against:
        return None
    head = found[0].headline
    beside = other_aspect(case, case.ask, head)
    page = case.page()
    page.lines.append(verdict_on(head, beside, asked[0], text))
    write_findings(page, case, case.ask, found)
    return page.finish()


def verdict_on(head: Fact, beside: Fact | None, asked: Amount, text: str) -> str:
    """Return whether a figure is as a question says, or else the budget beside the account."""
    if compared_with(head, asked, text):
        return "是。"
    if beside and compared_with(beside, asked, text):
        return f"{aspect_word(beside)}是，{aspect_word(head)}不是。"
    return "不是。"


def compared_with(fact: Fact, amount: Amount, text: str) -> bool:
    """Tell whether a figure is what a question says, or above or below it where it says so."""
    value, said = amount_of(fact)[0], to_yuan(amount.value, amount.unit) or amount.value
    around = text[max(0, amount.start - 2) : amount.end + 2]
    if UNDER.search(around):
        return value < said
    return value > said if OVER.search(around) else value == said


def used_up(case: Case) -> Answer | None:
    """Answer whether a budget was spent to the end: account beside budget, or the printed rate."""
    if pair := yes_no.spent_and_planned(case):
        (spent, _), (planned, _) = map(amount_of, pair)
        verdict = (
            "没有用完" if spent < planned else "用完了" if spent == planned else "用完并超出了"
        )
        return yes_no.write_verdict(case, verdict, *pair)
    rates = choose(case, case.find(case.ask.of_any_kind(), aspects=DONE))
    if len(rates) != 1 or rates[0].against:
        return None
    head = rates[0].headline
    page = case.page()
    verdict = "没有" if head.value < WHOLE else "完成了"
    page.lines.append(f"{verdict}。{statement(head)}。[{page.add_fact(head)}]")
    return page.finish()


def changed_or_not(case: Case) -> Answer | None:
    """Answer whether something rose or fell, by default since the year before."""
    base = case.base or AskedBase(year=None, aspect=None, relative=True)
    years = case.question.years or tuple({report.year for report in case.reports if report.year})
    if len(case.scope.organisations) != 1 or not years:
        return None
    question = case.question.model_copy(update={"years": years if len(years) < 3 else years[:1]})
    narrowed = replace(case, base=base, question=question, bare=False)
    answer = changes.changed(narrowed) or rates.grown(narrowed)
    if answer is None:
        return changes.unchanged(narrowed)
    way = direction_of(narrowed)
    verdict = "" if way is None else verdict_of(case.question.words, way)
    return answer.model_copy(update={"text": verdict + answer.text})


def direction_of(case: Case) -> int | None:
    """Return the sign of a change, as printed, else of new minus old; None where it is not told."""
    for aspect in CHANGES:
        if printed := changes.of_asked_year(case, changes.printed_changes(case, case.ask, aspect)):
            return printed[0].headline.direction or None
    worked = changes.new_and_old(case)
    if worked is None or (case.base and not case.base.aspect and mixed(worked)):
        return None
    return (worked.value > 0) - (worked.value < 0)


def mixed(worked: Worked) -> bool:
    """Tell whether what was spent is compared with what was planned."""
    return len({fact.aspect for fact in worked.facts}) > 1


def verdict_of(words: str, way: int) -> str:
    """Return the verdict on a rise or a fall asked about: is it so, or the other way round."""
    if not way:
        return "没有变化。"
    rise, fall = bool(RISE.search(words)), bool(FALL.search(words))
    risen = ("减少了", "增加了")[way > 0]
    if rise == fall:
        return f"有变化，{risen}。"
    return f"{risen}。" if rise == (way > 0) else f"没有，反而{risen}。"
