"""Tables as people read them: grids of single pages put together with title, unit line and notes.

Only the shape is understood here. What a cell means is told by its columns and rows, see
`corpus.tables.columns`.
"""

import re
from collections.abc import Sequence

from corpus.lexicon.grammar import patterns
from corpus.model.types import Grid, GridCell, Noun, Paragraph, Piece
from corpus.structure.captions import (
    CONTINUED,
    LONGEST_NOTE,
    NOTE,
    NOTE_ITEM,
    SHORTEST_BROKEN,
    UNIT,
    Caption,
    cell_to_paragraph,
    line_to_unit,
    lines_to_caption,
    split_grid,
    take_inner_caption,
    take_inner_notes,
)
from corpus.structure.grids import (
    NUMBER,
    NUMBERED,
    TOTAL,
    clean_grid,
    grid_height,
    grid_width,
    header_height,
    shift,
)

PATTERNS = patterns("structure.table_assembly")
SIDE_BY_SIDE = PATTERNS["side_by_side"]
FORM_LABEL = patterns("tables.regions")["project_label"]
LONGEST_CAPTION = 7  # paragraphs
LONGEST_TAIL = 4  # characters


class LooseTable(Noun):
    """A table through all its pages, not yet given its place in a report.

    `unit_line` is as printed ("编制部门：… 单位：元"), `unit` what it says (元, 万元 …) or "".
    `header` counts the rows that name the columns; `row_pages` has the page of each row.
    """

    title: str
    title_page: int | None
    unit_line: str
    unit: str
    header: int
    cells: tuple[GridCell, ...]
    row_pages: tuple[int | None, ...]
    notes: tuple[Paragraph, ...] = ()


def pieces_to_tables(pieces: Sequence[Piece]) -> tuple[Paragraph | LooseTable, ...]:
    """Put each grid together with its caption, its other pages and its notes; keep the order.

    A grid without a title of its own at the start of the page after a table of as many columns
    belongs to that table, and to a form of any width. A grid of one column is a frame around text
    and becomes paragraphs.
    """
    done: list[Paragraph | LooseTable] = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            add_paragraph(done, piece)
            continue
        grid = clean_grid(piece)
        if grid_width(grid.cells) == 1:
            done.extend(cell_to_paragraph(cell, grid.page) for cell in grid.cells if cell.text)
        elif any(cell.text for cell in grid.cells):
            for part in split_grid(grid):
                add_grid(done, part)
    return tuple(done)


def add_paragraph(done: list[Paragraph | LooseTable], paragraph: Paragraph) -> None:
    """Append a paragraph, or give it to the table before it whose note it is."""
    text = paragraph.text.strip()
    table = done[-1] if done else None
    if isinstance(table, LooseTable) and len(text) <= LONGEST_NOTE:
        itemised = bool(table.notes) and bool(re.search(r"[:：]\s*1", table.notes[0].text[:5]))
        if NOTE.match(text) or (itemised and NOTE_ITEM.match(text)):
            done[-1] = table.model_copy(update={"notes": (*table.notes, paragraph)})
            return
    done.append(paragraph)


def add_grid(done: list[Paragraph | LooseTable], grid: Grid) -> None:
    """Append a grid as a new table, or as the next page of the table before it."""
    before = last_paragraphs(done)
    caption, taken = lines_to_caption(before)
    kept = len(done) - taken
    inner, grid = take_inner_caption(grid)
    caption = Caption(
        title=caption.title or inner.title,
        page=caption.page if caption.title else inner.page,
        unit_line=caption.unit_line or inner.unit_line,
    )
    table = done[kept - 1] if kept else None
    if grid.beside and isinstance(table, LooseTable) and not caption.title:
        done[kept - 1 :] = tables_side_by_side(table, grid, caption)
    elif isinstance(table, LooseTable) and continues(table, grid, caption):
        done[kept - 1 :] = [extend_table(table, grid)]
    elif caption.title or UNIT.search(caption.unit_line):
        done[kept:] = [grid_to_table(grid, caption)]
    else:
        done.append(grid_to_table(grid, Caption()))


def tables_side_by_side(
    table: LooseTable, grid: Grid, caption: Caption
) -> tuple[LooseTable, LooseTable]:
    """Return a table and the one to its right: they share the lines that stand above both."""
    titles = SIDE_BY_SIDE.match(table.title)
    if titles:
        table = table.model_copy(update={"title": titles["left"].strip()})
    shared = Caption(
        title=titles["right"].strip() if titles else "",
        page=table.title_page,
        unit_line=caption.unit_line or last_unit(table.unit_line),
    )
    return table, grid_to_table(grid, shared)


def last_unit(line: str) -> str:
    """Return a unit line from its last unit on: each of two tables may print its own."""
    units = list(UNIT.finditer(line))
    return line[units[-1].start() :] if len(units) > 1 else line


