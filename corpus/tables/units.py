"""Units of tables that print none, or several in one line: 单位：万亩、万元、人."""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.lexicon.grammar import patterns
from corpus.model.types import Report, Table
from corpus.tables.headers import UNIT_IN_HEAD

PATTERNS = patterns("tables.units")
AMOUNT = PATTERNS["amount"]
FIGURE = re.compile(r"\d[\d,]*\.\d+")
LEAST_AGREED = 3
SEVERAL = PATTERNS["several"]
DIVIDER = re.compile(r"[、，,/]")
# What the name of a column says of its figures, and the units that such figures have.
KINDS = tuple((PATTERNS[kind], PATTERNS[f"{kind}_unit"]) for kind in ("area", "people", "count"))


def with_unit(table: Table, report: Report) -> Table:
    """Return a table with the unit of money in which the text repeats several of its figures.

    One that prints a unit anywhere, or whose figures the text gives in two units, stays as it is.
    """
    texts = [cell.text for cell in table.cells]
    if table.unit or units_said(table, report) or any(UNIT_IN_HEAD.search(text) for text in texts):
        return table
    said = amounts_said(report)
    figures = {text.replace(",", "") for text in texts if FIGURE.fullmatch(text)}
    units = [said[figure] for figure in figures if figure in said]
    agreed = len(units) >= LEAST_AGREED and all(unit == units[0] for unit in units)
    return table.model_copy(update={"unit": next(iter(units[0]))}) if agreed else table


def units_said(table: Table, report: Report) -> tuple[str, ...]:
    """Return the units that the line over a table names for its columns together."""
    first = table.cells[0].span.start if table.cells else table.span.start
    match = SEVERAL.search(report.text, table.span.start, first)
    return tuple(DIVIDER.split(match[1])) if match else ()


def unit_among(units: Sequence[str], path: Sequence[str]) -> str:
    """Return the one of several units that a column counts in, by its kind; "" for no such one."""
    words = " ".join(path)
    wanted = next((unit for name, unit in KINDS if name.search(words)), PATTERNS["money_unit"])
    return next((unit for unit in units if wanted.search(unit)), "")


@lru_cache(maxsize=8)
def amounts_said(report: Report) -> dict[str, frozenset[str]]:
    """Return the amounts with decimals of the text, each with the units that stand after it."""
    said: dict[str, frozenset[str]] = {}
    for block in report.blocks:
        if block.kind == "paragraph":
            for match in AMOUNT.finditer(report.quote(block.span)):
                figure = match[1].replace(",", "")
                if "." in figure:
                    said[figure] = said.get(figure, frozenset()) | {match[2]}
    return said
