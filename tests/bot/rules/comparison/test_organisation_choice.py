"""Questions over several bodies: who is asked back or listed, what may be added or compared."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.rules.comparison.organisation_choice import asked_back
from bot.types import Answer, Memory
from index.library import Library
from scripts.toy_library import ToyEncoder
from scripts.toy_reports import open_texts, talk

CIVIL, LAKES, PLANTS = "安岭市河东区民政局", "安岭市河东区湖泊局", "安岭市河东区园林局"

CIVIL_2024 = f"""{CIVIL}2024年度部门决算
一、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为4.5万元，年初预算为6万元。2023年度“三公”经费支出决算为5万元。
其中：公务接待费支出决算为1.5万元。
二、机关运行经费支出情况说明
2024年度机关运行经费支出30万元，比2023年度减少2万元，下降6.25%。
三、其他支出情况说明
2024年度办公费支出12.5万元，印刷费支出3.2万元。2024年度差旅费支出8.8万元。
2024年末在职人员25名。
四、名词解释
“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。
"""
LAKES_2024 = f"""{LAKES}2024年度部门决算
一、“三公”经费支出决算情况说明
2024年度“三公”经费支出决算为7.5万元，年初预算为9万元。
二、机关运行经费支出情况说明
2024年度机关运行经费支出50万元，比2023年度增加1万元，增长2.04%。
"""
PLANTS_2024 = f"""{PLANTS}2024年部门预算
一、“三公”经费预算情况说明
2024年“三公”经费预算8万元。
"""
PLANTS_2025 = f"""{PLANTS}2025年部门预算
一、“三公”经费预算情况说明
2025年“三公”经费预算7万元，公务接待费预算1万元。
"""
REPORTS = {
    "民政.txt": CIVIL_2024,
    "湖泊.txt": LAKES_2024,
    "园林24.txt": PLANTS_2024,
    "园林25.txt": PLANTS_2025,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def whose(answer: Answer) -> list[tuple[str, str, str]]:
    return [(f.organisation, f.value, f.aspect) for f in answer.figures if not f.formula]


def formulas(answer: Answer) -> list[str]:
    return [figure.formula for figure in answer.figures if figure.formula]


@pytest.mark.parametrize("question", ["各单位2024年三公经费分别多少", "每家2024年三公经费多少"])
def test_each_body_is_listed_with_its_own_proof(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    told = {(CIVIL, "4.5", "决算"), (LAKES, "7.5", "决算"), (PLANTS, "8", "预算")}
    assert (answer.status, set(whose(answer))) == ("answered", told)
    assert {citation.document for citation in answer.citations} == {
        "民政.txt",
        "湖泊.txt",
        "园林24.txt",
    }


def test_bodies_without_such_a_figure_are_named(assistant: Assistant) -> None:
    each = talk(assistant, "各单位机关运行经费分别是多少")
    assert {body for body, _, _ in whose(each)} == {CIVIL, LAKES}
    assert each.text.endswith(f"没有这项同口径数字的：{PLANTS}。")
    rank = talk(assistant, "2024年三公经费决算最多的是哪家")
    assert [body for body, _, _ in whose(rank)] == [LAKES, CIVIL]
    assert rank.text.endswith(f"没有这项同口径数字的：{PLANTS}。")


def test_the_sum_of_all_bodies_needs_the_same_figure_of_each(assistant: Assistant) -> None:
    assert talk(assistant, "各单位2024年三公经费决算合计多少").status == "not_found"
    answer = talk(assistant, "各单位2024年三公经费预算合计多少")
    assert {figure.value for figure in answer.figures[:1]} == {"23"}


@pytest.mark.parametrize(
    "question",
    [
        "2024年机关运行经费比上年减少多少",
        "机关运行经费增长了百分之几",
        "三公经费和公务接待费合计多少",
        "三公经费2023年和2024年分别多少",
        "三公经费超预算了吗",
        "机关运行经费减少了吗",
        "三公经费和机关运行经费哪个多",
    ],
)
def test_what_is_worked_out_is_of_one_body(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert (answer.status, answer.figures) == ("clarify", ())
    assert len(answer.choices) > 1


def test_a_body_that_alone_has_the_figures_is_meant(assistant: Assistant) -> None:
    assert formulas(talk(assistant, "办公费和印刷费合计多少")) == ["12.5 + 3.2 = 15.7万元"]


def test_a_choice_is_a_whole_question_though_the_talk_said_half_of_it(assistant: Assistant) -> None:
    answer = talk(assistant, "什么是三公经费", "减少多少")
    assert (answer.status, answer.figures) == ("clarify", ())
    questions = [choice.question for choice in answer.choices if CIVIL in choice.question]
    assert questions == [f"{CIVIL}三公经费减少多少"]


def test_spent_is_not_held_against_planned(assistant: Assistant) -> None:
    both = talk(assistant, "民政局和园林局2024年三公经费哪个多")
    assert {aspect for _, _, aspect in whose(both)} == {"预算"}
    assert formulas(both) == ["8 - 6 = 2万元"]
    unlike = talk(assistant, "湖泊局机关运行经费和园林局三公经费哪个多")
    assert formulas(unlike) == []


def test_a_sum_without_a_year_is_of_one_year(assistant: Assistant) -> None:
    assert formulas(talk(assistant, "园林局三公经费和公务接待费合计")) == ["7 + 1 = 8万元"]


def test_a_part_added_to_its_whole_is_pointed_out(assistant: Assistant) -> None:
    answer = talk(assistant, "民政局三公经费和公务接待费合计")
    assert "公务接待费是三公经费的一部分，相加会重复计算" in answer.text


def test_one_proof_of_two_figures_is_cited_once(assistant: Assistant) -> None:
    answer = talk(assistant, "民政局2024年三公经费比2023年少多少")
    assert formulas(answer) == ["4.5 - 5 = -0.5万元"]
    assert "[1][1]" not in answer.text


# ---------------------------------------------------------------- the sum of a talk

OFFICE = "民政局2024年办公费多少"


@pytest.mark.parametrize(
    ("turns", "formula"),
    [
        ((OFFICE, "印刷费呢", "两项加起来"), "12.5 + 3.2 = 15.7万元"),
        ((OFFICE, "印刷费呢", "一共多少"), "12.5 + 3.2 = 15.7万元"),
        ((OFFICE, "印刷费呢", "两项支出加起来多少"), "12.5 + 3.2 = 15.7万元"),
        ((OFFICE, "印刷费呢", "差旅费呢", "三项合计"), "12.5 + 3.2 + 8.8 = 24.5万元"),
        ((OFFICE, "印刷费呢", "差旅费呢", "两项合计"), "3.2 + 8.8 = 12万元"),
        (("民政局2024年办公费多少，印刷费多少", "两项加起来"), "12.5 + 3.2 = 15.7万元"),
        (("民政局2024年办公费和印刷费分别多少", "加起来呢"), "12.5 + 3.2 = 15.7万元"),
        (("民政局2024年三公经费多少", "湖泊局呢", "两家一共多少"), "4.5 + 7.5 = 12万元"),
    ],
)
def test_the_figures_talked_of_last_are_added(
    assistant: Assistant, turns: tuple[str, ...], formula: str
) -> None:
    assert formulas(talk(assistant, *turns)) == [formula]


@pytest.mark.parametrize(
    "turns",
    [
        (OFFICE, "水电费呢", "两项加起来"),  # one of the two was not told
        (OFFICE, "在职人员呢", "两项加起来"),  # money and people
        ("民政局2024年三公经费多少", "预算呢", "两项加起来"),  # one thing twice
    ],
)
def test_what_does_not_add_up_is_refused(assistant: Assistant, turns: tuple[str, ...]) -> None:
    answer = talk(assistant, *turns)
    assert (answer.status, answer.figures) == ("not_found", ())


def test_a_report_of_nobody_is_known_by_its_title(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nobody")
    (folder / "甲.txt").write_text("工作情况说明\n2024年度办公费支出9万元。\n", encoding="utf-8")
    with Library.open(folder / "library", encoder=ToyEncoder) as library:
        library.add([folder / "甲.txt"])
        answer = talk(Assistant(library), "教育局2024年三公经费多少")
    assert "已收录：工作情况说明。" in answer.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("三公经费决算还是预算来着……反正总共多少钱", "clarify"),
        ("民政局三公经费决算还是预算来着", "answered"),
        ("在职人员多少名", "answered"),
    ],
    ids=["几家都有", "说了哪一家", "只有一家有"],
)
def test_who_is_meant_is_asked_where_an_answer_is_of_one_of_several(
    assistant: Assistant, asked: str, status: str
) -> None:
    reports = assistant.library.reports()
    reading, _ = assistant._read(asked, Memory(), None, reports)
    case = assistant._case_of(reading, reading.question, Memory(), None, reports)
    answer = talk(assistant, "民政局2024年三公经费决算和预算各多少")
    assert answer.status == "answered"
    assert asked_back(case, answer).status == status
