"""The questions of fresh voices as they teach the joint scorer, over the sample reports."""

from pathlib import Path

import pytest

from scripts.marks import Alternative, Gold
from scripts.train.rows import read_rows
from scripts.train.scorer import rows_to_choices
from scripts.train.voices import collect_voices, read_sets, reports_of

SAMPLE = "零陵区总工会2024年度部门整体支出绩效自评报告（示例）.txt"


def gold(name: str, *turns: str, **more: object) -> Gold:
    return Gold.model_validate(
        {"id": name, "turns": turns, "kind": "figure", "expect": "answered", "doc": SAMPLE, **more}
    )


def test_every_set_names_its_questions_once_and_says_what_is_expected() -> None:
    sets = read_sets()
    names = [one.id for golds in sets.values() for one in golds]
    assert len(names) == len(set(names)) > 2000
    assert all(one.expect for golds in sets.values() for one in golds)


def test_a_set_whose_report_is_not_there_names_it() -> None:
    with pytest.raises(FileNotFoundError, match=r"没有这份\.pdf"):
        reports_of([gold("1", "多少", doc=f"{SAMPLE};没有这份.pdf")])


def test_a_question_teaches_which_of_its_candidates_is_right(
    models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ((Alternative(value="1.95", unit="万元"),),)
    asked = gold("1", "三公经费最后一共花掉几多钱", figures=wanted)
    nothing = gold("2", "2025年三公经费花了多少", expect="not_found", doc="")
    sets = {"一": (asked, nothing), "二": (gold("3", "多少", doc="没有这份.pdf"),)}
    (file,) = collect_voices(sets, models, tmp_path / "rows")
    assert "二 is passed over, it needs 没有这份.pdf" in capsys.readouterr().out
    rows = list(read_rows([file]))
    first = rows_to_choices([row for row in rows if row["question"] == 0])
    second = rows_to_choices([row for row in rows if row["question"] == 1])
    assert first.teaches
    assert not first.unanswerable
    assert any("1.95" in str(row["text"]) for row in rows if row["right"])
    assert second.unanswerable
    assert not any(one.right for one in second.choices)
