"""The library's SQLite file: reports, passages, vectors by content, and the manifest.

One commit here is the moment at which a change happens. The vectors are kept here too; the FAISS
file beside it is a snapshot that can be made again from them at any time.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from corpus.model.errors import BadIndex
from corpus.model.types import Noun, Passage, Report, content_id
from index.checks.rows import COVERED, check_rows, crc_of, parsed, read_checked
from index.database import (
    MOST_VALUES,
    Connection,
    Database,
    Row,
    Value,
    as_bad_index,
    damaged,
    marks,
)

TABLES = """
CREATE TABLE IF NOT EXISTS manifest (
    one INTEGER PRIMARY KEY CHECK (one = 1), layout INTEGER NOT NULL, encoder TEXT NOT NULL,
    dimension INTEGER NOT NULL, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, organisation TEXT NOT NULL,
    level TEXT, year INTEGER, kind TEXT NOT NULL, pipeline TEXT NOT NULL, content TEXT NOT NULL,
    crc INTEGER);
CREATE TABLE IF NOT EXISTS passages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, key TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE, content TEXT NOT NULL,
    crc INTEGER);
CREATE INDEX IF NOT EXISTS passages_report ON passages (report);
CREATE INDEX IF NOT EXISTS passages_key ON passages (key);
CREATE TABLE IF NOT EXISTS vectors (
    key TEXT PRIMARY KEY, vector BLOB NOT NULL, crc INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshots (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS facts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    organisation TEXT NOT NULL, year INTEGER, measure TEXT NOT NULL, content TEXT NOT NULL,
    crc INTEGER);
CREATE INDEX IF NOT EXISTS facts_id ON facts (id);
CREATE INDEX IF NOT EXISTS facts_report ON facts (report);
CREATE INDEX IF NOT EXISTS facts_slots ON facts (organisation, year, measure);
CREATE INDEX IF NOT EXISTS facts_measure ON facts (measure, year);
CREATE TABLE IF NOT EXISTS wordings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    fact TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, crc INTEGER);
CREATE INDEX IF NOT EXISTS wordings_report ON wordings (report);
CREATE INDEX IF NOT EXISTS wordings_key ON wordings (key);
CREATE TABLE IF NOT EXISTS readings (
    report TEXT PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE, at TEXT NOT NULL,
    crc INTEGER);
