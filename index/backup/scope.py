"""What of a data folder a backup holds, and what stays where it is when one is restored.

Everything is held but what is named here: what is made again at need, what belongs to a running
process, and the settings, which hold the token.
"""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from index.backup.archive import is_sealed

LIBRARY = "library/library.sqlite"
ORIGINALS = "library/files"
DATABASES = ".sqlite"
# Before or after a restore, or in its middle: see `index.backup.swapping`.
UNFINISHED, READY, MOVING, REPLACED = (
    "restore.unfinished",
    "restore-*.ready",
    "restore-*.moving",
    "before-restore-*",
)
STAYING = (
    *("models", "sets", "serve.lock", ".env*", "*.env"),
    *(UNFINISHED, READY, MOVING, REPLACED),
)
MADE_AGAIN = ("*.unfinished", "*.sqlite-wal", "*.sqlite-shm", "*.sqlite-checked", "vectors-*.faiss")


def stays(name: str) -> bool:
    """Tell whether an entry of the data folder is no part of a backup, by its name."""
    return any(fnmatchcase(name, form) for form in STAYING)


def is_held(name: str) -> bool:
    """Tell whether a backup may hold a file of this name, its path within the data folder.

    It must lie within that folder, and be what a backup would take from there.
    """
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or ".." in parts or "\0" in name:
        return False
    # Originals, which lie deeper, may be called anything.
    own = parts[: max(2, len(parts) - 1)]
    return not stays(parts[0]) and not any(
        fnmatchcase(part, form) for part in own for form in MADE_AGAIN
    )


def entries(data: Path) -> list[Path]:
    """Return what lies in the data folder and is restored as a whole, in order of name.

    A backup that somebody keeps there is not part of the data.
    """
    found = sorted(data.iterdir()) if data.is_dir() else []
    return [one for one in found if not stays(one.name) and not is_sealed(one)]


def files(data: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file that a backup holds, by its path within the data folder."""
    for entry in entries(data):
        for path in _files_in(entry, ()):
            name = path.relative_to(data).as_posix()
            if is_held(name) and (name.startswith(f"{ORIGINALS}/") or not is_sealed(path)):
                yield name, path


def _files_in(path: Path, above: tuple[str, ...]) -> Iterator[Path]:
    """Yield a file, or the files in a folder; links are followed, but not round in a circle."""
    real = os.path.realpath(path)
    if path.is_dir():
        if real not in above:
            for one in sorted(path.iterdir()):
                yield from _files_in(one, (*above, real))
    elif path.is_file():
        yield path
