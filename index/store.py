"""The tables of a library: reports, passages, vectors by content, and the manifest.

Who, when and what a report is, is known of all at once; what it says is read when it is asked for,
so that a question costs the reports that it is asked of, however many there are. One commit here is
the moment at which a change happens.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from importlib import import_module
from itertools import chain, groupby
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from corpus.model.errors import BadIndex
from corpus.model.types import Noun, Passage, Report, content_id
from index.checks.rows import COVERED, crc_of, parsed, read_checked
from index.database import MOST_VALUES, marks
from index.engines.protocols import Connection, Damaged, Database, Nearness, Row, Value, Vectors

TABLES = """
CREATE TABLE IF NOT EXISTS manifest (
    one INTEGER PRIMARY KEY CHECK (one = 1), layout INTEGER NOT NULL, encoder TEXT NOT NULL,
    dimension INTEGER NOT NULL, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, organisation TEXT NOT NULL,
    level TEXT, year INTEGER, kind TEXT NOT NULL, pipeline TEXT NOT NULL, content TEXT NOT NULL,
    crc INTEGER);
CREATE INDEX IF NOT EXISTS reports_head ON reports
    (organisation, year, kind, name, id, title, level, pipeline);
CREATE TABLE IF NOT EXISTS passages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, key TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE, content TEXT NOT NULL,
    crc INTEGER);
