import codecs
from hashlib import sha512

import pytest

from corpus.model.errors import BadReport
from corpus.model.types import Grid, GridCell, Paragraph
from corpus.readers.plain_text import clean_text, read_text

TITLE = "青山市临江区财政局2024年度部门决算"


def texts(data: bytes) -> list[str]:
    return [piece.text for piece in read_text(data).pieces if isinstance(piece, Paragraph)]


@pytest.mark.parametrize(
    "data",
    [
        TITLE.encode(),
        codecs.BOM_UTF8 + TITLE.encode(),
        codecs.BOM_UTF16_LE + TITLE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TITLE.encode("utf-16-be"),
        TITLE.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 little", "utf-16 big", "gb18030"],
)
def test_each_encoding_gives_the_same_text(data: bytes) -> None:
    assert texts(data) == [TITLE]


def test_utf8_that_was_cut_is_refused_and_not_read_as_gb18030() -> None:
    with pytest.raises(BadReport, match="UTF-8"):
        read_text((TITLE * 40).encode()[:-1])


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(seed: int) -> None:
    with pytest.raises(BadReport, match="不是文本文件"):
        read_text(b"".join(sha512(bytes([seed, block])).digest() for block in range(6)))


@pytest.mark.parametrize("data", [bytes(100), b"\x01\x02\x03abc", "café".encode("latin-1")])
def test_what_is_no_chinese_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadReport):
        read_text(data)


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("2024 年“三公” 经费 1.95 万元", "2024年“三公”经费1.95万元"),
        ("部 门 决 算", "部门决算"),
        ("目　　录", "目录"),
        ("一、\t部门概况", "一、部门概况"),
        ("编制部门：财政局      单位：元", "编制部门：财政局 单位：元"),
        ("[bookmark: _GoBack]（一）职能", "（一）职能"),
        ("\u200b三公\ufeff经费\x07", "三公经费"),
        ("CPI and GDP", "CPI and GDP"),
        ("1,000 2,000", "1,000 2,000"),
    ],
)
def test_cleaning_keeps_what_is_printed(printed: str, clean: str) -> None:
    assert clean_text(printed) == clean


def test_one_paragraph_a_line_without_pages() -> None:
    draft = read_text("第一行。\r\n\r\n　　第二行。\n".encode())
    assert draft.pages is None
    assert [piece.text for piece in draft.pieces if isinstance(piece, Paragraph)] == [
        "第一行。",
        "第二行。",
    ]
    assert all(
        segment.page is None
        for piece in draft.pieces
        if isinstance(piece, Paragraph)
        for segment in piece.segments
    )


def test_a_cover_title_over_two_lines_is_joined() -> None:
    data = "\n2024年度临江区文化馆整体支出\n绩效自评报告\n\n一、概况\n".encode()
    assert texts(data) == ["2024年度临江区文化馆整体支出绩效自评报告", "一、概况"]


def test_a_cover_title_over_three_lines_is_joined() -> None:
    data = "青山市临江区人民政府\n2024年度\n部门决算\n".encode()
    assert texts(data) == ["青山市临江区人民政府2024年度部门决算"]


@pytest.mark.parametrize(
    "lines",
    [
        ["附件1", "2024年度部门决算"],
        ["2024年度部门决算", "绩效自评报告"],
        ["2024年度部门", "一、部门概况说明"],
        ["本单位2024年支出", "共10万元。"],
    ],
)
def test_lines_that_are_whole_are_not_joined(lines: list[str]) -> None:
    assert texts("\n".join(lines).encode()) == lines


def test_lines_divided_by_tabs_are_a_grid() -> None:
    draft = read_text("单位：万元\n项目\t决算数\n合 计\t1,000.50\n以上。\n".encode())
    assert draft.pieces[1] == Grid(
        page=None,
        cells=(
            GridCell(row=0, column=0, text="项目"),
            GridCell(row=0, column=1, text="决算数"),
            GridCell(row=1, column=0, text="合计"),
            GridCell(row=1, column=1, text="1,000.50"),
        ),
    )
    assert texts("单位：万元\n项目\t决算数\n合 计\t1,000.50\n以上。\n".encode()) == [
        "单位：万元",
        "以上。",
    ]


def test_bars_make_a_grid_and_a_rule_below_the_header_is_dropped() -> None:
    grid = read_text("| 项目 | 金额 |\n|---|---|\n| 合计 | |\n".encode()).pieces[0]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["项目", "金额", "合计", ""]


@pytest.mark.parametrize(
    "text",
    [
        "项目\t决算数\n",
        "项目\t决算数\n合计\t1\t2\n",
        "一、\t概况\n二、\t职能\n",
        "\t甲。\n\t乙。\n",
    ],
    ids=["one line", "other number of cells", "numbered list", "indented"],
)
def test_lines_that_are_no_table_stay_paragraphs(text: str) -> None:
    assert not any(isinstance(piece, Grid) for piece in read_text(text.encode()).pieces)


def test_cells_below_each_other_are_a_table() -> None:
    lines = (
        "一、“三公”经费支出决算表\n单位：万元\n项  目\n2021年预算数\n2021年决算数\n"
        "合  计\n21.60\n18.42\n"
        "公务接待费\n6.10\n4.37\n其中：公务用车购置费\n0\n\n二、情况说明\n支出为18.42万元。\n"
    )
    pieces = read_text(lines.encode()).pieces
    grid = pieces[2]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == [
        "项目", "2021年预算数", "2021年决算数",
        "合计", "21.60", "18.42",
        "公务接待费", "6.10", "4.37",
        "其中：公务用车购置费", "0", "",
    ]  # fmt: skip
    assert [piece.text for piece in pieces if isinstance(piece, Paragraph)] == [
        "一、“三公”经费支出决算表", "单位：万元", "二、情况说明", "支出为18.42万元。",
    ]  # fmt: skip


def test_short_lines_after_a_unit_line_are_no_table_without_figures() -> None:
    text = "单位：万元\n项目\n说明\n备注\n情况\n以上均为预算数。\n"
    assert all(isinstance(piece, Paragraph) for piece in read_text(text.encode()).pieces)


@pytest.mark.parametrize("bar", ["｜", "│", " | "])
def test_upright_bars_of_any_width_divide_cells(bar: str) -> None:
    text = bar.join(("乡镇", "面积", "备注")) + "\n" + bar.join(("雁落乡", "0.74", "")) + "\n"
    (grid,) = read_text(text.encode()).pieces
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["乡镇", "面积", "备注", "雁落乡", "0.74", ""]
