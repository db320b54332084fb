"""Judging: what the joint scorer found of each candidate, as features reckoned by hand."""

from dataclasses import replace
from math import e, log

import pytest

from bot.types import Answer, Figure
from bot.understanding.execution import Considered
from bot.understanding.judging import (
    FARTHEST,
    LONGEST,
    READ,
    certainty_of,
    joint_features,
    judge,
    log_odds,
    pair,
    shortlist,
    tells_alike,
    told_by,
    told_of,
)
from bot.understanding.ranking import load_ranking
from bot.understanding.reader import Understood


def figure(value: str) -> Figure:
    return Figure(
        value=value, unit="万元", label="", organisation="", year=2024, aspect="决算", citation=1
    )


def considered(value: str, cheap: float = 0.0, **features: float) -> Considered:
    """Return a look-up that tells a value, by cheap features this probable."""
    answer = Answer(status="answered", text=value, figures=(figure(value),))
    return Considered(
        kind="lookup",
        form=None,
        answer=answer,
        features=features,
        says=("查数", f"甲{value}"),
        probability=cheap,
    )


def test_a_score_is_held_against_those_that_tell_something_else() -> None:
    """Two tell 1万元 with scores 1 and 0, one tells 2万元 with 0; no answer counts as 0 too."""
    rows = joint_features(["1万元", "2万元", "1万元"], [0.7, 0.2, 0.1], [1.0, 0.0, 0.0])
    first, second, third = rows
    whole = e + 3
    assert first == pytest.approx(
        {
            "joint": 1.0,
            "joint_gap": 1.0,
            "joint_told": (e + 1) / whole,
            "joint_none": 1 / whole,
            "joint_place": 0.0,
            "cheap": 0.7,
            "cheap_gap": 0.5,
        }
    )
    assert second["joint_gap"] == -1.0
    assert second["joint_told"] == pytest.approx(1 / whole)
    assert second["cheap_gap"] == pytest.approx(-0.5)
    assert (second["joint_place"], third["joint_place"]) == (1.0, 1.0)


def test_a_candidate_alone_has_no_rival() -> None:
    (only,) = joint_features(["1万元"], [0.4], [0.0])
    assert (only["joint_gap"], only["cheap_gap"]) == (-FARTHEST, 0.4)
    assert only["joint_none"] == 0.5


def test_the_pair_has_the_end_of_a_long_message_and_each_piece() -> None:
    said, *pieces = pair("甲" * 50 + "乙" * LONGEST, ("查数", "甲1"))
    assert said == "query: " + "乙" * LONGEST
    assert pieces == ["查数", "甲1"]


def test_only_the_likeliest_are_scored() -> None:
    many = [considered(str(at), score=at / 40) for at in range(40)]
    found = shortlist(many)
    assert len(found) == READ
    cheap = load_ranking("shortlist")
    chances = [cheap.probability(one.features) for one in many]
    assert [one.probability for one in found] == sorted(chances, reverse=True)[:READ]


def test_judging_orders_by_probability_and_keeps_what_was_said() -> None:
    """What a higher joint score gains is learned; that every candidate gets one is not."""
    asked: list[tuple[str, ...]] = []

    def scorer(pairs: object) -> list[float]:
        asked.extend(pairs)  # type: ignore[arg-type]
        return [float(at) for at in range(len(asked))]

    understood = judge(
        Understood(wording="多少", text="多少", considered=tuple(map(considered, "123"))), scorer
    )
    assert sorted(asked) == [("query: 多少", "查数", f"甲{value}") for value in "123"]
    chances = [one.probability for one in understood.considered]
    assert chances == sorted(chances, reverse=True)
    assert 0.0 < understood.certainty < 1.0
    assert understood.wording == "多少"


def test_nothing_considered_is_certain_of_nothing() -> None:
    judged = judge(Understood(wording="多少"), lambda _: pytest.fail("there is nothing to score"))
    assert (judged.considered, judged.certainty) == ((), 0.0)


def test_what_is_told_is_the_figure_or_the_words() -> None:
    assert told_by(considered("1").answer) == "1万元"
    assert told_by(Answer(status="clarify", text="哪一年？")) == "clarify"
    assert told_by(Answer(status="answered", text="无")) == "无"


@pytest.mark.parametrize(
    ("value", "unit", "kind", "alike"),
    [
        ("1", "万元", "lookup", True),
        ("10000.00", "元", "lookup", True),
        ("0.0001", "亿元", "lookup", True),
        ("1", "人", "lookup", False),
        ("1.1", "万元", "lookup", False),
    ],
    ids=["同一个数", "以元计", "以亿计", "数的是人", "另一个数"],
)
def test_one_amount_in_two_units_is_told_alike(
    value: str, unit: str, kind: str, *, alike: bool
) -> None:
    other = figure(value).model_copy(update={"unit": unit})
    answer = Answer(status="answered", text=value + unit, figures=(other,))
    assert tells_alike(considered("1"), replace(considered("1"), answer=answer, kind=kind)) is alike


def test_a_list_that_holds_the_amount_speaks_for_it_and_another_figure_does_not() -> None:
    answer = Answer(status="answered", text="2、1", figures=(figure("2"), figure("1")))
    several = replace(considered("1"), answer=answer, kind="several")
    assert tells_alike(considered("1"), several)
    assert not tells_alike(considered("1"), replace(several, kind="compare"))


def test_certainty_grows_with_those_that_agree_and_falls_with_a_rival() -> None:
    best = replace(considered("1"), probability=0.7)
    ally, rival = (replace(considered(value), probability=0.6) for value in "12")
    alone = certainty_of((best,))
    assert certainty_of((best, ally)) > alone > certainty_of((best, rival))


def test_the_odds_of_what_is_certain_are_held() -> None:
    assert log_odds(0.5) == 0.0
    assert log_odds(1.0) == pytest.approx(log(999))
    assert log_odds(0.0) == pytest.approx(-log(999))


def test_candidates_that_say_the_same_words_tell_the_same() -> None:
    """A clause that is read aloud says all its figures, whichever of them a candidate is of."""
    one, other = considered("745"), considered("608")
    words = "标准分别提高到745元和608元。"
    same = [
        replace(it, answer=it.answer.model_copy(update={"text": f"{lead}{words}[{n}]"}))
        for it, lead, n in ((one, "· ", 1), (other, "", 2))
    ]
    assert len(set(told_of(same))) == 1
    assert len(set(told_of([one, other]))) == 2
