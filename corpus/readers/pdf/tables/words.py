"""The figures of a ruled table read once more, by words: where the two ways differ, it is told.

Rules say in which cell a character stands. Words say, without them, which digits are one number,
and lines which numbers and names stand side by side. A stroke through a row, a rule that is missing
or a number over its edge makes the two differ.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.readers.pdf.glyphs import Box, Glyph
from corpus.readers.pdf.lines import WORD_GAP, glyphs_to_lines

NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_NUMERIC = frozenset("0123456789.,-%")
_OVER = 3.0  # points: so far a number may jut out of its cell
_SHARED = 1.0  # points of height that cells of one row share at least

Held = Mapping[Box, Sequence[Glyph]]


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
