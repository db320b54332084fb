"""A backup is of one moment, no byte of it changes unnoticed, a restore is all or nothing."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Thread
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from corpus.model.errors import BadIndex
from index import database
from index.backup import archive, swapping
from index.backup.archive import About, Source, write_archive
from index.backup.restoring import Restored, checked, restore
from index.backup.taking import take
from index.hits import silent
from scripts.toy_library import CULTURE, FINANCE, open_toys, write_toy

ROOT = Path(__file__).parents[2]
KNOWN = {"library/library.sqlite": 3, "telegram.sqlite": 4}
ABOUT = About(program="0.1.0", at="2026-01-01T00:00:00+08:00", schemas={}, reports=0)
DAMAGED = "备份“{path}”已损坏或不完整，没有恢复，数据没有动：请换一份备份。"
NEWER = "备份“{path}”是更新版本的问数做的，没有恢复，数据没有动：请先升级问数。"


def fill(data: Path, *, line: str = "车1万元") -> Path:
    """Fill a data folder: two reports, a state of the bot, a file aside, and what stays out."""
    files = data.with_name(f"{data.name}-files")
    files.mkdir()
    with open_toys(data / "library") as library:
        library.add(
            [
                write_toy(files / "a.txt", f"{FINANCE}|2024|决算|甲", line, "会"),
                write_toy(files / "b.txt", f"{CULTURE}|2024|决算|乙", "水2万元", "电"),
            ]
        )
    with closing(database.connect(data / "telegram.sqlite")) as state:
        state.executescript(
            "CREATE TABLE people (id, name); INSERT INTO people VALUES (7, '甲');"
            "PRAGMA user_version = 4;"
        )
    for name, text in {
        "aside/0ff/旧.txt": "旧",
        "models/toy/weights": "model",
        "sets/1/library/library.sqlite": "",
        "serve.lock": "",
        ".env": "WENSHU_TOKEN=12345:secret",
        "other.env": "WENSHU_TOKEN=12345:secret",
        "library/files/x.unfinished/half.txt": "half",
        "library/files/no-report/late.txt": "late",
    }.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return data


def put_back(path: Path, data: Path, *, replace: bool = False) -> Restored:
    with checked(path, known=KNOWN) as opened:
        return restore(opened, data, replace=replace, progress=silent)


def rows(path: Path) -> list[str]:
    """Return a database as the statements that make it, every row with every byte."""
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]


def tree(folder: Path) -> dict[str, str]:
    """Return the digest of every file that matters, databases by their rows."""
    return {
        path.relative_to(folder).as_posix(): sha256(
            "\n".join(rows(path)).encode() if path.suffix == ".sqlite" else path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", "-checked"))
    }


def names(path: Path) -> set[str]:
    with ZipFile(path) as opened:
        return set(opened.namelist())


def test_what_is_restored_has_the_same_rows_files_and_answers(tmp_path: Path) -> None:
    data = fill(tmp_path / "data")
    path = tmp_path / "kept.zip"
    manifest = take(data, path, progress=silent)
    ids = {one["name"]: one["id"] for one in reports(data)}
    assert names(path) == {
        "wenshu-backup.txt",
        "wenshu-backup.json",
        "data/library/library.sqlite",
        "data/telegram.sqlite",
        "data/aside/0ff/旧.txt",
        f"data/library/files/{ids['a.txt']}/a.txt",
        f"data/library/files/{ids['b.txt']}/b.txt",
    }
    assert path.stat().st_mode & 0o777 == 0o600
    assert manifest.about.model_dump() == {
        "program": "0.1.0",
        "at": manifest.about.at,
        "schemas": KNOWN,
        "reports": 2,
        "lost": (),
    }
    new = tmp_path / "new"
    done = put_back(path, new)
    assert done == Restored(manifest=manifest, kept=None)
    gone = ("models/", "sets/", "serve.lock", ".env", "other.env")
    loose = ("library/files/x.unfinished/half.txt", "library/files/no-report/late.txt")
    assert tree(new) == {
        name: digest
        for name, digest in tree(data).items()
        if not name.startswith(gone) and name not in loose
    }
    with open_toys(data / "library") as old, open_toys(new / "library") as library:
        assert library.reports() == old.reports()
        assert library.search("车", k=3) == old.search("车", k=3)
        assert library.facts.find() == old.facts.find()
        assert library.original(ids["a.txt"]) == old.original(ids["a.txt"])
        assert library._encoder.encoded == []  # type: ignore[attr-defined]


def reports(data: Path) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(data / "library" / "library.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT id, name FROM reports").fetchall()


def test_a_backup_waits_for_who_writes_and_has_all_of_it_and_none_of_what_comes_later(
    tmp_path: Path,
) -> None:
    data = fill(tmp_path / "data")
    state = database.connect(data / "telegram.sqlite", shared=True)
    state.execute("BEGIN IMMEDIATE")
    state.execute("INSERT INTO people VALUES (8, '乙')")

    def commit() -> None:
        time.sleep(0.3)
        state.execute("INSERT INTO people VALUES (9, '丙')")
        state.commit()

    later = Thread(target=commit)
    later.start()
    take(data, tmp_path / "kept.zip", progress=silent)
    later.join()
    state.execute("INSERT INTO people VALUES (10, '丁')")
    state.commit()
    state.close()
    put_back(tmp_path / "kept.zip", tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "telegram.sqlite")) as connection:
        assert connection.execute("SELECT id FROM people").fetchall() == [(7,), (8,), (9,)]


def test_who_never_ends_writing_is_told_of_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = fill(tmp_path / "data")
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    before = sorted(tmp_path.iterdir())
    with closing(database.connect(data / "telegram.sqlite")) as state:
        state.execute("BEGIN IMMEDIATE")
        with pytest.raises(BadIndex, match=r"^另一个程序正在写索引，请稍后再试。$"):
            take(data, tmp_path / "kept.zip", progress=silent)
    assert sorted(tmp_path.iterdir()) == before


RESTLESS = """
import sys, time
from pathlib import Path
from scripts.toy_library import CULTURE, open_toys, write_toy
data, files = Path(sys.argv[1]), Path(sys.argv[2])
with open_toys(data / "library") as library:
    print("ready", flush=True)
    for number in range(100_000):
        lines = [f"水{number}万元", *(f"电{number}的第{line}段" for line in range(20))]
        path = write_toy(files / "b.txt", f"{CULTURE}|2024|决算|乙", *lines)
        added = library.add([path])
        if number % 3 == 0:
            library.remove(added[0].report.id)
        time.sleep(0.05)  # on a busy machine, who never rests lets nobody in
