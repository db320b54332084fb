"""The check at the opening of a library: once for each state of its file, and at least daily."""

import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from corpus.model.errors import BadIndex
from index.checks import opening
from index.database import Database
from scripts.toy_library import FINANCE, open_toys, write_toy


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The databases that were checked, in order; what a file is shows in its times at once."""
    monkeypatch.setattr(opening, "SETTLED", 0.0)
    found: list[Path] = []
    check = Database.check

    def counted(database: Database) -> None:
        found.append(database.path)
        check(database)

    monkeypatch.setattr(Database, "check", counted)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one report."""
    made = tmp_path / "library"
    report = write_toy(tmp_path / "甲.txt", f"{FINANCE}|2024|决算|甲", "会议费10万元")
    with open_toys(made) as library:
        library.add([report])
    return made


def opened(folder: Path) -> None:
    open_toys(folder).close()


def test_what_was_found_whole_is_not_read_again(folder: Path, checked: list[Path]) -> None:
    for _ in range(3):
        opened(folder)
    assert checked == [folder / "library.sqlite"]


def test_a_library_that_has_changed_is_checked_again(
    folder: Path, tmp_path: Path, checked: list[Path]
) -> None:
    opened(folder)
    with open_toys(folder) as library:
        library.add([write_toy(tmp_path / "乙.txt", f"{FINANCE}|2023|决算|乙", "车20万元")])
    opened(folder)
    opened(folder)
    assert len(checked) == 2


def test_a_damaged_library_that_was_whole_before_is_not_opened(
    folder: Path, checked: list[Path]
) -> None:
    opened(folder)
    path = folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[28] ^= 1  # the number of pages
    path.write_bytes(content)
    with pytest.raises(BadIndex, match="已损坏"):
        opened(folder)
    with pytest.raises(BadIndex, match="已损坏"):
        opened(folder)


def test_a_note_of_yesterday_or_of_another_file_counts_for_nothing(
    folder: Path, tmp_path: Path, checked: list[Path]
) -> None:
    opened(folder)
    (note,) = folder.glob(f"*{opening.NOTE}")
    yesterday = time.time() - opening.DAY - 1
    os.utime(note, (yesterday, yesterday))
    opened(folder)
    copy = shutil.copytree(folder, tmp_path / "copy")
    opened(copy)
    note.write_bytes(b"\xff")
    opened(folder)
    assert [path.parent for path in checked] == [folder, folder, copy, folder]


def test_what_a_killed_process_left_in_the_log_is_checked(
    folder: Path, tmp_path: Path, checked: list[Path]
) -> None:
    opened(folder)
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("UPDATE manifest SET revision = revision + 1")
    connection.commit()
    killed = shutil.copytree(folder, tmp_path / "killed")
    connection.close()
    assert (killed / "library.sqlite-wal").stat().st_size
    assert opening.state_of(killed / "library.sqlite") == ""
    opened(killed)
    assert [path.parent for path in checked] == [folder, killed]


def test_a_file_that_has_just_changed_is_not_noted(folder: Path) -> None:
    opened(folder)
    assert list(folder.glob(f"*{opening.NOTE}")) == []
