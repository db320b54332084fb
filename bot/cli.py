"""The command `wenshu`: the library and the answers in a terminal.

The desk, the audit and the Telegram bot are loaded by name in the commands that use them: `wenshu
list` should not wait for them, and nothing but an encoder may load torch.
"""

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import Bar, show_table
from bot.nouns import Answer, Memory
from bot.settings import Settings, load_settings
from bot.sheet import COLUMNS, Value, fact_to_row
from bot.terminal import answer_to_text
from corpus.model.errors import BadIndex, BadReport, WenshuError
from corpus.model.types import Report
from corpus.readers.files.archives import unpacked
from index.encoder.encoder import SentenceEncoder
from index.files import report_files
from index.library import Added, Library

if TYPE_CHECKING:
    from bot.desk import Desk
    from corpus.checks.findings import Finding

FAILED = 2
EMPTY = "还没有报告：请先用 wenshu add 添加。"
NO_FIGURES = "没有读出一个数字，请打开原文核对"
PROMPT = "问："
NEW = "/new"
app = typer.Typer(
    help="问数：问政府公开报告，得到准确的数字和它的出处。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def main() -> None:
    """Run the command; an error meant for people is one sentence and exit code 2."""
    try:
        app()
    except WenshuError as error:
        typer.echo(str(error), err=True)
        sys.exit(FAILED)


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Library, Bar]]:
    """Open the library of the settings with a bar for what takes long; close both at the end."""
    with (
        Bar() as bar,
        Library.open(
            settings.library,
            encoder=lambda: SentenceEncoder(
                settings.model, models=settings.models, notice=bar.notice
            ),
            progress=bar.show,
        ) as library,
    ):
        yield library, bar


@app.command()
def add(
    files: Annotated[
        list[Path], typer.Argument(help="PDF、Word、Excel、网页、文本，或装着它们的文件夹、.zip")
    ],
) -> None:
    """添加报告；同一份文件不会重复添加，同一份报告的新文件取代旧的。"""
    refused: list[BadReport] = []

    def refuse(_: Path, error: BadReport) -> None:
        refused.append(error)

    with opened(load_settings()) as (library, bar), unpacked(report_files(files), refuse) as found:
        added = library.add(found, progress=bar.show, refuse=refuse)
    for one in added:
        typer.echo(added_to_line(one))
    for error in refused:
        typer.echo(str(error), err=True)
    if refused:
        raise typer.Exit(FAILED)


@app.command()
def remove(
    report: Annotated[str, typer.Argument(help="编号（wenshu list 的第一列）或文件名")],
) -> None:
    """移除一份报告。"""
    with opened(load_settings()) as (library, _):
        found = find_report(library, report)
        library.remove(found.id)
    typer.echo(f"已移除：{report_to_line(found)}")


@app.command(name="list")
def list_reports() -> None:
    """列出已添加的报告。"""
    with opened(load_settings()) as (library, _):
        rows = [report_to_row(report, library.counts(report.id)) for report in library.reports()]
    if not rows:
        typer.echo(EMPTY)
        return
    show_table(("编号", "单位", "层级", "年份", "类型", "段落", "数字", "文件"), rows)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="问题，例如：2024年三公经费多少")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="列出怎样理解和选出答案")] = False,
) -> None:
    """问一个问题。"""
    settings = load_settings()
    with opened(settings) as (library, _):
        desk = desk_over(library, settings)
        answer = desk.answer(question).answer
        if explain:
            typer.echo(desk.explain(question))
    typer.echo(answer.model_dump_json(indent=2) if as_json else answer_to_text(answer))


@app.command()
def chat() -> None:
    """在终端里连续地问；/new 重新开始，回答里的选项可以直接输入序号。"""
    settings = load_settings()
    with opened(settings) as (library, _):
        desk = desk_over(library, settings)
        memory, answer = Memory(), None
        for line in _lines_typed():
            if line == NEW:
                memory, answer = Memory(), None
                continue
            reply = desk.answer(_chosen(line, answer), memory)
            memory, answer = reply.memory, reply.answer
            typer.echo(answer_to_text(answer) + "\n")


