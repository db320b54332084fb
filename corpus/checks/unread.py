"""Printed figures that are in no fact: numbers with a unit in the text, numeric cells of tables.

Whoever adds a report can see what the program did not take from it, and why as far as that is
known: a list number, a code, the end of a range, a name. The rest was not understood.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.entities.quantities import Amount, amounts_in
from corpus.entities.years import QUOTED
from corpus.lexicon.grammar import patterns
from corpus.model.types import Block, Cell, Fact, Noun, Report, Span, Table
from corpus.structure.outline import CONTENTS
from corpus.structure.segmentation import (
    AGES,
    FIGURES,
    LASTING,
    NAMING,
    is_limit,
    is_range_end,
    is_talk,
)
from corpus.structure.sentences import Squeezed, block_to_squeezed, span_to_squeezed

AROUND = 25  # characters of the text shown on each side of a figure
LONGEST = 60
NOT_UNDERSTOOD = "没有读懂"
RANGE, NAME, LIMIT, CODE, HEAD, NOTE, WORDS = (
    "区间的一头", "名称里的数", "限额或标准", "编号", "表头", "表注", "格子里的话",
)  # fmt: skip
NUMERIC = re.compile(r"[（(]?[-－−+△▲]?[\d０-９][\d０-９,，.．]*[)）]?\s*[%％‰]?")
YEAR = re.compile(r"(?:19|20)\d\d")
PATTERNS = patterns("checks.unread")
CODED = PATTERNS["coded"]
WHOLE = re.compile(r"\d+")
LONGEST_CODE = 7  # digits of a code of the classification
SENTENCE = re.compile(r"[，。；：、]")


class Unread(Noun):
    """A printed figure without a fact: where it stands, why as far as known, and what is around.

    `place` names the heading or the table with its row and column.
    """

    page: int | None
    place: str
    printed: str
    reason: str
    around: str
    span: Span


class Count(Noun):
    """How many figures a report prints, and those of them that are in no fact."""

    printed: int
    unread: tuple[Unread, ...]


def report_to_unread(report: Report, facts: Iterable[Fact]) -> Count:
    """Return the printed figures of a report that are in none of its facts, in reading order."""
    taken = {at for fact in facts for at in range(fact.spans[0].start, fact.spans[0].end)}
    found = [
        *(each for block in report.blocks for each in block_to_figures(report, block)),
        *(each for table in report.tables for each in table_to_figures(report, table)),
    ]
    unread = (each for each in found if taken.isdisjoint(range(each.span.start, each.span.end)))
    ordered = sorted(unread, key=lambda each: each.span.start)
    return Count(printed=len(found), unread=tuple(ordered))


def block_to_figures(report: Report, block: Block) -> Iterator[Unread]:
    """Yield the figures with a unit that a heading or a paragraph prints."""
    if block.kind == "table" or block.section[:1] == (CONTENTS,):
        return
    place = block.section[-1] if block.section else ""
    yield from text_to_figures(report, block_to_squeezed(report, block), place, "")


def text_to_figures(
    report: Report, squeezed: Squeezed, place: str, reason: str
) -> Iterator[Unread]:
    """Yield the figures with a unit of a text without white space."""
    text = squeezed.text
    for amount in amounts_in(text):
        if amount.kind not in FIGURES or is_talk(amount):
            continue
        low, high = max(amount.start - AROUND, 0), min(amount.end + AROUND, len(text))
        span = squeezed.span(report, amount.number_start, amount.number_end)
        yield Unread(
            page=span.page,
            place=place,
            printed=text[amount.number_start : amount.end],
            reason=reason or text_to_reason(text, amount),
            around=text[low:high],
            span=span,
        )


def text_to_reason(text: str, amount: Amount) -> str:
    """Say why a figure of running text is in no fact."""
    if is_range_end(text, amount):
        return RANGE
    if is_limit(text, amount):
        return LIMIT
    spans = (match.span() for pattern in (QUOTED, AGES) for match in pattern.finditer(text))
    named = amount.unit in NAMING | LASTING
    if named or any(start < amount.end and amount.start < end for start, end in spans):
        return NAME
    return NOT_UNDERSTOOD


def table_to_figures(report: Report, table: Table) -> Iterator[Unread]:
    """Yield the numeric cells of a table, and the figures in the words of others and of notes."""
    for cell in table.cells:
        if number := cell_to_number(cell):
            yield cell_to_figure(report, table, cell, number)
        elif SENTENCE.search(cell.text) or len(cell.text) > len("项目名称"):
            squeezed = span_to_squeezed(report, cell.span)
            yield from text_to_figures(report, squeezed, cell_place(table, cell), WORDS)
    if table.notes and table.cells:
        rest = report.span(table.cells[-1].span.end, table.span.end)
        squeezed = span_to_squeezed(report, rest)
        yield from text_to_figures(report, squeezed, f"表“{table.title}”", NOTE)


def cell_to_number(cell: Cell) -> str:
    """Return the number that is all of a cell, with its unit; "" for words and for a year."""
    text = "".join(cell.text.split())
    if NUMERIC.fullmatch(text):
        return "" if YEAR.fullmatch(text) else text
    amounts = amounts_in(text)
    whole = len(amounts) == 1 and amounts[0].start == 0 and amounts[0].end == len(text)
    return text if whole and amounts[0].kind in FIGURES else ""


def cell_to_figure(report: Report, table: Table, cell: Cell, number: str) -> Unread:
    """Return a numeric cell as a figure that is in no fact."""
    row = " | ".join(each.text for each in table.lines.get(cell.row, ()) if each.text)
    return Unread(
        page=cell.span.page,
        place=cell_place(table, cell),
        printed=number,
        reason=cell_to_reason(table, cell, number),
        around=row[:LONGEST],
        span=report.span(cell.span.start, cell.span.end),
    )


def cell_to_reason(table: Table, cell: Cell, number: str) -> str:
    """Say why a numeric cell is in no fact."""
    if cell.row < table.header:
        return HEAD
    if not WHOLE.fullmatch(number):
        return NOT_UNDERSTOOD
    coded = CODED.search(column_head(table, cell)) or is_line_number(table, cell)
    return CODE if coded else NOT_UNDERSTOOD


def is_line_number(table: Table, cell: Cell) -> bool:
    """Tell whether a whole number heads its row: a code of the classification or a list number."""
    before = [each for each in table.lines.get(cell.row, ()) if each.column < cell.column]
    codes = all(WHOLE.fullmatch("".join(each.text.split())) or not each.text for each in before)
    return codes and len(cell.text.strip()) <= LONGEST_CODE


def column_head(table: Table, cell: Cell) -> str:
    """Return the names of the columns above a cell, the innermost last."""
    heads = (
        each.text
        for each in table.cells
        if each.row < table.header and each.column <= cell.column < each.column + each.columns
    )
    return "/".join("".join(head.split()) for head in heads if head.strip())


def cell_place(table: Table, cell: Cell) -> str:
    """Name a cell: its table, its row by number, and the names of its column."""
    named = f"表“{table.title}”" if table.title else "表"
    head = column_head(table, cell)
    return f"{named}第{cell.row + 1}行" + (f"“{head}”栏" if head else f"第{cell.column + 1}栏")
