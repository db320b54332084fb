"""What is written for the values of a form: exact texts, with the proofs in their order."""

from typing import Any

import pytest

from bot.answering.composer import Holdings, compose, passage_to_answer
from bot.query.executor import run
from bot.query.forms import (
    Compare,
    Difference,
    Form,
    Lookup,
    Passage,
    Rank,
    Ratio,
    Select,
    Several,
    fact_to_select,
)
from bot.query.retrieval.fact_pool import Facts
from bot.query.values import Result
from bot.types import Answer
from corpus.model.types import Base, Draft, Fact, Paragraph, Report, Segment
from corpus.structure.outline import draft_to_report
from scripts.toy_reports import toy_fact

OFFICE, WATER = "财政局", "水务局"


def report_of(*paragraphs: str) -> Report:
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=text),)) for text in paragraphs)
    made = draft_to_report(Draft(pages=None, pieces=pieces), name="甲.txt", digest="0" * 64)
    return made.model_copy(update={"organisation": OFFICE, "year": 2024})


TOY = report_of("财政局2024年度部门决算")


def fact(printed: str, unit: str = "万元", **slots: Any) -> Fact:
    made = toy_fact(printed, unit, **{"organisation": OFFICE} | slots)
    told = (made.organisation, made.level, made.year, made.aspect, made.quote)
    return made.model_copy(update={"id": f"{made.id}{told}"})


def of(one: Fact, **slots: Any) -> Select:
    return fact_to_select(one).model_copy(update=slots)


def answer(form: Form, *facts: Fact, **how: bool) -> Answer:
    """Return the answer of a form over some facts."""
    result = run(form, Facts(facts))
    assert isinstance(result, Result), result
    return compose(form, result, Holdings(report_of=lambda _: TOY, facts=facts, **how))


NOW = fact("5")
PAST = fact("8", year=2023, quote="2023年三公经费8万元")
PLANNED = fact("10", aspect="预算", quote="三公经费年初预算10万元")
OTHER = fact("7.5", organisation=WATER, quote="水务局三公经费7.5万元")
HOSPITALITY = fact("2", measure="公务接待费")
SMALL, LARGE = (
    fact(amount, measure=name, table="支出决算表", row=(name,), column=("决算",))
    for name, amount in (("教育支出", "4"), ("卫生健康支出", "9"))
)


