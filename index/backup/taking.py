"""Taking a backup of a data folder, as it is at one moment, while others read and write it.

For the moment every writer is held off: the databases are opened as they are now, and the files
beside them listed. Then all go on, and what was seen is copied, by SQLite's own backup where it is
a database. A backup that is restored is as if the power had been cut at that moment.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.model.errors import BadIndex
from corpus.model.types import Noun
from index.backup import scope
from index.backup.archive import About, Gone, Manifest, Member, Source, is_sealed, write_archive
from index.backup.swapping import locked, sync
from index.database import Snapshot, held
from index.hits import Progress
from index.store import LAYOUT

TRIES = 5
NOTHING = "没有可以备份的：数据文件夹 {data} 里还没有报告。"
TAKEN = "“{path}”已经有了，又不是问数的备份，没有覆盖它：请换一个名字。"
NO_FOLDER = "没有文件夹“{folder}”：请先建好，或换一个地方。"
BUSY = "另一个备份正在写“{path}”，请稍后再试。"
RESTLESS = "备份的时候文件一直在变，没有做成，请稍后再试。"


class _Moment(Noun):
    """What was there at one moment: files by their names, and what the library said of itself."""

    files: dict[str, Path]
    schemas: dict[str, int]
    reports: dict[str, str]  # names by ids


def take(data: Path, path: Path, *, progress: Progress) -> Manifest:
    """Write a backup of the data folder to `path`, in place of an earlier one; return what it has.

    It is written under another name and renamed: what is there under its name is whole.
    """
    _check_place(path)
    if not data.is_dir():
        raise BadIndex(NOTHING.format(data=data))
    with locked(data), _unfinished(path) as folder:
        made = folder / "backup"
        manifest = _write(data, made, folder, progress)
        made.replace(path)
        sync(path.parent)
    return manifest


def _check_place(path: Path) -> None:
    if not path.parent.is_dir():
        raise BadIndex(NO_FOLDER.format(folder=path.parent))
    if os.path.lexists(path) and not is_sealed(path):
        raise BadIndex(TAKEN.format(path=path))


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """Yield an empty folder beside `path` for what is not finished; nobody else may read it.

    What a killed backup left there is cleared away.
    """
    folder = path.with_name(f".{path.name}.unfinished")
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _claim(descriptor, path)
        for left in folder.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk does not say where
        raise
    finally:
        os.close(descriptor)


def _claim(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BadIndex(BUSY.format(path=path)) from error


def _write(data: Path, made: Path, folder: Path, progress: Progress) -> Manifest:
    """Write the backup; anew, from a new moment, where a file went before it was copied."""
    for _ in range(TRIES):
        made.unlink(missing_ok=True)
        with TemporaryDirectory(dir=folder) as copies:
            moment = _copy_databases(data, Path(copies))
            sources = [Source(name, path) for name, path in moment.files.items()]
            try:
                return write_archive(made, sources, partial(_about, moment), progress=progress)
            except Gone:
                continue
    raise BadIndex(RESTLESS)


def _copy_databases(data: Path, copies: Path) -> _Moment:
    """Return the files of one moment, copies in the place of the databases."""
    with ExitStack() as stack:
        with ExitStack() as still:
            databases = [name for name, _ in scope.files(data) if name.endswith(scope.DATABASES)]
            if not databases:
                raise BadIndex(NOTHING.format(data=data))
            for name in databases:
                still.enter_context(held(data / name))
            snapshots = {
                name: stack.enter_context(closing(Snapshot(data / name))) for name in databases
            }
            files = dict(scope.files(data))
        for number, (name, snapshot) in enumerate(snapshots.items()):
            files[name] = copies / f"{number}.sqlite"
            snapshot.copy(files[name])
            shutil.copymode(data / name, files[name])
        reports = _reports(snapshots)
        return _Moment(
            files={name: path for name, path in files.items() if _belongs(name, reports)},
            schemas={name: _schema(name, snapshot) for name, snapshot in snapshots.items()},
            reports=reports,
        )


def _reports(snapshots: dict[str, Snapshot]) -> dict[str, str]:
    library = snapshots.get(scope.LIBRARY)
    rows = library.read("SELECT id, name FROM reports") if library else []
    return {row["id"]: row["name"] for row in rows}


def _schema(name: str, snapshot: Snapshot) -> int:
    if name == scope.LIBRARY:
        rows = snapshot.read("SELECT layout FROM manifest")
        return int(rows[0]["layout"]) if rows else LAYOUT
    return int(snapshot.read("PRAGMA user_version")[0][0])


def _belongs(name: str, reports: dict[str, str]) -> bool:
    """Tell whether a file is no original, or that of a report that is loaded at the moment."""
    folder, _, rest = name.partition(f"{scope.ORIGINALS}/")
    return bool(folder) or not rest or rest.partition("/")[0] in reports


def _about(moment: _Moment, members: Sequence[Member]) -> About:
    whole = {one.sha256 for one in members if one.name.startswith(f"{scope.ORIGINALS}/")}
    return About(
        program=version("wenshu"),
        at=datetime.now().astimezone().isoformat(timespec="seconds"),
        schemas=moment.schemas,
        reports=len(moment.reports),
        lost=tuple(sorted(name for one, name in moment.reports.items() if one not in whole)),
    )
