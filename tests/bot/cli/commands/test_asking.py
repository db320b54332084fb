"""`wenshu ask --json`, `wenshu chat` and completion as processes."""

import json
import shutil
import subprocess
import sys

import pytest

from bot.cli.commands.asking import BANNER, FORGOTTEN, PROMPT
from bot.cli.help_words import INSTALLED, NO_SHELL
from bot.cli.slash import INSTEAD, NO_UNIT, UNKNOWN, USAGE
from bot.telegram.routes import ADMINISTRATION, COMMANDS
from bot.types import Answer
from scripts.terminal import Terminal, write_report


def test_an_answer_for_programs_is_the_answer_with_the_version_of_its_form(
    terminal: Terminal,
) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    code, out, err = terminal.type("ask", "2024年支出合计多少", "--json")
    said = json.loads(out)
    assert (code, err, said.pop("schema")) == (0, "", 1)
    answer = Answer.model_validate(said)
    assert set(said) == set(Answer.model_fields) - {"corrections", "onward"}
    assert answer.text == "青山市临江区财政局2024年支出决算合计120.5万元。[1]"


def test_an_empty_line_is_answered_and_what_was_offered_can_still_be_chosen(
    terminal: Terminal,
) -> None:
    for file, name in (("a.txt", "财政局"), ("b.txt", "教育局")):
        terminal.type("add", str(write_report(terminal.folder / file, name)))
    out = terminal.type("chat", typed="2024年支出合计多少\n\n1\n退出\n").out
    asked_back, empty, chosen = out.split(PROMPT)[1:4]
    assert "请选一个：" in asked_back
    assert empty.startswith("请写上要问的，例如：")
    assert chosen.startswith("青山市临江区财政局2024年支出决算合计120.5万元。[1]")


def test_a_talk_begins_with_a_banner_helps_and_is_left_by_a_word(terminal: Terminal) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    code, out, err = terminal.type("chat", typed="/help\n/new\n退出\n你好\n")
    assert (code, err) == (0, "")
    assert out == f"{BANNER.format(count=1)}\n{PROMPT}{USAGE}\n{PROMPT}{FORGOTTEN}\n{PROMPT}"


def test_the_name_of_a_body_is_answered_with_its_card(terminal: Terminal) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    code, out, err = terminal.type("ask", "财政局")
    card = "青山市临江区财政局2024年部门决算概况：\n· 支出合计120.5万元[1]\n"
    assert (code, err) == (0, "")
    assert out.startswith(card)
    assert "[1] “2024年度支出合计120.5万元。”\n" in out
    talk = terminal.type("chat", typed="总结一下\n教育局总结一下\n").out
    assert f"{PROMPT}{card}" in talk
    assert "没有“教育局”的报告" in talk


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"_WENSHU_COMPLETE": "complete_bash", "COMP_WORDS": "wenshu li", "COMP_CWORD": "1"},
            "list\n",
        ),
        (
            {"_WENSHU_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "wenshu whe"},
            '_arguments \'*: :(("where":"说明用的是哪个数据文件夹、哪个设置文件，为什么。"))\'\n',
        ),
    ],
    ids=["bash", "zsh"],
)
def test_a_command_is_completed(terminal: Terminal, asked: dict[str, str], said: str) -> None:
    assert terminal.type(env=asked) == (0, said, "")


@pytest.mark.parametrize(
    ("shell", "file"), [("bash", ".bash_completions/wenshu.sh"), ("zsh", ".zfunc/_wenshu")]
)
def test_completion_is_set_up_in_the_shell_that_asks(
    terminal: Terminal, shell: str, file: str
) -> None:
    if not (found := shutil.which(shell)):
        pytest.skip(f"no {shell} on this machine")
    code, out, err = in_shell(terminal, found, "--install-completion")
    path = terminal.folder / file
    assert (code, out, err) == (0, INSTALLED.format(path=path, shell=shell) + "\n", "")
    assert "_WENSHU_COMPLETE=complete_" in path.read_text(encoding="utf-8")
    code, script, err = in_shell(terminal, found, "--show-completion")
    assert (code, err) == (0, "")
    assert f"_WENSHU_COMPLETE=complete_{shell}" in script


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_a_shell_that_cannot_complete_is_said(terminal: Terminal, option: str) -> None:
    assert in_shell(terminal, "/bin/sh", option) == (2, "", f"{NO_SHELL}\n")


def in_shell(terminal: Terminal, shell: str, option: str) -> tuple[int, str, str]:
    """Type an option in a shell whose home is the folder of the terminal."""
    ended = subprocess.run(  # noqa: S603 - a shell of this machine, our own text
        [shell, "-c", '"$0" -c "$1" "$2"; exit $?', sys.executable, terminal.command, option],
        env=terminal.env({"HOME": str(terminal.folder)}),
        cwd=terminal.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout, ended.stderr


BODY = "青山市临江区财政局"
LOOKS = {
    "/units": f"收录了 1 个单位的报告：\n{BODY}：决算 2024",
    "/units 财政局": f"收录了 1 个单位的报告：\n{BODY}：决算 2024",
    "/units 水务局": NO_UNIT,
    "/coverage": f"已收录 1 份报告：\n{BODY}\n　决算：2024",
    "/list": f"已收录 1 份报告：\n{BODY}\n　决算：2024",
    "/audit": "没有发现合计不符、前后矛盾的数字。",
    "／audit": "没有发现合计不符、前后矛盾的数字。",
    "/help": USAGE,
    "/foo": UNKNOWN.format(name="/foo"),
    "/三公经费多少": UNKNOWN.format(name="/三公经费多少"),
    "/export": "/export 只在 Telegram 里有；在这里" + INSTEAD["export"],
}


def test_what_begins_with_a_slash_is_a_command_and_never_asked(terminal: Terminal) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    code, out, err = terminal.type("chat", typed="\n".join((*LOOKS, "退出")))
    assert (code, err) == (0, "")
    banner, *said = out.split(f"\n{PROMPT}")
    assert (banner, said.pop()) == (BANNER.format(count=1), "")
    assert dict(zip(LOOKS, said, strict=True)) == LOOKS


def test_every_command_of_the_bot_is_known_in_the_terminal() -> None:
    here = {"start", "help", "new", "units", "coverage", "audit", *INSTEAD}
    assert here >= {*COMMANDS, *ADMINISTRATION, "ask", "feedback"}


def test_question_given_at_once_that_begins_with_a_slash_is_not_asked(terminal: Terminal) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    code, out, err = terminal.type("ask", "/units")
    assert (code, err) == (0, "")
    assert out.startswith("“/”开头的是命令，没有当作问题来查，也没有这个命令。")


def test_the_report_to_be_removed_is_completed_by_its_id(terminal: Terminal) -> None:
    ask = {"_WENSHU_COMPLETE": "complete_bash", "COMP_WORDS": "wenshu remove ", "COMP_CWORD": "2"}
    assert terminal.type(env=ask) == (0, "\n", "")  # nothing is there, and nothing is made
    assert not terminal.data.exists()
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    number = json.loads(terminal.type("list", "--json").out)[0]["id"][:8]
    assert terminal.type(env=ask) == (0, f"{number}\n", "")
    begun = ask | {"COMP_WORDS": f"wenshu remove {number[:3]}"}
    assert terminal.type(env=begun) == (0, f"{number}\n", "")
    assert terminal.type(env=ask | {"COMP_WORDS": "wenshu remove zz"}) == (0, "\n", "")
