"""Running a form over facts: what is printed, what follows from it, what is refused.

Every expected value is worked by hand from the figures that stand beside it.
"""

from typing import Any

import pytest

from bot.presentation.answer_text import fact_to_statement, plain
from bot.query.executor import DERIVED_NOTE, run
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
)
from bot.query.retrieval.fact_pool import Facts
from bot.query.values import Computed, Failure, Printed, Result, Value
from corpus.model.types import Base, Fact
from scripts.toy_reports import toy_fact

OFFICE, WATER = "财政局", "水务局"
DONE = "三公经费2.18万元，完成预算的62.29%"


def fact(printed: str, unit: str = "万元", **slots: Any) -> Fact:
    """Return a figure of 三公经费, 2024, of the finance office, unless told otherwise."""
    made = toy_fact(printed, unit, **{"organisation": OFFICE, "measure": "三公经费"} | slots)
    told = (made.organisation, made.level, made.year, made.aspect, made.row, made.report)
    return made.model_copy(update={"id": f"{made.id}{told}"})


def change(printed: str, unit: str = "万元", *, direction: int, base: Base, **slots: Any) -> Fact:
    """Return a printed growth or fall, counted from `base`."""
    aspect = "增减率" if unit == "%" else "增减额"
    return fact(printed, unit, **{"aspect": aspect, "direction": direction, "base": base} | slots)


def cell(printed: str, *row: str) -> Fact:
    """Return a figure of a table of accounts; its measure is the last name of its row."""
    return fact(printed, measure=row[-1], row=row, table="支出决算表", column=("决算",))


def of(one: Fact, **slots: Any) -> Select:
    """Return the query that a figure answers, with some slots changed."""
    return fact_to_select(one).model_copy(update=slots)


def told(value: Value) -> str:
    """Return a value in words: a printed figure's statement, a computed one's with its formula."""
    if isinstance(value, Printed):
        against = "".join(f"（另有{one.printed}{one.unit}）" for one in value.finding.against)
        return fact_to_statement(value.fact) + against
    return f"{value.label}{plain(value.value)}{value.unit} | {value.formula}"


def outcome(form: Form, facts: tuple[Fact, ...]) -> list[str]:
    """Return the note, where there is one, and the values of a form in words."""
    result = run(form, Facts(facts))
    assert isinstance(result, Result), result
    return [*([result.note] if result.note else []), *map(told, result.values)]


NOW, PAST, OLDER = fact("5"), fact("8", year=2023), fact("7.5", year=2022)
PLANNED = fact("10", aspect="预算")
UNIT = fact("2", level="单位")
OTHER = fact("7.5", organisation=WATER)
HOSPITALITY = fact("2", measure="公务接待费")
BASIC, PROJECT = fact("300", measure="基本支出"), fact("200", measure="项目支出")
RUNNING = fact("60.5", measure="机关运行经费")
STAFF = fact("12", "人", measure="在职人员", aspect="数量")
GUESTS = fact("300", "人次", measure="公务接待", aspect="数量")
ROUNDS = fact("40", "批次", measure="公务接待", aspect="数量")


PART = fact("2", facet="项目支出")
TWICE = fact("5", facet="收入合计")


