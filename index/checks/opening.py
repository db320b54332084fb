"""The check of a library's database at its opening: of the whole file, once for each state of it.

Reading all of it costs with its size, and an answer reads little. So the state of the file that was
found whole is noted beside it, and checked again is what has changed since, what a killed process
left in the log, and what was checked more than a day ago, for a disk may lose bits without a word.
Every row that is read is held against its checksum all the same: see `index.checks.rows`.
"""

import time
from contextlib import suppress
from pathlib import Path

from index.engines.protocols import Database

NOTE = "-checked"  # behind the name of the database
DAY = 24 * 60 * 60.0
SETTLED = 2.0  # seconds after which a change of a file shows in its times


def check_at_opening(database: Database) -> None:
    """Raise `BadIndex` where a table, or an index over it, is not whole.

    A database that is no file of ours is looked after by its server.
    """
    if database.path is None:
        return
    note = database.path.with_name(database.path.name + NOTE)
    state = state_of(database.path)
    if state and state == _noted(note):
        return
    database.check()
    if state and database.writable:
        with suppress(OSError):  # it is checked again the next time
            note.write_text(state, encoding="utf-8")


def state_of(path: Path) -> str:
    """Return what tells a database from what it was before; "" while that cannot be told."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return ""
    own = path.stat()
    if time.time() - max(own.st_mtime, own.st_ctime) < SETTLED:
        return ""
    return f"{own.st_ino} {own.st_size} {own.st_mtime_ns} {own.st_ctime_ns}"


def _noted(note: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        if 0 <= time.time() - note.stat().st_mtime < DAY:
            return note.read_text(encoding="utf-8")
    return ""
