"""Forms that are drawn as one table: pairs of label and value above, a table of indicators below.

"项目名称 | 某工程 | 项目金额（元） | 500,000" has no header; "二级指标 | 三级指标 | 指标值" further
down is one, and what stands under it is of the project that the form names.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.entities.body_names import ends_as_body
from corpus.lexicon.grammar import patterns
from corpus.model.types import Cell, Noun, Table
from corpus.tables.columns import ACCOUNT_HEAD, FIGURE_HEAD, NOTE_HEAD
from corpus.tables.headers import UNIT_IN_HEAD

PATTERNS = patterns("tables.regions")
INDICATOR_HEAD = PATTERNS["indicator_head"]
SEVERAL = 2
PROJECT_LABEL = PATTERNS["project_label"]
CARRIER_LABEL = PATTERNS["carrier_label"]
DATED = PATTERNS["dated"]
UNIT = re.compile(r"[（(][^（()）]*[)）]$")


class Part(Noun):
    """A stretch of rows that is a table of its own; `project` is what a form above it names.

    `carrier` is the body that carries the project out, "" where the form names none.
    """

    table: Table
    project: str = ""
    carrier: str = ""


def table_to_parts(table: Table) -> Iterator[Part]:
    """Cut a table where a form or the header of its indicators begins; most tables are one part."""
    texts = row_texts(table)
    heads = [row for row in sorted(texts) if is_indicator_head(texts[row])]
    forms = [row for row in sorted(texts) if texts[row] and PROJECT_LABEL.match(texts[row][0])]
    starts = sorted({0, *(heads if any(heads) else ()), *forms})
    if len(starts) == 1:
        yield Part(table=table, project=project_of(texts, 0), carrier=carrier_of(texts))
        return
    project, carrier = "", ""
    for start, end in zip(starts, [*starts[1:], max(texts) + 1], strict=True):
        own = {row: cells for row, cells in texts.items() if start <= row < end}
        carrier = carrier_of(own) or ("" if start in forms else carrier)
        project = project_of(texts, start) or project
        header = max(table.header - start, int(start in heads))
        header = min(header, end - start) if start in heads or not forms else 0
        yield Part(table=rows_of(table, start, end, header), project=project, carrier=carrier)


def row_texts(table: Table) -> dict[int, list[str]]:
    """Return the printed texts of each row from left to right."""
    rows: dict[int, list[str]] = {cell.row: [] for cell in table.cells}
    for cell in table.cells:
        if cell.text:
            rows[cell.row].append(cell.text)
    return rows


def is_indicator_head(texts: list[str]) -> bool:
    """Tell whether a row names the columns of a table of indicators; 分值（90） has a full mark."""
    named = sum(1 for text in texts if INDICATOR_HEAD.match(text))
    return named >= SEVERAL and not any(re.search(r"\d", UNIT.sub("", text)) for text in texts)


def project_of(texts: dict[int, list[str]], row: int) -> str:
    """Return the name beside the label 项目名称 in a row, "" where there is none.

    A row that goes on with names of columns (项目名称 | 预算数 | 得分) heads a list of projects.
    """
    cells = texts.get(row, [])
    if names_columns(cells):
        return ""
    return next(
        (name for label, name in pairwise(cells) if is_project_named(label, name)),
        "",
    )


def carrier_of(texts: dict[int, list[str]]) -> str:
    """Return the body beside the label 实施单位 in the rows of a form, "" where there is none."""
    pairs = (pair for cells in texts.values() for pair in pairwise(cells))
    return next(
        (name for label, name in pairs if CARRIER_LABEL.match(label) and ends_as_body(name)), ""
    )


def names_columns(texts: list[str]) -> bool:
    """Tell whether a row heads columns of figures and prints no value itself."""
    heads = [
        text
        for text in texts[1:]
        if UNIT_IN_HEAD.search(text) or FIGURE_HEAD.search(UNIT.sub("", text))
    ]
    printed = any(re.search(r"\d", DATED.sub("", text)) for text in texts)
    last = texts[-1]
    ends = last in heads or last.endswith("情况") or bool(NOTE_HEAD.search(last))
    return bool(heads) and ends and not printed


def is_project_named(label: str, name: str) -> bool:
    """Tell whether a label is followed by a project, and not by the head of the next column."""
    head = UNIT_IN_HEAD.sub("", name)
    headed = FIGURE_HEAD.search(head) or ACCOUNT_HEAD.search(head)
    return bool(PROJECT_LABEL.match(label)) and not headed


def rows_of(table: Table, start: int, end: int, header: int) -> Table:
    """Return the rows from `start` up to `end` as a table with so many header rows."""
    cells: list[Cell] = [
        cell.model_copy(update={"row": cell.row - start})
        for cell in table.cells
        if start <= cell.row < end
    ]
    return table.model_copy(update={"cells": tuple(cells), "header": header})
