"""`wenshu list`, `facts` and `audit`: what there is, as tables for people and rows for programs.

The checks are loaded by name in the commands that use them.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session
from bot.cli.console import show_table, warn
from bot.cli.report_lines import report_to_json, report_to_line, report_to_row
from bot.presentation.fact_rows import COLUMNS, Value, facts_to_rows
from bot.settings.environment import load_settings
from corpus.model.types import Report

if TYPE_CHECKING:
    from corpus.checks.findings import Finding
    from corpus.checks.unread import Count
    from index.library import Library

HEADINGS = ("编号", "单位", "层级", "年份", "类型", "段落", "数字", "文件")
SHOWN = ("编号", "单位", "年份", "项目", "口径", "原文数字", "更正为", "原文")
NO_FACT = "没有这样的数字。"
UNREAD = ("文件", "页", "位置", "印着的数", "原因", "前后文")
ALL_READ = "没有读漏的数字。"
COUNTED = "{report}：印着 {printed} 个数字，{unread} 个没有读成数字{reasons}"


def list_reports(
    *, as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False
) -> None:
    """列出已添加的报告；不在终端里时，每份一行，用制表符隔开。"""
    settings = load_settings()
    with session.opened(settings) as (library, _):
        held = [(report, library.counts(report.id)) for report in library.reports()]
        rows = [report_to_json(report, counts) for report, counts in held] if as_json else []
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif held:
        show_table(HEADINGS, [report_to_row(report, counts) for report, counts in held])
    else:
        warn(session.EMPTY.format(folder=settings.data))


def facts(
    *,
    org: Annotated[str, typer.Option(help="单位名称里的字")] = "",
    year: Annotated[int | None, typer.Option(help="年份")] = None,
    measure: Annotated[str, typer.Option(help="项目名称里的字")] = "",
    unread: Annotated[
        bool, typer.Option("--unread", help="列出印着而没有读成数字的，连同位置和原因")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV，列出全部栏目")] = False,
) -> None:
    """查看或导出报告里的数字。"""
    if unread:
        list_unread(org=org, year=year, as_csv=as_csv)
        return
    settings = load_settings()
    with session.opened(settings) as (library, _):
        is_empty = not library.reports()
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
        warn(session.EMPTY.format(folder=settings.data) if is_empty else NO_FACT)


def list_unread(*, org: str, year: int | None, as_csv: bool) -> None:
    """List the printed figures that are in no fact, of the reports of a body and a year."""
    rows: list[tuple[str, ...]] = []
    with session.opened(load_settings()) as (library, _):
        for report in library.reports():
            if org not in report.organisation or year not in (None, report.year):
                continue
            count = unread_of(report, library)
            typer.echo(count_to_line(report_to_line(report), count), err=as_csv)
            rows += [
                (report.name, str(each.page or ""), each.place, each.printed, each.reason,
                 each.around)
                for each in count.unread
            ]  # fmt: skip
    if as_csv:
        typer.echo(rows_to_csv(rows, UNREAD), nl=False)
    elif rows:
        show_table(UNREAD, rows)
    else:
        warn(ALL_READ)


def unread_of(report: Report, library: "Library") -> "Count":
    """Return how many figures a report prints and which of them are in no fact."""
    look = import_module("corpus.checks.unread").report_to_unread
    found: Count = look(report, library.printed(report.id))
    return found


def count_to_line(named: str, count: "Count") -> str:
    """Say of a report how many figures it prints and how many were not read, by reason."""
    reasons = Counter(each.reason for each in count.unread)
    listed = "、".join(f"{reason} {number}" for reason, number in reasons.most_common())
    return COUNTED.format(
        report=named,
        printed=count.printed,
        unread=len(count.unread),
        reasons=f"（{listed}）" if listed else "",
    )


def audit() -> None:
    """列出报告里对不上的数字。"""
    check = import_module("corpus.checks.audit").audit
    settings = load_settings()
    with session.opened(settings) as (library, _):
        if not library.reports():
            warn(session.EMPTY.format(folder=settings.data))
        for report in library.reports():
            findings: tuple[Finding, ...] = check(report, library.printed(report.id))
            found = f"{len(findings)} 处对不上" if findings else "没有发现对不上的数字"
            typer.echo(f"{report_to_line(report)}：{found}")
            for finding in findings:
                typer.echo(f"  · {finding.text}")


def rows_to_csv(rows: Iterable[Iterable[Value]], heads: tuple[str, ...] = COLUMNS) -> str:
    """Return rows under their heads as CSV."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([heads, *rows])
    return written.getvalue()
