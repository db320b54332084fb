"""What the words of a message ask for, before anything is looked up."""

import pytest

from bot.query.forms import Concept, Difference, Form, Lookup, Ratio, Select, Several, Together
from bot.understanding.candidates import Candidate
from bot.understanding.fitting.asked import (
    asks_for,
    asks_for_all,
    asks_to_reckon,
    is_between_others,
    is_unsaid_place,
    mixes_changes,
    names_table,
)
from bot.understanding.found import group_to_near
from corpus.model.types import Aspect
from scripts.toy_reports import toy_fact


def of(measure: str, aspect: Aspect = "决算") -> Select:
    return Select(concept=Concept(measure=measure), aspect=aspect)


@pytest.mark.parametrize(
    ("aspect", "said", "asked"),
    [
        ("人均", "三公经费多少", False),
        ("人均", "三公经费人均多少", True),
        ("人均", "摊到一个人头上多少", True),
        ("增减额", "人员经费实际支出多少", False),
        ("增减额", "人员经费超了多少", True),
        ("增减率", "同比呢", True),
        ("完成率", "花了多少", False),
        ("完成率", "执行了百分之几", True),
        ("得分", "钱是怎么分配的", False),
        ("得分", "自评得了多少分", True),
        ("决算", "三公经费多少", True),
    ],
)
def test_a_change_an_average_or_a_score_is_asked_for(
    aspect: Aspect, said: str, *, asked: bool
) -> None:
    assert asks_for(aspect, said) is asked


def test_what_is_told_beside_a_figure_is_asked_for_as_well() -> None:
    whole, part = toy_fact("40"), toy_fact("10", measure="公务接待费")
    share = Ratio(part=of("公务接待费"), whole=of("三公经费"), manner="share")
    form: Form = Together(parts=(Lookup(of=of("三公经费")), share))
    one = Candidate(
        form=form,
        kind="several",
        operands=(group_to_near([(whole, 0.9)]), group_to_near([(part, 0.8)])),
    )
    asked = "三公经费多少，接待费占百分之几"
    assert not asks_for_all(one, "三公经费多少", "三公经费多少")
    assert asks_for_all(one, asked, asked)
    assert not asks_for_all(one, asked, "三公经费多少")


@pytest.mark.parametrize(
    ("parts", "mixed"),
    [
        ((of("人员经费", "增减额"), of("公用经费")), True),
        ((of("人员经费", "增减额"), of("人员经费")), False),
        ((of("人员经费", "增减额"), of("公用经费", "增减额")), False),
        ((of("人员经费"), of("公用经费")), False),
    ],
    ids=["一项的增减和另一项的数", "一项和它的增减", "两项的增减", "两项的数"],
)
def test_changes_of_some_things_are_not_told_beside_others(
    parts: tuple[Select, ...], *, mixed: bool
) -> None:
    assert mixes_changes(Several(parts=parts)) is mixed


@pytest.mark.parametrize(
    ("measure", "facet", "said", "unsaid"),
    [
        ("望溪县", "政府债务余额", "全市的债务余额离限额还有多少", True),
        ("望溪县", "政府债务余额", "望溪的债务余额", False),
        ("政府债务余额", "", "全市的债务余额", False),
        ("县区合计", "政府债务余额", "各县一共多少", False),
    ],
)
def test_the_row_of_a_place_is_told_of_where_it_is_named(
    measure: str, facet: str, said: str, *, unsaid: bool
) -> None:
    fact = toy_fact("9", measure=measure, facet=facet, table="债务余额情况表")
    assert is_unsaid_place(fact, said) is unsaid


def test_a_difference_of_averages_needs_a_word_for_each() -> None:
    form = Difference(new=of("三公经费", "人均"), old=of("三公经费", "人均"))
    one = Candidate(form=form, kind="difference", operands=())
    assert not asks_for_all(one, "三公经费差多少", "三公经费差多少")
    assert asks_for_all(one, "三公经费人均差多少", "三公经费人均差多少")


@pytest.mark.parametrize(
    ("kind", "said", "asked"),
    [
        ("difference", "三公经费多少", False),
        ("difference", "比上年多多少", True),
        ("difference", "不属于园区的有多少人", True),
        ("growth", "培训费多少", False),
        ("growth", "培训费涨了百分之几", True),
        ("times", "哪个大", False),
        ("times", "是几倍", True),
        ("share", "里面小微企业的是多少", False),
        ("share", "小微企业占几成", True),
        ("completion", "三公花了多少", False),
        ("completion", "执行率多少", True),
        ("per", "招待了几批、多少人", False),
        ("per", "摊到一个人多少钱", True),
        ("rank", "评上了几家", False),
        ("rank", "哪个最多", True),
        ("lookup", "三公经费多少", True),
    ],
)
def test_nothing_is_reckoned_that_no_word_asks_for(kind: str, said: str, *, asked: bool) -> None:
    assert asks_to_reckon(kind, said) is asked


def test_a_name_before_table_is_none_of_what_is_added_up() -> None:
    assert names_table("基本支出决算表里电费加物业费", "基本支出")
    assert not names_table("基本支出和项目支出一共多少", "基本支出")
    assert not names_table("电费加物业费", "基本支出")


@pytest.mark.parametrize(
    ("named", "sides", "other"),
    [
        (("预算", "决算"), ("预算", "预算"), True),
        (("预算", "决算"), ("决算", "预算"), False),
        (("决算",), ("决算", "决算"), False),
        ((), ("预算", "预算"), False),
    ],
    ids=["两年的预算", "决算比预算", "只说了决算", "都没有说"],
)
def test_between_a_budget_and_its_account_no_year_stands(
    named: tuple[Aspect, ...], sides: tuple[Aspect, Aspect], *, other: bool
) -> None:
    new, old = (of("应急处理", aspect) for aspect in sides)
    form = Difference(new=new, old=old.in_year(2021))
    assert is_between_others(named, Candidate(form=form, kind="difference")) is other


@pytest.mark.parametrize(
    ("said", "asked"),
    [("机关运行经费哪家高，高多少", False), ("机关运行经费哪家增得多，多多少", True)],
)
def test_changes_are_held_against_each_other_where_that_is_said(said: str, *, asked: bool) -> None:
    new, old = of("机关运行经费", "增减额"), of("机关运行经费", "增减额").of_body("水务局")
    one = Candidate(form=Difference(new=new, old=old), kind="difference")
    assert asks_for_all(one, said, said) is asked
