"""Wordings of figures and sentences: what is kept of them, and what is a slot and not a word."""

from pathlib import Path
from typing import Any

import pytest

from corpus.model.types import Base, Draft, Fact, Paragraph, Report, Segment
from corpus.structure.outline import draft_to_report
from index.rules import read_file
from index.wordings.wording import (
    fact_to_wording,
    offset_in_quote,
    plain,
    report_to_told,
    report_to_told_in_tables,
    section_at,
    told_to_wording,
)
from scripts.toy_reports import FINANCE, toy_fact


def report_of(*paragraphs: str) -> Report:
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=text),)) for text in paragraphs)
    return draft_to_report(Draft(pages=None, pieces=pieces), name="甲.txt", digest="0" * 64)


def wording(printed: str, unit: str = "万元", **slots: Any) -> str:
    """Return the wording of a figure at its first place in its quote."""
    made = toy_fact(printed, unit, **slots)
    return fact_to_wording(made, made.quote.index(printed))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("（一）2024年度 三公经费", "三公经费"),
        ("3.办公用房1,200.50平方米", "办公用房n平方米"),
        ("第三部分 名词解释", "名词解释"),
        ("二、2023年和2024年接待12批次、96人", "和接待n批次、n人"),
    ],
    ids=["序号、年份和空格", "序号和千分位", "第几部分", "两年、两数"],
)
def test_a_plain_text_has_no_year_no_numbering_and_n_for_digits(said: str, kept: str) -> None:
    assert plain(said) == kept


SPENT = f"2024年{FINANCE}“三公”经费支出5万元，比上年减少3万元，主要原因是接待12批次"


@pytest.mark.parametrize(
    ("fact", "worded"),
    [
        pytest.param(
            toy_fact("5", quote=SPENT, section=("三、决算情况", "（二）“三公”经费支出说明")),
            "三公经费 决算 钱 | “三公”经费支出说明 | “三公”经费支出#万元",
            id="正文：单位、年份和序号都去掉",
        ),
        pytest.param(
            toy_fact(
                "3",
                quote=SPENT,
                aspect="增减额",
                direction=-1,
                base=Base(year=2023, aspect=None),
            ),
            "三公经费 比上年减少 钱 |  | “三公”经费支出n万元，比上年减少#万元",
            id="正文：比上年减少",
        ),
        pytest.param(
            toy_fact("12", "批次", measure="公务接待", quote=SPENT, aspect="数量"),
            "公务接待 数量 批次 |  | “三公”经费支出n万元…主要原因是接待#批次",
            id="正文：后面的分句带着句首",
        ),
        pytest.param(
            toy_fact(
                "1.5",
                measure="公务接待费",
                facet="外事接待",
                row=("三公经费", "公务接待费"),
                quote="其中：外事接待1.5万元",
            ),
            "公务接待费（外事接待） 决算 钱 | 三公经费 | 其中：外事接待#万元",
            id="正文：分项，上级项目为其位置",
        ),
        pytest.param(
            toy_fact(
                "60.00",
                measure="行政运行经费",
                facet="基本支出",
                table="2024年度支出决算表",
                row=("财政事务", "行政运行", "行政运行经费"),
                column=("本年支出", "基本支出"),
                quote="行政运行 | 60.00",
            ),
            "行政运行经费（基本支出） 决算 钱 | 财政事务行政运行本年支出基本支出 | 支出决算表",
            id="表格：行、列和表名",
        ),
        pytest.param(
            toy_fact(
                "6.92",
                "%",
                aspect="增减率",
                direction=1,
                base=Base(year=2024, aspect="预算"),
                quote="比年初预算增长6.92%",
            ),
            "三公经费 比预算增加百分比 百分比 |  | 比年初预算增长#%",
            id="比预算增长的百分比",
        ),
        pytest.param(
            toy_fact("92", "人", measure="在职人员", aspect="数量", quote="在职干警92人。"),
            "在职人员 数量 人数 |  | 在职干警#人",
            id="人数",
        ),
    ],
)
def test_the_wording_of_a_figure(fact: Fact, worded: str) -> None:
    assert fact_to_wording(fact, fact.quote.index(fact.printed)) == worded


