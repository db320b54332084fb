"""The self-evaluations of one invented body in two years, with tables in the text."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from index.library import Library
from scripts.toy_library import ToyEncoder
from scripts.toy_reports import talk

LATER = """石桥市种子站2024年度整体支出绩效自评报告
一、单位概况
站内设3个部室：综合部、借阅部、少儿部。下设北城分馆、南湖分馆2个分馆。
2024年公务接待9批次60人次。
二、支出情况
全年支出500万元，较上年增加20万元，系新增了通借通还服务。
附表1 “三公”经费两年对比表（单位：元）
年度\t公务接待费\t公务用车运行维护费\t合计
2023年\t4,000\t9,000\t13,000
2024年\t3,000\t8,000\t11,000
表2 项目支出明细表（单位：万元）
项目名称\t资金来源\t全年预算\t实际支出\t主要产出
流动书车\t市级\t30.00\t28.00\t出车70次
少儿阅读\t区级\t12.00\t10.00\t活动20场
合计\t\t42.00\t38.00\t
三、自评情况
表3 整体支出绩效自评表
三级指标\t分值\t年度指标值\t实际完成值\t得分\t未完成原因
流动书车出车次数\t10\t≥60次\t70次\t10\t
办展次数\t10\t≥8次\t6次\t7.5\t展厅漏水停用
合计\t20\t\t\t17.5\t
我馆整体支出绩效自评得分17.5分，其中产出类20分得17.5分。
古籍修复全面完成80册。
四、存在问题
古籍修复因纸张缺货，实际完成65册，余下15册结转下年。
五、改进措施
1、与展厅施工方按周调度。
（二）提前采购修复用纸，年初一次备足。
"""
EARLIER = """石桥市种子站2023年度整体支出绩效自评报告
一、支出情况
全年支出480万元，较上年减少5万元，主要是压减了办公费。
流动书车出车52次。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("evaluations")
    paths = [folder / "种子站2024.txt", folder / "种子站2023.txt"]
    for path, text in zip(paths, (LATER, EARLIER), strict=True):
        path.write_text(text, encoding="utf-8")
    with Library.open(folder / "library", encoder=ToyEncoder) as opened:
        opened.add(paths)
        yield opened


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


def figures(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures]


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("种子站2023年公务接待费多少",), ["4000元"]),
        (("种子站2023年三公经费合计多少",), ["13000元"]),
        (("种子站2024年三公经费多少", "其中公务用车运行维护费呢"), ["8000元"]),
        (("种子站2024年流动书车出车几次，花了多少钱",), ["70次", "28.00万元"]),
        (("种子站2024年公务接待多少批次，花了多少钱",), ["9批次", "3000元"]),
        (("种子站2023、2024年流动书车出车多少次",), ["52次", "70次"]),
    ],
)
def test_years_and_parts_are_found_in_their_rows(
    assistant: Assistant, turns: tuple[str, ...], said: list[str]
) -> None:
    answer = talk(assistant, *turns)
    assert answer.status == "answered", answer.text
    found = figures(answer)
    assert [one for one in found if one in said] == said, answer.text
    assert not {"500万元", "480万元"} & set(found)


def test_a_part_without_an_answer_is_said_to_have_none(assistant: Assistant) -> None:
    answer = talk(assistant, "种子站2024年古籍修复完成多少册，花了多少钱")
    assert "报告里没有“古籍修复”的金额，这一部分不能回答。" in answer.text
    assert "500万元" not in figures(answer)


def test_a_year_without_a_figure_is_said_to_have_none(assistant: Assistant) -> None:
    answer = talk(assistant, "种子站2023、2024年少儿阅读花了多少钱")
    assert figures(answer)[0] == "10.00万元"
    assert "2023年的这项数据，报告里没有找到。" in answer.text


def test_it_stands_for_the_year_talked_of(assistant: Assistant) -> None:
    answer = talk(assistant, "种子站2023年流动书车出车多少次", "2024年比它多多少")
    assert "18次" in figures(answer), answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("种子站2024年办展次数为什么没完成", "展厅漏水停用"),
        ("种子站2024年支出为什么增加", "系新增了通借通还服务"),
        ("种子站2023年支出为什么减少", "主要是压减了办公费"),
        ("种子站内设哪些部室", "综合部、借阅部、少儿部"),
        ("种子站2024年有哪些改进措施", "（二）提前采购修复用纸，年初一次备足。"),
        ("种子站自评17.5分是怎么构成的", "产出类20分得17.5分"),
    ],
)
def test_reasons_and_lists_are_quoted(assistant: Assistant, question: str, told: str) -> None:
    answer = talk(assistant, question)
    assert (answer.status, told in answer.text) == ("answered", True), answer.text


def test_a_reason_of_another_year_is_no_answer(assistant: Assistant) -> None:
    answer = talk(assistant, "种子站2024年支出为什么减少")
    assert "办公费" not in answer.text


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("种子站2024年流动书车出车次数达标了吗", "达到目标", ["70次", "60次"]),
        ("种子站2024年办展次数完成目标了吗", "没有达到目标", ["6次", "8次"]),
    ],
)
def test_a_target_is_met_or_not(
    assistant: Assistant, question: str, verdict: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    assert answer.text.startswith(verdict), answer.text
    assert figures(answer) == said


def test_what_two_sections_say_of_the_end_is_told_with_both(assistant: Assistant) -> None:
    answer = talk(assistant, "种子站2024年古籍修复是不是都完成了")
    assert "报告前后说法不一致" in answer.text
    assert {"65册", "80册"} <= set(figures(answer)), answer.text
