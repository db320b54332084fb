"""Bodies meant by their regions: before a year in figures and in Chinese numerals alike."""

import pytest

from bot.parsing.annotations import mark_text
from corpus.lexicon.term_matcher import load_vocabulary

KNOWN = ("禾州市人民政府", "青山市临江区财政局", "白鹭区民政局")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("禾州2025年部门预算多少", ["禾州市人民政府"]),
        ("禾州二零二五年部门预算多少", ["禾州市人民政府"]),
        ("禾州二〇二五年机关运行经费多少", ["禾州市人民政府"]),
        ("禾州的二〇二五年度一般公共预算收入", ["禾州市人民政府"]),
        ("白鹭二零二五年会议费", ["白鹭区民政局"]),
        ("青山临江2025年会议费", ["青山市临江区财政局"]),
        ("禾州审计局二零二五年预算", []),
        ("白鹭水务局二〇二五年会议费", []),
        ("白鹭二〇二五年末专项债余额", []),
    ],
)
def test_a_region_before_a_year_is_its_body(text: str, names: list[str]) -> None:
    marks = mark_text(text, KNOWN, load_vocabulary(), 2026)
    assert [each.name for each in marks.organisations] == names
    assert [each.value for each in marks.years] == [2025]