def test_equal_figures_of_two_bodies_and_years_have_one_wording() -> None:
    one = wording("5", quote=f"2024年{FINANCE}三公经费5万元")
    other = wording("7.25", quote="2023年水务局三公经费7.25万元", organisation="水务局", year=2023)
    assert one == other == "三公经费 决算 钱 |  | 三公经费#万元"


REPEATED = "培训费5万元，会议费5万元，差旅费5万元。"


@pytest.mark.parametrize(
    ("measure", "clause"),
    [
        ("培训费", "培训费#万元"),
        ("会议费", "培训费n万元，会议费#万元"),
        ("差旅费", "培训费n万元…差旅费#万元"),
    ],
)
def test_equal_numbers_of_one_sentence_are_told_apart_by_their_places(
    measure: str, clause: str
) -> None:
    """The figure's own span says which of the three it is, also where the quote lost blanks."""
    report = report_of(f"某局2024年决算 {REPEATED.replace('5', ' 5 ')}")
    at = report.text.index(f"{measure} 5") + len(measure) + 1
    fact = toy_fact("5", measure=measure, at=at, quote=REPEATED)
    offset = offset_in_quote(report, fact)
    assert offset == REPEATED.index(measure) + len(measure)
    assert fact_to_wording(fact, offset) == f"{measure} 决算 钱 |  | {clause}"


def test_the_sentences_of_a_report_stand_under_their_headings() -> None:
    report = report_of(
        f"{FINANCE}2024年度部门决算",
        "一、主要职责",
        f"（一）{FINANCE}拟订财税发展规划；2024年组织实施12项。好。",
    )
    assert [(one.section, one.text) for one in report_to_told(report)] == [
        (("一、主要职责",), f"（一）{FINANCE}拟订财税发展规划；"),
        (("一、主要职责",), "2024年组织实施12项。"),
    ]


def test_the_wording_of_a_sentence_has_its_heading_and_neither_body_nor_year() -> None:
    report = report_of(
        f"{FINANCE}2024年度部门决算",
        "一、主要职责",
        f"（一）{FINANCE}拟订财税发展规划；2024年组织实施12项。",
    )
    assert [told_to_wording(one, FINANCE) for one in report_to_told(report)] == [
        "主要职责 | 拟订财税发展规划；",
        "主要职责 | 组织实施12项。",
    ]


def test_a_report_without_a_body_keeps_its_words() -> None:
    (told,) = report_to_told(report_of("某工作报告", "本级收入增长较快。"))
    assert told_to_wording(told, "").endswith(" | 本级收入增长较快。")


FORM = """石桥市水利局2023年度项目支出绩效自评表
项目名称\t渠系管护\t实施单位\t石桥市水利局
年度总体目标\t对全市已建成的渠系开展常态化管护，保障春灌用水。\t资金来源\t财政拨款
三级指标\t年度指标值\t实际完成值\t偏差原因分析及改进措施
清淤长度\t65公里\t61公里\t两条支渠因修路无法进场，下年2月底前补做
泵站维修\t14座\t14座\t无
"""


def test_what_the_cells_of_a_form_say_stands_under_its_project_and_row(tmp_path: Path) -> None:
    """A label, a figure and 无 say nothing; a sentence does, whatever is drawn around it."""
    file = tmp_path / "自评表.txt"
    file.write_text(FORM, encoding="utf-8")
    report = read_file(file).report
    goal, reason = report_to_told_in_tables(report)
    assert (goal.section, goal.text) == (
        ("渠系管护", "年度总体目标"),
        "对全市已建成的渠系开展常态化管护，保障春灌用水。",
    )
    assert (reason.section, reason.text) == (
        ("渠系管护", "清淤长度"),
        "两条支渠因修路无法进场，下年2月底前补做",
    )
    assert section_at(report, reason.span.start) == reason.section
    assert told_to_wording(reason, "").startswith("清淤长度 | 两条支渠因修路无法进场")
