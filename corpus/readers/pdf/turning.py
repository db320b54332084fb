"""Text that runs up or down the page: which way it is turned, and how to read it level.

A turn is counted as one turns one's head to the left: 0 reads to the right, 90 upwards, 270 down.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus.readers.pdf.glyphs import ASCENT, Glyph

Spot = tuple[float, float]
Put = Callable[[float, float], Spot]

_MOST = 0.7  # of the texts of a page: so many turned alike turn the page
_FEW = 5  # texts that say nothing of their page


def direction_to_turn(start: Spot, end: Spot) -> int:
    """Return the turn of a text that runs from one point of the page to another."""
    across, down = end[0] - start[0], end[1] - start[1]
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 180
    return 270 if down > 0 else 90


def turns_to_page_turn(turns: Iterable[int]) -> int:
    """Return how a page is turned on which most texts run up or down: a wide table put upright."""
    counted = Counter(turns)
    if counted.total() < _FEW:
        return 0
    turn, often = counted.most_common(1)[0]
    return turn if turn in (90, 270) and often >= _MOST * counted.total() else 0


def turned_place(place: Put, turn: int, width: float, height: float) -> Put:
    """Return what puts the points of a turned page where they lie when one reads it."""

    def upwards(x: float, y: float) -> Spot:
        across, down = place(x, y)
        return height - down, across

    def downwards(x: float, y: float) -> Spot:
        across, down = place(x, y)
        return down, width - across

    return {90: upwards, 270: downwards}.get(turn, place)


def levelled(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Lay the glyphs of a cell level where most of them run up or down; only their order counts."""
    turn = Counter(glyph.turn for glyph in glyphs).most_common(1)[0][0] if glyphs else 0
    if turn not in (90, 270):
        return glyphs
    return tuple(_levelled(glyph, up=turn == 90) for glyph in glyphs)


def _levelled(glyph: Glyph, *, up: bool) -> Glyph:
    across, down = glyph.centre
    along, level = (-down, across) if up else (down, -across)
    half = (glyph.length or glyph.size) / 2
    y = level + (ASCENT - 0.5) * glyph.size
    return replace(glyph, x0=along - half, x1=along + half, y=y, turn=0)
