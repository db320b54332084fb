"""The place of a figure on a page: which of its occurrences is meant, and the box of its line."""

import re
from collections.abc import Iterable, Iterator

from corpus.readers.pdf.glyphs import Box, Glyph, Sheet
from corpus.readers.pdf.lines import WORD_GAP, Line, glyphs_to_lines, plain

_MARGIN = 3.0  # points between the line and the frame
_LEVEL = 20.0  # a point of height counts as so many of width: same line first
_ONE_ROW = 1.2  # of the type size: words this much higher or lower stand in the same row
_ABSENT = 1e6  # the distance to a word that is not on the page


def needles_to_box(sheet: Sheet, find: tuple[str, ...]) -> Box | None:
    """Return the box to frame, or None where find[0], the figure as printed, is not on the page."""
    needles = [_bare(needle) for needle in find if _bare(needle)]
    if not needles:
        return None
    lines = glyphs_to_lines(sheet.glyphs)
    places = [tuple(_needle_places(lines, needle)) for needle in needles]
    if not places[0]:
        return None
    line, figure = min(places[0], key=lambda place: _distance(place[1], places[1:]))
    box = line.box
    for others in places[1:]:
        # A figure may float above the other cells of its row: the row is both lines.
        near, word = min(others, key=lambda place: _apart(figure, place[1]), default=(line, figure))
        if abs(word.bottom - figure.bottom) < _ONE_ROW * line.size:
            box = box.join(near.box)
    return Box(box.x0 - _MARGIN, box.top - _MARGIN, box.x1 + _MARGIN, box.bottom + _MARGIN)


def _bare(text: str) -> str:
    return "".join(plain(char) for char in text if not char.isspace())


def _needle_places(lines: tuple[Line, ...], needle: str) -> Iterator[tuple[Line, Box]]:
    """Give each line that says the needle, and where; a number only where it stands whole."""
    words = " ?".join(re.escape(char) for char in needle)
    whole = rf"(?<![\d.,]){re.escape(needle)}(?![.,]?\d)"
    pattern = re.compile(whole if needle[0].isdigit() else words)
    for line in lines:
        spelt = list(_spelt(line))
        for hit in pattern.finditer("".join(char for char, _ in spelt)):
            first, last = spelt[hit.start()][1], spelt[hit.end() - 1][1]
            yield line, first.box.join(last.box)


def _spelt(line: Line) -> Iterator[tuple[str, Glyph]]:
    """Give the characters of a line with their glyphs, and a space between two cells' numbers."""
    last = line.glyphs[0]
    for glyph in line.glyphs:
        if (last.char + glyph.char).isascii() and glyph.x0 - last.x1 > WORD_GAP * glyph.size:
            yield " ", glyph
        yield plain(glyph.char)[:1], glyph
        last = glyph


def _distance(box: Box, others: Iterable[tuple[tuple[Line, Box], ...]]) -> float:
    return sum(
        min((_apart(box, other) for _, other in places), default=_ABSENT) for places in others
    )


def _apart(one: Box, two: Box) -> float:
    return _LEVEL * abs(one.bottom - two.bottom) + abs(one.x0 - two.x0)
