"""Facts as a spreadsheet with a column for each part of their source. Owns openpyxl."""

import io
from collections.abc import Callable, Iterable

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

from bot.sheet import COLUMNS, fact_to_row
from corpus.nouns import Fact, Report


def facts_to_xlsx(facts: Iterable[Fact], report_of: Callable[[str], Report]) -> bytes:
    """Write a workbook, one fact a row; text stays text even where it begins like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append(COLUMNS)
    for fact in facts:
        cells = []
        for value in fact_to_row(fact, report_of(fact.report)):
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
