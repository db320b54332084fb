"""Tables of a text file that no marks divide: columns kept apart by spaces, cells below each other.

A shy fallback: lines become a grid only where every part of a line stands in a column of its own
and most of them end in figures. Where a table was copied out of a page with each cell on a line of
its own, the names of the columns come first, then each row: its name, then as many figures as the
other columns; an empty line is an empty cell.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from corpus.model.types import Grid, GridCell, Noun

GAP = re.compile(r"\u3000{2,}|[ \u3000\xa0]{3,}")
FIGURE = re.compile(r"[-－−△▲(（]?\d[\d,，]*(?:[.．]\d+)?[)）]?[%％]?|[-—–－─]+")
ROWS = 3  # lines that it takes to make a table, its head with them

Part = tuple[int, int, str]
STACKED_FIGURE = re.compile(r"[-－−]?\d[\d,，]*(?:\.\d+)?[%％]?|[-—–－─/]+")
SENTENCE = re.compile(r"[。；！？]")
UNIT_LINE = re.compile(r"单位\s*[:：]\s*[亿万千百]*元\s*$")
LONGEST_CELL = 30
MOST_COLUMNS = 12
LEAST_COLUMNS = 2
LEAST_ROWS = 2


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


class Stack(Noun):
    """The lines from `start` up to `end` as rows of cells, the names of the columns first."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def find_stacks(lines: Sequence[str]) -> list[Stack]:
    """Find the tables whose cells stand below each other; each begins after its unit line."""
    found: list[Stack] = []
    for at, line in enumerate(lines):
        if UNIT_LINE.search(line) and (not found or at >= found[-1].end):
            stack = stack_at(lines, at + 1)
            found += [stack] if stack else []
    return found


def stack_at(lines: Sequence[str], start: int) -> Stack | None:
    """Read the table that begins at a line, None where none does."""
    head = start
    while head < len(lines) and is_name(lines[head]):
        head += 1
    columns = head - start - 1  # the last name before the first figure is that of a row
    if not LEAST_COLUMNS <= columns <= MOST_COLUMNS:
        return None
    rows = [tuple(line.strip() for line in lines[start : start + columns])]
    at = start + columns
    while is_row(row := [line.strip() for line in lines[at : at + columns]], columns):
        rows.append(tuple(row))
        at += columns
    return Stack(start=start, end=at, rows=tuple(rows)) if len(rows) > LEAST_ROWS else None


def is_row(cells: Sequence[str], columns: int) -> bool:
    """Tell whether lines are a row: a name, then figures and empty lines, not empty lines alone."""
    if len(cells) < columns or not is_name(cells[0]):
        return False
    figures = cells[1:]
    return all(not cell or STACKED_FIGURE.fullmatch(cell) for cell in figures) and any(figures)


def is_name(line: str) -> bool:
    """Tell whether a line may be the name of a column or of a row."""
    text = line.strip()
    short = 0 < len(text) <= LONGEST_CELL
    return short and not STACKED_FIGURE.fullmatch(text) and not SENTENCE.search(text)