CREATE INDEX IF NOT EXISTS passages_report ON passages (report);
CREATE INDEX IF NOT EXISTS passages_key ON passages (key);
CREATE TABLE IF NOT EXISTS vectors (
    key TEXT PRIMARY KEY, vector BLOB NOT NULL, crc INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doubted (key TEXT PRIMARY KEY) WITHOUT ROWID;
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
READABLE = (1, 2, LAYOUT)
HEAD = ("id", "name", "title", "organisation", "level", "year", "kind", "pipeline")
KEPT_READ = 256  # reports whose content stays in memory once it was read
GONE = "这份报告不在库里，可能已被移除或替换。"


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


class Held(Report):
    """A report of a library, whose content is read when it is first asked for.

    It is the same as the report that it stands for. What was read may be let go and read again.
    """

    if TYPE_CHECKING:
        _pipeline: str
        _content: Callable[[str, str], Report]

    @classmethod
    def of(cls, row: Row, content: Callable[[str, str], Report]) -> Self:
        """Return the report of a row of `HEAD`; `content` reads it by its id and its pipeline."""
        made = cls.__new__(cls)
        head = dict(zip(HEAD, row, strict=True))
        own = {"_pipeline": head.pop("pipeline"), "_content": content}
        state = {
            "__dict__": head | own,
            "__pydantic_fields_set__": set(head),
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
        for name, value in state.items():  # frozen, and validating it would read all of it
            object.__setattr__(made, name, value)
        return made

    def read(self) -> Report:
        """Return the report that this one stands for, with all that it says."""
        return self._content(self.id, self._pipeline)

    def __getattr__(self, name: str) -> object:
        """Return what is not of the head from the content."""
        if name in Report.model_fields:
            return getattr(self.read(), name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        """Tell whether another report says the same: so do two readings by the same rules."""
        if isinstance(other, Held):
            return (self.id, self._pipeline) == (other.id, other._pipeline)
        return self.read() == other

    __hash__ = Report.__hash__


class Reports(tuple[Report, ...]):
    """The reports of a library in their order, found at once by body and by id."""

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that they are of, each once."""
        return tuple(self._places)

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for at, report in enumerate(self):
            places[report.organisation].append(at)
        return dict(places)

    @cached_property
    def _by_id(self) -> Mapping[str, Report]:
        return {report.id: report for report in self}

    def of(self, bodies: Iterable[str]) -> tuple[Report, ...]:
        """Return the reports of some bodies, in their order."""
        places = (self._places.get(body, ()) for body in set(bodies))
        return tuple(self[at] for at in sorted(chain.from_iterable(places)))

    def get(self, report: str) -> Report:
        """Return a report by its id; raise `BadIndex` where it is not loaded."""
        if report not in self._by_id:
            raise BadIndex(GONE)
        return self._by_id[report]


class TableVectors:
    """The vectors of a library as a table of its database, compared by FAISS."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the vectors that are known, as bytes of float32, by their keys."""
        known: dict[str, bytes] = {}
        for some in batched(keys):
            rows = read_checked(
                self._database, "vectors", rest=f"WHERE key IN ({marks(some)})", values=some
            )
            known.update((row["key"], row["vector"]) for row in rows)
        return known

    def keep(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors at once, so that an addition that is cut short need not encode again."""
        with self._database.writing() as connection:
            put_vectors(connection, vectors)
            connection.executemany(
                "INSERT INTO doubted VALUES (?) ON CONFLICT DO NOTHING", [(key,) for key in vectors]
            )

    def stage(self, vectors: Mapping[str, bytes]) -> None:
        """Do nothing: the transaction to come writes them itself."""

    def put(self, connection: Connection, vectors: Mapping[str, bytes]) -> None:
        """Write the vectors that are not there."""
        put_vectors(connection, vectors)

    def settle(self, connection: Connection) -> int:
        """Forget what is of no use any more; return how long the vectors are, 0 for none."""
        drop_loose_vectors(connection)
        return dimension(connection)

    def index(self) -> Nearness:
        """Return what compares a question with the vectors; it loads faiss."""
        made: Nearness = import_module("index.passages").VectorIndex(self.read)
        return made

    def close(self) -> None:
        """Do nothing: the database is its owner's to close."""


class Store:
    """Reads and writes the tables of one library."""

    def __init__(
        self, database: Database, open_vectors: Callable[[Database], Vectors] = TableVectors
    ) -> None:
        self.database = database
        self._open_vectors = open_vectors
        self._has_vectors = False
        self._content = lru_cache(maxsize=KEPT_READ)(self._read_report)

    def writing(self) -> AbstractContextManager[Connection]:
        """Hold the one write transaction of the library."""
        return self.database.writing()

    def manifest(self) -> Manifest | None:
        """Return the manifest, or none where nothing was ever added."""
        rows = self.database.read("SELECT layout, encoder, dimension, revision FROM manifest")
        with self.database.guarded():
            try:
                return Manifest(**dict(rows[0])) if rows else None
            except ValidationError as error:
                raise Damaged from error

    def pipelines(self) -> dict[str, str]:
        """Return the pipeline version that each report was read by, of the index of heads."""
        rows = self.database.read("SELECT id, pipeline FROM reports")
        return {row["id"]: row["pipeline"] for row in rows}

    def pipeline(self, report: str) -> str | None:
        """Return the pipeline version that a report was read by, None where it is not loaded."""
        rows = self.database.read("SELECT pipeline FROM reports WHERE id = ?", (report,))
        return str(rows[0]["pipeline"]) if rows else None

    def reading(self, report: str) -> Reading:
        """Return how a report was read; raise `BadIndex` where it is not loaded."""
        pipeline = self.pipeline(report)
        if pipeline is None:
            raise BadIndex(GONE)
        rows: list[Row] = []
        if self.database.has("readings"):
            rest = "WHERE report = ?"
            rows = read_checked(self.database, "readings", rest=rest, values=(report,))
        return Reading(pipeline=pipeline, at=rows[0]["at"] if rows else "")

    def reports(self) -> Reports:
        """Return every report, by organisation, year, kind and name.

        Their heads are read from an index that has nothing else: content is long.
        """
        rows = self.database.read(
            f"SELECT {', '.join(HEAD)} FROM reports"  # noqa: S608 - own names
            " ORDER BY organisation, year NULLS FIRST, kind, name, id"
        )
        return Reports(Held.of(row, self._content) for row in rows)

    def _read_report(self, report: str, _pipeline: str) -> Report:
        """Read what a report says; the rules that read it tell one content from another."""
        rows = read_checked(self.database, "reports", rest="WHERE id = ?", values=(report,))
        if not rows:
            raise BadIndex(GONE)
        with self.database.guarded():
            return parsed(Report, rows[0])

    def is_spoken_of(self, name: str) -> bool:
        """Tell whether a report speaks of something by this name, wherever in its text."""
        rows = self.database.read(
            "SELECT id, pipeline FROM reports WHERE instr(content, ?) > 0", (name,)
        )
        return any(name in self._content(row["id"], row["pipeline"]).text for row in rows)

    def passages(self, report: str) -> tuple[Passage, ...]:
        """Return the passages of a report in reading order."""
        rows = read_checked(
            self.database, "passages", rest="WHERE report = ? ORDER BY seq", values=(report,)
        )
        return tuple(map(self.row_to_passage, rows))

    def row_to_passage(self, row: Row) -> Passage:
        """Return the passage of a row."""
        with self.database.guarded():
            return parsed(Passage, row)

    def counts(self, report: str) -> tuple[int, int]:
        """Return how many passages and facts a report has."""
        (row,) = self.database.read(
            "SELECT (SELECT count(*) FROM passages WHERE report = ?1),"
            " (SELECT count(*) FROM facts WHERE report = ?1)",
            (report,),
        )
        return row[0], row[1]

    def firsts(self, table: str, reports: Collection[str]) -> dict[str, int]:
        """Return the first seq that each of these reports, or of all, has in a table, if any.

        A seq is never given out again: what was read of a report holds while its first one stays.
        """
        first = f"(SELECT min(seq) FROM {table} WHERE report = reports.id)"  # noqa: S608
        select = f"SELECT id, {first} AS first FROM reports"  # noqa: S608 - own names
        parts: Sequence[Sequence[str]] = tuple(batched(reports)) or ((),)
        rows = chain.from_iterable(
            self.database.read(f"{select} WHERE id IN ({marks(some)})" if some else select, some)
            for some in parts
        )
        return {row["id"]: row["first"] for row in rows if row["first"] is not None}

    def rows_by_report(
        self, table: str, columns: Sequence[str], reports: Collection[str]
    ) -> Iterator[tuple[str, list[Row]]]:
        """Yield the rows of a table that each of these reports has, in their order."""
        for some in batched(reports):
            rest = f"WHERE report IN ({marks(some)}) ORDER BY report, seq"
            rows = read_checked(self.database, table, columns, rest, some)
            for report, own in groupby(rows, key=lambda row: row["report"]):
                yield report, list(own)

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors; a question that a fact answers needs none."""
        self._has_vectors = True
        return self._open_vectors(self.database)

    def close(self) -> None:
        """Let go of the database and the vectors; the store is not used after that."""
        if self._has_vectors:
            self.vectors.close()
        self.database.close()


def batched(values: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield values so many at a time as one statement takes."""
    some = tuple(values)
    for start in range(0, len(some), MOST_VALUES):
        yield some[start : start + MOST_VALUES]


def passage_key(encoder: str, text: str) -> str:
    """Return the key of a passage's vector: what is encoded, and by which encoder."""
    return content_id(encoder, text)


def put_vectors(connection: Connection, vectors: Mapping[str, bytes]) -> None:
    """Write vectors by their keys; those that are there stay."""
    connection.executemany(
        "INSERT INTO vectors (key, vector, crc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        ((key, vector, crc_of(key, vector)) for key, vector in vectors.items()),
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
    """Take a report away with its passages and facts; tell whether it was there.

    Whether its vectors are of use to others is told by `drop_loose_vectors`.
    """
    connection.execute(
        "INSERT INTO doubted SELECT key FROM passages WHERE report = ?1"
        " UNION SELECT key FROM wordings WHERE report = ?1 ON CONFLICT DO NOTHING",
        (report,),
    )
    return connection.execute("DELETE FROM reports WHERE id = ?", (report,)).rowcount > 0


def twins(connection: Connection, report: Report) -> tuple[str, ...]:
    """Return the ids of other files of the same report: organisation, level, year, kind, title.

    A report of which one of these is not known has no twins: two unknowns need not be the same.
    """
    if not (report.organisation and report.title and report.year is not None):
        return ()
    named = (report.organisation, report.year, report.level or "", report.kind, report.title)
    rows = connection.execute(
        "SELECT id FROM reports WHERE organisation = ? AND year = ? AND coalesce(level, '') = ?"
        " AND kind = ? AND title = ? AND id <> ?",
        (*named, report.id),
    )
    return tuple(row["id"] for row in rows)


def put_manifest(connection: Connection, *, encoder: str, dimension: int) -> None:
    """Write what the index is made with, and count the change."""
    connection.execute(
        "INSERT INTO manifest VALUES (1, ?1, ?2, ?3, 1) ON CONFLICT (one) DO UPDATE"
        " SET layout = ?1, encoder = ?2, dimension = ?3, revision = manifest.revision + 1",
        (LAYOUT, encoder, dimension),
    )


def count_change(connection: Connection) -> None:
    """Count a change that leaves reports and passages as they are, of tables of this layout."""
    connection.execute("UPDATE manifest SET layout = ?, revision = revision + 1", (LAYOUT,))


def dimension(connection: Connection) -> int:
    """Return how long the vectors are, 0 where there is none, as this transaction sees them."""
    row = connection.execute(
        "SELECT length(vector) / 4 AS dimension FROM passages JOIN vectors USING (key) LIMIT 1"
    ).fetchone()
    return int(row["dimension"]) if row else 0


def drop_loose_vectors(connection: Connection) -> None:
    """Forget the vectors, of those that may be of no use, that no passage and no wording uses."""
    connection.execute(
        "DELETE FROM vectors WHERE key IN (SELECT key FROM doubted"
        " WHERE NOT EXISTS (SELECT 1 FROM passages WHERE passages.key = doubted.key)"
        " AND NOT EXISTS (SELECT 1 FROM wordings WHERE wordings.key = doubted.key))"
    )
    connection.execute("DELETE FROM doubted")
