"""The version of the rules changes with the sources of the corpus package."""

from pathlib import Path

import pytest

from index import rules


def test_the_version_follows_sources_and_vocabulary_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "files", lambda _: tmp_path)

    def version() -> str:
        rules.pipeline_version.cache_clear()
        return rules.pipeline_version()

    (tmp_path / "a.py").write_text("one")
    first = version()
    (tmp_path / "note.md").write_text("no rule")
    assert version() == first
    (tmp_path / "terms.toml").write_text("a rule")
    assert version() != first
    monkeypatch.undo()
    rules.pipeline_version.cache_clear()
