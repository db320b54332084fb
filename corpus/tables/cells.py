"""From the cells of tables to facts: each printed figure with the names of its row and column.

A blank cell is no fact; a printed 0 is one. Serial numbers, codes and the numbers of columns are
no figures.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from corpus.entities.quantities import NEGATIVE_SIGNS, parse_number
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import (
    CARRIED_OUT,
    CHANGES,
    PLANS,
    Aspect,
    Cell,
    Fact,
    Noun,
    Report,
    Span,
    Table,
    content_id,
)
from corpus.structure.captions import UNIT
from corpus.tables.block_headers import (
    STATED,
    block_to_readings,
    column_to_reading,
    date_labels,
    name_of,
    spent_reading,
    without_label,
)
from corpus.tables.columns import (
    Block,
    Column,
    Matrix,
    columns_to_blocks,
    table_to_columns,
    table_to_matrix,
)
from corpus.tables.concepts import Meaning, Terms, place_to_meaning
from corpus.tables.headers import (
    PERCENT,
    SCORE,
    UNIT_IN_HEAD,
    Reading,
    unit_among,
    units_said,
    with_unit,
    words_to_aspect,
)
from corpus.tables.regions import Part, table_to_parts
from corpus.tables.rows import Row, block_to_rows

PATTERNS = patterns("tables.cells")
FIGURE = PATTERNS["figure"]
SIGN = re.compile(rf"^[{NEGATIVE_SIGNS}（(]\s?|[)）]$")
DATE = PATTERNS["date"]
AMOUNT_LABEL = PATTERNS["amount_label"]
GRAND_SCORE = PATTERNS["grand_score"]
ALL_FUNDS = PATTERNS["all_funds"]
BODY = PATTERNS["body"]
VALUE = PATTERNS["value"]
TOTAL = "支出合计"
BARE_TOTAL, OF_YEAR, GRAND = "合计", "本年", "总计"
THREE, PARTS_OF_THREE = "三公经费", ("出国", "公务用车", "接待")
WHOLES = (TOTAL, "收入合计")
OF_BODY = PATTERNS["of_body"]
# 住房公积金（项）: a step of the classification, and no unit.
STEPS = ("类", "款", "项")
HEADS = PATTERNS["heads"]
COUNTED = ("people", "count", "area")
LONGEST_QUOTE = 400
PERCENT_SIGN = PATTERNS["percent_sign"]
PERCENT_DECIMALS = 2  # of a rate that is printed in percent
LARGEST_FRACTION = 10
CELL_BREAK = " | "


class Figure(Noun):
    """The number that a cell prints, with what stands around it."""

    value: Decimal
    printed: str
    unit: str
    vague: str


def report_to_cell_facts(report: Report, vocabulary: Terms) -> tuple[Fact, ...]:
    """Return a fact for every figure in the tables of a report, in reading order."""
    tables = [with_unit(table, report) for table in report.tables]
    parts = [part for table in tables for part in table_to_parts(table)]
    facts = [fact for part in parts for fact in part_to_facts(part, report, vocabulary)]
    return tuple(sorted(facts, key=lambda fact: fact.spans[0].start))


def part_to_facts(part: Part, report: Report, vocabulary: Terms) -> Iterator[Fact]:
    """Yield the facts of one part of a table; the project of a form stands before its rows."""
    table = part.table
    matrix = table_to_matrix(table)
    carrier = "" if part.carrier == report.organisation else part.carrier
    for block in columns_to_blocks(table_to_columns(table, matrix)):
        rows = block_to_rows(table, block, matrix)
        readings, dates = block_to_readings(block, table, report), date_labels(rows)
        readings |= fractions(block, rows, matrix, readings)
        title = rows_to_title(rows) or name_of(table)
        for row in rows:
            label = dates.get(row.place, "")
            for column in block.figures:
                figure = figure_at(matrix, row, column)
                if figure is None:
                    continue
                reading = readings[column.place]
                if label:
                    reading = column_to_reading(column, block, table, report, label=label)
                meaning = place_to_meaning(
                    without_label(row, label),
                    reading,
                    block=block,
                    title=title,
                    vocabulary=vocabulary,
                )
                if VALUE.match(meaning.measure):
                    continue  # the weight of an indicator whose name stands in no column
                meaning = whole_of_body(grand_total(meaning, row, rows), block, rows)
                reading = spent_reading(reading, meaning, table, report, dated=bool(label))
                meaning = meaning_in_form(meaning, part.project, name_of(table))
                spot = Spot(
                    table=table,
                    block=block,
                    row=row,
                    column=column,
                    project=part.project,
                    carrier=carrier,
                )
                yield cell_to_fact(spot, figure, reading, meaning, report)


def fractions(
    block: Block, rows: Sequence[Row], matrix: Matrix, readings: dict[int, Reading]
) -> dict[int, Reading]:
    """Return the readings of the columns whose rates are printed as fractions: 0.125, 1.1195.

    No sign of percent stands in such a column, no value is large, some have more than two decimals.
    """
    found = {}
    for column in block.figures:
        cells = [matrix.get((row.place, column.place)) for row in rows]
        texts = [cell.text for cell in cells if cell and text_to_figure(cell.text)]
        marked = any(PERCENT_SIGN.search(text) for text in (*texts, *column.path))
        if readings[column.place].unit == PERCENT and not marked and are_fractions(texts):
            found[column.place] = readings[column.place].model_copy(update={"unit": ""})
    return found


def are_fractions(texts: Sequence[str]) -> bool:
    """Tell whether printed rates are parts of one rather than of a hundred."""
    values = [figure.value for text in texts if (figure := text_to_figure(text))]
    fine = any(-int(value.as_tuple().exponent) > PERCENT_DECIMALS for value in values)
    return fine and all(abs(value) <= LARGEST_FRACTION for value in values)


def rows_to_title(rows: Sequence[Row]) -> str:
    """Return what rows are the parts of, where no title need say it: those of 三公经费 alone."""
    names = [row.path[-1] for row in rows if len(row.path) == 1 and not row.total]
    joined = " ".join(names)
    alone = all(any(part in name for part in PARTS_OF_THREE) for name in names)
    return THREE if alone and all(part in joined for part in PARTS_OF_THREE) else ""


def grand_total(meaning: Meaning, row: Row, rows: Sequence[Row]) -> Meaning:
    """Take a bare 合计 below 本年支出合计 for 支出总计: what was carried over stands between."""
    if meaning.measure not in WHOLES or row.path[-1:] != (BARE_TOTAL,):
        return meaning
    of_year = f"{OF_YEAR}{meaning.measure}"
    if not any(of_year in other.path for other in rows):
        return meaning
    total = meaning.measure.removesuffix(BARE_TOTAL) + GRAND
    return meaning.model_copy(update={"measure": total})


def whole_of_body(meaning: Meaning, block: Block, rows: Sequence[Row]) -> Meaning:
    """Take a total for all spending or income only where the parts of that stand in the table."""
    if meaning.measure not in WHOLES or block.codes:
        return meaning
    names = [name for row in rows for name in row.path]
    names += [text for column in (*block.names, *block.figures) for text in column.path]
    if any(OF_BODY.search(name) for name in names):
        return meaning
    return meaning.model_copy(update={"measure": "合计"})


class Spot(Noun):
    """Where a figure stands: its table, block, row and column."""

    table: Table
    block: Block
    row: Row
    column: Column
    project: str = ""
    carrier: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """What the figure stands under: the project of the form, then the names of its row."""
        names = self.row.path
        if self.project in names:
            return names[names.index(self.project) :]
        return (self.project, *names) if self.project else names


def figure_at(matrix: Matrix, row: Row, column: Column) -> Figure | None:
    """Return the figure at a row and column, None where there is none of its own."""
    cell = matrix.get((row.place, column.place))
    if cell is None or (cell.row, cell.column) != (row.place, column.place):
        return None
    return text_to_figure(cell.text)


def text_to_figure(text: str) -> Figure | None:
    """Read a cell that is one number, with at most a comparison before, a unit and a note after."""
    match = FIGURE.fullmatch(text.strip())
    value = parse_number(match["number"].replace(" ", "")) if match else None
    if match is None or value is None or DATE.match(text.strip()):
        return None
    return Figure(
        value=value,
        printed=match["number"],
        unit=match["unit"].replace("％", "%"),
        vague=match["vague"] or "",
    )


def cell_to_fact(
    spot: Spot, figure: Figure, reading: Reading, meaning: Meaning, report: Report
) -> Fact:
    """Make the fact of a figure at its spot; how far something fell is no negative amount."""
    change = reading.aspect in CHANGES
    direction: Literal[-1, 0, 1] = (-1 if figure.value < 0 else 1) if change and figure.value else 0
    if direction < 0:
        printed = SIGN.sub("", figure.printed)
        figure = figure.model_copy(update={"value": -figure.value, "printed": printed})
    row = spot.table.lines[spot.row.place]
    cell = next(cell for cell in row if cell.column == spot.column.place)
    at = cell.span.start + cell.text.index(figure.printed)
    number = cell.span.model_copy(update={"start": at, "end": at + len(figure.printed)})
    unit = figure.unit or unit_at(spot, reading, report)
    return Fact(
        id=content_id(report.id, "cell", number.start, number.end, meaning.measure),
        report=report.id,
        organisation=report.organisation,
        level=report.level,
        kind=report.kind,
        year=reading.year,
        report_year=report.year,
        measure=measure_in_form(spot, reading, meaning),
        facet=meaning.facet,
        aspect=reading.aspect if change else spot_to_aspect(spot, unit, figure, reading),
        said=reading.said,
        direction=direction,
        base=reading.base,
        value=figure.value,
        printed=figure.printed,
        unit=unit,
        vague=figure.vague,
        quote=spot_to_quote(spot, cell, report),
        spans=(number, *proofs(spot, report)),
        section=spot.table.section,
        table=spot.table.title,
        row=spot.path,
        column=spot.column.path,
        project=spot.project,
        carrier=spot.carrier,
        total=spot.row.total,
    )


def meaning_in_form(meaning: Meaning, project: str, title: str) -> Meaning:
    """Name the project for its 项目金额（元）, all spending for 年度资金总额 of the whole body.

    The unit is taken off any other label.
    """
    bare = UNIT_IN_HEAD.sub("", meaning.measure)
    if project and AMOUNT_LABEL.match(bare):
        return meaning.model_copy(update={"measure": project})
    if not project and ALL_FUNDS.match(bare) and BODY.search(title):
        return meaning.model_copy(update={"measure": TOTAL})
    return meaning.model_copy(update={"measure": bare or meaning.measure})


def measure_in_form(spot: Spot, reading: Reading, meaning: Meaning) -> str:
    """Tell the score of a form's project, on its last row, from the points for its money."""
    if not spot.project or reading.unit != SCORE:
        return meaning.measure
    if spot.row.total or GRAND_SCORE.match(spot.row.path[-1]):
        return spot.project
    return spot.row.path[-1] if meaning.measure == spot.project else meaning.measure


