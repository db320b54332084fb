"""Rows that are years: "2022年 | 0 | 11,000" under columns that name what the figures are of.

The label of such a row says the year, and at most the aspect (2023年决算数); beside years, a row of
增减额 or 增减率 says the aspect alone. What the figure is of, its column tells.
"""

from collections.abc import Sequence

from corpus.lexicon.grammar import patterns
from corpus.tables.columns import YEAR_CELL
from corpus.tables.headers import strip_words, words_to_aspect
from corpus.tables.rows import Row

PATTERNS = patterns("tables.year_rows")
DATED = PATTERNS["dated"]
ASPECT_ONLY = PATTERNS["aspect_only"]
WHOLE_LABEL = PATTERNS["whole_label"]


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
