"""Looking figures up over invented reports: by part, by table, by purpose, in everyday words."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

ROADS = "云川市北湖区交通局"
UNION = "云川市北湖区总工会"

PLAN = f"""{ROADS}2025年部门预算
一、主要职责
{ROADS}是主管全区交通的区政府工作部门，加挂{ROADS[:6]}港口管理局、{ROADS[:6]}地方海事处牌子。
二、财政拨款支出主要内容
1.“交通运输支出（类）公路水路运输（款）公路养护（项）”50.00万元，主要用于农村公路及桥梁日常养护。
2.“交通运输支出（类）公路水路运输（款）其他公路水路运输支出（项）”30.00万元，主要用于公交候车亭及站牌维护。
3.“一般公共服务支出（类）组织事务（款）一般行政管理事务（项）”6.00万元，主要用于组织事务。
4.“一般公共服务支出（类）宣传事务（款）一般行政管理事务（项）”7.00万元，主要用于宣传事务。
5.“卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）”8.00万元，主要用于医疗保险。
6.“卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）”9.00万元，主要用于医疗保险。
三、政府采购情况
2025年本部门面向中小企业预留政府采购项目预算金额40.00万元，其中，预留给小型和微型企业的政府采购项目预算为25.00万元。
站台更新专项经费情况说明
一、立项依据
1、《北湖区公交站台更新实施意见》。
二、年度预算安排
2025年度项目总预算40.00万，其中更换站牌25.00万，加装座椅15.00万。

2025年部门支出预算总表
单位：元
功能分类科目名称 | 合计 | 基本支出 | 项目支出
交通运输支出 | 900,000 | 100,000 | 800,000
住房保障支出 | 90,000 | 60,000 | 30,000
合计 | 990,000 | 160,000 | 830,000

2025年部门一般公共预算基本支出部门预算经济分类预算表
单位：元
经济分类科目名称 | 合计 | 人员经费 | 公用经费
工资福利支出 | 120,000 | 120,000 | 0
商品和服务支出 | 40,000 | 0 | 40,000
合计 | 160,000 | 120,000 | 40,000
"""

ACCOUNT = f"""{ROADS}2024年度部门决算
一、支出决算情况说明
2024年度一般公共预算财政拨款支出年初预算为100.00万元，支出决算为79.00万元，完成年初预算的79.00%。
卫生健康支出年初预算为12.00万元，支出决算为11.00万元。
机关退休人员活动费支出决算为0.60万元。
行政运行支出决算为70.00万元。
二、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为5.00万元，其中：公务接待费支出决算为2.00万元，公务用车运行维护费支出决算为3.00万元。
国内公务接待4批次、31人次。
三、收入决算情况说明
2024年度其他收入2.00万元，占2.50%。

收入决算表
单位：万元
科目名称 | 本年收入合计 | 财政拨款收入
行政运行 | 70.00 | 70.00
住房公积金 | 9.00 | 9.00
合计 | 79.00 | 79.00

支出决算表
单位：万元
科目名称 | 本年支出合计 | 基本支出 | 项目支出
行政运行 | 75.00 | 60.00 | 15.00
住房公积金 | 9.00 | 9.00 | 0.00
合计 | 84.00 | 69.00 | 15.00