@pytest.mark.parametrize(
    ("form", "facts", "text"),
    [
        pytest.param(
            Lookup(of=of(NOW)), (NOW,), "财政局2024年三公经费决算5万元。[1]", id="词汇里的项目"
        ),
        pytest.param(
            Lookup(of=of(fact("6", quote="三公经费5万元，预算6万元", aspect="预算"))),
            (
                fact("5", quote="三公经费5万元，预算6万元"),
                fact("6", quote="三公经费5万元，预算6万元", aspect="预算"),
            ),
            "财政局2024年三公经费预算6万元（决算5万元）。[1]",
            id="同一句里的决算带在预算后面",
        ),
        pytest.param(
            Lookup(of=of(NOW)),
            (NOW, PLANNED),
            "财政局2024年三公经费决算5万元（预算10万元）。[1][2]",
            id="另一句里的预算有自己的证明",
        ),
        pytest.param(
            Lookup(of=of(NOW)),
            (NOW, fact("6", quote="三公经费为6万元"), fact("5", quote="三公经费共计5万元")),
            "财政局2024年三公经费决算5万元。[1][2]\n"
            "注意：另一处文字写的是6万元[3]，两处不一致，请以原文核对。",
            id="两处证明，一处矛盾",
        ),
        pytest.param(
            Lookup(of=of(NOW, when=())),
            (NOW, PAST),
            "财政局三公经费决算：2024年5万元[1]，2023年8万元[2]。",
            id="没问年份，两年都说",
        ),
        pytest.param(
            Lookup(of=of(fact("505000", "元"))),
            (fact("505000", "元"),),
            "财政局2024年三公经费决算505000元（合50.5万元）。[1]",
            id="大数化为万元",
        ),
        pytest.param(
            Lookup(of=of(fact("3000", "名", measure="送去爱心营养餐", aspect="数量"))),
            (
                fact(
                    "3000",
                    "名",
                    measure="送去爱心营养餐",
                    aspect="数量",
                    quote="为困难学生 3000名送去爱心营养餐。",
                ),
            ),
            "财政局2024年：为困难学生3000名送去爱心营养餐。[1]",
            id="报告自己的说法，照原句说",
        ),
        pytest.param(
            Lookup(of=of(fact("3000", "名", measure="送去爱心营养餐", aspect="数量"))),
            (
                fact(
                    "3000",
                    "名",
                    measure="送去爱心营养餐",
                    aspect="数量",
                    quote=f"{'全年开展各类活动，' * 20}为困难学生3000名送去爱心营养餐；效果很好。",
                ),
            ),
            "财政局2024年："
            "全年开展各类活动，全年开展各类活动，全年开展各类活动，全年开展各类活动，"
            "为困难学生3000名送去爱心营养餐。[1]",
            id="长句只说数字所在的几个分句",
        ),
        pytest.param(
            Lookup(of=of(fact("8", measure="库房改造", table="项目支出表", row=("库房改造",)))),
            (
                fact(
                    "8",
                    measure="库房改造",
                    table="项目支出表",
                    row=("库房改造",),
                    column=("金额",),
                    quote="库房改造 | 8",
                ),
            ),
            "财政局2024年库房改造决算8万元。[1]",
            id="表格里的数用其名称说",
        ),
        pytest.param(
            Difference(new=of(NOW), old=of(PAST)),
            (NOW, PAST),
            "财政局三公经费决算2024年比2023年少3万元（按公式计算：8 - 5 = 3万元）。[1][2]\n"
            "· 2024年5万元[1]\n"
            "· 2023年8万元[2]",
            id="算出来的数，带公式和所据的数",
        ),
        pytest.param(
            Ratio(part=of(HOSPITALITY), whole=of(NOW), manner="share"),
            (NOW, HOSPITALITY),
            "财政局2024年公务接待费决算占三公经费决算的40%（按公式计算：2 / 5 = 40%）。[1][2]\n"
            "· 公务接待费决算2万元[1]\n"
            "· 三公经费决算5万元[2]",
            id="占比",
        ),
        pytest.param(
            Several(parts=(of(HOSPITALITY), of(NOW))),
            (NOW, HOSPITALITY),
            "财政局2024年：\n· 公务接待费决算2万元。[1]\n· 三公经费决算5万元。[2]",
            id="一家的几个数",
        ),
        pytest.param(
            Several(parts=(of(NOW), of(OTHER))),
            (NOW, OTHER),
            "2024年三公经费决算：\n· 财政局5万元。[1]\n· 水务局7.5万元。[2]",
            id="两家的数",
        ),
        pytest.param(
            Compare(parts=(of(NOW), of(OTHER))),
            (NOW, OTHER),
            "水务局更多。\n"
            "2024年三公经费决算：\n"
            "· 财政局5万元。[1]\n"
            "· 水务局7.5万元。[2]\n"
            "相差2.5万元（按公式计算：7.5 - 5 = 2.5万元）。[2][1]",
            id="两家比较",
        ),
        pytest.param(
            Compare(parts=(of(NOW), of(PLANNED))),
            (NOW, PLANNED),
            "三公经费预算更多。\n"
            "财政局2024年三公经费：\n"
            "· 决算5万元。[1]\n"
            "· 预算10万元。[2]\n"
            "相差5万元（按公式计算：10 - 5 = 5万元）。[2][1]",
            id="一家的两个数比较，说是谁的",
        ),
        pytest.param(
            Rank(of=of(SMALL)),
            (SMALL, LARGE),
            "卫生健康支出决算最多，教育支出决算最少。\n"
            "财政局2024年：\n"
            "· 卫生健康支出决算9万元。[1]\n"
            "· 教育支出决算4万元。[2]",
            id="排名，说是谁的",
        ),
    ],
)
def test_the_text_of_an_answer(form: Form, facts: tuple[Fact, ...], text: str) -> None:
    made = answer(form, *facts)
    assert (made.status, made.text) == ("answered", text)


def test_what_is_derived_shows_its_formula_and_the_figures_that_it_rests_on() -> None:
    moved = fact(
        "1",
        aspect="增减额",
        direction=1,
        base=Base(year=None, aspect="预算"),
        quote="比预算增加1万元",
    )
    made = answer(Lookup(of=of(NOW, aspect="预算")), NOW, moved)
    assert made.text == (
        "报告没有直接列出这个数，由报告里的数推算：\n"
        "财政局2024年三公经费预算4万元（按公式计算：5 - 1 = 4万元）。[1][2]"
    )
    assert [(one.value, one.unit, one.formula) for one in made.figures] == [
        ("4", "万元", "5 - 1 = 4万元")
    ]
    assert [one.quote for one in made.citations] == ["三公经费5万元", "比预算增加1万元"]


def test_the_figures_of_an_answer_begin_with_what_was_worked_out() -> None:
    made = answer(Difference(new=of(NOW), old=of(PAST)), NOW, PAST)
    assert [(one.value, one.formula, one.citation) for one in made.figures] == [
        ("3", "5 - 8 = -3万元", 1),
        ("5", None, 1),
        ("8", None, 2),
    ]


def test_the_other_aspect_is_left_out_where_one_was_asked_for() -> None:
    facts = (NOW, PLANNED)
    assert answer(Lookup(of=of(NOW)), *facts, both_aspects=False).text == (
        "财政局2024年三公经费决算5万元。[1]"
    )


