"""Facts as a spreadsheet with a column for each part of their source. Owns openpyxl."""

import io
from collections.abc import Iterable

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from bot.presentation.fact_rows import COLUMNS, facts_to_rows
from corpus.model.types import Fact
from index.library import Library

# Wide enough to be read without dragging; a column that is not listed keeps its width.
_WIDTHS = (
    24,
    6,
    8,
    10,
    6,
    24,
    12,
    8,
    12,
    8,
    12,
    6,
    24,
    24,
    18,
    36,
    6,
    48,
    40,
    40,
    18,
    12,
    30,
    12,
    10,
)


def facts_to_xlsx(facts: Iterable[Fact], library: Library) -> bytes:
    """Write a workbook, one fact a row; text stays text even where it begins like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.freeze_panes = "A2"
    for at, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append(COLUMNS)
    for row in facts_to_rows(facts, library):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