@pytest.mark.parametrize(
    ("facts", "form", "values"),
    [
        pytest.param(
            (PAST, NOW, PLANNED, HOSPITALITY, OTHER),
            Lookup(of=of(NOW)),
            ["财政局2024年三公经费决算5万元"],
            id="查数",
        ),
        pytest.param(
            (OLDER, NOW, PAST),
            Lookup(of=of(NOW, when=(2023, 2024))),
            ["财政局2024年三公经费决算5万元", "财政局2023年三公经费决算8万元"],
            id="两年，近的在前",
        ),
        pytest.param(
            (UNIT, NOW),
            Lookup(of=of(NOW, level=None)),
            ["财政局2024年三公经费决算5万元", "财政局（单位）2024年三公经费决算2万元"],
            id="部门在前，本级在后",
        ),
        pytest.param(
            (UNIT, NOW),
            Lookup(of=of(NOW, level="单位")),
            ["财政局（单位）2024年三公经费决算2万元"],
            id="只问本级",
        ),
        pytest.param(
            (fact("6", quote="三公经费6万元。"), NOW, fact("5", quote="三公经费共5万元", at=9)),
            Lookup(of=of(NOW)),
            ["财政局2024年三公经费决算5万元（另有6万元）"],
            id="两处一致，一处矛盾",
        ),
        pytest.param(
            (fact("5.04"), fact("50400", "元")),
            Lookup(of=of(NOW)),
            ["财政局2024年三公经费决算5.04万元"],
            id="元与万元相同，不算矛盾",
        ),
        pytest.param(
            (cell("90", "甲项目", "得分"), cell("80", "乙项目", "得分")),
            Lookup(of=of(cell("80", "乙项目", "得分"))),
            ["财政局2024年“乙项目”得分决算80万元"],
            id="同名的行，按上级行分开",
        ),
        pytest.param(
            (NOW, HOSPITALITY),
            Several(parts=(of(HOSPITALITY), of(NOW))),
            ["财政局2024年公务接待费决算2万元", "财政局2024年三公经费决算5万元"],
            id="几个数，按所问的顺序",
        ),
        pytest.param(
            (PAST, NOW, OLDER, PLANNED),
            Series(of=of(NOW)),
            [
                "财政局2022年三公经费决算7.5万元",
                "财政局2023年三公经费决算8万元",
                "财政局2024年三公经费决算5万元",
            ],
            id="历年，由远及近",
        ),
    ],
)
def test_what_is_printed(facts: tuple[Fact, ...], form: Form, values: list[str]) -> None:
    assert outcome(form, facts) == values


@pytest.mark.parametrize(
    ("facts", "asked", "derived"),
    [
        pytest.param(
            (fact("60"), change("10", direction=1, base=Base(year=None, aspect="预算"))),
            of(fact("60"), aspect="预算"),
            "财政局2024年三公经费预算50万元 | 60 - 10 = 50万元",
            id="决算比预算增加，推预算",
        ),
        pytest.param(
            (fact("60"), change("5000", "元", direction=-1, base=Base(year=2024, aspect="预算"))),
            of(fact("60"), aspect="预算"),
            "财政局2024年三公经费预算60.5万元 | 60 + 0.5 = 60.5万元",
            id="决算比预算减少，单位不同",
        ),
        pytest.param(
            (fact("60"), change("4.5", direction=-1, base=Base(year=2023, aspect=None))),
            of(fact("60"), when=(2023,)),
            "财政局2023年三公经费决算64.5万元 | 60 + 4.5 = 64.5万元",
            id="比上年减少，推上年",
        ),
        pytest.param(
            (fact("60"), change("25", "%", direction=1, base=Base(year=2023, aspect=None))),
            of(fact("60"), when=(2023,)),
            "财政局2023年三公经费决算48万元 | 60 / (1 + 25%) ≈ 48万元",
            id="比上年增长百分之几，推上年",
        ),
        pytest.param(
            (fact("60.5"), change("6.92", "%", direction=-1, base=Base(year=2023, aspect=None))),
            of(fact("60"), when=(2023,)),
            "财政局2023年三公经费决算65万元 | 60.5 / (1 - 6.92%) ≈ 65万元",
            id="比上年下降百分之几，推上年",
        ),
        pytest.param(
            (
                fact("60.5"),
                change("6.9", "%", direction=-1, base=Base(year=2023, aspect=None)),
                change("4.5", direction=-1, base=Base(year=2023, aspect=None)),
            ),
            of(fact("60"), when=(2023,)),
            "财政局2023年三公经费决算65万元 | 60.5 + 4.5 = 65万元",
            id="减少额比下降率准",
        ),
        pytest.param(
            (
                fact("100", aspect="预算"),
                change("20", direction=1, base=Base(year=2023, aspect="预算")),
                fact("90"),
            ),
            of(fact("100", aspect="预算"), when=(2023,)),
            "财政局2023年三公经费预算80万元 | 100 - 20 = 80万元",
            id="预算比上年预算增加，推上年预算",
        ),
        pytest.param(
            (
                fact("20", level="单位"),
                change("10", direction=1, base=Base(year=2023, aspect=None)),
                fact("60", at=90),
            ),
            of(fact("60"), when=(2023,), level=None),
            "财政局2023年三公经费决算50万元 | 60 - 10 = 50万元",
            id="部门的增加只从部门的数里减",
        ),
        pytest.param(
            (fact("2.18", quote=DONE), fact("62.29", "%", aspect="完成率", quote=DONE)),
            of(fact("2.18"), aspect="预算"),
            "财政局2024年三公经费预算3.5万元 | 2.18 / 62.29% ≈ 3.5万元",
            id="决算和完成率，推预算",
        ),
    ],
)
def test_what_follows_from_what_is_printed(
    facts: tuple[Fact, ...], asked: Select, derived: str
) -> None:
    assert outcome(Lookup(of=asked), facts) == [DERIVED_NOTE, derived]


