"""The page of `--help` in Chinese: the library that writes it has words of its own for the rest.

They are put in the place of its words when a page is asked for, and what it writes then is left to
it; the tests hold every page to them. What it says of completion is said here as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import partial
from importlib import import_module
from io import StringIO
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from corpus.model.errors import WenshuError

PANELS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "（必填）",
    "DEFAULT_STRING": "（默认：{}）",
}
USAGE = (
    ("Usage: ", "用法："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]..."),
)
HELPS = {
    "help": "显示这份说明",
    "install_completion": "给当前的 shell 装上按 Tab 补全",
    "show_completion": "显示补全的脚本，供复制或修改",
}
# What is to be written behind an option; a switch takes nothing, and an argument has its own words.
KINDS = {"<str>": "文字", "<int>": "整数", "<path>": "路径"}
INSTALLED = "补全已经装好（{path}）：重新打开 {shell} 之后，按 Tab 就会补全。"
NO_SHELL = "认不出这里用的 shell，或它不能补全：请在 bash 或 zsh 里运行。"


class Command(TyperCommand):
    """A command whose page is in Chinese."""

    def get_usage(self, ctx: Any) -> str:
        """Return the line that shows how it is typed."""
        return _in_chinese(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _name(super().get_params(ctx))
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """The command that the others belong to, its page in Chinese."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return its options, those for completion with what they do and say here."""
        params = super().get_params(ctx)
        for param in params:
            param.callback = COMPLETIONS.get(param.name, param.callback)
        return params

    def get_usage(self, ctx: Any) -> str:
        """Return the line that shows how it is typed."""
        return _in_chinese(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _name(super().get_params(ctx))
        super().format_help(ctx, formatter)


def _in_chinese(usage: str) -> str:
    for theirs, ours in USAGE:
        usage = usage.replace(theirs, ours)
    return usage


def _name(params: list[Any]) -> None:
    """Give the panels their titles, and the options of the library what they do."""
    for param in params:
        param.help = HELPS.get(param.name, param.help)
        param.display_type_rich = partial(_kind_of, param)
    styles = import_module("typer.rich_utils")
    for name, title in PANELS.items():
        setattr(styles, name, title)


def _kind_of(param: Any, ctx: Any) -> str:
    """Return the word for what is written behind an option."""
    return (
        param.metavar or KINDS.get(param.display_type(ctx), "") if param.opts[0][0] == "-" else ""
    )


def _install(ctx: Any, _: Any, asked: Any) -> None:
    """Set up completion for the shell that this was typed in."""
    if asked and not ctx.resilient_parsing:
        with _in_a_known_shell():
            shell, path = import_module("typer.completion").install()
        typer.echo(INSTALLED.format(shell=shell, path=path))
        raise typer.Exit


def _show(ctx: Any, param: Any, asked: Any) -> None:
    """Print the script that completes for the shell that this was typed in."""
    if asked and not ctx.resilient_parsing:
        with _in_a_known_shell() as script, suppress(SystemExit):
            import_module("typer.completion").show_callback(ctx, param, asked)
        typer.echo(script.getvalue(), nl=False)
        raise typer.Exit


@contextmanager
def _in_a_known_shell() -> Iterator[StringIO]:
    """Keep what the library says, in English, to itself; say in its place what is wrong."""
    said = StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(StringIO()):
            yield said
    except typer.Exit as error:
        raise WenshuError(NO_SHELL) from error


COMPLETIONS = {"install_completion": _install, "show_completion": _show}
