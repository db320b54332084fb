"""Tables of a text file whose columns are kept apart by spaces alone: what stands below what.

A shy fallback: lines become a grid only where every part of a line stands in a column of its own
and most of them end in figures.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from corpus.model.types import Grid, GridCell

GAP = re.compile(r"\u3000{2,}|[ \u3000\xa0]{3,}")
FIGURE = re.compile(r"[-－−△▲(（]?\d[\d,，]*(?:[.．]\d+)?[)）]?[%％]?|[-—–－─]+")
ROWS = 3  # lines that it takes to make a table, its head with them

Part = tuple[int, int, str]


def line_to_parts(line: str) -> tuple[Part, ...]:
    """Part a line at its wide gaps: each part with the stretch that it takes up on the screen."""
    parts: list[Part] = []
    start = 0
    for gap in [*GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        words = line[start:end]
        if words.strip():
            left = start + len(words) - len(words.lstrip())
            parts.append((width(line[:left]), width(line[:end]), words.strip()))
        start = gap.end() if gap else end
    return tuple(parts)


def width(text: str) -> int:
    """Return how many columns of a screen a text takes up: two for each full-width character."""
    return sum(2 if east_asian_width(char) in "FW" else 1 for char in text)


def lines_to_grid(lines: Sequence[str]) -> Grid | None:
    """Return lines as a grid where they are the rows of a table, else None."""
    rows = [line_to_parts(line) for line in lines]
    if len(rows) < ROWS or not is_figured(rows):
        return None
    columns = parts_to_columns(part for row in rows for part in row)
    cells: list[GridCell] = []
    for at, row in enumerate(rows):
        texts = {place_of(columns, part): part[2] for part in row}
        if len(texts) < len(row):
            return None
        cells += [
            GridCell(row=at, column=column, text=texts.get(column, ""))
            for column in range(len(columns))
        ]
    return Grid(page=None, cells=tuple(cells))


def is_figured(rows: Sequence[Sequence[Part]]) -> bool:
    """Tell whether all rows but the head end in figures."""
    return all(len(row) > 1 and FIGURE.fullmatch(row[-1][2]) for row in rows[1:])


def parts_to_columns(parts: Iterable[Part]) -> list[tuple[int, int]]:
    """Join the stretches that overlap: what is left apart are columns."""
    columns: list[tuple[int, int]] = []
    for start, end, _ in sorted(parts):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def place_of(columns: Sequence[tuple[int, int]], part: Part) -> int:
    """Return the column that a part stands in."""
    return next(at for at, (start, end) in enumerate(columns) if start <= part[0] < end)
