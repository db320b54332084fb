"""Candidates: which forms come of the figures near a question, its slots and its operations."""

from dataclasses import replace
from typing import Any

import pytest

from bot.parsing.annotations import AskedBase
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
    Together,
    fact_to_select,
)
from bot.understanding.candidates import Candidate, Sieve, Slots, candidates, form_key
from bot.understanding.fitting.asked import is_of_another_aspect
from bot.understanding.found import Near, NearPassage, Recalled, group_to_near, nearest
from corpus.model.types import Aspect, Base, Fact
from scripts.toy_reports import FINANCE, WATER, toy_fact

LOOK_UP = {"lookup": 1.0}
# What the reader calls an operation that has another name as a form.
OPERATION = {"series": "trend", "times": "ratio_times"}


def fact(printed: str, unit: str = "万元", **slots: Any) -> Fact:
    made = toy_fact(printed, unit, **slots)
    told = (made.organisation, made.level, made.year, made.aspect)
    return made.model_copy(update={"id": f"{made.id}{told}"})


def alone(one: Fact, **slots: Any) -> Select:
    """Return the query of one figure of one body and year, with some slots changed."""
    return fact_to_select(one).model_copy(update=slots)


NOW, PAST = fact("5"), fact("8", year=2023)
STAFF = fact("12", "人", measure="在职人员", aspect="数量")
HOSPITALITY = fact("2", measure="公务接待费")


def made(
    *scored: tuple[Fact, float],
    slots: Slots | None = None,
    operations: dict[str, float] | None = None,
    passages: tuple[NearPassage, ...] = (),
) -> tuple[Candidate, ...]:
    """Return the candidates of a question near these figures."""
    asked = slots or Slots()
    wide = nearest(scored, sorted({one.year for one, _ in scored if one.year}))
    near = nearest(scored, asked.years)
    recalled = Recalled(near=near, wide=wide, passages=passages)
    return candidates(recalled, asked, operations or LOOK_UP)


def test_figures_of_one_thing_are_one_and_its_best_score_counts() -> None:
    scored = [(PAST, 0.7), (HOSPITALITY, 0.75), (NOW, 0.9), (STAFF, 0.4)]
    found = nearest(scored, (2023, 2024))
    assert [(one.fact, one.score, one.select.when) for one in found] == [
        (NOW, 0.9, (2023, 2024)),
        (HOSPITALITY, 0.75, (2024,)),
        (STAFF, 0.4, (2024,)),
    ]


@pytest.mark.parametrize(
    ("years", "kept"),
    [((2023,), [PAST]), ((2024,), [NOW]), ((2019,), []), ((), [NOW, PAST])],
    ids=["问上一年", "问本年", "问没有的年", "没问年份，看各报告自己的年份"],
)
def test_a_year_that_is_asked_is_a_filter(years: tuple[int, ...], kept: list[Fact]) -> None:
    past = PAST.model_copy(update={"report": "older", "report_year": 2023})
    found = nearest([(NOW, 0.9), (past, 0.9)], years)
    assert sorted(one.select.when for one in found) == (
        [tuple(sorted(one.year for one in kept if one.year))] if kept else []
    )


def test_the_best_figure_is_looked_up_first() -> None:
    first, *_ = made((HOSPITALITY, 0.6), (NOW, 0.9))
    assert (first.kind, first.form) == (
        "lookup",
        Lookup(of=alone(NOW, who=(), level=None)),
    )
    assert first.scores == (0.9,)


