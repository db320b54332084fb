"""The questions of ten voices with a large model as second reader, its replies replayed over HTTP.

The replies were written from the very prompts by somebody who saw nothing else; they are kept as
choices of lines by their hashes (`scripts/large_model.py`). The questions and the report stand
beside the project and are no part of it.
"""

import threading
from pathlib import Path

import pytest

from scripts.evaluate import evaluate, read_gold
from scripts.large_model import Server, read_kept

SHARED = Path(__file__).parents[3] / "shared"
QUESTIONS = SHARED / "eval" / "voices.jsonl"
REPLIES = Path(__file__).parents[1] / "specs" / "replays" / "voices.jsonl"
RIGHT, CONFIDENT = 0.95, 1
pytestmark = [
    pytest.mark.model,
    pytest.mark.reports,
    pytest.mark.skipif(
        not QUESTIONS.is_file(), reason="the questions do not stand beside the project"
    ),
]


def test_with_a_large_model_the_voices_are_understood(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(models)
    (report,) = (SHARED / "reports").glob("*总工会*.txt")
    with Server(read_kept(REPLIES)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("WENSHU_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("WENSHU_LLM_URL", server.url)
        monkeypatch.setenv("WENSHU_LLM_MODEL", "replay")
        scored, _ = evaluate(read_gold(QUESTIONS), [report])
        server.shutdown()
    right = [one for one in scored if one.mark.right]
    wrong = [(one.gold.id, one.mark.why) for one in scored if not one.mark.right]
    assert len(right) >= RIGHT * len(scored), wrong
    confident = [one.gold.id for one in scored if one.mark.confident and not one.mark.right]
    assert len(confident) <= CONFIDENT, confident
    assert [one.gold.id for one in scored if one.mark.unsourced or one.mark.invented] == []
