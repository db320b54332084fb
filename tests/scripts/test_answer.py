"""Answering a file of questions: one JSON line each, over the given reports and nothing else."""

import json
from pathlib import Path

import pytest

from scripts import answer
from scripts.toy_library import ToyEncoder

REPORT = """2024年度青山市临江区财政局部门整体支出绩效自评报告
一、基本情况
（一）“三公”经费
2024年“三公”经费预算支出2.50万元，实际支出1.95万元。
"""
KEYS = ["status", "text", "figures", "citations", "choices", "related", "elapsed_ms"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENSHU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WENSHU_HOME", "青山市临江区文化局")
    monkeypatch.setattr(answer, "SentenceEncoder", lambda *_, **__: ToyEncoder())
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(REPORT, encoding="utf-8")
    rows = [
        {"id": "Q1", "turns": ["2024年三公经费实际支出多少"]},
        {"id": "Q2", "turns": ["2024年三公经费实际支出多少", "那预算呢"]},
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "questions.jsonl").write_text(lines + "\n\n", encoding="utf-8")
    return tmp_path


def test_each_line_is_a_talk_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer.main(["--reports", "reports", "questions.jsonl"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["id"], second["id"]) == ("Q1", "Q2")
    assert list(first["answer"]) == KEYS
    assert first["answer"]["figures"][0]["value"] == "1.95"
    assert first["answer"]["figures"][0]["organisation"] == "青山市临江区财政局"
    assert first["answer"]["citations"][0]["document"] == "a.txt"
    assert second["answer"]["figures"][0]["value"] == "2.50"


def test_the_same_content_is_indexed_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer.main(["--reports", "reports", "questions.jsonl"])
    answer.main(["--reports", "reports/a.txt", "questions.jsonl"])
    assert len(list((folder / "data" / "sets").iterdir())) == 1


def test_a_file_that_cannot_be_read_is_skipped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").touch()
    assert answer.main(["--reports", "empty.txt", "--reports", "reports", "questions.jsonl"]) == 0
    said = capsys.readouterr()
    assert "empty.txt" in said.err
    assert len(said.out.splitlines()) == 2


def test_nothing_to_read_is_exit_code_two(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.txt").touch()
    assert answer.main(["--reports", "empty.txt", "questions.jsonl"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "没有一份报告读得了。"
