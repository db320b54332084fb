"""Figures computed from several: shares, totals and amounts a head, each with its formula.

Shares are part / whole in percent and amounts a head money / people, both rounded half up to two
places; sums keep the printed places.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from bot.arithmetic import CENT, in_unit, percent
from bot.case import LEVELS, Case
from bot.compare import figures_of_sides, sides
from bot.compose import Page, label_of, plain, show, whose
from bot.lookup import choose, write_findings
from bot.match import coverage
from bot.nouns import Answer, Ask
from bot.settle import amount_of
from corpus.nouns import Aspect, Fact
from corpus.units import to_yuan, unit_kind
from corpus.wording import fold

SHARE: tuple[Aspect, ...] = ("占比",)
A_HEAD: tuple[Aspect, ...] = ("人均",)
STAFF = "在职人员"
# How alike the names of money and of those who got it must be.
ALIKE = 0.6
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
WHOLE_YEAR = re.compile(r"四个季度|各季度|全年四季|每个?季度")
PER = re.compile(
    r"平均(?:到)?每|人均|每人|每人次?|每个(?:人|职工|员工)|每批次?|每(?:名|位|辆|户|家)"
    r"|平均.{0,8}合|平均一(?:批|次|人|个|家|辆|户|项)"
)


def level_choice(case: Case) -> tuple[Aspect, ...]:
    """Return the level aspects asked for, none where the question names none."""
    return tuple(a for a in case.question.aspects if a in LEVELS)


def figure_of(case: Case, ask: Ask) -> Fact | None:
    """Return the best figure of an ask under the question's year and aspect."""
    found = choose(case, case.find(ask, aspects=level_choice(case)))
    return found[0].headline if found else None


def shared(case: Case) -> Answer | None:
    """Answer what share one figure is of another: computed from both, else as printed."""
    if case.scope.open:
        return None
    if pair := part_and_whole(case):
        return write_share(case.page(), *pair)
    found = case.find(case.ask.model_copy(update={"kind": None}), aspects=SHARE)
    if not found:
        return None
    page = case.page()
    head = found[0].headline
    n = page.add_fact(head)
    page.lines.append(f"{whose(head)}{label_of(head)}{show(head)}。[{n}]")
    return page.finish()


def part_and_whole(case: Case) -> tuple[Fact, Fact] | None:
    """Return the two figures of a share, the smaller as the part, of one year and body."""
    asks = case.question.asks
    if len(asks) != 2:
        terms = case.ask.terms[:2]
        whole = case.vocabulary.whole_of(terms[0]) if len(terms) == 1 else None
        asks = tuple(Ask(terms=(term,)) for term in (*terms, whole) if term)
    sides = [fact for ask in asks if (fact := figure_of(case, ask))]
    if len(sides) != 2:
        return None
    one, other = sides
    if (one.organisation, one.year) != (other.organisation, other.year):
        return None
    if amount_of(one)[1] != amount_of(other)[1]:
        return None
    return (one, other) if amount_of(one)[0] <= amount_of(other)[0] else (other, one)


def write_share(page: Page, part: Fact, whole: Fact) -> Answer | None:
    """Write a computed share with its formula; a whole of nothing has no shares."""
    whole_value = in_unit(whole, part.unit)
    if not whole_value:
        return None
    rate = percent(part.value, whole_value)
    formula = f"{plain(part.value)} / {plain(whole_value)} × 100% = {plain(rate)}%"
    label = f"{whose(part)}{label_of(part)}占{label_of(whole)}的比例"
    page.add_computed(rate, "%", label=label, formula=formula, like=part)
    page.lines.append(f"{label}为{plain(rate)}%（按公式计算：{formula}）。")
    return list_operands(page, (part, whole))


def list_operands(page: Page, facts: tuple[Fact, ...]) -> Answer:
    """Write the printed figures under a computed one, each with its proof."""
    alone = len({whose(fact) for fact in facts}) == 1
    for fact in facts:
        n = page.add_fact(fact)
        page.lines.append(f"· {'' if alone else whose(fact)}{label_of(fact)}{show(fact)}[{n}]")
    return page.finish()


def totalled(case: Case) -> Answer | None:
    """Answer a sum over the items, bodies or years that a question names, or the four quarters."""
    if WHOLE_YEAR.search(case.question.words):
        facts = quarters(case)
    else:
        facts = tuple(figures_of_sides(case))
        if len(facts) < len(sides(case)):
            return None
    if len(facts) < 2 or len({amount_of(fact)[1] for fact in facts}) != 1:
        return None
    unit = facts[0].unit
    values = [in_unit(fact, unit) for fact in facts]
    total = sum(values, Decimal())
    formula = " + ".join(map(plain, values)) + f" = {plain(total)}{unit}"
    whole = len({whose(fact) for fact in facts}) == 1
    names = [label_of(fact) if whole else whose(fact) + label_of(fact) for fact in facts]
    label = f"{whose(facts[0]) if whole else ''}{'、'.join(dict.fromkeys(names))}合计"
    page = case.page()
    page.add_computed(total, unit, label=label, formula=formula, like=facts[0])
    page.lines.append(f"{label}{plain(total)}{unit}（按公式计算：{formula}）。")
    return list_operands(page, facts)


