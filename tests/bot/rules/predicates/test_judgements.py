"""Yes/no questions that want a judgement: two figures tell, that there is a figure does not."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

CIVIL = "安岭市河东区民政局"
REVIEW = f"""{CIVIL}2024年度部门整体支出绩效自评报告
一、部门概况
2024年末在职人员25名。
二、支出情况
2024年度“三公”经费预算支出6万元，实际支出4.5万元。
2024年度收入总计1200万元，支出总计1200万元，其中：其他收入35万元。
2024年度差旅费支出8.8万元，比2023年度减少1.2万元，下降12%。
三、绩效情况
1. 补贴发放率：目标值≥95%，实际98%，分值10分，得10分。
2. 入户走访次数：目标值40次，实际36次，分值10分，得9分。

整体支出绩效指标表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 慰问困难家庭户数 | ≥500户 | 520户 | 10 | 10
产出指标 | 质量指标 | 救助准确率 | ≥98% | 97.5% | 10 | 9.5
产出指标 | 成本指标 | 户均成本 | ≤300元 | 280元 | 10 | 10
"""
LAKES = "安岭市河东区湖泊局"
OTHER_REVIEW = f"""{LAKES}2024年度部门决算
一、收入支出决算总体情况说明
2024年度收入总计2200万元，支出总计2190万元。
二、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为7.5万元，完成年初预算的75%。
"""
SPORT = "安岭市河东区体育局"
PARTIAL = f"""{SPORT}2024年度部门决算
一、收入支出决算总体情况说明
2024年度其他收入20万元，其中：利息收入20万元。
"""
REPORTS = {"民政.txt": REVIEW, "湖泊.txt": OTHER_REVIEW, "体育.txt": PARTIAL}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def printed(answer: Answer) -> list[str]:
    return [f.value + f.unit for f in answer.figures if not f.formula]


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("民政局收入和支出平衡吗", "平衡。", ["1200万元", "1200万元"]),
        ("湖泊局收支平衡吗", "不平衡。", ["2200万元", "2190万元"]),
        ("民政局补贴发放率达标没有", "达到目标。", ["98%", "95%"]),
        ("民政局慰问困难家庭户数达标了没", "达到目标。", ["520户", "500户"]),
        ("民政局救助准确率完成目标了吗", "没有达到目标。", ["97.5%", "98%"]),
        ("民政局户均成本达到目标了吗", "达到目标。", ["280元", "300元"]),
        ("民政局入户走访次数完成目标了吗", "实际低于目标值", ["36次", "40次"]),
        ("民政局2024年三公经费用完了吗", "没有用完：", ["4.5万元", "6万元"]),
        ("湖泊局三公经费完成预算了吗", "没有。", ["75%"]),
        ("民政局差旅费减少了吗", "减少了。", ["1.2万元"]),
        ("民政局差旅费增加了没有", "没有，反而减少了。", ["1.2万元"]),
        ("民政局差旅费变了没有", "有变化，减少了。", ["1.2万元"]),
        ("民政局三公经费是4.5万元吗", "是。", ["4.5万元"]),
        ("民政局三公经费是5万元吗", "不是。", ["4.5万元"]),
        ("民政局三公经费是6万元吗", "预算是，实际不是。", ["4.5万元", "6万元"]),
        ("民政局在职人员超过30人了吗", "不是。", ["25名"]),
    ],
)
def test_a_judgement_rests_on_the_figures_that_tell(
    assistant: Assistant, question: str, verdict: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    assert answer.status == "answered"
    assert answer.text.startswith(verdict)
    assert printed(answer)[: len(said)] == said


@pytest.mark.parametrize(
    "question",
    [
        "体育局收入和支出平衡吗",  # it prints a part of its income and no total
        "民政局三公经费够吗",
        "民政局三公经费高不高",
        "民政局三公经费达标了吗",
        "民政局差旅费多吗",
        "湖泊局三公经费增加了吗",
    ],
)
def test_that_there_is_a_figure_judges_nothing(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert (answer.status, answer.figures) == ("not_found", ())
    assert "能作出这个判断的数据或说法，不能回答" in answer.text


def test_a_follow_up_asks_for_the_same_judgement(assistant: Assistant) -> None:
    assert talk(assistant, "民政局补贴发放率达标了吗", "救助准确率呢").text.startswith(
        "没有达到目标。"
    )
    assert talk(assistant, "民政局收支平衡吗", "湖泊局呢").text.startswith("不平衡。")
    assert talk(assistant, "民政局三公经费够吗", "湖泊局呢").status == "not_found"
