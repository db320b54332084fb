"""Saying no: what kind of no it is, and the nearest things that the reports do say."""

from bot.case import Case
from bot.match import coverage, fact_to_context, name_coverage
from bot.nouns import Answer, Choice
from corpus.nouns import Fact

NEAREST = 3
ASK_BACK = "请问要问哪一家单位的？"


def not_found(case: Case) -> Answer:
    """Return a refusal that says what is missing, with the nearest printed figures beside it."""
    question = case.question
    if question.unknown_organisation:
        return plain_no(
            f"已收录的报告里没有“{question.unknown_organisation}”的报告，无法回答。{loaded(case)}"
        )
    if case.scope.open and could_be_any(case):
        return which_one(case)
    page = case.page()
    near = nearest(case)
    for fact in near:
        page.cite_fact(fact)
    reason = why_not(case)
    related = tuple(page.citations)
    return Answer(status="not_found", text=reason, related=related)


def could_be_any(case: Case) -> bool:
    """Tell whether a question without a body asks what any report tells: a topic, a term."""
    question = case.question
    wordy = any(ask.words for ask in question.asks)
    return not wordy and bool(question.topic or not question.years)


def plain_no(text: str) -> Answer:
    """Return a refusal without anything near."""
    return Answer(status="not_found", text=text)


def loaded(case: Case) -> str:
    """Return which organisations are loaded, a few of them by name."""
    names = list(dict.fromkeys(report.organisation for report in case.reports))
    shown = "、".join(names[:5])
    return (
        f"已收录：{shown}{' 等' if len(names) > 5 else ''}。"
        if names
        else "目前还没有收录任何报告。"
    )


def which_one(case: Case) -> Answer:
    """Ask which organisation is meant, a choice for each that is loaded."""
    names = list(dict.fromkeys(report.organisation for report in case.reports))
    choices = tuple(
        Choice(label=name, question=f"{name}{case.question.words}") for name in names[:8]
    )
    return Answer(status="clarify", text=ASK_BACK, choices=choices)


def why_not(case: Case) -> str:
    """Return one sentence that says what the reports do not hold."""
    question = case.question
    whose = "、".join(case.scope.organisations) if len(case.scope.organisations) < 3 else ""
    years = "、".join(f"{year}年" for year in question.years)
    what = "、".join(term for ask in question.asks for term in ask.terms) or "这个内容"
    return f"{whose or '已收录'}的报告里没有{years}{what}的这项数据，不能回答。"


def nearest(case: Case) -> tuple[Fact, ...]:
    """Return a few facts whose words are nearest to the question, whatever year or aspect."""
    words = " ".join((*case.ask.terms, case.ask.words)).strip()
    if not words or case.scope.open:
        return ()
    scored = [(name_coverage(words, f), coverage(words, fact_to_context(f)), f) for f in case.facts]
    good = sorted((s for s in scored if s[0] > 0.5), key=lambda s: (-s[0], -s[1]))
    return tuple(fact for _, _, fact in good[:NEAREST])
