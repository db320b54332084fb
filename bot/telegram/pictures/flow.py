"""Printed lines laid out anew, no wider than a phone shows: pieces of the page, no letter drawn.

A line is parted between characters, never within a number, and what does not fit goes on below.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.glyphs import Box, Glyph
from corpus.readers.pdf.lines import Line, plain

_HANGING = "，。、；：？！）》”’〕】%％"  # marks that begin no line
_LEADING = "（《“‘〔【"  # marks that end none
_IN_NUMBER = "0123456789.,"
_UNITS = "十百千万亿元年月日人个辆台套户"
_AFTER = 0.5  # em: what stands no further behind a number belongs to it
_GAP = 1.0  # em: wider gaps are closed up to this
_OVER = 0.12  # em above and below a line that are cut out with it: what is printed may stand out
_APART = 3.0  # em: lines that stand so far apart are of two paragraphs
_SHORT = 2.0  # em: a line that ends so far before the others is the last of its paragraph


@dataclass(frozen=True)
class Cut:
    """A piece of a line: where it is cut out of the page, and how far from the left it is put."""

    left: float
    box: Box
    glyphs: tuple[Glyph, ...]


Row = tuple[Cut, ...]


def row_width(row: Row) -> float:
    """Return the width of a row in points."""
    return max((cut.left + cut.box.width for cut in row), default=0.0)


def row_height(row: Row) -> float:
    """Return the height of a row in points."""
    return max((cut.box.height for cut in row), default=0.0)


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Give lines that stand below each other by the paragraphs that their indents and ends tell."""
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    together: list[Line] = []
    for line in lines:
        begins = line.x0 - left > _GAP * line.size
        ended = bool(together) and (
            together[-1].x1 < right - _SHORT * line.size
            or line.y - together[-1].y > _APART * line.size
        )
        if together and (begins or ended):
            yield tuple(together)
            together = []
        together.append(line)
    if together:
        yield tuple(together)


def lines_to_rows(lines: Sequence[Line], *, most: float, indent: float = 0.0) -> list[Row]:
    """Lay out the lines of one paragraph in rows of at most `most` points."""
    rows: list[list[Cut]] = [[]]
    used, room = indent, most
    for line in lines:
        last: Glyph | None = None
        for token in _tokens(line.glyphs):
            gap = 0.0 if last is None else min(token[0].x0 - last.x1, _GAP * line.size)
            wide = max(glyph.x1 for glyph in token) - token[0].x0
            if rows[-1] and used + gap + wide > room:
                rows.append([])
                used, gap, last = 0.0, 0.0, None
            follows = last is not None and token[0].x0 - last.x1 <= _GAP * line.size
            _put(rows[-1], line, token, used + gap, follows=follows)
            used += gap + wide
            last = token[-1]
    return [tuple(row) for row in rows if row]


def _put(row: list[Cut], line: Line, token: Sequence[Glyph], left: float, *, follows: bool) -> None:
    """Put characters at the end of a row, in one piece with those that they follow in print."""
    box = _line_box(line, token)
    if follows:
        before = row.pop()
        row.append(Cut(before.left, before.box.join(box), (*before.glyphs, *token)))
    else:
        row.append(Cut(left, box, tuple(token)))


def _line_box(line: Line, token: Sequence[Glyph]) -> Box:
    over = _OVER * line.size
    right = max(glyph.x1 for glyph in token)
    return Box(token[0].x0, line.box.top - over, right, line.box.bottom + over)


def _tokens(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Give what is not parted: a number with its unit, a character with the marks beside it."""
    token: list[Glyph] = []
    for glyph in glyphs:
        if token and not _belongs(token[-1], glyph):
            yield token
            token = []
        token.append(glyph)
    if token:
        yield token


def _belongs(one: Glyph, two: Glyph) -> bool:
    if two.x0 - one.x1 > _AFTER * two.size:
        return False
    a, b = plain(one.char)[:1], plain(two.char)[:1]
    return (
        b in _HANGING
        or a in _LEADING
        or (a in _IN_NUMBER and b in _IN_NUMBER + _UNITS)
        or (a in "万亿" and b == "元")
    )


def parted(line: Line, places: Sequence[float]) -> Iterator[Line]:
    """Part a line at upright rules that cross it, given as their distances from the left."""
    edges = [-math.inf, *sorted(places), math.inf]
    for left, right in pairwise(edges):
        inside = tuple(glyph for glyph in line.glyphs if left <= glyph.centre[0] < right)
        if inside:
            yield Line(inside)