def test_a_level_before_a_change_is_of_the_year_before() -> None:
    facts = (fact("60"), change("10", direction=1, base=Base(year=2023, aspect=None)))
    result = run(Lookup(of=of(facts[0], when=(2023,))), Facts(facts))
    assert isinstance(result, Result)
    assert [value.year for value in result.values if isinstance(value, Computed)] == [2023]


def test_a_level_in_a_table_follows_from_the_change_that_the_text_prints() -> None:
    printed = fact("60", row=("支出合计", "三公经费"), table="支出表")
    moved = change("10", direction=1, base=Base(year=2023, aspect=None))
    asked = of(moved, aspect="决算", when=(2023,), base=None)
    assert outcome(Lookup(of=asked), (printed, moved)) == [
        DERIVED_NOTE,
        "财政局2023年三公经费决算50万元 | 60 - 10 = 50万元",
    ]


def test_what_is_printed_goes_before_what_follows() -> None:
    moved = change("10", direction=1, base=Base(year=2024, aspect="预算"))
    facts = (fact("60"), moved, fact("49.9", aspect="预算"))
    assert outcome(Lookup(of=of(fact("60"), aspect="预算")), facts) == [
        "财政局2024年三公经费预算49.9万元"
    ]


@pytest.mark.parametrize(
    ("facts", "form", "values"),
    [
        pytest.param(
            (NOW, PAST),
            Difference(new=of(NOW), old=of(PAST)),
            "2024年比2023年少3万元 | 5 - 8 = -3万元",
            id="两年之差",
        ),
        pytest.param(
            (NOW, OTHER),
            Difference(new=of(OTHER), old=of(NOW)),
            "水务局比财政局多2.5万元 | 7.5 - 5 = 2.5万元",
            id="两家之差",
        ),
        pytest.param(
            (NOW, UNIT),
            Difference(new=of(NOW), old=of(UNIT)),
            "部门比单位多3万元 | 5 - 2 = 3万元",
            id="部门与本级之差",
        ),
        pytest.param(
            (NOW, fact("20000", "元", year=2023)),
            Difference(new=of(NOW), old=of(PAST)),
            "2024年比2023年多3万元 | 5 - 2 = 3万元",
            id="元化为万元再减",
        ),
        pytest.param(
            (NOW, fact("5", year=2023)),
            Difference(new=of(NOW), old=of(PAST)),
            "2024年比2023年相差0万元 | 5 - 5 = 0万元",
            id="没有差",
        ),
        pytest.param(
            (NOW, PAST),
            Growth(new=of(NOW), old=of(PAST)),
            "2024年比2023年下降37.5% | (5 - 8) / 8 = -37.5%",
            id="下降",
        ),
        pytest.param(
            (OLDER, PAST),
            Growth(new=of(PAST), old=of(OLDER)),
            "2023年比2022年增长6.67% | (8 - 7.5) / 7.5 = 6.67%",
            id="增长，四舍五入",
        ),
        pytest.param(
            (NOW, HOSPITALITY),
            Ratio(part=of(HOSPITALITY), whole=of(NOW), manner="share"),
            "公务接待费决算占三公经费决算的40% | 2 / 5 = 40%",
            id="占比",
        ),
        pytest.param(
            (NOW, PLANNED),
            Ratio(part=of(NOW), whole=of(PLANNED), manner="completion"),
            "三公经费决算为三公经费预算的50% | 5 / 10 = 50%",
            id="完成率",
        ),
        pytest.param(
            (PAST, NOW),
            Ratio(part=of(PAST), whole=of(NOW), manner="times"),
            "2023年是2024年的1.6倍 | 8 / 5 = 1.6倍",
            id="几倍",
        ),
        pytest.param(
            (RUNNING, STAFF),
            Ratio(part=of(RUNNING), whole=of(STAFF), manner="per"),
            "财政局2024年机关运行经费决算平均每人50416.67元 | 60.5 × 10000 / 12 = 50416.67元",
            id="人均，万元化为元",
        ),
        pytest.param(
            (BASIC, STAFF),
            Ratio(part=of(BASIC), whole=of(STAFF), manner="per"),
            "财政局2024年基本支出决算平均每人25万元 | 300万元 / 12 = 25万元",
            id="人均，仍为万元",
        ),
        pytest.param(
            (BASIC, fact("1.2", "万人", measure="在职人员", aspect="数量")),
            Ratio(part=of(BASIC), whole=of(STAFF), manner="per"),
            "财政局2024年基本支出决算平均每人250元 | 300 × 10000 / 12000 = 250元",
            id="人均，人数以万计",
        ),
        pytest.param(
            (fact("1.2", "亿元"), fact("30000", "人", measure="在职人员", aspect="数量")),
            Ratio(part=of(NOW), whole=of(STAFF), manner="per"),
            "财政局2024年三公经费决算平均每人4000元 | 1.2 × 100000000 / 30000 = 4000元",
            id="人均，亿元化为元",
        ),
        pytest.param(
            (fact("12", "亿元"), fact("3000", "人", measure="在职人员", aspect="数量")),
            Ratio(part=of(NOW), whole=of(STAFF), manner="per"),
            "财政局2024年三公经费决算平均每人40万元 | 12 × 10000 / 3000 = 40万元",
            id="人均，亿元化为万元",
        ),
        pytest.param(
            (fact("3000", "元"), STAFF),
            Ratio(part=of(NOW), whole=of(STAFF), manner="per"),
            "财政局2024年三公经费决算平均每人250元 | 3000元 / 12 = 250元",
            id="人均，本来是元",
        ),
        pytest.param(
            (GUESTS, ROUNDS),
            Ratio(part=of(GUESTS), whole=of(ROUNDS), manner="per"),
            "财政局2024年公务接待平均每批次7.5人次 | 300人次 / 40 = 7.5人次",
            id="每批次几人次",
        ),
        pytest.param(
            (fact("0.03", "万人次", measure="公务接待", aspect="数量"), ROUNDS),
            Ratio(part=of(GUESTS), whole=of(ROUNDS), manner="per"),
            "财政局2024年公务接待平均每批次7.5人次 | 0.03 × 10000 / 40 = 7.5人次",
            id="每批次几人次，以万计",
        ),
        pytest.param(
            (fact("1.2", "万人"), fact("8000", "人", year=2023)),
            Difference(new=of(fact("1.2", "万人")), old=of(fact("8000", "人", year=2023))),
            "2024年比2023年多0.4万人 | 1.2 - 0.8 = 0.4万人",
            id="万人与人之差",
        ),
        pytest.param(
            (BASIC, PROJECT),
            Sum(parts=(of(BASIC), of(PROJECT))),
            "财政局2024年基本支出决算、项目支出决算合计500万元 | 300 + 200 = 500万元",
            id="两项之和",
        ),
        pytest.param(
            (NOW, PAST, OLDER),
            Sum(parts=(of(OLDER), of(PAST), of(NOW))),
            "2022年、2023年、2024年合计20.5万元 | 7.5 + 8 + 5 = 20.5万元",
            id="三年之和",
        ),
    ],
)
def test_what_is_worked_out(facts: tuple[Fact, ...], form: Form, values: str) -> None:
    """The computed value comes first, the printed operands behind it."""
    assert outcome(form, facts)[0] == values


