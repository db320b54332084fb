"""From the picture of a page to a sheet: recognised characters as glyphs, drawn lines as rules.

What comes out is what the text layer of a PDF gives, so that nothing after this knows of pictures.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median
from typing import NamedTuple

import numpy as np

from corpus.readers.pdf.glyphs import ASCENT, Box, Glyph, Rule, Sheet
from corpus.readers.pdf.lines import glyphs_to_lines
from corpus.readers.pdf.pdfium import Pixels
from corpus.readers.scans.missed import read_missed_cells
from corpus.readers.scans.pictures import Stroke, is_blank, levelled, picture_to_strokes
from corpus.readers.scans.recognition import SURE, Character, Reading, recognise

_TALL = 1.5  # the height of a recognised line, of its type size, where nothing tells better
_MOST = 0.6  # of the lines of a page: so many on end, and it lies on its side
_ALIKE = 1.12  # sizes no further apart than this are measured unevenly and are one
_POOR = 1.4  # and so far apart where the height alone was measured
_PITCH = 4  # so many Chinese characters in a row tell the type size
_JITTER = 0.5  # of the type size: characters no further apart than usual and this touch
_INSIDE = 1.4  # of a line's height: a stroke no longer than this is of a character
_NUMBER = re.compile(r"\d[\d,.，．]*")
_SEPARATORS = str.maketrans({",": "", "，": "", "．": "."})
_WIDE_FORMS = str.maketrans(",;:?!", "，；：？！")
_WIDE_BRACKETS = str.maketrans("()", "（）")


class Scanned(NamedTuple):
    """A page that was recognised, the numbers on it that are none too sure, and it set level.

    `unread` are the cells of its tables in which something stands that could not be read.
    """

    sheet: Sheet
    unsure: tuple[str, ...]
    picture: Pixels
    unread: tuple[Box, ...] = ()


def picture_to_sheet(picture: Pixels, *, number: int, scale: float) -> Scanned:
    """Recognise the picture of a page, drawn with `scale` pixels to the point."""
    found: tuple[Reading, ...] = ()
    if not is_blank(picture):
        picture, found = _read(levelled(picture))
    height, width = (side / scale for side in picture.shape[:2])
    readings = [_in_wide_forms(each) for each in found if each.characters]
    strokes = [
        each
        for each in (picture_to_strokes(picture) if readings else ())
        if not _is_of_a_character(each, readings)
    ]
    uprights = [each for each in strokes if each.upright]
    rules = tuple(_rule(each, scale) for each in strokes)
    sheet = Sheet(number, width, height, tuple(_glyphs(readings, uprights, scale)), rules)
    missed = read_missed_cells(picture, sheet, strokes, scale)
    if missed.readings:
        readings += missed.readings
        sheet = replace(sheet, glyphs=tuple(_glyphs(readings, uprights, scale)))
    unsure = tuple(number for each in readings for number in unsure_numbers(each))
    return Scanned(sheet, unsure, picture, missed.unread)


def _read(picture: Pixels) -> tuple[Pixels, tuple[Reading, ...]]:
    """Recognise a page; one that lies on its side is turned either way, as it reads better."""
    readings = recognise(picture)
    if sum(each.upright for each in readings) <= _MOST * len(readings):
        return picture, readings
    ways = [np.ascontiguousarray(np.rot90(picture, turn)) for turn in (1, 3)]
    return max(((way, recognise(way)) for way in ways), key=lambda way: _worth(way[1]))


def _worth(readings: Sequence[Reading]) -> float:
    return sum(each.score * len(each.characters) for each in readings)


def unsure_numbers(reading: Reading) -> Iterator[str]:
    """Give the numbers of a line that is none too sure, or in which a digit is not."""
    text = "".join(each.char for each in reading.characters)
    for hit in _NUMBER.finditer(text):
        scores = (each.score for each in reading.characters[hit.start() : hit.end()])
        if min(reading.score, *scores, 1.0) < SURE:
            yield hit[0].rstrip(",.，．")


def numbers_unlike(sheet: Sheet, layer: str) -> Iterator[str]:
    """Give the numbers of a recognised page that its text layer, where it has any, does not have.

    A text layer is what another program recognised in the same picture.
    """
    told = {_plain(hit) for hit in _NUMBER.findall(layer)}
    if told:
        for line in glyphs_to_lines(sheet.glyphs):
            for number in _NUMBER.findall(line.text):
                if _plain(number) not in told:
                    yield number.rstrip(",.，．")


def _plain(number: str) -> str:
    return number.translate(_SEPARATORS).rstrip(".")


def _in_wide_forms(reading: Reading) -> Reading:
    """Give signs beside Chinese, and brackets of Chinese lines, the width of Chinese type."""
    chars = [each.char for each in reading.characters]
    if any(map(wide, chars)):
        chars = [char.translate(_WIDE_BRACKETS) for char in chars]
    around = ["", *chars, ""]
    chars = [
        char.translate(_WIDE_FORMS) if wide(before) or wide(after) else char
        for before, char, after in zip(around, chars, around[2:], strict=False)
    ]
    return reading._replace(
        characters=tuple(
            each._replace(char=char) for each, char in zip(reading.characters, chars, strict=True)
        )
    )


def wide(char: str) -> bool:
    """Tell whether a character takes a whole em square."""
    return bool(char) and unicodedata.east_asian_width(char[0]) in "WFA"


# ---------------------------------------------------------------- glyphs


def _glyphs(
    readings: Sequence[Reading], uprights: Sequence[Stroke], scale: float
) -> Iterator[Glyph]:
    sizes = _sizes(readings)
    for reading, size in zip(readings, sizes, strict=True):
        middle = (reading.top + reading.bottom) / 2
        parting = [each for each in uprights if each.top < middle < each.bottom]
        y = (middle + (ASCENT - 0.5) * size) / scale
        for character, (x0, x1) in zip(
            reading.characters, _extents(reading.characters, size, parting), strict=True
        ):
            yield Glyph(character.char, x0 / scale, x1 / scale, y, size / scale)


def _sizes(readings: Sequence[Reading]) -> list[float]:
    """Return the type size of each line.

    The distance of its Chinese characters tells it. The height of the others, held against that of
    the lines that tell, is a poor measure: they are set in one of the sizes that are told.
    """
    pitches = [_pitch(each) for each in readings]
    tall = [each.bottom - each.top for each in readings]
    ratios = [height / size for height, size in zip(tall, pitches, strict=True) if size]
    told = _even([size for size in pitches if size])
    ratio = median(ratios) if ratios else _TALL
    return [
        told[size] if size else _nearest(height / ratio, told.values())
        for height, size in zip(tall, pitches, strict=True)
    ]


def _nearest(size: float, told: Iterable[float]) -> float:
    near = min(told, key=lambda one: abs(one - size), default=size)
    return near if max(near, size) < _POOR * min(near, size) else size


def _pitch(reading: Reading) -> float:
    """Return the distance of the Chinese characters of a line, 0 where they are too few to tell.

    It is the mean, for the middle of each is told in quarters of it.
    """
    steps = [
        after.x - before.x
        for before, after in pairwise(reading.characters)
        if wide(before.char) and wide(after.char)
    ]
    if len(steps) < _PITCH:
        return 0.0
    usual = median(steps)
    return min(mean(step for step in steps if step < 1.5 * usual), reading.bottom - reading.top)


def _even(sizes: Sequence[float]) -> dict[float, float]:
    """Let sizes that are nearly alike be one; return what each becomes."""
    kinds: list[list[float]] = []
    for size in sorted(sizes):
        if kinds and size <= _ALIKE * kinds[-1][0]:
            kinds[-1].append(size)
        else:
            kinds.append([size])
    return {size: median(kind) for kind in kinds for size in kind}


def _extents(
    characters: Sequence[Character], size: float, parting: Sequence[Stroke]
) -> list[tuple[float, float]]:
    """Return where each character begins and ends: neighbours touch, unless something parts them.

    A recogniser tells the middle of a character to a quarter of its size.
    """
    halves = [size / 2 if wide(each.char) else size / 4 for each in characters]
    lefts = [each.x - half for each, half in zip(characters, halves, strict=True)]
    rights = [each.x + half for each, half in zip(characters, halves, strict=True)]
    for at, (before, after) in enumerate(pairwise(characters)):
        usual = halves[at] + halves[at + 1]
        parted = any(before.x < (each.left + each.right) / 2 < after.x for each in parting)
        if not parted and after.x - before.x <= usual + _JITTER * size:
            edge = before.x + (after.x - before.x) * halves[at] / usual
            rights[at] = lefts[at + 1] = edge
    return list(zip(lefts, rights, strict=True))


# ---------------------------------------------------------------- rules


def _is_of_a_character(stroke: Stroke, readings: Sequence[Reading]) -> bool:
    """Tell a long stroke of large type from a rule: it lies within its line."""
    long = max(stroke.right - stroke.left, stroke.bottom - stroke.top)
    return any(
        each.top - 2 <= stroke.top
        and stroke.bottom <= each.bottom + 2
        and each.characters[0].x - long < stroke.left
        and stroke.right < each.characters[-1].x + long
        and long < _INSIDE * (each.bottom - each.top)
        for each in readings
    )


def _rule(stroke: Stroke, scale: float) -> Rule:
    """Make a rule of the line along the middle of a stroke."""
    x, y = (stroke.left + stroke.right) / 2, (stroke.top + stroke.bottom) / 2
    if stroke.upright:
        return Rule(Box(x / scale, stroke.top / scale, x / scale, stroke.bottom / scale), True)
    return Rule(Box(stroke.left / scale, y / scale, stroke.right / scale, y / scale), False)
