"""The whole of one undertaking that a question names: its printed total, else its four quarters."""

from collections.abc import Collection

from bot.parsing.slots import TOTALS
from bot.presentation.names_said import FOUR
from bot.query.retrieval.scope import Case
from bot.rules.calculation.sums import write_total
from bot.rules.lookup.single_figure import choose, list_operands, write_findings
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact

TOTAL = "项目总预算"
SPENDING = {"项目支出", *TOTALS}
PATTERNS = patterns("rules.project_totals")
GENERAL = PATTERNS["general"]
LEAST = 4


def total_of_project(case: Case) -> Answer | None:
    """Answer how much one undertaking gets in all; None where a part of it is asked for."""
    if set(case.ask.terms) - SPENDING or not case.ask.words or len(case.question.asks) > 1:
        return None
    name = project_asked(case)
    if name is None or case.ask.kind not in (None, "金额"):
        return None
    years = case.question.years
    facts = [
        fact
        for fact in case.facts
        if fact.row == (name,)
        and not fact.table
        and (fact.year in years if years else fact.year == fact.report_year)
    ]
    if "决算" in case.question.aspects and not any(fact.aspect == "决算" for fact in facts):
        return None
    return printed_total(case, facts) or total_of_quarters(case, name, facts)


def project_asked(case: Case) -> str | None:
    """Return the undertaking of which a question names nothing but itself."""
    words = "".join(case.ask.words.split())
    names = {fact.row[0] for fact in case.facts if fact.row and not fact.table and has_total(fact)}
    found = []
    for name in names:
        said = fold(name)
        stem = said.removesuffix("专项")
        if len(stem) < LEAST or stem not in words:
            continue
        if not GENERAL.sub("", words.replace(said, "").replace(stem, "")):
            found.append(name)
    return found[0] if len(found) == 1 else None


def has_total(fact: Fact) -> bool:
    """Tell whether a figure is the whole of an undertaking or a quarter of it."""
    return fact.measure == TOTAL or fact.facet in FOUR


def printed_total(case: Case, facts: Collection[Fact]) -> Answer | None:
    """Answer with the total that is printed."""
    totals = [fact for fact in facts if fact.measure == TOTAL]
    found = choose(case, case.find(Ask(), facts=totals, aspects=())) if totals else []
    if not found:
        return None
    page = case.page()
    write_findings(page, case, case.ask, found)
    return page.finish()


def total_of_quarters(case: Case, name: str, facts: Collection[Fact]) -> Answer | None:
    """Answer with the sum of the four quarters, where all of them and nothing else are printed."""
    planned = {fact.facet: fact for fact in facts if fact.facet in FOUR}
    if len(planned) != len(FOUR) or len({fact.report for fact in planned.values()}) != 1:
        return None
    page = case.page()
    page.lines.append(f"报告没有列出“{name}”的总额，按四个季度的用款计划相加：")
    quarters = tuple(planned[quarter] for quarter in FOUR)
    write_total(page, quarters)
    return list_operands(page, case, quarters)