def quarters(case: Case) -> tuple[Fact, ...]:
    """Return the figures of the four quarters of one item, in order; none unless all are there."""
    asks = case.ask.model_copy(update={"kind": None})
    found: dict[str, Fact] = {}
    for evidence in case.rank(asks, aspects=()):
        fact = evidence.fact
        words = fact.measure + fact.facet
        for quarter in QUARTERS:
            if quarter in words:
                found.setdefault(quarter, fact)
    same = {fact.report for fact in found.values()}
    return tuple(found[q] for q in QUARTERS) if len(found) == 4 and len(same) == 1 else ()


def averaged(case: Case) -> Answer | None:
    """Answer an amount a head: printed as 人均, else money over what is counted."""
    printed = case.find(case.ask.model_copy(update={"kind": None}), aspects=A_HEAD)
    page = case.page()
    if printed and not case.scope.open:
        write_findings(page, case, case.ask, printed[:1])
        return page.finish()
    pair = terms_to_pair(case) or sentence_to_pair(case)
    if pair is None or case.scope.open:
        return None
    return write_average(page, *pair)


def write_average(page: Page, money: Fact, heads: Fact) -> Answer | None:
    """Write money over heads, in the money's unit where that leaves one of it, else in 元."""
    yuan = to_yuan(money.value, money.unit)
    if yuan is None or not heads.value:
        return None
    each, unit = money.value / heads.value, money.unit
    if each < 1:
        each, unit = yuan / heads.value, "元"
    each = each.quantize(CENT, ROUND_HALF_UP)
    formula = f"{plain(money.value)}{money.unit} / {plain(heads.value)} = {plain(each)}{unit}"
    label = f"{whose(money)}{money.measure}平均每{heads.unit}"
    page.add_computed(each, unit, label=label, formula=formula, like=money)
    page.lines.append(f"{label}{plain(each)}{unit}（按公式计算：{formula}）。")
    return list_operands(page, (money, heads))


def terms_to_pair(case: Case) -> tuple[Fact, Fact] | None:
    """Return money and heads where the question names both as terms."""
    facts = [fact for term in case.ask.terms if (fact := figure_of(case, Ask(terms=(term,))))]
    money = [fact for fact in facts if unit_kind(fact.unit) == "money"]
    heads = [fact for fact in facts if unit_kind(fact.unit) in ("people", "count")]
    return (money[0], heads[0]) if money and heads else None


def sentence_to_pair(case: Case) -> tuple[Fact, Fact] | None:
    """Return the best figure of the ask and what it is to be divided by.

    What is counted is printed with the money and is of the same thing, or is counted in the very
    counter that the question names; a whole expense a head is divided by the staff.
    """
    ask = case.ask.model_copy(update={"kind": None, "counters": ""})
    counted = re.search(
        r"(?:每|平均一)(人次|批次|批|辆|家|户|项|个(?!职工|员工|人|干部))", case.question.words
    )
    counter = counted.group(1) if counted else ""
    for evidence in case.rank(ask, aspects=level_choice(case)):
        fact = evidence.fact
        money = [fact] if unit_kind(fact.unit) == "money" else beside(case, fact, "money")
        near = beside(case, fact, "people", "count", widely=bool(counter))
        heads = [fact] if fact not in money else near
        fitting = [head for head in heads if is_divisor(case, head, money, counter)]
        if not fitting and case.ask.terms and not counter:
            fitting = staff_of(case, fact)
        if money and fitting:
            return money[0], fitting[0]
    return None


def is_divisor(case: Case, head: Fact, money: list[Fact], counter: str) -> bool:
    """Tell whether a count is what money is to be divided by: named so, or of the same thing."""
    if counter:
        return head.unit.startswith(counter)
    names = [fold(fact.measure) for fact in money]
    alike = any(coverage(fold(head.measure), name) >= ALIKE for name in names)
    asked = bool(case.ask.words) and coverage(case.ask.words, fold(head.measure)) >= ALIKE
    return (alike or asked) and unit_kind(head.unit) == "people"


def staff_of(case: Case, fact: Fact) -> list[Fact]:
    """Return the staff of the body and year of a figure."""
    found = case.find(Ask(terms=(STAFF,)), years=(fact.year,) if fact.year else ())
    return [finding.headline for finding in found if finding.headline.report == fact.report]


def beside(case: Case, fact: Fact, *kinds: str, widely: bool = False) -> list[Fact]:
    """Return the figures of some kinds of unit of the same sentence, nearest first.

    `widely` takes in the same section: where a counter such as 人次 says what is counted.
    """
    near = [
        other
        for other in case.facts
        if other.report == fact.report
        and other.year == fact.year
        and unit_kind(other.unit) in kinds
        and other.value > 0
        and (other.quote == fact.quote or (widely and other.section == fact.section != ()))
    ]
    return sorted(near, key=lambda other: abs(other.spans[0].start - fact.spans[0].start))
