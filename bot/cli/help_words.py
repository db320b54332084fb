"""The page of `--help` in Chinese: the library that writes it has words of its own for the rest.

They are put in the place of its words when a page is asked for, and what it writes then is left to
it; the tests hold every page to them.
"""

from importlib import import_module
from typing import Any

from typer.core import TyperCommand, TyperGroup

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
    styles = import_module("typer.rich_utils")
    for name, title in PANELS.items():
        setattr(styles, name, title)
