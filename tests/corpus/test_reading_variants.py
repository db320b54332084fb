"""Ways of writing figures down that reports use now and then, read as a careful reader does."""

from decimal import Decimal

import pytest

from corpus.extraction.assertions.reasons import report_to_reasons
from corpus.extraction.facts import report_to_sentence_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Report
from corpus.readers.detect import bytes_to_draft
from corpus.structure.outline import draft_to_report

TITLE = "青山市临江区城管局2024年度部门决算"
Told = tuple[int | None, str, str, str, str]


def report_of(text: str) -> Report:
    draft = bytes_to_draft(f"{TITLE}\n\n{text}".encode(), ".txt")
    return draft_to_report(draft, name=f"{TITLE}.txt", digest="0" * 64)


def told(text: str) -> list[Told]:
    return [
        (fact.year, fact.measure, fact.facet, fact.aspect, f"{fact.value}{fact.unit}")
        for fact in report_to_sentence_facts(report_of(text), load_vocabulary())
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "2024年（2023年为280万元）项目支出301.45万元，比上年（280万元）增加21.45万元。",
            [
                (2023, "项目支出", "", "决算", "280万元"),
                (2024, "项目支出", "", "决算", "301.45万元"),
                (2023, "项目支出", "", "决算", "280万元"),
                (2024, "项目支出", "", "增减额", "21.45万元"),
            ],
            id="a base in a bracket is of its own year",
        ),
        pytest.param(
            "会议费比上年（3万元）减少1万元；培训费2万元，较2023年(2.6万元)下降0.6万元。",
            [
                (2023, "会议费", "", "决算", "3万元"),
                (2024, "会议费", "", "增减额", "1万元"),
                (2024, "培训费", "", "决算", "2万元"),
                (2023, "培训费", "", "决算", "2.6万元"),
                (2024, "培训费", "", "增减额", "0.6万元"),
            ],
            id="what is named in front of the bracket goes on behind it",
        ),
        pytest.param(
            "收入总计9万元，支出总计8万元，与上年相比，收入减少1万元，下降10%，支出减少2万元。",
            [
                (2024, "收入总计", "", "决算", "9万元"),
                (2024, "支出总计", "", "决算", "8万元"),
                (2024, "收入总计", "", "增减额", "1万元"),
                (2024, "收入总计", "", "增减率", "10%"),
                (2024, "支出总计", "", "增减额", "2万元"),
            ],
            id="the bare side in a change is the total that was named",
        ),
        pytest.param(
            "行政编制20名，实有18名；事业编制25名，实有24名。核定编制车辆6辆，实有5辆。",
            [
                (2024, "行政编制", "", "数量", "20名"),
                (2024, "行政编制", "实有", "数量", "18名"),
                (2024, "事业编制", "", "数量", "25名"),
                (2024, "事业编制", "实有", "数量", "24名"),
                (2024, "核定编制车辆", "", "数量", "6辆"),
                (2024, "核定编制车辆", "实有", "数量", "5辆"),
            ],
            id="what fills posts of a kind is no number of posts",
        ),
        pytest.param(
            "1-6月会议费支出1.2万元，7月至12月支出0.8万元，第四季度支出0.3万元。",
            [
                (2024, "会议费", "1-6月", "决算", "1.2万元"),
                (2024, "会议费", "7月至12月", "决算", "0.8万元"),
                (2024, "会议费", "第四季度", "决算", "0.3万元"),
            ],
            id="months and quarters are parts of the year",
        ),
        pytest.param(
            "年末结转和结余负3.5万元。",
            [(2024, "年末结转和结余", "", "余额", "-3.5万元")],
            id="负 is a sign",
        ),
        pytest.param(
            "补助标准为每户800-1200元，单价3.5至5万元，覆盖率90%-95%，培训2场。",
            [(2024, "培训", "", "数量", "2场")],
            id="the ends of a range are no figures",
        ),
    ],
)
def test_a_figure_is_read_as_it_is_meant(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_a_text_that_was_wrapped_at_a_width_is_read_as_one() -> None:
    text = (
        "一、收支情况\n"
        "2024年度收入总计1,200.50万元，支出总计1,180.30万元，与上年相比，收入增\n"
        "加35.20万元，增长3.02%，支出增加28.10万元，增长2.44%，主要原因是人员经\n"
        "费增加。\n"
        "二、“三公”经费\n"
        "2024年“三公”经费支出5.20万元，比上年减少0.80万元，下降13.33%，主要原\n"
        "因是压减公务接待。其中：公务接待费2.20万元，公务用车运行维护费3.00万元。\n"
    )
    report = report_of(text)
    assert [each[1:] for each in told(text)] == [
        ("收入总计", "", "决算", "1200.50万元"),
        ("支出总计", "", "决算", "1180.30万元"),
        ("收入总计", "", "增减额", "35.20万元"),
        ("收入总计", "", "增减率", "3.02%"),
        ("支出总计", "", "增减额", "28.10万元"),
        ("支出总计", "", "增减率", "2.44%"),
        ("三公经费", "", "决算", "5.20万元"),
        ("三公经费", "", "增减额", "0.80万元"),
        ("三公经费", "", "增减率", "13.33%"),
        ("公务接待费", "", "决算", "2.20万元"),
        ("公务用车运行维护费", "", "决算", "3.00万元"),
    ]
    reasons = report_to_reasons(report, load_vocabulary())
    assert [(each.measure, each.text) for each in reasons][-1] == ("三公经费", "压减公务接待")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("会议费支出5万元，比上年减少2万元，主要原因\n是压减会议。", "压减会议"),
        ("会议费支出5万元，比上年减少2万元，\n主要原因是压减会议。", "压减会议"),
        ("会议费支出5\n万元，比上年减少2万元，原因\n为压减会议。", "压减会议"),
    ],
)
def test_a_sentence_that_a_line_break_parts_keeps_its_reason(text: str, reason: str) -> None:
    assert told(text)[0] == (2024, "会议费", "", "决算", "5万元")
    (found,) = report_to_reasons(report_of(text), load_vocabulary())
    assert (found.measure, found.direction, found.text) == ("会议费", -1, reason)


def test_numbered_lines_are_not_joined() -> None:
    text = "1.会议费5万元，\n2.培训费3万元，\n（三）差旅费2万元。"
    assert [(each[1], each[4]) for each in told(text)] == [
        ("会议费", "5万元"),
        ("培训费", "3万元"),
        ("差旅费", "2万元"),
    ]


def test_a_sign_in_words_is_part_of_the_number() -> None:
    (fact,) = report_to_sentence_facts(report_of("年末结余负3.50万元。"), load_vocabulary())
    assert (fact.value, fact.printed) == (Decimal("-3.50"), "负3.50")