def test_an_operand_that_is_not_printed_is_derived_and_only_print_is_cited() -> None:
    moved = change("10", direction=1, base=Base(year=2023, aspect=None))
    facts = (fact("60"), moved)
    form = Growth(new=of(facts[0]), old=of(facts[0], when=(2023,)))
    assert outcome(form, facts) == [
        "2024年比2023年增长20% | (60 - 50) / 50 = 20%",
        "财政局2023年三公经费决算50万元 | 60 - 10 = 50万元",
        "财政局2024年三公经费决算60万元",
    ]
    result = run(form, Facts(facts))
    assert isinstance(result, Result)
    assert [value.operands for value in result.values if isinstance(value, Computed)] == [
        facts,
        facts,
    ]


def test_the_operands_stand_behind_what_is_worked_out() -> None:
    assert outcome(Growth(new=of(NOW), old=of(PAST)), (NOW, PAST))[1:] == [
        "财政局2024年三公经费决算5万元",
        "财政局2023年三公经费决算8万元",
    ]


@pytest.mark.parametrize(
    ("facts", "note", "gap"),
    [
        pytest.param((NOW, PAST), "2023年更多。", ["相差3万元 | 8 - 5 = 3万元"], id="两年比较"),
        pytest.param((NOW, fact("5", organisation=WATER)), "两者相同。", [], id="两家相同"),
        pytest.param((NOW, fact("50000", "元", year=2023)), "两者相同。", [], id="元与万元相同"),
        pytest.param((NOW, PAST, OLDER), "2023年最多。", [], id="三年比较"),
        pytest.param(
            (fact("1.2", "万人"), fact("8000", "人", year=2023)),
            "2024年更多。",
            ["相差0.4万人 | 1.2 - 0.8 = 0.4万人"],
            id="万人与人比较",
        ),
        pytest.param(
            (NOW, fact("5", year=2023), fact("4", year=2022)),
            "2024年、2023年最多。",
            [],
            id="并列最多",
        ),
        pytest.param(
            (NOW, fact("5", year=2023), fact("5", year=2022)), "都相同。", [], id="三年都相同"
        ),
    ],
)
def test_a_comparison_names_the_largest(facts: tuple[Fact, ...], note: str, gap: list[str]) -> None:
    form = Compare(parts=tuple(map(of, facts)))
    assert outcome(form, facts) == [note, *map(fact_to_statement, facts), *gap]


