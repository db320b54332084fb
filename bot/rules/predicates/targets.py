"""Whether an indicator met its target: the printed result held against the printed target.

Only what a report itself prints for both is compared. A target without a sign of which way it
binds (≥, ≤) is met for certain only where the result equals it; else just both are told.
"""

from collections.abc import Iterable

from bot.presentation.answer_text import Page, show, whose
from bot.query.retrieval.matching import name_coverage
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import amount_of
from bot.types import Answer
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Noun

PATTERNS = patterns("rules.targets")
TARGET = PATTERNS["target"]
RESULT_ASPECTS = ("数量", "其他", "决算", "完成率")
AT_LEAST = ("≥", ">", "＞", "不低于", "不少于", "至少", "以上")
AT_MOST = ("≤", "<", "＜", "不超过", "不高于", "不多于", "以下", "以内")
MOST = 8


class Indicator(Noun):
    """The target and the result of one indicator of a report."""

    name: str
    target: Fact
    result: Fact

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where the report does not say which way it binds."""
        target, result = amount_of(self.target)[0], amount_of(self.result)[0]
        if target == result and self.target.vague not in (">", "＞", "<", "＜"):
            return True
        if self.target.vague in AT_LEAST:
            return result > target
        return result < target if self.target.vague in AT_MOST else None


def held_to_target(case: Case) -> Answer | None:
    """Answer whether the indicator that a question names met its target."""
    words = " ".join((case.ask.words, *case.ask.said)).strip()
    named = [one for one in indicators(case, case.facts) if words and is_named(words, one)]
    if len({one.result.organisation for one in named}) > 1 or not named:
        return None
    if len({one.name for one in named}) > 1 or len(named) > MOST:
        return None
    page = case.page()
    for one in named:
        write_indicator(page, one)
    return page.finish()


def is_named(words: str, one: Indicator) -> bool:
    """Tell whether words name an indicator: each piece stands in its own name."""
    return name_coverage(words, one.result) == 1


def indicators(case: Case, facts: Iterable[Fact]) -> tuple[Indicator, ...]:
    """Return the indicators that print a figure for both target and result."""
    targets: dict[object, Fact] = {}
    results: dict[object, Fact] = {}
    for fact in facts:
        if case.question.years and fact.year not in case.question.years:
            continue
        if TARGET.search(fact.facet):
            targets.setdefault(key_of(fact), fact)
        elif not fact.facet and is_result(fact):
            results.setdefault(key_of(fact), fact)
    both = ((targets[key], results[key]) for key in targets if key in results)
    return tuple(
        Indicator(name=target.measure, target=target, result=result)
        for target, result in both
        if amount_of(target)[1] == amount_of(result)[1]
    )


def is_result(fact: Fact) -> bool:
    """Tell whether a figure is what was reached, in words or by its column."""
    return bool(fact.said) and fact.aspect in RESULT_ASPECTS and "率" not in fact.said


def key_of(fact: Fact) -> object:
    """Return what a target and its result have in common: their line or their row."""
    return fact.report, fact.measure, fact.row, fact.quote if not fact.table else fact.table


def write_indicator(page: Page, one: Indicator) -> None:
    """Write the verdict on one indicator with both figures."""
    n, m = page.add_fact(one.result), page.add_fact(one.target)
    said = f"{whose(one.result)}{one.name}实际{show(one.result)}[{n}]，目标{show(one.target)}[{m}]"
    if one.met is not None:
        page.lines.append(f"{'达到目标' if one.met else '没有达到目标'}。{said}。")
        return
    way = "高于" if amount_of(one.result)[0] > amount_of(one.target)[0] else "低于"
    page.lines.append(f"实际{way}目标值（报告没有写明目标是下限还是上限）。{said}。")
