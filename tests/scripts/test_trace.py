"""The way of a sentence through the reading: what it takes today may only grow shorter."""

from pathlib import Path

import pytest

from scripts import answer, trace
from scripts.toy_library import ToyEncoder

# What one sentence of six figures takes; lower a number with every module and move that goes.
MOST_MODULES, MOST_MOVES = 10, 79


def test_a_sentence_of_six_figures_takes_no_longer_way() -> None:
    found = trace.trace_sentence(trace.SIX_FIGURES)
    told = "\n".join(f"{each.caller} -> {each.called}: {each.function}" for each in found.moves)
    assert len(found.modules) <= MOST_MODULES, told
    assert len(found.moves) <= MOST_MOVES, told


def test_a_move_is_a_call_from_one_module_into_another() -> None:
    found = trace.trace_sentence("公务接待费2万元。")
    first = found.moves[0]
    assert (first.caller, first.function) == ("", "block_to_statements")
    assert all(move.caller != move.called for move in found.moves)
    assert set(found.modules) == {move.called for move in found.moves}
    before = {first.called}
    for move in found.moves[1:]:  # nothing is entered but from where one is
        assert move.caller in before
        before.add(move.called)


def test_a_question_is_traced_over_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENSHU_DATA", str(tmp_path))
    monkeypatch.setattr(answer, "SentenceEncoder", lambda *_, **__: ToyEncoder())
    trace.main(["--ask", "万里街道2025年三公经费预算多少"])
    *moves, total = capsys.readouterr().out.splitlines()
    assert "- -> bot.assistant: Assistant.answer" in moves[0]
    assert any("index.store" in move for move in moves)
    assert total.endswith(f" modules, {sum('->' in move for move in moves)} moves")