LEFT_OVER = tuple(
    fact(printed, measure="上年结转", row=(undertaking, "上年结转"), aspect="预算")
    for undertaking, printed in (("修渠项目", "195"), ("补贴项目", "35.77"))
)
GUESTS_ELSEWHERE = fact("83", "人次", organisation=WATER, measure="公务接待", aspect="数量")
RISES = tuple(
    change("1.5", direction=1, base=Base(year=2023, aspect="决算"), measure=measure)
    for measure in ("支出合计", "财政拨款支出")
)
TABLE = (
    cell("500", "合计"),
    cell("120", "住房保障支出"),
    cell("350", "一般公共服务支出"),
    cell("30", "卫生健康支出"),
    cell("340", "一般公共服务支出", "财政事务"),
    cell("10", "一般公共服务支出", "统计事务"),
)


def test_the_parts_of_a_whole_are_the_rows_right_below_it() -> None:
    assert outcome(Parts(of=of(TABLE[2])), TABLE) == [
        "财政局2024年一般公共服务支出决算350万元，包括：",
        "财政局2024年财政事务决算340万元",
        "财政局2024年统计事务决算10万元",
        "财政局2024年一般公共服务支出决算350万元",
    ]


def test_the_parts_of_a_whole_stand_in_its_sentence() -> None:
    quote = "三公经费5万元，其中：公务接待费2万元，公务用车运行维护费3万元"
    elsewhere = fact("9", measure="公务用车购置费", row=("三公经费", "公务用车购置费"))
    facts = (
        fact("5", quote=quote),
        fact("2", measure="公务接待费", row=("三公经费", "公务接待费"), quote=quote),
        fact("3", measure="公务用车运行维护费", row=("三公经费",), quote=quote),
        elsewhere,
    )
    assert outcome(Parts(of=of(facts[0])), facts) == [
        "财政局2024年三公经费决算5万元，包括：",
        "财政局2024年公务接待费决算2万元",
        "财政局2024年公务用车运行维护费决算3万元",
        "财政局2024年三公经费决算5万元",
    ]


