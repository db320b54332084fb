"""`wenshu show` and `wenshu correct` as processes: before, after, and after a new reading."""

import csv
import io
import json
import re
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bot.cli.commands.correcting import to_correction
from corpus.model.errors import BadIndex
from index.checks.rows import add_checksums
from scripts.terminal import ROOT, Terminal, write_report
from scripts.toy_library import FINANCE, read_toy, write_toy

QUESTION = "2024年支出合计多少"
WHOSE = "青山市临江区财政局2024年支出决算合计"
SOURCE = "\n\n[1] “2024年度支出合计120.5万元。”\n    《{file}》　一、收支情况\n"
PRINTED = f"{WHOSE}120.5万元。[1]" + SOURCE
CORRECTION = "更正：报告印的是120.5万元[1]，DAY更正为121.5万元，原因：更正公告第12号。"
MENDED = f"{WHOSE}121.5万元。[1]\n{CORRECTION}" + SOURCE
DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")


@pytest.fixture
def loaded(terminal: Terminal) -> Terminal:
    """A terminal over one report with one figure."""
    terminal.type("add", str(write_report(terminal.folder / "a.txt", "财政局")))
    return terminal


def rows(terminal: Terminal) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(terminal.type("facts", "--csv").out)))


def asked(terminal: Terminal) -> str:
    return DAY.sub("DAY", terminal.type("ask", QUESTION).out)


def mend(terminal: Terminal) -> str:
    """Correct the one figure; return its id."""
    fact = rows(terminal)[0]["编号"]
    done = terminal.type("correct", fact[:8], "121.5万元", "--reason", "更正公告第12号。")
    assert (done.code, DAY.sub("DAY", done.out), done.err) == (
        0,
        f"已更正：{WHOSE}。更正：报告印的是120.5万元，DAY更正为121.5万元，原因：更正公告第12号。\n",
        "",
    )
    return fact


def test_an_answer_before_and_after_a_correction_and_after_it_is_undone(loaded: Terminal) -> None:
    assert asked(loaded) == PRINTED.format(file="a.txt")
    fact = mend(loaded)
    assert asked(loaded) == MENDED.format(file="a.txt")
    answer = json.loads(loaded.type("ask", QUESTION, "--json").out)
    ((value, unit, why),) = ((f["value"], f["unit"], f["formula"]) for f in answer["figures"])
    assert (value, unit, DAY.sub("DAY", why)) == ("121.5", "万元", CORRECTION)
    assert answer["citations"][0]["quote"] == "2024年度支出合计120.5万元。"
    (row,) = rows(loaded)
    assert [row[name] for name in ("数值", "原文数字", "更正为", "更正原因")] == [
        "121.5",
        "120.5",
        "121.5",
        "更正公告第12号。",
    ]
    head, line = loaded.type("facts").out.splitlines()
    assert head.split("\t")[0] == "编号"
    assert line.split("\t")[0] == fact
    assert line.split("\t")[-3:-1] == ["120.5", "121.5"]
    undone = loaded.type("correct", "--undo", fact[:6])
    assert undone == (0, f"已取消更正：{WHOSE}，仍按报告印的120.5万元。\n", "")
    assert asked(loaded) == PRINTED.format(file="a.txt")
    assert loaded.type("correct", "--list") == (0, "没有更正过数字。\n", "")


def test_a_correction_outlives_a_new_reading_and_a_new_file(loaded: Terminal) -> None:
    fact = mend(loaded)
    connection = sqlite3.connect(loaded.data / "library" / "library.sqlite")
    connection.row_factory = sqlite3.Row
    connection.execute("UPDATE reports SET pipeline = 'earlier', crc = NULL")
    add_checksums(connection)
    connection.commit()
    connection.close()
    assert asked(loaded) == MENDED.format(file="a.txt")
    assert rows(loaded)[0]["读法"] != "earlier"
    again = loaded.folder / "b.txt"
    text = (loaded.folder / "a.txt").read_text(encoding="utf-8")
    again.write_text(f"{text}二、其他\n没有其他情况。\n", encoding="utf-8")
    assert "取代了旧文件“a.txt”" in loaded.type("add", "b.txt").out
    assert asked(loaded) == MENDED.format(file="b.txt")
    write_report(loaded.folder / "c.txt", "财政局", "121.4")
    assert "取代了旧文件“b.txt”" in loaded.type("add", "c.txt").out
    assert asked(loaded).startswith(f"{WHOSE}121.4万元。[1]\n\n[1]")
    said = "报告印的是120.5万元，DAY更正为121.5万元，原因：更正公告第12号。《a.txt》\n"
    listed = DAY.sub("DAY", loaded.type("correct", "--list").out)
    assert listed == f"{fact}　不再适用（现在印的是121.4万元）　{WHOSE}：{said}"
    loaded.type("remove", "--yes", "c.txt")
    listed = DAY.sub("DAY", loaded.type("correct", "--list").out)
    assert listed == f"{fact}　报告不在库里　{WHOSE}：{said}"
    loaded.type("add", "a.txt")
    assert asked(loaded) == MENDED.format(file="a.txt")


