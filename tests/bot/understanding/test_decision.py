"""The decision: what both ways of reading tell is told at a lower certainty."""

import pytest

from bot.types import Answer, Figure
from bot.understanding.decision import agrees_with_rules
from bot.understanding.execution import Considered


def considered(value: str, kind: str = "lookup", *, left: float = 0.0) -> Considered:
    figure = Figure(
        value=value, unit="万元", label="", organisation="", year=2024, aspect="决算", citation=1
    )
    answer = Answer(status="answered", text=value, figures=(figure,) if value else ())
    return Considered(kind=kind, form=None, answer=answer, features={"rules_left": left}, says=())


BEST = considered("5")


@pytest.mark.parametrize(
    ("others", "agrees"),
    [
        ((considered("5", "rules"),), True),
        ((considered("6", "rules"),), False),
        ((considered("5", "rules", left=3.0),), False),
        ((considered("", "rules"),), False),
        ((considered("5"),), False),
    ],
    ids=["同一个数", "另一个数", "有没读懂的词", "没有数", "没有规则的答案"],
)
def test_the_rules_agree_where_they_read_every_word_and_tell_the_same(
    others: tuple[Considered, ...], *, agrees: bool
) -> None:
    assert agrees_with_rules(BEST, (BEST, *others)) is agrees


def test_what_the_rules_tell_by_themselves_agrees_with_them() -> None:
    rules = considered("5", "rules")
    assert agrees_with_rules(rules, (rules, considered("6")))
