"""How a figure is held against a question: hard slots first, then the words left over."""

import pytest

from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import (
    Wanted,
    fact_to_evidence,
    fits_aspect,
    fits_counter,
    fits_kind,
    fits_year,
    head_stands_in,
    names_to_terms,
    rank,
)
from bot.types import Ask, AskKind
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Aspect, Fact
from scripts.toy_reports import toy_fact

VOCABULARY = load_vocabulary()
PUBLIC = Ask(terms=("三公经费",), said=("三公经费",))


def fits(fact: Fact, wanted: Wanted) -> bool:
    return fact_to_evidence(fact, wanted, VOCABULARY) is not None


@pytest.mark.parametrize(
    ("words", "text", "share"),
    [
        ("", "什么都行", 1.0),
        ("南湖泵站", "南湖泵站项目支付", 1.0),
        ("南湖泵站", "北湖泵站项目支付", 0.75),  # 湖泵 and 泵站 stand there, 南湖 does not
        ("南湖泵站", "湖南的泵", 0.0),  # the characters do, no pair of them
        ("南湖 桥", "南湖大桥", 1.0),  # a piece of one character counts by itself
        ("南湖 桥", "南湖泵站", 2 / 3),
    ],
)
def test_coverage_is_the_share_of_characters_that_stand_there_in_pairs(
    words: str, text: str, share: float
) -> None:
    assert coverage(words, text) == pytest.approx(share)


def test_the_head_of_a_noun_phrase_must_stand_there() -> None:
    assert head_stands_in("南湖泵站", "泵站项目支付")
    assert not head_stands_in("南湖总投资", "南湖泵站支付")
    assert head_stands_in("", "随便")


@pytest.mark.parametrize(
    ("unit", "kind", "fit"),
    [
        ("万元", None, True),
        ("万元", "金额", True),
        ("元", "金额", True),
        ("人", "金额", False),
        ("名", "人数", True),
        ("万元", "人数", False),
        ("%", "百分比", True),
        ("个百分点", "百分比", True),
        ("辆", "数量", True),
        ("万元", "数量", False),
        ("分", "得分", True),
        ("名", "人名", False),
        ("万元", "日期", False),
        ("万元", "文字", False),
    ],
)
def test_a_figure_is_of_the_kind_asked_for(unit: str, kind: AskKind | None, fit: bool) -> None:
    assert fits_kind(toy_fact("5", unit), kind) is fit


@pytest.mark.parametrize(
    ("aspect", "asked", "fit"),
    [
        ("决算", (), True),
        ("预算", (), True),
        ("增减额", (), False),  # a change is no level
        ("人均", (), False),
        ("预算", ("预算",), True),
        ("决算", ("预算",), False),
        ("预算", ("决算",), False),
        ("数量", ("决算",), True),  # a count is an actual state
        ("余额", ("决算",), True),
        ("增减额", ("增减额",), True),
        ("增减额", ("增减率",), False),
    ],
)
def test_a_figure_is_of_the_aspect_asked_for(
    aspect: Aspect, asked: tuple[Aspect, ...], fit: bool
) -> None:
    assert fits_aspect(toy_fact("5", aspect=aspect), asked, None) is fit


def test_a_budget_report_states_no_account() -> None:
    count = toy_fact("6", "辆", aspect="数量", kind="预算")
    account: tuple[Aspect, ...] = ("决算",)
    planned: tuple[Aspect, ...] = ("预算",)
    assert not fits_aspect(count, account, None)
    assert fits_aspect(count, planned, "数量")


def test_without_a_year_the_report_s_own_is_meant() -> None:
    assert fits_year(toy_fact("5"), ())
    assert not fits_year(toy_fact("5", year=2023), ())
    assert fits_year(toy_fact("5", year=2023), (2023,))
    assert not fits_year(toy_fact("5"), (2023,))
    assert not fits_year(toy_fact("5", year=None), (2024,))


def test_counters_that_stand_for_each_other() -> None:
    assert fits_counter(toy_fact("5", "名"), "人") == 1
    assert fits_counter(toy_fact("5", "家"), "个") == 1
    assert fits_counter(toy_fact("5", "次"), "辆") == -1
    assert fits_counter(toy_fact("5", "名"), "") == 0


def test_a_fact_is_named_by_its_measure_its_facet_and_its_cells() -> None:
    cell = toy_fact("5", row=("“三公”经费",), column=("公务接待费",), measure="公务接待费")
    assert {"三公经费", "公务接待费"} <= names_to_terms(cell, VOCABULARY)


def test_a_term_must_be_borne_out() -> None:
    wanted = Wanted(ask=PUBLIC, years=(2024,))
    assert fits(toy_fact("5"), wanted)
    assert not fits(toy_fact("5", measure="培训费"), wanted)
    assert not fits(toy_fact("5", year=2023), wanted)


def test_words_left_over_must_be_borne_out() -> None:
    wanted = Wanted(ask=Ask(terms=("三公经费",), said=("三公经费",), words="南湖泵站"))
    assert not fits(toy_fact("5"), wanted)
    assert fits(toy_fact("5", quote="南湖泵站三公经费5万元"), wanted)


def test_words_alone_must_name_the_figure_itself() -> None:
    asked = Wanted(ask=Ask(words="消费券", kind="金额"))
    assert fits(toy_fact("300", measure="发放消费券"), asked)
    assert not fits(toy_fact("300", measure="慰问", quote="发放消费券，慰问300万元"), asked)


def test_the_best_is_first_and_ties_keep_their_order() -> None:
    named = toy_fact("5")
    part = toy_fact("2", at=9, measure="公务接待费", row=("三公经费",), quote="三公经费接待2万元")
    twin = toy_fact("5", at=30)
    found = rank([part, named, twin], Wanted(ask=PUBLIC), VOCABULARY)
    assert [one.fact for one in found][:2] == [named, twin]
    assert found[0].score >= found[-1].score


def test_a_vague_figure_fits_less() -> None:
    exact, vague = toy_fact("5"), toy_fact("5", at=9, vague="近")
    found = rank([vague, exact], Wanted(ask=PUBLIC), VOCABULARY)
    assert [one.fact for one in found] == [exact, vague]
