"""The bodies that a report lists in one sentence: its rooms and offices, what stands under it."""

import re

from bot.evidence.quotation import Found, answer_with, in_years, sentences_of
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.model.types import Report

ROOM = r"(?:[科处股部]室?|室|办公室|办|中心)"
SAID = {
    "内设机构": re.compile(rf"内设|设(?:有|置|立)?[^，。；]{{0,30}}{ROOM}(?:[^，。；]*、|[：:])"),
    "下属单位": re.compile(r"下[设属辖]|[所直]属|二级(?:预算)?(?:单位|机构)|预算单位"),
}
NAMED = re.compile(r"、|[：:为是].*(?:所|站|队|院|中心|馆|校)")


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
