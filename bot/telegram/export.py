"""Facts as a spreadsheet with a column for each part of their source. Owns openpyxl."""

import io
from collections.abc import Callable, Iterable

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

from bot.compose import ARROW
from corpus.nouns import Fact, Report

_COLUMNS = (
    "单位", "层级", "年份", "报告类型", "项目", "细项", "口径", "数值",
    "原文数字", "计量单位", "约数", "原文", "章节", "表", "行", "列", "页", "文件", "标题", "编号",
)  # fmt: skip
Value = str | int | float | None


def facts_to_xlsx(facts: Iterable[Fact], report_of: Callable[[str], Report]) -> bytes:
    """Write a workbook, one fact a row; text stays text even where it begins like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append(_COLUMNS)
    for fact in facts:
        cells = []
        for value in _row(fact, report_of(fact.report)):
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _row(fact: Fact, report: Report) -> tuple[Value, ...]:
    # A spreadsheet counts in floating point: the column 原文数字 keeps what was printed.
    return (
        fact.organisation, fact.level, fact.year, fact.kind, fact.measure, fact.facet, fact.aspect,
        float(fact.value), fact.printed, fact.unit, fact.vague, fact.quote,
        ARROW.join(fact.section), fact.table, ARROW.join(fact.row), ARROW.join(fact.column),
        fact.spans[0].page, report.name, report.title, fact.id,
    )  # fmt: skip
