"""Old workbooks (.xls, .et): cached values as their cells show them. Reads with xlrd."""

import struct
from collections.abc import Iterator
from io import StringIO
from typing import Any

import xlrd  # type: ignore[import-untyped]

from corpus.model.errors import BadReport
from corpus.model.types import Draft, GridCell
from corpus.readers.sheets.layout import Places, Sheet, sheets_to_pieces
from corpus.readers.sheets.number_formats import GENERAL, show_date, show_number

BROKEN = "不是完整的 Excel 表格（.xls），可能损坏或没下载完；请重新下载，或用 Excel 另存为 .xlsx。"
LOCKED = "加了密码；请用 Excel 打开，去掉密码，再添加。"
ERRORS = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, AttributeError, IndexError, KeyError,
    OverflowError, TypeError, ValueError, NotImplementedError, struct.error,
)  # fmt: skip
VISIBLE = 0


def read_xls(data: bytes) -> Draft:
    """Read an old workbook: the sheets that are shown, in order, without what is hidden in them.

    Raises `BadReport` for a file that is locked or cannot be opened.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        sheets = [to_sheet(book, sheet) for sheet in book.sheets() if sheet.visibility == VISIBLE]
    except ERRORS as error:
        raise BadReport(LOCKED if "encrypted" in str(error) else BROKEN) from error
    return Draft(pages=None, pieces=tuple(sheets_to_pieces(sheets)))


def to_sheet(book: Any, sheet: Any) -> Sheet:
    """Take the cells of a sheet that a person sees."""
    rows = Places(row for row, looks in sheet.rowinfo_map.items() if looks.hidden)
    columns = Places(column for column, looks in sheet.colinfo_map.items() if looks.hidden)
    merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
    cells = []
    for row, column, cell in printed_cells(sheet):
        text = cell_to_text(book, cell)
        bottom, right = merged.get((row, column), (row + 1, column + 1))
        height, width = rows.count(row, bottom), columns.count(column, right)
        if text and height and width:
            place = {"row": rows.at(row), "column": columns.at(column)}
            cells.append(GridCell(**place, rows=height, columns=width, text=text))
    return Sheet(name=sheet.name, cells=tuple(cells))


def printed_cells(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    """Yield the cells of a sheet that hold anything, with their places."""
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                yield row, column, cell


def cell_to_text(book: Any, cell: Any) -> str:
    """Return what a cell shows; nothing of what is struck out."""
    looks = book.xf_list[cell.xf_index]
    if book.font_list[looks.font_index].struck_out:
        return ""
    known = book.format_map.get(looks.format_key)
    number_format = known.format_str if known else GENERAL
    if cell.ctype == xlrd.XL_CELL_DATE:
        return serial_to_text(cell.value, number_format, book.datemode)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return show_number(cell.value, number_format)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).upper()
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    return str(cell.value)


def serial_to_text(value: float, number_format: str, datemode: int) -> str:
    """Return a date from the days that a workbook counts; the number itself where it is none."""
    try:
        moment = xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return show_number(value, GENERAL)
    return show_date(moment.time() if value < 1 else moment, number_format)
