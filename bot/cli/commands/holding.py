"""`wenshu add` and `wenshu remove`: what the library holds."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import session
from bot.cli.console import warn
from bot.cli.report_lines import ID_SHOWN, added_to_line, report_to_line
from bot.settings.environment import load_settings
from corpus.model.errors import BadIndex, BadReport, WenshuError
from corpus.model.types import Report
from corpus.readers.files.archives import unpacked
from index.engines.opening import is_there
from index.engines.queue import Outcome
from index.files import passed_over, report_files
from index.library import Added, Library

FAILED = 2
MOST_NAMED = 10
SHORTEST_ID = 4  # fewer characters of an id are a slip of the finger as often as a report
EMPTY_FOLDER = "文件夹“{folder}”里没有可以读的报告。"
PASSED_OVER = "没有读 {count} 个文件，不是能读的格式：{names}。"
NOT_FOUND = "没有这份报告：“{words}”，请用 wenshu list 里的编号。"
SHORT_ID = "“{words}”太短，认不准是哪一份：编号至少要写 {least} 位。"
SEVERAL = "“{words}”不止一份：{names}；请用编号。"
TO_GO = "要移除 {count} 份："
CONFIRM = "确定移除吗？"
UNCONFIRMED = "没有移除：这里无法确认，要移除请加 --yes。"
KEPT = "没有移除。"
QUEUED = "已排进队列：{count} 个文件。"
REMOVED = "已收录，随即被移除或取代。"
IDLE = 0.5  # seconds between two looks at an empty queue
OUSTED = "{line}；随即被同一份报告的“{name}”取代"


def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件", help="PDF、Word、Excel、网页、文本，或装着它们的文件夹、.zip"
        ),
    ],
    *,
    queue: Annotated[
        bool, typer.Option("--queue", help="只排进队列，由 wenshu index 的进程收录")
    ] = False,
) -> None:
    """添加报告；同一份文件不会重复添加，同一份报告的新文件取代旧的。"""
    refused: list[str] = []

    def refuse(_: Path, error: BadReport) -> None:
        refused.append(str(error))

    chosen = report_files(files)
    refused += [
        EMPTY_FOLDER.format(folder=one)
        for one in files
        if one.is_dir() and not any(one in path.parents for path in chosen)
    ]
    with (
        session.opened(load_settings()) as (library, bar),
        unpacked(chosen, refuse) as found,
    ):
        before = {report.id: report.name for report in library.reports()}
        if queue:
            lines = queued_to_lines(library, found)
        else:
            bar.show("读取", 0, len(chosen))
            added = library.add(found, progress=bar.show, refuse=refuse)
            lines = tuple(added_to_lines(added, before))
    for line in lines:
        typer.echo(line)
    for sentence in (*passed_over_to_lines(passed_over(files)), *refused):
        warn(sentence)
    if refused:
        raise typer.Exit(FAILED)


def queued_to_lines(library: Library, paths: Iterable[Path]) -> tuple[str, ...]:
    """Let files wait for who indexes; return a line that says how many there are."""
    every = tuple(paths)
    for path in every:
        library.queue_up(path)
    return (QUEUED.format(count=len(every)),)


def index(
    *,
    once: Annotated[bool, typer.Option("--once", help="队列空了就结束，不等新的")] = False,
) -> None:
    """收录队列里的报告，可以在几台机器上开几个；要设 WENSHU_STORE。"""
    with session.opened(load_settings()) as (library, bar):
        while True:
            outcome = library.work_queue(progress=bar.show)
            if outcome is not None:
                typer.echo(outcome_to_line(library, outcome))
            elif once:
                return
            else:
                time.sleep(IDLE)


def outcome_to_line(library: Library, outcome: Outcome) -> str:
    """Return what indexing one file of the queue came to."""
    if outcome.said:
        return outcome.said
    loaded = [one for one in library.reports() if one.id == outcome.report]
    return report_to_line(loaded[0]) if loaded else REMOVED


def complete(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of reports that begin as typed, each with its report; none on any trouble."""
    with suppress(WenshuError, OSError):
        settings = load_settings()
        if not is_there(settings.library, settings.engines):
            return []
        with session.opened(settings) as (library, _):
            return [
                (one.id[:ID_SHOWN], report_to_line(one))
                for one in library.reports()
                if one.id.startswith(incomplete)
            ]
    return []


def remove(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="报告",
            help="编号（wenshu list 的第一列）或文件名，可以写几个",
            autocompletion=complete,
        ),
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接移除")] = False,
) -> None:
    """移除报告；先列出要移除的，确认之后才移除。"""
    with session.opened(load_settings()) as (library, _):
        found = dict.fromkeys(find_report(library, words) for words in reports)
        if not yes:
            confirm(found)
        for report in found:
            library.remove(report.id)
            typer.echo(f"已移除：{report_to_line(report)}")


def confirm(found: Iterable[Report]) -> None:
    """Show what would go and ask; end the command where it is not to go, or nobody can be asked."""
    lines = [f"  {report.id[:ID_SHOWN]}  {report_to_line(report)}" for report in found]
    for line in (TO_GO.format(count=len(lines)), *lines):
        typer.echo(line)
    if not sys.stdin.isatty():
        warn(UNCONFIRMED)
        raise typer.Exit(FAILED)
    if not typer.confirm(CONFIRM):
        typer.echo(KEPT)
        raise typer.Exit(1)


def find_report(library: Library, words: str) -> Report:
    """Return the one report with this file name or beginning of an id; raise `BadIndex` else."""
    reports = library.reports()
    found = [one for one in reports if words in (one.name, one.id)]
    if not found and len(words) < SHORTEST_ID and any(one.id.startswith(words) for one in reports):
        raise BadIndex(SHORT_ID.format(words=words, least=SHORTEST_ID))
    found = found or [one for one in reports if words and one.id.startswith(words)]
    if not found:
        raise BadIndex(NOT_FOUND.format(words=words))
    if len(found) > 1:
        names = "、".join(f"{one.id[:ID_SHOWN]} {report_to_line(one)}" for one in found)
        raise BadIndex(SEVERAL.format(words=words, names=names))
    return found[0]


def added_to_lines(added: Iterable[Added], before: dict[str, str]) -> Iterator[str]:
    """Yield what adding each file came to; `before` has the names of what was there, by id."""
    every = tuple(added)
    names = before | {one.report.id: one.report.name for one in every}
    ousted = {one.replaced: one.report.name for one in every if one.replaced}
    for one in every:
        line = added_to_line(one, names.get(one.replaced or "", ""))
        by = ousted.get(one.report.id)
        yield OUSTED.format(line=line, name=by) if by else line


def passed_over_to_lines(paths: tuple[Path, ...]) -> Iterator[str]:
    """Yield a line that names the files of folders that no reader takes, if there are any."""
    if paths:
        rest = "等" if len(paths) > MOST_NAMED else ""
        names = "、".join(path.name for path in paths[:MOST_NAMED]) + rest
        yield PASSED_OVER.format(count=len(paths), names=names)
