"""Ranks over invented reports: what is ranked is what was asked, and who has no figure is said."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

CIVIL = "安岭市河东区民政局"
LAKES = "安岭市河东区湖泊局"
PLANTS = "安岭市河东区园林局"

SELF_REVIEW = f"""{CIVIL}2024年度部门整体支出绩效自评报告
一、支出情况
2024年度“三公”经费预算支出6万元，实际支出4.5万元。
二、绩效情况
部门整体支出绩效自评得分96.5分。

项目支出绩效自评表
单位：万元
项目名称 | 全年预算数 | 全年执行数 | 执行率 | 得分
助餐点改造 | 300.00 | 290.00 | 96.67% | 95.2
临时救助 | 200.00 | 180.00 | 90.00% | 97.8
社区议事厅 | 100.00 | 60.00 | 60.00% | 88.0

整体支出绩效指标表
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 走访家庭户数 | ≥500户 | 520户 | 10 | 10
产出指标 | 质量指标 | 救助准确率 | ≥98% | 97.5% | 10 | 9.5
产出指标 | 时效指标 | 救助及时率 | ≥98% | 99% | 10 | 10
效益指标 | 满意度指标 | 群众满意度 | ≥90% | 93% | 10 | 10
"""

OTHER_REVIEW = f"""{LAKES}2024年度部门整体支出绩效自评报告
一、支出情况
2024年度“三公”经费预算支出9万元，实际支出9.5万元。
二、绩效情况
部门整体支出绩效自评得分91分。
"""

PLAN = f"""{PLANTS}2024年部门预算
一、“三公”经费预算情况说明
2024年“三公”经费预算7万元。
"""

REPORTS = {"民政.txt": SELF_REVIEW, "湖泊.txt": OTHER_REVIEW, "园林.txt": PLAN}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def printed(answer: Answer) -> list[str]:
    return [f.value + f.unit for f in answer.figures if not f.formula]


@pytest.mark.parametrize(
    ("question", "said", "word"),
    [
        ("河东区民政局哪个项目得分最高", ["97.8分", "95.2分", "88.0分"], "临时救助得分最高"),
        ("河东区民政局哪个项目得分最低", ["88.0分", "95.2分", "97.8分"], "社区议事厅得分最低"),
        ("民政局哪个项目预算执行率最低", ["60.00%", "90.00%", "96.67%"], "完成率最低"),
        ("民政局哪个项目预算最多", ["300.00万元", "200.00万元", "100.00万元"], "预算最多"),
    ],
)
def test_projects_are_ranked_by_the_kind_of_figure_asked(
    assistant: Assistant, question: str, said: list[str], word: str
) -> None:
    answer = talk(assistant, question)
    assert printed(answer) == said
    assert word in answer.text.splitlines()[0]


def test_indicators_are_no_projects(assistant: Assistant) -> None:
    """The table of indicators has more rows with a score than the list of projects."""
    answer = talk(assistant, "民政局哪个指标得分最低")
    assert printed(answer)[0] == "9.5分"
    assert "救助准确率" in answer.text.splitlines()[0]


def test_bodies_are_ranked_by_their_scores(assistant: Assistant) -> None:
    answer = talk(assistant, "哪个单位得分最高")
    assert [(f.value, f.organisation) for f in answer.figures] == [("96.5", CIVIL), ("91", LAKES)]


def test_a_rank_of_shares_is_never_answered_by_amounts(assistant: Assistant) -> None:
    assert talk(assistant, "哪个单位三公经费占比最高").status == "not_found"
