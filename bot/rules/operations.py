"""What is to be done with a question: the operation that its words ask for, and its ways."""

from collections.abc import Callable

from bot.evidence import (
    completion,
    definitions,
    listed_bodies,
    reasons,
    sections,
    subordinate_units,
    supporting_sentences,
)
from bot.parsing.grammar import QUANTITY, find_sign
from bot.parsing.slots import TOTALS
from bot.query.retrieval.scope import Case, asks_of_each
from bot.rules.calculation import (
    averages,
    changes,
    dialogue_sums,
    overall_totals,
    project_totals,
    rates,
    remainder,
    shares,
    sums,
)
from bot.rules.comparison import (
    breakdown,
    organisation_choice,
    side_by_side,
    superlatives,
    table_lists,
)
from bot.rules.lookup import (
    cross_references,
    named_table,
    previous_figure,
    single_figure,
    substitutes,
)
from bot.rules.predicates import filters, judgements, yes_no
from bot.types import Answer, Operation
from corpus.lexicon.grammar import patterns

Way = Callable[[Case], Answer | None]

WAYS: dict[Operation, tuple[Way, ...]] = {
    "查数": (
        named_table.look_up_in_table,
        remainder.rest_of_body,
        remainder.rest_of_item,
        sums.total_of_group,
        project_totals.total_of_project,
        previous_figure.look_up_part,
        single_figure.look_up,
        substitutes.look_up_sister,
        substitutes.look_up_instead,
        rates.completed,
        overall_totals.executed,
        changes.worked_back,
        yes_no.denied,
        subordinate_units.units_of_kind,
        subordinate_units.units_told,
        supporting_sentences.measured,
    ),
    "差额": (
        dialogue_sums.talked_change,
        filters.over_budget,
        cross_references.compared_places,
        sums.against_whole,
        side_by_side.compared_sides,
        sums.summed_change,
        changes.changed,
        changes.unchanged,
        side_by_side.compared,
    ),
    "增长率": (superlatives.changed_most, rates.grown),
    "占比": (shares.shared,),
    "比值": (averages.averaged,),
    "合计": (
        dialogue_sums.talked_total,
        sums.total_of_group,
        sums.against_whole,
        sums.totalled,
        sums.totalled_levels,
    ),
    "比较": (
        cross_references.compared_places,
        superlatives.each_class,
        breakdown.classes_each,
        superlatives.changed_most,
        side_by_side.compared,
        averages.averaged_each,
    ),
    "排名": (
        superlatives.changed_most,
        superlatives.ranked_classes,
        superlatives.ranked_pieces,
        superlatives.ranked,
    ),
    "趋势": (side_by_side.trended,),
    "是否": (
        cross_references.compared_places,
        sums.against_whole,
        side_by_side.equal_or_not,
        yes_no.consistent,
        completion.finished_or_not,
        filters.over_budget,
        judgements.judged,
        supporting_sentences.told_of_duty,
        yes_no.said_to_be,
        yes_no.yes_or_no,
        yes_no.told_so,
    ),
    "原因": (reasons.explained, supporting_sentences.told),
    "定义": (definitions.defined, supporting_sentences.told),
    "列举": (
        filters.over_budget,
        filters.beyond,
        superlatives.changed_most,
        subordinate_units.units_of_kind,
        breakdown.classes_divided,
        table_lists.rows_told,
        breakdown.money_divided,
        sections.section_told,
        listed_bodies.members_listed,
        breakdown.divided,
        supporting_sentences.told,
    ),
    "说明": (
        filters.beyond,
        sections.section_told,
        supporting_sentences.told,
        single_figure.look_up_term,
    ),
}
# What is worked out from several figures: of one body, and where none is named, of which.
OF_ONE_BODY: tuple[Operation, ...] = ("差额", "增长率", "占比", "比值", "合计", "比较", "趋势")
PATTERNS = patterns("rules.operations")
YEARS_TOGETHER = PATTERNS["years_together"]
TOGETHER = PATTERNS["together"]
JOINED = PATTERNS["joined"]
PLUS = PATTERNS["plus"]


def respond(case: Case) -> Answer | None:
    """Try the ways of the operation in order; the first that has an answer gives it."""
    operation = operation_of(case)
    if asks_of_each(case) and operation in ("查数", "比较"):
        return None if "平均" in case.question.words else organisation_choice.listed(case)
    if case.scope.open and (operation in OF_ONE_BODY or judges(case)):
        names = organisation_choice.bodies_with(case)
        if len(names) > 1:
            return organisation_choice.which_one(case, names, organisation_choice.SEVERAL)
        case = organisation_choice.narrowed(case, names[0]) if names else case
    ways = WAYS[operation]
    if operation == "查数" and not case.ask.terms and not looks_for_figure(case):
        ways = (*ways, sections.section_told, supporting_sentences.told)
    return next((answer for way in ways if (answer := way(case)) is not None), None)


def compared_operation(case: Case) -> Operation:
    """Return the operation that the words ask for, by what is held against what."""
    operation = case.question.operation
    sides = max(1, len(case.question.levels), len(case.question.organisations))
    judged = operation == "是否" and case.question.judgement == "变化"
    if sides > 1 and (operation == "差额" or judged) and case.base is None:
        return "比较"
    most = find_sign("most_changed", case.question.words)
    if operation == "比较" and sides == 1 and case.base and case.base.in_years and not most:
        return "差额"  # 比2024年多还是少
    return operation


def operation_of(case: Case) -> Operation:
    """Return what is to be done, where more than the words of the operation tells."""
    operation = compared_operation(case)
    each = asks_of_each(case)
    if averages.PER.search(case.question.words) and operation == "查数" and not each:
        return "比值"
    if dialogue_sums.adds_talk(case) or (operation != "差额" and adds_up(case)):
        return "合计"
    if operation == "查数" and not looks_for_figure(case) and case.question.topic:
        return "说明"
    return operation


def looks_for_figure(case: Case) -> bool:
    """Tell whether a question wants a figure: it says 多少 or 几, an aspect, a kind of amount."""
    return bool(QUANTITY.search(case.question.words) or case.question.aspects or case.ask.kind)


def judges(case: Case) -> bool:
    """Tell whether a yes/no question wants figures held against one another."""
    question = case.question
    over = yes_no.OVERSPENT.search(question.words)
    return question.operation == "是否" and bool(question.judgement or over)


def joined(case: Case) -> bool:
    """Tell whether a thing is joined to another that is no term: a part of a sum is no answer."""
    return bool(case.ask.words and JOINED.search(without_things(case)))


def without_things(case: Case) -> str:
    """Return a question with a mark in the place of each term: the 支出 of a name is no total.

    A 合计 that a term can do without stays: 甲和项目支出合计 is the sum of both.
    """
    words = case.question.words
    for said in sorted(case.ask.said, key=len, reverse=True):
        term, stem = case.vocabulary.term_of(said), said.removesuffix("合计")
        same = term not in TOTALS and case.vocabulary.term_of(stem) == term
        words = words.replace(stem if stem and same else said, "#")
    return words


def adds_up(case: Case) -> bool:
    """Tell whether a question asks for the sum of several items, bodies or years."""
    question, words = case.question, case.question.words
    items = set(case.ask.terms) - set(case.ask.within)
    several = max(len(items), len(question.organisations), len(question.years)) > 1
    several = several or joined(case) or bool(YEARS_TOGETHER.search(words))
    added = PLUS.search(words) or (several and TOGETHER.search(without_things(case)))
    added = added or (asks_of_each(case) and find_sign("group_sum", words))
    return bool(added or sums.WHOLE_YEAR.search(words))
