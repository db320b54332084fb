"""`wenshu ask --json`, `wenshu chat` and completion as processes."""

import json

import pytest

from bot.cli.commands.asking import BANNER, FORGOTTEN, PROMPT, USAGE
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
    assert set(said) == set(Answer.model_fields) - {"corrections"}  # told in the text
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
