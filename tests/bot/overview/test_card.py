"""The card of a body: what it tells, of which year, and that nothing in it is without a proof."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.assistant import Assistant
from bot.overview.wording import load_wording
from bot.presentation.digit_guard import unproved
from bot.types import Answer, Memory
from corpus.checks.findings import FindingKind
from scripts.toy_reports import FINANCE, REPORTS, WATER, open_reports, open_texts, talk


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_reports(tmp_path_factory.mktemp("cards")) as library:
        yield Assistant(library)


FINANCE_CARD = """\
青山市临江区财政局2024年部门决算概况（最新一年）：
· 支出合计1000万元[1]
· 其中基本支出800万元，项目支出200万元[1]
· 三公经费决算5万元（预算10.00万元）[2][3]
· 减少最多的是机关运行经费，比2023年决算减少4.5万元（6.92%）[4]"""
WATER_CARD = """\
青山市临江区水务局2024年部门决算概况：
· 支出合计2000万元[1]
· 其中基本支出500万元，项目支出1500万元[1]
· 三公经费7.5万元[2]"""
TWO_YEARS = """\
青山市临江区财政局2023年和2024年对比：
· 支出决算合计：2023年900万元，2024年1000万元，增加100万元[1][2]
· 基本支出决算：2023年750万元，2024年800万元，增加50万元[1][2]
· 项目支出决算：2023年150万元，2024年200万元，增加50万元[1][2]
· 三公经费决算：2023年8万元，2024年5万元，减少3万元[3][4]
· 减少最多的是机关运行经费，比2023年决算减少4.5万元（6.92%）[5]"""


def is_sound(answer: Answer, words: str) -> bool:
    """Tell whether every line but the head has a mark, and every digit and figure a proof."""
    lines = [line for line in answer.text.split("\n") if line.startswith("· ")]
    proofs = {citation.n for citation in answer.citations}
    cited = all("]" in line for line in lines) and {f.citation for f in answer.figures} <= proofs
    return bool(lines) and cited and not unproved(answer, words)


@pytest.mark.parametrize(
    "words", ["水务局", "水务局总结一下", "请介绍一下水务局的基本情况", "水务局2024年怎么样？"]
)
def test_a_body_and_no_thing_is_answered_with_its_card(assistant: Assistant, words: str) -> None:
    answer = assistant.answer(words).answer
    assert (answer.status, answer.text) == ("answered", WATER_CARD)
    assert is_sound(answer, words)
    assert [f.value for f in answer.figures] == ["2000", "500", "1500", "7.5"]


def test_two_years_stand_side_by_side(assistant: Assistant) -> None:
    for words in ("财政局对比23和24年", "财政局2023年和2024年", "财政局跟去年比有什么变化"):
        answer = assistant.answer(words).answer
        assert answer.text.endswith(TWO_YEARS)
        assert is_sound(answer, words)
    worked = [figure for figure in answer.figures if figure.formula]
    assert [figure.value for figure in worked] == ["100", "50", "50", "3"]
    assert worked[0].formula == "1000 - 900 = 100万元"


def test_of_several_years_the_latest_is_told_and_said_to_be(assistant: Assistant) -> None:
    assert assistant.answer("财政局").answer.text == FINANCE_CARD
    assert assistant.answer("财政局2023年").answer.text.startswith(
        "青山市临江区财政局2023年部门决算概况：\n· 支出合计900万元[1]\n"
    )


def test_the_level_that_is_named_is_told_else_the_whole_department(assistant: Assistant) -> None:
    told = [assistant.answer(words).answer.text for words in ("林业局", "林业局本级")]
    assert told == [
        "石桥市林业局2025年部门预算概况：\n· 支出合计1200万元[1]\n· 三公经费6万元[2]",
        "石桥市林业局2025年单位预算概况：\n· 支出合计700万元[1]\n· 三公经费2万元[2]",
    ]


def test_an_appraisal_tells_people_and_what_it_prints_of_two_years(assistant: Assistant) -> None:
    assert assistant.answer("总工会概况").answer.text == (
        "河口县总工会2024年绩效自评概况：\n"
        "· 项目支出0万元[1]\n"
        "· 三公经费实际支出2.4万元（预算3万元）[2]\n"
        "· 在职人员12名[3]\n"
        "· 写明的增减里，增加最多的是三公经费实际支出，从2023年的2万元到2.4万元，增加0.4万元[2]"
    )


def test_a_year_without_a_report_is_said_beside_the_one_that_has_one(assistant: Assistant) -> None:
    text = assistant.answer("水务局对比23和24年").answer.text
    assert text == f"没有收录2023年的报告，下面是2024年的报告和它写明的增减。\n{WATER_CARD}"
    assert assistant.answer("财政局2019年情况").answer.status == "not_found"


def test_what_does_not_add_up_is_told_with_both_proofs(tmp_path: Path) -> None:
    wrong = REPORTS["财政2024.txt"].replace("| 10.00 | 5.00", "| 10.00 | 5.30")
    with open_texts(tmp_path, {"财政.txt": wrong}) as library:
        answer = Assistant(library).answer("财政局").answer
    assert answer.text.split("\n")[-1] == "· 对不上：“三公经费决算”5.30万元，与所列分项之和不等[3]"
    assert answer.citations[2].quote.endswith("\n合计 | 10.00 | 5.30")
    assert is_sound(answer, "财政局")


@pytest.mark.parametrize("words", ["总结一下", "整体情况怎么样", "对比24和25年"])
def test_where_several_may_be_meant_the_body_is_asked_back(
    assistant: Assistant, words: str
) -> None:
    asked = assistant.answer(words).answer
    assert (asked.status, asked.text) == ("clarify", "请问要看哪一家单位的概况？")
    assert [choice.label for choice in asked.choices][2:] == [WATER, FINANCE]
    assert asked.choices[3].question == f"{FINANCE}{words}"


def test_a_short_name_of_two_bodies_is_asked_back(tmp_path: Path) -> None:
    other = REPORTS["水务2024.txt"].replace("青山市临江区", "青山市滨海区")
    texts = {"a.txt": REPORTS["水务2024.txt"], "b.txt": other}
    with open_texts(tmp_path, texts) as library:
        assistant = Assistant(library)
        asked = assistant.answer("水务局2024年概况").answer
        assert [c.question for c in asked.choices] == [
            "青山市临江区水务局2024年概况", "青山市滨海区水务局2024年概况",
        ]  # fmt: skip
        assert assistant.answer(asked.choices[0].question).answer.text == WATER_CARD
        assert assistant.answer("水务局", home=WATER).answer.text == WATER_CARD


def test_the_only_body_and_the_own_one_need_no_name(tmp_path: Path, assistant: Assistant) -> None:
    assert assistant.answer("总结一下", home=WATER).answer.text == WATER_CARD
    with open_texts(tmp_path, {"水务.txt": REPORTS["水务2024.txt"]}) as library:
        assert Assistant(library).answer("情况怎么样").answer.text == WATER_CARD


def test_the_body_of_the_talk_is_meant(assistant: Assistant) -> None:
    assert talk(assistant, "水务局2024年三公经费决算多少", "总结一下").text == WATER_CARD
    assert talk(assistant, "财政局", "水务局呢").text == WATER_CARD
    assert talk(assistant, "财政局", "那2023年呢").text.startswith("青山市临江区财政局2023年部门")
    assert talk(assistant, "财政局2023年", "三公经费呢").text == (
        "青山市临江区财政局2023年三公经费决算8万元。[1]"
    )


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("财政局2024年三公经费",), "5"),
        (("财政局培训费情况怎么样",), "8.5"),
        (("财政局2024年三公经费决算多少", "水务局呢"), "7.5"),
        (("财政局2024年三公经费决算多少", "水务局"), "7.5"),
        (("财政局2024年三公经费决算多少", "那2023年呢"), "8"),
    ],
)
def test_what_asks_for_a_figure_is_answered_with_it(
    assistant: Assistant, turns: tuple[str, ...], figure: str
) -> None:
    answer = talk(assistant, *turns)
    assert answer.figures[0].value == figure
    assert "概况" not in answer.text


@pytest.mark.parametrize("words", ["财政局主要职责是什么", "教育局总结一下", "财政局对比22和21年"])
def test_a_detail_or_a_stranger_gets_no_card(assistant: Assistant, words: str) -> None:
    assert "概况" not in assistant.answer(words).answer.text


def test_a_card_that_is_asked_back_leaves_the_talk_as_it_was(assistant: Assistant) -> None:
    assert assistant.answer("总结一下").memory == Memory()
    told = assistant.answer("水务局")
    assert told.memory.question is not None
    assert told.memory.question.organisations == (WATER,)
    assert told.memory.facts == (told.answer.figures[0].fact,)


def test_every_kind_of_finding_can_be_told() -> None:
    assert load_wording().finding.keys() == set(get_args(FindingKind))
