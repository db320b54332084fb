"""`wenshu ask --json`, `wenshu chat` and completion as processes."""

import json

import pytest

from bot.cli.commands.asking import BANNER, FORGOTTEN, PROMPT
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
