"""What the learned reader sees of a message: neither body nor year, and no politeness."""

import pytest

from bot.parsing.annotations import mark_text
from bot.understanding.question_text import marks_to_wording, message_to_pieces
from corpus.lexicon.term_matcher import load_vocabulary
from scripts.toy_reports import FINANCE, WATER


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("青山市临江区财政局2024年三公经费决算是多少", "三公经费决算是多少"),
        ("财政局2024年度三公经费多少", "三公经费多少"),
        ("请问财政局三公经费多少", "三公经费多少"),
        ("你好，财政局的三公经费", "的三公经费"),
        ("三公经费比上年多多少", "三公经费比上年多多少"),
        ("去年三公经费多少", "去年三公经费多少"),
        ("2024年比2023年多多少", "比多多少"),
        ("财政局和水务局哪家三公经费多", "和哪家三公经费多"),
        ("三公经费 多少", "三公经费多少"),
        ("30万元以上的项目", "30万元以上的项目"),
    ],
    ids=[
        "单位全名和年份",
        "单位简称和年度",
        "请问",
        "问好",
        "比上年",
        "去年",
        "两个年份",
        "两家单位",
        "空格",
        "金额不是年份",
    ],
)
def test_the_reader_sees_no_body_and_no_year(words: str, wording: str) -> None:
    marks = mark_text(words, (FINANCE, WATER), load_vocabulary(), 2025)
    assert marks_to_wording(marks) == wording


def test_a_message_of_slots_alone_stays_as_blanks() -> None:
    """Nothing is left over where body and year are all that was said; that is no error."""
    marks = mark_text("财政局2024年", (FINANCE, WATER), load_vocabulary(), 2025)
    assert marks_to_wording(marks) == ""


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("受益农户里脱贫户占几成", ("受益农户", "脱贫户")),
        ("办公费 差旅费 培训费", ("办公费", "差旅费", "培训费")),
        ("接待费和购车款加起来", ("接待费", "购车款")),
        ("接待费比购车款高多少", ("接待费", "购车款高")),
        ("三公经费花了多少", ()),
        ("接待费，接待费呢", ()),
        (
            "甲费、乙费、丙费、丁费、戊费、己费、庚费",
            ("甲费", "乙费", "丙费", "丁费", "戊费", "己费"),
        ),
    ],
)
def test_a_message_is_cut_where_it_joins_or_relates(words: str, pieces: tuple[str, ...]) -> None:
    assert message_to_pieces(words) == pieces
