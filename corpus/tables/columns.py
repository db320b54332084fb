"""Columns of a table: their header paths, what they hold, and the blocks that stand side by side.

"收入 | 支出" tables are two blocks, each of label columns with the figure columns to their right;
a figure belongs to the label of its own block.
"""

import re
from collections.abc import Sequence
from typing import Literal

from corpus.entities.units import UNIT_PATTERN
from corpus.lexicon.grammar import patterns, piece
from corpus.model.types import Cell, Noun, Table
from corpus.structure.grids import LANE, NIL, NUMBER

Role = Literal["code", "serial", "name", "note", "unit", "figure"]
Matrix = dict[tuple[int, int], Cell]

PATTERNS = patterns("tables.columns")
CODE_HEAD = PATTERNS["code_head"]
SERIAL_HEAD = PATTERNS["serial_head"]
NAME_HEAD = PATTERNS["name_head"]
NOTE_HEAD = PATTERNS["note_head"]
FIGURE_HEAD = PATTERNS["figure_head"]
ENTITY_HEAD = PATTERNS["entity_head"]
OWN_NAME = PATTERNS["own_name"]
ATTRIBUTE = PATTERNS["attribute"]
REACHED_HEAD = PATTERNS["reached_head"]
RESULT_HEAD = PATTERNS["result_head"]
TOLD_HEAD = PATTERNS["told_head"]
PROJECT_HEAD = PATTERNS["project_head"]
ACCOUNT_HEAD = PATTERNS["account_head"]
INDICATOR_HEAD = PATTERNS["indicator_head"]
CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
UNIT_HEAD = PATTERNS["unit_head"]
UNIT_CELL = re.compile(rf"(?:{UNIT_PATTERN}|％)")
# A figure, by itself or with its unit beside it in the cell.
COUNTED_CELL = re.compile(rf"{NUMBER.pattern}|{piece('number')}(?:{UNIT_PATTERN})")
YEAR_HEAD = PATTERNS["year_head"]
YEAR_CELL = PATTERNS["year_cell"]


