"""What is worked back, added up over a talk or a group, and told of the section that is asked for.

One invented body, its accounts as a 部门 and as a 单位, and the form of its undertakings.
"""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

WHOLE = """石桥市档案局2024年度部门决算
一、收入支出决算总体情况
2024年度收、支总计各900.00万元，比2023年度减少100.00万元，下降10.00%，主要原因是新馆主体工程已完工。
二、支出决算情况
本年支出合计880.00万元。
人员经费支出300.00万元，较预算增加12.00万元。公用经费支出120.00万元，较预算增加8.00万元。
三、“三公”经费情况
“三公”经费支出决算6.00万元，比2023年减少1.50万元，下降20.00%。
四、项目支出
项目支出明细表（单位：万元）
项目名称\t全年预算数\t全年执行数
馆藏修复\t40.00\t38.00
数字化加工\t30.00\t30.00
库房维护\t20.00\t15.00
合计\t90.00\t83.00
五、用款计划
由石桥市档案局建设的新馆工程，第一季度用款计划25万元，第二季度用款计划25万元，第三季度用款计划30万元，第四季度用款计划20万元。
六、存在的问题
库房温湿度监测点偏少，部分修复材料到货较晚。
七、改进措施
针对上述存在的问题，增设监测点，修复材料按季度提前采购。
"""
OWN = """石桥市档案局（本级）2024年度单位决算
一、支出决算情况
本年支出合计500.00万元。
"三公"经费支出决算2.00万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"档案局2024部门.txt": WHOLE, "档案局2024单位.txt": OWN}
    with open_texts(tmp_path_factory.mktemp("reckoned"), texts) as library:
        yield Assistant(library)


def figures(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures]


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("档案局2024年三公经费比上年减少，据此倒推，2023年的三公经费决算应当是多少",), "7.5万元"),
        (("档案局2024年三公经费决算我知道，比上年少了1.5万，倒推2023年的是多少",), "7.5万元"),
        (("档案局人员经费决算300万我知道，能倒推下预算吗",), "288万元"),
        (("档案局人员经费超预算多少", "公用经费呢"), "8.00万元"),
        (("档案局人员经费超预算多少", "那公用的呢", "两块加一起一共超了多少"), "20万元"),
        (("档案局三个项目一共执行了多少",), "83万元"),
        (("档案局自评的三个项目，全年预算一共多少资金",), "90万元"),
        (("档案局四个季度一共",), "100万元"),
        (("档案局新馆工程四个季度加起来要付多少钱",), "100万元"),
        (("档案局部门支出扣掉局本级，下属单位合计支出多少",), "380万元"),
        (("档案局部门三公经费减去本级还剩多少",), "4万元"),
        (("档案局三公经费比上年",), "1.50万元"),
        (("档案局本年支出里扣掉人员经费，剩下多少",), "580万元"),
        (("档案局人员跟公用两块合起来，年初预算总共是多少万",), "400万元"),
        (("档案局人员的、公用的都加在一起，总共比预算多花了多少",), "20万元"),
        (("档案局2024年三公经费比2023年少了1.5万，那2023年的三公经费应该是多少",), "7.5万元"),
    ],
    ids=[
        "倒推上年",
        "倒推，先说了变化",
        "倒推预算",
        "换一项，问的还是超多少",
        "前两项超的加起来",
        "几个项目合计执行",
        "自评的几个项目的预算",
        "四个季度",
        "一个工程的四个季度",
        "部门减本级",
        "部门减本级，一项",
        "只说比上年",
        "一项里扣掉另一项",
        "没有印的预算相加",
        "两项一共超了多少",
        "说了变化，那上年应该是多少",
    ],
)
def test_what_is_asked_to_be_reckoned_is(
    assistant: Assistant, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(assistant, *turns)
    assert (answer.status, figures(answer)[:1]) == ("answered", [value])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "档案局部门三公经费多少，有什么问题",
            "石桥市档案局2024年三公经费决算6.00万元。[1]\n"
            "石桥市档案局：库房温湿度监测点偏少，部分修复材料到货较晚。[2]",
        ),
        (
            "档案局存在哪些问题？怎么改进的",
            "石桥市档案局：库房温湿度监测点偏少，部分修复材料到货较晚。[1]\n"
            "石桥市档案局：针对上述存在的问题，增设监测点，修复材料按季度提前采购。[2]",
        ),
    ],
    ids=["一个数和一段话", "两段话"],
)
def test_each_of_two_questions_of_a_message_is_answered(
    assistant: Assistant, question: str, text: str
) -> None:
    answer = talk(assistant, question)
    assert (answer.status, answer.text) == ("answered", text)


def test_what_starts_from_another_amount_than_is_said_is_not_told(assistant: Assistant) -> None:
    answer = talk(assistant, "档案局2024年三公经费比2023年少了2.5万，那2023年的三公经费应该是多少")
    assert "7.5万元" not in figures(answer)


def test_as_many_undertakings_as_are_said_are_added(assistant: Assistant) -> None:
    answer = talk(assistant, "档案局五个项目一共执行了多少")
    assert "83万元" not in figures(answer)


def test_the_quarters_of_a_plan_are_named_once(assistant: Assistant) -> None:
    answer = talk(assistant, "档案局四个季度一共")
    assert answer.text.count("用款计划") == 1
    assert "· 第三季度30万元" in answer.text


@pytest.mark.parametrize(
    "question", ["档案局存在的问题", "档案局有啥问题", "档案局查出来有哪些毛病"]
)
def test_problems_are_not_answered_with_measures(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert "库房温湿度监测点偏少" in answer.text
    assert "提前采购" not in answer.text


@pytest.mark.parametrize("question", ["档案局下一步打算怎么办", "档案局打算怎么改"])
def test_measures_are_not_answered_with_problems(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert "按季度提前采购" in answer.text
    assert "到货较晚" not in answer.text


def test_a_reason_is_told_with_what_it_explains(assistant: Assistant) -> None:
    answer = talk(assistant, "档案局收支总计多少，为什么比上年多")
    assert "收、支总计各900.00万元，比2023年度减少100.00万元" in answer.text
    assert "新馆主体工程已完工" in answer.text