def test_a_figure_of_several_bodies_is_asked_back_where_none_was_named() -> None:
    made = answer(Lookup(of=of(NOW, who=())), NOW, OTHER, PAST, open=True)
    assert (made.status, made.text) == (
        "clarify",
        "已收录的报告里有几家单位都有这个数，请问要哪一家的？",
    )
    assert [(one.label, one.question) for one in made.choices] == [
        ("水务局 2024年三公经费决算", "水务局2024年三公经费决算是多少"),
        ("财政局 2024年三公经费决算", "财政局2024年三公经费决算是多少"),
    ]


def test_the_figure_of_one_body_is_told_also_where_none_was_named() -> None:
    made = answer(Lookup(of=of(NOW, who=())), NOW, open=True)
    assert (made.status, made.text) == ("answered", "财政局2024年三公经费决算5万元。[1]")


# ---------------------------------------------------------------- passages

LONG = "本单位按照要求逐项核对各类资金的使用情况并及时公开有关信息。"  # 29 characters and its mark
STORY = report_of(
    "财政局2024年度部门决算",
    "一、绩效情况",
    "资金使用规范。项目按期完成。",
    f"先说明一点。{LONG * 10}",
    "二、存在的问题",
    "存在的主要问题如下：",
    "一是预算编制不够精细。",
    "二是资产管理有待加强。",
    "三、下一步措施",
    "加强预算管理。",
    "有关情况如下：",
    "四、其他",
    "没有其他说明。",
)


def passage(words: str, report: Report = STORY, facts: tuple[Fact, ...] = ()) -> Answer:
    """Return the answer that reads out the sentence with these words."""
    start = report.text.index(words)
    form = Passage(report=report.id, start=start, end=start + len(words))
    return passage_to_answer(form, Holdings(report_of=lambda _: report, facts=facts))


def in_report(one: Fact, report: Report) -> Fact:
    """Return a figure as one that this report prints."""
    spans = tuple(span.model_copy(update={"report": report.id}) for span in one.spans)
    return one.model_copy(update={"report": report.id, "spans": spans})


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(
            "项目按期完成。",
            "财政局2024年：资金使用规范。项目按期完成。[1]",
            id="短段落整段读出",
        ),
        pytest.param(
            "先说明一点。",
            f"财政局2024年：先说明一点。{LONG * 8}[1]",  # 6 + 8 × 30 = 246, one more is too long
            id="长段落读到二百六十字以内的整句",
        ),
        pytest.param(
            "存在的主要问题如下：",
            "财政局2024年：存在的主要问题如下：一是预算编制不够精细。二是资产管理有待加强。[1]",
            id="引出列表的一句，带上列表",
        ),
        pytest.param(
            "有关情况如下：",
            "财政局2024年：有关情况如下：[1]",
            id="后面没有列表，不读到下一节",
        ),
    ],
)
def test_a_passage_is_read_with_what_it_leans_on(words: str, text: str) -> None:
    assert len(LONG) == 30
    assert passage(words).text == text


def test_the_figures_asked_for_are_the_first_of_a_passage() -> None:
    text = "接待12批次、97人次，支出5万元。"
    report = report_of("财政局2024年度部门决算", text)
    rounds, guests, spent = (
        fact(printed, unit, measure=name, aspect=aspect, at=report.text.index(printed))
        for printed, unit, name, aspect in (
            ("12", "批次", "接待批次", "数量"),
            ("97", "人次", "接待人次", "数量"),
            ("5", "万元", "公务接待费", "决算"),
        )
    )
    facts = tuple(in_report(one, report) for one in (rounds, guests, spent))
    form = Passage(report=report.id, start=report.text.index(text), end=len(report.text))
    holdings = Holdings(report_of=lambda _: report, facts=facts)
    asked = {facts[2].id: 0, facts[1].id: 1}
    made = passage_to_answer(form, holdings, lambda fact: asked.get(fact.id, len(asked)))
    assert [one.value for one in made.figures] == ["5", "97", "12"]


def test_a_passage_cites_its_place() -> None:
    (cited,) = passage("资金使用规范。").citations
    assert (cited.document, cited.section, cited.quote) == (
        "甲.txt",
        "一、绩效情况",
        "资金使用规范。项目按期完成。",
    )


def test_the_figures_of_a_passage_come_with_it() -> None:
    report = report_of("财政局2024年度部门决算", "一、情况", "培训费5万元。", "会议费2万元。")
    facts = tuple(
        fact(
            printed,
            measure=measure,
            report=report.id,
            at=report.text.index(f"{measure}{printed}") + len(measure),
        )
        for measure, printed in (("培训费", "5"), ("会议费", "2"))
    )
    facts = tuple(in_report(one, report) for one in facts)
    made = passage("培训费5万元。", report, facts)
    assert made.text == "财政局2024年：培训费5万元。[1]"
    assert [(one.label, one.value) for one in made.figures] == [("培训费决算", "5")]
