"""SQLite, and nothing else: the only module that imports it, for every store of the project."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Lock

from corpus.model.errors import BadIndex
from index.engines import protocols
from index.engines.protocols import Damaged, Value

Connection = sqlite3.Connection
Row = sqlite3.Row

FULL = "磁盘满了，索引写不进去（{path}）：请腾出空间再试。"
CLOSED = "索引打不开或写不进去（{path}）：请检查磁盘空间和权限。"
DAMAGED = "索引已损坏：请把文件夹 {folder} 移走，再重新添加报告。"
KEPT = (
    "索引已损坏：请把文件夹 {folder} 改名为 {folder}.damaged，再运行"
    " wenshu add {folder}.damaged/files，报告的原件都在里面。"
)
ORIGINALS = "files"  # beside a library, the files that its reports were read from
# What SQLite says of a file whose content is not what was written, as if the statement were wrong.
SIGNS_OF_DAMAGE = ("UTF-8", "no such", "has no column", "malformed")
READ_ONLY = "索引只能读，不能改（{path}）：请检查权限，或用 WENSHU_DATA 换一个能写的文件夹。"
PATIENCE = 60.0  # seconds that a backup waits for who writes
MOST_VALUES = 30_000  # SQLite takes 32,766 values in one statement


def connect(path: Path, *, shared: bool = False) -> Connection:
    """Open the database at `path`, made with its folder where it is missing.

    Rows answer to column names. Write-ahead logging lets readers go on while one writes; a change
    survives the death of the process, and a power cut costs at most the last moments, never the
    file. Call from the thread that uses the connection, unless it is `shared` under a lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=10.0, check_same_thread=not shared)
    connection.row_factory = Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def connect_to_read(path: Path) -> Connection:
    """Open a database that cannot be written; call under a lock.

    Write-ahead logging wants a file beside it even to read, unless it is told that nobody writes.
    """
    log = path.with_name(path.name + "-wal")
    alone = "" if log.exists() and log.stat().st_size else "&immutable=1"
    address = f"{path.absolute().as_uri()}?mode=ro{alone}"
    connection = sqlite3.connect(address, uri=True, timeout=10.0, check_same_thread=False)
    connection.row_factory = Row
    return connection


def connect_unchanged(path: Path) -> Connection:
    """Open a database that must be there, with no setting of it changed, writable or not."""
    if not is_writable(path):
        return connect_to_read(path)
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=10.0, isolation_level=None)
    connection.row_factory = Row
    return connection


def is_writable(path: Path) -> bool:
    """Tell whether a database can be written, with what SQLite keeps beside it."""
    return not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


class Database:
    """A database for many threads: reads take turns on one connection, a writer has its own.

    One that cannot be written is read as it is. Every error of SQLite becomes `BadIndex`.
    """

    def __init__(self, path: Path, *, tables: str) -> None:
        self.path = path
        self.writable = is_writable(path)
        self._lock = Lock()
        with as_bad_index(path):
            if not self.writable:
                self._reader = connect_to_read(path)
                return
            self._reader = connect(path, shared=True)
            self._reader.executescript(tables)

    def has(self, table: str) -> bool:
        """Tell whether there is such a table: one that cannot be written may be of earlier days."""
        return bool(self.read("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def has_checksums(self) -> bool:
        """Tell whether the rows of a library have checksums: from layout 3 on they do."""
        return bool(self.read("SELECT 1 FROM pragma_table_info('facts') WHERE name = 'crc'"))

    def check(self) -> None:
        """Raise `BadIndex` where a table, or an index over it, is not whole.

        That what a row holds is what was written is the checksums' part: see `index.checks.rows`.
        """
        if self.read("PRAGMA integrity_check(1)")[0][0] != "ok":
            raise damaged(self.path)

    def read(self, statement: str, values: Sequence[Value] = ()) -> list[protocols.Row]:
        """Return the rows of a SELECT, as of the last commit."""
        with self._lock, as_bad_index(self.path):
            return self._reader.execute(statement, values).fetchall()

    def guarded(self) -> AbstractContextManager[None]:
        """Turn what goes wrong with what was read into one sentence that says what to do."""
        return as_bad_index(self.path)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the one write transaction; commit at the end, roll back on any exception."""
        if not self.writable:
            raise BadIndex(READ_ONLY.format(path=self.path))
        with as_bad_index(self.path):
            connection = connect(self.path, shared=True)
            try:
                connection.execute("BEGIN IMMEDIATE")
                with connection:
                    yield connection
            finally:
                connection.close()

    def close(self) -> None:
        """Close the reading connection; the database is not used after that."""
        with self._lock:
            self._reader.close()


class Snapshot:
    """A database as it is at the moment of opening, while others go on writing it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with as_bad_index(path):
            self._connection = connect_unchanged(path)
            self._connection.execute("BEGIN")
            self.read("SELECT count(*) FROM sqlite_schema")  # the first read is the moment

    def read(self, statement: str) -> list[Row]:
        """Return the rows of a SELECT, as of the moment."""
        with as_bad_index(self.path):
            return self._connection.execute(statement).fetchall()

    def copy(self, path: Path) -> None:
        """Write a copy; raise `BadIndex` where the database turns out to be damaged."""
        with as_bad_index(path), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)
        with as_bad_index(self.path), closing(sqlite3.connect(path)) as copy:
            if copy.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise sqlite3.DatabaseError

    def close(self) -> None:
        """Let go of the moment."""
        self._connection.close()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every writer of a database waiting; one that cannot be written has none."""
    if not is_writable(path):
        yield
        return
    with as_bad_index(path), closing(connect_unchanged(path)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
        connection.execute("BEGIN IMMEDIATE")
        yield


def marks(values: Sequence[Value]) -> str:
    """Return what stands in an IN list, "?,?,?" for three values; nothing is in that of none."""
    return ",".join("?" * len(values)) or "NULL"


@contextmanager
def as_bad_index(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the database at `path` into one sentence that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        said = str(error)
        if "locked" in said:
            raise BadIndex("另一个程序正在写索引，请稍后再试。") from error
        if any(sign in said for sign in SIGNS_OF_DAMAGE):
            raise damaged(path) from error
        raise BadIndex((FULL if "full" in said else CLOSED).format(path=path)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError, Damaged) as error:
        raise damaged(path) from error


def damaged(path: Path) -> BadIndex:
    """Return the error of a database that is not whole; it names the originals that are kept."""
    kept = (path.parent / ORIGINALS).is_dir()
    return BadIndex((KEPT if kept else DAMAGED).format(folder=path.parent))
