"""Why: the reason that a report gives for the very figure asked about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.evidence.quotation import Found, answer_with, different
from bot.parsing.slots import TOTALS
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import names_of
from bot.query.retrieval.scope import Case
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import PLANS

if TYPE_CHECKING:
    from corpus.extraction.assertions.reasons import Reason
    from corpus.model.types import Report

    Scored = tuple[float, Report, Reason]

ENOUGH = 0.6
NEAR = 0.25
# What a report explains in place of its whole income or spending.
WHOLE_FUNDS = {"财政拨款支出", "财政拨款收入", "收支总计", "财政拨款收支总计"}
# What a part's reason is worth to its whole: less than the whole's own, near it where that
# explains another gap.
PART = 0.8
PATTERNS = patterns("evidence.reasons")
YEARLY = PATTERNS["yearly"]
# What a question says of a change, as the sign of it.
RISES = ("增", "涨", "多", "高", "升", "超", "大于")
FALLS = ("减", "降", "少", "低", "没花完", "未完成", "小于", "没用完")


def explained(case: Case) -> Answer | None:
    """Answer why: the reasons that fit best, none where the reports give none for it.

    Where no reason is of the year asked for, those are quoted that a report of that year gives
    for another: it explains a rise by the year before as well.
    """
    years = case.question.years
    scored = [(reason_score(case, reason), report, reason) for report, reason in case.reasons()]
    good = of_said([item for item in scored if item[0] >= ENOUGH], case.ask)
    of_year = [item for item in good if not years or item[2].year in (*years, None)]
    beside = [item for item in good if case.ask.terms and item[1].year in years]
    found = [
        Found(report=report, span=reason.span, section=reason.section, score=score)
        for score, report, reason in (of_year or beside)
    ]
    found.sort(key=lambda item: -item.score)
    near = [item for item in found if item.score > found[0].score - NEAR]
    if case.fits_several(item.report.organisation for item in near):
        return None
    return answer_with(case, different(near))


def of_said(good: "Sequence[Scored]", ask: Ask) -> "Sequence[Scored]":
    """Return the reasons whose own name is said, of those of one form; all where none is.

    Without a term every row of a form shares the name of its project with the question.
    """
    said = [item for item in good if coverage(fold(item[2].measure), ask.words) >= ENOUGH]
    return good if ask.terms else said or good


def reason_score(case: Case, reason: "Reason") -> float:
    """Score a reason: what it explains must be what is asked about."""
    ask = case.ask
    if same_direction(case, reason) < 0:
        return 0.0  # why it fell does not tell why it rose
    subject = fold(reason.measure + reason.subject)
    # The reason itself does not say what it explains: "因大楼装修" explains no 装修.
    explained = reason.quote.replace(reason.text, "") if not ask.terms else reason.quote
    context = subject + fold("".join(reason.section) + explained)
    terms = 1.0
    if ask.terms:
        terms = sum(term_score(case, reason, term, subject) for term in ask.terms) / len(ask.terms)
    words = coverage(ask.words, context)
    if not terms or (words < ENOUGH and not ask.terms):
        return 0.0
    fitting = same_direction(case, reason) - counted_otherwise(case, reason)
    return terms * (0.5 + 0.5 * words) + 0.2 * fitting


def term_score(case: Case, reason: "Reason", term: str, subject: str) -> float:
    """Score one term: 1 for the reason's own measure, less where its subject only names it."""
    if reason.measure == term:
        return 1.0
    if term in TOTALS and reason.measure in WHOLE_FUNDS:
        return 0.9
    if reason.measure in case.vocabulary.parts_of(term) and same_direction(case, reason):
        return PART
    names = (term, *names_of(term, case.vocabulary))
    return 0.8 if any(fold(name) in subject for name in names) else 0.0


def counted_otherwise(case: Case, reason: "Reason") -> bool:
    """Tell whether a reason explains a gap to the budget where a rise or a fall is asked about."""
    base = reason.base
    to_budget = base is not None and base.aspect in PLANS and base.year in (None, reason.year)
    return to_budget and bool(YEARLY.search(case.question.words)) and not case.base


def same_direction(case: Case, reason: "Reason") -> int:
    """Return 1 where question and reason speak of the same change, -1 of opposite ones, else 0."""
    return words_to_sign(case.question.words) * reason.direction


def words_to_sign(words: str) -> int:
    """Return 1 where words speak of a rise, -1 of a fall, 0 of neither or of both."""
    return any(word in words for word in RISES) - any(word in words for word in FALLS)
