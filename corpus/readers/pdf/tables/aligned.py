"""Tables that are drawn without rules: figures that stand in columns. A shy fallback.

Lines become a grid only where at least three of them end in figures, and where every piece of text
falls into one column. A list of contents is no table.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model.types import Grid, GridCell
from corpus.readers.pdf.glyphs import Glyph
from corpus.readers.pdf.lines import Line, glyphs_to_text

_GAP = 1.2  # of the type size: wider than any space in running text
_ROWS = 3  # lines with figures that it takes to make a table
_FIGURE = re.compile(r"-?\d[\d,]*(\.\d+)?%?|-")
_COUNT = re.compile(r"\d{1,3}")
_LEADER = re.compile(r"…{2}|[.·．]{4}")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a line that stands by itself between two wide gaps."""

    x0: float
    x1: float
    text: str


def lines_to_items(page: int, lines: Sequence[Line]) -> list[tuple[float, Line | Grid]]:
    """Give lines that stand between ruled tables, with grids in the place of aligned ones.

    Each item comes with its height on the page.
    """
    items: list[tuple[float, Line | Grid]] = []
    rows: list[Line] = []
    for line in lines:
        if len(line_to_chunks(line)) > 1 and not _LEADER.search(line.text):
            rows.append(line)
        else:
            items.extend(_rows_or_grid(page, rows))
            items.append((line.y, line))
            rows = []
    return [*items, *_rows_or_grid(page, rows)]


def line_to_chunks(line: Line) -> tuple[Chunk, ...]:
    """Part a line at its wide gaps."""
    groups: list[list[Glyph]] = [[line.glyphs[0]]]
    for last, glyph in pairwise(line.glyphs):
        if glyph.x0 - last.x1 > _GAP * line.size:
            groups.append([])
        groups[-1].append(glyph)
    return tuple(Chunk(group[0].x0, group[-1].x1, glyphs_to_text(group)) for group in groups)


def _rows_or_grid(page: int, lines: Sequence[Line]) -> list[tuple[float, Line | Grid]]:
    rows = [line_to_chunks(line) for line in lines]
    columns = _columns(chunk for row in rows for chunk in row)
    placed = [[_column(columns, chunk) for chunk in row] for row in rows]
    alone = all(len(set(places)) == len(places) for places in placed)
    if not (alone and _figured(rows)):
        return [(line.y, line) for line in lines]
    cells: list[GridCell] = []
    for at, (row, places) in enumerate(zip(rows, placed, strict=True)):
        texts = {place: chunk.text for place, chunk in zip(places, row, strict=True)}
        cells.extend(
            GridCell(row=at, column=column, text=texts.get(column, ""))
            for column in range(len(columns))
        )
    return [(lines[0].y, Grid(page=page, cells=tuple(cells)))]


def _figured(rows: Sequence[tuple[Chunk, ...]]) -> bool:
    """Tell whether rows end in figures, other than a list of contents does in page numbers."""
    ends = [row[-1].text for row in rows if _FIGURE.fullmatch(row[-1].text)]
    contents = all(_COUNT.fullmatch(end) for end in ends) and max(map(len, rows), default=0) <= 2
    return len(ends) >= max(_ROWS, 0.6 * len(rows)) and not contents


def _columns(chunks: Iterable[Chunk]) -> list[tuple[float, float]]:
    """Join the stretches of chunks that overlap: what is left apart are columns."""
    columns: list[tuple[float, float]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.x0):
        if columns and chunk.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], chunk.x1))
        else:
            columns.append((chunk.x0, chunk.x1))
    return columns


def _column(columns: Sequence[tuple[float, float]], chunk: Chunk) -> int:
    return next(at for at, (x0, x1) in enumerate(columns) if x0 <= chunk.x0 <= x1)
