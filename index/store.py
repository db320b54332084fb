"""The library's SQLite file: reports, passages, vectors by content, and the manifest.

One commit here is the moment at which a change happens. The vectors are kept here too; the FAISS
file beside it is a snapshot that can be made again from them at any time.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from corpus.model.errors import BadIndex
from corpus.model.types import Noun, Passage, Report, content_id
from index.database import MOST_VALUES, Connection, Database, Row, marks

TABLES = """
CREATE TABLE IF NOT EXISTS manifest (
    one INTEGER PRIMARY KEY CHECK (one = 1), layout INTEGER NOT NULL, encoder TEXT NOT NULL,
    dimension INTEGER NOT NULL, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, organisation TEXT NOT NULL,
    level TEXT, year INTEGER, kind TEXT NOT NULL, pipeline TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, key TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE, content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_report ON passages (report);
CREATE INDEX IF NOT EXISTS passages_key ON passages (key);
CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    organisation TEXT NOT NULL, year INTEGER, measure TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS facts_id ON facts (id);
CREATE INDEX IF NOT EXISTS facts_report ON facts (report);
CREATE INDEX IF NOT EXISTS facts_slots ON facts (organisation, year, measure);
CREATE INDEX IF NOT EXISTS facts_measure ON facts (measure, year);
CREATE TABLE IF NOT EXISTS wordings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    fact TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS wordings_report ON wordings (report);
CREATE INDEX IF NOT EXISTS wordings_key ON wordings (key);
CREATE TABLE IF NOT EXISTS readings (
    report TEXT PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrected (
    fact INTEGER PRIMARY KEY REFERENCES facts (seq) ON DELETE CASCADE,
    correction INTEGER NOT NULL REFERENCES corrections (number) ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS corrected_correction ON corrected (correction);
"""
# Of these tables. 1 had no readings and no corrections. Tables are made where they are missing, so
# that all there is to do for a library of 1 is to say that it has them.
LAYOUT = 2
READABLE = (1, LAYOUT)


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
        return Manifest(**dict(rows[0])) if rows else None

    def pipelines(self) -> dict[str, str]:
        """Return the pipeline version that each report was read by."""
        rows = self.database.read("SELECT id, pipeline FROM reports")
        return {row["id"]: row["pipeline"] for row in rows}

    def readings(self) -> dict[str, Reading]:
        """Return how each report was read."""
        with_time = "SELECT id, pipeline, at FROM reports LEFT JOIN readings ON report = id"
        known = self.database.has("readings")
        rows = self.database.read(with_time if known else "SELECT id, pipeline, '' at FROM reports")
        return {row["id"]: Reading(pipeline=row["pipeline"], at=row["at"] or "") for row in rows}

    def reports(self) -> tuple[Report, ...]:
        """Return every report, by organisation, year, kind and name."""
        rows = self.database.read(
            "SELECT content FROM reports ORDER BY organisation, year, kind, name, id"
        )
        return tuple(Report.model_validate_json(row["content"]) for row in rows)

    def passages(self, report: str) -> tuple[Passage, ...]:
        """Return the passages of a report in reading order."""
        rows = self.database.read(
            "SELECT content FROM passages WHERE report = ? ORDER BY seq", (report,)
        )
        return tuple(Passage.model_validate_json(row["content"]) for row in rows)

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
        return self.database.read("SELECT seq, key, report, content FROM passages ORDER BY seq")

    def vectors(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the vectors that are known, as bytes of float32, by their keys."""
        known: dict[str, bytes] = {}
        for start in range(0, len(keys), MOST_VALUES):
            some = keys[start : start + MOST_VALUES]
            rows = self.database.read(
                f"SELECT key, vector FROM vectors WHERE key IN ({marks(some)})",  # noqa: S608
                some,
            )
            known.update((row["key"], row["vector"]) for row in rows)
        return known

    def keep_vectors(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors at once, so that an addition that is cut short need not encode again."""
        with self.writing() as connection:
            put_vectors(connection, vectors)


def passage_key(encoder: str, text: str) -> str:
    """Return the key of a passage's vector: what is encoded, and by which encoder."""
    return content_id(encoder, text)


def put_vectors(connection: Connection, vectors: Mapping[str, bytes]) -> None:
    """Write vectors by their keys; those that are there stay."""
    connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", vectors.items())


def put_report(connection: Connection, report: Report, *, pipeline: str) -> None:
    """Write a report, in place of the same file read by earlier rules."""
    drop_report(connection, report.id)
    connection.execute(
        "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            report.id,
            report.name,
            report.title,
            report.organisation,
            report.level,
            report.year,
            report.kind,
            pipeline,
            report.model_dump_json(exclude_defaults=True),
        ),
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("INSERT INTO readings VALUES (?, ?)", (report.id, now))


def put_passages(connection: Connection, passages: Iterable[Passage], *, encoder: str) -> None:
    """Write the passages of a report in reading order."""
    connection.executemany(
        "INSERT INTO passages (id, key, report, content) VALUES (?, ?, ?, ?)",
        (
            (
                passage.id,
                passage_key(encoder, passage.text),
                passage.report,
                passage.model_dump_json(),
            )
            for passage in passages
        ),
    )


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
        "SELECT key, vector FROM passages LEFT JOIN vectors USING (key) ORDER BY seq"
    ).fetchall()
    if any(row["vector"] is None for row in rows):
        raise BadIndex("索引里缺少向量：请移除并重新添加报告。")
    return [(row["key"], row["vector"]) for row in rows]


def drop_loose_vectors(connection: Connection) -> None:
    """Forget the vectors that no passage and no wording uses any more."""
    connection.execute(
        "DELETE FROM vectors WHERE key NOT IN"
        " (SELECT key FROM passages UNION SELECT key FROM wordings)"
    )
