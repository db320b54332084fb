"""Facts as rows of a sheet, each with all parts of its source; for CSV and for spreadsheets."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.presentation.answer_text import ARROW
from corpus.model.types import Fact, Report, Table
from index.library import Library
from index.store import Reading

Value = str | int | Decimal | None

COLUMNS = (
    "单位", "层级", "报告年", "类型", "年份", "项目", "细分", "口径", "数值", "计量单位",
    "原文数字", "约数", "表", "行", "列", "章节", "页", "原文", "标题", "文件", "编号",
    "更正为", "更正原因", "更正日期", "表的单位", "文件哈希", "读法", "读取时间",
)  # fmt: skip


def facts_to_rows(facts: Iterable[Fact], library: Library) -> Iterator[tuple[Value, ...]]:
    """Yield facts under `COLUMNS`, in their order."""
    sources: dict[str, tuple[Report, Reading]] = {}
    for fact in facts:
        if fact.report not in sources:
            sources[fact.report] = library.report(fact.report), library.reading(fact.report)
        yield fact_to_row(fact, *sources[fact.report])


def fact_to_row(fact: Fact, report: Report, reading: Reading) -> tuple[Value, ...]:
    """Return a fact under `COLUMNS`.

    数值 is to be counted with, corrected where there is a correction; 原文数字 is what was printed.
    """
    mended = fact.correction
    table = table_of(fact, report)
    return (
        fact.organisation, fact.level, fact.report_year, fact.kind, fact.year, fact.measure,
        fact.facet, fact.aspect, fact.value, fact.unit, fact.printed, fact.vague,
        fact.table, ARROW.join(fact.row), ARROW.join(fact.column), ARROW.join(fact.section),
        fact.spans[0].page, fact.quote, report.title, report.name, fact.id,
        mended.said if mended else None, mended.reason if mended else None,
        mended.made.isoformat() if mended else None,
        table.unit if table else "", report.id, reading.pipeline, reading.at,
    )  # fmt: skip


def table_of(fact: Fact, report: Report) -> Table | None:
    """Return the table that prints a figure, None where running text does."""
    at = fact.spans[0].start
    inside = (table for table in report.tables if table.span.start <= at < table.span.end)
    return next(inside, None)
