"""Quoting a report: stretches of its text as answers, with the figures that stand in them.

Nothing is written by us but whose report it is; a sentence is quoted as it stands.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.case import Case
from bot.compose import cut
from bot.nouns import Answer
from corpus.nouns import Fact, Noun, Report, Span
from corpus.outline import CONTENTS
from corpus.sentences import Sentence, report_to_sentences

ROOM = 640
MOST = 3


class Found(Noun):
    """A stretch of a report that answers, with its score."""

    report: Report
    span: Span
    section: tuple[str, ...]
    score: float

    @property
    def text(self) -> str:
        """The verbatim text of the stretch."""
        return self.report.quote(self.span).strip()


@lru_cache(maxsize=256)
def sentences_of(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of a report, its table of contents left out."""
    return tuple(s for s in report_to_sentences(report) if s.section[:1] != (CONTENTS,))


def answer_with(case: Case, found: Sequence[Found]) -> Answer | None:
    """Quote what was found, as much as a reply holds, with the figures that stand in it."""
    page = case.page()
    room = ROOM
    for item in found:
        if not item.text or (page.lines and len(item.text) > room):
            continue
        n = page.cite_span(item.report, item.span, item.section)
        page.lines.append(f"{item.report.organisation}：{cut(item.text, room)}[{n}]")
        room -= len(item.text)
        for fact in facts_inside(case, item):
            page.add_fact(fact)
    return page.finish() if page.lines else None


def facts_inside(case: Case, found: Found) -> list[Fact]:
    """Return the figures printed inside a stretch, in the order of the text."""
    inside = [
        fact
        for fact in case.facts
        if fact.report == found.report.id
        and found.span.start <= fact.spans[0].start < found.span.end
    ]
    return sorted(inside, key=lambda fact: fact.spans[0].start)


def different(found: Iterable[Found], most: int = MOST) -> list[Found]:
    """Keep the first few that say different things, not one inside another."""
    kept: list[Found] = []
    for item in found:
        if len(kept) < most and not any(item.text in k.text or k.text in item.text for k in kept):
            kept.append(item)
    return kept


def in_years(case: Case, report: Report) -> bool:
    """Tell whether a report is of a year asked for; any is where none is asked."""
    return not case.question.years or report.year in case.question.years
