"""What a question names and an answer passes over: bodies, levels, months."""

import pytest

from bot.evidence.named_slots import leaves_out, periods_in
from bot.types import Answer, Citation, Figure, Question
from corpus.model.types import Level
from scripts.toy_reports import FINANCE, WATER, toy_fact

WHOLE = toy_fact("5", "万元").model_copy(update={"id": "whole", "level": "部门"})
OFFICE = toy_fact("3", "万元").model_copy(update={"id": "office", "level": "单位"})
FACTS = {fact.id: fact for fact in (WHOLE, OFFICE)}


def told(text: str = "5万元", quote: str = "会议费5万元。", facts: tuple[str, ...] = ()) -> Answer:
    shown = Citation(n=1, document="a.txt", title="", section="", page=None, quote=quote)
    figures = tuple(
        Figure(
            value="5", unit="万元", label="会议费", organisation=FINANCE, year=2024,
            aspect="决算", citation=1, fact=name,
        )
        for name in facts
    )  # fmt: skip
    return Answer(status="answered", text=text, citations=(shown,), figures=figures)


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("2024年12月三公经费多少", {"12月"}),
        ("十二月份的接待费", {"12月"}),
        ("上半年花了多少", {"上半年"}),
        ("第二季度用款计划", {"2季度"}),
        ("12月8日那场活动来了多少人", set()),
        ("干了12个月多少钱", set()),
        ("截至12月底有几辆车", set()),
    ],
    ids=["数字月份", "汉字月份", "半年", "季度", "某一天", "几个月", "月底"],
)
def test_a_month_is_a_stretch_of_the_year_and_no_day_of_it(words: str, periods: set[str]) -> None:
    assert periods_in(words) == periods


@pytest.mark.parametrize(
    ("quote", "passed_over"),
    [("全年会议费5万元。", True), ("12月会议费5万元。", False)],
    ids=["全年的数", "当月的数"],
)
def test_the_figure_of_a_year_is_no_answer_to_a_month(quote: str, *, passed_over: bool) -> None:
    question = Question(words="2024年12月会议费多少")
    assert leaves_out(question, told(quote=quote), FACTS) is passed_over


@pytest.mark.parametrize(
    ("text", "passed_over"),
    [(f"{FINANCE}5万元", True), (f"{FINANCE}5万元，{WATER}7万元", False)],
    ids=["只说了一家", "两家都说了"],
)
def test_each_body_that_is_named_is_told_of(text: str, *, passed_over: bool) -> None:
    question = Question(words="两家各多少", organisations=(FINANCE, WATER))
    assert leaves_out(question, told(text), FACTS) is passed_over


@pytest.mark.parametrize(
    ("facts", "passed_over"),
    [(("whole",), True), (("whole", "office"), False)],
    ids=["只有部门的数", "部门和本级都有"],
)
def test_both_levels_that_are_named_are_told_of(
    facts: tuple[str, ...], *, passed_over: bool
) -> None:
    levels: tuple[Level, ...] = ("部门", "单位")
    question = Question(words="部门比单位多多少", levels=levels)
    assert leaves_out(question, told(facts=facts), FACTS) is passed_over


def test_a_refusal_passes_nothing_over() -> None:
    question = Question(words="2024年12月会议费多少", organisations=(FINANCE, WATER))
    assert not leaves_out(question, Answer(status="not_found", text="没有"), FACTS)