def test_a_rank_holds_the_rows_of_one_depth_without_their_total() -> None:
    assert outcome(Rank(of=of(TABLE[1])), TABLE) == [
        "一般公共服务支出决算最多，卫生健康支出决算最少。",
        "财政局2024年一般公共服务支出决算350万元",
        "财政局2024年住房保障支出决算120万元",
        "财政局2024年卫生健康支出决算30万元",
    ]


def test_a_rank_of_totals_holds_those_of_the_other_projects() -> None:
    scored = tuple(
        fact(printed, "分", measure=name, aspect="得分", row=(name, "总分"), column=("得分",))
        for name, printed in (("修渠项目", "96"), ("补贴项目", "90"))
    )
    part = fact(
        "9", "分", measure="渠长", aspect="得分", row=("修渠项目", "渠长"), column=("得分",)
    )
    assert outcome(Rank(of=of(scored[1])), (*scored, part)) == [
        "修渠项目得分最高，补贴项目得分最低。",
        "财政局2024年修渠项目得分96分",
        "财政局2024年补贴项目得分90分",
    ]


def test_a_rank_begins_with_the_least_where_that_is_asked_for() -> None:
    assert outcome(Rank(of=of(TABLE[1]), least=True), TABLE) == [
        "卫生健康支出决算最少，一般公共服务支出决算最多。",
        "财政局2024年卫生健康支出决算30万元",
        "财政局2024年住房保障支出决算120万元",
        "财政局2024年一般公共服务支出决算350万元",
    ]


def test_a_rank_of_places_leaves_out_the_body_itself() -> None:
    rows = tuple(
        cell(printed, name).model_copy(update={"organisation": "青山市人民政府"})
        for name, printed in (
            ("青山市", "900"),
            ("青山市本级", "300"),
            ("东县", "400"),
            ("西县", "200"),
        )
    )
    assert [one.partition("年")[2] for one in outcome(Rank(of=of(rows[2])), rows)[1:]] == [
        "东县决算400万元",
        "西县决算200万元",
    ]


def test_a_long_rank_keeps_its_least() -> None:
    rows = tuple(cell(f"{amount}00", f"第{amount}类支出") for amount in range(1, 15))
    told = outcome(Rank(of=of(rows[0])), rows)
    assert told == [
        "第14类支出决算最多，第1类支出决算最少。",
        *(f"财政局2024年第{amount}类支出决算{amount}00万元" for amount in range(14, 3, -1)),
        "财政局2024年第1类支出决算100万元",
    ]


