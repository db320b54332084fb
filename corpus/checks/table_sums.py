"""Sums of a table: parts against totals, down the columns and along the rows. No text is made."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.findings import tolerance
from corpus.model.types import Fact, Noun, Report, Table
from corpus.tables.block_headers import block_to_readings
from corpus.tables.columns import (
    Block,
    Column,
    columns_to_blocks,
    table_to_columns,
    table_to_matrix,
)
from corpus.tables.headers import TOTALS, Reading
from corpus.tables.rows import Row, block_to_rows, text_to_printed

AMONG = "其中"
SUBTOTAL = "小计"
SIDES = ("收入", "支出")
DIGIT = re.compile(r"\d")
Facts = dict[tuple[int, int], Fact]


class Sum(Noun):
    """A total that a table prints and the parts that should make it.

    `loose` are figures that may be parts as well: rows without a number after 其中. Where the list
    of parts cannot be told whole, `whole_list` is false and a difference accuses nobody.
    """

    family: str
    whole: Fact
    parts: tuple[Fact, ...]
    loose: tuple[Fact, ...] = ()
    whole_list: bool = True

    @property
    def difference(self) -> Decimal:
        """The total less the sum of its parts."""
        return signed(self.whole) - sum(map(signed, self.parts), Decimal(0))

    @property
    def fits(self) -> bool:
        """Whether the parts make the total, but for rounding."""
        limit = tolerance([part.value for part in self.parts], self.whole.value)
        more = sum(map(signed, self.loose), Decimal(0))
        return min(abs(self.difference), abs(self.difference - more)) <= limit


def signed(fact: Fact) -> Decimal:
    """Return a figure with its sign: of a change the direction says whether it fell."""
    return -abs(fact.value) if fact.direction < 0 else fact.value


def table_to_sums(table: Table, report: Report, facts: Sequence[Fact]) -> Iterator[Sum]:
    """Yield every total of a table with its parts, as its rows and columns imply them."""
    matrix = table_to_matrix(table)
    found = place_facts(table, facts)
    for block in columns_to_blocks(table_to_columns(table, matrix)):
        rows = block_to_rows(table, block, matrix)
        readings = block_to_readings(block, table, report)
        for column in block.figures:
            if readings[column.place].aspect not in ("增减率", "完成率", "占比"):
                unread = {
                    row.place
                    for row in rows
                    if (row.place, column.place) not in found
                    and (cell := matrix.get((row.place, column.place)))
                    and DIGIT.search(cell.text)
                }
                yield from branches(rows, column, found, unread)
                yield from totals(rows, column, found, unread)
        for row in rows:
            yield from across(row, block, readings, found)


def place_facts(table: Table, facts: Sequence[Fact]) -> Facts:
    """Return the facts of a table by the row and the column of their cells."""
    starts = {fact.spans[0].start: fact for fact in facts if fact.table == table.title}
    return {
        (cell.row, cell.column): starts[place]
        for cell in table.cells
        for place in range(cell.span.start, cell.span.end)
        if place in starts
    }


def branches(rows: Sequence[Row], column: Column, found: Facts, unread: set[int]) -> Iterator[Sum]:
    """Yield each row that others stand under with them: 类 and its 款, 款 and its 项."""
    under: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.total and row.path:
            under[row.path[:-1]].append(row)
    for row in rows:
        whole = found.get((row.place, column.place))
        if whole is None or row.total or not row.path:
            continue
        below = [other for other in under[row.path] if other is not row]
        parts = [fact for other in below if (fact := found.get((other.place, column.place)))]
        if parts and not any(other.among or other.place in unread for other in below):
            yield from of_one_unit("rows", whole, parts)


def of_one_unit(family: str, whole: Fact, parts: Sequence[Fact]) -> Iterator[Sum]:
    """Yield the sum of those parts that count in the total's unit: vehicles make up no money."""
    same = tuple(part for part in parts if part.unit == whole.unit)
    if same:
        yield Sum(family=family, whole=whole, parts=same)


def loose_rows(rows: Sequence[Row]) -> set[int]:
    """Return the rows without a number that stand after a row of 其中: they may go on with it."""
    loose: set[int] = set()
    among = False
    for row in rows:
        numbered = bool(row.cells) and text_to_printed(row.cells[-1].text).level > 0
        if row.total or (numbered and not row.among):
            among = False
        elif row.among:
            among = True
        elif among and not row.code:
            loose.add(row.place)
    return loose


