"""PostgreSQL, and nothing else: the only module that imports psycopg.

A library's tables lie in the schema that the address leads to. Any number of processes, on any
number of machines, read and write them; one of them writes at a time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import errors

from corpus.model.errors import BadIndex
from index.engines.protocols import Damaged, Row, Value

PATIENCE = 60  # seconds that a writer waits for the one before: there may be many
CONNECTING = 10  # seconds
MAKING = 7_230_451  # a number of our own, for who makes the tables
# What SQLite's declarations are here. Text is compared byte by byte, as SQLite does.
DIALECT = (
    (r"INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    (r"\bINTEGER\b", "BIGINT"),
    (r"\bTEXT\b", 'TEXT COLLATE "C"'),
    (r"\bBLOB\b", "BYTEA"),
    (r"\bWITHOUT ROWID", ""),
    # An entry of an index must be short here, and a title need not be.
    (r"(\(organisation, year), kind, name, id, title, level, pipeline\)", r"\1)"),
)
# `instr` by its name in SQLite.
OWN = """
CREATE OR REPLACE FUNCTION instr(TEXT, TEXT) RETURNS INTEGER
    LANGUAGE SQL IMMUTABLE AS 'SELECT strpos($1, $2)';
"""
MARK = re.compile(r"\?(\d*)")
NUL = "\0"  # which no text of PostgreSQL holds

BUSY = "别的进程一直在写 PostgreSQL 里的索引，请稍后再试。"
AWAY = "PostgreSQL（{host}）连不上：请检查它开着没有，WENSHU_STORE 里的地址和口令。"
FULL = "PostgreSQL（{host}）的磁盘满了，索引写不进去：请腾出空间再试。"
FORBIDDEN = "PostgreSQL（{host}）不许这个用户读写索引：请检查 WENSHU_STORE 里的用户和权限。"
FAILED = "PostgreSQL（{host}）出错（{code}）：请查看它的日志。"
DAMAGED = "PostgreSQL（{host}）里的索引已损坏：请从它的备份恢复，或移除后重新添加报告。"


class PostgresRow:
    """A row, its values by the names of the columns and by their places."""

    __slots__ = ("_places", "_values")

    def __init__(self, values: Sequence[Value], places: Mapping[str, int]) -> None:
        self._values = values
        self._places = places

    def __getitem__(self, column: int | str, /) -> Any:
        return self._values[self._places[column] if isinstance(column, str) else column]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)

    def keys(self) -> Iterable[str]:
        """Return the names of the columns in their order."""
        return self._places.keys()


class PostgresConnection:
    """The write transaction of a library, with statements as `index.store` writes them."""

    def __init__(self, connection: "psycopg.Connection[PostgresRow]") -> None:
        self._connection = connection

    def execute(
        self, statement: str, values: Sequence[Value] = (), /
    ) -> "psycopg.Cursor[PostgresRow]":
        """Run a statement."""
        return self._connection.execute(translated(statement), values)

    def executemany(self, statement: str, rows: Iterable[Sequence[Value]], /) -> None:
        """Run a statement for each of some rows of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(translated(statement), rows)