@app.command()
def facts(
    *,
    org: Annotated[str, typer.Option(help="单位名称里的字")] = "",
    year: Annotated[int | None, typer.Option(help="年份")] = None,
    measure: Annotated[str, typer.Option(help="项目名称里的字")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV，列出全部栏目")] = False,
) -> None:
    """查看或导出报告里的数字。"""
    with opened(load_settings()) as (library, _):
        found = [
            (fact, library.report(fact.report))
            for fact in library.facts.find(years=() if year is None else (year,))
            if org in fact.organisation and measure in fact.measure
        ]
    rows = [fact_to_row(fact, report) for fact, report in found]
    if as_csv:
        typer.echo(rows_to_csv(rows), nl=False)
    elif rows:
        shown = [
            COLUMNS.index(name) for name in ("单位", "年份", "项目", "口径", "原文数字", "原文")
        ]
        show_table(
            [COLUMNS[at] for at in shown], [[str(row[at] or "") for at in shown] for row in rows]
        )
    else:
        typer.echo("没有这样的数字。")


@app.command()
def audit() -> None:
    """列出报告里对不上的数字。"""
    check = import_module("corpus.checks.audit").audit
    with opened(load_settings()) as (library, _):
        for report in library.reports():
            findings: tuple[Finding, ...] = check(report, library.facts.find(reports=(report.id,)))
            found = f"{len(findings)} 处对不上" if findings else "没有发现对不上的数字"
            typer.echo(f"{report_to_line(report)}：{found}")
            for finding in findings:
                typer.echo(f"  · {finding.text}")


@app.command()
def serve() -> None:
    """运行 Telegram 机器人。"""
    import_module("bot.serve").run(load_settings())


def desk_over(library: Library, settings: Settings) -> "Desk":
    """Return the desk over a library; raise `BadIndex` where no report is loaded."""
    if not library.reports():
        raise BadIndex(EMPTY)
    desk: Desk = import_module("bot.desk").Desk(library, settings.home)
    return desk


def find_report(library: Library, words: str) -> Report:
    """Return the one report with this file name or beginning of an id; raise `BadIndex` else."""
    found = [one for one in library.reports() if words and one.id.startswith(words)]
    found = found or [one for one in library.reports() if one.name == words]
    if len(found) != 1:
        many = "不止一份报告是" if found else "没有这份报告："
        raise BadIndex(f"{many}“{words}”，请用 wenshu list 里的编号。")
    return found[0]


def report_to_line(report: Report) -> str:
    """Return what was understood of a report: whose, level, year, kind, and its file."""
    year = f"{report.year}年" if report.year else "年份不明"
    whose = report.organisation or "单位不明"
    return " ".join(part for part in (whose, report.level, year, report.kind) if part) + (
        f"（{report.name}）"
    )


def report_to_row(report: Report, counts: tuple[int, int]) -> list[str]:
    """Return a report as a row of `wenshu list`."""
    return [
        report.id[:8],
        report.organisation,
        report.level or "",
        str(report.year or ""),
        report.kind,
        *(str(count) for count in counts),
        report.name,
    ]


def added_to_line(added: Added) -> str:
    """Return what adding a file came to."""
    line = f"{report_to_line(added.report)}：{added.passages} 段，{added.facts} 个数字"
    if added.already:
        return f"{line}，已经在库里"
    line = f"{line}，取代了旧文件" if added.replaced else line
    return "；".join([line, *report_to_notices(added.report, facts=added.facts)])


def report_to_notices(report: Report, *, facts: int) -> list[str]:
    """Return what a person should know of a file: its source, and what of it was not read."""
    day = report.origin.published
    source = [f"发布于{day.year}年{day.month}月{day.day}日"] if day else []
    source += [f"来自 {report.origin.address}"] if report.origin.address else []
    return [*source, *report.notices, *([] if facts else [NO_FIGURES])]


def rows_to_csv(rows: Iterable[Iterable[Value]]) -> str:
    """Return rows under `COLUMNS` as CSV."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([COLUMNS, *rows])
    return written.getvalue()


def _lines_typed() -> Iterator[str]:
    typer.echo(PROMPT, nl=False)
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
        typer.echo(PROMPT, nl=False)


def _chosen(line: str, answer: Answer | None) -> str:
    """Return the question of the choice whose number was typed, or the line itself."""
    choices = answer.choices if answer else ()
    if line.isdecimal() and 1 <= int(line) <= len(choices):
        return choices[int(line) - 1].question
    return line


if __name__ == "__main__":
    main()
