"""What is said beside a figure: its plan, the same of another year, and what contradicts it."""

import re

from bot.case import Case
from bot.compose import Page, fact_to_statement, show
from bot.nouns import Ask
from bot.settle import Finding, agree
from corpus.nouns import Aspect, Fact

QUOTED = 160
STAGE = re.compile(r"年初|批复|全年|调整|追加")


def other_years(page: Page, case: Case, head: Fact) -> list[str]:
    """Return a line for the same figure of another year that the same sentence prints."""
    if case.question.years or head.aspect in ("预算", "决算"):
        return []
    lines = []
    for fact in case.facts:
        same = (fact.measure, fact.facet, fact.aspect) == (head.measure, head.facet, head.aspect)
        beside = (fact.report, fact.quote) == (head.report, head.quote)
        if same and beside and fact.year not in (head.year, None):
            n = page.add_fact(fact)
            lines.append(f"{fact_to_statement(fact)}。[{n}]")
    return lines


def other_aspect(case: Case, ask: Ask, head: Fact) -> Fact | None:
    """Return the budget beside the account of the same thing, where no aspect was asked for."""
    if case.question.aspects or head.aspect not in ("决算", "预算") or head.year is None:
        return None
    wanted: Aspect = "预算" if head.aspect == "决算" else "决算"
    for finding in case.find(ask, years=(head.year,), aspects=(wanted,)):
        fact = finding.headline
        same = (fact.measure, fact.facet, fact.organisation, fact.aspect)
        if same == (head.measure, head.facet, head.organisation, wanted):
            return fact
    return None


def contradictions(page: Page, finding: Finding) -> list[str]:
    """Return a line for the figures of the same thing that differ, each with its place."""
    shown: list[Fact] = []
    for fact in finding.against:
        if not any(agree(fact, other) for other in shown):
            shown.append(fact)
    backed = finding.reason or ("前者另有相符的列示" if len(finding.facts) > 1 else "请以原文核对")
    lines = []
    for fact in shown[:2]:
        n = page.add_fact(fact)
        place = f"“{fact.table}”" if fact.table else "另一处文字"
        if is_other_stage(fact, finding.headline):
            lines.append(f"{stage_of(fact)}预算为{show(fact)}。[{n}]")
            continue
        said = "" if fact.table else f"原文：“{fact.quote[:QUOTED]}”"
        lines.append(f"注意：{place}所列为{show(fact)}[{n}]，与上面不同（{backed}）。{said}")
    return lines


def stage_of(fact: Fact) -> str:
    """Return at which time of the year a budget holds, "" for anything else: none contradicts."""
    if fact.aspect != "预算" or not (stage := STAGE.search(fact.said)):
        return ""
    return "年初" if stage.group() in ("年初", "批复") else "调整后（全年）"


def is_other_stage(fact: Fact, head: Fact) -> bool:
    """Tell whether two budgets are said to be of different times of the year."""
    return bool(stage_of(fact) and stage_of(head)) and stage_of(fact) != stage_of(head)