"""


def test_while_another_process_adds_replaces_and_removes_every_backup_is_whole(
    tmp_path: Path,
) -> None:
    data = fill(tmp_path / "data")
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", RESTLESS, str(data), str(tmp_path / "data-files")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        child.stdout.readline()
        for number in range(6):
            manifest = take(data, tmp_path / f"{number}.zip", progress=silent)
            assert manifest.about.lost == ()
        child.kill()
    for number in range(6):
        new = tmp_path / f"new{number}"
        put_back(tmp_path / f"{number}.zip", new)
        held = {path.name for path in (new / "library" / "files").iterdir()}
        with open_toys(new / "library") as library:
            assert {report.id for report in library.reports()} == held
            assert len(library.facts.find()) == len(held) in (1, 2)
            assert library.search("车", k=1)[0].passage.text == "车1万元"
            assert [library.original(one.id).decode() for one in library.reports()] == [
                one.text for one in library.reports()
            ]


def test_a_change_of_any_byte_and_an_end_at_any_place_are_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with closing(database.connect(data / "telegram.sqlite")) as state:
        state.execute("CREATE TABLE people (id)")
    path = tmp_path / "kept.zip"
    take(data, path, progress=silent)
    whole = path.read_bytes()
    with path.open("r+b", buffering=0) as file:
        for at, byte in enumerate(whole):
            for wrong in {byte ^ 1, byte ^ 0x80, 0, 0xFF} - {byte}:
                file.seek(at)
                file.write(bytes([wrong]))
                with pytest.raises(BadIndex):
                    archive.check_seal(path)
            file.seek(at)
            file.write(bytes([byte]))
        archive.check_seal(path)
        for end in reversed(range(len(whole))):
            file.truncate(end)
            with pytest.raises(BadIndex):
                archive.check_seal(path)
    path.write_bytes(whole + b"\n")
    with pytest.raises(BadIndex):
        archive.check_seal(path)


def refused(path: Path, sentence: str) -> None:
    """See that a file is refused by this sentence and nothing is touched."""
    new = path.with_name("new")
    with pytest.raises(BadIndex) as raised:
        put_back(path, new)
    assert str(raised.value) == sentence.format(path=path)
    assert not new.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("../out.txt", "library/../../out.txt", "/out.txt", "a//b", "./a", "a/.", ".."),
        *("models/weights", ".env", "serve.lock", "library/library.sqlite-wal"),
    ],
)
def test_a_name_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "kept.zip"
    one = tmp_path / "out"
    one.write_bytes(b"1")
    write_archive(path, [Source(name, one)], lambda _: ABOUT, progress=silent)
    refused(path, f"备份“{{path}}”里有不该有的文件“{name}”，没有恢复，数据没有动。")


@pytest.mark.parametrize("name", KNOWN)
def test_a_newer_schema_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "kept.zip"
    about = ABOUT.model_copy(update={"schemas": {**KNOWN, name: KNOWN[name] + 1}})
    write_archive(path, [], lambda _: about, progress=silent)
    refused(path, NEWER)


def test_a_newer_form_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept.zip"
    with monkeypatch.context() as patch:
        patch.setattr(archive, "FORM", 2)
        write_archive(path, [], lambda _: ABOUT, progress=silent)
    refused(path, NEWER)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + bytes(18)])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kept.zip"
    path.write_bytes(content)
    refused(path, "“{path}”不是问数的备份。")


def forged(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Change what is in a backup and seal it as if nothing had been."""
    with ZipFile(path) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    with path.open("w+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as opened:
            for name, content in members.items():
                opened.writestr(name, content)
            opened.comment = f"wenshu-backup 1 sha256 {'0' * 64}\n".encode()
        archive._seal(file)
    return path


def shortened(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["wenshu-backup.json"])
    manifest["members"].pop()
    members["wenshu-backup.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"data/telegram.sqlite": b"other"}),
        lambda members: members.update({"data/more": b"more"}),
        lambda members: members.update({"more": b"more"}),
        lambda members: members.pop("data/telegram.sqlite"),
        lambda members: members.pop("wenshu-backup.json"),
        lambda members: members.update({"wenshu-backup.json": b"{}"}),
        shortened,
    ],
)
def test_what_the_manifest_does_not_bear_out_is_refused(
    tmp_path: Path, change: Callable[[dict[str, bytes]], object]
) -> None:
    take(fill(tmp_path / "data"), tmp_path / "kept.zip", progress=silent)
    refused(forged(tmp_path / "kept.zip", change), DAMAGED)


