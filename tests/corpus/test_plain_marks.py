"""What a typist left to chance: widths of digits and marks, note marks, columns made by spaces."""

import pytest

from corpus.model.types import Grid
from corpus.readers.plain_text import read_text
from corpus.structure.plain_marks import note_mark_places, plain_text, without_notes


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１，２３４．５６万元，比２０２３年", "1,234.56万元，比2023年"),
        ("８９．４４％", "89.44%"),
        (
            "与2022年相比,收、支总计各减少18.60万元,下降3.50%.",
            "与2022年相比，收、支总计各减少18.60万元，下降3.50%。",
        ),
        ("其中:甲1,234.00万元;乙2万元", "其中：甲1,234.00万元；乙2万元"),
        ("各是4125.49,4143.91万元", "各是4125.49，4143.91万元"),
        ("1.公务接待费(国内)2.16万元.2.培训费", "1.公务接待费（国内）2.16万元.2.培训费"),
        ("每天8:30开馆,网址http://a.b", "每天8:30开馆，网址http://a.b"),
        ("2023－2024年", "2023－2024年"),
    ],
)
def test_widths_of_digits_and_marks(typed: str, plain: str) -> None:
    assert plain_text(typed) == plain


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("收入2936.48①万元", "收入2936.48万元"),
        ("支出4.6²万元", "支出4.6万元"),
        ("会议费¹7.15[3]万元", "会议费7.15万元"),
        ("培训费*12.4*万元，", "培训费12.4万元，"),
        ("差旅费38.20（注4）万元", "差旅费38.20万元"),
        ("执行率97.8%②，", "执行率97.8%，"),
        ("①公务接待费2万元，②培训费3万元", "①公务接待费2万元，②培训费3万元"),
        ("面积80m²，", "面积80m²，"),
        ("财预〔2024〕12号", "财预〔2024〕12号"),
        ("支出（注：含结转）3万元", "支出（注：含结转）3万元"),
    ],
)
def test_what_only_points_to_a_note_goes(text: str, rest: str) -> None:
    marks = note_mark_places(text)
    assert "".join(char for at, char in enumerate(text) if at not in marks) == rest


def grids_of(text: str) -> list[list[list[str]]]:
    grids = [piece for piece in read_text(text.encode()).pieces if isinstance(piece, Grid)]
    return [
        [
            [cell.text for cell in grid.cells if cell.row == row]
            for row in range(grid.cells[-1].row + 1)
        ]
        for grid in grids
    ]


def test_columns_made_by_spaces_are_a_table() -> None:
    wide = "项目　　　　　决算数\n人员经费　　　３０２．１８\n公用经费　　　　４１．７７\n"
    assert grids_of(wide) == [
        [["项目", "决算数"], ["人员经费", "３０２．１８"], ["公用经费", "４１．７７"]]
    ]
    narrow = (
        "项目           年初预算数    决算数\n"
        "公务接待费          5.00      1.72\n"
        "会议费                        (0.40)\n"
    )
    assert grids_of(narrow) == [
        [
            ["项目", "年初预算数", "决算数"],
            ["公务接待费", "5.00", "1.72"],
            ["会议费", "", "(0.40)"],
        ]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "编制部门：某局    单位：万元\n第二行\n",
        "某局　　　　某处\n某办　　　　某科\n某所　　　　某站\n",  # no figures
        "一、概况　　　　2\n二、预算　　　　5\n",  # two lines are no table
    ],
)
def test_words_with_wide_gaps_are_no_table(text: str) -> None:
    assert grids_of(text) == []


def test_a_text_is_read_out_without_its_note_marks() -> None:
    assert without_notes("收入2936.48①万元，支出4.6²万元。") == "收入2936.48万元，支出4.6万元。"
