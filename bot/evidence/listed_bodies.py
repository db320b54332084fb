"""The bodies that a report lists in one sentence: its rooms and offices, what stands under it."""

import re

from bot.evidence.quotation import Found, answer_with, in_years, sentences_of
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.lexicon.grammar import patterns
from corpus.model.types import Report

PATTERNS = patterns("evidence.listed_bodies")
SAID = {
    "内设机构": PATTERNS["rooms"],
    "下属单位": PATTERNS["units"],
}
NAMED = PATTERNS["named"]


def members_listed(case: Case) -> Answer | None:
    """Quote the sentence in which each report names its rooms, or the bodies under it."""
    said = SAID.get(case.question.topic)
    if said is None or case.scope.open:
        return None
    reports = sorted(case.texts, key=lambda report: -(report.year or 0))
    best = [best_sentence(report, said) for report in reports if in_years(case, report)]
    return answer_with(case, [found for found in best if found is not None])


def best_sentence(report: Report, said: re.Pattern[str]) -> Found | None:
    """Return the sentence of a report that names the most, None where none names any."""
    naming = [
        Found(
            report=report,
            span=sentence.span,
            section=sentence.section,
            score=sentence.text.count("、", match.start()),
        )
        for sentence in sentences_of(report)
        if (match := said.search(sentence.text)) and NAMED.search(sentence.text)
    ]
    return max(naming, key=lambda found: found.score, default=None)