def last_paragraphs(done: Sequence[Paragraph | LooseTable]) -> tuple[Paragraph, ...]:
    """Return the last few pieces as far back as they are paragraphs."""
    found: list[Paragraph] = []
    for piece in reversed(done[-LONGEST_CAPTION:]):
        if not isinstance(piece, Paragraph):
            break
        found.insert(0, piece)
    return tuple(found)


def grid_to_table(grid: Grid, caption: Caption) -> LooseTable:
    """Make the table of a grid that starts one."""
    cells, notes = take_inner_notes(grid)
    return LooseTable(
        title=caption.title,
        title_page=caption.page,
        unit_line=caption.unit_line,
        unit=line_to_unit(caption.unit_line),
        header=header_height(cells),
        cells=cells,
        row_pages=(grid.page,) * grid_height(cells),
        notes=notes,
    )


def continues(table: LooseTable, grid: Grid, caption: Caption) -> bool:
    """Tell whether a grid is the next page of a table."""
    last = table.row_pages[-1] if table.row_pages else None
    if grid.page is None or last is None or not 0 <= grid.page - last <= 1:
        return False
    own = CONTINUED.sub("", caption.title)
    if own and own != CONTINUED.sub("", table.title):
        return False
    if repeats_header(table, grid.cells):
        return True
    same_page = grid.page == last
    narrower = grid_width(grid.cells) - grid_width(table.cells)
    lone_total = narrower < 0 and bool(TOTAL.match(grid.cells[0].text))
    return not same_page and (narrower == 0 or lone_total or is_form(table))


def is_form(table: LooseTable) -> bool:
    """Tell whether a row gives the name of a project: a form has rows of every width."""
    return any(cell.column == 0 and FORM_LABEL.match(cell.text) for cell in table.cells)


def repeats_header(table: LooseTable, cells: Sequence[GridCell]) -> bool:
    """Tell whether the first rows of a grid are the header of the table again."""
    printed = [(cell.row, cell.text) for cell in table.cells if cell.row < table.header]
    again = [(cell.row, cell.text) for cell in cells if cell.row < table.header]
    return bool(printed) and [pair for pair in printed if pair[1]] == [
        pair for pair in again if pair[1]
    ]


def extend_table(table: LooseTable, grid: Grid) -> LooseTable:
    """Append the rows of a further page, without a repeated header; join a row cut by the page."""
    fresh, notes = take_inner_notes(grid)
    if repeats_header(table, fresh):
        fresh = shift(fresh, top=table.header, by=-table.header)
    fresh = align_right(fresh, width=grid_width(table.cells))
    cells = list(table.cells)
    if is_rest_of_row(table, fresh):
        cells = join_rows(cells, [cell for cell in fresh if cell.row == 0])
        fresh = shift(fresh, top=1, by=-1)
    height = grid_height(cells)
    return table.model_copy(
        update={
            "cells": (*cells, *shift(fresh, top=0, by=height)),
            "row_pages": (*table.row_pages, *(grid.page,) * grid_height(fresh)),
            "notes": (*table.notes, *notes),
        }
    )


def align_right(cells: Sequence[GridCell], *, width: int) -> tuple[GridCell, ...]:
    """Widen the first cell of a row of totals that was drawn with fewer columns than the table."""
    lack = width - grid_width(cells)
    if lack <= 0:
        return tuple(cells)
    return tuple(
        cell.model_copy(update={"columns": cell.columns + lack})
        if cell.column == 0
        else cell.model_copy(update={"column": cell.column + lack})
        for cell in cells
    )


def is_rest_of_row(table: LooseTable, cells: Sequence[GridCell]) -> bool:
    """Tell whether the first row of a page goes on with a name that the page before began."""
    row = [cell for cell in cells if cell.row == 0 and cell.text]
    last = grid_height(table.cells) - 1
    above = {cell.column: cell.text for cell in table.cells if cell.row == last and cell.text}
    if not row or row[0].column not in above or last < table.header:
        return False
    name = row[0].text
    if NUMBERED.match(name) or TOTAL.match(name) or NUMBER.fullmatch(name):
        return False
    coded = row[0].column > 0 and bool(NUMBER.fullmatch(above.get(0, "")))
    if len(row) == 1:
        short = len(name) <= LONGEST_TAIL and len(above[row[0].column]) >= SHORTEST_BROKEN
        return coded or short
    return coded and not any(cell.column in above for cell in row[1:])


def join_rows(cells: Sequence[GridCell], rest: Sequence[GridCell]) -> list[GridCell]:
    """Append the texts of a cut row to the cells of the last row."""
    last = grid_height(cells) - 1
    more = {cell.column: cell.text for cell in rest}
    return [
        cell.model_copy(update={"text": cell.text + more.get(cell.column, "")})
        if cell.row == last
        else cell
        for cell in cells
    ]
