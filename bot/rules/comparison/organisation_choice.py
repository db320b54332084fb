"""Whose figures are meant where nobody was named: one body's, asked back, or each one's."""

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from bot.evidence.asked_amounts import proof_of
from bot.presentation.answer_text import year_word
from bot.presentation.names_said import state
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import Finding
from bot.rules.comparison.side_by_side import asks_of_sides
from bot.rules.lookup.single_figure import choose, contradictions, with_rivals
from bot.types import Answer, Ask, Choice, Question
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
MOST_CHOICES = 8
MOST_LISTED = 10
MOST_LEVELS = 2
ASK_BACK = "请问要问哪一家单位的？"
SEVERAL = "已收录的报告里有几家单位都有这个数，请问要哪一家的？"
NONE_SAID = "没有这项同口径数字的"
PATTERNS = patterns("rules.organisation_choice")
LEANING = PATTERNS["leaning"]
RELATIVE_YEAR = PATTERNS["relative_year"]


def which_one(case: Case, names: Iterable[str] = (), said: str = ASK_BACK) -> Answer:
    """Ask which organisation is meant, a whole question for each of the names, else of all."""
    names = tuple(names) or tuple(report.organisation for report in case.reports)
    choices = tuple(
        Choice(label=name, question=whole_question(case.question, name))
        for name in dict.fromkeys(names)
        if name
    )
    return Answer(status="clarify", text=said, choices=choices[:MOST_CHOICES])


def asked_back(case: Case, answer: Answer) -> Answer:
    """Return an answer, or ask whose figure is meant where it tells that of one body of several.

    That is so where nobody is named, and the question names terms that several have and nothing
    else that the proof bears out.
    """
    told = {figure.organisation for figure in answer.figures}
    if not case.scope.open or answer.status != "answered" or len(told) != 1:
        return answer
    proof = proof_of(answer.citations)
    narrows = any(piece in proof for ask in case.question.asks for piece in ask.words.split())
    if narrows or not all(ask.terms for ask in case.question.asks):
        return answer
    bare = tuple(ask.model_copy(update={"words": ""}) for ask in case.question.asks)
    question = case.question.model_copy(update={"asks": bare})
    names = bodies_with(replace(case, question=question))
    return which_one(case, names, SEVERAL) if len(names) > 1 else answer


def whole_question(question: Question, name: str) -> str:
    """Return a question of a body in full: with what only the talk so far says of it."""
    words = LEANING.sub("", question.words)
    years = [year_word(year) for year in question.years if f"{year % 100}年" not in words]
    if RELATIVE_YEAR.search(words):
        years = []
    things = [said for ask in question.asks for said in ask.said if said not in words]
    return "".join((name, *years, *dict.fromkeys(things), words))


def bodies_with(case: Case) -> tuple[str, ...]:
    """Return the bodies that print a figure for each thing asked, in whatever aspect."""
    asks = [ask.of_any_kind() for ask in case.question.asks if ask.terms or ask.words]
    found = [owners(case, side) for ask in asks for side in asks_of_sides(ask)]
    of_all = [name for name in found[0] if all(name in names for names in found)] if found else []
    return tuple(of_all or dict.fromkeys(name for ask in asks for name in owners(case, ask)))


def owners(case: Case, ask: Ask) -> tuple[str, ...]:
    """Return whose figures fit an ask, in whatever aspect."""
    evidence = case.rank(ask, aspects=ASPECTS)
    return tuple(dict.fromkeys(item.fact.organisation for item in evidence))


def narrowed(case: Case, name: str) -> Case:
    """Return a case of one body."""
    reports = tuple(report for report in case.reports if report.organisation == name)
    return replace(
        case,
        question=case.question.model_copy(update={"organisations": (name,)}),
        scope=case.scope.model_copy(update={"organisations": (name,), "open": False}),
        pool=case.pool.within(reports),
        reports=reports,
    )


def listed(case: Case) -> Answer | None:
    """List the figure of each body with its proof, and name the bodies that have none."""
    page, without = case.page(), []
    told = 0
    for name in filter(None, dict.fromkeys(case.scope.organisations)):
        found = [f for ask in case.question.asks for f in figures_of_body(case, ask, name)]
        if not found:
            without.append(name)
        elif told < MOST_LISTED:
            told += 1
            for finding in found:
                state(page, finding.headline)
                page.lines += contradictions(page, with_rivals(case, finding.headline))
    if not page.lines:
        return None
    page.lines += lacking(without)
    return page.finish()


def figures_of_body(case: Case, ask: Ask, name: str) -> list[Finding]:
    """Return the figures of one body of the latest year that it has one of, each of its levels."""
    found = choose(case, case.find(ask, organisations=(name,)))
    return [f for f in found if f.headline.year == found[0].headline.year][:MOST_LEVELS]


def lacking(names: Iterable[str]) -> list[str]:
    """Return a line that names the bodies without such a figure; none where all have one."""
    listed_names = [name for name in dict.fromkeys(names) if name]
    some = "等" if len(listed_names) > MOST_LISTED else ""
    said = "、".join(listed_names[:MOST_LISTED])
    return [f"{NONE_SAID}：{said}{some}。"] if listed_names else []