@pytest.mark.parametrize(
    ("scored", "slots", "form"),
    [
        pytest.param(
            (NOW,),
            Slots(aspects=("预算",)),
            Lookup(of=alone(NOW, who=(), level=None, aspect="预算")),
            id="没有印出的预算",
        ),
        pytest.param((NOW,), Slots(), Series(of=alone(NOW)), id="历年"),
        pytest.param((NOW,), Slots(), Rank(of=alone(NOW)), id="排名"),
        pytest.param((NOW,), Slots(), Parts(of=alone(NOW)), id="分项"),
        pytest.param(
            (NOW, PAST),
            Slots(years=(2023, 2024)),
            Difference(new=alone(NOW), old=alone(NOW, when=(2023,))),
            id="所问两年之差",
        ),
        pytest.param(
            (NOW, PAST),
            Slots(years=(2023, 2024)),
            Several(parts=(alone(NOW, when=(2023,)), alone(NOW))),
            id="所问两年",
        ),
        pytest.param(
            (NOW,),
            Slots(years=(2024,), base=AskedBase(year=2022, aspect=None)),
            Growth(new=alone(NOW), old=alone(NOW, when=(2022,))),
            id="比某年增长",
        ),
        pytest.param(
            (NOW,),
            Slots(),
            Growth(new=alone(NOW), old=alone(NOW, when=(2023,))),
            id="没说比什么，比上年",
        ),
        pytest.param(
            (NOW,),
            Slots(),
            Ratio(part=alone(NOW), whole=alone(NOW, aspect="预算"), manner="completion"),
            id="完成率",
        ),
        pytest.param(
            (NOW,),
            Slots(bodies=(FINANCE, WATER)),
            Compare(parts=(alone(NOW, level=None), alone(NOW, who=(WATER,), level=None))),
            id="两家比较",
        ),
        pytest.param(
            (NOW,),
            Slots(bodies=(FINANCE, WATER)),
            Sum(parts=(alone(NOW, level=None), alone(NOW, who=(WATER,), level=None))),
            id="两家之和",
        ),
        pytest.param(
            (NOW, HOSPITALITY),
            Slots(),
            Ratio(part=alone(HOSPITALITY), whole=alone(NOW), manner="share"),
            id="占比",
        ),
        pytest.param(
            (NOW, STAFF),
            Slots(),
            Ratio(part=alone(NOW), whole=alone(STAFF), manner="per"),
            id="人均",
        ),
        pytest.param(
            (NOW, HOSPITALITY, STAFF),
            Slots(),
            Several(parts=(alone(NOW), alone(HOSPITALITY), alone(STAFF))),
            id="三样一起问",
        ),
        pytest.param(
            (NOW, fact("2", level="单位")),
            Slots(),
            Ratio(part=alone(NOW, level="单位"), whole=alone(NOW), manner="share"),
            id="本级占部门",
        ),
    ],
)
def test_a_form_is_among_what_may_be_meant(
    scored: tuple[Fact, ...], slots: Slots, form: Form
) -> None:
    """The operation of the form is the likely one."""
    name = form.manner if isinstance(form, Ratio) else form.op
    found = made(
        *((one, 0.9 - place / 100) for place, one in enumerate(scored)),
        slots=slots,
        operations={"lookup": 0.1, OPERATION.get(name, name): 0.9},
    )
    assert form in [one.form for one in found]


@pytest.mark.parametrize(
    ("operations", "kinds"),
    [
        ({"lookup": 1.0}, {"lookup"}),
        ({"lookup": 0.5, "growth": 0.5}, {"lookup", "growth"}),
        ({"trend": 1.0}, {"lookup", "series"}),
        ({"lookup": 0.999, "sum": 0.001}, {"lookup"}),
    ],
    ids=["只查数", "查数或增长", "历年", "不大可能的不列"],
)
def test_only_likely_operations_are_composed(operations: dict[str, float], kinds: set[str]) -> None:
    found = made((NOW, 0.9), (PAST, 0.8), (HOSPITALITY, 0.7), operations=operations)
    assert {one.kind for one in found} == kinds


EVERY = dict.fromkeys(
    ("lookup", "several", "difference", "growth", "share", "completion", "per", "sum"), 0.1
)


def near(one: Fact, score: float, **how: Any) -> Near:
    return replace(group_to_near([(one, score)]), **how)


@pytest.mark.parametrize(
    ("beside", "form"),
    [
        pytest.param(
            (near(STAFF, 0.5, found="talk"),),
            Ratio(part=alone(NOW), whole=alone(STAFF), manner="per"),
            id="刚才说的人数",
        ),
        pytest.param(
            (near(HOSPITALITY, 0.5, found="piece"),),
            Ratio(part=alone(HOSPITALITY), whole=alone(NOW), manner="share"),
            id="另一半话里的部分",
        ),
        pytest.param(
            tuple(near(one, 0.5, found="piece") for one in (HOSPITALITY, STAFF, PAST)),
            Several(parts=(alone(HOSPITALITY), alone(STAFF), alone(PAST))),
            id="列出来的三样",
        ),
    ],
)
def test_what_the_pieces_name_is_held_against_what_is_near(
    beside: tuple[Near, ...], form: Form
) -> None:
    recalled = Recalled(near=nearest([(NOW, 0.9)], ()), beside=beside)
    assert form in [one.form for one in candidates(recalled, Slots(), EVERY)]


