"""The source text of a sample report, as lines and grids; not how they are laid out.

A line starts with what it is: `# ` the title and then a part, `## ` a section, `### ` the caption
of a table, `> ` the line above a table at its right, `---` a new page, `| a | b |` a table row,
and anything else is a paragraph. A cell `<` is merged with its left, a cell `^` with its upper
neighbour.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from corpus.model.types import Grid, GridCell, Noun

LineKind = Literal["title", "part", "section", "caption", "label", "break", "text"]
MARKS: tuple[tuple[str, LineKind], ...] = (
    ("### ", "caption"),
    ("## ", "section"),
    ("# ", "part"),
    ("> ", "label"),
    ("---", "break"),
)
LEFT, UP = "<", "^"


class Line(Noun):
    """One line of a source, without its mark."""

    kind: LineKind
    text: str


Element = Line | Grid


def source_to_elements(source: str) -> tuple[Element, ...]:
    """Parse a source; its first line is the title."""
    lines = [line for line in source.splitlines() if line.strip()]
    title = Line(kind="title", text=lines[0].removeprefix("# "))
    return (title, *lines_to_elements(lines[1:]))


def lines_to_elements(lines: list[str]) -> Iterator[Element]:
    """Turn lines into elements, rows that follow each other into one grid."""
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            yield rows_to_grid([split_row(line) for line in group])
        else:
            yield from (to_line(line) for line in group)


def to_line(line: str) -> Line:
    """Read the mark of a line."""
    for mark, kind in MARKS:
        if line.startswith(mark):
            return Line(kind=kind, text=line.removeprefix(mark).strip())
    return Line(kind="text", text=line.strip())


def split_row(line: str) -> list[str]:
    """Split a table row into the texts of its cells."""
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def rows_to_grid(rows: list[list[str]]) -> Grid:
    """Make a grid, each merged cell once at its top left; rows must be equally long."""
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"rows of {sorted({len(row) for row in rows})} cells in one table")
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            merged = {LEFT: (at, column - 1), UP: (at - 1, column)}.get(text)
            owners[at, column] = owners[merged] if merged else (at, column)
    ends: dict[tuple[int, int], tuple[int, int]] = {owner: place for place, owner in owners.items()}
    cells = (
        GridCell(
            row=top,
            column=left,
            rows=bottom - top + 1,
            columns=right - left + 1,
            text=rows[top][left],
        )
        for (top, left), (bottom, right) in sorted(ends.items())
    )
    return Grid(page=None, cells=tuple(cells))
