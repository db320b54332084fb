"""Tables of a page that are drawn with rules: from rules to cells, and their text; no meaning yet.

The one way into pdfplumber, of which it uses the geometry of the table finder alone: the glyphs and
rules come from `corpus.readers.pdf.glyphs`, so that nothing invisible gets in. A cell's text comes
from the glyphs whose centre lies in the cell's box; a number that juts out of its cell is not torn.

The figures are read once more by words: these say, without rules, which digits are one number, and
lines which numbers and names stand side by side. A stroke through a row, a rule that is missing or
a number over its edge makes the two differ, and that is told.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from corpus.model.types import Grid, GridCell
from corpus.readers.pdf.glyphs import Box, Glyph, Rule, Sheet
from corpus.readers.pdf.lines import WORD_GAP, glyphs_to_lines, join_texts
from corpus.readers.pdf.turning import levelled

_SNAP = 3.0  # points: rules this close are one rule, or touch
_SHORT = 5.0  # points: what is shorter than this after merging is no rule
_OPEN_ENDS = 3  # so many rules that end level, with none across, lack the closing one
_TOUCH = 0.08  # of the type size: digits no further apart than this are one number
_LEVEL = 0.5  # of its height: so much shared, two tables stand side by side
_FULL = 0.8  # of a cell's width: a line as wide as this was wrapped

Spread = Sequence[float]
NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_NUMERIC = frozenset("0123456789.,-%")
_OVER = 3.0  # points: so far a number may jut out of its cell
_SHARED = 1.0  # points of height that cells of one row share at least

Held = Mapping[Box, Sequence[Glyph]]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with its place on the page and the glyphs that it took.

    `disputed` are the figures in it that its words do not show as its rules do.
    """

    box: Box
    grid: Grid
    glyphs: frozenset[Glyph]
    disputed: tuple[str, ...]


def sheet_to_tables(sheet: Sheet) -> tuple[Table, ...]:
    """Find the ruled tables of a page, from the top down.

    A box of one cell is a frame around text and no table; its text is left to the paragraphs.
    """
    tables = []
    for boxes in rules_to_tables(sheet.rules):
        if len(boxes) > 1:
            area = _around(boxes)
            inside = _inside(area, sheet.glyphs)
            held = boxes_to_held(boxes, inside)
            texts = {box: glyphs_to_cell_text(held[box], box) for box in boxes}
            grid = boxes_to_grid(sheet.number, texts)
            figures = {box: text for box, text in texts.items() if NUMBER.fullmatch(text)}
            differ = disputed_cells(held, figures)
            disputed = tuple(text for box, text in figures.items() if box in differ)
            tables.append(Table(area, grid, frozenset(inside), disputed))
    return tuple(sorted(tables, key=lambda table: (table.box.top, table.box.x0)))


def _inside(area: Box, glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs of a table; a number over its edge is in it or out of it whole."""
    level = [each for each in glyphs if area.holds(area.x0, each.centre[1], slack=_SNAP)]
    inside = {each for each in level if area.holds(*each.centre, slack=_SNAP)}
    for run in glyphs_to_runs(level):
        if len(run) > 1:
            whole = area.holds((run[0].x0 + run[-1].x1) / 2, run[0].centre[1], slack=_SNAP)
            (inside.update if whole else inside.difference_update)(run)
    return [each for each in level if each in inside]


def tables_in_rows(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Put tables side by side in order from the left, each to the right of another marked so."""
    rows: list[list[Table]] = []
    for table in tables:
        if rows and _overlap(rows[-1][0].box, table.box):
            rows[-1].append(table)
        else:
            rows.append([table])
    return tuple(
        _beside(table, row[0], at > 0)
        for row in map(_from_left, rows)
        for at, table in enumerate(row)
    )


def _from_left(row: list[Table]) -> list[Table]:
    return sorted(row, key=lambda table: table.box.x0)


def _overlap(one: Box, two: Box) -> bool:
    """Tell whether two tables share most of their height and none of their width."""
    shared = one.cut(two)
    return shared.width < 0 and shared.height > _LEVEL * min(one.height, two.height)


def _beside(table: Table, first: Table, beside: bool) -> Table:
    """Let a table begin at the height of the first of its row, so that they stay in order."""
    box = replace(table.box, top=min(first.box.top, table.box.top))
    return replace(table, box=box, grid=table.grid.model_copy(update={"beside": beside}))


def rules_to_tables(rules: Iterable[Rule]) -> list[list[Box]]:
    """Turn rules into tables, each the boxes of its cells; a merged cell is one box."""
    edges = _merged([*(_edge(rule.box, upright=rule.upright) for rule in rules)])
    edges = _merged([*edges, *_closing_edges(edges)])
    corners = edges_to_intersections(edges, x_tolerance=_SNAP, y_tolerance=_SNAP)
    cells = intersections_to_cells(corners)
    return [[Box(*cell) for cell in table] for table in cells_to_tables(cells)]


# ---------------------------------------------------------------- rules to boxes

Edge = dict[str, float | str]


def _edge(box: Box, *, upright: bool) -> Edge:
    return {
        "x0": box.x0,
        "x1": box.x1,
        "top": box.top,
        "bottom": box.bottom,
        "width": box.width,
        "height": box.height,
        "orientation": "v" if upright else "h",
    }


def _merged(edges: list[Edge]) -> list[Edge]:
    merged = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    return [
        edge
        for edge in merged
        if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) > _SHORT
    ]