@pytest.mark.parametrize(
    ("value", "reason", "sentence"),
    [
        ("121.5", "", "请用 --reason 写明更正的原因，每个用到这个数的回答都会写出来。"),
        ("多", "甲", "“多”不是一个数：请只写数字，例如 1.96。"),
        ("1元", "甲", "这个数的计量单位是“万元”：请按它写，不要写“元”。"),
        ("1.950", "甲", "报告印的就是1.95万元，不用更正。"),
        ("1", "甲" * 101, "原因太长了：请写在 100 个字以内。"),
    ],
)
def test_what_cannot_be_a_correction_is_one_sentence(
    tmp_path: Path, value: str, reason: str, sentence: str
) -> None:
    (fact,) = read_toy(write_toy(tmp_path / "a", f"{FINANCE}|2024|决算|甲", "三公1.95万元")).facts
    with pytest.raises(BadIndex) as raised:
        to_correction(fact, value, reason)
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    ("value", "digits", "amount"),
    [("1,951.50", "1,951.50", "1951.50"), ("－1.5 万元", "-1.5", "-1.5"), ("−2", "-2", "-2")],
)
def test_a_value_may_be_written_as_people_write_it(
    tmp_path: Path, value: str, digits: str, amount: str
) -> None:
    (fact,) = read_toy(write_toy(tmp_path / "a", f"{FINANCE}|2024|决算|甲", "三公1.95万元")).facts
    made = to_correction(fact, value, "甲")
    assert (made.said, made.value, made.instead_of) == (digits, Decimal(amount), Decimal("1.95"))


def test_nothing_is_corrected_by_halves(loaded: Terminal) -> None:
    fact = rows(loaded)[0]["编号"]
    alone = "请写上数字的编号和正确的数，例如 wenshu correct 91dbe804 1.96 --reason 更正公告。\n"
    assert loaded.type("correct", fact) == (2, "", alone)
    never = f"没有更正过这个数字：“{fact}”，见 wenshu correct --list。\n"
    assert loaded.type("correct", "--undo", fact) == (2, "", never)


def test_the_other_places_that_print_the_figure_are_named(terminal: Terminal) -> None:
    path = write_report(terminal.folder / "a.txt", "财政局")
    with path.open("a", encoding="utf-8") as file:
        file.write("二、总结\n全年支出合计120.5万元。\n")
    terminal.type("add", "a.txt")
    first, second = (row["编号"] for row in rows(terminal))
    done = terminal.type("correct", first, "121.5", "--reason", "笔误").out.splitlines()
    assert done[1:] == [f"同一个数还印在别处，没有更正：{second}　“全年支出合计120.5万元。”"]
    text = asked(terminal)
    assert text.startswith(f"{WHOSE}121.5万元。[1]\n"), "a corrected figure leads"
    assert "120.5万元[2]" in text


def test_a_figure_shows_where_it_is_from(loaded: Terminal) -> None:
    (row,) = rows(loaded)
    fact = row["编号"]
    code, out, err = loaded.type("show", fact[:8])
    assert (code, err) == (0, "")
    shown = dict(re.split("　+", line, maxsplit=1) for line in out.splitlines())
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d", shown.pop("读取时间"))
    assert shown.pop("依据")
    assert shown == {
        "编号": fact,
        "数字": f"{WHOSE}120.5万元",
        "原文": "“2024年度支出合计120.5万元。”",
        "文件": "a.txt",
        "标题": "青山市临江区财政局2024年度部门决算",
        "哈希": row["文件哈希"],
        "章节": "一、收支情况",
        "读法": row["读法"],
    }
    assert not list(loaded.folder.glob("*.png"))


def test_an_id_that_is_none_or_too_short_is_one_sentence(loaded: Terminal) -> None:
    fact = rows(loaded)[0]["编号"]
    unknown = "没有这个数字：“0000zz”，编号见 wenshu facts 的第一列。\n"
    assert loaded.type("show", "0000zz") == (2, "", unknown)
    short = f"“{fact[:2]}”太短，认不准是哪个数字：编号至少要写 4 位。\n"
    assert loaded.type("show", fact[:2]) == (2, "", short)


def test_the_page_of_a_figure_in_a_pdf_is_drawn_with_a_frame(terminal: Terminal) -> None:
    report = next((ROOT / "corpus" / "reports").glob("*2024年部门预算*.pdf"))
    terminal.type("add", str(report))
    row = next(
        row for row in rows(terminal) if row["表"] == "2024年部门“三公”经费和机关运行经费预算表"
    )
    code, out, err = terminal.type("show", row["编号"], "--out", "page.png")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    for line in (
        "页　　　　第6页",
        "表　　　　2024年部门“三公”经费和机关运行经费预算表",
        "列　　　　“三公”经费预算数 › 合计",
        "表的单位　万元",
        f"图　　　　page.png　[1]《{report.name}》 第6页",
    ):
        assert line in lines
    assert red_pixels(terminal.folder / "page.png") > 1000


def red_pixels(path: Path) -> int:
    """Count the pixels of a picture in the colour of frames."""
    with Image.open(path) as picture:
        red, green, blue = picture.convert("RGB").split()
    dark = (band.point(lambda value: 255 * (value < 60)) for band in (green, blue))
    strong = red.point(lambda value: 255 * (value > 200))
    for band in dark:
        strong = ImageChops.darker(strong, band)
    return strong.histogram()[255]
