"""`wenshu show`: where one figure is from, and the page that prints it with a frame around it.

The drawing of pages and what reads the vocabulary are loaded by name where they are used.
"""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session
from bot.presentation.answer_text import ARROW, correction_words
from bot.presentation.fact_rows import table_of
from bot.settings.environment import load_settings
from corpus.model.errors import BadIndex
from corpus.model.types import Fact
from index.library import Library

if TYPE_CHECKING:
    from bot.telegram.pictures.pages import Shot
    from bot.types import Answer

SHORTEST_ID = 4  # fewer characters of an id are a slip of the finger as often as a figure
MOST_NAMED = 6
NOT_FOUND = "没有这个数字：“{words}”，编号见 wenshu facts 的第一列。"
SHORT_ID = "“{words}”太短，认不准是哪个数字：编号至少要写 {least} 位。"
SEVERAL = "“{words}”开头的数字不止一个：{names}；请把编号写全。"
UNKNOWN_TIME = "没有记下"
PICTURE = "{path}　{caption}"

FACT = typer.Argument(metavar="编号", help="数字的编号：wenshu facts 的第一列，可以只写前几位")


def show(
    fact: Annotated[str, FACT],
    *,
    out: Annotated[
        Path | None, typer.Option(help="图片写到哪个文件；不写就是当前文件夹里的“编号.png”")
    ] = None,
) -> None:
    """查看一个数字的出处；报告是 PDF 时，把印着它的那一页画上框，存成图片。"""
    with session.opened(load_settings()) as (library, _):
        found = find_fact(library, fact)
        for line in fact_to_lines(library, found):
            typer.echo(line)
        shot = draw(library, found)
    if shot:
        path = out or Path(f"{found.id}.png")
        path.write_bytes(shot.png)
        typer.echo(line_of("图", PICTURE.format(path=path, caption=shot.caption)))


def find_fact(library: Library, words: str) -> Fact:
    """Return the one figure whose id begins so; raise `BadIndex` where it is none or several."""
    if exact := library.facts.get((words,)):
        return exact[0]
    found = {fact.id: fact for fact in library.facts.starting(words)}
    if not found:
        raise BadIndex(NOT_FOUND.format(words=words))
    if len(words) < SHORTEST_ID:
        raise BadIndex(SHORT_ID.format(words=words, least=SHORTEST_ID))
    if len(found) > 1:
        rest = "等" if len(found) > MOST_NAMED else ""
        raise BadIndex(
            SEVERAL.format(words=words, names="、".join(list(found)[:MOST_NAMED]) + rest)
        )
    return next(iter(found.values()))


def fact_to_lines(library: Library, fact: Fact) -> Iterator[str]:
    """Yield what is known of where a figure is from; what is not known has no line."""
    report, reading = library.report(fact.report), library.reading(fact.report)
    table = table_of(fact, report)
    page = fact.spans[0].page
    known = {
        "编号": fact.id,
        "数字": import_module("bot.presentation.names_said").statement(fact),
        "更正": correction_words(fact).removeprefix("更正："),
        "原文": f"“{fact.quote}”",
        "文件": report.name,
        "标题": report.title,
        "哈希": report.id,
        "网址": report.origin.address,
        "页": f"第{page}页" if page else "",
        "章节": ARROW.join(fact.section),
        "表": fact.table,
        "行": ARROW.join(fact.row),
        "列": ARROW.join(fact.column),
        "表的单位": table.unit if table else "",
        "依据": "；".join(dict.fromkeys(report.quote(span).strip() for span in fact.spans[1:])),
        "读法": reading.pipeline,
        "读取时间": time_to_words(reading.at),
    }
    return (line_of(name, said) for name, said in known.items() if said)


def line_of(name: str, said: str) -> str:
    """Return a line with its name before it, the names as wide as the longest."""
    return f"{name.ljust(4, '　')}　{said}"


def time_to_words(at: str) -> str:
    """Return a moment as clocks here show it."""
    if not at:
        return UNKNOWN_TIME
    return datetime.fromisoformat(at).astimezone().isoformat(sep=" ", timespec="seconds")


def draw(library: Library, fact: Fact) -> "Shot | None":
    """Return the page that prints a figure, None where its report is no PDF."""
    answer: Answer = import_module("bot.telegram.views.related_figures").fact_to_answer(
        library, fact
    )
    shot: Shot | None = import_module("bot.telegram.pictures.pages").cited_to_shot(
        library, answer, list(answer.citations), whole=True
    )
    return shot
