"""The version of the rules changes with the sources of the corpus package."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import rules

Version = Callable[[], str]


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Version]:
    """The version of the rules as it is now, where the rules are what stands in `tmp_path`."""

    def now() -> str:
        rules.pipeline_version.cache_clear()
        return rules.pipeline_version()

    with monkeypatch.context() as patch:
        patch.setattr(rules, "files", lambda _: tmp_path)
        yield now
    rules.pipeline_version.cache_clear()


def test_the_version_follows_sources_and_vocabulary_alone(tmp_path: Path, version: Version) -> None:
    (tmp_path / "a.py").write_text("one")
    first = version()
    (tmp_path / "note.md").write_text("no rule")
    assert version() == first
    (tmp_path / "terms.toml").write_text("a rule")
    assert version() != first


@pytest.mark.parametrize("name", ["cells.py", "data/terms.toml", "data/terms.json"])
def test_a_change_in_a_subfolder_is_another_version(
    tmp_path: Path, version: Version, name: str
) -> None:
    source = tmp_path / "tables" / name
    source.parent.mkdir(parents=True)
    source.write_text("one")
    first = version()
    source.write_text("two")
    assert version() != first


def test_a_source_that_moves_to_another_folder_is_another_version(
    tmp_path: Path, version: Version
) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "rows.py").write_text("one")
    first = version()
    (tmp_path / "rows.py").rename(tmp_path / "tables" / "rows.py")
    assert version() != first
