"""The cited cell of a table's row with what names it: its row's words and the heads over both.

Found by the rules that are drawn, and without rules by what stands over each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.telegram.pictures.flow import parted
from corpus.readers.pdf.glyphs import Box, Sheet
from corpus.readers.pdf.lines import Line

_AMOUNT = re.compile(r"[-−]?[\d,]+(?:\.\d+)?%?")
_WORD = re.compile(r"[^\W\d_]")
_NARROW = 3.0  # points: what stands closer together are two edges of one rule
_EMPTY = 3.0  # em: what lies further apart has an empty cell between
_WIDE = 1.5  # em: without rules, cells stand at least so far apart


@dataclass(frozen=True)
class Column:
    """A cell of the row with the heads over it, each as the lines of its text."""

    heads: tuple[tuple[Line, ...], ...]
    cell: tuple[Line, ...]
    is_cited: bool


@dataclass(frozen=True)
class Part:
    """What stands in one cell of one line, and from where to where the cell reaches."""

    line: Line
    left: float
    right: float


def row_to_columns(
    sheet: Sheet,
    lines: Sequence[Line],
    row: Box,
    figures: Sequence[Box],
    over: tuple[Sheet, Sequence[Line]],
) -> tuple[Column, ...]:
    """Return the columns of a row to be shown: those of its words, and that of the cited figure.

    `row` is the box of the row, `figures` the places of the figure in it (all of them where it
    cannot be told which is meant), `over` the page and the lines that bear the heads. Empty where
    the row has no cells that can be told.
    """
    inside = [line for line in lines if row.holds(*_middle(line.box))]
    cells = _cells(part for line in inside for part in parts_of(sheet, line))
    cited = [at for at, cell in enumerate(cells) if any(_holds(cell, box) for box in figures)]
    if not cited:
        return ()
    heads = [part for line in over[1] for part in parts_of(over[0], line)]
    shown = [*_named_by(cells, cited[0]), *cited]
    return tuple(
        Column(
            heads=tuple(_heads(heads, cells[at])),
            cell=tuple(part.line for part in cells[at]),
            is_cited=at in cited,
        )
        for at in shown
    )


def parts_of(sheet: Sheet, line: Line) -> tuple[Part, ...]:
    """Part a line into cells, at upright rules or else at wide gaps."""
    places = upright_at(sheet, line.box)
    if not places:
        return tuple(Part(one, one.x0, one.x1) for one in _at_gaps(line))
    found = []
    for one in parted(line, places):
        x = _middle(one.box)[0]
        left = max((at for at in places if at <= x), default=0.0)
        right = min((at for at in places if at > x), default=sheet.width)
        found.append(Part(one, left, right))
    return tuple(found)


def upright_at(sheet: Sheet, box: Box) -> list[float]:
    """Return where upright rules cross the middle of a line, from left to right."""
    _, y = _middle(box)
    at = sorted(
        (rule.box.x0 + rule.box.x1) / 2
        for rule in sheet.rules
        if rule.upright and rule.box.top <= y <= rule.box.bottom
    )
    return [x for n, x in enumerate(at) if not n or x - at[n - 1] > _NARROW]


def is_of_data(sheet: Sheet, line: Line) -> bool:
    """Tell a row of figures from one of heads."""
    return any(_AMOUNT.fullmatch(part.line.text.strip()) for part in parts_of(sheet, line))


def _at_gaps(line: Line) -> Iterator[Line]:
    edges = [
        (one.x1 + two.x0) / 2
        for one, two in pairwise(line.glyphs)
        if two.x0 - one.x1 > _WIDE * line.size
    ]
    return parted(line, edges)


def _cells(parts: Iterable[Part]) -> list[list[Part]]:
    """Put the lines of a cell together, and the cells in order from the left."""
    cells: list[list[Part]] = []
    for part in parts:
        same = (cell for cell in cells if _overlap(cell[0], part))
        cell = next(same, None)
        if cell is None:
            cells.append([part])
        else:
            cell.append(part)
    return sorted(cells, key=lambda cell: cell[0].left)


def _overlap(one: Part, two: Part) -> bool:
    shared = min(one.right, two.right) - max(one.left, two.left)
    return shared > min(one.right - one.left, two.right - two.left) / 2


def _holds(cell: Sequence[Part], figure: Box) -> bool:
    x, y = _middle(figure)
    return any(part.line.box.holds(x, y, slack=1.0) for part in cell)


def _named_by(cells: Sequence[Sequence[Part]], cited: int) -> Iterator[int]:
    """Give the cells whose words name a figure: those nearest before it that stand together."""
    nearest = next((at for at in range(cited - 1, -1, -1) if _says_words(cells[at])), -1)
    first = nearest
    while first > 0 and _says_words(cells[first - 1]) and _touch(cells[first - 1], cells[first]):
        first -= 1
    yield from range(first, nearest + 1) if nearest >= 0 else ()


def _touch(one: Sequence[Part], two: Sequence[Part]) -> bool:
    """Tell whether no empty cell lies between two."""
    return two[0].left - one[0].right < _EMPTY * two[0].line.size


def _says_words(cell: Iterable[Part]) -> bool:
    return any(_WORD.search(part.line.text) for part in cell)


def _heads(parts: Iterable[Part], cell: Sequence[Part]) -> Iterator[tuple[Line, ...]]:
    """Give the heads that stand over a cell, from the top, lines of one cell together.

    Over a cell as wide as several heads these stand in one line.
    """
    together: list[Part] = []
    for part in parts:
        if not _stands_over(part, cell):
            continue
        last = together[-1] if together else part
        if last is not part and abs(last.line.y - part.line.y) < 1:
            joined = Line((*last.line.glyphs, *part.line.glyphs))
            together[-1] = Part(joined, last.left, part.right)
            continue
        if (part.left, part.right) != (last.left, last.right):
            yield tuple(one.line for one in together)
            together = []
        together.append(part)
    if together:
        yield tuple(one.line for one in together)


def _stands_over(part: Part, cell: Sequence[Part]) -> bool:
    middle = (cell[0].left + cell[0].right) / 2
    return part.left <= middle <= part.right or _overlap(part, cell[0])


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
