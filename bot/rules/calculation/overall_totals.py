"""A question that names nothing but a level asks for the whole: 2025年预算多少, 完成率."""

from dataclasses import replace

from bot.parsing.undertakings import undertaking_of
from bot.query.retrieval.scope import Case
from bot.rules.calculation.rates import completed
from bot.rules.comparison.organisation_choice import which_one
from bot.rules.lookup.named_table import look_up_in_table
from bot.rules.lookup.single_figure import look_up
from bot.types import Answer, Ask
from corpus.model.types import Aspect

# The first that is printed is meant.
WHOLES = ("支出合计", "一般公共预算财政拨款支出")
UNDERTAKING = "项目支出"  # all spending of a report that is about one project
ASPECTS: frozenset[Aspect] = frozenset({"预算", "调整预算", "决算", "完成率"})
RATE = "部门预算执行率"
SCORE = "绩效自评得分"
NOTE = "按全部支出理解。"


def respond_without_thing(case: Case) -> Answer | None:
    """Answer a question that names no thing: of the table that it names, else of all spending."""
    return look_up_in_table(case) or scored_in_all(case) or spent_in_all(case)


def scored_in_all(case: Case) -> Answer | None:
    """Answer how a body, or the undertaking that its report is of, was scored as a whole."""
    if case.ask.kind != "得分" or case.question.operation != "查数":
        return None
    ask = case.ask.model_copy(update={"terms": (SCORE,), "said": (SCORE,)})
    return look_up(replace(case, question=case.question.model_copy(update={"asks": (ask,)})))


def spent_in_all(case: Case) -> Answer | None:
    """Answer for all spending of one body; None where the question says no level of it.

    Where nobody is named, it is asked back whose is meant.
    """
    question = case.question
    levels = question.operation == "查数" and ASPECTS.issuperset(question.aspects)
    if not (levels and question.aspects):
        return None
    if case.scope.open:  # whoever names neither a body nor a thing is asked back for the body
        return which_one(case)
    return answer_for_whole(case)


def executed(case: Case) -> Answer | None:
    """Answer at what rate all spending was executed, where no report names that rate itself."""
    if case.scope.open or case.ask.terms != (RATE,) or case.ask.words:
        return None
    question = case.question.model_copy(update={"aspects": ("完成率",)})
    return answer_for_whole(replace(case, question=question))


def answer_for_whole(case: Case) -> Answer | None:
    """Answer a question as one for all spending."""
    about = all(undertaking_of(r.title, r.organisation) for r in case.reports)
    for term in (UNDERTAKING,) if case.reports and about else WHOLES:
        ask = Ask(kind=case.ask.kind, terms=(term,), said=(term,))
        whole = case.question.model_copy(update={"asks": (ask,)})
        narrow = replace(case, question=whole)
        if answer := look_up(narrow) or completed(narrow):
            note = "" if term == UNDERTAKING else NOTE
            return answer.model_copy(update={"text": note + answer.text})
    return None
