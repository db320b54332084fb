"""`wenshu list`, `facts` and `audit`: what there is, as tables for people and rows for programs.

The audit is loaded by name in the command that uses it.
"""

import csv
import io
import json
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session
from bot.cli.console import show_table
from bot.cli.report_lines import report_to_json, report_to_line, report_to_row
from bot.presentation.fact_rows import COLUMNS, Value, facts_to_rows
from bot.settings.environment import load_settings

if TYPE_CHECKING:
    from corpus.checks.findings import Finding

HEADINGS = ("编号", "单位", "层级", "年份", "类型", "段落", "数字", "文件")
SHOWN = ("编号", "单位", "年份", "项目", "口径", "原文数字", "更正为", "原文")
NO_FACT = "没有这样的数字。"


def list_reports(
    *, as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False
) -> None:
    """列出已添加的报告；不在终端里时，每份一行，用制表符隔开。"""
    settings = load_settings()
    with session.opened(settings) as (library, _):
        held = [(report, library.counts(report.id)) for report in library.reports()]
    if as_json:
        rows = [report_to_json(report, counts) for report, counts in held]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif held:
        show_table(HEADINGS, [report_to_row(report, counts) for report, counts in held])
    else:
        typer.echo(session.EMPTY.format(folder=settings.data))


def facts(
    *,
    org: Annotated[str, typer.Option(help="单位名称里的字")] = "",
    year: Annotated[int | None, typer.Option(help="年份")] = None,
    measure: Annotated[str, typer.Option(help="项目名称里的字")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV，列出全部栏目")] = False,
) -> None:
    """查看或导出报告里的数字。"""
    with session.opened(load_settings()) as (library, _):
        found = [
            fact
            for fact in library.facts.find(years=() if year is None else (year,))
            if org in fact.organisation and measure in fact.measure
        ]
        rows = list(facts_to_rows(found, library))
    if as_csv:
        typer.echo(rows_to_csv(rows), nl=False)
    elif rows:
        shown = [COLUMNS.index(name) for name in SHOWN]
        show_table(SHOWN, [[str(row[at] or "") for at in shown] for row in rows])
    else:
        typer.echo(NO_FACT)


def audit() -> None:
    """列出报告里对不上的数字。"""
    check = import_module("corpus.checks.audit").audit
    with session.opened(load_settings()) as (library, _):
        for report in library.reports():
            findings: tuple[Finding, ...] = check(report, library.printed(report.id))
            found = f"{len(findings)} 处对不上" if findings else "没有发现对不上的数字"
            typer.echo(f"{report_to_line(report)}：{found}")
            for finding in findings:
                typer.echo(f"  · {finding.text}")


def rows_to_csv(rows: Iterable[Iterable[Value]]) -> str:
    """Return rows under `COLUMNS` as CSV."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([COLUMNS, *rows])
    return written.getvalue()
