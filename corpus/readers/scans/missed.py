"""Cells of a scan's tables in which something stands that was not recognised: read by themselves.

Lines are found on the page as a whole, where one digit alone in a wide cell is easily overlooked.
What is read here is read surely or not at all: of a stroke alone a guess would make a figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from statistics import median
from typing import NamedTuple

import numpy as np

from corpus.readers.pdf.glyphs import Box, Glyph, Sheet
from corpus.readers.pdf.pdfium import Pixels
from corpus.readers.pdf.tables.ruled import rules_to_tables
from corpus.readers.scans.pictures import Area, Blot, Stroke, picture_to_blots
from corpus.readers.scans.recognition import SURE, Character, Reading, recognise_lines

_CELLS = 50  # of a page: a tenth of a second each
# Of the type size of a table: how high a character is, how wide are those that touch each other.
_LOW, _HIGH, _WIDE = 0.45, 1.5, 2.0
_SPECK = 0.03  # of the square of the type size: so little ink is no character
_FULL, _STOUT = 0.8, 0.5  # of its box, of its height: a spot that is filled so and as wide is none
_SLIVER = 0.12  # of the type size: what is thinner, and touches a rule, is a shred of it
# Of the contrast of the glyphs: fainter is a watermark, and a red seal seen by red light alone.
_FAINT, _RED = 0.5, 2
_SLACK = 0.25  # of the type size: a recogniser tells places no better
_PAPER = 0.4  # of the type size: left free around a line, as where lines are found
_ASLANT = 0.2  # of its height: a 1 stands more upright than this, / and \ lie more aslant
_LINE = 1.5  # of the type size: the height of a line, as where lines are found


class Missed(NamedTuple):
    """What was read in cells that seemed empty, and those cells in which nothing could be."""

    readings: list[Reading]
    unread: tuple[Box, ...]


class _Cell(NamedTuple):
    """A cell without text, what is around each line of its ink, and the type size in pixels."""

    box: Box
    lines: tuple[Blot, ...]
    size: float


def read_missed_cells(
    picture: Pixels, sheet: Sheet, strokes: Sequence[Stroke], scale: float
) -> Missed:
    """Read the cells of a recognised page that hold no glyph and yet ink like characters.

    `picture` shows the page with `scale` pixels to the point, `strokes` are its rules there.
    """
    cells = list(_inked_cells(picture, sheet, strokes, scale))
    tried = [each for each in cells if _is_text(each)][:_CELLS]
    cuts = [_cut(picture, line, each.size) for each in tried for line in each.lines]
    said = iter(_recognised(cuts))
    read = {each.box: tuple(islice(said, len(each.lines))) for each in tried}
    sure = [each for each in tried if all(text and score >= SURE for text, score in read[each.box])]
    readings = [
        _reading(line, text, score, each.size)
        for each in sure
        for line, (text, score) in zip(each.lines, read[each.box], strict=True)
    ]
    return Missed(readings, tuple(each.box for each in cells if each not in sure))


def _inked_cells(
    picture: Pixels, sheet: Sheet, strokes: Sequence[Stroke], scale: float
) -> Iterator[_Cell]:
    if not (empty := list(_empty_cells(sheet))):
        return
    areas = [_area(box, picture, scale) for box, _ in empty]
    clear = _FAINT * median(
        _contrast(picture, _area(each.box, picture, scale)) for each in sheet.glyphs
    )
    for (box, size), blots in zip(empty, picture_to_blots(picture, strokes, areas), strict=True):
        lines = _lines(_of_no_glyph(box, blots, sheet.glyphs, scale), size * scale)
        if found := tuple(line for line in lines if _contrast(picture, line[:4]) >= clear):
            yield _Cell(box, found, size * scale)


def _contrast(picture: Pixels, area: Area) -> int:
    left, top, right, bottom = area
    seen = picture[top:bottom, left:right, _RED]
    return int(np.ptp(seen)) if seen.size else 0


def _area(box: Box, picture: Pixels, scale: float) -> Area:
    high, wide = picture.shape[:2]
    left, top = max(round(box.x0 * scale), 0), max(round(box.top * scale), 0)
    return left, top, min(round(box.x1 * scale), wide), min(round(box.bottom * scale), high)


def _empty_cells(sheet: Sheet) -> Iterator[tuple[Box, float]]:
    """Give the cells without a glyph, of tables that have any, and the type size of their table."""
    for boxes in rules_to_tables(sheet.rules):
        held = {box: [g for g in sheet.glyphs if box.holds(*g.centre)] for box in boxes}
        sizes = [glyph.size for inside in held.values() for glyph in inside]
        if len(boxes) > 1 and sizes:
            yield from ((box, median(sizes)) for box, inside in held.items() if not inside)


def _of_no_glyph(
    box: Box, blots: Iterable[Blot], glyphs: Iterable[Glyph], scale: float
) -> list[Blot]:
    """Return the ink in a cell that is of no glyph: one beside the cell may jut into it."""
    near = [each for each in glyphs if _shared(each.box, box) > -_SLACK * each.size]
    return [
        blot
        for blot in blots
        if not any(
            each.box.holds(blot.centre / scale, blot.middle / scale, slack=_SLACK * each.size)
            for each in near
        )
    ]


def _shared(one: Box, two: Box) -> float:
    cut = one.cut(two)
    return min(cut.width, cut.height)


def _lines(blots: Sequence[Blot], size: float) -> Iterator[Blot]:
    """Give what is around each line of text: around its characters and the signs beside them."""
    blots = [each for each in blots if not _is_of_a_rule(each, size)]
    bands: list[Blot] = []
    for blot in sorted((b for b in blots if _is_like_a_character(b, size)), key=lambda b: b.top):
        if bands and blot.middle < bands[-1].bottom:
            bands[-1] = bands[-1].join(blot)
        else:
            bands.append(blot)
    for band in bands:
        yield reduce(Blot.join, (b for b in blots if band.top <= b.middle <= band.bottom))


def _is_of_a_rule(blot: Blot, size: float) -> bool:
    return blot.torn and blot.right - blot.left < _SLIVER * size


def _is_like_a_character(blot: Blot, size: float) -> bool:
    width, height = blot.right - blot.left, blot.bottom - blot.top
    spot = blot.area > _FULL * width * height and width > _STOUT * height
    return (
        _LOW * size <= height <= _HIGH * size
        and width <= _WIDE * size
        and blot.area >= _SPECK * size * size
        and not spot
    )


def _is_text(cell: _Cell) -> bool:
    """Tell whether the ink of a cell makes lines, and none runs over its rules as a seal does."""
    return all(not line.torn and line.bottom - line.top <= _HIGH * cell.size for line in cell.lines)


def _recognised(cuts: Sequence[Pixels]) -> list[tuple[str, float]]:
    """Recognise lines, each with its score; a slanting stroke, which passes for 1, is no text."""
    read = recognise_lines(cuts) if cuts else ()
    return [
        ("" if text == "1" and _slant(cut) > _ASLANT else text, score)
        for cut, (text, score) in zip(cuts, read, strict=True)
    ]


def _slant(cut: Pixels) -> float:
    """Return by how much the ink of a line runs aside for each pixel that it runs down."""
    grey = cut.mean(axis=2)
    ys, xs = np.nonzero(grey < (grey.min() + grey.max()) / 2)
    return abs(float(np.polyfit(ys, xs, 1)[0]))


def _cut(picture: Pixels, line: Blot, size: float) -> Pixels:
    """Return a line on paper of its own: no rule, however near, is left beside it."""
    ink = picture[max(line.top - 1, 0) : line.bottom + 1, max(line.left - 1, 0) : line.right + 1]
    around = round(_PAPER * size)
    height, width = ink.shape[:2]
    cut = np.empty((height + 2 * around, width + 2 * around, 3), np.uint8)
    cut[:] = np.percentile(ink.reshape(-1, 3), 90, axis=0)
    cut[around : around + height, around : around + width] = ink
    return cut


def _reading(line: Blot, text: str, score: float, size: float) -> Reading:
    """Make a reading of a line, its characters set evenly over its ink."""
    step = (line.right - line.left) / len(text)
    characters = (
        Character(char, line.left + (at + 0.5) * step, score) for at, char in enumerate(text)
    )
    half = _LINE * size / 2
    return Reading(tuple(characters), line.middle - half, line.middle + half, score)
