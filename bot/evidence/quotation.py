"""Quoting a report: stretches of its text as answers, with the figures that stand in them.

Nothing is written by us but whose report it is; a sentence is quoted as it stands.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.parsing.grammar import text_to_kind
from bot.presentation.answer_text import Page, cut
from bot.presentation.names_said import BETWEEN_CELLS, full_stop
from bot.query.retrieval.matching import fits_kind
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.model.types import Cell, Fact, Noun, Report, Span, Table
from corpus.structure.outline import CONTENTS
from corpus.structure.sentences import Sentence, report_to_sentences
from corpus.tables.regions import is_indicator_head

OWN = "单位"  # the level of what a body reports of itself alone
ROOM = 640
MOST = 3
MARK = re.compile(r"\[\d+\]$")
CODE = re.compile(r"\d{3}|\d[,.]\d")
WORDS = re.compile(r"[\u4e00-\u9fff]{2}")


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
    """Return the sentences of a report, its table of contents left out, then its rows of words."""
    running = (s for s in report_to_sentences(report) if s.section[:1] != (CONTENTS,))
    return (*running, *(row for table in report.tables for row in rows_of_words(report, table)))


def rows_of_words(report: Report, table: Table) -> Iterator[Sentence]:
    """Yield the rows of a table that say something in words: a name with a remark, no figures."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row >= table.header and cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        if is_indicator_head([cell.text for cell in cells]):
            continue
        words = [cell for cell in cells if WORDS.search(cell.text)]
        figures = [cell for cell in cells[1:] if cell not in words or CODE.search(cell.text)]
        if len(words) > 1 and not figures:
            span = report.span(cells[0].span.start, cells[-1].span.end)
            section = (*table.section, table.title)
            yield Sentence(span=span, section=section, text=report.quote(span))


def answer_with(case: Case, found: Sequence[Found]) -> Answer | None:
    """Quote what was found, as much as a reply holds, with the figures that stand in it.

    Figures of the kind that is asked for go first.
    """
    page = case.page()
    room, kind, inside = ROOM, text_to_kind(case.question.words), list[Fact]()
    apart = len({item.report.level for item in found}) > 1
    for item in found:
        if not item.text or (page.lines and len(item.text) > room):
            continue
        n = page.cite_span(item.report, item.span, item.section)
        level = f"（{item.report.level}）" if apart and item.report.level == OWN else ""
        write_quote(page, item, n, cut(item.text, room), level)
        room -= len(item.text)
        inside += figures_of(case, item.report).between(item.span)
    for fact in sorted(inside, key=lambda fact: not fits_kind(fact, kind)):
        page.add_fact(fact)
    return page.finish() if page.lines else None


def write_quote(page: Page, item: Found, n: int, text: str, level: str = "") -> None:
    """Write a quote with its mark; whose it is and equal words of two reports are said once."""
    name = f"{item.report.organisation or item.report.title}{level}："
    said = full_stop(text.replace(BETWEEN_CELLS, "；"))  # "10，9.4" would be one number
    for at, line in enumerate(page.lines):
        if MARK.sub("", line).removeprefix(name) == said:
            page.lines[at] = f"{line}[{n}]"
            return
    named = any(line.startswith(name) for line in page.lines)
    page.lines.append(f"{'' if named else name}{said}[{n}]")


class Figures(Noun):
    """The figures of one report in the order of its text, to be asked for by place."""

    facts: tuple[Fact, ...]
    starts: tuple[int, ...]

    def between(self, span: Span) -> tuple[Fact, ...]:
        """Return the figures printed inside a stretch."""
        return self.facts[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]


def figures_of(case: Case, report: Report) -> Figures:
    """Return the figures of a report that are in the scope of a question."""
    mine = (fact for fact in case.facts if fact.report == report.id)
    facts = tuple(sorted(mine, key=lambda fact: fact.spans[0].start))
    return Figures(facts=facts, starts=tuple(fact.spans[0].start for fact in facts))


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
