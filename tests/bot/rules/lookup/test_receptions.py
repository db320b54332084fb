"""Receptions of three kinds, at home, of foreign guests and abroad, are never told for another."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from scripts.toy_reports import open_texts, talk

ABROAD = """安岭市河东区侨务局2024年度部门决算
一、“三公”经费支出决算情况说明
2024年度公务接待费支出决算9万元。其中：国内公务接待支出8万元，接待30批次、210人次；国（境）外公务接待支出1万元，接待2批次、11人次。
"""
GUESTS = """安岭市河东区侨联2024年度部门决算
一、“三公”经费支出决算情况说明
2024年度公务接待费支出决算9万元。其中：国内接待费支出决算8万元（其中：外事接待费支出决算3万元），国内公务接待30批次（其中外事接待5批次）；国（境）外接待费支出决算1万元。
"""
HOME = """安岭市河东区档案局2024年度部门决算
一、“三公”经费支出决算情况说明
2024年度公务接待费支出决算2.2万元，接待外省市来宾12批次。
"""
REPORTS = {"侨务.txt": ABROAD, "侨联.txt": GUESTS, "档案.txt": HOME}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("侨务局公务接待费多少", "9万元"),
        ("侨务局国内公务接待费多少", "8万元"),
        ("侨务局国（境）外接待费多少", "1万元"),
        ("侨务局国内公务接待多少批次", "30批次"),
        ("侨务局国（境）外接待多少人次", "11人次"),
        ("侨联国内接待费多少", "8万元"),
        ("侨联外宾接待花了多少钱", "3万元"),
        ("侨联外宾接待了几批", "5批次"),
        ("侨联国（境）外公务接待费是多少", "1万元"),
    ],
)
def test_each_kind_of_reception_has_its_own_figure(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = talk(assistant, question)
    assert (answer.status, answer.figures[0].value + answer.figures[0].unit) == ("answered", said)


def test_what_stands_in_for_a_thing_is_told_under_its_own_name(assistant: Assistant) -> None:
    answer = talk(assistant, "侨务局外宾接待费多少")
    assert answer.text.startswith("报告没有单列外事接待费。")
    assert (answer.figures[0].label, answer.figures[0].value) == ("国（境）外公务接待费决算", "1")


@pytest.mark.parametrize("question", ["档案局外宾接待费多少", "档案局国（境）外接待多少批次"])
def test_receptions_at_home_are_no_foreign_ones(assistant: Assistant, question: str) -> None:
    assert (talk(assistant, question).status, talk(assistant, question).figures) == (
        "not_found",
        (),
    )
