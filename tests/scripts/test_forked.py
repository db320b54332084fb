"""A command that was forked says what one says that was started, and nothing of it is left."""

import pytest

from scripts.terminal import Terminal, line_of, write_report


def as_started() -> None:
    """Be called before the command, which only one that is started by itself can be."""


@pytest.mark.parametrize(
    ("arguments", "typed", "env"),
    [
        (("--version",), "", {}),
        (("nonsense",), "", {}),
        (("list",), "", {"WENSHU_HOME": "财政局"}),
        (("ask", "2024年支出合计多少"), "", {}),
        (("chat",), "2024年支出合计多少\n退出\n", {}),
    ],
    ids=["版本", "没有的命令", "没有报告", "提问", "对话"],
)
def test_a_forked_command_is_as_one_that_is_started(
    terminal: Terminal, arguments: tuple[str, ...], typed: str, env: dict[str, str]
) -> None:
    if typed or len(arguments) > 1:
        terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    forked = terminal.type(*arguments, typed=typed, env=env)
    started = terminal.type(*arguments, typed=typed, env=env, before=as_started)
    assert forked == started
    assert forked.out + forked.err != ""


def test_one_command_leaves_the_next_alone(terminal: Terminal) -> None:
    other = Terminal(terminal.folder)
    other.data = terminal.folder / "other"
    added = terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    assert added == (0, line_of("财政局", "a.txt") + "\n", "")
    place = {"WENSHU_DATA": str(other.data)}
    assert terminal.type("list", env=place).err.startswith("还没有报告：")
    assert "财政局" in terminal.type("list").out