一般公共预算财政拨款支出决算表
单位：万元
科目名称 | 合计 | 基本支出 | 项目支出
交通运输支出 | 70.00 | 55.00 | 15.00
住房保障支出 | 9.00 | 9.00 | 0.00
合计 | 79.00 | 64.00 | 15.00
"""

WORK = f"""2024年度{UNION}部门整体支出绩效自评报告
一、工作成效
完善困难职工家庭助学体系，帮助17名困难职工家庭子女圆了求学梦。积极推动在职职工医疗互助活动，全年参保900人，其中园区企业职工400人参保。
"""

REPORTS = {"交通2025.txt": PLAN, "交通2024.txt": ACCOUNT, "工会2024.txt": WORK}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def first(answer: Answer) -> str:
    """Return the figure that an answer leads with, its status where it has none."""
    return answer.figures[0].value + answer.figures[0].unit if answer.figures else answer.status


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        # a column of the row that was talked of, and not the column's own total
        (("交通局2025年住房保障支出多少", "其中项目支出呢"), "30000元"),
        (("交通局2025年交通运输支出多少", "里面基本支出多少"), "100000元"),
        (("交通局2025年工资福利支出多少", "其中人员经费呢"), "120000元"),
        # a part that adds up to the whole names itself
        (("交通局2024年三公经费多少", "其中公务接待费呢"), "2.00万元"),
        # a part in words that are no term
        (("交通局2025年面向中小企业预留采购预算多少", "其中给小型微型企业的呢"), "25.00万元"),
        # the sister of a subject, by what differs
        (("交通局2025年事业单位医疗多少", "行政单位的呢"), "8.00万元"),
        # no such part is printed
        (("交通局2024年公务接待费多少", "其中项目支出呢"), "not_found"),
    ],
)
def test_a_follow_up_asks_for_a_part_of_what_was_talked_of(
    assistant: Assistant, turns: tuple[str, ...], value: str
) -> None:
    assert first(talk(assistant, *turns)) == value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局2025年基本支出中人员经费合计多少", "120000元"),
        ("交通局2025年基本支出里公用经费合计是多少", "40000元"),
        ("交通局2025年人员经费和公用经费合计多少", "160000元"),
    ],
)
def test_a_total_of_a_column_is_no_sum_of_two_things(
    assistant: Assistant, question: str, value: str
) -> None:
    assert first(talk(assistant, question)) == value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局《支出决算表》中行政运行的本年支出合计是多少", "75.00万元"),
        ("交通局收入决算表里行政运行多少", "70.00万元"),
        ("交通局2024年支出决算表的合计是多少", "84.00万元"),
        ("交通局2024年一般公共预算财政拨款支出决算表中住房保障支出是多少", "9.00万元"),
        ("交通局2024年收入决算表里的三公经费是多少", "not_found"),
        ("交通局2024年收入决算表里的总计是多少", "79.00万元"),
        ("交通局2024年政府采购表里公务接待费多少", "not_found"),  # there is no such table
        ("交通局2024年《绩效目标表》里公务接待费多少", "not_found"),
    ],
)
def test_a_table_that_is_named_decides(assistant: Assistant, question: str, value: str) -> None:
    assert first(talk(assistant, question)) == value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局2025年候车亭和站牌花多少钱", "30.00万元"),
        ("2025年区里管候车亭站牌这块，交通局安排了多少钱", "30.00万元"),
        ("交通局2025年桥梁日常养护多少钱", "50.00万元"),
        ("交通局2025年候车亭和垃圾桶多少钱", "not_found"),
    ],
)
def test_a_figure_is_named_by_what_it_is_spent_on(
    assistant: Assistant, question: str, value: str
) -> None:
    assert first(talk(assistant, question)) == value


def test_everyday_words_stand_for_those_of_reports(assistant: Assistant) -> None:
    assert first(talk(assistant, "总工会帮了多少困难职工家的孩子上学")) == "17名"


def test_the_classes_of_spending_are_listed_with_their_figures(assistant: Assistant) -> None:
    answer = talk(assistant, "交通局2024年一般公共预算财政拨款支出分哪几类，各多少")
    assert [figure.value for figure in answer.figures] == ["70.00", "9.00"]
    assert "交通运输支出" in answer.text
    assert "住房保障支出" in answer.text


def test_name_boards_are_counted_and_are_no_money(assistant: Assistant) -> None:
    answer = talk(assistant, "交通局还加挂了哪几块牌子")
    assert answer.status == "answered"
    assert "港口管理局" in answer.text
    assert "地方海事处" in answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局2025年工资福利支出花多少", "120000元"),  # a plan alone: what is to be spent
        ("交通局2025年工资福利支出花了多少", "not_found"),
        ("交通局2025年工资福利支出实际多少", "not_found"),
        ("交通局2024年公务接待费花多少", "2.00万元"),
    ],
)
def test_what_is_only_planned_is_no_money_spent(
    assistant: Assistant, question: str, value: str
) -> None:
    assert first(talk(assistant, question)) == value


def test_two_counts_in_a_row_are_both_answered(assistant: Assistant) -> None:
    answer = talk(assistant, "交通局2024年公务接待几批几人")
    assert [figure.value + figure.unit for figure in answer.figures] == ["4批次", "31人次"]
    assert first(talk(assistant, "交通局2024年公务接待几批次")) == "4批次"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局2024年卫生健康支出预算多少", "12.00万元"),
        ("交通局2024年卫生健康支出决算多少", "11.00万元"),
    ],
)
def test_the_aspect_after_a_name_is_heard(assistant: Assistant, question: str, value: str) -> None:
    assert first(talk(assistant, question)) == value


def test_a_level_and_its_share_are_both_given(assistant: Assistant) -> None:
    answer = talk(assistant, "交通局2024年其他收入决算数及占比")
    assert [figure.value + figure.unit for figure in answer.figures] == ["2.00万元", "2.50%"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局站台更新专项一共多少钱", "40.00万"),
        ("交通局站台更新专项里座椅安排多少", "15.00万"),
        ("总工会有多少人参加医疗互助", "900人"),
        ("总工会园区企业职工多少人参加医疗互助", "400人"),
        ("交通局站台更新专项里雨棚安排多少", "not_found"),  # no such part: not its total
    ],
)
def test_of_one_undertaking_the_words_single_out_a_figure(
    assistant: Assistant, question: str, value: str
) -> None:
    assert first(talk(assistant, question)) == value


def test_people_whom_money_is_for_are_no_figure_of_their_own(assistant: Assistant) -> None:
    assert first(talk(assistant, "交通局2024年退休人员活动花了多少钱")) == "0.60万元"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("交通局2024年年初预算多少", "100.00万元"),
        ("交通局2024年预算执行率多少", "79.00%"),
        ("交通局2024年完成年初预算百分之几", "79.00%"),
        ("总工会2024年预算多少", "not_found"),
    ],
)
def test_a_level_of_nothing_is_of_the_whole(
    assistant: Assistant, question: str, value: str
) -> None:
    assert first(talk(assistant, question)) == value


def test_a_section_of_a_single_item_is_quoted(assistant: Assistant) -> None:
    answer = talk(assistant, "交通局站台更新专项的立项依据")
    assert answer.status == "answered"
    assert "公交站台更新实施意见" in answer.text


def test_a_name_under_several_headings_is_asked_back(assistant: Assistant) -> None:
    answer = talk(assistant, "交通局2025年一般行政管理事务多少")
    assert answer.status == "clarify"
    assert [first(talk(assistant, choice.question)) for choice in answer.choices] == [
        "6.00万元",
        "7.00万元",
    ]


def test_what_is_asked_of_why_is_a_reason(assistant: Assistant) -> None:
    assert not talk(assistant, "交通局2024年三公经费咋增加了").figures


def test_the_classes_by_economy_are_those_of_the_table_of_basic_spending(
    assistant: Assistant,
) -> None:
    answer = talk(assistant, "交通局2025年基本支出按经济分类分哪几类，各多少")
    printed = [figure.value for figure in answer.figures if not figure.formula]
    assert printed == ["120000", "40000"]
