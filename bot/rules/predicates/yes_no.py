"""Yes or no: is there any, did it go over; with the figure or the sentence that says so."""

from typing import TYPE_CHECKING

from bot.evidence.completion import asks_whether
from bot.evidence.supporting_sentences import told
from bot.presentation.answer_text import Page, show, whose
from bot.presentation.names_said import name_of, spoken, state, statement
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import is_headed_by, name_coverage, term_stands_in
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import amount_of
from bot.rules.calculation.changes import level_of
from bot.rules.lookup.cross_references import place_of
from bot.rules.lookup.single_figure import ask_back, choose, more_proofs
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import PLANS, Aspect, Fact, Report

if TYPE_CHECKING:
    from corpus.extraction.assertions.absences import Denial

PATTERNS = patterns("rules.yes_no")
OVERSPENT = PATTERNS["overspent"]
SAME_EVERYWHERE = PATTERNS["same_everywhere"]
FUND = PATTERNS["fund"]
SUCH = PATTERNS["such"]
BOUGHT, VEHICLES = "购置", ("辆", "台")
IS_IT = PATTERNS["is_it"]
CHANGE: tuple[Aspect, ...] = ("增减额",)
# Judgements that figures alone tell.
BY_FIGURES = ("数额", "平衡", "用完", "变化", "目标")
ENOUGH = 0.7


def consistent(case: Case) -> Answer | None:
    """Answer whether a figure is the same wherever it is printed."""
    if not SAME_EVERYWHERE.search(case.question.words):
        return None
    findings = case.find(case.ask.of_any_kind())
    if not findings:
        return None
    best = findings[0]
    if not best.against and len(best.facts) == 1:
        return None  # printed once: there is nothing to agree with
    page = case.page()
    shown = (best.headline, *best.against[:2]) if best.against else best.facts[:3]
    verdict = "不一致" if best.against else "一致"
    said = "；".join(f"{place_of(fact)}为{show(fact)}[{page.add_fact(fact)}]" for fact in shown)
    page.lines.append(f"{verdict}。{whose(best.headline)}{name_of(best.headline)}：{said}。")
    return page.finish()


def yes_or_no(case: Case) -> Answer | None:
    """Answer a yes/no question from figures or from a stated absence; None where neither tells."""
    if OVERSPENT.search(case.question.words):
        return overspent(case)
    judged = case.question.judgement or asks_whether(case)
    if SAME_EVERYWHERE.search(case.question.words) or judged:
        return None
    found = case.find(case.ask.of_any_kind())
    findings = choose(case, [f for f in found if is_named(case.ask, f.headline)])
    if case.fits_several(f.headline.organisation for f in findings):
        return ask_back(case, findings)
    denied = denials_of(case, case.ask)
    page = case.page()
    if findings and not (denied and not findings[0].headline.value):
        write_presence(page, findings[0].headline)
        counts_near(page, case, findings[0].headline)
        more_proofs(page, case, findings[0].headline)
        return page.finish()
    for report, denial in denied[:2]:
        write_denial(page, report, denial)
    page.lines = list(dict.fromkeys(page.lines))
    if findings:
        head = findings[0].headline
        state(page, head)
    return page.finish() if page.lines else None


def is_named(ask: Ask, fact: Fact) -> bool:
    """Tell whether the name of a figure is what a question asks for, and not a thing beside it."""
    if not ask.terms:
        return name_coverage(ask.words, fact) == 1
    return any(
        term in (fact.measure, fact.facet) or is_headed_by(fact.measure, term) for term in ask.terms
    )


def write_presence(page: Page, head: Fact) -> None:
    """Write that there is something, or that the figure is nought."""
    n = page.add_fact(head)
    word = "有" if head.value else "没有"
    page.lines.append(f"{word}。{spoken(head)}。[{n}]")


def write_denial(page: Page, report: Report, denial: "Denial") -> None:
    """Write that a report itself says that there is none."""
    n = page.cite_span(report, denial.span, denial.section)
    quote = denial.quote.strip("。")
    page.lines.append(f"没有。{report.organisation}的报告写明：“{quote}”。[{n}]")


def counts_near(page: Page, case: Case, head: Fact) -> None:
    """Add how many are bought where it is asked for the money to buy them: none beside none.

    The count is that of the term's near relations, else of what the same sentence buys.
    """
    term = case.vocabulary.term(head.measure)
    near = term.near if term else ()
    counts = [
        fact
        for fact in case.facts
        if fact.aspect == "数量"
        and (fact.report, fact.year, bool(fact.value)) == (head.report, head.year, bool(head.value))
        and (fact.measure in near or (fact.quote == head.quote and is_bought(head, fact)))
    ]
    if counts:
        state(page, counts[0])