def unit_of_row(spot: Spot) -> str:
    """Return the unit that a column of units says of a row, "" where there is none."""
    places = [column.place for column in spot.block.units]
    if not places:
        return ""  # workbooks are long: few of their tables have such a column
    said = (
        cell.text
        for cell in spot.table.cells
        if cell.column in places and cell.row <= spot.row.place < cell.row + cell.rows
    )
    return next((text.replace("％", "%") for text in said if unit_kind(text) != "plain"), "")


def unit_at(spot: Spot, reading: Reading, report: Report) -> str:
    """Return the unit of a figure: of its row, its column, a label in the row, the whole table."""
    own = "" if reading.unit == spot.table.unit else reading.unit
    unit = unit_of_row(spot) or own or unit_of_label(spot) or reading.unit
    return unit or unit_among(units_said(spot.table, report), spot.column.path)


def unit_of_label(spot: Spot) -> str:
    """Return the unit that a label to the left of a figure prints: 项目金额（元）."""
    place, last = spot.row.place, spot.column.place
    for cell in reversed(spot.table.cells):
        left = cell.row <= place < cell.row + cell.rows and cell.column < last
        match = UNIT_IN_HEAD.search(cell.text) if left else None
        if match and match.group(1) not in STEPS:
            return match.group(1).replace("％", "%")
    return ""


