"""A flipped byte anywhere in a library: it answers as before, or it says that it is damaged."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.model.errors import BadIndex
from corpus.model.types import Correction
from index.checks.rows import COVERED, crc_of
from index.checks.whole import check_whole
from index.database import ORIGINALS
from index.engines.opening import open_store
from index.library import Library
from index.originals import Originals
from scripts.toy_library import CULTURE, FINANCE, open_toys, write_toy

FLIPS = 60
KEPT = (
    "索引已损坏：请把文件夹 {folder} 改名为 {folder}.damaged，再运行"
    " wenshu add {folder}.damaged/files，报告的原件都在里面。"
)
RIGHT = Correction(
    value=Decimal(3), said="3", reason="笔误", made=date(2026, 1, 2), instead_of=Decimal(2)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library of two reports with a correction, its log written back."""
    files = [
        write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元", "会议"),
        write_toy(tmp_path / "b.txt", f"{CULTURE}|2023|决算|乙", "水2万元", "电5.5万元"),
    ]
    with open_toys(tmp_path / "library") as library:
        library.add(files)
        library.correct(library.facts.find(organisations=[CULTURE])[0], RIGHT)
        library.search("车")
    connection = sqlite3.connect(tmp_path / "library" / "library.sqlite")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return tmp_path / "library"


def told(library: Library) -> list[object]:
    """Return all that a library answers."""
    reports = library.reports()
    question = library.read_questions(["车"])[0]
    return [
        reports,
        [one.text for one in reports],
        library.facts.find(),
        library.facts.find(organisations=[FINANCE], years=[2024]),
        library.facts.find(measures=["水"]),
        library.facts.measures(),
        [library.passages(one.id) for one in reports],
        [library.reading(one.id) for one in reports],
        [library.original(one.id) for one in reports],
        library.corrections(),
        library.search("车水", k=9),
        library.search("会", k=1, reports=[reports[0].id]),
        library.wordings(question, [one.id for one in reports]),
    ]


def flipped(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << at % 8
    path.write_bytes(content)


def opened(folder: Path) -> list[object] | str:
    """Return what a library answers, or what it says is wrong with it."""
    try:
        with open_toys(folder) as library:
            return told(library)
    except BadIndex as error:
        return str(error)


@pytest.mark.parametrize("seed", range(2))
def test_a_flipped_byte_of_the_database_changes_no_answer(
    folder: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    whole = opened(folder)
    size = (folder / "library.sqlite").stat().st_size
    for _ in range(FLIPS // 2):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        at = chance.randrange(size)
        flipped(copy / "library.sqlite", at)
        found = opened(copy)
        assert found == whole or isinstance(found, str), at
        shutil.rmtree(copy)


@pytest.mark.parametrize("table", COVERED)
def test_a_row_that_was_changed_is_told_apart(folder: Path, table: str) -> None:
    """What SQLite takes for whole, a changed row that it may hold, is an error as well."""
    column = COVERED[table][-1]
    connection = sqlite3.connect(folder / "library.sqlite")
    (value,) = connection.execute(f"SELECT {column} FROM {table}").fetchone()  # noqa: S608
    other = value + 1 if isinstance(value, int) else value[:-1] + type(value)(value[:1])
    connection.execute(f"UPDATE {table} SET {column} = ?", (other,))  # noqa: S608
    connection.commit()
    connection.close()
    assert opened(folder) == KEPT.format(folder=folder)
    store = open_store(folder)
    with pytest.raises(BadIndex, match="已损坏"):
        check_whole(store, Originals(folder / ORIGINALS))
    store.database.close()


def test_a_flipped_byte_of_an_original_is_told(folder: Path) -> None:
    (path,) = (folder / "files").rglob("a.txt")
    flipped(path, 5)
    assert opened(folder) == "这份报告的原文件已损坏，请移除后重新添加。"
    store = open_store(folder)
    assert check_whole(store, Originals(folder / ORIGINALS)) == (2, ("a.txt",))
    store.database.close()


def test_a_library_without_originals_says_to_add_the_reports_again(folder: Path) -> None:
    shutil.rmtree(folder / "files")
    flipped(folder / "library.sqlite", 0)
    assert opened(folder) == f"索引已损坏：请把文件夹 {folder} 移走，再重新添加报告。"


def test_a_damaged_library_is_made_again_from_its_originals(folder: Path, tmp_path: Path) -> None:
    with open_toys(folder) as library:
        whole = library.facts.find(organisations=[FINANCE]), library.reports()
    flipped(folder / "library.sqlite", 0)
    assert opened(folder) == KEPT.format(folder=folder)
    aside = folder.rename(tmp_path / "library.damaged")
    with open_toys(folder) as library:
        library.add(sorted((aside / "files").rglob("*.txt")))
        assert (library.facts.find(organisations=[FINANCE]), library.reports()) == whole


@pytest.mark.parametrize("prepare", [lambda _: None, lambda path: path.chmod(0o444)])
def test_a_library_of_layout_2_is_given_checksums_or_read_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch, prepare: Callable[[Path], None]
) -> None:
    whole = opened(folder)
    path = folder / "library.sqlite"
    connection = sqlite3.connect(path)
    for table in COVERED:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN crc")
    connection.execute("DROP INDEX reports_head")
    connection.execute("DROP TABLE doubted")
    connection.execute("UPDATE manifest SET layout = 2")
    connection.commit()
    connection.close()
    prepare(path)
    if not path.stat().st_mode & 0o222:
        monkeypatch.setattr("index.database.is_writable", lambda _: False)
        assert opened(folder) == whole
        return
    assert opened(folder) == whole
    store = open_store(path.parent)
    for table, columns in COVERED.items():
        rows = store.database.read(f"SELECT {', '.join(columns)}, crc FROM {table}")  # noqa: S608
        assert rows
        assert all(row["crc"] == crc_of(*(row[one] for one in columns)) for row in rows)
    store.database.close()
