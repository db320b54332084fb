"""What a question promises of its answer: a figure that keeps none of it is no answer."""

import pytest

from bot.rules.verification import is_kept
from bot.types import Answer, Ask, Figure, Question


def answer(*figures: tuple[str, str, str | None, str], text: str = "") -> Answer:
    made = tuple(
        Figure(
            value=value,
            unit=unit,
            label=aspect,
            organisation="",
            year=2024,
            aspect=aspect,
            citation=1,
            formula=formula,
        )
        for value, unit, formula, aspect in figures
    )
    return Answer(status="answered", text=text, figures=made)


LEVEL = answer(("5", "万元", None, "决算"))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("甲和乙加起来多少", answer(("8", "万元", "5 + 3 = 8", "计算"))),
        ("甲占乙多少", answer(("40", "%", "2 / 5 × 100% = 40%", "计算"))),
        ("甲增长百分之几", answer(("11.11", "%", None, "增减率"))),
        ("甲比去年多多少", answer(("1", "万元", None, "增减额"))),
        ("甲比去年多多少", answer(("1", "万元", "5 - 4 = 1", "计算"))),
        ("甲比去年多多少", answer(text="持平，没有变化。")),
        ("甲平均每人多少", answer(("1", "万元", "5 / 5 = 1", "计算"))),
        ("甲还剩多少", answer(("1", "万元", None, "余额"))),
    ],
)
def test_an_answer_shows_what_was_asked_to_be_reckoned(words: str, kept: Answer) -> None:
    assert is_kept(Question(words=words), kept)
    assert not is_kept(Question(words=words), LEVEL)


def test_a_name_promises_nothing() -> None:
    named = Question(words="年末结转剩余资金多少", asks=(Ask(said=("年末结转剩余资金",)),))
    assert is_kept(named, LEVEL)
    assert not is_kept(Question(words="还剩多少"), LEVEL)


def test_words_and_refusals_are_not_held_to_it() -> None:
    assert is_kept(Question(words="为什么增长百分之几", operation="原因"), LEVEL)
    assert is_kept(Question(words="差多少"), Answer(status="not_found", text=""))
