"""What is painted over what on a page: which ink is seen. Only places and order, no library."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf.glyphs import Box

LEGIBLE = 2.0  # points: nobody reads type as small


@dataclass(frozen=True, slots=True)
class Paint:
    """A painted area: `order` counts what is drawn on a page, so that what comes later lies above.

    `white` is the colour of the paper; `covers` is set where nothing below shines through.
    """

    order: int
    box: Box
    white: bool
    covers: bool


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is drawn: when, in which size, and whether in the colour of the paper.

    `order` is None where it is not known when.
    """

    order: int | None
    size: float
    white: bool


def is_seen(ink: Ink, centre: tuple[float, float], paints: Sequence[Paint]) -> bool:
    """Tell whether a person sees a character whose middle is at `centre`."""
    if ink.size < LEGIBLE:
        return False
    here = [paint for paint in paints if paint.box.holds(*centre)]
    if ink.order is None:
        return not ink.white or any(not paint.white for paint in here)
    if any(paint.covers and paint.order > ink.order for paint in here):
        return False
    below = [paint for paint in here if paint.order < ink.order]
    return not ink.white or (bool(below) and not below[-1].white)
