"""What is typed wrongly and what a folder refuses: one Chinese sentence, exit code 2."""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from bot.cli.app import app, main
from bot.cli.usage import NOT_ALLOWED
from bot.settings.locations import NOT_MADE
from scripts.terminal import (
    COMMAND,
    ROOT,
    Terminal,
    fill_disk,
    line_of,
    obey_permissions,
    write_report,
)

ANSWER = """\
青山市临江区{name}2024年支出决算合计120.5万元。[1]

[1] “2024年度支出合计120.5万元。”
    《{file}》　一、收支情况
"""
VERSION = "wenshu 0.1.0\n"
NAMES = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]


def test_the_version_is_said(terminal: Terminal) -> None:
    assert terminal.type("--version") == (0, VERSION, "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("list --foo", "没有 --foo 这个选项；用法见 wenshu list --help。"),
        ("ask --jsn x", "没有 --jsn 这个选项，要写的可能是 --json；用法见 wenshu ask --help。"),
        ("ask", "还没有写 问题；用法见 wenshu ask --help。"),
        ("问", "没有 问 这个命令；用法见 wenshu --help。"),
        ("facts --year 去年", "--year 的值不对；用法见 wenshu facts --help。"),
        ("facts --year", "--year 后面要写一个值；用法见 wenshu --help。"),
        ("list --json=1", "--json 后面不能写值；用法见 wenshu --help。"),
        (
            "ask 三公 多少 钱",
            "多写了 多少 钱，一句话里有空格时请加引号；用法见 wenshu ask --help。",
        ),
    ],
)
def test_what_is_typed_wrongly_is_one_sentence(
    typed: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["wenshu", *typed.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, *capsys.readouterr()) == (2, "", sentence + "\n")


def test_a_data_folder_that_cannot_be_is_one_sentence(terminal: Terminal) -> None:
    terminal.data.write_text("", encoding="utf-8")
    wrong = f"“{terminal.data}”是文件，不是文件夹：请用 WENSHU_DATA 指定一个文件夹。\n"
    assert terminal.type("list") == (2, "", wrong)
    terminal.data.unlink()
    terminal.folder.chmod(0o555)
    refused = NOT_ALLOWED.format(path=terminal.data) + "\n"
    assert terminal.type("list", before=obey_permissions) == (2, "", refused)


@pytest.mark.parametrize("at_once", ["", "1"], ids=["留着一起写", "立刻写"])
def test_a_full_disk_elsewhere_is_not_said_of_the_data_folder(
    terminal: Terminal, at_once: str
) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", terminal.command, "list"],
            env=terminal.env({"PYTHONUNBUFFERED": at_once}), stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (2, "磁盘满了：请腾出空间再试。\n")


@pytest.mark.parametrize("command", ["", *NAMES])
def test_help_is_in_chinese(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["wenshu", *command.split(), "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    page = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"用法：wenshu {command}".strip() in page
    assert "显示这份说明" in page
    assert not re.search(
        r"Usage|OPTIONS|Options|Arguments|Commands|COMMAND|ARGS|Show |Install |required|default"
        r"|<\w|…",
        page,
    )


def test_a_full_disk_is_one_sentence(terminal: Terminal) -> None:
    path = write_report(terminal.folder / "a.txt", "财政局")
    terminal.type("list")
    code, out, err = terminal.type("add", str(path), before=fill_disk)
    assert (code, out) == (2, "")
    library = terminal.data / "library" / "library.sqlite"
    assert err == f"索引打不开或写不进去（{library}）：请检查磁盘空间和权限。\n"
    assert terminal.type("add", str(path)) == (0, line_of("财政局", "a.txt") + "\n", "")


@pytest.mark.model
def test_a_disk_without_room_for_the_model_is_one_sentence_and_loses_nothing(
    terminal: Terminal,
) -> None:
    whole = Terminal(terminal.folder, COMMAND)
    path = write_report(terminal.folder / "a.txt", "财政局")
    code, out, err = whole.type("add", str(path), before=partial(fill_disk, 3_000_000))
    assert (code, out) == (2, "")
    making, sentence = err.splitlines()
    assert making == "正在生成默认模型（只做一次）…"
    models = re.escape(str(terminal.data / "models"))
    assert re.fullmatch(rf"磁盘满了（{models}/.*）：请腾出空间再试。", sentence)
    assert list((terminal.data / "models").iterdir()) == []
    assert whole.type("list").err.startswith("还没有报告：")


@pytest.mark.parametrize(
    ("place", "why"),
    [("/proc/x/y", "那里建不了文件夹"), ("/" + "a" * 300, "名字太长")],
    ids=["没有地方", "名字太长"],
)
@pytest.mark.parametrize("command", ["list", "serve"])
def test_a_folder_that_there_is_no_place_for_is_one_sentence(
    terminal: Terminal, place: str, why: str, command: str
) -> None:
    env = {"WENSHU_DATA": place, "WENSHU_TOKEN": "1:a"}
    said = NOT_MADE.format(path=place, reason=why)
    assert terminal.type(command, env=env) == (2, "", f"{said}\n")


def test_a_library_that_can_only_be_read_still_answers(terminal: Terminal) -> None:
    path = write_report(terminal.folder / "a.txt", "财政局")
    terminal.type("add", str(path))
    listed, asked = terminal.type("list"), terminal.type("ask", "2024年支出合计多少")
    assert asked == (0, ANSWER.format(name="财政局", file="a.txt"), "")
    folders = [terminal.data, *(one for one in terminal.data.rglob("*") if one.is_dir())]
    files = [one for one in terminal.data.rglob("*") if one.is_file()]
    for one in (*files, *folders):
        one.chmod(0o555 if one.is_dir() else 0o444)
    try:
        assert terminal.type("list", before=obey_permissions) == listed
        assert terminal.type("ask", "2024年支出合计多少", before=obey_permissions) == asked
        assert terminal.type("remove", "--yes", "a.txt", before=obey_permissions) == (
            2,
            "",
            f"索引只能读，不能改（{terminal.data}/library/library.sqlite）："
            "请检查权限，或用 WENSHU_DATA 换一个能写的文件夹。\n",
        )
    finally:
        for one in folders:
            one.chmod(0o755)


def test_where_says_which_folder_and_which_env_are_used_and_why(terminal: Terminal) -> None:
    own = terminal.folder / "settings" / "own.env"
    own.parent.mkdir()
    own.write_text("WENSHU_DATA=reports\n", encoding="utf-8")
    (terminal.folder / ".env").write_text("WENSHU_TOKEN=1\n", encoding="utf-8")
    not_used = (
        f"注意　　当前文件夹里的 {terminal.folder}/.env 没有用："
        f"要用，请设 WENSHU_ENV={terminal.folder}/.env\n"
    )
    said = terminal.type("where", env={"WENSHU_ENV": str(own), "WENSHU_DATA": ""})
    assert said == (
        0,
        f"数据　　{own.parent}/reports（还没有）　由 {own} 里的 WENSHU_DATA 指定\n"
        f"设置　　{own}　由 WENSHU_ENV 指定\n{not_used}",
        "",
    )
    plain = {"WENSHU_ENV": "", "WENSHU_DATA": "data"}
    assert terminal.type("where", env=plain).out == (
        f"数据　　{terminal.data}（还没有）　由环境变量 WENSHU_DATA 指定\n"
        f"设置　　{shown(ROOT / '.env')}　项目所在的文件夹\n{not_used}"
    )
    missing = {"WENSHU_ENV": "none.env"}
    assert terminal.type("where", env=missing) == (
        2,
        "",
        f"WENSHU_ENV 指的设置文件不存在：{terminal.folder}/none.env。\n",
    )


def shown(path: Path) -> str:
    return f"{path}{'' if path.exists() else '（还没有）'}"


def test_without_a_setting_the_data_lies_in_one_place(terminal: Terminal) -> None:
    place = {"WENSHU_DATA": ""}
    here = terminal.type("where", env=place).out.splitlines()[0]
    assert here == (
        f"数据　　{shown(ROOT / '.wenshu')}　没有设 WENSHU_DATA，用项目所在的文件夹里的"
    )


def test_a_home_that_fits_nobody_is_said_and_a_short_one_is_understood(
    terminal: Terminal,
) -> None:
    for file, name in (("a.txt", "财政局"), ("b.txt", "教育局")):
        write_report(terminal.folder / "报告" / file, name)
    terminal.type("add", "报告")
    known = terminal.type("ask", "2024年支出合计多少", env={"WENSHU_HOME": "财政局"})
    assert known == (0, ANSWER.format(name="财政局", file="a.txt"), "")
    _, out, err = terminal.type("ask", "2024年支出合计多少", env={"WENSHU_HOME": "水利局"})
    assert out == (
        "已收录的报告里有几家单位都有这个数，请问要哪一家的？\n\n请选一个：\n"
        "  1. 青山市临江区财政局 2024年支出决算合计\n"
        "  2. 青山市临江区教育局 2024年支出决算合计\n"
    )
    assert err == (
        "WENSHU_HOME 设的“水利局”不是已收录的单位，没有用它；"
        "已收录：青山市临江区教育局、青山市临江区财政局。\n"
    )
