"""The unit that is asked for stands beside the printed one, worked out exactly and shown so."""

import pytest

from bot.presentation.digit_guard import unproved
from bot.presentation.units_said import asks_unit_alone, with_unit
from bot.types import Answer, Citation, Figure


def answer_of(text: str, *printed: tuple[str, str]) -> Answer:
    figures = tuple(
        Figure(
            value=value, unit=unit, label="经费预算", organisation="某局", year=2025,
            aspect="预算", citation=1, fact="f",
        )
        for value, unit in printed
    )  # fmt: skip
    quote = text.removesuffix("[1]").replace("（合18976.76万元）", "")
    cited = Citation(n=1, document="a.pdf", title="", section="", page=1, quote=quote)
    return Answer(status="answered", text=text, figures=figures, citations=(cited,))


OFFICE = answer_of("某局2025年机关运行经费预算171.01万元。[1]", ("171.01", "万元"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("机关运行经费合多少元", "171.01万元（合1,710,100元）。"),
        ("机关运行经费是多少元", "171.01万元（合1,710,100元）。"),
        ("机关运行经费多少亿元", "171.01万元（合0.017101亿元）。"),
        ("机关运行经费是多少亿", "171.01万元（合0.017101亿元）。"),
        ("机关运行经费换算成元", "171.01万元（合1,710,100元）。"),
        ("机关运行经费用元表示是多少", "171.01万元（合1,710,100元）。"),
        ("机关运行经费多少万元", "171.01万元。"),
        ("机关运行经费多少万", "171.01万元。"),
        ("机关运行经费多少", "171.01万元。"),
        ("机关运行经费多少元/人", "171.01万元。"),
        ("机关运行经费多少万人", "171.01万元。"),
    ],
)
def test_unit_that_is_asked_for_is_said_beside_the_printed_one(words: str, said: str) -> None:
    told = with_unit(OFFICE, words)
    assert told.text == f"某局2025年机关运行经费预算{said}[1]"
    assert unproved(told, words) == frozenset()
    assert told.figures[0] == OFFICE.figures[0]


def test_how_it_comes_of_the_printed_one_is_shown() -> None:
    (_, worked_out) = with_unit(OFFICE, "合多少元").figures
    assert (worked_out.value, worked_out.unit) == ("1710100", "元")
    assert (worked_out.formula, worked_out.fact) == ("171.01万元 × 10000 = 1710100元", None)
    (_, larger) = with_unit(answer_of("250,000元。[1]", ("250000", "元")), "多少万元").figures
    assert larger.formula == "250000元 / 10000 = 25万元"


def test_each_printed_amount_has_it_once_and_what_is_said_already_or_nothing_has_not() -> None:
    two = answer_of("三公经费决算0.00万元（预算0.95万元）。[1]", ("0.00", "万元"), ("0.95", "万元"))
    assert (
        with_unit(two, "合多少元").text == "三公经费决算0.00万元（预算0.95万元（合9,500元））。[1]"
    )
    said = answer_of("支出189,767,600元（合18976.76万元）。[1]", ("189767600", "元"))
    assert with_unit(said, "多少万元") == said
    people = answer_of("在职11人。[1]", ("11", "人"))
    assert with_unit(people, "多少元") == people
    refusal = Answer(status="not_found", text="没有171.01万元。")
    assert with_unit(refusal, "合多少元") == refusal


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("换算成元", True),
        ("合多少元？", True),
        ("那用万元表示呢", True),
        ("三公经费合多少元", False),
        ("多少", False),
    ],
)
def test_a_unit_alone_is_of_what_was_asked(words: str, alone: bool) -> None:
    assert asks_unit_alone(words) is alone