def test_what_is_there_makes_way_only_when_that_is_said_and_is_kept(tmp_path: Path) -> None:
    old, data = fill(tmp_path / "old"), fill(tmp_path / "data", line="车9万元")
    path = data / "kept.zip"  # a backup that lies in the data folder is not part of the data
    take(old, path, progress=silent)
    before = tree(data)
    with pytest.raises(BadIndex, match="里已经有数据，没有恢复"):
        put_back(path, data)
    assert tree(data) == before
    done = put_back(path, data, replace=True)
    assert done.kept is not None
    assert done.kept.parent == data
    staying = ("models/", "sets/", "serve.lock", ".env", "other.env", "kept.zip")
    assert tree(done.kept) == {
        name: digest for name, digest in before.items() if not name.startswith(staying)
    }
    after = tree(data)
    assert {name: after[name] for name in before if name.startswith(staying)} == {
        name: digest for name, digest in before.items() if name.startswith(staying)
    }
    with open_toys(data / "library") as library:
        assert library.search("车", k=1)[0].passage.text == "车1万元"
    take(data, tmp_path / "again.zip", progress=silent)
    assert names(tmp_path / "again.zip") == names(path)
    again = put_back(tmp_path / "again.zip", data, replace=True)
    assert again.kept not in (None, done.kept)


