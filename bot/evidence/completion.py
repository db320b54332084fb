"""Whether something was finished: what a report says of it in one place and in another."""

from bot.evidence.quotation import Found, figures_of, in_years, sentences_of
from bot.evidence.support import asked_phrases, bears
from bot.presentation.answer_text import cut
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Report

PATTERNS = patterns("evidence.completion")
ASKED = PATTERNS["asked"]
DONE = PATTERNS["done"]
OPEN = PATTERNS["open"]
QUOTED = 220


def asks_whether(case: Case) -> bool:
    """Tell whether a question asks if something was finished."""
    return bool(ASKED.search(case.question.words))


def finished_or_not(case: Case) -> Answer | None:
    """Answer whether something was finished, where a report says somewhere that it was not."""
    phrases = asked_phrases(case)
    if not phrases or case.ask.terms or not asks_whether(case):
        return None
    said = [
        Found(report=report, span=sentence.span, section=sentence.section, score=1.0)
        for report in case.texts
        if in_years(case, report)
        for sentence in sentences_of(report)
        if bears(phrases, fold(sentence.text))
    ]
    left = [found for found in said if OPEN.search(found.text)]
    done = [found for found in said if found not in left and DONE.search(found.text)]
    if not left or case.fits_several(found.report.organisation for found in left):
        return None
    return write_both(case, done[:1], left[:1])


def write_both(case: Case, done: list[Found], left: list[Found]) -> Answer:
    """Write that something was not finished, and what the report says to the contrary."""
    page = case.page()
    verdict = "报告前后说法不一致，没有全部完成的说法也有：" if done else "没有全部完成："
    page.lines.append(f"{left[0].report.organisation}：{verdict}")
    for found in (*left, *done):
        n = page.cite_span(found.report, found.span, found.section)
        page.lines.append(f"{place_of(found.report, found)}：{cut(found.text, QUOTED)}[{n}]")
        for fact in figures_of(case, found.report).between(found.span)[:2]:
            page.add_fact(fact)
    return page.finish()


def place_of(report: Report, found: Found) -> str:
    """Return the heading that a sentence stands under."""
    return f"“{found.section[-1]}”" if found.section else report.title
