"""What an answer reckons with, and what several figures come to."""

from decimal import Decimal

import pytest

from bot.query.reckoned import is_of, outcome, the_figure
from bot.types import Answer, Figure


def figure(value: str, unit: str = "万元", formula: str | None = None) -> Figure:
    return Figure(
        value=value, unit=unit, label="数", organisation="甲", year=2024, aspect="决算",
        citation=1, formula=formula,
    )  # fmt: skip


def answer(*figures: Figure) -> Answer:
    return Answer(status="answered", text="数", figures=figures)


def test_one_amount_is_told_though_in_two_units() -> None:
    assert the_figure(answer(figure("1.5"), figure("15000", "元"))) == figure("1.5")


def test_what_is_worked_out_is_told_and_not_what_it_rests_on() -> None:
    level = figure("34.49", formula="337.43 - 302.94 = 34.49万元")
    assert the_figure(answer(level, figure("337.43"), figure("302.94"))) == level


def test_of_several_amounts_none_is_told() -> None:
    assert the_figure(answer(figure("1.5"), figure("2"))) is None
    assert the_figure(Answer(status="not_found", text="没有")) is None


@pytest.mark.parametrize(
    ("kind", "values", "made"),
    [
        ("sum", ("1", "2", "3"), "6"),
        ("difference", ("2", "5"), "3"),
        ("growth", ("5", "4"), "25"),
        ("share", ("1", "4"), "25"),
        ("times", ("8", "4"), "2"),
    ],
)
def test_what_comes_of_some_values(kind: str, values: tuple[str, ...], made: str) -> None:
    assert outcome(kind, [Decimal(one) for one in values]) == Decimal(made)


def test_nothing_comes_of_a_share_of_nothing() -> None:
    assert outcome("share", [Decimal(1), Decimal(0)]) is None


def test_an_answer_is_of_figures_in_their_order() -> None:
    five, four = figure("5"), figure("4")
    grown = answer(figure("25", "%", "(5 - 4) / 4 = 25%"), five, four)
    assert is_of(grown, "growth", (five, four))
    assert not is_of(grown, "growth", (four, five))
    assert not is_of(grown, "growth", (five, figure("3")))
