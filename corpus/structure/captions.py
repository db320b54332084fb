"""Captions: the lines around a grid that name it, say its unit of money, or annotate it."""

import re
from collections.abc import Sequence

from corpus.lexicon.grammar import patterns
from corpus.model.types import Grid, GridCell, Noun, Paragraph, Segment
from corpus.structure.grids import grid_height, grid_width, shift, split_at

PATTERNS = patterns("structure.captions")
UNIT = PATTERNS["unit"]
LABEL = PATTERNS["label"]
TAG = PATTERNS["tag"]
TITLE = PATTERNS["title"]
NO_TITLE = PATTERNS["no_title"]
TITLE_END = PATTERNS["title_end"]
CLOSED = PATTERNS["closed"]
CONTINUED = PATTERNS["continued"]
UNIT_BEHIND = PATTERNS["unit_behind"]
TAG_BEFORE = PATTERNS["tag_before"]
TAGGED = PATTERNS["tagged"]
BARE_UNIT = PATTERNS["bare_unit"]
NOTE = PATTERNS["note"]
NOTE_ITEM = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)])")
LONGEST_TITLE = 60
LONGEST_LABEL = 90
LONGEST_NOTE = 300
SHORTEST_BROKEN = 8


class Caption(Noun):
    """What stands before a grid and names it."""

    title: str = ""
    page: int | None = None
    unit_line: str = ""


def is_title(text: str) -> bool:
    """Tell whether a line names a table: short, ends in 表 or the like, and is no sentence."""
    if len(text) > LONGEST_TITLE or TAG.match(text):
        return False
    named = TITLE.search(text) or TAGGED.match(text)
    return bool(named) and not NO_TITLE.search(TAG_BEFORE.sub("", text))


def is_label(text: str) -> bool:
    """Tell whether a line is of the kind that stands between a title and its table."""
    return len(text) <= LONGEST_LABEL and bool(
        UNIT.search(text) or LABEL.match(text) or TAG.match(text)
    )


def lines_to_caption(before: Sequence[Paragraph]) -> tuple[Caption, int]:
    """Find the caption at the end of the paragraphs before a grid, and how many lines it takes."""
    lines = [paragraph.text.strip() for paragraph in before]
    at = len(lines)
    while at and is_label(lines[at - 1]) and not split_title(lines[at - 1])[0]:
        at -= 1
    labels = lines[at:]
    title, rest = split_title(lines[at - 1]) if at else ("", "")
    if not title:
        return Caption(unit_line=" ".join(labels)), len(labels)
    at -= 1
    above = lines[at - 1] if at else ""
    if TITLE_END.match(title) and len(above) >= SHORTEST_BROKEN and not CLOSED.search(above):
        title, at = above + title, at - 1
    page = before[at].segments[0].page
    if not labels and not rest and at and is_label(lines[at - 1]) and UNIT.search(lines[at - 1]):
        labels, at = [lines[at - 1]], at - 1
    unit_line = " ".join([rest, *labels]).strip()
    return Caption(title=title, page=page, unit_line=unit_line), len(lines) - at


def split_title(text: str) -> tuple[str, str]:
    """Split "收入决算表 单位：万元" into title and label; ("", text) where there is no title.

    The unit may stand in brackets as well: "项目支出情况表（单位：元）".
    """
    behind = UNIT_BEHIND.search(text)
    name = text[: behind.start()] if behind else text
    if is_title(name):
        return name, behind.group().strip() if behind else ""
    head, space, rest = text.partition(" ")
    while space:
        if is_title(head) and is_label(rest.strip()):
            return head, rest.strip()
        more, space, rest = rest.partition(" ")
        head = f"{head} {more}"
    return "", text


def line_to_unit(line: str) -> str:
    """Return the unit of money that a unit line says, "" where it says none."""
    match = UNIT.search(line) or BARE_UNIT.match(line)
    return match.group(1) if match else ""


def take_inner_caption(grid: Grid) -> tuple[Caption, Grid]:
    """Take title and unit line out of the first rows of a grid, where a sheet printed them."""
    title, unit_line, top = "", "", 0
    width = grid_width(grid.cells)
    for row in range(grid_height(grid.cells)):
        cells = [cell for cell in grid.cells if cell.row == row]
        texts = [cell.text for cell in cells if cell.text]
        if is_wide(cells, width) and len(texts) == 1 and is_title(texts[0]) and not title:
            title = texts[0]
        elif texts and all(is_label(text) for text in texts):
            unit_line = " ".join([unit_line, *texts]).strip()
        else:
            break
        top = row + 1
    caption = Caption(title=title, page=grid.page, unit_line=unit_line)
    return caption, grid.model_copy(update={"cells": shift(grid.cells, top=top, by=-top)})


def is_wide(row: Sequence[GridCell], width: int) -> bool:
    """Tell whether a cell takes a whole row; in a ragged grid others may reach further right."""
    return any(cell.columns == width for cell in row) or (
        len(row) == 1 and row[0].column == 0 and row[0].columns > 1
    )


def split_grid(grid: Grid) -> list[Grid]:
    """Cut a grid in which several tables were drawn as one: at the rows that are the next title."""
    width = grid_width(grid.cells)
    rows = {row: texts for row, texts in rows_of(grid.cells).items() if texts}
    titled = [
        row
        for row, texts in rows.items()
        if len(texts) == 1 and is_title(texts[0].text)
        if width > 1 and is_wide([cell for cell in grid.cells if cell.row == row], width)
    ]
    starts = [row - 1 if is_tag_row(rows.get(row - 1, [])) else row for row in titled[1:]]
    cut = split_at(grid.cells, starts) if titled[:1] and starts else [grid.cells]
    return [grid.model_copy(update={"cells": cells}) for cells in cut]


def rows_of(cells: Sequence[GridCell]) -> dict[int, list[GridCell]]:
    """Return the cells of each row that print something."""
    rows: dict[int, list[GridCell]] = {cell.row: [] for cell in cells}
    for cell in cells:
        if cell.text:
            rows[cell.row].append(cell)
    return rows


def is_tag_row(row: Sequence[GridCell]) -> bool:
    """Tell whether a row only counts the tables: 附表2."""
    return len(row) == 1 and bool(TAG.match(row[0].text))


def take_inner_notes(grid: Grid) -> tuple[tuple[GridCell, ...], tuple[Paragraph, ...]]:
    """Take the rows that are a note over the whole width off the end of a grid."""
    cells, notes = list(grid.cells), list[Paragraph]()
    while cells:
        last = grid_height(cells) - 1
        texts = [cell for cell in cells if cell.row == last and cell.text]
        if len(texts) != 1 or not NOTE.match(texts[0].text):
            break
        notes.insert(0, cell_to_paragraph(texts[0], grid.page))
        cells = [cell for cell in cells if cell.row < last]
    return tuple(cells), tuple(notes)


def cell_to_paragraph(cell: GridCell, page: int | None) -> Paragraph:
    """Make a paragraph of a cell's text."""
    return Paragraph(segments=(Segment(page=page, text=cell.text),))
