"""SQLite, and nothing else: the only module that imports it, for every store of the project."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from corpus.model.errors import BadIndex

Connection = sqlite3.Connection
Row = sqlite3.Row
Value = str | int | float | bytes | None

FULL = "磁盘满了，索引写不进去（{path}）：请腾出空间再试。"
CLOSED = "索引打不开或写不进去（{path}）：请检查磁盘空间和权限。"
READ_ONLY = "索引只能读，不能改（{path}）：请检查权限，或用 WENSHU_DATA 换一个能写的文件夹。"
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
        with _as_bad_index(path):
            if not self.writable:
                self._reader = connect_to_read(path)
                return
            self._reader = connect(path, shared=True)
            self._reader.executescript(tables)

    def has(self, table: str) -> bool:
        """Tell whether there is such a table: one that cannot be written may be of earlier days."""
        return bool(self.read("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def read(self, statement: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return the rows of a SELECT, as of the last commit."""
        with self._lock, _as_bad_index(self.path):
            return self._reader.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the one write transaction; commit at the end, roll back on any exception."""
        if not self.writable:
            raise BadIndex(READ_ONLY.format(path=self.path))
        with _as_bad_index(self.path):
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


def marks(values: Sequence[Value]) -> str:
    """Return the question marks of an IN list, "?,?,?" for three values."""
    return ",".join("?" * len(values))


@contextmanager
def _as_bad_index(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BadIndex("另一个程序正在写索引，请稍后再试。") from error
        raise BadIndex((FULL if "full" in str(error) else CLOSED).format(path=path)) from error
    except sqlite3.DatabaseError as error:
        raise BadIndex(f"索引已损坏：请把文件夹 {path.parent} 移走，再重新添加报告。") from error
