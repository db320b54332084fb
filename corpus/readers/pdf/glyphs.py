"""What is visible on a page: glyphs and rules in points from its top left corner; not yet words.

Only plain values: the reader that fills them is `corpus.readers.pdf.pdfium`, those who make lines,
tables and paragraphs of them never see the library.
"""

from dataclasses import dataclass

# Of the em square of a typeset character, the part that stands above its baseline.
ASCENT = 0.88


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, the y axis running down the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """The extent from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The extent from top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float, *, slack: float = 0.0) -> bool:
        """Tell whether a point lies in the box, or no further than `slack` outside."""
        return (
            self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack
        )

    def cut(self, other: "Box") -> "Box":
        """Return the part that both boxes share; where they share none it is turned inside out."""
        return Box(
            max(self.x0, other.x0),
            max(self.top, other.top),
            min(self.x1, other.x1),
            min(self.bottom, other.bottom),
        )

    def join(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character: its advance box from x0 to x1, its baseline y and its size.

    `turn` is set where it runs up (90) or down (270) the page: then x0 and x1 are its sides, y is
    chosen so that its middle is right, and `length` is its advance along the page.
    """

    char: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int = 0
    length: float = 0.0

    @property
    def box(self) -> Box:
        """The em square over the advance: the same height in every font, unlike the ink's own."""
        return Box(self.x0, self.y - ASCENT * self.size, self.x1, self.y + (1 - ASCENT) * self.size)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the em square."""
        return (self.x0 + self.x1) / 2, self.y - (ASCENT - 0.5) * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """One drawn straight line, upright or level, as the box of its ends."""

    box: Box
    upright: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible glyphs and rules of one page; `number` counts from 1.

    `pictured` is set where a picture covers most of the page; then `layer` is all its text, also
    what cannot be seen: what another program recognised in the picture.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictured: bool = False
    layer: str = ""
