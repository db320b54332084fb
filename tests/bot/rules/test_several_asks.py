"""Several things that one message asks of one figure, and figures that may be added up.

One invented body: a table whose heads are rates, its people as 名 and as 人, an amount said about.
"""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.decomposition import is_of_others
from bot.types import Answer, Figure
from scripts.toy_reports import open_texts, talk

TEXT = """石桥市文旅局2024年度部门决算
一、收入决算情况
2024年收入完成情况表（单位：万元）
项目\t预算数\t完成数\t占预算(%)\t比上年增长(%)
门票收入\t500.00\t421.00\t84.2\t-6.3
场地租金\t120.00\t131.00\t109.2\t4.5
二、人员情况
2024年末实有在职人员23名，其中：公务员15名，事业编制8名，离退休人员9人。
三、工作情况
建好游客之家，投入300多万元建成近30家游客之家、歇脚驿站。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("asks"), {"文旅局2024.txt": TEXT}) as library:
        yield Assistant(library)


def figures(answer: Answer) -> set[str]:
    return {figure.value + figure.unit for figure in answer.figures}


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("2024年门票收入完成了多少？完成预算的百分之几", {"421.00万元", "84.2%"}),
        ("2024年门票收入完成了多少，比上年是涨还是跌，百分之几", {"421.00万元", "6.3%"}),
        ("在职的和离退休的加起来一共多少人", {"32名"}),
        ("在职的和离退休的加拢来一共好多人", {"32名"}),
        ("游客之家、歇脚驿站投了多少钱，建了多少家", {"300万元", "30家"}),
        ("门票收入多少w 场地租金多少w", {"421.00万元", "131.00万元"}),
    ],
)
def test_all_that_a_message_asks_is_told(
    assistant: Assistant, words: str, values: set[str]
) -> None:
    answer = talk(assistant, words)

    assert answer.status == "answered"
    assert figures(answer) >= values


def test_what_grew_stands_beside_its_rate_and_not_its_budget(assistant: Assistant) -> None:
    answer = talk(assistant, "2024年门票收入比上年增长多少")

    assert answer.text.splitlines()[1].startswith("2024年门票收入决算421.00万元")


def test_of_a_part_that_is_added_to_its_whole_it_is_said(assistant: Assistant) -> None:
    answer = talk(assistant, "在职人员和公务员加起来一共多少人")

    assert "公务员是在职人员的一部分，相加会重复计算。" in answer.text


def test_a_message_of_two_questions_is_of_one_body() -> None:
    """Whose is said once: 执行率呢 behind it is not answered of another body."""

    def told(organisation: str) -> Answer:
        one = Figure(
            value="1",
            unit="%",
            label="",
            organisation=organisation,
            year=2024,
            aspect="完成率",
            citation=1,
        )
        return Answer(status="answered", text="1%", figures=(one,))

    assert is_of_others(told("石桥市水务局"), [told("石桥市文旅局")])
    assert not is_of_others(told("石桥市文旅局"), [told("石桥市文旅局")])
