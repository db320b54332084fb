"""Putting restored data in place of what is there; killed in its midst, it is finished later.

The restored data stands complete in a folder of its own beside the old. Renaming that folder to
`restore-….ready` is the moment of the change: from then on whoever opens the data folder, or the
next restore, carries out what is left of it. First the old is moved into `before-restore-…`, then
the new is moved in. All of it lies within the data folder: that may be a mount of its own, and the
model and the settings stay where they are.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.backup import scope


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data folder for a backup or a restore, with what an earlier restore left done."""
    descriptor = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _carry_out(data)
        yield
    finally:
        os.close(descriptor)


def finish(data: Path) -> None:
    """Carry out what is left of a restore that was cut short, if there is one."""
    if _begun(data):
        with locked(data):
            return


def put_in_place(stage: Path, data: Path) -> Path | None:
    """Let the data in `stage`, a folder within `data`, take the place of what is there.

    Returns the folder that now holds what was there, if anything was. Call with `data` locked.
    """
    stamp = _free_stamp(data)
    sync_tree(stage)
    stage.replace(data / scope.READY.replace("*", stamp))
    _carry_out(data)
    kept = data / scope.REPLACED.replace("*", stamp)
    return kept if kept.is_dir() else None


def _carry_out(data: Path) -> None:
    """Do what is left to do of a restore."""
    for ready in data.glob(scope.READY):
        for old in scope.entries(data):
            _set_aside(old, _kept(ready))
        ready.replace(ready.with_suffix(".moving"))
    for moving in data.glob(scope.MOVING):
        for new in sorted(moving.iterdir()):
            place = data / new.name
            if os.path.lexists(place):  # made in the meantime by who found nothing there
                _set_aside(place, _kept(moving))
            new.replace(place)
        moving.rmdir()
        sync(data)


def sync(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """See that everything in a folder is on the disk."""
    for path in (*folder.rglob("*"), folder):
        sync(path)


def _begun(data: Path) -> bool:
    return any(next(data.glob(form), None) for form in (scope.READY, scope.MOVING))


def _kept(step: Path) -> Path:
    """Return where what is replaced is kept, for a folder in one of the steps of a restore."""
    return step.with_name(f"before-{step.stem}")


def _set_aside(path: Path, kept: Path) -> None:
    kept.mkdir(exist_ok=True)
    place = kept / path.name
    while os.path.lexists(place):
        place = place.with_name(f"{place.name}~")
    path.replace(place)


def _free_stamp(data: Path) -> str:
    """Return the time of day as part of a name that is not taken."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    while (data / scope.REPLACED.replace("*", stamp)).exists():
        stamp += "~"
    return stamp