class PostgresDatabase:
    """The tables of a library in PostgreSQL, for many threads and processes.

    Reads take turns on one connection, which is made anew where the server was away; a writer has
    its own. Every error becomes `BadIndex`; none says more of the address than its host.
    """

    path = None
    writable = True

    def __init__(self, address: str, *, tables: str) -> None:
        self._address = address
        self._host = urlsplit(address).hostname or "localhost"
        self._lock = Lock()
        with self.guarded():
            self._reader = self._connect()
            self._make(tables)

    def has(self, table: str) -> bool:  # noqa: ARG002 - as of the protocol
        """Tell whether there is such a table: they are all made at the opening."""
        return True

    def has_checksums(self) -> bool:
        """Tell whether the rows have checksums: there was no layout without them here."""
        return True

    def check(self) -> None:
        """Raise `BadIndex` where it does not answer: what its files hold is the server's part."""
        self.read("SELECT count(*) FROM manifest")

    def read(self, statement: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return the rows of a SELECT, as of the last commit."""
        plain = [one.replace(NUL, "\ufffd") if isinstance(one, str) else one for one in values]
        with self._lock, self.guarded():
            if self._reader.closed:
                self._reader = self._connect()
            try:
                return self._rows(statement, plain)
            except psycopg.OperationalError:
                if not self._reader.closed:
                    raise
                self._reader = self._connect()  # the server was started anew meanwhile
                return self._rows(statement, plain)

    def _rows(self, statement: str, values: Sequence[Value]) -> list[Row]:
        return [*self._reader.execute(translated(statement), values).fetchall()]

    @contextmanager
    def writing(self) -> Iterator[PostgresConnection]:
        """Hold the one write transaction; commit at the end, roll back on any exception."""
        with self.guarded(), self._connect() as connection, connection.transaction():
            connection.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            connection.execute("LOCK TABLE manifest IN SHARE ROW EXCLUSIVE MODE")
            connection.execute("SET LOCAL lock_timeout = 0")
            yield PostgresConnection(connection)

    @contextmanager
    def transaction(self) -> Iterator[PostgresConnection]:
        """Hold a transaction beside those of others, on a connection of its own."""
        with self.guarded(), self._connect() as connection, connection.transaction():
            yield PostgresConnection(connection)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn what goes wrong into one sentence that says what to do."""
        try:
            yield
        except (psycopg.Error, Damaged) as error:
            raise BadIndex(self._said_of(error)) from error

    def _said_of(self, error: psycopg.Error | Damaged) -> str:
        kinds: tuple[tuple[type[Exception], str], ...] = (
            (errors.LockNotAvailable, BUSY),
            (errors.DiskFull, FULL),
            (errors.InsufficientPrivilege, FORBIDDEN),
            (Damaged, DAMAGED),
            (psycopg.OperationalError, AWAY),
        )
        said = next((said for kind, said in kinds if isinstance(error, kind)), FAILED)
        return said.format(host=self._host, code=getattr(error, "sqlstate", None) or "?")

    def _connect(self) -> "psycopg.Connection[PostgresRow]":
        return psycopg.connect(
            self._address,
            autocommit=True,
            connect_timeout=CONNECTING,
            client_encoding="utf8",
            cursor_factory=psycopg.RawCursor,
            row_factory=to_rows,
        )

    def _make(self, tables: str) -> None:
        """Make the tables where they are missing; of several processes at once, one does."""
        if self._rows("SELECT to_regclass('uploads') AS made", ())[0]["made"]:
            return
        with self._connect() as connection, connection.transaction():
            connection.execute(f"SELECT pg_advisory_xact_lock({MAKING})")
            for statement in filter(str.strip, in_dialect(tables).split(";\n")):
                connection.execute(statement)
            connection.execute(OWN)

    def close(self) -> None:
        """Close the reading connection; the database is not used after that."""
        with self._lock:
            self._reader.close()


def to_rows(cursor: "psycopg.Cursor[Any]") -> Callable[[Sequence[Value]], PostgresRow]:
    """Return what makes a row of values, for a cursor of psycopg."""
    places = {column.name: place for place, column in enumerate(cursor.description or ())}
    return lambda values: PostgresRow(values, places)


def in_dialect(tables: str) -> str:
    """Return declarations of tables as PostgreSQL reads them."""
    for pattern, ours in DIALECT:
        tables = re.sub(pattern, ours, tables)
    return tables


@cache
def translated(statement: str) -> bytes:
    """Return a statement with the numbered marks of PostgreSQL for the marks of SQLite."""
    number = 0

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"${match[1] or number}"

    return MARK.sub(numbered, statement).encode()
