"""A department, its own 本级 and its account: budgets and accounts side by side, worked by hand."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

HEALTH = "清江市南屏区卫生健康委员会"
SPORT = "清江市南屏区体育局"

ACCOUNT = f"""{HEALTH}2024年度部门决算
第一部分 {HEALTH}概况
一、部门决算单位构成
纳入{HEALTH}2024年度部门决算编制范围的单位包括：
1.{HEALTH}（本级）。
2.清江市南屏区第一医院。
3.清江市南屏区第二医院。
4.清江市南屏区急救中心。
第二部分 {HEALTH}2024年度部门决算情况说明
一、“三公”经费支出决算情况说明
（一）总体情况说明
“三公”经费财政拨款支出年初预算为30.00万元，支出决算为24.00万元，完成预算的80.00%。2024年度“三公”经费支出决算数小于预算数的主要原因：厉行节约。
2024年度“三公”经费财政拨款支出决算数比2023年度增加4.00万元，增长20.00%，其中：公务用车购置及运行维护费支出决算增加5.00万元，公务接待费支出决算减少1.00万元。公务用车购置及运行维护费支出增加的主要原因是更换1辆救护车。
（二）具体情况说明
公务用车购置及运行维护费支出20.00万元。
公务接待费支出4.00万元。主要用于接待来访，列明公务接待16批次、200人次。
二、政府性基金预算财政拨款收入支出决算情况说明
{HEALTH}2024年度政府性基金预算财政拨款收入50.00万元，支出48.00万元。
三、绩效管理情况说明
绩效自评的2024年度项目9个，涉及预算金额90.00万元，平均得分95.50分（其中，绩效评级为“优”的项目7个；绩效评级为“良”的项目2个）。

