"""Figures of one and the same thing: agreeing within what is printed, or contradicting."""

from decimal import Decimal

import pytest

from bot.query.retrieval.matching import Evidence
from bot.query.retrieval.settlement import agree, amount_of, evidence_to_findings, slot_of, step_of
from corpus.model.types import Fact
from scripts.toy_reports import toy_fact


def evidence(*scored: tuple[Fact, float]) -> list[Evidence]:
    return [Evidence(fact=fact, score=score) for fact, score in scored]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("1.95", "万元"), ("19500", "元"), True),
        (("1.95", "万元"), ("19,500.00", "元"), True),
        (("1.95", "万元"), ("19549.99", "元"), True),  # 1.95 once rounded as printed
        (("1.95", "万元"), ("19560", "元"), False),
        (("0.02", "亿元"), ("195", "万元"), True),
        (("0.02", "亿元"), ("140", "万元"), False),
        (("5", "万元"), ("5.00", "万元"), True),
        (("5", "万元"), ("5.4", "万元"), True),
        (("5.0", "万元"), ("5.4", "万元"), False),
        (("88", "%"), ("88", "人"), False),  # another kind of thing
        (("88", "万元"), ("88", "人"), False),
    ],
)
def test_figures_agree_once_the_finer_is_rounded_as_the_coarser_is_printed(
    one: tuple[str, str], other: tuple[str, str], same: bool
) -> None:
    assert agree(toy_fact(*one), toy_fact(*other)) is same
    assert agree(toy_fact(*other), toy_fact(*one)) is same


def test_money_is_counted_in_yuan_and_the_rest_as_it_is() -> None:
    assert amount_of(toy_fact("1.5", "亿元")) == (Decimal(150_000_000), "元")
    assert amount_of(toy_fact("12", "%"))[0] == 12
    assert step_of(toy_fact("1.95", "万元")) == 100
    assert step_of(toy_fact("200", "人")) == 1


def test_a_slot_is_whose_when_what_and_in_which_aspect() -> None:
    fact = toy_fact("5")
    assert slot_of(toy_fact("8", at=9)) == slot_of(fact)
    for other in (
        {"organisation": "河口县总工会"},
        {"level": "单位"},
        {"year": 2023},
        {"aspect": "预算"},
        {"measure": "公务接待费"},
        {"facet": "项目支出"},
    ):
        assert slot_of(fact.model_copy(update=other)) != slot_of(fact)


def test_the_same_figure_in_two_places_is_one_finding() -> None:
    sentence, cell = toy_fact("5"), toy_fact("5.00", at=9, table="三公经费表")
    (found,) = evidence_to_findings(evidence((cell, 3.0), (sentence, 2.9)))
    assert (found.headline, found.facts, found.against) == (sentence, (sentence, cell), ())
    assert found.score == 3.0


def test_a_contradiction_shows_the_figure_with_more_proofs_first() -> None:
    lone, first, second = toy_fact("8.6"), toy_fact("8.5", at=9), toy_fact("8.50", at=20)
    (found,) = evidence_to_findings(evidence((lone, 3.0), (first, 2.9), (second, 2.8)))
    assert found.headline == first
    assert found.against == (lone,)


def test_of_two_lone_figures_the_better_fitting_is_first() -> None:
    worse, better = toy_fact("8.6"), toy_fact("8.5", at=9)
    (found,) = evidence_to_findings(evidence((worse, 2.8), (better, 3.0)))
    assert (found.headline, found.against) == (better, (worse,))


def test_a_figure_that_fits_far_worse_contradicts_nothing() -> None:
    near, far = toy_fact("8.5"), toy_fact("1", at=9)
    (found,) = evidence_to_findings(evidence((near, 3.0), (far, 1.0)))
    assert (found.facts, found.against) == ((near,), ())


def test_other_years_are_findings_of_their_own_best_first() -> None:
    now, before = toy_fact("5"), toy_fact("8", at=9, year=2023)
    found = evidence_to_findings(evidence((before, 2.0), (now, 3.0)))
    assert [one.headline for one in found] == [now, before]


def test_no_evidence_is_no_finding() -> None:
    assert evidence_to_findings([]) == ()


WHOLE = toy_fact("15485.07", row=("支出合计",), quote="合计15485.07万元，农村608万元")


@pytest.mark.parametrize(
    ("other", "against"),
    [
        (
            toy_fact("15077.81", row=("财政拨款支出",), quote="财政拨款支出中为15077.81万元"),
            False,
        ),
        (toy_fact("15077.81", row=("支出合计",), quote="支出合计中为15077.81万元"), True),
        (toy_fact("16000", row=("财政拨款支出",), quote="财政拨款支出中为16000万元"), True),
        (toy_fact("15077.81", quote="208 | 社会保障和就业支出 | 15077.81"), False),
        (toy_fact("608", quote=WHOLE.quote), False),
    ],
    ids=["财政拨款的一份", "同一个总额", "一份比总额还多", "没有表头的一格", "同一句里的两个数"],
)
def test_a_share_or_a_cell_without_a_head_contradicts_nothing(
    other: Fact, *, against: bool
) -> None:
    (found,) = evidence_to_findings(evidence((WHOLE, 1.0), (WHOLE, 1.0), (other, 0.9)))
    assert (found.against == (other,)) is against
    assert found.headline == WHOLE
