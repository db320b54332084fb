"""Corrections: what administrators put in the place of printed figures, kept beside the facts.

A correction is of a printed number: every fact that is read from that number has it. It is kept
with the fact as it stood when it was made, and is found again in any later reading of the report,
or of a file that takes its place, by what is printed where, else by what the figure is. Where the
report prints another number now, it is kept and holds for nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from corpus.model.types import Correction, Fact, Kind, Level, Noun, Report
from index.checks.rows import check_rows, crc_of, parsed, read_checked
from index.engines.protocols import Connection, Database, Row, Value
from index.store import count_change


class Kept(Noun):
    """A correction with the figure as it was printed, and the report that printed it."""

    correction: Correction
    fact: Fact
    organisation: str
    level: Level | None
    year: int | None
    kind: Kind
    title: str
    file: str

    def is_of(self, report: Report) -> bool:
        """Tell whether a report is the one corrected: the same file, or one in its place."""
        if report.id == self.fact.report:
            return True
        known = self.organisation and self.title and self.year is not None
        return bool(known) and (
            (self.organisation, self.level, self.year, self.kind, self.title)
            == (report.organisation, report.level, report.year, report.kind, report.title)
        )


class Standing(Noun):
    """A correction and the facts that it holds for; none where it fits no more.

    `is_loaded` says whether its report is there; `now` has the figures that the report prints in
    its place today, where it fits no more.
    """

    number: int
    kept: Kept
    facts: tuple[Fact, ...]
    is_loaded: bool
    now: tuple[Fact, ...] = ()


class Corrections:
    """The corrections of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, report: Report, fact: Fact, correction: Correction) -> None:
        """Keep a correction of a figure as printed, in place of those that hold for it."""
        kept = Kept(
            correction=correction,
            fact=fact,
            organisation=report.organisation,
            level=report.level,
            year=report.year,
            kind=report.kind,
            title=report.title,
            file=report.name,
        )
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM corrections WHERE number IN"
                " (SELECT correction FROM corrected JOIN facts ON seq = fact WHERE id = ?)",
                (fact.id,),
            )
            content = kept.model_dump_json(exclude_defaults=True)
            connection.execute(
                "INSERT INTO corrections (content, crc) VALUES (?, ?)", (content, crc_of(content))
            )
            settle(connection, report)
            count_change(connection)

    def undo(self, number: int) -> None:
        """Forget a correction."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM corrections WHERE number = ?", (number,))
            count_change(connection)

    def standings(self, reports: Sequence[Report]) -> tuple[Standing, ...]:
        """Return every correction in the order made, with what it holds for in these reports."""
        if not self._database.has("corrections"):
            return ()
        rows = read_checked(self._database, "corrections", ("number",), "ORDER BY number")
        with self._database.guarded():
            kept = [(row["number"], parsed(Kept, row)) for row in rows]
        return tuple(self._standing(number, one, reports) for number, one in kept)

    def _standing(self, number: int, kept: Kept, reports: Sequence[Report]) -> Standing:
        holds_for = self._facts(
            "JOIN corrected ON seq = fact WHERE correction = ? ORDER BY seq", number
        )
        loaded = [report.id for report in reports if kept.is_of(report)]
        now = self._in_place_of(kept.fact, loaded[0]) if loaded and not holds_for else ()
        return Standing(number=number, kept=kept, facts=holds_for, is_loaded=bool(loaded), now=now)

    def _in_place_of(self, was: Fact, report: str) -> tuple[Fact, ...]:
        """Return the figures of the same thing in the same place that a report prints today."""
        facts = self._facts("WHERE report = ?", report)
        return tuple(f for f in facts if (_meaning(f), _cell(f)) == (_meaning(was), _cell(was)))

    def _facts(self, rest: str, value: Value) -> tuple[Fact, ...]:
        rows = read_checked(self._database, "facts", rest=rest, values=(value,))
        with self._database.guarded():
            return tuple(parsed(Fact, row) for row in rows)


def corrections_by_seq(database: Database) -> dict[int, Correction]:
    """Return the corrections in force by the rows of the facts that they hold for."""
    if not database.has("corrected"):
        return {}
    rows = read_checked(database, "corrections", ("fact",), "JOIN corrected ON number = correction")
    with database.guarded():
        return {row["fact"]: parsed(Kept, row).correction for row in rows}


def settle(connection: Connection, report: Report) -> None:
    """Find again, in the facts of a report as it is read now, what is corrected of it."""
    rows = connection.execute("SELECT number, content, crc FROM corrections ORDER BY number")
    every = [(row["number"], parsed(Kept, row)) for row in _whole("corrections", rows)]
    own = [(number, kept) for number, kept in every if kept.is_of(report)]
    if not own:
        return
    rows = connection.execute(
        "SELECT seq, content, crc FROM facts WHERE report = ? ORDER BY seq", (report.id,)
    )
    facts = {row["seq"]: parsed(Fact, row) for row in _whole("facts", rows)}
    connection.execute(
        "DELETE FROM corrected WHERE fact IN (SELECT seq FROM facts WHERE report = ?)", (report.id,)
    )
    for number, kept in own:
        connection.executemany(
            "INSERT INTO corrected VALUES (?, ?)"
            " ON CONFLICT (fact) DO UPDATE SET correction = excluded.correction",
            ((seq, number) for seq in corrected_among(kept.fact, facts)),
        )


def _whole(table: str, rows: Iterable[Row]) -> list[Row]:
    read = list(rows)
    check_rows(table, read)
    return read


def corrected_among(was: Fact, facts: Mapping[int, Fact]) -> tuple[int, ...]:
    """Return the keys of the facts that are read from the number that was corrected."""
    same = [fact for fact in facts.values() if _amount(fact) == _amount(was)]
    numbers = {_number(fact) for fact in _found_again(was, same)}
    return tuple(key for key, fact in facts.items() if fact in same and _number(fact) in numbers)


def _found_again(was: Fact, same: Sequence[Fact]) -> Sequence[Fact]:
    """Return the figures that are the one corrected, none where that cannot be told.

    A sentence may print a number twice (预算1.95万元，实际支出1.95万元): what it is of decides.
    What a new reading takes to be of something else is still the number printed there, if alone.
    """
    here = [f for f in same if (f.quote, _cell(f)) == (was.quote, _cell(was))]
    alike = [f for f in same if (_meaning(f), _cell(f)) == (_meaning(was), _cell(was))]
    both = [fact for fact in here if _meaning(fact) == _meaning(was)]
    in_section = [fact for fact in alike if fact.section == was.section]
    return both or next((one for one in (here, alike, in_section) if _are_one(one)), [])


def _are_one(facts: Iterable[Fact]) -> bool:
    return len({_number(fact) for fact in facts}) == 1


def _amount(fact: Fact) -> tuple[object, ...]:
    return fact.value, fact.unit


def _number(fact: Fact) -> tuple[object, ...]:
    """Return where the number itself is printed: one may be read as several facts."""
    return fact.spans[0].start, fact.spans[0].end


def _cell(fact: Fact) -> tuple[object, ...]:
    return fact.table, fact.row, fact.column


def _meaning(fact: Fact) -> tuple[object, ...]:
    """Return what a figure is of, within its report."""
    what = (fact.measure, fact.facet, fact.aspect, fact.direction, fact.base)
    return (*what, fact.level, fact.year, fact.as_of)
