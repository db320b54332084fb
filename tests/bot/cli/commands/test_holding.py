"""`wenshu add`, `list` and `remove` as processes, over real text files."""

import json
import os
import pty
import subprocess
import sys

from scripts.terminal import TITLE, WITH_TOYS, Terminal, line_of, write_report


def ids(terminal: Terminal) -> dict[str, str]:
    """Return the id of each report by its file."""
    return {one["name"]: one["id"] for one in json.loads(terminal.type("list", "--json").out)}


def test_a_folder_tells_what_was_added_replaced_passed_over_and_odd(terminal: Terminal) -> None:
    folder = terminal.folder / "报告"
    write_report(folder / "a.txt", "财政局")
    (folder / "图.gif").write_bytes(b"GIF89a")
    (folder / "hello.txt").write_text("hello world\n", encoding="utf-8")
    (terminal.folder / "空").mkdir()
    said = terminal.type("add", "报告", "空")
    assert said == (
        2,
        line_of("财政局", "a.txt")
        + "\n单位不明 年份不明 其他（hello.txt）：1 段，0 个数字；"
        + "看上去不是预算、决算或绩效自评报告，请核对是不是加错了；"
        + "没有读出一个数字，请打开原文核对\n",
        "没有读 1 个文件，不是能读的格式：图.gif。\n文件夹“空”里没有可以读的报告。\n",
    )
    write_report(terminal.folder / "新.txt", "财政局", "121")
    assert terminal.type("add", "新.txt") == (
        0,
        line_of("财政局", "新.txt") + "，取代了旧文件“a.txt”\n",
        "",
    )


def test_a_list_that_is_piped_is_rows_with_tabs_or_json(terminal: Terminal) -> None:
    assert terminal.type("list", "--json") == (0, "[]\n", "")
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    code, out, err = terminal.type("list", "--json")
    (held,) = json.loads(out)
    assert (code, err) == (0, "")
    assert held == {
        "id": held["id"],
        "name": "a.txt",
        "title": TITLE.format(name="财政局"),
        "organisation": "青山市临江区财政局",
        "level": "部门",
        "year": 2024,
        "kind": "决算",
        "pages": None,
        "passages": 2,
        "facts": 1,
    }
    row = (held["id"][:8], "青山市临江区财政局", "部门", "2024", "决算", "2", "1", "a.txt")
    head = ("编号", "单位", "层级", "年份", "类型", "段落", "数字", "文件")
    assert terminal.type("list") == (0, "\t".join(head) + "\n" + "\t".join(row) + "\n", "")


def test_several_are_removed_at_once_after_they_were_shown(terminal: Terminal) -> None:
    for file, name in (("a.txt", "财政局"), ("b.txt", "教育局"), ("c.txt", "民政局")):
        write_report(terminal.folder / "报告" / file, name)
    terminal.type("add", "报告")
    known = ids(terminal)
    plain = {"a.txt": "财政局", "b.txt": "教育局"}
    lines = {file: f"青山市临江区{name} 部门 2024年 决算（{file}）" for file, name in plain.items()}
    shown = "".join(f"  {known[file][:8]}  {said}\n" for file, said in lines.items())
    wanted = ("a.txt", known["b.txt"][:8], "a.txt")
    assert terminal.type("remove", *wanted) == (
        2,
        f"要移除 2 份：\n{shown}",
        "没有移除：这里无法确认，要移除请加 --yes。\n",
    )
    start = known["c.txt"][:1]
    assert terminal.type("remove", "--yes", "a.txt", start) == (
        2,
        "",
        f"“{start}”太短，认不准是哪一份：编号至少要写 4 位。\n",
    )
    assert set(ids(terminal)) == {"a.txt", "b.txt", "c.txt"}
    assert terminal.type("remove", "--yes", *wanted) == (
        0,
        "".join(f"已移除：{said}\n" for said in lines.values()),
        "",
    )
    assert set(ids(terminal)) == {"c.txt"}


def test_a_person_at_a_terminal_is_asked_before_anything_goes(terminal: Terminal) -> None:
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    assert typed_at_a_terminal(terminal, "n\n", "remove", "a.txt") == 1
    assert set(ids(terminal)) == {"a.txt"}
    assert typed_at_a_terminal(terminal, "y\n", "remove", "a.txt") == 0
    assert ids(terminal) == {}


def typed_at_a_terminal(terminal: Terminal, typed: str, *arguments: str) -> int:
    """Run a command whose keyboard is a person's; return its exit code."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", WITH_TOYS, *arguments],
            cwd=terminal.folder,
            env=terminal.env({}),
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode
    finally:
        os.close(ours)
        os.close(theirs)
