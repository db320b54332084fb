"""Codes of the classification in the brackets after a name: （204类）. They are no amounts."""

import pytest

from corpus.extraction.facts import report_to_sentence_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Paragraph, Segment
from corpus.structure.outline import draft_to_report

TITLE = "青山市临江区城管局2025年部门预算"
TOLD = (
    "5、城乡社区支出{a}城乡社区管理事务{b}城管执法{c}227.88万元。主要用于：执法装备。"
    "2024年当年预算执行数为60.41万元，2025年预算安排227.88万元，比2024年预算执行数增加277.22%。"
)


@pytest.mark.parametrize(
    "codes",
    [("（212类）", "（01款）", "（04项）"), ("（类）", "（款）", "（项）")],
    ids=["写了编码", "没写编码"],
)
def test_an_item_is_read_under_its_name_with_its_code_or_without(codes: tuple[str, ...]) -> None:
    text = TOLD.format(a=codes[0], b=codes[1], c=codes[2])
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=one),)) for one in (TITLE, text))
    report = draft_to_report(Draft(pages=None, pieces=pieces), name=f"{TITLE}.txt", digest="0" * 64)
    facts = report_to_sentence_facts(report, load_vocabulary())
    path = ("城乡社区支出", "城乡社区管理事务", "城管执法")
    assert [(f.year, f.measure, f.aspect, f.printed + f.unit, f.row) for f in facts] == [
        (2025, "城管执法", "预算", "227.88万元", path),
        (2024, "城管执法", "执行数", "60.41万元", path),
        (2025, "城管执法", "预算", "227.88万元", path),
        (2025, "城管执法", "增减率", "277.22%", path),
    ]
