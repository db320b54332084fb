"""Reasons that a report lists one after the other, and brackets that a line breaks."""

import pytest

from corpus.extraction.assertions.reasons import report_to_reasons
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Paragraph, Segment
from corpus.readers.broken_lines import join_broken
from corpus.structure.outline import draft_to_report

TITLE = "青山市临江区城管局2024年度部门决算"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "会议费比上年下降7%，主要原因是：一是合并会议；二是3场会议改为视频，场租减少。",
            "一是合并会议；二是3场会议改为视频，场租减少",
        ),
        (
            "会议费比上年下降7%，主要原因是合并会议；培训费支出5.20万元。",
            "合并会议",
        ),
    ],
    ids=["二是里有数", "后面是别的事"],
)
def test_a_list_of_reasons_is_whole_whatever_it_counts(said: str, reason: str) -> None:
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=each),)) for each in (TITLE, said))
    draft = Draft(pages=None, pieces=pieces)
    report = draft_to_report(draft, name=f"{TITLE}.txt", digest="0" * 64)
    assert [each.text for each in report_to_reasons(report, load_vocabulary())] == [reason]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("设办公室、市场科（粮食", "储备科）、人事科。", True),
        ("设办公室、市场科（粮食储备科）", "人事科另设（二楼）。", False),
        ("收入合计（万元", "（一）财政拨款", False),
    ],
    ids=["括号没有合上", "括号合上了", "下一行另起"],
)
def test_a_bracket_that_a_line_breaks_is_closed(first: str, second: str, *, joined: bool) -> None:
    lines = tuple(Paragraph(segments=(Segment(page=None, text=each),)) for each in (first, second))
    read = join_broken(Draft(pages=None, pieces=lines))
    assert len(read.pieces) == (1 if joined else 2)
