"""Putting a backup back: checked as a whole, written beside what is there, then swapped."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from corpus.model.errors import BadIndex
from corpus.model.types import Noun
from index.backup import scope
from index.backup.archive import NEWER, UNSAFE, Archive, Manifest
from index.backup.swapping import locked, put_in_place
from index.hits import Progress

OCCUPIED = (
    "数据文件夹 {data} 里已经有数据，没有恢复：要换成备份里的，请加 --yes，现有的会移到"
    "一个带日期的文件夹里留着。"
)
NO_ROOM = "磁盘剩下的地方不够恢复（{data}，要 {size:.0f} MB）：请腾出空间再试。"
MEGABYTE = 1024 * 1024


class Restored(Noun):
    """What was restored, and the folder that holds what was there before."""

    manifest: Manifest
    kept: Path | None


@contextmanager
def checked(path: Path, *, known: Mapping[str, int]) -> Iterator[Archive]:
    """Open a backup, every byte of it checked; `known` has the newest schema of each database.

    Raises `BadIndex` for a file that is damaged, foreign, newer, or would write elsewhere.
    """
    with Archive.open(path) as archive:
        for member in archive.manifest.members:
            if not scope.is_held(member.name):
                raise BadIndex(UNSAFE.format(path=path, name=member.name))
        schemas = archive.manifest.about.schemas
        if any(schema > known.get(name, schema) for name, schema in schemas.items()):
            raise BadIndex(NEWER.format(path=path))
        archive.check()
        yield archive


def restore(archive: Archive, data: Path, *, replace: bool, progress: Progress) -> Restored:
    """Put the data of a backup into the data folder; what is there makes way only to `replace`."""
    data.mkdir(parents=True, exist_ok=True)
    with locked(data):
        if scope.entries(data) and not replace:
            raise BadIndex(OCCUPIED.format(data=data))
        _check_room(archive.manifest, data)
        stage = data / scope.UNFINISHED
        shutil.rmtree(stage, ignore_errors=True)
        try:
            _write(archive, stage, progress)
        except OSError as error:
            error.filename = error.filename or str(data)  # a full disk does not say where
            raise
        else:
            kept = put_in_place(stage, data)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return Restored(manifest=archive.manifest, kept=kept)


def _check_room(manifest: Manifest, data: Path) -> None:
    size = sum(one.size for one in manifest.members)
    if size > shutil.disk_usage(data).free:
        raise BadIndex(NO_ROOM.format(data=data, size=size / MEGABYTE))


def _write(archive: Archive, stage: Path, progress: Progress) -> None:
    members = archive.manifest.members
    stage.mkdir()
    for done, member in enumerate(members, start=1):
        archive.extract(member, stage / member.name)
        progress("恢复", done, len(members))
