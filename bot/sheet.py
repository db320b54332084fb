"""Facts as rows of a sheet, each with all parts of its source; for CSV and for spreadsheets."""

from decimal import Decimal

from bot.compose import ARROW
from corpus.model.types import Fact, Report

Value = str | int | Decimal | None

COLUMNS = (
    "单位", "层级", "报告年", "类型", "年份", "项目", "细分", "口径", "数值", "计量单位",
    "原文数字", "约数", "表", "行", "列", "章节", "页", "原文", "标题", "文件", "编号",
)  # fmt: skip


def fact_to_row(fact: Fact, report: Report) -> tuple[Value, ...]:
    """Return a fact under `COLUMNS`; 数值 is to be counted with, 原文数字 is what was printed."""
    return (
        fact.organisation, fact.level, fact.report_year, fact.kind, fact.year, fact.measure,
        fact.facet, fact.aspect, fact.value, fact.unit, fact.printed, fact.vague,
        fact.table, ARROW.join(fact.row), ARROW.join(fact.column), ARROW.join(fact.section),
        fact.spans[0].page, fact.quote, report.title, report.name, fact.id,
    )  # fmt: skip