收入决算表
单位：万元
科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入 | 其他收入
疾病预防控制机构 | 70.00 | 60.00 | 8.00 | 2.00
妇幼保健医院 | 90.00 | 50.00 | 39.00 | 1.00
"""

SPORT_ACCOUNT = f"""{SPORT}2024年度部门决算
一、“三公”经费支出决算情况说明
“三公”经费财政拨款支出年初预算为10.00万元，支出决算为8.00万元。
公务接待费支出1.00万元。列明公务接待5批次、40人次。
二、车辆
截至2024年12月31日，{SPORT}共有车辆3辆。
公务用车购置及运行维护费支出7.00万元。
单价100万元以上设备2台（套）。
"""

PLAN = f"""{SPORT}2025年部门预算
一、编制说明
2025年，{SPORT}收入预算900.00万元，其中：财政拨款收入900.00万元，比2024年预算增加100.00万元；支出预算900.00万元，其中：财政拨款支出预算900.00万元，比2024年预算增加100.00万元。
二、“三公”经费情况说明
2025年“三公”经费预算数为12.00万元，比2024年预算增加2.00万元。
（一）公务用车购置及运行费11.00万元，比2024年预算增加2.00万元，主要原因是更新1辆训练用车。
（二）公务接待费1.00万元，与2024年预算持平。
三、科目
1.“文化旅游体育与传媒支出（类）体育（款）体育训练（项）”30.00万元。2024年当年预算执行数为45.50万元，2025年预算安排30.00万元，比2024年预算执行数减少34.07%。
全民健身专项经费情况说明
一、年度预算安排
2025年度项目总预算60.00万，其中赛事指导员补贴40.00万，场地设备租赁20.00万。
公园跑道改造经费情况说明
一、年度预算安排
第一季度用款计划10万元，第二季度用款计划20万元，第三季度用款计划30万元，第四季度用款计划5万元。
"""

OWN_PLAN = f"""{SPORT}（本级）2025年单位预算
一、编制说明
2025年，{SPORT}（本级）收入预算700.00万元；支出预算700.00万元。
二、“三公”经费情况说明
2025年“三公”经费预算数为9.50万元。
"""

REPORTS = {
    "卫健2024.txt": ACCOUNT,
    "体育2024.txt": SPORT_ACCOUNT,
    "体育2025.txt": PLAN,
    "体育本级2025.txt": OWN_PLAN,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def figures(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures]


def formulas(answer: Answer) -> list[str]:
    return [figure.formula for figure in answer.figures if figure.formula]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("卫健委2024年公务接待多少批、多少人次", ["16批次", "200人次"]),
        ("卫健委2024年公务接待了多少批次多少人次", ["16批次", "200人次"]),
        ("卫健委2024年有几批公务接待", ["16批次"]),
        ("卫健委2024年接待了几批客人花了多少", ["16批次", "4.00万元"]),
        ("体育局2024年车辆多少辆，花了多少钱", ["3辆", "7.00万元"]),
        ("卫健委2024年评为优的项目几个，良的几个", ["7个", "2个"]),
        ("卫健委2024年三公花了多少，政府性基金收入多少", ["24.00万元", "50.00万元"]),
        ("卫健委2024年政府性基金收入多少，支出多少", ["50.00万元", "48.00万元"]),
        ("卫建委2024年三公经费决算多少", ["24.00万元"]),
    ],
)
def test_the_second_thing_asked_for_is_of_the_first(
    assistant: Assistant, question: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    assert (answer.status, figures(answer)[: len(said)]) == ("answered", said)


def test_what_the_second_part_asks_for_and_no_report_prints_is_said_to_be_missing(
    assistant: Assistant,
) -> None:
    answer = talk(assistant, "体育局2024年大型设备多少台，花了多少钱")
    assert figures(answer) == ["2台（套）"]
    assert "报告里没有“大型设备”的金额，这一部分不能回答。" in answer.text


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (
            ["体育局2025年体育训练安排多少", "跟2024年执行数比少了多少钱"],
            ["30 - 45.5 = -15.5万元"],
        ),
        (
            ["体育局2024年公务接待平均每人次花多少", "卫健委的呢"],
            ["4万元 / 200 = 200元"],
        ),
        (["体育局下属单位2025年预算一共多少"], ["900 - 700 = 200万元"]),
        (
            ["体育局本级2025年三公经费预算多少", "整个部门呢", "那下属单位合起来是多少"],
            ["12 - 9.5 = 2.5万元"],
        ),
        (["公园跑道改造经费2025年一共多少"], ["10 + 20 + 30 + 5 = 65万元"]),
    ],
)
def test_what_is_worked_out(assistant: Assistant, turns: list[str], said: list[str]) -> None:
    answer = talk(assistant, *turns)
    assert (answer.status, formulas(answer)) == ("answered", said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("体育局2025年部门三公预算涨了吗", "2.00万元"),
        ("体育局三公2024年初预算和2025年部门预算比，涨了没", "2.00万元"),
        ("卫健委2024年三公经费增加了吗", "4.00万元"),
        ("体育局2025年预算比2024年预算增加了多少", "100.00万元"),
        ("体育局2025年预算比2024年多还是少", "100.00万元"),
        ("体育局今年预算收入多少", "900.00万元"),
        ("体育局2025年部门预算支出多少", "900.00万元"),
        ("全民健身专项经费2025年总预算多少", "60.00万"),
        ("全民健身专项里给赛事指导员的补贴安排了多少", "40.00万"),
        ("全民健身专项里场地设备租赁要花多少钱", "20.00万"),
        ("公园跑道改造第三季度用款计划多少", "30万元"),
        ("疾控机构那行，卫健委收入决算表里其他收入是多少", "2.00万元"),
        ("卫健委收入决算表里，妇幼医院的事业收入", "39.00万元"),
    ],
)
def test_the_headline(assistant: Assistant, question: str, said: str) -> None:
    answer = talk(assistant, question)
    assert (answer.status, figures(answer)[:1]) == ("answered", [said])


def test_a_rise_is_not_explained_by_what_fell(assistant: Assistant) -> None:
    rise = talk(assistant, "卫健委2024年三公经费为什么增加")
    assert "更换1辆救护车" in rise.text
    assert "厉行节约" not in rise.text
    plan = talk(assistant, "体育局2025年部门三公预算为什么涨这么多")
    assert "更新1辆训练用车" in plan.text
    kept = talk(assistant, "卫健委2024年公务接待费减少的原因")
    assert (kept.status, figures(kept)) == ("not_found", [])
    assert "没有在清江市南屏区卫生健康委员会的报告里找到说明2024年公务接待费的原因" in kept.text


def test_the_units_of_one_kind(assistant: Assistant) -> None:
    answer = talk(assistant, "卫健委下面有哪几家医院")
    assert answer.text == (
        f"{HEALTH}列出的单位中，名称以“医院”结尾的有："
        "清江市南屏区第一医院[1]、清江市南屏区第二医院[2]。"
    )


def test_a_refusal_says_which_aspect_is_missing(assistant: Assistant) -> None:
    answer = talk(assistant, "体育局2025年三公经费实际花了多少")
    assert answer.status == "not_found"
    assert "没有2025年三公经费的决算（实际）数据" in answer.text
    assert "2025年三公经费预算" in answer.text  # the nearest is of the year asked for