def test_a_missing_and_a_damaged_original_are_told_of(tmp_path: Path) -> None:
    data = fill(tmp_path / "data")
    ids = {one["name"]: one["id"] for one in reports(data)}
    shutil.rmtree(data / "library" / "files" / ids["a.txt"])
    (data / "library" / "files" / ids["b.txt"] / "b.txt").write_bytes(b"other")
    manifest = take(data, tmp_path / "kept.zip", progress=silent)
    assert manifest.about.lost == ("a.txt", "b.txt")
    put_back(tmp_path / "kept.zip", tmp_path / "new")


def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    data = fill(tmp_path / "data")
    library = data / "library" / "library.sqlite"
    content = bytearray(library.read_bytes())
    for at in range(4096, len(content), 512):
        content[at : at + 64] = b"\xff" * 64
    library.write_bytes(content)
    with pytest.raises(BadIndex, match=r"^索引已损坏"):
        take(data, tmp_path / "kept.zip", progress=silent)
    assert not (tmp_path / "kept.zip").exists()


def test_only_a_backup_is_replaced_by_a_backup(tmp_path: Path) -> None:
    data = fill(tmp_path / "data")
    report = tmp_path / "data-files" / "a.txt"
    before = report.read_bytes()
    with pytest.raises(BadIndex, match="又不是问数的备份，没有覆盖它"):
        take(data, report, progress=silent)
    assert report.read_bytes() == before
    path = tmp_path / "kept.zip"
    left = tmp_path / ".kept.zip.unfinished" / "copies"
    left.mkdir(parents=True)  # of a backup that was killed
    first = take(data, path, progress=silent)
    assert take(data, path, progress=silent).members == first.members
    assert not left.parent.exists()
    with pytest.raises(BadIndex, match=r"^没有可以备份的"):
        take(tmp_path / "nowhere", path, progress=silent)
    assert archive.check_seal(path) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from index.backup.restoring import checked, restore
from index.hits import silent
path, data, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
real, done = Path.replace, 0

def replace(self, target):
    global done
    if data in self.parents and ".unfinished" not in self.name.replace("restore.unfinished", ""):
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
    return real(self, target)

Path.replace = replace
with checked(path, known={}) as archive:
    restore(archive, data, replace=True, progress=silent)
"""
# The commit, three old entries, the second step, three new ones.
RENAMES = 8


def test_killed_at_any_rename_a_restore_is_undone_or_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    take(fill(tmp_path / "old"), path, progress=silent)
    fresh = fill(tmp_path / "fresh", line="车9万元")
    before = tree(fresh)
    moved = {name for name in before if name.startswith(("library/", "aside/", "telegram."))}
    run = partial(subprocess.run, cwd=ROOT, check=False)
    for last in range(RENAMES + 1):
        data = tmp_path / f"data{last}"
        shutil.copytree(fresh, data)
        ended = run([sys.executable, "-c", KILLED, str(path), str(data), str(last)])
        assert ended.returncode == (0 if last == RENAMES else -signal.SIGKILL)
        swapping.finish(data)
        (kept,) = data.glob("before-restore-*") if last else (None,)
        with open_toys(data / "library") as library:
            first = library.search("车", k=1)[0].passage.text
        if kept is None:
            shutil.rmtree(data / "restore.unfinished")
            assert first == "车9万元"
            unfinished = "library/files/x.unfinished/half.txt"  # opening clears it away
            assert tree(data) == {name: own for name, own in before.items() if name != unfinished}
        else:
            assert first == "车1万元"
            assert tree(kept) == {name: before[name] for name in moved}
            assert not [*data.glob("restore-*"), *data.glob("restore.*")]
