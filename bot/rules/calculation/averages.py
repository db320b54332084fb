"""An amount a head or a piece: printed as 人均, else money over a count, rounded half up."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP

from bot.presentation.answer_text import Page, formula_words, plain, whose
from bot.query.arithmetic import CENT, Worked
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import Evidence
from bot.query.retrieval.scope import Case
from bot.rules.calculation.sums import figure_of, level_choice
from bot.rules.comparison.organisation_choice import narrowed
from bot.rules.lookup.single_figure import CLOSE, FIRST, list_operands, write_findings
from bot.types import Answer, Ask
from corpus.entities.units import to_yuan, unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Aspect, Fact

A_HEAD: tuple[Aspect, ...] = ("人均",)
STAFF = "在职人员"
PATTERNS = patterns("rules.averages")
FRESH = PATTERNS["fresh"]
# How alike the names of money and of those who got it must be.
ALIKE = 0.6
# How far apart a count and its money stand at most, in characters.
FAR = 40
SENTENCE_END = re.compile(r"[。；;]")
PER = PATTERNS["per"]
COUNTED = PATTERNS["counted"]


def averaged(case: Case) -> Answer | None:
    """Answer an amount a head or a piece: printed as 人均, else money over what is counted."""
    if len(case.question.organisations) > 1:
        return averaged_each(case)
    printed = case.find(case.ask.of_any_kind(), aspects=A_HEAD)
    page = case.page()
    if printed and not case.scope.open:
        write_findings(page, case, case.ask, printed[:1])
        return page.finish()
    pair = pair_of(case)
    if pair is None or case.scope.open:
        return None
    worked = write_average(page, *pair)
    return list_operands(page, case, worked.facts) if worked else None


def averaged_each(case: Case) -> Answer | None:
    """Answer an amount a head for each body that a question names; None where one has none."""
    if len(case.question.organisations) < 2 or not PER.search(case.question.words):
        return None
    page = case.page()
    facts: list[Fact] = []
    for name in case.question.organisations:
        worked = write_average(page, *pair) if (pair := pair_of(narrowed(case, name))) else None
        if worked is None:
            return None
        facts += worked.facts
    return list_operands(page, case, facts)


def pair_of(case: Case) -> tuple[Fact, Fact] | None:
    """Return the money and what it is to be divided by."""
    return (
        terms_to_pair(case) or talk_to_pair(case) or count_to_pair(case) or sentence_to_pair(case)
    )


def write_average(page: Page, money: Fact, heads: Fact) -> Worked | None:
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
    page.lines.append(f"{label}{plain(each)}{unit}{formula_words(formula)}。")
    return Worked(value=each, unit=unit, formula=formula, facts=(money, heads))


def terms_to_pair(case: Case) -> tuple[Fact, Fact] | None:
    """Return money and heads where the question names both as terms."""
    facts = [fact for term in case.ask.terms if (fact := figure_of(case, Ask(terms=(term,))))]
    money = [fact for fact in facts if unit_kind(fact.unit) == "money"]
    heads = [fact for fact in facts if unit_kind(fact.unit) in ("people", "count")]
    return (money[0], heads[0]) if money and heads else None


def talk_to_pair(case: Case) -> tuple[Fact, Fact] | None:
    """Return the money that was talked of last and the heads that the message names."""
    last = case.remembered[0] if case.remembered else None
    alone = len(case.ask.terms) == 1 and not case.ask.words
    if last is None or not alone or unit_kind(last.unit) != "money":
        return None
    for term in case.ask.terms:
        for finding in case.find(
            Ask(terms=(term,)), years=(last.year,) if last.year else (), aspects=()
        ):
            head = finding.headline
            counted = unit_kind(head.unit) in ("people", "count") and not finding.against
            if counted and (head.report, head.measure) == (last.report, term):
                return last, head
    return None


def count_to_pair(case: Case) -> tuple[Fact, Fact] | None:
    """Return what the question counts and the money printed right after it in its sentence."""
    if case.ask.kind not in (None, "金额"):
        return None
    for term in case.ask.terms:
        for finding in case.find(Ask(terms=(term,)), aspects=()):
            head = finding.headline
            if unit_kind(head.unit) not in ("people", "count") or head.measure != term:
                continue
            near = next_figure(case, head)
            if near is not None and unit_kind(near.unit) == "money" and near.year == head.year:
                return near, head
    return None


def next_figure(case: Case, head: Fact) -> Fact | None:
    """Return the figure that is printed right after another in the same sentence."""
    start, text = head.spans[0].start, case.report(head.report).text
    after = [f for f in case.facts if f.report == head.report and f.spans[0].start > start]
    near = min(after, key=lambda fact: fact.spans[0].start, default=None)
    if near is None or head.table or near.table:
        return None
    between = text[start : near.spans[0].start]
    return near if len(between) <= FAR and not SENTENCE_END.search(between) else None


def sentence_to_pair(case: Case) -> tuple[Fact, Fact] | None:
    """Return the best figure of the ask and what it is to be divided by.

    What is counted is printed with the money and is of the same thing, or is counted in the very
    counter that the question names; a whole expense a head is divided by the staff.
    """
    ask = case.ask.of_any_kind()
    counted = COUNTED.search(case.question.words)
    counter = counted.group(1) if counted else ""
    for fact in spent_first(case.rank(ask, aspects=level_choice(case))):
        money = [fact] if unit_kind(fact.unit) == "money" else beside(case, fact, "money")
        near = beside(case, fact, "people", "count", widely=bool(counter))
        heads = [fact] if fact not in money else near
        fitting = [head for head in heads if is_divisor(case, head, money, counter)]
        if not fitting and case.ask.terms and not counter:
            fitting = staff_of(case, fact)
        if money and fitting:
            return money[0], fitting[0]
    return None


def spent_first(ranked: Sequence[Evidence]) -> list[Fact]:
    """Return figures best first; of those that fit about as well, the spent before the planned."""
    close = [each for each in ranked if each.score > ranked[0].score - CLOSE]
    close.sort(key=lambda each: FIRST.index(each.fact.aspect))
    return [each.fact for each in (*close, *ranked[len(close) :])]


def is_divisor(case: Case, head: Fact, money: list[Fact], counter: str) -> bool:
    """Tell whether a count is what money is to be divided by: named so, or of the same thing."""
    if counter:
        bought = FRESH.search(head.measure) and not FRESH.search(case.question.words)
        return head.unit.startswith(counter) and not bought
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