class Column(Noun):
    """A column: its place, what it holds, and its header cells from top to bottom."""

    place: int
    role: Role
    heads: tuple[Cell, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """The header texts from top to bottom, a text repeated at once kept once."""
        texts = [head.text for head in self.heads]
        return tuple(text for at, text in enumerate(texts) if text and texts[at - 1 : at] != [text])


class Block(Noun):
    """Label columns and the figure columns to their right that they speak for.

    `units` are the columns that say of each row what its figures count in.
    """

    codes: tuple[Column, ...]
    names: tuple[Column, ...]
    figures: tuple[Column, ...]
    units: tuple[Column, ...] = ()

    @property
    def entities(self) -> bool:
        """Whether the rows are organisations, so that the columns name what is counted."""
        return any(is_entity(name) for name in self.names)


def is_entity(column: Column) -> bool:
    """Tell whether a column names organisations."""
    return bool(column.path) and bool(ENTITY_HEAD.search(column.path[-1]))


def table_to_matrix(table: Table) -> Matrix:
    """Map every place of the table to the cell that covers it."""
    return {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def table_to_columns(table: Table, matrix: Matrix) -> tuple[Column, ...]:
    """Return the columns from left to right with their header paths and roles."""
    width = max((column + 1 for _, column in matrix), default=0)
    columns = []
    for place in range(width):
        heads = spread_heads(matrix, place=place, header=table.header)
        body = [
            cell.text
            for cell in table.cells
            if cell.column == place and cell.row >= table.header and cell.text
        ]
        columns.append(Column(place=place, role="note", heads=heads))
        role = column_to_role(columns[-1].path, body, first=place == 0)
        columns[-1] = columns[-1].model_copy(update={"role": role})
    return tuple(beside_projects(columns))


def beside_projects(columns: Sequence[Column]) -> list[Column]:
    """Take 支出功能科目 beside 项目名称 for a note: the project is what names the row."""
    named = next((c.place for c in columns if c.role == "name" and headed(c, PROJECT_HEAD)), None)
    return [
        column.model_copy(update={"role": "note"})
        if named is not None and column.place > named and headed(column, ACCOUNT_HEAD)
        else column
        for column in columns
    ]


def headed(column: Column, head: re.Pattern[str]) -> bool:
    """Tell whether the lowest header of a column is such a head."""
    return bool(column.path) and bool(head.search(column.path[-1]))


def spread_heads(matrix: Matrix, *, place: int, header: int) -> tuple[Cell, ...]:
    """Return the header cells over a column, each once; rows that only count columns are left out.

    A cell is a head also where it stands to the left and is merged over the column.
    """
    heads: list[Cell] = []
    for row in range(header):
        cell = matrix.get((row, place))
        if cell and cell not in heads and cell.text not in ("", LANE) and not cell.text.isdecimal():
            heads.append(cell)
    return tuple(heads)


def column_to_role(path: tuple[str, ...], body: Sequence[str], *, first: bool = False) -> Role:
    """Tell what a column holds, by its header first and by its cells where that does not tell.

    In the first column 1月, 5路 and 2班 are names: what a figure with its unit is further right.
    """
    head = path[-1] if path else ""
    figure = NUMBER if first else COUNTED_CELL
    figures = sum(1 for text in body if figure.fullmatch(text))
    worded = sum(1 for text in body if not figure.fullmatch(text) and not NIL.fullmatch(text))
    if SERIAL_HEAD.search(head):
        return "serial"
    if UNIT_HEAD.match(head) and says_units(body):
        return "unit"
    if any(CODE_HEAD.search(text) for text in path) and worded <= max(figures, 1):
        return "code"
    if NOTE_HEAD.search(head):
        years = YEAR_HEAD.match(head) and any(YEAR_CELL.match(text) for text in body)
        return "name" if years else "note"
    digits = re.search(r"\d", "".join(body))
    printed = digits or not worded
    reached = FIGURE_HEAD.search(head) or (REACHED_HEAD.search(head) and digits)
    if reached and printed:
        return "figure"
    if worded > figures or (NAME_HEAD.search(head) and worded >= figures):
        return "name"
    return "code" if body and not head and all(CODE.fullmatch(text) for text in body) else "figure"


def says_units(body: Sequence[str]) -> bool:
    """Tell whether the cells of a column are units and nothing else."""
    words = [text for text in body if not NIL.fullmatch(text)]
    return bool(words) and all(UNIT_CELL.fullmatch(text) for text in words)


def columns_to_blocks(columns: Sequence[Column]) -> tuple[Block, ...]:
    """Group the columns into blocks; label columns after the last figure column are left out."""
    blocks: list[Block] = []
    labels: list[Column] = []
    figures: list[Column] = []
    for column in columns:
        if column.role == "figure":
            figures.append(column)
        elif figures and column.path and TOLD_HEAD.search(column.path[-1]):
            continue  # words about the same row
        elif column.role in ("code", "name"):
            if figures:
                blocks.append(labels_to_block(labels, figures))
                labels, figures = [], []
            labels.append(column)
    if figures:
        blocks.append(labels_to_block(labels, figures))
    units = tuple(column for column in columns if column.role == "unit")
    return tuple(
        with_project(block, blocks[:at]).model_copy(update={"units": units})
        for at, block in enumerate(blocks)
    )


def with_project(block: Block, before: Sequence[Block]) -> Block:
    """Let the project that a table names first stand over its indicators too.

    In 项目名称 | 预算金额 | 一级指标 | … a figure stands between its name and its indicators.
    """
    if not any(headed(column, INDICATOR_HEAD) for column in block.names):
        return block
    names = [column for other in before for column in other.names if headed(column, PROJECT_HEAD)]
    return block.model_copy(update={"names": (*names, *block.names)})


def labels_to_block(labels: Sequence[Column], figures: Sequence[Column]) -> Block:
    """Make a block of label columns and figure columns."""
    names = [column for column in labels if column.role == "name"]
    return Block(
        codes=tuple(column for column in labels if column.role == "code"),
        names=tuple(names[: named_last(names)]),
        figures=tuple(figures),
    )


def named_last(names: Sequence[Column]) -> int:
    """Return how many label columns name a row: what follows its name says of what kind it is.

    项目名称 | 资金来源 | 实施单位 are the name of a project, who pays and who sees to it.
    """
    heads = [column.path[-1] if column.path else "" for column in names]
    named = [at for at, head in enumerate(heads) if OWN_NAME.search(head)]
    after = heads[named[-1] + 1 :] if named else []
    return named[-1] + 1 if after and all(ATTRIBUTE.search(head) for head in after) else len(names)
