"""Lists of figures after 分别: each figure is of the thing in the same place of the list before."""

import pytest

from corpus.extraction.facts import report_to_sentence_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Paragraph, Segment
from corpus.structure.outline import draft_to_report

TITLE = "青山市临江区城管局2024年度部门决算"
Told = tuple[int | None, str, str, int, str]


def told(text: str) -> list[Told]:
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=each),)) for each in (TITLE, text))
    report = draft_to_report(Draft(pages=None, pieces=pieces), name=f"{TITLE}.txt", digest="0" * 64)
    return [
        (fact.year, fact.measure, fact.aspect, fact.direction, fact.printed + fact.unit)
        for fact in report_to_sentence_facts(report, load_vocabulary())
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年收入总计1200.50万元，支出总计1180.30万元，分别比上年增加35.20万元、28.10万元。",
            [
                (2024, "收入总计", "决算", 0, "1200.50万元"),
                (2024, "支出总计", "决算", 0, "1180.30万元"),
                (2024, "收入总计", "增减额", 1, "35.20万元"),
                (2024, "支出总计", "增减额", 1, "28.10万元"),
            ],
        ),
        (
            "公务接待费、会议费和培训费支出分别为1.20万元、2.30万元和3.40万元，"
            "比上年分别减少0.10万元、0.20万元和0.30万元。",
            [
                (2024, "公务接待费", "决算", 0, "1.20万元"),
                (2024, "会议费", "决算", 0, "2.30万元"),
                (2024, "培训费", "决算", 0, "3.40万元"),
                (2024, "公务接待费", "增减额", -1, "0.10万元"),
                (2024, "会议费", "增减额", -1, "0.20万元"),
                (2024, "培训费", "增减额", -1, "0.30万元"),
            ],
        ),
        (
            "公务接待费1.20万元、会议费2.30万元，分别比预算数减少0.10万元和增加0.20万元。",
            [
                (2024, "公务接待费", "决算", 0, "1.20万元"),
                (2024, "会议费", "决算", 0, "2.30万元"),
                (2024, "公务接待费", "增减额", -1, "0.10万元"),
                (2024, "会议费", "增减额", 1, "0.20万元"),
            ],
        ),
        (
            "基本支出80万元，项目支出20万元，占比分别为80%、20%。",
            [
                (2024, "基本支出", "决算", 0, "80万元"),
                (2024, "项目支出", "决算", 0, "20万元"),
                (2024, "基本支出", "占比", 0, "80%"),
                (2024, "项目支出", "占比", 0, "20%"),
            ],
        ),
        (
            "人员经费、公用经费预算分别为30万元、20万元；分别完成年度预算的98.5%、97%。",
            [
                (2024, "人员经费", "预算", 0, "30万元"),
                (2024, "公用经费", "预算", 0, "20万元"),
                (2024, "人员经费", "完成率", 0, "98.5%"),
                (2024, "公用经费", "完成率", 0, "97%"),
            ],
        ),
        (
            "年末在职人员45人、车辆12辆，分别较上年减少3人、2辆。",
            [
                (2024, "在职人员", "数量", 0, "45人"),
                (2024, "车辆", "数量", 0, "12辆"),
                (2024, "在职人员", "增减额", -1, "3人"),
                (2024, "车辆", "增减额", -1, "2辆"),
            ],
        ),
        (
            "会议费、培训费分别比年初预算减少1万元、2万元，下降5%、6%。",
            [
                (2024, "会议费", "增减额", -1, "1万元"),
                (2024, "培训费", "增减额", -1, "2万元"),
                (2024, "会议费", "增减率", -1, "5%"),
                (2024, "培训费", "增减率", -1, "6%"),
            ],
        ),
        (
            "2022年、2023年公务接待费分别为4万元、3万元。",
            [
                (2022, "公务接待费", "决算", 0, "4万元"),
                (2023, "公务接待费", "决算", 0, "3万元"),
            ],
        ),
        (
            "收、支总计分别为120万元、110万元。财政拨款收入、支出分别为90万元、80万元。",
            [
                (2024, "收入总计", "决算", 0, "120万元"),
                (2024, "支出总计", "决算", 0, "110万元"),
                (2024, "财政拨款收入", "决算", 0, "90万元"),
                (2024, "财政拨款支出", "决算", 0, "80万元"),
            ],
        ),
        (
            "基础养老金、生活补贴分别由每人每月151元、96元，提高至171元、106元。",
            [
                (2024, "基础养老金", "决算", 0, "151元"),
                (2024, "生活补贴", "决算", 0, "96元"),
                (2024, "基础养老金", "决算", 0, "171元"),
                (2024, "生活补贴", "决算", 0, "106元"),
            ],
        ),
        (
            "老街改造、绿化补植两个项目分别支出30万元、20万元。",
            [
                (2024, "老街改造", "决算", 0, "30万元"),
                (2024, "绿化补植", "决算", 0, "20万元"),
            ],
        ),
    ],
)
def test_each_figure_is_of_the_thing_in_its_place(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_the_names_before_do_not_fit_where_their_number_differs() -> None:
    """Two changes after one amount are not given to what is not there."""
    assert [each[1:3] for each in told("会议费2万元，分别比上年、前年减少1万元、2万元。")][:1] == [
        ("会议费", "决算")
    ]


def test_what_a_list_was_before_is_told_from_what_it_became() -> None:
    text = "基础养老金、生活补贴分别由每人每月151元、96元，提高至171元、106元。"
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=each),)) for each in (TITLE, text))
    report = draft_to_report(Draft(pages=None, pieces=pieces), name=f"{TITLE}.txt", digest="0" * 64)
    facts = report_to_sentence_facts(report, load_vocabulary())
    assert [each.facet for each in facts] == ["变化前", "变化前", "", ""]