CREATE TABLE IF NOT EXISTS corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL, crc INTEGER);
CREATE TABLE IF NOT EXISTS corrected (
    fact INTEGER PRIMARY KEY REFERENCES facts (seq) ON DELETE CASCADE,
    correction INTEGER NOT NULL REFERENCES corrections (number) ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS corrected_correction ON corrected (correction);
"""
# Of these tables. 1 had no readings and no corrections, 2 no checksums and no digests of snapshots.
# Tables are made where they are missing; what else there is to do is `index.library`'s to do.
LAYOUT = 3
VECTOR_MISSING = "索引里缺少向量：请移除并重新添加报告。"
READABLE = (1, 2, LAYOUT)
SNAPSHOTS_KEPT = 2  # the last but one is for a search that is about to load it


class Manifest(Noun):
    """What the index was made with; `revision` grows with every change, `dimension` 0 is empty."""

    layout: int
    encoder: str
    dimension: int
    revision: int


class Reading(Noun):
    """How a report was read: by which version of the rules, and when, "" where that is unknown."""

    pipeline: str
    at: str


class Store:
    """Reads and writes the tables of one library."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path, tables=TABLES)

    def writing(self) -> AbstractContextManager[Connection]:
        """Hold the one write transaction of the library."""
        return self.database.writing()

    def manifest(self) -> Manifest | None:
        """Return the manifest, or none where nothing was ever added."""
        rows = self.database.read("SELECT layout, encoder, dimension, revision FROM manifest")
        try:
            return Manifest(**dict(rows[0])) if rows else None
        except ValidationError as error:
            raise damaged(self.database.path) from error

    def pipelines(self) -> dict[str, str]:
        """Return the pipeline version that each report was read by."""
        rows = read_checked(self.database, "reports", ("id",))
        return {row["id"]: row["pipeline"] for row in rows}

    def readings(self) -> dict[str, Reading]:
        """Return how each report was read."""
        times = {}
        if self.database.has("readings"):
            read = read_checked(self.database, "readings", ("report",))
            times = {row["report"]: row["at"] for row in read}
        return {
            report: Reading(pipeline=pipeline, at=times.get(report, ""))
            for report, pipeline in self.pipelines().items()
        }

    def reports(self) -> tuple[Report, ...]:
        """Return every report, by organisation, year, kind and name."""
        rows = read_checked(
            self.database, "reports", rest="ORDER BY organisation, year, kind, name, id"
        )
        with as_bad_index(self.database.path):
            return tuple(parsed(Report, row) for row in rows)

    def passages(self, report: str) -> tuple[Passage, ...]:
        """Return the passages of a report in reading order."""
        rows = read_checked(
            self.database, "passages", rest="WHERE report = ? ORDER BY seq", values=(report,)
        )
        return tuple(map(self.row_to_passage, rows))

    def row_to_passage(self, row: Row) -> Passage:
        """Return the passage of a row."""
        with as_bad_index(self.database.path):
            return parsed(Passage, row)

    def counts(self, report: str) -> tuple[int, int]:
        """Return how many passages and facts a report has."""
        (row,) = self.database.read(
            "SELECT (SELECT count(*) FROM passages WHERE report = ?1),"
            " (SELECT count(*) FROM facts WHERE report = ?1)",
            (report,),
        )
        return row[0], row[1]

    def passage_rows(self) -> list[Row]:
        """Return seq, key, report and content of every passage, in the order of the snapshot."""
        return read_checked(
            self.database, "passages", ("seq", "key", "report"), rest="ORDER BY seq"
        )

    def vectors(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the vectors that are known, as bytes of float32, by their keys."""
        known: dict[str, bytes] = {}
        for start in range(0, len(keys), MOST_VALUES):
            some = keys[start : start + MOST_VALUES]
            rows = read_checked(
                self.database, "vectors", rest=f"WHERE key IN ({marks(some)})", values=some
            )
            known.update((row["key"], row["vector"]) for row in rows)
        return known

    def snapshot_digest(self, name: str) -> str:
        """Return the SHA-256 of a snapshot as it was written, "" for one that is not known."""
        if not self.database.has("snapshots"):
            return ""
        rows = self.database.read("SELECT digest FROM snapshots WHERE name = ?", (name,))
        return str(rows[0]["digest"]) if rows else ""

    def snapshot_names(self) -> frozenset[str]:
        """Return the names of the snapshots that are known, as of the last commit."""
        rows = self.database.read("SELECT name FROM snapshots")
        return frozenset(row["name"] for row in rows)

    def keep_vectors(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors at once, so that an addition that is cut short need not encode again."""
        with self.writing() as connection:
            put_vectors(connection, vectors)


def passage_key(encoder: str, text: str) -> str:
    """Return the key of a passage's vector: what is encoded, and by which encoder."""
    return content_id(encoder, text)


def put_vectors(connection: Connection, vectors: Mapping[str, bytes]) -> None:
    """Write vectors by their keys; those that are there stay."""
    connection.executemany(
        "INSERT OR IGNORE INTO vectors (key, vector, crc) VALUES (?, ?, ?)",
        ((key, vector, crc_of(key, vector)) for key, vector in vectors.items()),
    )


def put_snapshot(connection: Connection, name: str, digest: str) -> None:
    """Write the digest of a snapshot's file as the newest; those of older ones go."""
    connection.execute("DELETE FROM snapshots WHERE name = ?", (name,))
    connection.execute("INSERT INTO snapshots (name, digest) VALUES (?, ?)", (name, digest))
    connection.execute(
        "DELETE FROM snapshots WHERE seq NOT IN"
        " (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?)",
        (SNAPSHOTS_KEPT,),
    )


def put_report(connection: Connection, report: Report, *, pipeline: str) -> None:
    """Write a report, in place of the same file read by earlier rules."""
    drop_report(connection, report.id)
    covered: tuple[Value, ...] = (
        report.name,
        report.title,
        report.organisation,
        report.level,
        report.year,
        report.kind,
        pipeline,
        report.model_dump_json(exclude_defaults=True),
    )
    connection.execute(
        f"INSERT INTO reports (id, {', '.join(COVERED['reports'])}, crc)"  # noqa: S608 - own names
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (report.id, *covered, crc_of(*covered)),
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        "INSERT INTO readings (report, at, crc) VALUES (?, ?, ?)", (report.id, now, crc_of(now))
    )


def put_passages(connection: Connection, passages: Iterable[Passage], *, encoder: str) -> None:
    """Write the passages of a report in reading order."""
    contents = ((passage, passage.model_dump_json()) for passage in passages)
    connection.executemany(
        "INSERT INTO passages (id, key, report, content, crc) VALUES (?, ?, ?, ?, ?)",
        (
            (
                passage.id,
                passage_key(encoder, passage.text),
                passage.report,
                content,
                crc_of(content),
            )
            for passage, content in contents
        ),
    )


def loaded(connection: Connection) -> frozenset[str]:
    """Return the ids of the reports as this transaction sees them."""
    return frozenset(row["id"] for row in connection.execute("SELECT id FROM reports"))


def drop_report(connection: Connection, report: str) -> bool:
    """Take a report away with its passages and facts; tell whether it was there."""
    return connection.execute("DELETE FROM reports WHERE id = ?", (report,)).rowcount > 0


def twins(connection: Connection, report: Report) -> tuple[str, ...]:
    """Return the ids of other files of the same report: organisation, level, year, kind, title.

    A report of which one of these is not known has no twins: two unknowns need not be the same.
    """
    if not (report.organisation and report.title and report.year is not None):
        return ()
    rows = connection.execute(
        "SELECT id FROM reports WHERE organisation = ? AND level IS ? AND year = ? AND kind = ?"
        " AND title = ? AND id <> ?",
        (report.organisation, report.level, report.year, report.kind, report.title, report.id),
    )
    return tuple(row["id"] for row in rows)


def put_manifest(connection: Connection, *, encoder: str, dimension: int) -> None:
    """Write what the index is made with, and count the change."""
    connection.execute(
        "INSERT INTO manifest VALUES (1, ?1, ?2, ?3, 1) ON CONFLICT (one) DO UPDATE"
        " SET layout = ?1, encoder = ?2, dimension = ?3, revision = revision + 1",
        (LAYOUT, encoder, dimension),
    )


def count_change(connection: Connection) -> None:
    """Count a change that leaves reports and passages as they are, of tables of this layout."""
    connection.execute("UPDATE manifest SET layout = ?, revision = revision + 1", (LAYOUT,))


def keyed_vectors(connection: Connection) -> list[tuple[str, bytes]]:
    """Return key and vector of every passage as this transaction sees them, in their order."""
    rows = connection.execute(
        "SELECT key, vector, vectors.crc FROM passages LEFT JOIN vectors USING (key) ORDER BY seq"
    ).fetchall()
    if any(row["vector"] is None for row in rows):
        raise BadIndex(VECTOR_MISSING)
    check_rows("vectors", rows)
    return [(row["key"], row["vector"]) for row in rows]


def drop_loose_vectors(connection: Connection) -> None:
    """Forget the vectors that no passage and no wording uses any more."""
    connection.execute(
        "DELETE FROM vectors WHERE key NOT IN"
        " (SELECT key FROM passages UNION SELECT key FROM wordings)"
    )