MOVED = fact("3", aspect="增减额", direction=1, base=Base(year=2023, aspect=None))
COST, SERVED, TOO = (
    fact("2", measure="培训经费"), fact("40", "人", measure="参训", aspect="数量"),
    fact("30", "人", measure="就业", aspect="数量"),
)  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        Ratio(part=alone(COST), whole=alone(SERVED), manner="per"),
        Ratio(part=alone(TOO), whole=alone(SERVED), manner="share"),
        Difference(new=alone(SERVED), old=alone(TOO)),
        Several(parts=(alone(COST), alone(SERVED), alone(TOO))),
        Sum(parts=(alone(SERVED), alone(TOO))),
    ],
    ids=["平均", "占比", "除开", "各多少", "合计"],
)
def test_what_a_sentence_tells_together_is_reckoned_with(form: Form) -> None:
    told = tuple(near(one, 0.5, found="sentence") for one in (COST, SERVED, TOO))
    recalled = Recalled(near=nearest([(COST, 0.9)], ()), told=(told,))
    assert form in [one.form for one in candidates(recalled, Slots(), EVERY)]


@pytest.mark.parametrize(
    ("aspects", "aspect"),
    [(("增减额",), "决算"), (("预算", "增减额"), "预算"), ((), "决算")],
    ids=["只说了增减", "说了要推的", "都没说"],
)
def test_a_level_is_looked_up_that_a_change_leads_to(
    aspects: tuple[Aspect, ...], aspect: Aspect
) -> None:
    slots = Slots(years=(2023,), aspects=aspects)
    forms = [one.form for one in made((MOVED, 0.9), (NOW, 0.8), slots=slots)]
    assert (
        Lookup(of=alone(MOVED, who=(), level=None, aspect=aspect, base=None, when=(2023,))) in forms
    )


def test_a_figure_of_several_bodies_is_told_of_each_of_them() -> None:
    theirs = fact("7", organisation=WATER)
    each = tuple(alone(one, who=(one.organisation,), level=None) for one in (NOW, theirs))
    forms = [one.form for one in made((NOW, 0.9), (theirs, 0.8), operations=EVERY)]
    assert Several(parts=each) in forms
    assert Sum(parts=each) in forms


def test_what_is_nearest_of_each_body_is_held_against_the_other_whatever_it_is_called() -> None:
    theirs = fact("7", organisation=WATER, measure="接待支出")
    slots = Slots(bodies=(FINANCE, WATER))
    found = made((HOSPITALITY, 0.9), (STAFF, 0.8), (theirs, 0.7), slots=slots, operations=EVERY)
    parts = tuple(alone(one, who=(one.organisation,), level=None) for one in (HOSPITALITY, theirs))
    forms = [one.form for one in found]
    assert Several(parts=parts) in forms
    assert Compare(parts=parts) in forms
    assert Difference(new=parts[0], old=parts[1]) in forms
    staff = alone(STAFF, level=None)
    assert Compare(parts=(staff, parts[1])) not in forms  # people are not held against money


@pytest.mark.parametrize(
    ("slots", "parts"),
    [
        pytest.param(
            Slots(years=(2023, 2024)),
            tuple(alone(one, when=(year,)) for one in (NOW, HOSPITALITY) for year in (2023, 2024)),
            id="两样各两年",
        ),
        pytest.param(
            Slots(aspects=("预算", "决算")),
            tuple(
                alone(one, aspect=aspect)
                for one in (NOW, HOSPITALITY)
                for aspect in ("预算", "决算")
            ),
            id="两样各两个口径",
        ),
        pytest.param(
            Slots(bodies=(FINANCE, WATER)),
            tuple(
                alone(one, who=(body,), level=None)
                for one in (NOW, HOSPITALITY)
                for body in (FINANCE, WATER)
            ),
            id="两样各两家",
        ),
    ],
)
def test_each_thing_is_told_in_each_of_what_is_named(
    slots: Slots, parts: tuple[Select, ...]
) -> None:
    things = [near(one, 0.9, found="piece") for one in (NOW, HOSPITALITY)]
    recalled = Recalled(near=nearest([(NOW, 0.9)], ()), beside=tuple(things))
    assert Several(parts=parts) in [one.form for one in candidates(recalled, slots, EVERY)]


