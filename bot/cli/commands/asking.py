"""`wenshu ask` and `wenshu chat`: one question, or a talk."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import session
from bot.cli.answer_lines import answer_to_text, onward_to_text
from bot.cli.slash import command_to_text, is_command
from bot.onward import onward
from bot.settings.environment import load_settings
from bot.types import Answer, Choice, Memory, Reply
from index.library import Library

if TYPE_CHECKING:
    from bot.assistant import Assistant

PROMPT = "问："
SCHEMA = 1  # of what --json writes; another number where a field goes or means something else
NEW = "/new"
FORGOTTEN = "上文已忘掉，重新开始。"
LEAVE = frozenset({"退出", "/quit", "/exit", "quit", "exit"})
BANNER = "问数：已收录 {count} 份报告。直接输入问题；/help 看用法，“退出”结束。"


def ask(
    question: Annotated[str, typer.Argument(metavar="问题", help="问题，例如：2024年三公经费多少")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="列出怎样理解和选出答案")] = False,
) -> None:
    """问一个问题。"""
    settings = load_settings()
    with session.opened(settings) as (library, _):
        assistant = session.assistant_over(library, settings)
        answer = assistant.answer(question).answer
        if explain:
            typer.echo(assistant.explain(question))
    typer.echo(answer_to_json(answer) if as_json else answer_to_text(answer))


def answer_to_json(answer: Answer) -> str:
    """Return an answer as JSON for programs, with the version of its form."""
    fields = {"schema": SCHEMA, **answer.model_dump(mode="json")}
    return json.dumps(fields, ensure_ascii=False, indent=2)


def chat() -> None:
    """在终端里连续地问；/help 看用法，“退出”结束。"""
    settings = load_settings()
    with session.opened(settings) as (library, _):
        talk(library, session.assistant_over(library, settings))


def talk(library: Library, assistant: "Assistant") -> None:
    """Answer line by line until the talk is ended."""
    typer.echo(BANNER.format(count=len(library.reports())))
    memory = Memory()
    choices: tuple[Choice, ...] = ()
    for line in _lines_typed():
        if line == NEW:
            memory, choices = Memory(), ()
            typer.echo(FORGOTTEN)
        elif is_command(line):
            typer.echo(command_to_text(line, library))
        elif not line:  # what was offered may still be chosen
            typer.echo(answer_to_text(assistant.answer(line, memory).answer) + "\n")
        else:
            reply = assistant.answer(_chosen(line, choices), memory)
            typer.echo(answer_to_text(reply.answer) + "\n")
            memory = reply.memory
            choices = reply.answer.choices or _show_onward(library, assistant, reply)


def _show_onward(library: Library, assistant: "Assistant", reply: Reply) -> tuple[Choice, ...]:
    """Print what may be asked next, once the answer is there to be read; return it."""
    found = onward(library, reply, assistant.told_at_once)
    if found:
        typer.echo(onward_to_text(found) + "\n")
    return found


def _lines_typed() -> Iterator[str]:
    with suppress(ImportError):
        import_module("readline")  # lets a line be mended, and earlier ones be called back
    with suppress(EOFError):
        while (line := input(PROMPT).strip()) not in LEAVE:
            yield line
        return
    typer.echo()  # the prompt that was not answered ends its line


def _chosen(line: str, choices: Sequence[Choice]) -> str:
    """Return the question of the choice whose number was typed, or the line itself."""
    if line.isdecimal() and 1 <= int(line) <= len(choices):
        return choices[int(line) - 1].question
    return line
