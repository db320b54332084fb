"""`wenshu backup` and `wenshu restore` as processes: what a person types and reads."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.serve import alone
from bot.telegram.state.database import VERSION, open_state
from scripts.terminal import Terminal, fill_disk, obey_permissions, write_report

ASKED = "财政局2024年支出合计多少"
TAKEN = r"已备份 1 份报告到“b\.zip”（0\.\d MB）；里面没有 \.env 和模型。\n"
AT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a backup, and with the data of a bot that has a report and knows a person."""
    terminal = Terminal(tmp_path_factory.mktemp("filled"))
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    with closing(open_state(terminal.data / "telegram.sqlite")) as state, state:
        state.execute("INSERT INTO people VALUES (7, '甲', 'admin', 0)")
    with alone(terminal.data):  # as the running bot does
        code, out, err = terminal.type("backup", "b.zip")
    assert (code, err) == (0, "")
    assert re.fullmatch(TAKEN, out)
    return terminal.folder


@pytest.fixture
def full(terminal: Terminal, filled: Path) -> Terminal:
    """A terminal over a copy of that folder."""
    shutil.copytree(filled, terminal.folder, dirs_exist_ok=True)
    return terminal


def moved(terminal: Terminal, folder: str) -> Terminal:
    """Return a terminal in the same folder with other data."""
    other = Terminal(terminal.folder)
    other.data = terminal.folder / folder
    return other


def held(folder: Path) -> list[str]:
    """Return what is in a folder, but for what SQLite and the bot keep beside the data."""
    every = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return sorted(
        name for name in every if not name.endswith(("-wal", "-shm", "-checked", ".lock"))
    )


def test_where_there_is_nothing_that_is_said(terminal: Terminal) -> None:
    assert terminal.type("backup", "b.zip") == (
        2,
        "",
        f"没有可以备份的：数据文件夹 {terminal.data} 里还没有报告。\n",
    )


def test_what_was_backed_up_under_a_bot_is_restored_by_one_command(full: Terminal) -> None:
    terminal, other = full, moved(full, "new")
    code, out, err = other.type("restore", "b.zip")
    assert (code, err) == (0, "")
    assert re.fullmatch(rf"已恢复 1 份报告，是 {AT} 的备份。\n", out)
    assert other.type("ask", ASKED) == terminal.type("ask", ASKED)
    assert held(other.data) == held(terminal.data)
    with closing(sqlite3.connect(other.data / "telegram.sqlite")) as state:
        assert state.execute("SELECT * FROM people").fetchall() == [(7, "甲", "admin", 0)]
        assert state.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_what_is_there_is_kept_in_a_dated_folder(full: Terminal) -> None:
    terminal = full
    answer = terminal.type("ask", ASKED)
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局", "999")))
    later = terminal.type("ask", ASKED)
    assert later != answer
    assert terminal.type("restore", "b.zip") == (
        2,
        "",
        f"数据文件夹 {terminal.data} 里已经有数据，没有恢复：要换成备份里的，请加 --yes，"
        "现有的会移到一个带日期的文件夹里留着。\n",
    )
    assert terminal.type("ask", ASKED) == later
    with alone(terminal.data):
        assert terminal.type("restore", "b.zip", "--yes") == (
            2,
            "",
            f"机器人正在用数据文件夹 {terminal.data}，没有恢复：请先停下它。\n",
        )
    code, out, err = terminal.type("restore", "--yes", "b.zip")
    assert (code, err) == (0, "")
    (kept,) = terminal.data.glob("before-restore-*")
    assert re.fullmatch(r"before-restore-\d{8}-\d{6}", kept.name)
    assert out.splitlines()[1] == f"原来的数据移到了 {kept}，不需要时可以删掉。"
    assert terminal.type("ask", ASKED) == answer
    assert moved(terminal, f"data/{kept.name}").type("ask", ASKED) == later


def test_what_is_no_whole_backup_is_one_sentence_and_nothing_is_touched(
    full: Terminal,
) -> None:
    terminal = full
    whole = (terminal.folder / "b.zip").read_bytes()
    damaged = "备份“{}”已损坏或不完整，没有恢复，数据没有动：请换一份备份。\n"
    other = moved(terminal, "new")
    for content, sentence in (
        (whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:], damaged),
        (whole[: len(whole) // 2], damaged),
        ((terminal.folder / "a.txt").read_bytes(), "“{}”不是问数的备份。\n"),
    ):
        (terminal.folder / "bad.zip").write_bytes(content)
        assert other.type("restore", "bad.zip") == (2, "", sentence.format("bad.zip"))
        assert not other.data.exists()
    assert other.type("restore", "none.zip") == (2, "", "找不到备份文件“none.zip”。\n")
    assert other.type("restore") == (2, "", "还没有写 文件；用法见 wenshu restore --help。\n")
    before = held(terminal.data)
    assert terminal.type("restore", "--yes", "bad.zip") == (2, "", "“bad.zip”不是问数的备份。\n")
    assert held(terminal.data) == before


def test_a_full_disk_leaves_the_earlier_backup_and_the_data_as_they_were(
    full: Terminal,
) -> None:
    terminal = full
    whole = (terminal.folder / "b.zip").read_bytes()
    before = held(terminal.folder)
    code, out, err = terminal.type("backup", "b.zip", before=fill_disk)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert (terminal.folder / "b.zip").read_bytes() == whole
    other = moved(terminal, "new")
    said = f"磁盘满了（{other.data}）：请腾出空间再试。\n"
    assert other.type("restore", "b.zip", before=fill_disk) == (2, "", said)
    assert held(other.data) == []
    other.data.joinpath("serve.lock").unlink()
    other.data.rmdir()
    said = f"磁盘满了（{terminal.data}）：请腾出空间再试。\n"
    assert terminal.type("restore", "--yes", "b.zip", before=fill_disk) == (2, "", said)
    assert held(terminal.folder) == before


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_can_only_be_read_is_backed_up(full: Terminal) -> None:
    terminal = full
    folders = [terminal.data, *(one for one in terminal.data.rglob("*") if one.is_dir())]
    for one in folders:
        one.chmod(0o555)
    try:
        code, out, err = terminal.type("backup", "b.zip", before=obey_permissions)
    finally:
        for one in folders:
            one.chmod(0o755)
    assert (code, err) == (0, "")
    assert re.fullmatch(TAKEN, out)


def test_a_lost_original_is_said(full: Terminal) -> None:
    terminal = full
    (original,) = (terminal.data / "library" / "files").rglob("a.txt")
    original.unlink()
    assert terminal.type("backup", "b.zip")[::2] == (
        0,
        "注意：1 份报告的原件缺失或已损坏，备份里没有完好的：a.txt；请重新添加。\n",
    )


def test_no_backup_holds_the_token(full: Terminal) -> None:
    terminal = full
    token = "123456:" + "A" * 35
    (terminal.data / ".env").write_text(f"WENSHU_TOKEN={token}\n", encoding="utf-8")
    env = {"WENSHU_ENV": str(terminal.data / ".env")}
    said = terminal.type("backup", "b.zip", env=env)
    other = moved(terminal, "new")
    other.type("restore", "b.zip")
    texts = [path.read_bytes() for path in other.data.rglob("*") if path.is_file()]
    assert said.code == 0
    assert not any(token.encode() in text for text in (*texts, said.out.encode()))
    terminal.type("restore", "--yes", "b.zip", env=env)
    assert token in (terminal.data / ".env").read_text(encoding="utf-8")
