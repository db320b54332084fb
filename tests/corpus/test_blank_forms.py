"""A form that was not filled in says nothing: its sentences are neither quoted nor reasons."""

import pytest

from corpus.extraction.assertions.reasons import report_to_reasons
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Paragraph, Report, Segment
from corpus.structure.outline import draft_to_report
from corpus.structure.passages import report_to_passages
from corpus.structure.sentences import report_to_sentences

TITLE = "青山市临江区城管局2024年度部门决算"


def report_of(*lines: str) -> Report:
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=each),)) for each in (TITLE, *lines))
    return draft_to_report(Draft(pages=None, pieces=pieces), name=f"{TITLE}.txt", digest="0" * 64)


@pytest.mark.parametrize(
    "blank",
    [
        "会议费支出XX万元，比上年减少××万元。",
        "会议费支出X万元。",
        "会议费支出X.XX万元，下降XX.XX%。",
        "会议费支出___万元。",
        "会议费支出＿＿＿万元。",
        "会议费支出（ ）万元。",
        "会议费支出**万元。",
        "会议费支出……万元。",
        "会议费支出    万元，比上年减少    万元。",
        "20XX年会议费支出5万元。",
    ],
)
def test_a_sentence_left_blank_is_not_quoted(blank: str) -> None:
    report = report_of(f"培训费支出5.20万元。{blank}差旅费支出3万元。")
    assert [each.text for each in report_to_sentences(report)][-2:] == [
        "培训费支出5.20万元。",
        "差旅费支出3万元。",
    ]
    assert [each.text.splitlines()[-1] for each in report_to_passages(report)][-2:] == [
        "培训费支出5.20万元。",
        "差旅费支出3万元。",
    ]


@pytest.mark.parametrize(
    "filled",
    [
        "会议费支出5×3万元。",
        "单价（元）以合同为准。",
        "会议费支出（含培训）万元以下的不公开。",
        "截至2024年末共有3辆，占编制数的50%。",
    ],
)
def test_a_sentence_that_is_filled_in_stays(filled: str) -> None:
    assert [each.text for each in report_to_sentences(report_of(filled))][-1:] == [filled]


def test_a_blank_form_gives_no_reason() -> None:
    report = report_of("会议费支出XX万元，比上年减少XX万元，主要原因是……。")
    assert report_to_reasons(report, load_vocabulary()) == ()