def spot_to_aspect(spot: Spot, unit: str, figure: Figure, reading: Reading) -> Aspect:
    """Return the aspect of a figure at its spot: a count that is planned beside one that was met.

    "接待批次 | 年初预算数 10 | 决算数 8": the ten are no number of what there was.
    """
    if not unit and HEADS.search(spot.column.path[-1] if spot.column.path else ""):
        return "数量"
    aspect = measured_aspect(unit, figure, reading)
    if aspect != "数量" or reading.aspect not in PLANS or not reading.said:
        return aspect
    beside = (words_to_aspect(column.path)[0] for column in spot.block.figures)
    return reading.aspect if any(each in CARRIED_OUT for each in beside) else aspect


def measured_aspect(unit: str, figure: Figure, reading: Reading) -> Aspect:
    """Return the aspect of a figure: what is counted or rated is neither planned nor spent."""
    kind = unit_kind(unit)
    if kind in COUNTED:
        return "数量"
    rated = bool(figure.unit) and kind != "money" and reading.aspect in STATED
    return "其他" if rated else reading.aspect


def proofs(spot: Spot, report: Report) -> tuple[Span, ...]:
    """Return the spans of row name, column headers and unit line."""
    table = spot.table
    first = table.cells[0].span.start if table.cells else table.span.start
    unit = UNIT.search(report.text, table.span.start, first)
    unit_line = (report.span(unit.start(), unit.end()),) if unit else ()
    return (
        *(cell.span for cell in spot.row.cells),
        *(head.span for head in spot.column.heads),
        *unit_line,
    )


def spot_to_quote(spot: Spot, cell: Cell, report: Report) -> str:
    """Quote title, header and row; of a large table only the headers and cells that matter."""
    row = spot.table.lines[spot.row.place]
    above = [name for name in spot.row.cells if name.row < spot.row.place]
    line = report.text[row[0].span.start : row[-1].span.end]
    whole = CELL_BREAK.join([*(name.text for name in above), line])
    names = [name.text for name in spot.row.cells]
    short = CELL_BREAK.join([*names, cell.text])
    for header, body in (
        (header_lines(spot.table), whole),
        (heads_of(spot), whole),
        (heads_of(spot), short),
    ):
        quote = "\n".join(part for part in (spot.table.title, header, body) if part)
        if len(quote) <= LONGEST_QUOTE:
            break
    return quote


def header_lines(table: Table) -> str:
    """Return the header rows as they stand, without their blank cells."""
    rows: Sequence[list[str]] = [
        [cell.text for cell in table.lines.get(row, ()) if cell.text] for row in range(table.header)
    ]
    return "\n".join(CELL_BREAK.join(texts) for texts in rows if texts)


def heads_of(spot: Spot) -> str:
    """Return the headers of the row names and of the column alone."""
    labels = [name.path[-1] for name in spot.block.names if name.path]
    return CELL_BREAK.join([*labels, *spot.column.path])
