"""A government's budget: 全市 is told apart from 市本级, in words, in tables and in questions."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

CITY = """关于清江市2024年预算执行情况和2025年预算草案的报告
一、2024年预算执行情况
（一）全市预算执行情况
全市一般公共预算收入完成80.50亿元，为预算的101%，同比增长4.2%。其中：税收收入50.10亿元，同比增长2.1%。全市一般公共预算支出完成200.30亿元，同比增长3.0%。
全市政府性基金收入完成30.20亿元，同比下降10.0%；支出完成60.40亿元。
截至2024年底，全市政府债务余额300.00亿元，控制在省下达的限额320.00亿元以内。其中一般债务120.00亿元、专项债务180.00亿元。
（二）市本级预算执行情况
市本级一般公共预算收入完成20.40亿元，同比增长6.5%。市本级一般公共预算支出完成70.60亿元，同比下降1.0%。
二、2025年预算草案
2025年全市安排一般公共预算支出210.00亿元。
附表1 2024年全市一般公共预算收入完成情况表（单位：万元）
预算科目\t预算数\t完成数\t比上年增长%
契税\t90,000\t80,000\t-12.5
罚没收入\t30,000\t33,000\t10.0
附表2 2024年市本级一般公共预算收入完成情况表（单位：万元）
预算科目\t预算数\t完成数\t比上年增长%
契税\t20,000\t18,000\t-5.0
非税收入\t50,000\t52,000\t4.0
罚没收入\t12,000\t10,000\t-18.2
附表3 2024年市本级预备费安排情况表（单位：万元）
项目\t金额
防汛抢险资金\t800
桥梁抢修资金\t500
合计\t1,300
附表4 2024年政府债务限额和余额情况表（单位：亿元）
地区\t政府债务限额\t专项债务余额
清江市\t320.00\t180.00
石门县\t40.00\t22.00
柳河县\t55.00\t31.00
"""
REPORTS = {"清江市2024年预算执行情况和2025年预算草案的报告.txt": CITY}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("city"), REPORTS) as library:
        yield Assistant(library)


def figures(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("清江市2024年全市一般公共预算收入完成多少", ["80.50亿元"]),
        ("清江市本级2024年一般公共预算收入完成多少", ["20.40亿元"]),
        ("清江市2024年一般公共预算收入多少", ["80.50亿元", "20.40亿元"]),
        ("清江市2024年全市政府性基金支出多少", ["60.40亿元"]),
        ("清江市到2024年底一共欠了多少政府债？上面给的上限是多少？", ["300.00亿元", "320.00亿元"]),
        ("清江市2024年专项债务余额多少", ["180.00亿元"]),
        ("清江市本级2024年契税收了多少", ["18,000万元"]),
        ("清江市2025年全市一般公共预算支出安排多少", ["210.00亿元"]),
    ],
)
def test_the_level_that_is_named_is_told(
    assistant: Assistant, question: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    wanted = [figure.replace(",", "") for figure in said]
    assert (answer.status, figures(answer)[: len(wanted)]) == ("answered", wanted), answer.text


def test_two_levels_are_no_contradiction(assistant: Assistant) -> None:
    answer = talk(assistant, "清江市2024年一般公共预算收入多少")
    assert "不一致" not in answer.text
    assert "（全市）" in answer.text
    assert "（市本级）" in answer.text


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("2024年清江市全市和市本级的一般公共预算收入，哪个增得快？",), ["4.2%", "6.5%"]),
        (("清江市本级2024年非税收入多少", "其中罚没收入比上年增减多少"), ["18.2%"]),
        (("清江市2024年政府债务限额，石门县和柳河县谁高？",), ["40.00亿元", "55.00亿元"]),
        (("清江市2024年市本级预备费都用在哪几项",), ["800万元", "500万元"]),
    ],
)
def test_levels_and_places_are_compared(
    assistant: Assistant, turns: tuple[str, ...], said: list[str]
) -> None:
    answer = talk(assistant, *turns)
    assert answer.status == "answered", answer.text
    assert set(said) <= set(figures(answer)), answer.text


def test_spending_that_is_not_printed_is_not_answered_with_income(assistant: Assistant) -> None:
    answer = talk(assistant, "清江市2025年全市政府性基金支出安排多少")
    assert answer.status != "answered", answer.text
