"""Lines of a page: glyphs on one baseline, and the text they spell; not yet paragraphs."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.glyphs import Box, Glyph

# All in parts of the type size.
_SAME_LINE = 0.45  # how far apart the baselines of one line may lie: less than half a line
_TWIN = 0.15  # a glyph drawn twice for boldness stands this close to itself
WORD_GAP = 0.18  # between Latin words or numbers: half a narrow space
_WIDE_GAP = 3.0  # between Chinese: no letter-spacing is as wide, so it parts two things
_RADICALS = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs that stand on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What the line says, without the spaces that only typesetting put there."""
        return glyphs_to_text(self.glyphs)

    @property
    def box(self) -> Box:
        """The box around the line's em squares."""
        tallest = max(self.glyphs, key=lambda glyph: glyph.size)
        return Box(self.x0, tallest.box.top, self.x1, tallest.box.bottom)

    @property
    def x0(self) -> float:
        """The left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """The right end."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def y(self) -> float:
        """The baseline that most of the line stands on."""
        return sorted(glyph.y for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def size(self) -> float:
        """The type size that most of the line is set in."""
        return sorted(glyph.size for glyph in self.glyphs)[len(self.glyphs) // 2]


def glyphs_to_lines(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """Group glyphs by baseline, from the top of the page down, and put each line in order.

    A font whose digits stand a little lower than the Chinese beside them stays on the line.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - rows[-1][0].y <= _SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return tuple(Line(tuple(_without_twins(row))) for row in rows)


def _without_twins(row: list[Glyph]) -> Iterator[Glyph]:
    last: Glyph | None = None
    for glyph in sorted(row, key=lambda glyph: glyph.x0):
        twin = last and glyph.char == last.char and glyph.x0 - last.x0 < _TWIN * glyph.size
        if not twin:
            yield glyph
            last = glyph


def glyphs_to_text(glyphs: Iterable[Glyph]) -> str:
    """Spell glyphs of one line: a space only between Latin words, or where a wide gap parts two."""
    ordered = list(glyphs)
    text = "".join(plain(glyph.char) for glyph in ordered[:1])
    for last, glyph in pairwise(ordered):
        gap = (glyph.x0 - last.x1) / max(last.size, glyph.size)
        latin = is_latin(last.char) and is_latin(glyph.char)
        if gap > (WORD_GAP if latin else _WIDE_GAP):
            text += " "
        text += plain(glyph.char)
    return text


def join_texts(parts: Iterable[str]) -> str:
    """Join what a line wrap parted: Latin words with a space, anything else with nothing.

    A wrap between digits parts one number: a spreadsheet wraps wherever the line is full.
    """
    text = ""
    for part in parts:
        words = text[-1:].isascii() and part[:1].isascii()
        text += (" " if words and text[-1:].isalpha() and part[:1].isalpha() else "") + part
    return text


def is_latin(char: str) -> bool:
    """Tell letters, digits and signs of the Latin script from Chinese ones."""
    return char.isascii()


def plain(char: str) -> str:
    """Turn a radical or a compatibility form into the character it stands for."""
    known = any(ord(char) in forms for forms in _RADICALS)
    return unicodedata.normalize("NFKC", char) if known else char
