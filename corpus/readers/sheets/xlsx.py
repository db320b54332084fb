"""Workbooks (.xlsx): cached values as their cells show them. Reads with openpyxl."""

import datetime
import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl  # type: ignore[import-untyped]

from corpus.model.errors import BadReport
from corpus.model.types import Draft, GridCell
from corpus.readers.files.packages import PACKAGE_ERRORS, check_package
from corpus.readers.sheets.layout import Places, Sheet, sheets_to_pieces
from corpus.readers.sheets.number_formats import show_date, show_number

BROKEN = "不是完整的 Excel 表格（.xlsx），可能损坏或没下载完；请重新下载，或用 Excel 另存为 .xlsx。"
UNCOUNTED = "有 {count} 个公式没有存下结果，它们的格子读作空白；请用 Excel 打开、保存后再添加"
NO_RESULT = re.compile(
    rb"<c\b(?![^>]*\bt=\"str\")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v>\s*</v>|<v/>)?\s*</c>"
)
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
SHOWN = "visible"
Cells = dict[tuple[int, int], Any]


def read_xlsx(data: bytes) -> Draft:
    """Read a workbook: the sheets that are shown, in order, without what is hidden in them.

    Raises `BadReport` for a package that holds no workbook or cannot be opened.
    """
    check_package(data, broken=BROKEN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that only a program's screens need
            book = openpyxl.load_workbook(BytesIO(data), data_only=True)
        sheets = [to_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == SHOWN]
    except (*PACKAGE_ERRORS, TypeError, AttributeError, IndexError) as error:
        raise BadReport(BROKEN) from error
    missing = count_uncounted(data)
    return Draft(
        pages=None,
        pieces=tuple(sheets_to_pieces(sheets)),
        notices=(UNCOUNTED.format(count=missing),) if missing else (),
    )


def count_uncounted(data: bytes) -> int:
    """Count the formulas whose results no program has stored in the file."""
    with ZipFile(BytesIO(data)) as package:
        parts = [name for name in package.namelist() if SHEET_PART.fullmatch(name)]
        return sum(len(NO_RESULT.findall(package.read(name))) for name in parts)


def to_sheet(sheet: Any) -> Sheet:
    """Take the cells of a sheet that a person sees: in its print area, not hidden."""
    rows = Places(hidden_rows(sheet))
    columns = Places(hidden_columns(sheet))
    merged = {
        (area.min_row, area.min_col): (area.max_row, area.max_col)
        for area in sheet.merged_cells.ranges
    }
    inside = print_areas(sheet)
    cells = []
    for (row, column), cell in sorted(stored_cells(sheet).items()):
        text = cell_to_text(cell)
        if not text or not any(in_area(row, column, area) for area in inside):
            continue
        bottom, right = merged.get((row, column), (row, column))
        height, width = rows.count(row - 1, bottom), columns.count(column - 1, right)
        if height and width:
            place = {"row": rows.at(row - 1), "column": columns.at(column - 1)}
            cells.append(GridCell(**place, rows=height, columns=width, text=text))
    return Sheet(name=sheet.title, cells=tuple(cells))


def stored_cells(sheet: Any) -> Cells:
    """Return the cells that the file holds; asking by rows would make all that lie between."""
    cells: Cells = sheet._cells
    return cells


def hidden_rows(sheet: Any) -> Iterator[int]:
    """Yield the rows that are hidden by hand or by a filter."""
    for row, looks in sheet.row_dimensions.items():
        if looks.hidden:
            yield row - 1


def hidden_columns(sheet: Any) -> Iterator[int]:
    """Yield the hidden columns; one entry of the file speaks for a stretch of them."""
    for looks in sheet.column_dimensions.values():
        if looks.hidden:
            looks.reindex()
            yield from range(looks.min - 1, looks.max)


def print_areas(sheet: Any) -> list[tuple[int, int, int, int]]:
    """Return what is printed of a sheet as columns and rows from, to; all of it where unsaid.

    What its author works with stands beside the print area: checks, levels, last year's drafts.
    """
    if not sheet.print_area:
        return [(1, 1, 1 << 14, 1 << 20)]
    areas = sheet.print_area if isinstance(sheet.print_area, list) else [sheet.print_area]
    plain = [part.rpartition("!")[2] for area in areas for part in area.split(",")]
    return [openpyxl.utils.range_boundaries(part) for part in plain]


def in_area(
    row: int, column: int, area: tuple[int | None, int | None, int | None, int | None]
) -> bool:
    """Tell whether a cell lies in an area; whole rows and columns have no bounds."""
    left, top, right, bottom = area
    after = (left or 1) <= column and (top or 1) <= row
    return after and column <= (right or column) and row <= (bottom or row)


def cell_to_text(cell: Any) -> str:
    """Return what a cell shows; nothing of what is struck out."""
    value = cell.value
    if value is None or (cell.font and cell.font.strike):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date | datetime.time):
        return show_date(value, cell.number_format)
    if isinstance(value, int | float):
        return show_number(value, cell.number_format)
    return "" if isinstance(value, datetime.timedelta) else str(value)
