"""A checksum beside every row of the library, held against the row whenever it is read.

What an index of SQLite holds a second time is compared by `Database.check`; the checksum covers
the rest, so that a flipped bit on the disk is an error, never an answer. It is no seal against
somebody who writes the file on purpose.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

from pydantic import BaseModel, ValidationError

from index.engines.protocols import Connection, Damaged, Database, Row, Value

# Of each table, the columns that its checksum covers, in this order.
COVERED: Mapping[str, tuple[str, ...]] = {
    "reports": ("name", "title", "organisation", "level", "year", "kind", "pipeline", "content"),
    "passages": ("content",),
    "vectors": ("key", "vector"),
    "facts": ("content",),
    "wordings": ("fact", "first", "last"),
    "readings": ("at",),
    "corrections": ("content",),
}
KINDS: Mapping[type, bytes] = {str: b"s", bytes: b"b", int: b"i", float: b"f", type(None): b"n"}
Noun = TypeVar("Noun", bound=BaseModel)


def crc_of(*values: Value) -> int:
    """Return the checksum of values, their kinds among them: the text 5 is not the number 5."""
    crc = 0
    for value in values:
        plain = value if isinstance(value, bytes) else str(value).encode()
        crc = crc32(plain, crc32(KINDS[type(value)], crc))
    return crc


def read_checked(
    database: Database,
    table: str,
    columns: Sequence[str] = (),
    rest: str = "",
    values: Sequence[Value] = (),
) -> list[Row]:
    """Return columns of a table, with those that its checksum covers, every row held against it.

    `rest` is the SELECT from its FROM on. A library of an earlier layout that can only be read has
    no checksums. Raises `BadIndex` for a row that is not what was written.
    """
    known = database.has_checksums()
    wanted = dict.fromkeys((*columns, *COVERED[table], *(("crc",) if known else ())))
    statement = f"SELECT {', '.join(wanted)} FROM {table} {rest}"  # noqa: S608 - own names
    rows = database.read(statement, values)
    if known:
        with database.guarded():
            check_rows(table, rows)
    return rows


def check_rows(table: str, rows: Iterable[Row]) -> None:
    """Hold rows against their checksums; raise `Damaged` where one is not what was written."""
    columns = COVERED[table]
    for row in rows:
        if row["crc"] != crc_of(*(row[column] for column in columns)):
            raise Damaged(table)


def parsed(model: type[Noun], row: Row) -> Noun:
    """Return what the content of a row says; raise `Damaged` where it does not say it."""
    try:
        return model.model_validate_json(row["content"])
    except ValidationError as error:
        raise Damaged(model.__name__) from error


def add_checksums(connection: Connection) -> None:
    """Give a checksum to every row that has none, within the caller's transaction."""
    for table, columns in COVERED.items():
        names = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        if "crc" not in names:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN crc INTEGER")
        place = next(name for name in ("seq", "number", "key", "id", "report") if name in names)
        read = f"SELECT {place} AS place, {', '.join(columns)} FROM {table} WHERE crc IS NULL"  # noqa: S608
        rows = connection.execute(read).fetchall()
        connection.executemany(
            f"UPDATE {table} SET crc = ? WHERE {place} = ?",  # noqa: S608 - own names
            [(crc_of(*(row[column] for column in columns)), row["place"]) for row in rows],
        )
