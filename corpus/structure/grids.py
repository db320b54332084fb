"""Grids as they were drawn: cleaned, measured, and the number of their header rows."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.lexicon.grammar import patterns
from corpus.model.types import Grid, GridCell

PATTERNS = patterns("structure.grids")
NUMBER = PATTERNS["number"]
COUNTED = PATTERNS["counted"]
BROKEN = re.compile(
    r"(?<![\d,.])(?P<head>\d{1,3}(?:,\d{3})*,(?P<cut>\d{1,2}))\s+"
    r"(?P<tail>(?P<rest>\d{1,2})(?:,\d{3})*(?:\.\d+)?)(?![\d,])"
)
GROUP = 3
YEAR = re.compile(r"20\d\d")
NUMBERED = PATTERNS["numbered"]
TOTAL = PATTERNS["total"]
LANE = "栏次"
NIL = re.compile(r"[-—–－─/／]+")  # printed for nothing


def clean_grid(grid: Grid) -> Grid:
    """Join the lines inside cells and drop the rows in which nothing is printed."""
    cells = [cell.model_copy(update={"text": clean_text(cell.text)}) for cell in grid.cells]
    filled = {row for cell in cells if cell.text for row in range(cell.row, cell.row + cell.rows)}
    place = {row: count for count, row in enumerate(sorted(filled))}
    kept = []
    for cell in cells:
        rows = [place[row] for row in range(cell.row, cell.row + cell.rows) if row in place]
        if rows:
            kept.append(cell.model_copy(update={"row": rows[0], "rows": len(rows)}))
    ordered = tuple(sorted(kept, key=lambda at: (at.row, at.column)))
    return grid.model_copy(update={"cells": ordered})


def clean_text(text: str) -> str:
    """Undo line wraps; keep a space only between two words of letters or digits.

    A number that a wrap cut inside a group of three digits is one number: 986,40 above 0.00.
    """
    text = BROKEN.sub(_join_broken, text)
    joined = re.sub(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])", "\x00", text.strip())
    return re.sub(r"\s+", "", joined).replace("\x00", " ")


def _join_broken(match: re.Match[str]) -> str:
    return match["head"] + match["tail"] if len(match["cut"] + match["rest"]) == GROUP else match[0]


def grid_width(cells: Iterable[GridCell]) -> int:
    """Return the number of columns."""
    return max((cell.column + cell.columns for cell in cells), default=0)


def grid_height(cells: Iterable[GridCell]) -> int:
    """Return the number of rows."""
    return max((cell.row + cell.rows for cell in cells), default=0)


def shift(cells: Iterable[GridCell], *, top: int, by: int) -> tuple[GridCell, ...]:
    """Drop the rows above `top` and move the others by so many rows."""
    return tuple(
        cell.model_copy(update={"row": cell.row + by}) for cell in cells if cell.row >= top
    )


def split_at(cells: Sequence[GridCell], starts: Sequence[int]) -> list[tuple[GridCell, ...]]:
    """Cut a grid into stretches of rows that begin at these rows, each counted from its own top."""
    bounds = [*sorted({0, *starts}), grid_height(cells)]
    return [
        shift((cell for cell in cells if cell.row < end), top=start, by=-start)
        for start, end in pairwise(bounds)
    ]


def header_height(cells: Sequence[GridCell]) -> int:
    """Count the rows above the first that holds a figure, a code, a total or a numbered item."""
    height = grid_height(cells)
    for row in range(height):
        in_row = [cell for cell in cells if cell.row == row]
        covered = any(cell.row < row < cell.row + cell.rows for cell in cells)
        if starts_data(in_row, first=row == 0, covered=covered):
            return row
    tall = [cell.rows for cell in cells if cell.row == 0]
    return min(height, max(tall, default=0))


def starts_data(row: Sequence[GridCell], *, first: bool, covered: bool) -> bool:
    """Tell whether a row is data already; `covered` says that cells of rows above reach into it."""
    texts = [cell.text for cell in row if cell.text]
    if not texts or is_count(texts):
        return False
    if any(NUMBER.fullmatch(text) for text in texts):
        return not all(YEAR.fullmatch(text) for text in texts if NUMBER.fullmatch(text))
    if NUMBERED.match(texts[0]) or any(COUNTED.fullmatch(text) for text in texts[1:]):
        return True
    if TOTAL.match(texts[0]) and len(texts) == 1:
        return row[0].text == texts[0]
    alone = len(texts) == 1 and row[0].text == texts[0] and len(row) > 1
    return alone and not first and not covered


def is_count(texts: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: 栏次 1 2 3."""
    numbers = [text for text in texts if text.isdecimal()]
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    return texts[0] == LANE or (len(numbers) >= max(2, len(texts) - 1) and numbers == counted)
