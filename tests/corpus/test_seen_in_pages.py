"""What a web page shows of its text, and what of its tables is planned: only that is read."""

import pytest

from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Paragraph, Report
from corpus.readers.detect import bytes_to_draft
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts

TITLE = "青山市临江区城管局2024年度部门决算"


def page(body: str) -> Draft:
    return bytes_to_draft(f"<html><body><h1>{TITLE}</h1>{body}</body></html>".encode(), ".html")


def report_of(body: str) -> Report:
    return draft_to_report(page(body), name=f"{TITLE}.html", digest="0" * 64)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("收入936.48<sup>1</sup>万元。", "收入936.48万元。"),
        ("收入936.48<sup>[2]</sup>万元。", "收入936.48万元。"),
        ("收入936.48<sup><a href='#n'>③</a></sup>万元。", "收入936.48万元。"),
        ("收入936.48<span style='vertical-align:super'>1</span>万元。", "收入936.48万元。"),
        ("用房800m<sup>2</sup>。", "用房800m²。"),
        ("<span style='text-decoration: line-through'>8.88</span>7.77万元。", "7.77万元。"),
        ("<span style='text-decoration:underline'>8.88</span>万元。", "8.88万元。"),
        ("<span style='font-size:0'>8.88</span>7.77万元。", "7.77万元。"),
        ("<span style='opacity:0.9'>7.77</span>万元。", "7.77万元。"),
        ("<font color='#FFFFFF'>8.88</font>7.77万元。", "7.77万元。"),
        ("<span style='color:white'>8.88</span>7.77万元。", "7.77万元。"),
        ("<span style='color:#fff;background:#c00'>7.77</span>万元。", "7.77万元。"),
        ("<font color='red'>7.77</font>万元。", "7.77万元。"),
    ],
)
def test_only_what_a_page_shows_is_read(source: str, shown: str) -> None:
    last = page(f"<p>一、说明</p><p>{source}</p>").pieces[-1]
    assert isinstance(last, Paragraph)
    assert last.text == shown


def test_a_planned_count_is_no_count_of_what_there_was() -> None:
    report = report_of(
        "<p>“三公”经费表</p><table>"
        "<tr><td>项目</td><td>单位</td><td>年初预算数</td><td>全年预算数</td><td>决算数</td></tr>"
        "<tr><td>公务接待费</td><td>万元</td><td>3.00</td><td>2.50</td><td>2.36</td></tr>"
        "<tr><td>接待批次</td><td>批次</td><td>12</td><td>10</td><td>8</td></tr></table>"
    )
    facts = report_to_cell_facts(report, load_vocabulary())
    assert [(each.measure, each.aspect, each.printed + each.unit) for each in facts] == [
        ("公务接待费", "预算", "3.00万元"),
        ("公务接待费", "调整预算", "2.50万元"),
        ("公务接待费", "决算", "2.36万元"),
        ("国内公务接待批次", "预算", "12批次"),
        ("国内公务接待批次", "调整预算", "10批次"),
        ("国内公务接待批次", "数量", "8批次"),
    ]


def test_this_year_names_no_part_and_heads_are_counted() -> None:
    report = report_of(
        "<p>支出表</p><p>单位：万元</p><table>"
        "<tr><td>项目</td><td>上年数</td><td>本年数</td></tr>"
        "<tr><td>公务接待费</td><td>2.10</td><td>1.70</td></tr></table>"
        "<p>编制情况表</p><table>"
        "<tr><td>人员类别</td><td>编制数</td><td>实有数</td></tr>"
        "<tr><td>行政</td><td>20</td><td>18</td></tr></table>"
    )
    facts = report_to_cell_facts(report, load_vocabulary())
    assert [(each.year, each.measure, each.facet, each.aspect, each.printed) for each in facts] == [
        (2023, "公务接待费", "", "决算", "2.10"),
        (2024, "公务接待费", "", "决算", "1.70"),
        (2024, "行政", "编制人数", "数量", "20"),
        (2024, "行政", "实有数", "数量", "18"),
    ]


def test_a_step_of_the_classification_is_no_unit() -> None:
    report = report_of(
        "<p>国有资本经营预算支出表</p><p>单位：万元</p><table>"
        "<tr><td>项目</td><td>预算数</td><td>决算数</td></tr>"
        "<tr><td>其他国有资本经营预算支出（项）</td><td>203</td><td>167</td></tr></table>"
    )
    facts = report_to_cell_facts(report, load_vocabulary())
    assert [(each.measure, each.aspect, each.printed + each.unit) for each in facts] == [
        ("其他国有资本经营预算支出", "预算", "203万元"),
        ("其他国有资本经营预算支出", "决算", "167万元"),
    ]