def test_what_was_spent_is_asked_for_in_the_aspect_that_is_held() -> None:
    spent, plan = fact("5", aspect="执行数"), fact("6", aspect="预算")
    found = made((spent, 0.9), (plan, 0.8), slots=Slots(aspects=("预算", "决算")))
    assert Several(parts=(alone(plan), alone(spent))) in [one.form for one in found]


def test_the_year_that_is_named_may_be_the_earlier_of_two() -> None:
    found = made((PAST, 0.9), slots=Slots(years=(2023,)), operations=EVERY)
    assert Difference(new=alone(NOW), old=alone(PAST)) in [one.form for one in found]


def test_the_year_asked_of_is_the_later_one_where_it_is_compared() -> None:
    slots = Slots(years=(2023,), base=AskedBase(year=2022, aspect=None))
    found = made((PAST, 0.9), slots=slots, operations=EVERY)
    assert Difference(new=alone(NOW), old=alone(PAST)) not in [one.form for one in found]


def test_a_change_is_held_against_no_amount() -> None:
    moved = fact("1", aspect="增减额", direction=1, base=Base(year=2023, aspect=None))
    found = made((NOW, 0.9), (moved, 0.8), operations=EVERY)
    assert {one.kind for one in found if len(one.operands) > 1} == {"several"}


def test_a_figure_is_no_share_of_itself() -> None:
    again = NOW.model_copy(
        update={"id": "again", "table": "另一张表", "row": ("合计", NOW.measure)}
    )
    found = made((NOW, 0.9), (again, 0.8), operations={"share": 1.0})
    assert [one for one in found if one.kind == "share"] == []


def test_only_a_plan_is_completed() -> None:
    plan = fact("10", aspect="预算")
    forms = [one.form for one in made((NOW, 0.9), (plan, 0.8), operations=EVERY)]
    done = Ratio(part=alone(NOW), whole=alone(plan), manner="completion")
    turned = Ratio(part=alone(plan), whole=alone(NOW), manner="completion")
    assert [form in forms for form in (done, turned)] == [True, False]


def test_no_form_is_made_twice() -> None:
    found = made(
        (NOW, 0.9),
        (PAST, 0.8),
        (HOSPITALITY, 0.7),
        (STAFF, 0.6),
        slots=Slots(years=(2023, 2024)),
        operations=dict.fromkeys(("lookup", "several", "sum", "difference", "share", "per"), 0.16),
    )
    forms = [one.form.model_dump_json() for one in found]
    assert sorted(set(forms)) == sorted(forms)


def test_money_is_never_added_to_people() -> None:
    found = made((NOW, 0.9), (STAFF, 0.8), operations={"sum": 1.0})
    sums = [one.form for one in found if isinstance(one.form, Sum)]
    assert [{part.concept.counts for part in form.parts} for form in sums] == []


def test_changes_of_one_thing_from_different_bases_stay_apart() -> None:
    moved: dict[str, Any] = {"aspect": "增减额", "direction": 1}
    from_past = fact("1", base=Base(year=2023, aspect=None), **moved)
    from_budget = fact("2", base=Base(year=2024, aspect="预算"), **moved)
    assert [one.fact for one in nearest([(from_past, 0.9), (from_budget, 0.8)], ())] == [
        from_past,
        from_budget,
    ]


def test_sentences_stand_among_the_candidates_with_their_scores() -> None:
    told = NearPassage(
        form=Passage(report="toy", start=3, end=9), text="因为搬迁。", section=(), score=0.8
    )
    found = made((NOW, 0.9), passages=(told,))
    assert [(one.form, one.scores) for one in found if one.kind == "passage"] == [
        (told.form, (0.8,))
    ]


