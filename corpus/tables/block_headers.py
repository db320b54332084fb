"""What the headers and the years of a block say: of its columns, and of rows that are years.

A column is read with the table's title and the report. "2022年 | 0 | 11,000" stands under columns
that name what the figures are of: the label of such a row says the year, and at most the aspect
(2023年决算数); beside years, a row of 增减额 or 增减率 says the aspect alone.
"""

from collections.abc import Iterable, Sequence

from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Report, Table
from corpus.tables.columns import YEAR_CELL, Block, Column
from corpus.tables.concepts import Meaning
from corpus.tables.headers import YEAR, Reading, path_to_reading, strip_words, words_to_aspect
from corpus.tables.rows import Row

STATED: tuple[Aspect, ...] = ("预算", "调整预算", "决算", "执行数")
PATTERNS = patterns("tables.block_headers")
SPENDING_TITLE = PATTERNS["spending_title"]
DATED = PATTERNS["dated"]
ASPECT_ONLY = PATTERNS["aspect_only"]
WHOLE_LABEL = PATTERNS["whole_label"]


def block_to_readings(block: Block, table: Table, report: Report) -> dict[int, Reading]:
    """Return what each figure column of a block says, by its place."""
    readings = {
        column.place: column_to_reading(column, block, table, report) for column in block.figures
    }
    return {place: with_base(each, readings.values()) for place, each in readings.items()}


def column_to_reading(
    column: Column, block: Block, table: Table, report: Report, *, label: str = ""
) -> Reading:
    """Read a column's own headers; a header over the labels too (收入, 支出) is the block's.

    `label` is the year of a row, which says of its figures what a header would.
    """
    labels = {head.span for named in (*block.codes, *block.names) for head in named.heads}
    path = [head.text for head in column.heads if head.span not in labels]
    return path_to_reading(
        [*path, *([label] if label else ())],
        title=name_of(table),
        kind=report.kind,
        year=title_to_year(name_of(table)) or report.year,
        unit=table.unit,
    )


def with_base(reading: Reading, beside: Iterable[Reading]) -> Reading:
    """Give a change the aspect of the column that it is counted from, where one column fits."""
    base = reading.base
    if base is None:
        return reading
    held = {each.aspect for each in beside if each.base is None and each.year == base.year}
    aspects = held & set(STATED)
    if len(aspects) != 1:
        return reading
    return reading.model_copy(update={"base": base.model_copy(update={"aspect": aspects.pop()})})


def spent_reading(
    reading: Reading, meaning: Meaning, table: Table, report: Report, *, dated: bool
) -> Reading:
    """Take money for spent where an evaluation's table of income or spending says nothing else."""
    silent = report.kind == "绩效自评" and reading.aspect == "其他" and not meaning.facet
    money = unit_kind(reading.unit) == "money" and SPENDING_TITLE.search(name_of(table))
    if not (silent and money and (dated or not reading.part)):
        return reading
    return reading.model_copy(update={"aspect": "决算"})


def title_to_year(title: str) -> int | None:
    """Return the one year that the title of a table names; None for none or several."""
    years = {int(match) for match in YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def name_of(table: Table) -> str:
    """Return the title of a table, else the heading that it stands under."""
    return table.title or (table.section[-1] if table.section else "")


def says_year(label: str) -> bool:
    """Tell whether a label is a year and nothing else but an aspect: 2023年, 上年数, 2023年决算."""
    if YEAR_CELL.fullmatch(label):
        return True
    return bool(DATED.search(label)) and bool(WHOLE_LABEL.match(strip_words(label)))


def date_labels(rows: Sequence[Row]) -> dict[int, str]:
    """Return the label that dates each row, by the row's place; rows without one are left out."""
    labels = {row.place: next((name for name in row.path if says_year(name)), "") for row in rows}
    found = {place: label for place, label in labels.items() if label}
    for row in rows if found else ():
        alone = row.path[-1] if len(row.path) == 1 else ""
        if ASPECT_ONLY.match(alone) and words_to_aspect([alone])[0] and not strip_words(alone):
            found[row.place] = alone
    return found


def without_label(row: Row, label: str) -> Row:
    """Return a row without the name that dates it."""
    return row.model_copy(update={"path": tuple(name for name in row.path if name != label)})
