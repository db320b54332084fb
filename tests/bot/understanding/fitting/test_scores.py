"""The score of a project and those of its indicators, which have words in common with its name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from index.encoder.encoder import SentenceEncoder
from scripts.toy_reports import open_texts, talk

FORM = """<html><body><h1>石桥县农业局2023年度项目支出绩效自评表</h1><table>
<tr><td>项目名称</td><td colspan="6">果园改造补贴县级配套</td></tr>
<tr><td>主管部门</td><td colspan="2">石桥县农业局</td><td>实施单位</td>
<td colspan="3">石桥县农业局</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td>
<td>分值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>补贴改造果园面积</td><td>600亩</td><td>540亩</td>
<td>20</td><td>18</td></tr>
<tr><td>产出指标</td><td>质量指标</td><td>苗木成活率</td><td>≥95%</td><td>96%</td>
<td>15</td><td>15</td></tr>
<tr><td colspan="5">总分</td><td>100</td><td>92.5</td></tr>
</table></body></html>"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    texts = {"石桥县农业局2023年度项目支出绩效自评表.html": FORM}
    encoder = SentenceEncoder(models=models)
    with open_texts(tmp_path_factory.mktemp("fitting"), texts, encoder) as library:
        yield Assistant(library)


def first(answer: Answer) -> str:
    return answer.figures[0].value if answer.status == "answered" else ""


@pytest.mark.parametrize(
    ("words", "scores"),
    [
        ("石桥县农业局果园改造补贴自评得分", ("92.5", "")),
        ("果园改造补贴打了多少分", ("92.5", "")),
        ("果园改造补贴的苗木成活率得了几分", ("15",)),
    ],
)
def test_an_indicator_is_not_told_for_its_project(
    assistant: Assistant, words: str, scores: tuple[str, ...]
) -> None:
    assert first(talk(assistant, words)) in scores
