"""Moving a library from one engine to another: copied whole, then counted and hashed on both sides.

Rows go in the order in which they were written, for that is the order of every answer; they are
numbered anew. Both sides are held while it lasts, and where they differ nothing is kept. The
originals stay where they are: an engine holds what was read of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from corpus.model.errors import BadIndex
from corpus.model.types import Noun, Report
from index.corrections import settle
from index.engines.opening import Engines, open_store
from index.engines.protocols import Connection, Row
from index.hits import Progress
from index.store import LAYOUT, Manifest, Store, put_manifest

PAGE = 2000  # rows that are in memory at once
# In this order, each with what its rows are ordered by, and what of them is written.
TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "reports": (
        "id",
        (
            *("id", "name", "title", "organisation", "level", "year", "kind", "pipeline"),
            *("content", "crc"),
        ),
    ),
    "readings": ("report", ("report", "at", "crc")),
    "passages": ("seq", ("id", "key", "report", "content", "crc")),
    "facts": ("seq", ("id", "report", "organisation", "year", "measure", "content", "crc")),
    "wordings": ("seq", ("key", "report", "fact", "first", "last", "crc")),
    "corrections": ("number", ("content", "crc")),
}
IN_FORCE = """
SELECT facts.report, facts.id, facts.crc, corrections.crc FROM corrected
JOIN facts ON facts.seq = corrected.fact JOIN corrections ON number = corrected.correction
ORDER BY facts.seq
"""
NAMES = {
    "reports": "报告",
    "readings": "读取记录",
    "passages": "段落",
    "facts": "数字",
    "wordings": "说法",
    "corrections": "更正",
}
CORRECTED, VECTORS = "生效的更正", "向量"
USED = "SELECT key FROM passages UNION SELECT key FROM wordings ORDER BY key"

NOTHING = "没有可以搬的：那里还没有报告。"
OCCUPIED = "要搬去的地方已经有 {count} 份报告，没有搬：请先清空，或换一个地方。"
EARLIER = "索引是早先的版本建的，没有搬：请先用 wenshu list 打开一次。"
LACKING = "缺少向量，没有搬：请移除并重新添加报告。"
DIFFERENT = "搬过去的和原来的不一样（{names}），没有搬成，原来的没有动。"


class Content(Noun):
    """How many rows of a kind a library holds, and the SHA-256 of all of them in their order."""

    count: int
    digest: str


class Moved(Noun):
    """What each side holds, kind by kind."""

    before: dict[str, Content]
    after: dict[str, Content]


def migrate(folder: Path, source: Engines, target: Engines, *, progress: Progress) -> Moved:
    """Copy the library of `folder` from one engine into another that is empty.

    Raises `BadIndex` where there is nothing to copy, the target is not empty, or holds anything
    else than the source in the end; the source is as it was in any case.
    """
    with closing(open_store(folder, source)) as old, closing(open_store(folder, target)) as new:
        manifest = _check(old, new)
        with old.writing() as reading:
            _copy_vectors(old, new, _keys(reading), progress)
            with new.writing() as writing:
                for table in TABLES:
                    _copy(reading, writing, table, progress)
                for report in _corrected(old, reading):
                    settle(writing, report)
                dimension = new.vectors.settle(writing)
                put_manifest(writing, encoder=manifest.encoder, dimension=dimension)
                moved = Moved(before=_contents(old, reading), after=_contents(new, writing))
                if moved.before != moved.after:
                    raise BadIndex(DIFFERENT.format(names="、".join(_differing(moved))))
    return moved


def _check(old: Store, new: Store) -> Manifest:
    manifest = old.manifest()
    if manifest is None or not old.pipelines():
        raise BadIndex(NOTHING)
    if manifest.layout != LAYOUT:
        raise BadIndex(EARLIER)
    if there := len(new.pipelines()):
        raise BadIndex(OCCUPIED.format(count=there))
    return manifest


def _keys(connection: Connection) -> list[str]:
    return [row["key"] for row in connection.execute(USED)]


def _copy_vectors(old: Store, new: Store, keys: Sequence[str], progress: Progress) -> None:
    """Copy the vectors before the rows that refer to them; cut short, they are of no use."""
    for start in range(0, len(keys), PAGE):
        some = keys[start : start + PAGE]
        found = old.vectors.read(some)
        if len(found) < len(some):
            raise BadIndex(LACKING)
        new.vectors.keep(found)
        progress("搬向量", start + len(some), len(keys))


def _copy(reading: Connection, writing: Connection, table: str, progress: Progress) -> None:
    _, columns = TABLES[table]
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names
    (total,) = reading.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - own names
    done = 0
    for rows in _pages(reading, table):
        writing.executemany(insert, [tuple(row[name] for name in columns) for row in rows])
        done += len(rows)
        progress("搬条目", done, total)


def _pages(connection: Connection, table: str) -> Iterator[list[Row]]:
    """Yield the rows of a table in their order, some at a time."""
    place, columns = TABLES[table]
    names = ", ".join(dict.fromkeys((place, *columns)))
    select = f"SELECT {names} FROM {table}"  # noqa: S608 - own names
    rows = connection.execute(f"{select} ORDER BY {place} LIMIT {PAGE}").fetchall()
    while rows:
        yield rows
        after = f"{select} WHERE {place} > ? ORDER BY {place} LIMIT {PAGE}"
        rows = connection.execute(after, (rows[-1][place],)).fetchall()


def _corrected(store: Store, connection: Connection) -> list[Report]:
    """Return the reports that have a figure that is corrected."""
    rows = connection.execute(
        "SELECT DISTINCT report FROM facts JOIN corrected ON seq = corrected.fact ORDER BY report"
    )
    return [store.reports().get(row["report"]) for row in rows.fetchall()]


def _contents(store: Store, connection: Connection) -> dict[str, Content]:
    """Count and hash what a library holds, as its write transaction sees it."""
    found = {name: _content(_rows(connection, table)) for table, name in NAMES.items()}
    in_force = (tuple(row) for row in connection.execute(IN_FORCE))
    vectors = _vectors(store, _keys(connection))
    return found | {CORRECTED: _content(in_force), VECTORS: _content(vectors)}


def _rows(connection: Connection, table: str) -> Iterator[tuple[object, ...]]:
    _, columns = TABLES[table]
    for rows in _pages(connection, table):
        yield from (tuple(row[name] for name in columns) for row in rows)


def _vectors(store: Store, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(keys), PAGE):
        yield from sorted(store.vectors.read(keys[start : start + PAGE]).items())


def _content(rows: Iterable[tuple[object, ...]]) -> Content:
    digest, count = sha256(), 0
    for row in rows:
        digest.update(repr(row).encode())
        count += 1
    return Content(count=count, digest=digest.hexdigest())


def _differing(moved: Moved) -> list[str]:
    return [name for name, content in moved.before.items() if moved.after.get(name) != content]
