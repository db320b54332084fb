"""From the sheets of a paged file to a draft of paragraphs and grids."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from corpus.model.types import Draft, Grid, Unsure
from corpus.readers.pdf.glyphs import Sheet
from corpus.readers.pdf.lines import Line, glyphs_to_lines
from corpus.readers.pdf.paragraphs import Leaf, leaves_to_pieces
from corpus.readers.pdf.tables.aligned import lines_to_items
from corpus.readers.pdf.tables.ruled import Table, sheet_to_tables, tables_in_rows

_EDGE = 0.12  # of the page's height: where headers and footers stand
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－─~～·.]*(第\s*)?(\d{1,4}|[ivxIVXⅠ-Ⅻ]{1,5})(\s*页)?[\s\-—–－─~～·.]*"
    r"(([/／]|共|，共)\s*\d{1,4}(\s*页)?)?"
)
_DIGITS = re.compile(r"\d+")
_RUNNING = 4  # pages: what stands at the edge of so many, and of most, is a running header


def sheets_to_draft(sheets: Sequence[Sheet]) -> Draft:
    """Make a draft of pages.

    Paragraphs and grids come in reading order, without page numbers and running headers; a page
    numbers from 1. Text that lies in a grid does not come as a paragraph too.
    """
    tables = [tables_in_rows(sheet_to_tables(sheet)) for sheet in sheets]
    leaves = [
        Leaf(sheet.number, sheet.width, tuple(_sheet_items(sheet, found)))
        for sheet, found in zip(sheets, tables, strict=True)
    ]
    heights = {sheet.number: sheet.height for sheet in sheets}
    disputed = dict.fromkeys(
        Unsure(page=sheet.number, number=number)
        for sheet, found in zip(sheets, tables, strict=True)
        for table in found
        for number in table.disputed
    )
    return Draft(
        pages=len(sheets),
        pieces=leaves_to_pieces(_without_edges(leaves, heights)),
        disputed=tuple(disputed),
    )


def _sheet_items(sheet: Sheet, tables: Sequence[Table]) -> Iterator[Line | Grid]:
    """Give the lines and grids of a page from the top down."""
    taken = frozenset(glyph for table in tables for glyph in table.glyphs)
    lines = glyphs_to_lines(glyph for glyph in sheet.glyphs if glyph not in taken)
    items: list[tuple[float, Line | Grid]] = [(table.box.top, table.grid) for table in tables]
    parted = [table.box.top for table in tables]
    for run in _runs_between(lines, parted):
        items.extend(lines_to_items(sheet.number, run))
    yield from (item for _, item in sorted(items, key=lambda pair: pair[0]))


def _runs_between(lines: Sequence[Line], tops: Sequence[float]) -> Iterable[list[Line]]:
    """Part lines where a table stands between them."""
    runs: list[list[Line]] = [[] for _ in range(len(tops) + 1)]
    for line in lines:
        runs[sum(top < line.y for top in tops)].append(line)
    return runs


def _without_edges(leaves: Sequence[Leaf], heights: dict[int, float]) -> list[Leaf]:
    """Drop page numbers, and lines that run along the edge of most pages."""
    edges = {leaf.page: _edge_lines(leaf, heights[leaf.page]) for leaf in leaves}
    seen = Counter(key for lines in edges.values() for key in {_edge_key(line) for line in lines})
    often = max(_RUNNING, 0.6 * len(leaves))

    def dropped(leaf: Leaf, item: Line | Grid) -> bool:
        if isinstance(item, Grid) or item not in edges[leaf.page]:
            return False
        return bool(_PAGE_NUMBER.fullmatch(item.text)) or seen[_edge_key(item)] >= often

    return [
        Leaf(leaf.page, leaf.width, tuple(i for i in leaf.items if not dropped(leaf, i)))
        for leaf in leaves
    ]


def _edge_lines(leaf: Leaf, height: float) -> list[Line]:
    """Return the first and the last item of a page, where they are lines at its very edge."""
    ends = [item for item in (*leaf.items[:1], *leaf.items[-1:]) if isinstance(item, Line)]
    return [line for line in ends if not _EDGE * height < line.y < (1 - _EDGE) * height]


def _edge_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("", line.text), round(line.y / 6)
