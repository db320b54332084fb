"""What is worked out holds to what the question names; every figure is worked by hand."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

PORT = "望江市码头区港务局"
PARK = "望江市码头区园林局"

ACCOUNT = f"""{PORT}2024年度部门决算
一、支出决算情况说明
2024年度支出合计500万元，其中：基本支出300万元、项目支出200万元。
2024年度人员经费支出240万元，公用经费支出60万元。
1.一般公共服务支出（类）财政事务（款）行政运行（项）。年初预算为50万元，支出决算为60万元。
2.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为30万元，支出决算为20万元。
二、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为6万元，年初预算为8万元，人均支出0.3万元；2023年度“三公”经费支出决算为5万元，人均支出0.2万元。
其中：公务用车购置费支出决算为3万元，公务用车运行维护费支出决算为2万元，公务接待费支出决算为1万元。
三、机关运行经费支出情况说明
2024年度机关运行经费支出60万元，比2023年度增加6万元，主要原因是搬迁。
2024年度培训费支出4万元，比2023年度减少1万元，主要原因是改为网上授课。
四、惠民情况
为50名困难家庭学生发放助学金。走访值班职工400名，送去价值10万元的慰问物资。

支出决算表
单位：万元
科目名称 | 本年支出合计 | 基本支出 | 项目支出
一般公共服务支出 | 350.00 | 200.00 | 150.00
卫生健康支出 | 30.00 | 30.00 | 0.00
住房保障支出 | 120.00 | 70.00 | 50.00
合计 | 500.00 | 300.00 | 200.00

一般公共预算财政拨款支出决算表
单位：万元
科目名称 | 合计 | 基本支出 | 项目支出
一般公共服务支出 | 340.00 | 190.00 | 150.00
合计 | 490.00 | 290.00 | 200.00
"""
OTHER = f"""{PARK}2024年度部门决算
一、支出决算情况说明
2024年度支出合计400万元，其中：基本支出100万元、项目支出300万元。
2024年度培训费支出2万元。
"""
REPORTS = {"港务.txt": ACCOUNT, "园林.txt": OTHER}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def formulas(answer: Answer) -> list[str]:
    return [figure.formula for figure in answer.figures if figure.formula]


def printed(answer: Answer) -> list[str]:
    return [f.value + f.unit for f in answer.figures if not f.formula]


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        # The whole is all spending, in a table of all funds.
        ("港务局2024年一般公共服务支出占总支出多少", ["350 / 500 × 100% = 70%"]),
        ("港务局2024年三公经费占支出预算的比重", []),  # spent is no part of what was planned
        ("港务局2024年公务接待费占三公经费的几成", ["1 / 6 × 100% = 16.67%"]),
        (
            "港务局2024年基本支出和项目支出各占多少",
            ["300 / 500 × 100% = 60%", "200 / 500 × 100% = 40%"],
        ),
        (
            "港务局和园林局2024年哪家基本支出占比高",
            ["300 / 500 × 100% = 60%", "100 / 400 × 100% = 25%"],
        ),
        ("港务局2024年基本支出和项目支出合计多少", ["300 + 200 = 500万元"]),
        ("港务局2024年公务用车购置费和运行费一共多少", ["3 + 2 = 5万元"]),
        ("港务局2024年人均三公经费比2023年多多少", ["0.3 - 0.2 = 0.1万元"]),
        ("港务局2024年三公经费比预算多还是少", ["6 - 8 = -2万元"]),
    ],
)
def test_a_figure_is_worked_out_of_what_is_named(
    assistant: Assistant, question: str, worked: list[str]
) -> None:
    assert formulas(talk(assistant, question)) == worked


@pytest.mark.parametrize(
    "question",
    [
        "港务局2024年三公经费和水电费一共多少",  # 水电费 is not printed
        "港务局2024年支出超预算了吗",
        "港务局走访困难家庭平均每人多少钱",  # the families are those who got grants
    ],
)
def test_half_of_what_is_named_is_no_answer(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert (answer.status, answer.figures) == ("not_found", ())


def test_a_rate_says_what_it_is_counted_from(assistant: Assistant) -> None:
    answer = talk(assistant, "港务局2024年三公经费比预算少百分之几")
    assert "三公经费比预算下降25%" in answer.text


def test_a_change_either_way_is_told_as_printed(assistant: Assistant) -> None:
    answer = talk(assistant, "港务局2024年机关运行经费比2023年增加还是减少")
    assert (printed(answer)[0], "增加" in answer.text) == ("6万元", True)


def test_totals_are_no_rivals_of_their_parts_in_a_rank(assistant: Assistant) -> None:
    answer = talk(assistant, "港务局2024年哪个科目支出最多")
    assert answer.figures[0].label == "一般公共服务支出决算"
    assert {"500.00万元", "500万元"}.isdisjoint(printed(answer))


def test_the_items_beyond_an_amount(assistant: Assistant) -> None:
    assert printed(talk(assistant, "港务局2024年哪几项支出超过100万元")) == [
        "350.00万元",
        "120.00万元",
    ]
    assert printed(talk(assistant, "港务局2024年哪些支出不到100万元")) == ["30.00万元"]


def test_the_items_that_spent_more_than_their_budgets(assistant: Assistant) -> None:
    answer = talk(assistant, "港务局2024年哪项支出超预算了")
    assert printed(answer) == ["60万元"]
    assert "行政运行决算60万元，预算50万元" in answer.text


def test_the_items_that_spent_less_than_their_budgets(assistant: Assistant) -> None:
    answer = talk(assistant, "港务局2024年哪些支出没有花完预算")
    assert printed(answer) == ["20万元", "6万元"]  # 住房公积金 and 三公经费


@pytest.mark.parametrize(
    ("turns", "worked"),
    [
        (("港务局2024年公务接待费多少", "占三公经费的比例"), ["1 / 6 × 100% = 16.67%"]),
        (("港务局2024年人员经费多少", "公用经费呢", "两项加起来", "占三公经费多少"), []),
        (("港务局2024年培训费和公务接待费相差多少",), ["4 - 1 = 3万元"]),
        (("港务局和园林局2024年培训费合计",), ["4 + 2 = 6万元"]),
        (("港务局2024年机关运行经费预算和公务接待费预算合计多少",), []),
        (("港务局2024年人员经费和公用经费哪个超预算多",), []),
    ],
)
def test_a_talk_is_worked_out_of_what_it_told(
    assistant: Assistant, turns: tuple[str, ...], worked: list[str]
) -> None:
    answer = talk(assistant, *turns)
    assert (formulas(answer), answer.status) == (worked, "answered" if worked else "not_found")


def test_the_gap_of_two_things_talked_of(assistant: Assistant) -> None:
    turns = ("港务局2024年人员经费多少", "公用经费呢", "差多少")
    assert formulas(talk(assistant, *turns)) == ["60 - 240 = -180万元"]


def test_two_bodies_whose_gap_was_told_can_be_added(assistant: Assistant) -> None:
    turns = ("港务局2024年培训费多少", "园林局呢", "两家差多少", "两家加起来")
    assert formulas(talk(assistant, *turns)) == ["4 + 2 = 6万元"]


def test_a_reason_is_asked_of_the_next_thing_as_well(assistant: Assistant) -> None:
    answer = talk(assistant, "港务局2024年机关运行经费增加的原因", "培训费呢")
    assert "改为网上授课" in answer.text
