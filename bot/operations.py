"""What is to be done with a question: the operation that its words ask for, and its ways."""

import re
from collections.abc import Callable

from bot import (
    averages,
    changes,
    compare,
    definitions,
    lookup,
    narrate,
    parts,
    places,
    projects,
    ranks,
    rates,
    reasons,
    rest,
    sections,
    sums,
    truth,
    units,
)
from bot.case import Case
from bot.cues import QUANTITY, find_sign
from bot.nouns import Answer, Operation
from corpus.nouns import Aspect

Way = Callable[[Case], Answer | None]

WAYS: dict[Operation, tuple[Way, ...]] = {
    "查数": (
        rest.rest_of_body,
        sums.total_of_group,
        projects.total_of_project,
        lookup.look_up,
        lookup.look_up_sister,
        rates.completed,
        changes.worked_back,
        truth.denied,
        units.units_of_kind,
        units.units_told,
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
        units.units_of_kind,
        parts.money_divided,
        sections.section_told,
        parts.divided,
        narrate.told,
    ),
    "说明": (sections.section_told, narrate.told, lookup.look_up_term),
}
CHANGES: frozenset[Aspect] = frozenset({"增减额", "增减率"})
YEARS_TOGETHER = re.compile(r"[两三几]年.*(?:合计|一共|总共|共)")
TOGETHER = re.compile(
    r"加上|加起来|加在一|合起来|总和|(?<!收入)(?<!支出)(?<!本年)合计|[两三几]年.*合计"
    r"|(?:和|与|、).*(?:一共|总共|(?<!公)共(?![同享建管]))"
)
# "甲加乙合计": a sum of things that may have no terms; a part of it would be a wrong answer.
PLUS = re.compile(
    r"[\u4e00-\u9fff]加(?![强快大装班油工入])[\u4e00-\u9fff].*(?:合计|一共|总共|(?<!公)共(?![同享建管]))"
)


def respond(case: Case) -> Answer | None:
    """Try the ways of the operation in order; the first that has an answer gives it."""
    operation = operation_of(case, compared_operation(case))
    ways = WAYS[operation]
    if operation == "查数" and not case.ask.terms and not looks_for_figure(case):
        ways = (*ways, narrate.told)
    return next((answer for way in ways if (answer := way(case)) is not None), None)


def compared_operation(case: Case) -> Operation:
    """Return the operation that the words ask for, by what is held against what."""
    operation = case.question.operation
    sides = max(1, len(case.question.levels), len(case.question.organisations))
    if sides > 1 and operation == "差额" and case.base is None:
        return "比较"
    most = find_sign("most_changed", case.question.words)
    if operation == "比较" and sides == 1 and case.base and case.base.in_years and not most:
        return "差额"  # 比2024年多还是少
    if operation == "是否" and case.base is None and CHANGES & set(case.question.aspects):
        return "差额"  # 涨了没: told by no single figure
    return operation


def operation_of(case: Case, operation: Operation) -> Operation:
    """Return what is to be done: a share a head, a sum or a topic are told by finer words."""
    if averages.PER.search(case.question.words) and operation == "查数":
        return "比值"
    if operation != "差额" and adds_up(case):
        return "合计"
    if operation == "查数" and not looks_for_figure(case) and case.question.topic:
        return "说明"
    return operation


def looks_for_figure(case: Case) -> bool:
    """Tell whether a question wants a figure: it says 多少 or 几, an aspect, a kind of amount."""
    return bool(QUANTITY.search(case.question.words) or case.question.aspects or case.ask.kind)


def adds_up(case: Case) -> bool:
    """Tell whether a question asks for the sum of several items, bodies or years."""
    question, words = case.question, case.question.words
    several = max(len(case.ask.terms), len(question.organisations), len(question.years)) > 1
    several = several or bool(YEARS_TOGETHER.search(words))
    added = PLUS.search(words) or (several and TOGETHER.search(words))
    return bool(added or sums.WHOLE_YEAR.search(words))
