"""The command `wenshu`: which commands there are, and how an error is said.

The Telegram bot and the checks of `wenshu doctor` are loaded by name in the commands that use them.
"""

import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli.commands import asking, correcting, holding, listing, moving, safekeeping, showing
from bot.cli.commands.where import where
from bot.cli.console import warn
from bot.cli.help_words import Command, Group
from bot.cli.usage import mistake_to_sentence, os_error_to_sentence
from bot.settings.environment import load_settings
from corpus.model.errors import WenshuError

NAME = "wenshu"
FAILED = holding.FAILED
STOPPED = 130
app = typer.Typer(pretty_exceptions_enable=False, cls=Group)


def main() -> None:
    """Run the command; an error meant for people is one sentence and exit code 2."""
    try:
        code = app(prog_name=NAME, standalone_mode=False)
        sys.stdout.flush()  # here, where a full disk is one sentence
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else NAME
        fail(mistake_to_sentence(error.format_message(), command))
    except WenshuError as error:
        fail(str(error))
    except OSError as error:
        sentence = os_error_to_sentence(error)
        if not sentence:
            raise
        let_go_of_output()
        fail(sentence)
    except (typer.Abort, KeyboardInterrupt):
        warn("")  # the line that was being typed ends
        sys.exit(STOPPED)
    sys.exit(code if isinstance(code, int) else 0)


def let_go_of_output() -> None:
    """Write what is left, or else drop it: at its end the interpreter would try and fail again.

    Source: the note on SIGPIPE in the documentation of Python's `signal`.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(sentence: str) -> None:
    """Say what is wrong, and end."""
    warn(sentence)
    sys.exit(FAILED)


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    *,
    show_version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> None:
    """问数：问政府公开报告，得到准确的数字和它的出处。"""
    if show_version:
        typer.echo(f"{NAME} {version(NAME)}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def serve() -> None:
    """运行 Telegram 机器人。"""
    import_module("bot.serve").run(load_settings())


def doctor() -> None:
    """检查能不能运行，并说该怎么办；有错误时退出码是 1。

    查的是令牌、网络、文件夹、模型、磁盘、时钟，和库里的每一份报告。
    """
    if not import_module("bot.cli.commands.doctor").examine(load_settings()):
        raise typer.Exit(1)


for command in (asking.ask, asking.chat, holding.add, holding.remove, listing.facts, listing.audit):
    app.command(cls=Command)(command)
app.command(name="list", cls=Command)(listing.list_reports)
app.command(cls=Command)(showing.show)
app.command(cls=Command)(correcting.correct)
app.command(cls=Command)(safekeeping.backup)
app.command(cls=Command)(safekeeping.restore)
app.command(cls=Command)(moving.migrate)
app.command(cls=Command)(holding.index)
for command in (where, doctor, serve):
    app.command(cls=Command)(command)
