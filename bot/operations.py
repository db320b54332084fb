"""What is to be done with a question: the operation that its words ask for, and its ways."""

import re
from collections.abc import Callable

from bot import (
    averages,
    changes,
    compare,
    definitions,
    in_table,
    lookup,
    narrate,
    parts,
    places,
    ranks,
    rates,
    reasons,
    sections,
    sums,
    talked_of,
    truth,
    whole,
)
from bot.case import Case
from bot.cues import QUANTITY
from bot.nouns import Answer, Operation

Way = Callable[[Case], Answer | None]

WAYS: dict[Operation, tuple[Way, ...]] = {
    "查数": (
        in_table.look_up_in_table,
        sums.total_of_group,
        talked_of.look_up_part,
        lookup.look_up,
        talked_of.look_up_sister,
        rates.completed,
        whole.executed,
        changes.worked_back,
        truth.denied,
        narrate.measured,
    ),
    "差额": (
        places.compared_places,
        sums.against_whole,
        compare.compared_sides,
        sums.summed_change,
        changes.changed,
        changes.unchanged,
        compare.compared,
    ),
    "增长率": (ranks.changed_most, rates.grown),
    "占比": (sums.shared,),
    "比值": (averages.averaged,),
    "合计": (
        sums.total_of_group,
        sums.against_whole,
        sums.totalled,
    ),
    "比较": (
        places.compared_places,
        parts.classes_each,
        ranks.changed_most,
        compare.compared,
        averages.averaged_each,
    ),
    "排名": (ranks.changed_most, ranks.ranked_classes, ranks.ranked_pieces, ranks.ranked),
    "趋势": (compare.trended,),
    "是否": (
        places.compared_places,
        sums.against_whole,
        compare.equal_or_not,
        truth.consistent,
        narrate.told_of_duty,
        truth.said_to_be,
        truth.yes_or_no,
        truth.told_so,
    ),
    "原因": (reasons.explained, narrate.told),
    "定义": (definitions.defined, narrate.told),
    "列举": (
        ranks.changed_most,
        parts.classes_divided,
        parts.money_divided,
        sections.section_told,
        parts.divided,
        narrate.told,
    ),
    "说明": (sections.section_told, narrate.told, lookup.look_up_term),
}
YEARS_TOGETHER = re.compile(r"[两三几]年.*(?:合计|一共|总共|共)")
TOGETHER = re.compile(
    r"加上|加起来|加在一|合起来|总和|[两三几][年个项].*合计"
    r"|(?:和|与|、|及).*(?:(?<!收入)(?<!支出)(?<!本年)合计|一共|总共|(?<!公)共(?![同享建管]))"
)
# "甲加乙合计": a sum of things that may have no terms; a part of it would be a wrong answer.
PLUS = re.compile(
    r"[\u4e00-\u9fff]加(?![强快大装班油工入])[\u4e00-\u9fff].*(?:合计|一共|总共|(?<!公)共(?![同享建管]))"
)


def respond(case: Case) -> Answer | None:
    """Try the ways of the operation in order; the first that has an answer gives it."""
    operation = case.question.operation
    sides = max(len(case.question.levels), len(case.question.organisations))
    if sides > 1 and operation == "差额" and case.base is None:
        operation = "比较"
    if averages.PER.search(case.question.words) and operation == "查数":
        operation = "比值"
    elif operation != "差额" and adds_up(case):
        operation = "合计"
    if operation == "查数" and not looks_for_figure(case):
        operation = "说明" if case.question.topic else operation
    ways = WAYS[operation]
    if operation == "查数" and not case.ask.terms and not looks_for_figure(case):
        ways = (*ways, sections.section_told, narrate.told)
    return next((answer for way in ways if (answer := way(case)) is not None), None)


def looks_for_figure(case: Case) -> bool:
    """Tell whether a question wants a figure: it says 多少 or 几, an aspect, a kind of amount."""
    return bool(QUANTITY.search(case.question.words) or case.question.aspects or case.ask.kind)


def adds_up(case: Case) -> bool:
    """Tell whether a question asks for the sum of several items, bodies or years."""
    question, words = case.question, case.question.words
    items = set(case.ask.terms) - set(case.ask.within)
    several = max(len(items), len(question.organisations), len(question.years)) > 1
    several = several or bool(YEARS_TOGETHER.search(words))
    added = PLUS.search(words) or (several and TOGETHER.search(words))
    return bool(added or sums.WHOLE_YEAR.search(words))
