"""The words of the report themselves, said where they are asked for."""

import pytest

from bot.presentation.wording_said import asks_wording, with_wording, without_wording
from bot.types import Answer, Choice, Citation, Figure

FIGURE = Figure(
    value="82.20", unit="万元", label="物业管理费", organisation="某局", year=2024, aspect="决算",
    citation=1,
)  # fmt: skip
CITATION = Citation(
    n=1, document="a.pdf", title="某局决算", section="三、支出", page=16, quote="物业费82.20万元。"
)
ANSWER = Answer(
    status="answered", text="某局82.20万元。[1]", figures=(FIGURE,), citations=(CITATION,)
)


def test_proofs_are_said_word_for_word_each_with_its_place() -> None:
    told = with_wording(ANSWER, "物业费原文怎么写的")
    assert told.text == "《某局决算》第16页“三、支出”：\n“物业费82.20万元。”[1]"
    assert (told.figures, told.citations) == ((FIGURE,), (CITATION,))


def test_place_without_page_or_section_is_the_report_alone() -> None:
    bare = CITATION.model_copy(update={"page": None, "section": "", "title": ""})
    told = with_wording(ANSWER.model_copy(update={"citations": (bare,)}), "原文")
    assert told.text == "《a.pdf》：\n“物业费82.20万元。”[1]"


def test_what_is_worked_out_stands_in_no_report_and_a_correction_is_told() -> None:
    worked = FIGURE.model_copy(update={"formula": "1 + 2 = 3"})
    answer = ANSWER.model_copy(update={"figures": (worked,), "corrections": ("更正：甲。",)})
    told = with_wording(answer, "原文呢")
    assert told.figures == ()
    assert told.text.endswith("[1]\n更正：甲。")


def test_what_did_not_ask_for_it_and_refusals_stay_as_they_are() -> None:
    refusal = Answer(status="not_found", text="没有。")
    assert with_wording(ANSWER, "物业费多少") is ANSWER
    assert with_wording(refusal, "原文怎么写的") is refusal


def test_choices_of_who_is_asked_back_lead_to_the_wording() -> None:
    choice = Choice(label="甲", question="甲局物业费是多少")
    asked = Answer(status="clarify", text="哪一家？", choices=(choice,))
    (led,) = with_wording(asked, "物业费原文怎么写的").choices
    assert led == Choice(label="甲", question="甲局物业费是多少，原文怎么写的")


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("零陵区总工会三公经费原文怎么写的", "零陵区总工会三公经费"),
        ("三公经费报告里的原文是怎么说的？", "三公经费"),
        ("三公经费多少，原文怎么写的", "三公经费多少"),
        ("财政局的原文", "财政局"),
        ("原文怎么写的", ""),
        ("报告里的原话是什么", ""),
        ("把原文发给我看看", ""),
        ("原文印的是多少", ""),
        ("报告里怎么写的", ""),
        ("原文呢", ""),
    ],
)
def test_question_for_the_wording_is_of_what_is_left_of_it(words: str, rest: str) -> None:
    assert asks_wording(words)
    assert without_wording(words) == rest


@pytest.mark.parametrize("words", ["三公经费多少", "主要是什么原因，报告里怎么写的", "怎么写报告"])
def test_other_questions_ask_for_no_wording(words: str) -> None:
    assert not asks_wording(words)