def _closing_edges(edges: list[Edge]) -> Iterator[Edge]:
    """Give the outer rules that a table lacks: a page break or a style that draws none.

    Where three or more upright rules end at one height and no level rule meets them there, that
    level rule is missing; the same for level rules and their ends.
    """
    upright = [_edge_box(edge) for edge in edges if edge["orientation"] == "v"]
    level = [_edge_box(edge) for edge in edges if edge["orientation"] == "h"]
    for ends in _level_ends([(box.top, box.x0) for box in upright]) + _level_ends(
        [(box.bottom, box.x0) for box in upright]
    ):
        y, x0, x1 = ends
        if not any(abs(box.top - y) <= _SNAP for box in level):
            yield _edge(Box(x0, y, x1, y), upright=False)
    for ends in _level_ends([(box.x0, box.top) for box in level]) + _level_ends(
        [(box.x1, box.top) for box in level]
    ):
        x, top, bottom = ends
        if upright and not any(abs(box.x0 - x) <= _SNAP for box in upright):
            yield _edge(Box(x, top, x, bottom), upright=True)


def _edge_box(edge: Edge) -> Box:
    return Box(*(float(edge[side]) for side in ("x0", "top", "x1", "bottom")))


def _level_ends(ends: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """Group line ends (where, along) that lie level: where, and from where to where they reach."""
    groups: list[list[tuple[float, float]]] = []
    for end in sorted(ends):
        if groups and end[0] - groups[-1][0][0] <= _SNAP:
            groups[-1].append(end)
        else:
            groups.append([end])
    return [
        (group[0][0], min(a for _, a in group), max(a for _, a in group))
        for group in groups
        if len(group) >= _OPEN_ENDS
    ]


def _around(boxes: Sequence[Box]) -> Box:
    around = boxes[0]
    for box in boxes[1:]:
        around = around.join(box)
    return around


# ---------------------------------------------------------------- boxes to cells


def boxes_to_held(boxes: Sequence[Box], glyphs: Iterable[Glyph]) -> dict[Box, list[Glyph]]:
    """Give each box the glyphs that stand in it."""
    held: dict[Box, list[Glyph]] = {box: [] for box in boxes}
    for run in glyphs_to_runs(glyphs):
        held[_nearest(boxes, run)].extend(run)
    return held


def boxes_to_grid(page: int, texts: Mapping[Box, str]) -> Grid:
    """Place the boxes by row and column, each with its text."""
    tops, lefts = _spread(box.top for box in texts), _spread(box.x0 for box in texts)
    cells = []
    for box, text in texts.items():
        row, column = bisect_left(tops, box.top - _SNAP), bisect_left(lefts, box.x0 - _SNAP)
        rows = bisect_left(tops, box.bottom - _SNAP) - row
        columns = bisect_left(lefts, box.x1 - _SNAP) - column
        cells.append(GridCell(row=row, column=column, rows=rows, columns=columns, text=text))
    return Grid(page=page, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _spread(places: Iterable[float]) -> Spread:
    """Return the distinct places in order, those within the snap counted once."""
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place - distinct[-1] > _SNAP:
            distinct.append(place)
    return distinct


def _nearest(boxes: Sequence[Box], run: Sequence[Glyph]) -> Box:
    x = (run[0].x0 + run[-1].x1) / 2
    y = run[0].centre[1]

    def outside(box: Box) -> float:
        return max(box.x0 - x, x - box.x1, 0) + max(box.top - y, y - box.bottom, 0)

    inside = (box for box in boxes if box.holds(x, y))
    return next(inside, None) or min(boxes, key=outside)


def glyphs_to_runs(glyphs: Iterable[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    """Give what goes into one cell together: a number whole, anything else glyph by glyph."""
    for line in glyphs_to_lines(glyphs):
        run = [line.glyphs[0]]
        for last, glyph in pairwise(line.glyphs):
            numeric = all(g.char in "0123456789.,-%" for g in (last, glyph))
            if numeric and glyph.x0 - last.x1 <= _TOUCH * glyph.size:
                run.append(glyph)
            else:
                yield from _whole_or_parts(run)
                run = [glyph]
        yield from _whole_or_parts(run)


def _whole_or_parts(run: list[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    if NUMBER.fullmatch("".join(glyph.char for glyph in run)):
        yield tuple(run)
    else:
        yield from ((glyph,) for glyph in run)


def glyphs_to_cell_text(glyphs: Iterable[Glyph], box: Box) -> str:
    """Spell a cell; lines that fill the cell were wrapped, shorter ones of numbers stay apart."""
    parts: list[str] = []
    room = False
    for line in glyphs_to_lines(levelled(tuple(glyphs))):
        text = line.text
        apart = room and parts[-1][-1:].isdigit() and text[:1].isdigit()
        parts.append(f" {text}" if apart else text)
        room = line.x1 - line.x0 < _FULL * box.width
    return join_texts(parts)


def disputed_cells(held: Held, figures: Mapping[Box, str]) -> frozenset[Box]:
    """Return the cells whose figure the words do not show so; `held` has the glyphs of every cell.

    `figures` are the texts of the cells that hold a number and nothing else.
    """
    upright = [each for inside in held.values() for each in inside if not each.turn]
    words = list(glyphs_to_numbers(upright))
    apart = cells_on_a_line_apart(held, upright)
    return frozenset(
        box
        for box, text in figures.items()
        if not any(each.turn for each in held[box])
        and (box in apart or not is_one_word(box, text, words))
    )


def glyphs_to_numbers(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Give the words of digits and their signs that stand on the lines of some text."""
    for line in glyphs_to_lines(glyphs):
        word: list[Glyph] = []
        for glyph in line.glyphs:
            if word and (glyph.char not in _NUMERIC or _apart(word[-1], glyph)):
                yield word
                word = []
            if glyph.char in _NUMERIC:
                word.append(glyph)
        if word:
            yield word


def _apart(last: Glyph, glyph: Glyph) -> bool:
    return glyph.x0 - last.x1 > WORD_GAP * max(last.size, glyph.size)


def is_one_word(box: Box, text: str, words: Iterable[Sequence[Glyph]]) -> bool:
    """Tell whether a cell holds one number, spelled as the cell is, and does not cut it.

    Two words are one number where a line wrap parted it so that they are none by themselves.
    """
    inside = [word for word in words if box.holds(*_middle(word))]
    spelled = ["".join(glyph.char for glyph in word) for word in inside]
    whole = all(box.x0 - _OVER <= each[0].x0 and each[-1].x1 <= box.x1 + _OVER for each in inside)
    broken = len(spelled) == 1 or not all(map(NUMBER.fullmatch, spelled))
    return whole and broken and "".join(spelled) == text


def _middle(word: Sequence[Glyph]) -> tuple[float, float]:
    return (word[0].x0 + word[-1].x1) / 2, word[0].centre[1]


def cells_on_a_line_apart(held: Held, glyphs: Iterable[Glyph]) -> set[Box]:
    """Return the cells of a line of text that share no row with another cell of it."""
    homes = {glyph: box for box, inside in held.items() for glyph in inside}
    apart: set[Box] = set()
    for line in glyphs_to_lines(glyphs):
        boxes = sorted({homes[glyph] for glyph in line.glyphs}, key=lambda box: box.top)
        for one, other in pairwise(boxes):
            if one.cut(other).height < _SHARED:
                apart |= {one, other}
    return apart