@pytest.mark.parametrize(
    ("aspects", "form", "left_out"),
    [
        (("决算",), Lookup(of=alone(NOW, aspect="预算")), True),
        (("决算",), Lookup(of=alone(NOW, aspect="决算")), False),
        (("决算",), Lookup(of=alone(NOW, aspect="执行数")), False),
        (("预算",), Lookup(of=alone(NOW, aspect="执行数")), False),
        (("决算",), Lookup(of=alone(STAFF)), False),
        ((), Lookup(of=alone(NOW, aspect="预算")), False),
        (("预算", "决算"), Lookup(of=alone(NOW, aspect="预算")), False),
        (
            ("决算",),
            Difference(new=alone(NOW, aspect="预算"), old=alone(PAST, aspect="预算")),
            True,
        ),
        (
            ("决算",),
            Difference(new=alone(NOW, aspect="决算"), old=alone(NOW, aspect="预算")),
            False,
        ),
        (("决算",), Passage(report="r", start=0, end=1), False),
    ],
    ids=[
        "要实际只有预算",
        "要实际有实际",
        "执行数也是实际",
        "预算可以是比的对象",
        "人数不分口径",
        "没有说口径",
        "两个口径都说了",
        "两个预算之差",
        "实际比预算",
        "原文",
    ],
)
def test_what_was_carried_out_is_a_filter_where_it_is_named(
    aspects: tuple[Aspect, ...], form: Form, left_out: bool
) -> None:
    assert is_of_another_aspect(aspects, Candidate(form=form, kind="lookup")) is left_out


def test_a_message_of_several_questions_may_ask_all_of_one_figure() -> None:
    """多少, 比上年增长百分之几, 为什么: the level beside its rate, its growth, and a sentence."""
    told = NearPassage(
        form=Passage(report="r", start=0, end=9), text="因人员调整。", section=(), score=0.6
    )
    near = nearest([(NOW, 0.9)], ())
    recalled = Recalled(near=near, wide=near, parts=(near[0], near[0]), passages=(told,))
    found = candidates(recalled, Slots(), {"growth": 0.4, "lookup": 0.4, "why": 0.2})
    level = Lookup(of=near[0].select)
    rate = Lookup(of=near[0].select.of_rate("增减率"))
    growth = Growth(new=alone(NOW), old=alone(NOW, when=(2023,), base=None))
    forms = [one.form for one in found]
    assert all(Together(parts=(level, one)) in forms for one in (rate, growth, told.form))
    no_reason = candidates(recalled, Slots(), {"growth": 0.5, "lookup": 0.5})
    assert Together(parts=(level, told.form)) not in [one.form for one in no_reason]
    alone_asked = candidates(replace(recalled, parts=()), Slots(), {"growth": 0.5, "why": 0.5})
    assert not any(isinstance(one.form, Together) for one in alone_asked)


def test_what_does_not_fit_takes_no_place_and_what_is_named_goes_first() -> None:
    others = [(fact("9", measure=f"{n}号工程"), 0.9 - n / 100) for n in range(8)]
    near = nearest([*others, (HOSPITALITY, 0.5), (fact("3", measure="培训费"), 0.5)], ())
    named = {"公务接待费", "培训费"}
    sieve = Sieve(
        fits=lambda one: all(near.fact.measure in named for near in one.operands),
        names=lambda one: one.fact.measure in named,
    )
    found = candidates(Recalled(near=near), Slots(), {"difference": 1.0, "rank": 0.5}, sieve)
    kinds = {(one.kind, tuple(near.fact.measure for near in one.operands)) for one in found}
    assert {("rank", ("公务接待费",)), ("difference", ("公务接待费", "培训费"))} <= kinds
    assert {measure for _, measures in kinds for measure in measures} <= named


def test_a_sum_is_one_in_whichever_order_and_a_difference_is_not() -> None:
    one, other = alone(NOW), alone(HOSPITALITY)
    assert form_key(Sum(parts=(one, other))) == form_key(Sum(parts=(other, one)))
    turned = Difference(new=other, old=one)
    assert form_key(Difference(new=one, old=other)) != form_key(turned)


def test_a_figure_is_told_with_what_another_of_its_sentence_is_to_it() -> None:
    whole, part = fact("40", measure="教师", unit="人"), fact("10", measure="教授", unit="人")
    told = tuple(group_to_near([(one, 0.9)]) for one in (whole, part))
    recalled = Recalled(near=told, told=(told,), parts=told)
    found = candidates(recalled, Slots(), {"share": 0.6, "several": 0.2})
    share = Ratio(part=told[1].single, whole=told[0].single, manner="share")
    form = Together(parts=(Lookup(of=told[0].single), share))
    assert form in [one.form for one in found]
