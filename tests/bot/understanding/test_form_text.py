"""What a candidate says, as the pieces that a learned scorer reads."""

import pytest

from bot.query.forms import (
    Compare,
    Difference,
    Form,
    Growth,
    Lookup,
    Parts,
    Passage,
    Rank,
    Ratio,
    Select,
    Series,
    Several,
    Sum,
    fact_to_select,
    selects_of,
)
from bot.types import Answer, Citation, Figure
from bot.understanding.candidates import Candidate
from bot.understanding.form_text import LONGEST_WORDING, answer_to_text, candidate_to_text, plain
from bot.understanding.found import Near, NearPassage
from corpus.model.types import Fact
from scripts.toy_reports import toy_fact

NOW = toy_fact("5")
ONE = fact_to_select(NOW)
OTHER = ONE.model_copy(update={"measure": "公务接待费"})
TOLD = Answer(status="answered", text="5万元")


def wording_of(fact: Fact) -> str:
    return f"{fact.measure} {fact.aspect}"


def near(fact: Fact) -> Near:
    return Near(select=fact_to_select(fact), fact=fact, score=0.9)


@pytest.mark.parametrize(
    ("form", "kind", "first"),
    [
        (Lookup(of=ONE), "lookup", "查数 决算"),
        (Lookup(of=ONE.in_year(2023)), "lookup", "查数 上年决算"),
        (Lookup(of=ONE.in_year(2022)), "lookup", "查数 前年决算"),
        (Lookup(of=ONE.in_year(2025)), "lookup", "查数 次年决算"),
        (Lookup(of=ONE.in_year(2019)), "lookup", "查数 别年决算"),
        (Difference(new=ONE, old=ONE.of_aspect("预算")), "difference", "相差 决算 预算"),
        (Growth(new=ONE, old=ONE.in_year(2023)), "growth", "增长百分之 决算 上年决算"),
        (Ratio(part=ONE, whole=OTHER, manner="share"), "share", "占比 决算"),
    ],
    ids=["本年", "上年", "前年", "次年", "别年", "两个口径", "两个年份", "同一口径"],
)
def test_the_first_piece_has_what_is_done_to_which_aspects_and_years(
    form: Form, kind: str, first: str
) -> None:
    said = candidate_to_text(
        Candidate(form=form, kind=kind, operands=(near(NOW),)), TOLD, wording_of
    )
    assert said == (first, f"{NOW.measure} 决算")


def test_wordings_are_cut_and_at_most_three() -> None:
    many = tuple(near(toy_fact(str(at))) for at in range(4))
    said = candidate_to_text(
        Candidate(form=Several(parts=(ONE,)), kind="several", operands=many),
        TOLD,
        lambda _: "长" * 100,
    )
    assert said == ("几个数 决算", *["长" * LONGEST_WORDING] * 3)


def test_a_sentence_is_told_with_its_heading_and_without_digits() -> None:
    passage = NearPassage(
        form=Passage(report="r", start=0, end=9),
        text="全年接待 1,234 人次。",
        section=("一、总论", "（二）接待情况"),
        score=0.5,
    )
    said = candidate_to_text(
        Candidate(form=passage.form, kind="passage", passage=passage), TOLD, wording_of
    )
    assert said == ("原文", "（二）接待情况：全年接待n人次。")


def test_asking_back_says_so() -> None:
    answer = Answer(status="clarify", text="请问 2023 年还是 2024 年？")
    said = candidate_to_text(
        Candidate(form=Lookup(of=ONE), kind="lookup", operands=(near(NOW),)), answer, wording_of
    )
    assert said[0] == "反问 决算"
    assert answer_to_text(answer, [], wording_of) == ("反问", "请问n年还是n年？")


def figure(formula: str | None = None) -> Figure:
    return Figure(
        value="5",
        unit="万元",
        label="",
        organisation="",
        year=2024,
        aspect="决算",
        citation=1,
        formula=formula,
    )


def test_the_rules_say_the_figures_that_they_tell_or_their_own_words() -> None:
    one = Answer(status="answered", text="是 5 万元[1]。", figures=(figure(),))
    two = one.model_copy(update={"figures": (figure(), figure())})
    worked = one.model_copy(update={"figures": (figure("2+3"),)})
    quote = Citation(n=1, document="d", title="t", section="", page=None, quote="甲")
    prose = Answer(status="answered", text="甲 3 乙[1]", citations=(quote,))
    assert answer_to_text(one, [NOW], wording_of) == ("查数", f"{NOW.measure} 决算")
    assert answer_to_text(two, [NOW, NOW], wording_of)[0] == "几个数"
    assert answer_to_text(worked, [NOW], wording_of) == ("回答", "是n万元。")
    assert answer_to_text(prose, [], wording_of) == ("回答", "甲n乙")


def test_the_budget_beside_an_account_makes_no_list_of_it() -> None:
    """Nor does the same amount in a larger unit."""
    plan = NOW.model_copy(update={"aspect": "预算"})
    beside = Answer(status="answered", text="决算5万元（预算6万元）", figures=(figure(), figure()))
    assert answer_to_text(beside, [NOW, plan], wording_of) == ("查数", f"{NOW.measure} 决算")
    both = beside.model_copy(update={"text": "· 决算5万元\n· 预算6万元"})
    assert answer_to_text(both, [NOW, plan], wording_of)[0] == "几个数"
    larger = figure("50000元 / 10000 = 5万元").model_copy(update={"label": "会议费（换算）"})
    converted = Answer(status="answered", text="5万元", figures=(figure(), larger))
    assert answer_to_text(converted, [NOW], wording_of) == ("查数", f"{NOW.measure} 决算")


@pytest.mark.parametrize(
    ("form", "selects"),
    [
        (Series(of=ONE), (ONE,)),
        (Rank(of=ONE), (ONE,)),
        (Parts(of=ONE), (ONE,)),
        (Sum(parts=(ONE, OTHER)), (ONE, OTHER)),
        (Compare(parts=(OTHER, ONE)), (OTHER, ONE)),
        (Passage(report="r", start=0, end=1), ()),
    ],
    ids=["历年", "排名", "构成", "合计", "比较", "原文"],
)
def test_the_selections_of_a_form_are_in_its_order(form: Form, selects: tuple[Select, ...]) -> None:
    assert selects_of(form) == selects


def test_plain_text_has_no_digits_marks_or_white_space() -> None:
    assert plain("支出 1,234.50 万元[1]，增 3.2%\n") == "支出n万元，增n%"
