"""The fact table: facts by their slots, behind a protocol, and as a table of SQL.

A fact is kept as the columns that are filtered on and as the JSON of the whole noun. Decimals are
text in it, so that the digits that were printed come back as they were.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from corpus.model.types import Correction, Fact
from index.checks.rows import crc_of, parsed, read_checked
from index.corrections import corrections_by_seq
from index.database import MOST_VALUES, marks
from index.engines.protocols import Connection, Database, Value

# From each measure to the next one in the index: there are thousands of facts of each.
EACH_MEASURE = """
WITH RECURSIVE each (measure) AS (
    SELECT min(measure) FROM facts
    UNION ALL
    SELECT (SELECT min(measure) FROM facts WHERE measure > each.measure) FROM each
    WHERE each.measure IS NOT NULL)
SELECT measure FROM each WHERE measure IS NOT NULL
"""
CACHED = 200_000  # parsed facts that are kept in memory: those of some hundred reports


class FactTable(Protocol):
    """Facts by their slots; every answer is in the order of the reports and of their text."""

    def find(
        self,
        *,
        organisations: Collection[str] = (),
        years: Collection[int] = (),
        measures: Collection[str] = (),
        reports: Collection[str] = (),
    ) -> tuple[Fact, ...]:
        """Return the facts that fit every slot; an empty slot fits all."""

    def get(self, ids: Collection[str]) -> tuple[Fact, ...]:
        """Return the facts of these ids in the order of `ids`; an unknown id is passed over."""

    def starting(self, beginning: str) -> tuple[Fact, ...]:
        """Return the facts whose ids begin so."""

    def measures(self, *, reports: Collection[str] = ()) -> tuple[str, ...]:
        """Return every measure once, in order; of these reports, or of all."""


class SqlFacts:
    """The fact table in the database of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._parsed: dict[int, Fact] = {}

    def find(
        self,
        *,
        organisations: Collection[str] = (),
        years: Collection[int] = (),
        measures: Collection[str] = (),
        reports: Collection[str] = (),
    ) -> tuple[Fact, ...]:
        """Return the facts that fit every slot; an empty slot fits all."""
        slots: dict[str, tuple[Value, ...]] = {
            "organisation": tuple(organisations),
            "year": tuple(years),
            "measure": tuple(measures),
            "report": tuple(reports),
        }
        asked = {column: wanted for column, wanted in slots.items() if wanted}
        where = " AND ".join(f"{column} IN ({marks(wanted)})" for column, wanted in asked.items())
        rows = self._database.read(
            f"SELECT seq FROM facts WHERE {where or 'true'} ORDER BY seq",  # noqa: S608 - own names
            [value for wanted in asked.values() for value in wanted],
        )
        return self._at([row["seq"] for row in rows])

    def get(self, ids: Collection[str]) -> tuple[Fact, ...]:
        """Return the facts of these ids in the order of `ids`; an unknown id is passed over."""
        wanted = tuple(ids)
        rows = self._database.read(
            f"SELECT seq FROM facts WHERE id IN ({marks(wanted)})",  # noqa: S608 - marks alone
            wanted,
        )
        found = {fact.id: fact for fact in self._at([row["seq"] for row in rows])}
        return tuple(found[one] for one in wanted if one in found)

    def starting(self, beginning: str) -> tuple[Fact, ...]:
        """Return the facts whose ids begin so."""
        rows = self._database.read(
            "SELECT seq FROM facts WHERE substr(id, 1, ?) = ? ORDER BY seq",
            (len(beginning), beginning),
        )
        return self._at([row["seq"] for row in rows])

    def measures(self, *, reports: Collection[str] = ()) -> tuple[str, ...]:
        """Return every measure once, in order; of these reports, or of all."""
        wanted = tuple(reports)
        of_some = f"SELECT DISTINCT measure FROM facts WHERE report IN ({marks(wanted)})"  # noqa: S608
        rows = self._database.read(
            f"{of_some} ORDER BY measure" if wanted else EACH_MEASURE, wanted
        )
        return tuple(row["measure"] for row in rows)

    def _at(self, places: Sequence[int]) -> tuple[Fact, ...]:
        """Return facts by their seq; a seq is never given out again, so none goes out of date.

        Corrections come and go: they are put on what was parsed.
        """
        if len(self._parsed) > CACHED:
            self._parsed = {}
        known = self._parsed
        missing = [at for at in places if at not in known]
        for start in range(0, len(missing), MOST_VALUES):
            some = missing[start : start + MOST_VALUES]
            rows = read_checked(
                self._database, "facts", ("seq",), f"WHERE seq IN ({marks(some)})", some
            )
            with self._database.guarded():
                known.update((row["seq"], parsed(Fact, row)) for row in rows)
        corrected = corrections_by_seq(self._database)
        return tuple(_with(known[at], corrected.get(at)) for at in places if at in known)


def _with(fact: Fact, correction: Correction | None) -> Fact:
    return fact if correction is None else fact.corrected(correction)


def put_facts(connection: Connection, facts: Iterable[Fact]) -> None:
    """Write the facts of a report, in their order, within the caller's transaction."""
    contents = ((fact, fact.model_dump_json(exclude_defaults=True)) for fact in facts)
    connection.executemany(
        "INSERT INTO facts (id, report, organisation, year, measure, content, crc)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                fact.id,
                fact.report,
                fact.organisation,
                fact.year,
                fact.measure,
                content,
                crc_of(content),
            )
            for fact, content in contents
        ),
    )
