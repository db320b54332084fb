"""Of forms that are alike, the figures of the project that a message names, or of whose it is."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.query.retrieval.projects import longest_common, short_forms
from scripts.toy_reports import open_texts, talk

FORM = """<h3>{name}绩效目标表</h3><table>
<tr><td>项目名称</td><td colspan="3">{name}</td></tr>
<tr><td>主管部门及代码</td><td>教育局105</td><td>实施单位</td><td>{carrier}</td></tr>
<tr><td>项目资金（万元）</td><td>年度资金总额：</td><td>{amount}</td><td>执行率分值（10）</td></tr>
<tr><td></td><td>其中：财政拨款</td><td>{amount}</td><td></td></tr>
<tr><td></td><td>其他资金</td><td>0</td><td></td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>修缮面积</td><td>{area}平方米</td></tr>
</table>"""
FORMS = (
    ("校舍修缮项目", "石桥大学本级", "900.00", "5200"),
    ("校舍修缮项目（小学）", "石桥大学附属小学", "120.00", "640"),
    ("校舍修缮项目（中学）", "石桥大学附属中学校", "310.00", "1500"),
    ("实验室改造项目", "石桥大学本级", "75.00", "210"),
)
REPORT = "".join(
    FORM.format(name=name, carrier=carrier, amount=amount, area=area)
    for name, carrier, amount, area in FORMS
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    page = f"<html><body><h1>石桥大学2024年度部门预算</h1>{REPORT}</body></html>"
    with open_texts(tmp_path_factory.mktemp("forms"), {"石桥大学2024年预算.html": page}) as library:
        yield Assistant(library)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("石桥大学附中的校舍修缮项目，2024年安排了多少钱", "310.00万元"),
        ("石桥大学附小校舍修缮项目2024年多少钱", "120.00万元"),
        ("石桥大学本级校舍修缮项目2024年多少钱", "900.00万元"),
        ("石桥大学附小2024年修缮面积多大", "640平方米"),
        ("石桥大学实验室改造项目2024年修缮面积多少", "210平方米"),
    ],
    ids=["谁的，简称", "谁的，另一个简称", "本级的", "只说了谁的", "只说了项目"],
)
def test_a_project_is_told_by_its_name_and_by_whose_it_is(
    assistant: Assistant, question: str, value: str
) -> None:
    answer = talk(assistant, question)
    told = [figure.value + figure.unit for figure in answer.figures]
    assert (answer.status, told[:1]) == ("answered", [value])


def test_figures_of_several_projects_stand_beside_one_another_and_contradict_nothing(
    assistant: Assistant,
) -> None:
    answer = talk(assistant, "石桥大学校舍修缮项目修缮面积多少")
    assert answer.text == (
        "石桥大学2024年“校舍修缮项目”修缮面积（指标值）5200平方米[1]，"
        "“校舍修缮项目（小学）”修缮面积（指标值）640平方米[2]，"
        "“校舍修缮项目（中学）”修缮面积（指标值）1500平方米[3]。"
    )


@pytest.mark.parametrize(
    ("said", "short"),
    [("附中那个项目", ["附中"]), ("附属的两所学校", []), ("附中附小都有", ["附中"])],
    ids=["简称", "两所都这样开头", "两个简称"],
)
def test_a_short_form_is_of_one_body_alone(said: str, short: list[str]) -> None:
    assert list(short_forms("附属中学校", said, ("附属中学校", "附属小学", ""))) == short


def test_the_longest_common_stretch() -> None:
    assert longest_common("中央高校捐赠配比专项", "那个捐赠配比的专项") == "捐赠配比"