def is_list(rows: Sequence[Row]) -> bool:
    """Tell whether the rows of a block are numbered, 一、二、三."""
    return any(row.cells and text_to_printed(row.cells[-1].text).level == 1 for row in rows)


def totals(rows: Sequence[Row], column: Column, found: Facts, unread: set[int]) -> Iterator[Sum]:
    """Yield each total with what stands above it since the last, or all below one at the top."""
    loose, known = loose_rows(rows), is_list(rows)
    for entry in listed_totals(rows, column, found):
        among = [
            part
            for place in loose
            if (part := found.get((place, column.place))) and part in entry.parts
        ]
        sure = tuple(part for part in entry.parts if part not in among)
        yield entry.model_copy(
            update={
                "parts": sure,
                "loose": tuple(among),
                "whole_list": bool(sure) and not unread and (known or not among),
            }
        )


def listed_totals(rows: Sequence[Row], column: Column, found: Facts) -> Iterator[Sum]:
    """Yield each total with all rows that may be its parts."""
    open_parts: list[Fact] = []
    subtotals: list[Fact] = []
    top: Fact | None = None
    for row in rows:
        fact = found.get((row.place, column.place))
        if fact is None:
            continue
        if not row.total:
            if len(row.path) == 1 and not row.among:
                open_parts.append(fact)
            continue
        if not open_parts and not subtotals:
            top = fact
            continue
        if row.path[-1] == SUBTOTAL:
            yield from of_one_side(fact, open_parts)
            subtotals, open_parts = [*subtotals, fact], []
        else:
            yield from of_one_side(fact, [*subtotals, *open_parts])
            subtotals, open_parts = [], [fact]
    if top is not None:
        yield from of_one_side(top, [*subtotals, *open_parts])


def of_one_side(whole: Fact, parts: Sequence[Fact]) -> Iterator[Sum]:
    """Yield the sum of a total but for rows of the other side: spending makes up no income.

    A single total is no part of another: the two only stand in one column.
    """
    side = side_of(whole)
    same = tuple(
        part
        for part in parts
        if part.unit == whole.unit and (not side or side_of(part) in ("", side))
    )
    if same and not (len(same) == 1 and same[0].total):
        yield Sum(family="totals", whole=whole, parts=same)


def side_of(fact: Fact) -> str:
    """Return whether a row is of income or of spending, "" where it says neither or both."""
    name = fact.row[-1] if fact.row else fact.measure
    said = [side for side in SIDES if side in name]
    return said[0] if len(said) == 1 else ""


def across(row: Row, block: Block, readings: dict[int, Reading], found: Facts) -> Iterator[Sum]:
    """Yield each total column of a row with the columns that are its parts."""
    for column in block.figures:
        whole = found.get((row.place, column.place))
        reading = readings[column.place]
        if whole is None or not reading.parts or not is_total(reading.parts[-1]):
            continue
        places = parts_of(reading, column, block, readings)
        parts = [fact for place in places if (fact := found.get((row.place, place)))]
        if parts and len(places) > 1:
            yield from of_one_unit("columns", whole, parts)


def is_total(word: str) -> bool:
    """Tell whether a column's own words say that it is a total."""
    return bool(TOTALS.match(word)) and word.endswith("计")


def parts_of(
    reading: Reading, column: Column, block: Block, readings: dict[int, Reading]
) -> list[int]:
    """Return the columns of the same aspect and year that should make a total column.

    They are the columns beside it in its group; of a group within, its 小计 or else its columns.
    """
    group = reading.parts[:-1]
    inner: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for other in block.figures:
        its = readings[other.place]
        beside = its.parts[: len(group)] == group and len(its.parts) > len(group)
        alike = (its.aspect, its.year) == (reading.aspect, reading.year)
        if other is column or not beside or not alike:
            continue
        head, rest = its.parts[len(group)], its.parts[len(group) + 1 :]
        if not is_total(head) and not head.startswith(AMONG):
            inner.setdefault(head, []).append((rest, other.place))
    places: list[int] = []
    for members in inner.values():
        whole = [at for rest, at in members if not rest or (len(rest) == 1 and is_total(rest[0]))]
        loose = [at for rest, at in members if not rest[-1].startswith(AMONG)] if not whole else []
        places.extend(whole[:1] or loose)
    return places