@pytest.mark.parametrize(
    ("facts", "form", "kind"),
    [
        pytest.param((PAST,), Lookup(of=of(NOW)), "missing", id="没有这一年"),
        pytest.param((OTHER,), Lookup(of=of(NOW)), "missing", id="没有这一家"),
        pytest.param((NOW,), Lookup(of=of(NOW, aspect="预算")), "missing", id="没有预算"),
        pytest.param(
            (NOW, change("1", direction=1, base=Base(year=2023, aspect=None))),
            Lookup(of=of(PAST, level="单位")),
            "missing",
            id="部门的增加推不出本级的数",
        ),
        pytest.param(
            (
                NOW,
                change("1", direction=1, base=Base(year=2023, aspect=None)),
                OTHER,
                change("2", direction=1, base=Base(year=2023, aspect=None), organisation=WATER),
            ),
            Lookup(of=of(PAST, who=())),
            "missing",
            id="两家都推得出，不知问哪一家",
        ),
        pytest.param(
            (
                cell("60", "税务事务", "行政运行"),
                cell("60", "税务事务", "行政运行").model_copy(
                    update={
                        "id": "moved",
                        "aspect": "增减额",
                        "direction": 1,
                        "base": Base(year=2023, aspect=None),
                    }
                ),
            ),
            Lookup(of=of(cell("9", "财政事务", "行政运行"), when=(2023,))),
            "missing",
            id="另一类下同名项目的增加推不出数",
        ),
        pytest.param(
            (NOW, fact("1", aspect="增减额", direction=1)),
            Lookup(of=of(NOW, level="单位")),
            "missing",
            id="没说比什么的增加推不出数",
        ),
        pytest.param(
            (fact("5", "人次"),), Lookup(of=of(NOW)), "missing", id="同名但数的是人，不是钱"
        ),
        pytest.param(
            (NOW,), Several(parts=(of(NOW), of(HOSPITALITY))), "missing", id="几个数缺一个"
        ),
        pytest.param((NOW,), Sum(parts=(of(NOW), of(PAST))), "missing", id="相加缺一个"),
        pytest.param((NOW,), Difference(new=of(NOW), old=of(PAST)), "missing", id="相减缺一个"),
        pytest.param(
            (NOW, PAST, OTHER),
            Difference(new=of(NOW, when=()), old=of(OTHER)),
            "missing",
            id="不知是哪一年的数，不能相减",
        ),
        pytest.param((NOW, PLANNED), Series(of=of(NOW)), "missing", id="只有一年"),
        pytest.param((NOW, HOSPITALITY), Parts(of=of(NOW)), "missing", id="没有分项"),
        pytest.param((TABLE[0], TABLE[1]), Rank(of=of(TABLE[1])), "missing", id="没有同级"),
        pytest.param(
            (NOW, STAFF), Compare(parts=(of(NOW), of(STAFF))), "incomparable", id="钱与人不能比"
        ),
        pytest.param(
            (fact("6", "辆"), fact("40", "批次", year=2023)),
            Compare(parts=(of(fact("6", "辆")), of(fact("40", "批次", year=2023)))),
            "incomparable",
            id="车与批次不能比",
        ),
        pytest.param(
            (NOW, STAFF), Sum(parts=(of(NOW), of(STAFF))), "incomparable", id="钱与人不能相加"
        ),
        pytest.param(
            (NOW, PART),
            Sum(parts=(of(NOW), of(PART))),
            "incomparable",
            id="一项与它的一部分不能相加",
        ),
        pytest.param(
            (NOW, STAFF),
            Ratio(part=of(NOW), whole=of(STAFF), manner="share"),
            "incomparable",
            id="钱不占人的几成",
        ),
        pytest.param(
            (NOW, RUNNING),
            Ratio(part=of(NOW), whole=of(RUNNING), manner="per"),
            "incomparable",
            id="不能按钱平均",
        ),
        pytest.param(
            (fact("80", "%", aspect="完成率"), STAFF),
            Ratio(part=of(fact("80", "%", aspect="完成率")), whole=of(STAFF), manner="per"),
            "incomparable",
            id="百分比不能按人平均",
        ),
        pytest.param(
            (NOW, HOSPITALITY),
            Ratio(part=of(NOW), whole=of(HOSPITALITY), manner="share"),
            "incomparable",
            id="整体不占部分的几成",
        ),
        pytest.param(
            (NOW, fact("0", year=2023)),
            Growth(new=of(NOW), old=of(PAST)),
            "incomparable",
            id="从零增长",
        ),
        pytest.param(
            (NOW, PART),
            Difference(new=of(NOW), old=of(PART)),
            "incomparable",
            id="一项与它的一部分没有差额",
        ),
        pytest.param(
            (NOW, PART), Compare(parts=(of(NOW), of(PART))), "incomparable", id="一项多过它的一部分"
        ),
        pytest.param(
            (OTHER, PART),
            Compare(parts=(of(OTHER), of(PART))),
            "incomparable",
            id="一家的一部分与另一家的全部",
        ),
        pytest.param(
            (NOW, fact("80", "人", organisation=WATER, measure="在职人员", aspect="数量")),
            Ratio(
                part=of(NOW),
                whole=of(fact("80", "人", organisation=WATER, measure="在职人员", aspect="数量")),
                manner="per",
            ),
            "incomparable",
            id="一家的钱不按另一家的人平均",
        ),
        pytest.param(
            (TABLE[0], TABLE[1]),
            Compare(parts=(of(TABLE[0]), of(TABLE[1]))),
            "incomparable",
            id="合计与其中一行",
        ),
        pytest.param(
            LEFT_OVER,
            Several(parts=tuple(map(of, LEFT_OVER))),
            "ambiguous",
            id="几个同名的数说不出各是谁的",
        ),
        pytest.param(
            (NOW, GUESTS_ELSEWHERE),
            Several(parts=(of(NOW), of(GUESTS_ELSEWHERE))),
            "ambiguous",
            id="一家的钱和另一家的人次",
        ),
        pytest.param(
            RISES,
            Difference(new=of(RISES[0]), old=of(RISES[1])),
            "incomparable",
            id="同一个变化印在两项上",
        ),
        pytest.param((NOW,), Passage(report="toy", start=0, end=4), "missing", id="一段话不是数"),
        pytest.param(
            (NOW, TWICE),
            Sum(parts=(of(NOW), of(TWICE))),
            "incomparable",
            id="同一个数印了两遍不能相加",
        ),
        pytest.param(
            (NOW, TWICE),
            Difference(new=of(NOW), old=of(TWICE)),
            "incomparable",
            id="同一个数印了两遍没有差额",
        ),
        pytest.param(
            (fact("247", "台"), fact("300", "台", facet="指标值")),
            Ratio(
                part=of(fact("247", "台")),
                whole=of(fact("300", "台", facet="指标值")),
                manner="per",
            ),
            "incomparable",
            id="每台没有几台",
        ),
        pytest.param(
            (fact("5", "人"), STAFF),
            Ratio(part=of(fact("5", "人")), whole=of(STAFF), manner="per"),
            "incomparable",
            id="每人没有零点几人",
        ),
        pytest.param(
            (fact("5", "人"), fact("52000", "亩", measure="管护面积")),
            Ratio(
                part=of(fact("5", "人")),
                whole=of(fact("52000", "亩", measure="管护面积")),
                manner="per",
            ),
            "incomparable",
            id="每亩没有零个人",
        ),
    ],
)
def test_what_has_no_value(facts: tuple[Fact, ...], form: Form, kind: str) -> None:
    result = run(form, Facts(facts))
    assert not isinstance(result, Result), outcome(form, facts)
    assert result.kind == kind


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("60.4", ["财政局2024年三公经费完成率60.4%", "60.43% = 58319 / 96500"]),
        ("60.43", ["财政局2024年三公经费完成率60.43%", "财政局2024年三公经费决算58319万元"]),
        ("61", ["60.43% = 58319 / 96500"]),
    ],
    ids=["印了完成率", "印的就是算出来的，只说一遍", "印的对不上"],
)
def test_a_rate_that_is_printed_goes_before_the_one_that_is_worked_out(
    printed: str, told: list[str]
) -> None:
    done, plan = fact("58319"), fact("96500", aspect="预算")
    rate = fact(printed, "%", aspect="完成率")
    form = Ratio(part=of(done), whole=of(plan), manner="completion")
    result = run(form, Facts((done, plan, rate)))
    assert isinstance(result, Result)
    said = [
        f"{plain(value.value)}{value.unit} = {value.formula.partition(' = ')[0]}"
        if isinstance(value, Computed)
        else fact_to_statement(value.fact)
        for value in result.values
    ]
    assert said[: len(told)] == told


