"""Results told in the words of a cell: "演出64场，每场补助5000元" in the row of a project.

Only columns that tell what was done or why it was not are read; a cell that is one figure is read
with the other figures of its row, see `corpus.tables.cells`.
"""

import re
from collections.abc import Iterator

from corpus.extraction.discourse import Setting
from corpus.extraction.roles import block_to_statements
from corpus.extraction.statements import Statement
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Cell, Fact, Noun, Report, Table, content_id
from corpus.structure.sentences import span_to_squeezed
from corpus.tables.columns import (
    RESULT_HEAD,
    Column,
    Matrix,
    columns_to_blocks,
    table_to_columns,
    table_to_matrix,
)
from corpus.tables.regions import Part, table_to_parts
from corpus.tables.rows import Row, block_to_rows

PATTERNS = patterns("extraction.cell_texts")
WHY_HEAD = PATTERNS["why_head"]
DONE = PATTERNS["done"]
ALONE = PATTERNS["alone"]
GOAL_RESULT = PATTERNS["goal_result"]
GOALS = "年度总体目标"
CELL_BREAK = " | "


class Remark(Noun):
    """A cell of words in the row of a thing: what was done of it, or why not."""

    table: Table
    row: Row
    cell: Cell
    heads: tuple[Cell, ...]
    project: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """What the remark is of: the project of the form, then the row's own name."""
        return (self.project, self.row.path[-1]) if self.project else self.row.path[-1:]


def report_to_remarks(report: Report, head: re.Pattern[str]) -> Iterator[Remark]:
    """Yield the cells of words under the headers that `head` fits, in reading order."""
    for table in report.tables:
        for part in table_to_parts(table):
            yield from part_to_remarks(part, head)


def report_to_results(report: Report) -> Iterator[Remark]:
    """Yield what was done of the goals of the year: the cell under 实际完成情况 in a form."""
    for table in report.tables:
        for part in table_to_parts(table):
            cells = {(cell.row, cell.column): cell for cell in part.table.cells}
            for head in part.table.cells:
                cell = cells.get((head.row + head.rows, head.column))
                if cell is None or not GOAL_RESULT.fullmatch("".join(head.text.split())):
                    continue
                if not cell.text or ALONE.fullmatch(cell.text):
                    continue
                names = (part.project or GOALS,)
                row = Row(place=cell.row, path=names, code="", total=False, among=False, cells=())
                yield Remark(table=part.table, row=row, cell=cell, heads=(head,))


def part_to_remarks(part: Part, head: re.Pattern[str]) -> Iterator[Remark]:
    """Yield the remarks of one part of a table."""
    matrix = table_to_matrix(part.table)
    columns = table_to_columns(part.table, matrix)
    told = [column for column in columns if column.path and head.search(column.path[-1])]
    blocks = columns_to_blocks(columns)
    if not told or not blocks:
        return
    for row in block_to_rows(part.table, blocks[0], matrix):
        for column in told:
            cell = cell_at(matrix, row, column)
            if cell is not None and row.path and not row.total:
                yield Remark(
                    table=part.table, row=row, cell=cell, heads=column.heads, project=part.project
                )


def cell_at(matrix: Matrix, row: Row, column: Column) -> Cell | None:
    """Return the cell of words at a row and a column, None where there is none of its own."""
    cell = matrix.get((row.place, column.place))
    if cell is None or (cell.row, cell.column) != (row.place, column.place):
        return None
    return None if not cell.text or ALONE.fullmatch(cell.text) else cell


def report_to_output_facts(report: Report, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Return the facts of the figures that the results of a report tell in words."""
    facts = []
    for remark in (*report_to_remarks(report, RESULT_HEAD), *report_to_results(report)):
        setting = Setting(
            organisation=report.organisation,
            year=report.year,
            kind=report.kind,
            section=(),
            project=remark.row.path[-1],
        )
        squeezed = span_to_squeezed(report, remark.cell.span)
        for statement in block_to_statements(squeezed.text, setting=setting, vocabulary=vocabulary):
            if statement.amount is not None:
                start = squeezed.at[statement.amount.number_start]
                facts.append(statement_to_fact(statement, remark, start, report))
    return tuple(facts)


def statement_to_fact(statement: Statement, remark: Remark, start: int, report: Report) -> Fact:
    """Make the fact of a figure that a cell tells in words; it is of its row."""
    amount, own = statement.amount, statement.subject.measure
    if amount is None:
        raise ValueError("an equality without a figure is no fact")
    number = report.span(start, start + amount.number_end - amount.number_start)
    names = remark.path
    return Fact(
        id=content_id(report.id, "told", number.start, number.end),
        report=report.id,
        organisation=report.organisation,
        level=report.level,
        kind=report.kind,
        year=statement.year,
        report_year=report.year,
        measure=names[-1] if DONE.match(own) else own,
        facet=statement.subject.facet,
        aspect=statement.aspect,
        said=statement.said,
        direction=statement.direction,
        base=statement.base,
        value=amount.value,
        printed=report.quote(number),
        unit=amount.unit,
        vague=amount.vague,
        quote=remark_to_quote(remark),
        spans=(number, *(cell.span for cell in (*remark.row.cells, *remark.heads))),
        section=remark.table.section,
        table=remark.table.title,
        row=names,
        column=tuple(head.text for head in remark.heads if head.text),
        project=remark.project,
    )


def remark_to_quote(remark: Remark) -> str:
    """Quote a remark with its table's title, and its row as it is printed."""
    cells = [cell for cell in remark.table.cells if cell.row == remark.row.place and cell.text]
    above = [cell for cell in remark.row.cells if cell.row < remark.row.place]
    heads = [cell for cell in remark.table.cells if cell.row < remark.table.header and cell.text]
    lines = [heads, [*above, *cells]]
    texts = [CELL_BREAK.join(cell.text for cell in line) for line in lines if line]
    return "\n".join(text for text in (remark.table.title, *texts) if text)
