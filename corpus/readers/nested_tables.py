"""Tables inside the cells of a table, drawn into it: as it looks on the page, one table.

A form often draws the money of a project as a table of its own within one cell of the form.
"""

from collections.abc import Mapping, Sequence

from corpus.model.types import GridCell

Inner = Mapping[int, Sequence[Sequence[GridCell]]]


def draw_in(cells: Sequence[GridCell], inner: Inner) -> tuple[GridCell, ...]:
    """Return the cells of a table with those of the tables in them, each a cell of its own.

    `inner` has the tables of a cell, from the top down, by its place in `cells`. The rows and
    columns of a cell that holds a table are divided; the cells beside it reach over all of them.
    """
    rows, columns = _room(cells, inner, down=True), _room(cells, inner, down=False)
    drawn: list[GridCell] = []
    for at, cell in enumerate(cells):
        top, left = _start(rows, cell.row), _start(columns, cell.column)
        bottom = _start(rows, cell.row + cell.rows)
        right = _start(columns, cell.column + cell.columns)
        tables = inner.get(at, ())
        outer = {"row": top, "column": left, "columns": right - left}
        if cell.text or not tables:
            height = 1 if tables else bottom - top
            drawn.append(cell.model_copy(update={**outer, "rows": height}))
            top += height
        for table in tables:
            drawn.extend(_placed(table, top=top, left=left, right=right))
            top += _extent(table, down=True)
    return tuple(sorted(drawn, key=lambda cell: (cell.row, cell.column)))


def _room(cells: Sequence[GridCell], inner: Inner, *, down: bool) -> dict[int, int]:
    """Return how many rows or columns each row or column is divided into, where more than one."""
    room: dict[int, int] = {}
    for at, tables in inner.items():
        cell = cells[at]
        extents = [_extent(table, down=down) for table in tables]
        if down:
            place, span = cell.row, cell.rows
            need = sum(extents) + bool(cell.text)
        else:
            place, span = cell.column, cell.columns
            need = max(extents)
        room[place] = max(room.get(place, 1), need - span + 1)
    return room


def _start(room: Mapping[int, int], place: int) -> int:
    return place + sum(more - 1 for at, more in room.items() if at < place)


def _extent(table: Sequence[GridCell], *, down: bool) -> int:
    if down:
        return max(cell.row + cell.rows for cell in table)
    return max(cell.column + cell.columns for cell in table)


def _placed(table: Sequence[GridCell], *, top: int, left: int, right: int) -> list[GridCell]:
    """Move a table to its place; its last column reaches to the edge of the cell around it."""
    width, lack = _extent(table, down=False), right - left
    return [
        cell.model_copy(
            update={
                "row": top + cell.row,
                "column": left + cell.column,
                "columns": cell.columns
                + (lack - width if cell.column + cell.columns == width else 0),
            }
        )
        for cell in table
    ]
