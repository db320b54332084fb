"""The budget as the year began and as it became, changes without a second sign, totals no items."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

BODY = "安岭市河东区园林局"
ACCOUNT = f"""{BODY}2024年度部门决算
一、“三公”经费支出决算表
单位：万元
项目 | 年初预算数 | 全年预算数 | 决算数 | 增减额
“三公”经费合计 | 18.00 |  | 13.27 | △2.11
公务用车运行维护费 | 12.00 | 11.50 | 10.09 | (1.50)
公务接待费 | 6.00 | 5.00 | 3.18 | △0.61

二、支出决算表
单位：万元
科目名称 | 合计 | 项目支出
绿化养护 | 90.00 | 40.00
病虫防治 | 60.00 | 25.00
苗圃管理 | 50.00 | 10.00
合计 | 200.00 | 75.00

三、说明
2024年度本年收支结余为(38.60)万元。
2024年度会议费支出7.15①万元，培训费支出4.6²万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), {"园林.txt": ACCOUNT}) as library:
        yield Assistant(library)


def printed(answer: Answer) -> list[str]:
    return [f.value + f.unit for f in answer.figures if not f.formula]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2024年公务接待费全年预算数是多少", "5.00万元"),
        ("2024年公务接待费调整后预算是多少", "5.00万元"),
        ("2024年公务接待费年初预算数是多少", "6.00万元"),
        ("2024年公务接待费预算是多少", "6.00万元"),
        ("2024年公务接待费决算是多少", "3.18万元"),
    ],
)
def test_each_budget_is_told_by_its_own_name(
    assistant: Assistant, question: str, figure: str
) -> None:
    answer = talk(assistant, BODY + question)
    assert printed(answer)[:1] == [figure]
    assert "不同" not in answer.text


def test_a_blank_cell_is_not_filled_from_the_column_beside_it(assistant: Assistant) -> None:
    answer = talk(assistant, BODY + "2024年三公经费全年预算数是多少")
    assert answer.status == "not_found"


def test_how_far_something_fell_is_said_once(assistant: Assistant) -> None:
    answer = talk(assistant, BODY + "2024年公务用车运行维护费比上年减少多少")
    assert "减少1.50万元" in answer.text


def test_a_note_mark_is_no_digit_of_the_answer(assistant: Assistant) -> None:
    answer = talk(assistant, BODY + "2024年会议费支出多少")
    assert printed(answer)[:1] == ["7.15万元"]
    assert "7.15万元" in answer.text


def test_a_figure_below_nothing_has_the_common_sign(assistant: Assistant) -> None:
    answer = talk(assistant, BODY + "2024年本年收支结余是多少")
    assert printed(answer)[:1] == ["-38.60万元"]
    assert "-38.60万元" in answer.text


@pytest.mark.parametrize(
    ("question", "item", "figure"),
    [
        ("2024年支出决算表里哪个科目的项目支出最多", "绿化养护", "40.00万元"),
        ("2024年支出决算表里哪个科目的项目支出最少", "苗圃管理", "10.00万元"),
    ],
)
def test_the_total_is_no_item(assistant: Assistant, question: str, item: str, figure: str) -> None:
    answer = talk(assistant, BODY + question)
    assert printed(answer)[:1] == [figure]
    assert item in answer.text.splitlines()[0]
    assert "75.00万元" not in printed(answer)
