"""The bars over the real reports and the questions set on them, with a toy encoder: no model.

The reports and the questions stand beside the project and are no part of it.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from scripts import answer
from scripts.evaluate import Scored, evaluate, read_gold
from scripts.marks import to_list
from scripts.toy_library import ToyEncoder

SHARED = Path(__file__).parents[3] / "shared"
REPORTS = SHARED / "reports"
QUESTIONS = SHARED / "eval"
pytestmark = [
    pytest.mark.reports,
    pytest.mark.skipif(
        not (REPORTS.is_dir() and QUESTIONS.is_dir()),
        reason="the real reports and their questions do not stand beside the project",
    ),
]


class Bar(NamedTuple):
    """What a set must reach: its questions, and the reports that are loaded for it."""

    questions: str
    reports: str  # a pattern of file names
    right: float
    confident: int


BARS = [
    Bar("dev_lingling.jsonl", "*.txt", right=0.96, confident=1),
    Bar("dev_all.jsonl", "*", right=0.92, confident=2),
]
CITED = 0.97


def share(scored: list[bool]) -> float:
    return sum(scored) / len(scored)


def misses(scored: list[Scored]) -> str:
    """What failed, to be read where a bar is not reached."""
    return "\n".join(f"{one.gold.id} {one.gold.turns} {one.mark.why}" for one in scored)


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.questions)
def test_the_bars_hold(bar: Bar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(answer, "SentenceEncoder", lambda *_, **__: ToyEncoder())
    files = [path for path in sorted(REPORTS.glob(bar.reports)) if path.suffix in (".txt", ".pdf")]
    scored, _ = evaluate(read_gold(QUESTIONS / bar.questions), files)
    marks = [one.mark for one in scored]
    citable = [one for one in scored if to_list(one.gold.expect)[0] == "answered"]
    wrong = [one for one in scored if not one.mark.right]
    assert share([mark.right for mark in marks]) >= bar.right, misses(wrong)
    assert share([one.mark.cited for one in citable]) >= CITED, misses(
        [one for one in citable if not one.mark.cited]
    )
    confident = [one for one in wrong if one.mark.confident]
    assert len(confident) <= bar.confident, misses(confident)
    assert [one.gold.id for one in scored if one.mark.unsourced] == []
    assert [one.gold.id for one in scored if one.mark.invented] == []
