"""Messages that are taken apart, over two invented reports and the reader that is shipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from index.encoder.encoder import SentenceEncoder
from scripts.toy_reports import open_texts, talk

REPORTS = {
    "石桥县文化局2023年度部门决算.txt": """石桥县文化局2023年度部门决算
一、支出决算情况
2023年度支出决算820.00万元。其中：培训费12.00万元，印刷费7.50万元，劳务费30.40万元。
2023年度机关运行经费决算66.00万元。政府采购支出决算240.00万元。
""",
    "石桥县水利局2024年度部门决算.txt": """石桥县水利局2024年度部门决算
一、支出决算情况
2024年度支出决算1500.00万元。其中：培训费5.00万元，印刷费3.20万元，劳务费12.60万元。
2024年度机关运行经费决算91.00万元，比2023年增加1.50万元。政府采购支出决算310.00万元。
二、人员情况
年末实有在职人员30人，离退休人员12人。
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    encoder = SentenceEncoder(models=models)
    with open_texts(tmp_path_factory.mktemp("decomposition"), REPORTS, encoder) as library:
        yield Assistant(library)


def worked_out(answer: Answer) -> list[str]:
    return [one.value + one.unit for one in answer.figures if one.formula]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("文化局23年印刷费搭劳务费，两样加拢来几多钱", "37.9万元"),
        ("领导要对比：文化局2023年机关运行经费 vs 水利局2024年机关运行经费 谁大 差多少", "25万元"),
        ("水利局24年政府采购支出比文化局23年的多花了好多", "70万元"),
        ("麻烦比较一下：文化局2023年和水利局2024年的机关运行经费，哪家高、高多少？", "25万元"),
        ("水利局在职加离退休一共多少人我登记一下", "42人"),
    ],
)
def test_what_is_reckoned_is_of_what_each_side_says(
    assistant: Assistant, words: str, made: str
) -> None:
    answer = talk(assistant, words)

    assert answer.status == "answered", answer.text
    assert made in worked_out(answer), answer.text


def test_a_side_that_the_reports_do_not_have_is_not_left_out(assistant: Assistant) -> None:
    answer = talk(assistant, "水利局24年印刷费和会议费加起来多少钱")

    assert answer.status == "not_found", answer.text
