"""Facts, equalities, reasons and denials of sentences, on toys worked by hand."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.extraction.assertions.absences import report_to_denials
from corpus.extraction.assertions.reasons import report_to_reasons
from corpus.extraction.facts import report_to_parities, report_to_sentence_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Base, Block, Fact, Kind, Report, Span
from corpus.readers.plain_text import read_text
from corpus.structure.outline import draft_to_report

ORGANISATION = "青山市临江区财政局"
REPORTS = Path(__file__).parents[3] / "shared" / "reports"


def toy(
    *paragraphs: str, kind: Kind = "决算", year: int = 2024, section: tuple[str, ...] = ()
) -> Report:
    text, blocks = "", []
    for paragraph in paragraphs:
        span = Span(report="toy", page=None, start=len(text), end=len(text) + len(paragraph))
        blocks.append(Block(kind="paragraph", span=span, section=section))
        text += paragraph + "\n"
    return Report(
        id="toy",
        name="toy.txt",
        title="toy",
        organisation=ORGANISATION,
        level="部门",
        year=year,
        kind=kind,
        pages=None,
        text=text,
        marks=(),
        blocks=tuple(blocks),
        tables=(),
    )


def facts_of(
    *paragraphs: str, kind: Kind = "决算", year: int = 2024, section: tuple[str, ...] = ()
) -> tuple[Fact, ...]:
    report = toy(*paragraphs, kind=kind, year=year, section=section)
    return report_to_sentence_facts(report, load_vocabulary())


def brief(facts: tuple[Fact, ...]) -> list[tuple[int | None, str, str, str]]:
    return [(fact.year, fact.measure, fact.aspect, fact.printed + fact.unit) for fact in facts]


def test_the_other_side_of_a_budget_is_said_by_its_kind_alone() -> None:
    found = facts_of(
        "2025年全市一般公共预算收入安排42.00亿元，收入总计80.00亿元。支出预算安排76.00亿元。"
    )
    assert [(fact.measure, fact.printed) for fact in found] == [
        ("全市一般公共预算收入安排", "42.00"),
        ("收入总计", "80.00"),
        ("全市一般公共预算支出安排", "76.00"),
    ]


def test_what_came_in_and_went_out_is_of_the_fund_that_heads_the_paragraph() -> None:
    found = facts_of("六、政府性基金预算支出决算情况。本年收入50万元，支出48万元。")
    assert [(fact.measure, fact.printed) for fact in found] == [
        ("政府性基金预算财政拨款收入", "50"),
        ("政府性基金预算财政拨款支出", "48"),
    ]


def test_the_bare_spending_after_an_income_is_of_the_same_fund() -> None:
    found = facts_of("2024年度政府性基金预算财政拨款收入50万元，支出48万元。")
    assert brief(found) == [
        (2024, "政府性基金预算财政拨款收入", "决算", "50万元"),
        (2024, "政府性基金预算财政拨款支出", "决算", "48万元"),
    ]


def test_a_page_of_one_undertaking_names_it() -> None:
    section = ("公园跑道改造经费情况说明", "六、年度预算安排")
    found = facts_of("第一季度用款计划10万元。", kind="预算", year=2025, section=section)
    assert [(f.row, f.measure, f.facet) for f in found] == [
        (("公园跑道改造",), "用款计划", "第一季度")
    ]
    general = facts_of("安排10万元。", section=("机关运行经费情况说明",))
    assert [f.row for f in general] == [()]


# ---------------------------------------------------------------- years


def test_a_year_holds_until_the_next_one_or_a_semicolon() -> None:
    found = facts_of(
        "2024年“三公”经费预算支出3.5万元，实际支出3.1万元，人均支出0.2万元；"
        "2023年预算支出4万元，实际支出2.5万元。",
        kind="绩效自评",
    )
    assert brief(found) == [
        (2024, "三公经费", "预算", "3.5万元"),
        (2024, "三公经费", "决算", "3.1万元"),
        (2024, "三公经费", "人均", "0.2万元"),
        (2023, "三公经费", "预算", "4万元"),
        (2023, "三公经费", "决算", "2.5万元"),
    ]


def test_the_year_of_a_base_is_not_the_year_of_the_figure() -> None:
    (level, less, rate) = facts_of("机关运行经费支出60.5万元，比2023年度减少4.5万元，下降6.92%。")
    assert (level.year, less.year, rate.year) == (2024, 2024, 2024)
    assert (less.aspect, less.direction, less.base) == (
        "增减额",
        -1,
        Base(year=2023, aspect="决算"),
    )
    assert (rate.aspect, rate.direction, rate.value) == ("增减率", -1, Decimal("6.92"))


def test_a_budget_says_what_was_executed_the_year_before() -> None:
    found = facts_of(
        "1. “教育支出（类）普通教育（款）学前教育（项）”30.00万元，主要用于园舍。2024年当年预算"
        "执行数为25.00万元，2025年预算安排30.00万元，比2024年预算执行数增加20.00%。",
        kind="预算",
        year=2025,
    )
    assert brief(found) == [
        (2025, "学前教育", "预算", "30.00万元"),
        (2024, "学前教育", "执行数", "25.00万元"),
        (2025, "学前教育", "预算", "30.00万元"),
        (2025, "学前教育", "增减率", "20.00%"),
    ]
    assert found[3].base == Base(year=2024, aspect="执行数")
    assert found[1].row == ("教育支出", "普通教育", "学前教育")


def test_a_date_gives_the_year_of_what_is_counted_on_it() -> None:
    found = facts_of(
        f"截至2024年8月31日，{ORGANISATION}（部门）共有车辆3辆，其中：机要通信用车1辆、"
        "其他用车2辆；单价100万元（含）以上设备（不含车辆）1台（套）。",
        "2025年部门预算安排购置车辆1辆。",
        kind="预算",
        year=2025,
    )
    assert [(fact.measure, fact.printed, fact.year, str(fact.as_of)) for fact in found] == [
        ("车辆", "3", 2024, "2024-08-31"),
        ("机要通信用车", "1", 2024, "2024-08-31"),
        ("其他用车", "2", 2024, "2024-08-31"),
        ("大型设备", "1", 2024, "2024-08-31"),
        ("购置车辆", "1", 2025, "None"),
    ]
    assert [fact.row for fact in found] == [(), ("车辆",), ("车辆",), (), ()]


def test_figures_of_several_years_in_one_list_get_their_own() -> None:
    found = facts_of("2023年、2024年培训费分别为2万元和3万元。")
    assert brief(found) == [
        (2023, "培训费", "决算", "2万元"),
        (2024, "培训费", "决算", "3万元"),
    ]


# ---------------------------------------------------------------- aspects and subjects


def test_a_difference_to_the_budget_keeps_its_year() -> None:
    (level, more) = facts_of("2024年度人员经费决算支出90.5万元，较预算支出增加8.5万元。")
    assert (level.measure, level.aspect) == ("人员经费", "决算")
    assert (more.measure, more.aspect, more.direction) == ("人员经费", "增减额", 1)
    assert more.base == Base(year=2024, aspect="预算")


def test_an_item_named_two_sentences_before_is_the_subject() -> None:
    found = facts_of(
        "3、住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：缴纳公积金。"
        "年初预算为88.75万元，支出决算为87.25万元。完成年初预算的98.31%。"
    )
    assert brief(found) == [
        (2024, "住房公积金", "预算", "88.75万元"),
        (2024, "住房公积金", "决算", "87.25万元"),
        (2024, "住房公积金", "完成率", "98.31%"),
    ]
    assert found[0].row == ("住房保障支出", "住房改革支出", "住房公积金")
    assert found[0].quote.startswith("3、住房保障支出")


def test_parts_have_their_own_measure_and_the_whole_in_their_row() -> None:
    found = facts_of(
        "“三公”经费财政拨款支出年初预算为5.00万元，支出决算为3.00万元，完成预算的60.00%，其中：因公出国"
        "（境）费决算为0.00万元，完成预算的0.00%；公务接待费支出决算为3.00万元，完成预算的75.00%。"
    )
    assert [(fact.measure, fact.row, fact.aspect, fact.printed) for fact in found] == [
        ("三公经费", (), "预算", "5.00"),
        ("三公经费", (), "决算", "3.00"),
        ("三公经费", (), "完成率", "60.00"),
        ("因公出国（境）费", ("三公经费",), "决算", "0.00"),
        ("因公出国（境）费", ("三公经费",), "完成率", "0.00"),
        ("公务接待费", ("三公经费",), "决算", "3.00"),
        ("公务接待费", ("三公经费",), "完成率", "75.00"),
    ]


def test_what_no_longer_fits_into_the_whole_is_no_part_of_it() -> None:
    found = facts_of(
        "实有在职人员12名，其中：公务员7名，事业编制5名，离退休人员9人。", kind="绩效自评"
    )
    assert [(fact.measure, fact.row) for fact in found] == [
        ("在职人员", ()),
        ("公务员", ("在职人员",)),
        ("事业编制", ("在职人员",)),
        ("离退休人员", ()),
    ]


def test_two_differences_in_one_paragraph_keep_their_bases() -> None:
    found = facts_of(
        f"2025年，{ORGANISATION}收入预算500.00万元，其中：财政拨款收入500.00万元，比2024年预算执行数"
        "增加40.00万元；事业收入0万元。",
        "支出预算500.00万元，其中：财政拨款支出预算500.00万元，比2024年预算增加30.00万元。",
        kind="预算",
        year=2025,
    )
    assert [(fact.measure, fact.aspect, fact.printed) for fact in found] == [
        ("收入合计", "预算", "500.00"),
        ("财政拨款收入", "预算", "500.00"),
        ("财政拨款收入", "增减额", "40.00"),
        ("事业收入", "预算", "0"),
        ("支出合计", "预算", "500.00"),
        ("财政拨款支出", "预算", "500.00"),
        ("财政拨款支出", "增减额", "30.00"),
    ]
    assert found[2].base == Base(year=2024, aspect="执行数")
    assert found[6].base == Base(year=2024, aspect="预算")


def test_shares_name_their_whole() -> None:
    found = facts_of(
        "一般公共预算财政拨款支出200.00万元，占本年支出合计的80.00%。",
        "一般公共预算财政拨款支出200.00万元，主要用于以下方面：教育支出（类）150.00万元，占75.00%。",
    )
    assert (found[1].aspect, found[1].row) == ("占比", ("本年支出合计",))
    assert (found[4].measure, found[4].aspect) == ("教育支出", "占比")
    assert found[4].row == ("一般公共预算财政拨款支出",)


def test_projects_are_counted_and_their_money_is_theirs() -> None:
    found = facts_of(
        "编报绩效目标的2024年度项目6个，涉及预算金额70.5万元；绩效自评的2024年度项目5个，涉及预算金额"
        "60.5万元，平均得分97.25分。"
    )
    assert brief(found) == [
        (2024, "编报绩效目标项目数", "数量", "6个"),
        (2024, "编报绩效目标项目金额", "预算", "70.5万元"),
        (2024, "绩效自评项目数", "数量", "5个"),
        (2024, "绩效自评项目金额", "预算", "60.5万元"),
        (2024, "绩效自评得分", "得分", "97.25分"),
    ]


def test_what_is_counted_decides_between_sisters() -> None:
    found = facts_of(
        "公务接待费支出0.60万元。列明公务接待4批次、31人次，其中：接待外宾0批次、0人次。"
    )
    assert [(fact.measure, fact.printed + fact.unit) for fact in found] == [
        ("公务接待费", "0.60万元"),
        ("国内公务接待批次", "4批次"),
        ("国内公务接待人次", "31人次"),
        ("外事接待批次", "0批次"),
        ("外事接待人次", "0人次"),
    ]


def test_a_figure_joined_by_and_has_the_aspect_of_the_one_before() -> None:
    found = facts_of("2023年“三公经费”栏预算数据6万元与培训费0.6万元对调了。", kind="绩效自评")
    assert brief(found) == [
        (2023, "三公经费", "预算", "6万元"),
        (2023, "培训费", "预算", "0.6万元"),
    ]


# ---------------------------------------------------------------- the report's own words


def test_general_statements_keep_the_reports_own_words() -> None:
    found = facts_of(
        "落实小微企业扶持政策，返还小微企业工会经费21万元。积极推动职工互助活动，全年参保3200人，"
        "其中园区企业职工700人参保，覆盖率76%。",
        kind="绩效自评",
    )
    assert [(fact.measure, fact.row, fact.printed + fact.unit) for fact in found] == [
        ("返还小微企业工会经费", ("小微企业扶持政策",), "21万元"),
        ("参保", ("职工互助活动",), "3200人"),
        ("园区企业职工参保", ("职工互助活动", "参保"), "700人"),
        ("覆盖率", ("职工互助活动", "参保"), "76%"),
    ]


def test_a_number_before_its_noun_is_named_by_what_follows() -> None:
    found = facts_of(
        "为900名困难女职工免费提供健康筛查。投入60多万元在全区共建成近30家职工之家。"
        "为50名一线职工送去价值8万元的慰问物资。培训技能人才120名，就业率达85%以上。",
        kind="绩效自评",
    )
    assert [(fact.measure, fact.printed + fact.unit, fact.vague) for fact in found] == [
        ("困难女职工免费提供健康筛查", "900名", ""),
        ("投入在全区共建成职工之家", "60万元", "多"),
        ("在全区共建成职工之家", "30家", "近"),
        ("一线职工送去慰问物资", "50名", ""),
        ("一线职工送去慰问物资", "8万元", ""),
        ("培训技能人才", "120名", ""),
        ("就业率", "85%", "以上"),
    ]


def test_enumerations_belong_to_the_project_of_the_heading() -> None:
    found = facts_of(
        "2025年度项目总预算300.00万，其中支持首店引进200.00万，支持稳增长100.00万，合计300.00万。",
        kind="预算",
        year=2025,
        section=("商贸发展专项（政策资金）经费情况说明", "六、年度预算安排"),
    )
    assert [(fact.measure, fact.row, fact.aspect, fact.printed) for fact in found] == [
        ("项目总预算", ("商贸发展专项",), "预算", "300.00"),
        ("支持首店引进", ("商贸发展专项", "项目总预算"), "预算", "200.00"),
        ("支持稳增长", ("商贸发展专项", "项目总预算"), "预算", "100.00"),
        ("项目总预算", ("商贸发展专项",), "预算", "300.00"),
    ]


def test_quarters_are_facets() -> None:
    found = facts_of("第一季度用款计划12万元，第二季度用款计划13万元。", kind="预算", year=2025)
    assert [(fact.measure, fact.facet, fact.printed) for fact in found] == [
        ("用款计划", "第一季度", "12"),
        ("用款计划", "第二季度", "13"),
    ]


def test_numbers_of_documents_limits_dates_and_times_are_no_figures() -> None:
    found = facts_of(
        "根据《临江区预算办法（2020年修订）》（临财〔2021〕15号），2、严格落实中央八项规定，"
        "推进“15分钟便民圈”建设，24小时开放，2024年3月5日起施行。"
    )
    assert found == ()


def test_the_proof_is_verbatim_and_starts_with_the_number() -> None:
    report = toy("2024年，机关运行经费支出 60.50 万元，比上年减少 4.5 万元。")
    facts = report_to_sentence_facts(report, load_vocabulary())
    for fact in facts:
        assert fact.quote in report.text
        assert report.quote(fact.spans[0]) == fact.printed
    assert [report.quote(span) for span in facts[0].spans] == [
        "60.50",
        "机关运行经费支出",
        "2024年",
    ]


# ---------------------------------------------------------------- equalities, reasons, denials


def test_equality_without_a_figure_is_a_parity() -> None:
    report = toy(
        "（三）公务接待费1.20万元。与2024年预算持平，主要原因是厉行节约。", kind="预算", year=2025
    )
    (parity,) = report_to_parities(report, load_vocabulary())
    assert (parity.measure, parity.year, parity.aspect) == ("公务接待费", 2025, "预算")
    assert parity.base == Base(year=2024, aspect="预算")


def test_a_reason_is_tied_to_its_figure() -> None:
    report = toy(
        "公用经费决算支出30万元，较预算支出增加5万元，主要原因是设备更新。",
        "信息化建设支出决算为9万元。决算数小于预算数的主要原因：项目延期，验收推迟。",
    )
    first, second = report_to_reasons(report, load_vocabulary())
    assert (first.measure, first.aspect, first.direction, first.text) == (
        "公用经费",
        "增减额",
        1,
        "设备更新",
    )
    assert (second.direction, second.base, second.text) == (
        -1,
        Base(year=2024, aspect="预算"),
        "项目延期，验收推迟",
    )


def test_a_reason_for_income_and_spending_explains_both() -> None:
    report = toy(
        "支出预算90万元，其中：财政拨款支出预算90万元，比2024年预算增加12万元。",
        "财政拨款收入支出增加的主要原因是：政策项目增加。",
        kind="预算",
        year=2025,
    )
    found = report_to_reasons(report, load_vocabulary())
    assert [(reason.measure, reason.direction, reason.text) for reason in found] == [
        ("财政拨款收入", 1, "政策项目增加"),
        ("财政拨款支出", 1, "政策项目增加"),
    ]


def test_what_there_is_none_of_is_denied_and_no_fact() -> None:
    report = toy(
        f"2024年度{ORGANISATION}无项目支出。我单位没有政府性基金预算支出情况。一切无法预料。"
    )
    found = report_to_denials(report, load_vocabulary())
    assert [(denial.terms, denial.year, denial.quote) for denial in found] == [
        (("项目支出",), 2024, f"2024年度{ORGANISATION}无项目支出。"),
        (("政府性基金预算财政拨款支出",), 2024, "我单位没有政府性基金预算支出情况。"),
    ]
    assert report_to_sentence_facts(report, load_vocabulary()) == ()


# ---------------------------------------------------------------- a real report


@pytest.mark.reports
def test_a_real_report_gives_a_fact_for_each_of_its_figures() -> None:
    paths = sorted(REPORTS.glob("*自评报告.txt")) if REPORTS.is_dir() else []
    if not paths:
        pytest.skip("the real reports are not beside the project")
    data = paths[0].read_bytes()
    report = draft_to_report(read_text(data), name=paths[0].name, digest=sha256(data).hexdigest())
    facts = report_to_sentence_facts(report, load_vocabulary())
    assert (2024, "三公经费", "决算", "1.95万元") in brief(facts)
    assert (2023, "三公经费", "决算", "0.2万元") in brief(facts)
    assert (2024, "公用经费", "增减额", "302.94万元") in brief(facts)
    assert len({fact.id for fact in facts}) == len(facts) == 49


# ---------------------------------------------------------------- bases and ratios with figures


def test_the_figure_of_a_base_is_of_the_base_s_year() -> None:
    found = facts_of("2024年收入预算120万元，比2023年100万元增加20万元，增长20%。", kind="预算")
    assert brief(found) == [
        (2024, "收入合计", "预算", "120万元"),
        (2023, "收入合计", "预算", "100万元"),
        (2024, "收入合计", "增减额", "20万元"),
        (2024, "收入合计", "增减率", "20%"),
    ]
    assert found[2].base == Base(year=2023, aspect="预算")


def test_a_base_may_say_what_it_is_of() -> None:
    found = facts_of(
        "2024年“三公”经费财政拨款预算38万元，比2023年“三公”经费财政拨款预算41万元减少3万元。"
        "其中：公务接待费5万元，较上年预算6万元减少1万元。",
        kind="预算",
    )
    assert brief(found) == [
        (2024, "三公经费", "预算", "38万元"),
        (2023, "三公经费", "预算", "41万元"),
        (2024, "三公经费", "增减额", "3万元"),
        (2024, "公务接待费", "预算", "5万元"),
        (2023, "公务接待费", "预算", "6万元"),
        (2024, "公务接待费", "增减额", "1万元"),
    ]
    assert found[3].row == ("三公经费",)


def test_a_base_without_an_aspect_is_like_what_is_compared() -> None:
    found = facts_of("“三公”经费实际支出26万元，比上年29万元减少3万元。", kind="绩效自评")
    assert brief(found)[1] == (2023, "三公经费", "决算", "29万元")


def test_the_budget_inside_a_rate_of_completion() -> None:
    found = facts_of("公务接待费支出决算为2.86万元，完成全年预算8.00万元的35.75%。")
    assert brief(found) == [
        (2024, "公务接待费", "决算", "2.86万元"),
        (2024, "公务接待费", "调整预算", "8.00万元"),
        (2024, "公务接待费", "完成率", "35.75%"),
    ]


def test_the_whole_inside_a_share() -> None:
    found = facts_of("填报绩效目标的预算项目22个，占全部预算项目24个的91.67%。", kind="预算")
    assert brief(found) == [
        (2024, "编报绩效目标项目数", "数量", "22个"),
        (2024, "全部预算项目", "数量", "24个"),
        (2024, "编报绩效目标项目数", "占比", "91.67%"),
    ]


# ---------------------------------------------------------------- parts and wholes


def test_what_adds_up_to_the_figure_before_it_are_its_parts() -> None:
    found = facts_of("项目支出90万元，主要用于道路养护50万元、绿化管护40万元。")
    assert [fact.row for fact in found] == [(), ("项目支出",), ("项目支出",)]
    found = facts_of("项目支出90万元，主要用于道路养护50万元、绿化管护30万元。")
    assert [fact.row for fact in found] == [(), (), ()]


def test_a_whole_that_its_parts_have_used_up_is_closed() -> None:
    found = facts_of(
        "核定编制30名，其中行政编制10名、事业编制20名；在职在编25人，其中行政人员8人、事业人员17人。"
    )
    assert [(fact.measure, fact.row) for fact in found] == [
        ("编制人数", ()),
        ("行政编制", ("编制人数",)),
        ("事业编制", ("编制人数",)),
        ("在职人员", ()),
        ("行政人员", ("在职人员",)),
        ("事业人员", ("在职人员",)),
    ]


def test_a_total_above_the_total_of_the_year_is_the_grand_total() -> None:
    found = facts_of("总收入132万元，其中本年收入128万元；总支出132万元，其中本年支出129万元。")
    assert [(fact.measure, fact.row) for fact in found] == [
        ("收入总计", ()),
        ("收入合计", ("收入总计",)),
        ("支出总计", ()),
        ("支出合计", ("支出总计",)),
    ]


def test_a_sentence_that_is_but_a_name_names_what_follows() -> None:
    found = facts_of("2.公务接待费。2024年预算数1.20万元，与2023年预算数持平。", kind="预算")
    assert brief(found) == [(2024, "公务接待费", "预算", "1.20万元")]


# ---------------------------------------------------------------- self-evaluations


def test_the_execution_that_a_self_evaluation_opens_with_is_of_all_spending() -> None:
    found = facts_of(
        "2024年我局年初预算数52万元，全年预算数87万元，全年执行数84万元，预算执行率96.55%。",
        kind="绩效自评",
    )
    assert brief(found) == [
        (2024, "支出合计", "预算", "52万元"),
        (2024, "支出合计", "调整预算", "87万元"),
        (2024, "支出合计", "执行数", "84万元"),
        (2024, "部门预算执行率", "完成率", "96.55%"),
    ]


def test_a_score_is_of_the_department_or_of_a_project() -> None:
    found = facts_of(
        "部门整体支出绩效自评得分95.6分。其中，“危房改造”项目自评得分98.2分，执行率为99.07%。",
        kind="绩效自评",
    )
    assert brief(found) == [
        (2024, "绩效自评得分", "得分", "95.6分"),
        (2024, "危房改造项目", "得分", "98.2分"),
        (2024, "危房改造项目", "完成率", "99.07%"),
    ]


def test_what_is_owned_is_neither_planned_nor_spent() -> None:
    (fact,) = facts_of("截至2024年底，部门资产总额2158.64万元。", kind="预算", year=2025)
    assert (fact.year, fact.as_of, fact.aspect) == (2024, date(2024, 12, 31), "其他")


def test_a_figure_right_after_a_full_width_comma_counts() -> None:
    found = facts_of("全年组织评比，8个单位荣获表彰。", kind="绩效自评")
    assert [(fact.printed, fact.unit) for fact in found] == [("8", "个")]


def test_a_bare_change_at_the_start_of_a_paragraph_is_the_one_above() -> None:
    report = toy("三公经费支出5万元，比上年减少2万元，下降28.57%。", "下降的主要原因是压减接待。")
    (reason,) = report_to_reasons(report, load_vocabulary())
    assert (reason.measure, reason.direction, reason.text) == ("三公经费", -1, "压减接待")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("2024年部门整体支出1234.56万元。", "支出合计"),
        ("我单位收到财政拨款500万元。", "财政拨款收入"),
        ("使用一般公共预算财政拨款安排的会议费支出2.5万元。", "会议费"),
        ("本单位2024年部门整体支出绩效自评综合得分为97.5分。", "绩效自评得分"),
        ("2024年末实有在职人员81人。", "在职人员"),
        ("现有公务用车4辆。", "车辆"),
    ],
)
def test_ways_to_name_a_subject(text: str, measure: str) -> None:
    assert facts_of(text, kind="绩效自评")[0].measure == measure


def test_money_spent_is_never_of_an_income() -> None:
    found = facts_of("我单位收到财政拨款500万元，实际支出480万元。", kind="绩效自评")
    assert brief(found) == [
        (2024, "财政拨款收入", "决算", "500万元"),
        (2024, "支出合计", "决算", "480万元"),
    ]


def test_a_title_may_name_a_total() -> None:
    (fact,) = facts_of("（一）收入预算：2025年年初预算数4105.56万元。", kind="预算", year=2025)
    assert (fact.measure, fact.aspect) == ("收入合计", "预算")


def test_a_part_is_counted_once_however_often_it_is_given() -> None:
    found = facts_of(
        "部门整体支出全年预算数50万元；其中基本支出预算数30万元，执行数29万元；"
        "项目支出预算数20万元，执行数18万元。",
        kind="绩效自评",
    )
    assert [fact.row for fact in found[1:]] == [("支出合计",)] * 4


def test_money_of_a_new_group_is_not_of_the_topic_before() -> None:
    found = facts_of("会议费预算5万元；拟举办1次节庆活动，经费预算2万元。", kind="预算")
    assert found[-1].measure == "拟举办节庆活动"


def test_a_rate_of_completion_is_not_the_execution_of_the_budget() -> None:
    found = facts_of("培训1500人次，完成率100%。", kind="绩效自评")
    assert found[-1].measure != "部门预算执行率"


# ---------------------------------------------------------------- indicators


def told(facts: tuple[Fact, ...]) -> list[tuple[str, str, str, str]]:
    return [(f.measure, f.facet, f.aspect, f.vague + f.printed + f.unit) for f in facts]


def test_a_line_of_an_indicator_holds_target_result_rate_weight_and_score() -> None:
    line = "（3）巡河次数：目标值≥90台次，实际完成86台次，完成率95.56%，分值3分，得2.4分。"
    assert told(facts_of(line)) == [
        ("巡河次数", "目标值", "数量", "≥90台次"),
        ("巡河次数", "", "数量", "86台次"),
        ("巡河次数", "", "完成率", "95.56%"),
        ("巡河次数", "分值", "其他", "3分"),
        ("巡河次数", "", "得分", "2.4分"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "设施完好率，年度指标值95%，实际完成值93%，自评得分4分。",
        "质量指标：设施完好率：年度目标值为95%，实际完成93%，得4分。",
        "2.设施完好率目标值95%，全年实际值93%，得分4分。",
    ],
)
def test_an_indicator_is_told_in_several_ways(line: str) -> None:
    assert told(facts_of(line)) == [
        ("设施完好率", "目标值", "其他", "95%"),
        ("设施完好率", "", "其他", "93%"),
        ("设施完好率", "", "得分", "4分"),
    ]


def test_a_target_without_a_result_is_no_line_of_an_indicator() -> None:
    facts = facts_of("全年培训计划数20场，支出2万元。")
    assert all(fact.facet != "目标值" for fact in facts)


def test_a_part_of_the_evaluation_has_points_and_a_score() -> None:
    facts = facts_of("（一）产出指标（30分，自评28.5分）")
    assert told(facts) == [("产出指标", "分值", "其他", "30分"), ("产出指标", "", "得分", "28.5分")]


def test_a_score_in_the_account_of_a_project_is_the_projects() -> None:
    section = ("（三）部分项目支出绩效自评结果", "（一）河道清淤项目")
    facts = facts_of(
        "（一）河道清淤项目。全年预算数80万元，全年执行数78万元，绩效自评得分96.5分。",
        section=section,
    )
    assert told(facts) == [
        ("河道清淤项目", "", "调整预算", "80万元"),
        ("河道清淤项目", "", "执行数", "78万元"),
        ("河道清淤项目", "", "得分", "96.5分"),
    ]


def test_the_spending_of_a_fund_follows_its_income() -> None:
    facts = facts_of("2024年度财政拨款收入总计90万元，支出总计88万元。支出总计99万元。")
    assert [(f.measure, f.printed) for f in facts][:2] == [
        ("财政拨款收入总计", "90"),
        ("财政拨款支出总计", "88"),
    ]


def test_domestic_receptions_do_not_contradict_all_receptions() -> None:
    facts = facts_of("公务接待费支出决算9万元。其中：国内公务接待支出8万元；外事接待支出1万元。")
    assert [(f.measure, f.printed) for f in facts] == [
        ("公务接待费", "9"),
        ("国内公务接待费", "8"),
        ("外事接待费", "1"),
    ]


def test_half_width_marks_end_clauses_and_the_base_of_a_change_is_no_year_of_its_own() -> None:
    found = facts_of(
        "2024年度收、支总计各512.40万元。与2023年相比,收、支总计各减少18.60万元.",
        '2024年"三公"经费3.36万元,其中:公务接待费1.20万元;公务用车运行维护费2.16万元.',
    )
    assert brief(found) == [
        *((2024, name, "决算", "512.40万元") for name in ("收支总计", "收入总计", "支出总计")),
        *((2024, name, "增减额", "18.60万元") for name in ("收支总计", "收入总计", "支出总计")),
        (2024, "三公经费", "决算", "3.36万元"),
        (2024, "公务接待费", "决算", "1.20万元"),
        (2024, "公务用车运行维护费", "决算", "2.16万元"),
    ]


def test_a_figure_is_quoted_as_it_is_printed() -> None:
    (found,) = facts_of("２０２４年度“三公”经费支出１，００８．０５①万元。")
    assert (found.value, found.printed, found.unit) == (
        Decimal("1008.05"),
        "１，００８．０５",
        "万元",
    )
    assert found.quote == "２０２４年度“三公”经费支出１，００８．０５①万元。"


def test_a_year_inside_a_bracket_or_of_what_was_carried_over_dates_nothing_else() -> None:
    found = facts_of(
        "2024年，项目共12个（含2023年结转3个），年初预算640万元（含2023年结转50万元），"
        "实际到位资金301.45万元。",
        "2024年公务接待费8万元，其中使用2023年结转资金3万元，培训费6万元。",
        "三公经费（2023年）9万元，会议费2万元。",
        kind="绩效自评",
    )
    assert [(fact.year, fact.printed + fact.unit) for fact in found] == [
        (2024, "12个"),
        (2023, "3个"),
        (2024, "640万元"),
        (2023, "50万元"),
        (2024, "301.45万元"),
        (2024, "8万元"),
        (2023, "3万元"),
        (2024, "6万元"),
        (2023, "9万元"),
        (2023, "2万元"),
    ]


@pytest.mark.parametrize(
    "against",
    [
        "与2023年相比，",
        "相比2023年，",
        "较之2023年，",
        "比起2023年，",
        "在2023年基础上",
        "同2023年比较，",
    ],
)
def test_the_year_of_a_base_is_not_the_figures(against: str) -> None:
    (level, change) = facts_of(f"2024年度培训费512.40万元。{against}培训费减少18.60万元。")
    assert (level.year, change.year) == (2024, 2024)
    assert (change.measure, change.direction) == ("培训费", -1)


def test_what_is_said_of_income_and_spending_each_is_a_figure_of_both() -> None:
    found = facts_of("2024年度收、支总计各809.84万元，比2023年度各减少26.11万元。")
    assert brief(found) == [
        (2024, name, aspect, printed)
        for aspect, printed in (("决算", "809.84万元"), ("增减额", "26.11万元"))
        for name in ("收支总计", "收入总计", "支出总计")
    ]
    assert len({fact.id for fact in found}) == 6


@pytest.mark.parametrize(
    "text",
    [
        "本单位编制45人，2024年末实有43人。",
        "本单位核定编制45名，现有43人。",
        "事业编制45人，实有在职43人。",
    ],
)
def test_those_in_post_are_no_posts(text: str) -> None:
    posts, present = facts_of(text)
    assert "编制" in posts.measure
    assert (present.measure, present.printed) == ("在职人员", "43")


@pytest.mark.parametrize(
    ("text", "measure", "printed", "unit"),
    [
        ("孕产妇死亡率为4.1/10万。", "孕产妇死亡率", "4.1", "/10万"),
        ("传染病发病率152.6/10万人。", "传染病发病率", "152.6", "/10万人"),
        ("万元产值能耗0.52/万元。", "万元产值能耗", "0.52", ""),
    ],
)
def test_how_often_in_so_many(text: str, measure: str, printed: str, unit: str) -> None:
    found = [(f.measure, f.printed, f.unit) for f in facts_of(text, kind="绩效自评")]
    assert found == ([(measure, printed, unit)] if unit else [])


def test_a_budget_and_what_became_of_it_are_two_figures_and_of_all_spending() -> None:
    found = facts_of(
        "2024年度年初预算安排1310.00万元，调整后全年预算为1277.50万元，支出决算为1251.47万元，"
        "完成全年预算的97.96%。"
    )
    assert brief(found) == [
        (2024, "支出合计", "预算", "1310.00万元"),
        (2024, "支出合计", "调整预算", "1277.50万元"),
        (2024, "支出合计", "决算", "1251.47万元"),
        (2024, "支出合计", "完成率", "97.96%"),
    ]


@pytest.mark.parametrize(
    ("words", "aspect"),
    [
        ("年初预算", "预算"),
        ("预算安排", "预算"),
        ("全年预算数", "调整预算"),
        ("调整后预算数", "调整预算"),
        ("追加后预算", "调整预算"),
        ("预算调整为", "调整预算"),
        ("支出决算", "决算"),
    ],
)
def test_which_budget_is_meant(words: str, aspect: str) -> None:
    (fact,) = facts_of(f"2024年公务接待费{words}12.00万元。")
    assert (fact.measure, fact.aspect) == ("公务接待费", aspect)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("无政府采购支出的单位，作下列说明：", "临江区XX局2024年度未发生政府采购支出。"),
        ("没有“三公”经费的部门，改作如下说明：", "本单位2024年度没有“三公”经费。"),
        ("如无政府采购支出，请写明“本单位无政府采购支出”。",),
        ("××局2024年度无政府采购支出。",),
        ("若没有国有资本经营预算支出，以空表列示。",),
    ],
)
def test_what_a_form_tells_its_writer_denies_nothing(paragraphs: tuple[str, ...]) -> None:
    assert report_to_denials(toy(*paragraphs), load_vocabulary()) == ()


def test_a_denial_after_a_form_s_sample_counts_again() -> None:
    said = ("无采购的单位，作下列说明：", "XX局无政府采购支出。", "2024年本部门无政府采购支出。")
    (denial,) = report_to_denials(toy(*said), load_vocabulary())
    assert denial.quote == "2024年本部门无政府采购支出。"


@pytest.mark.parametrize(
    ("section", "year", "aspect"),
    [
        (("一、2024年预算执行情况", "（一）全市"), 2024, "执行数"),
        (("二、2025年预算草案", "（二）支出安排"), 2025, "预算"),
        (("三、工作措施",), 2024, "预算"),
    ],
)
def test_the_halves_of_a_report_on_a_budget_are_of_two_years(
    section: tuple[str, ...], year: int, aspect: str
) -> None:
    found = facts_of("教育支出12.48亿元。", kind="预算", section=section)
    assert brief(found) == [(year, "教育支出", aspect, "12.48亿元")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议费5万元，比上年下降（5.2）%。", ("会议费", "增减率", -1, "-5.2", "（5.2）")),
        ("会议费5万元，比上年增长（-3）%。", ("会议费", "增减率", -1, "-3", "（-3）")),
        ("会议费5万元，比上年增长-3%。", ("会议费", "增减率", -1, "-3", "-3")),
        ("会议费5万元，比上年减少(12.5)万元。", ("会议费", "增减额", -1, "-12.5", "(12.5)")),
        ("会议费5万元，比上年增减（12.5）%。", ("会议费", "增减率", -1, "-12.5", "（12.5）")),
        ("会议费5万元，比上年增减12.5%。", ("会议费", "增减率", 1, "12.5", "12.5")),
        ("会议费5万元，比上年增加0.5个百分点。", ("会议费", "增减额", 1, "0.5", "0.5")),
    ],
)
def test_a_change_in_brackets_or_with_a_sign_goes_down(
    text: str, expected: tuple[str, str, int, str, str]
) -> None:
    fact = facts_of(text)[-1]
    found = (fact.measure, fact.aspect, fact.direction, str(fact.value), fact.printed)
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "我局自评得分94.6，评价等级“优”。",
        "经综合评定，最终得分为94.6分。",
        "2024年度部门整体支出绩效自评总得分：94.6（满分100分）。",
    ],
)
def test_a_score_is_read_with_its_unit_or_without(text: str) -> None:
    fact = facts_of(text, kind="绩效自评")[0]
    found = (fact.measure, fact.aspect, fact.printed, fact.unit)
    assert found == ("绩效自评得分", "得分", "94.6", "分")