@pytest.mark.parametrize(
    ("printed", "first"), [("0.42", "人均0.42万元"), ("0.6", "")], ids=["印了人均", "印的对不上"]
)
def test_what_is_printed_a_head_goes_before_what_is_worked_out(printed: str, first: str) -> None:
    head = fact(printed, aspect="人均")
    result = run(Ratio(part=of(NOW), whole=of(STAFF), manner="per"), Facts((NOW, STAFF, head)))
    assert isinstance(result, Result)
    told = result.values[0]
    said = fact_to_statement(told.fact) if isinstance(told, Printed) else ""
    assert said.removeprefix("财政局2024年三公经费") == first


@pytest.mark.parametrize("unit", ["亿美元", "元/人", "‰"], ids=["外币", "标准", "千分率"])
def test_what_is_not_counted_alike_is_not_reckoned_with(unit: str) -> None:
    """A unit of the same kind may have another base: neither an error nor a number comes of it."""
    other = fact("3", unit, measure="进出口总额")
    plain = fact("60", "%" if unit == "‰" else "万元")
    one, two = of(plain), of(other)
    forms = (
        Difference(new=one, old=two),
        Compare(parts=(one, two)),
        Sum(parts=(one, two)),
        Ratio(part=one, whole=two, manner="share"),
        Ratio(part=one, whole=two, manner="per"),
    )
    for form in forms:
        assert run(form, Facts((plain, other))) == Failure(kind="incomparable")
