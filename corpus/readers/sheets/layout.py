"""From the cells of a sheet to pieces: titles and notes as paragraphs, each table as a grid.

A sheet is a page without borders. Tables stand below each other, divided by an empty row, or
beside each other, divided by an empty column or each under a title of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.model.types import Grid, GridCell, Noun, Paragraph, Piece, Segment
from corpus.readers.plain_text import clean_text

# Names that a program or a habit gave: they say nothing of what stands in the sheet.
UNNAMED = re.compile(
    r"(?:sheet|工作表|表)\s*\d*|[\d\s.、_（）()-]*|封面|目\s*录|首页|说明", re.IGNORECASE
)
TITLE = re.compile(r"(?:表|情况|明细|清单)(?:\s*[（(][^（）()]*[）)])?$")
NUMBER = re.compile(r"[-－−]?[\d,]+(?:\.\d+)?[%％]?")
# What stands between a title and its table: 编制单位：某局, 单位：万元, 公开01表, 表二.
LABEL = re.compile(
    r"[：:]|^(?:公开|附?表)\s*[-\d一二三四五六七八九十]+\s*表?$|^[（(]?[亿万千]*元[）)]?$"
)
NOTE = re.compile(r"^(?:备?注|说明|注释)\s*(?:[:：]|\d)")
LONGEST_TITLE = 60
MOST_CAPTION_ROWS = 5


class Sheet(Noun):
    """One sheet as it is seen: its name and the cells that show something, merged ones once."""

    name: str
    cells: tuple[GridCell, ...]


class Box(Noun):
    """A rectangle of a sheet: rows and columns from, to (not including)."""

    top: int
    bottom: int
    left: int
    right: int


def sheets_to_pieces(sheets: Iterable[Sheet]) -> Iterator[Piece]:
    """Yield the pieces of all sheets in order; a sheet in which nothing shows yields none."""
    for sheet in sheets:
        cells = [cell.model_copy(update={"text": clean_text(cell.text)}) for cell in sheet.cells]
        cells = [cell for cell in cells if cell.text]
        regions = list(cells_to_regions(cells))
        if regions and is_named(sheet.name, regions[0]):
            yield to_paragraph(clean_text(sheet.name), heading=1)
        for region in regions:
            yield from region_to_pieces(region)


def is_named(name: str, region: Sequence[GridCell]) -> bool:
    """Tell whether the name of a sheet says what no title above its first table says."""
    top = min(cell.row for cell in region)
    titled = any(TITLE.search(cell.text) for cell in region if cell.row == top)
    return not titled and not UNNAMED.fullmatch(name.strip())


def cells_to_regions(cells: Sequence[GridCell]) -> Iterator[list[GridCell]]:
    """Cut a sheet into tables with what stands above and below each, from top to bottom."""
    for band in split_rows(cells):
        for part in split_columns(band):
            yield from split_titles(part)


def split_rows(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    """Cut at empty rows, but not where rows of figures go on below without a header."""
    bands: list[list[GridCell]] = []
    for run in runs(cells, by_rows=True):
        first = [cell.text for cell in run if cell.row == run[0].row]
        goes_on = len(first) > 1 and any(NUMBER.fullmatch(text) for text in first)
        if bands and goes_on:
            bands[-1].extend(run)
        else:
            bands.append(run)
    return bands


def split_columns(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    """Cut at empty columns where each side names its rows itself.

    Of a side that names none, figures stay with the rows before them and marks come apart.
    """
    first, *others = runs(cells, by_rows=False)
    parts, marks = [first], list[GridCell]()
    for part in others:
        if names_rows(part):
            parts.append(part)
            continue
        figures = [cell for cell in part if holds_figures(part, cell.column)]
        parts[-1] = sorted([*parts[-1], *figures], key=lambda at: (at.row, at.column))
        marks += [cell for cell in part if cell not in figures]
    return [*parts, marks] if marks else parts


def holds_figures(cells: Sequence[GridCell], column: int) -> bool:
    """Tell whether any cell of a column is a number."""
    return any(NUMBER.fullmatch(cell.text) for cell in cells if cell.column == column)


def names_rows(cells: Sequence[GridCell]) -> bool:
    """Tell whether the first column of a part holds names, and others hold what is theirs.

    What a clerk notes beside a table (是 是 是, a level) repeats itself and has no names.
    """
    first = min(cell.column for cell in cells)
    names = [cell.text for cell in cells if cell.column == first]
    told = {name for name in names if not NUMBER.fullmatch(name)}
    return len(told) * 2 > len(names) and any(cell.column > first for cell in cells)


def runs(cells: Sequence[GridCell], *, by_rows: bool) -> list[list[GridCell]]:
    """Group cells by the stretches of rows, or of columns, that nothing empty divides."""
    ordered = sorted(cells, key=lambda at: (at.row, at.column) if by_rows else (at.column, at.row))
    groups: list[list[GridCell]] = []
    reach = 0
    for cell in ordered:
        start = cell.row if by_rows else cell.column
        if not groups or start > reach:
            groups.append([])
        groups[-1].append(cell)
        reach = max(reach, start + (cell.rows if by_rows else cell.columns))
    return [sorted(group, key=lambda at: (at.row, at.column)) for group in groups]


def split_titles(cells: Sequence[GridCell]) -> Iterator[list[GridCell]]:
    """Cut where the top row holds a title for each of the tables that stand beside each other."""
    top = [cell for cell in cells if cell.row == cells[0].row]
    apart = len(top) > 1 and all(cell.columns > 1 and TITLE.search(cell.text) for cell in top)
    starts = [cell.column for cell in top] if apart else [0]
    for start, end in pairwise([*starts, max(cell.column for cell in cells) + 1]):
        yield [cell for cell in cells if start <= cell.column < end]


def region_to_pieces(cells: Sequence[GridCell]) -> Iterator[Piece]:
    """Yield the caption of a table, the table and the notes below it."""
    rows = sorted({cell.row for cell in cells})
    texts = {row: [cell for cell in cells if cell.row == row] for row in rows}
    above, below = 0, len(rows)
    while above < min(below, MOST_CAPTION_ROWS) and is_caption(texts[rows[above]], cells):
        above += 1
    while below > above and is_note(texts[rows[below - 1]]):
        below -= 1
    for row in rows[:above]:
        yield to_paragraph(" ".join(cell.text for cell in texts[row]))
    body = [cell for row in rows[above:below] for cell in texts[row]]
    if len(body) == 1:
        yield to_paragraph(body[0].text)
    elif body:
        yield to_grid(body)
    for row in rows[below:]:
        yield to_paragraph(texts[row][0].text)


def is_caption(row: Sequence[GridCell], cells: Sequence[GridCell]) -> bool:
    """Tell whether a row at the top names the table or says its unit, and is no header yet."""
    if all(LABEL.search(cell.text) for cell in row):
        return True
    left = min(cell.column for cell in cells)
    return len(row) == 1 and row[0].rows == 1 and row[0].column == left


def is_note(row: Sequence[GridCell]) -> bool:
    """Tell whether a row at the end is a note, or a line too long to be a name."""
    return len(row) == 1 and bool(NOTE.match(row[0].text) or len(row[0].text) > LONGEST_TITLE)


def to_grid(cells: Sequence[GridCell]) -> Grid:
    """Make a grid whose blank places are cells too, as they are in a drawn table."""
    top, left = min(cell.row for cell in cells), min(cell.column for cell in cells)
    moved = [
        cell.model_copy(update={"row": cell.row - top, "column": cell.column - left})
        for cell in cells
    ]
    covered = {
        (row, column)
        for cell in moved
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    height = max(row for row, _ in covered) + 1
    width = max(column for _, column in covered) + 1
    blank = [
        GridCell(row=row, column=column, text="")
        for row in range(height)
        for column in range(width)
        if (row, column) not in covered
    ]
    ordered = sorted([*moved, *blank], key=lambda at: (at.row, at.column))
    return Grid(page=None, cells=tuple(ordered))


def to_paragraph(text: str, *, heading: int = 0) -> Paragraph:
    """Make a paragraph of one line."""
    return Paragraph(segments=(Segment(page=None, text=text),), heading=heading)


class Places:
    """The rows, or the columns, of a sheet as they are seen; numbers count from 0."""

    def __init__(self, hidden: Iterable[int]) -> None:
        self.hidden = sorted(set(hidden))

    def at(self, place: int) -> int:
        """Return where a row or column stands among those that are seen."""
        return place - bisect_left(self.hidden, place)

    def count(self, first: int, end: int) -> int:
        """Return how many from the first up to the end, not including it, are seen."""
        return self.at(end) - self.at(first)