def is_bought(money: Fact, count: Fact) -> bool:
    """Tell whether a count is of what an expense buys: 更新购置用车1辆 of 公务用车购置费."""
    return BOUGHT in money.measure and BOUGHT in count.measure and count.unit in VEHICLES


def denials_of(case: Case, ask: Ask) -> "list[tuple[Report, Denial]]":
    """Return the stated absences that fit an ask, in the years asked for."""
    found = []
    for report, denial in case.denials():
        if case.question.years and denial.year not in (*case.question.years, None):
            continue
        context = fold(denial.quote + "".join(denial.section))
        denied = context if SUCH.search(denial.words) else fold(denial.words)
        terms = all(
            term in denial.terms
            or term_stands_in(term, denied, case.vocabulary)
            or of_same_fund(term, context)
            for term in ask.terms
        )
        if (ask.terms or ask.words) and terms and coverage(ask.words, context) >= ENOUGH:
            found.append((report, denial))
    return found


def of_same_fund(term: str, context: str) -> bool:
    """Tell whether a term and a denial speak of one fund: without it, neither is in nor out."""
    fund = FUND.search(term)
    return fund is not None and fund.group() in context


def overspent(case: Case) -> Answer | None:
    """Answer whether the account went over the budget of the same thing."""
    pair = spent_and_planned(case)
    if pair is None:
        return overspent_by(case)
    spent, planned = pair
    (a, _), (b, _) = amount_of(spent), amount_of(planned)
    return write_verdict(
        case, "超了" if a > b else "没有超，两者持平" if a == b else "没有超", spent, planned
    )


def spent_and_planned(case: Case) -> tuple[Fact, Fact] | None:
    """Return the account and the budget of one thing of one body and year."""
    ask = case.ask.of_any_kind()
    spent = level_of(case, ask, None, ("决算",))
    planned = level_of(case, ask, None, ("预算",)) or level_of(case, ask, None, ("调整预算",))
    if spent is None or planned is None or case.scope.open:
        return None
    return (spent, planned) if of_thing(spent) == of_thing(planned) else None


def of_thing(fact: Fact) -> tuple[str, int | None, str, str]:
    """Return whose figure it is, of when and of what."""
    return fact.organisation, fact.year, fact.measure, fact.facet


def write_verdict(case: Case, verdict: str, spent: Fact, planned: Fact) -> Answer:
    """Write a verdict with the account and the budget that it rests on."""
    page = case.page()
    n, m = page.add_fact(spent), page.add_fact(planned)
    page.lines.append(f"{verdict}：{statement(spent)}[{n}]，预算{show(planned)}[{m}]。")
    return page.finish()


def overspent_by(case: Case) -> Answer | None:
    """Answer from a printed "较预算增加…" where the budget itself is not printed."""
    found = case.find(case.ask.of_any_kind(), aspects=CHANGE)
    for finding in found:
        head = finding.headline
        if head.base and head.base.aspect in PLANS and head.base.year in (None, head.year):
            page = case.page()
            verdict = "超了" if head.direction > 0 else "没有超"
            n = page.add_fact(head)
            page.lines.append(f"{verdict}：{statement(head)}。[{n}]")
            return page.finish()
    return None


def denied(case: Case) -> Answer | None:
    """Answer a question for an amount by the sentence that says there is none."""
    if case.scope.open or not case.ask.terms:
        return None
    page = case.page()
    for report, denial in denials_of(case, case.ask)[:1]:
        write_denial(page, report, denial)
    return page.finish() if page.lines else None


def said_to_be(case: Case) -> Answer | None:
    """Quote what bears out that something is such a thing ("是独立核算吗"): no figure tells."""
    figures = bool(case.ask.terms) or case.ask.kind is not None
    return told(case) if not figures and IS_IT.search(case.question.words) else None


def told_so(case: Case) -> Answer | None:
    """Quote what bears a yes/no question out; of figures no mere mention tells."""
    words = case.question.words
    figures = bool(case.ask.terms) or case.question.judgement in BY_FIGURES
    figures = figures or bool(SAME_EVERYWHERE.search(words) or OVERSPENT.search(words))
    return None if figures else told(case)
