"""Tables that were copied out of a page with each cell on a line of its own.

The names of the columns come first, then each row: its name, then as many figures as the other
columns. An empty line is an empty cell.
"""

import re
from collections.abc import Sequence

from corpus.model.types import Noun

FIGURE = re.compile(r"[-－−]?\d[\d,，]*(?:\.\d+)?[%％]?|[-—–－─/]+")
SENTENCE = re.compile(r"[。；！？]")
UNIT_LINE = re.compile(r"单位\s*[:：]\s*[亿万千百]*元\s*$")
LONGEST_CELL = 30
MOST_COLUMNS = 12
LEAST_COLUMNS = 2
LEAST_ROWS = 2


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
    return all(not cell or FIGURE.fullmatch(cell) for cell in figures) and any(figures)


def is_name(line: str) -> bool:
    """Tell whether a line may be the name of a column or of a row."""
    text = line.strip()
    short = 0 < len(text) <= LONGEST_CELL
    return short and not FIGURE.fullmatch(text) and not SENTENCE.search(text)
