"""A chart as a picture: bars below each other, labelled with figures as printed. No facts.

It is as wide as a phone, in type that is read without zoom; words are wrapped, never turned.
"""

import io
import math
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from bot.telegram.pictures.fonts import font_file
from bot.telegram.views.chart_figures import Bar, Chart
from bot.telegram.views.texts import SOURCE
from corpus.lexicon.grammar import patterns

_WIDE = 1080  # pixels: a phone shows it at a third
_EDGE = 54
_TITLE, _NAME, _SMALL = 48, 42, 35
_LEADING = 1.4
_THICK = 46  # of a bar
_GAP = 34  # between bars that do not belong together
_BESIDE = 12  # between a bar and its figure, and between bars that belong together
_NARROW = 0.25  # of the width: names no wider stand before their bars, others above
_DARK, _PALE, _BELOW_ZERO = "#2b6cb0", "#9cc3e6", "#c05621"
_INK, _FAINT, _LINE = "#1a1a1a", "#5a5a5a", "#d0d0d0"
_UNEVEN = 2  # em: lines may be so much longer than the mean
_WHOLE = patterns("answers.charts")["whole"]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file()), size)


def chart_to_png(chart: Chart) -> bytes:
    """Draw a chart and return it as PNG."""
    picture = Image.new("RGB", (_WIDE, _Pen(None).whole(chart)), "white")
    _Pen(ImageDraw.Draw(picture)).whole(chart)
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


class _Pen:
    """Draws from the top down; without a drawing it only measures."""

    def __init__(self, drawing: ImageDraw.ImageDraw | None) -> None:
        self.drawing = drawing
        self.y = float(_EDGE)

    def whole(self, chart: Chart) -> int:
        """Draw everything; return the height that it takes."""
        self.words(chart.title, _TITLE, _INK)
        if chart.key:
            self.key(chart.key)
        self.y += _GAP
        self.bars(chart.bars)
        self.y += _GAP
        self.line((_EDGE, self.y, _WIDE - _EDGE, self.y), _LINE)
        self.y += _GAP / 2
        for source in chart.sources:
            self.words(SOURCE + source, _SMALL, _FAINT)
        return round(self.y + _EDGE)

    def words(self, text: str, size: int, ink: str) -> None:
        """Write a text, wrapped to the width."""
        for line in wrapped(text, size, _WIDE - 2 * _EDGE):
            self.text((_EDGE, self.y), line, size, ink)
            self.y += size * _LEADING

    def key(self, key: tuple[str, ...]) -> None:
        """Say what dark bars are and what pale ones."""
        x, self.y = float(_EDGE), self.y + _BESIDE
        for word, colour in zip(key, (_DARK, _PALE), strict=True):
            self.box((x, self.y + 6, x + _SMALL, self.y + 6 + _SMALL), colour)
            self.text((x + _SMALL + _BESIDE, self.y), word, _SMALL, _FAINT)
            x += 2 * _SMALL + _BESIDE + _font(_SMALL).getlength(word)
        self.y += _SMALL * _LEADING

    def bars(self, bars: tuple[Bar, ...]) -> None:
        """Draw the bars, each with its figure behind it, all to one scale."""
        names = max(_font(_NAME).getlength(bar.name) for bar in bars)
        before = names + 2 * _BESIDE if names <= _NARROW * _WIDE else 0.0
        figures = max(_font(_NAME).getlength(bar.text) for bar in bars)
        left = _EDGE + before
        room = _WIDE - _EDGE - left - figures - _BESIDE
        longest = max(abs(bar.length) for bar in bars)
        for number, bar in enumerate(bars):
            self.y += (_GAP if bar.name else _BESIDE) if number else 0
            if bar.name and before:
                self.text((_EDGE, self.y - 8), bar.name, _NAME, _INK)
            elif bar.name:
                self.words(bar.name, _NAME, _INK)
                self.y += _BESIDE / 2
            end = left + max(2.0, room * abs(bar.length) / longest)
            colour = _BELOW_ZERO if bar.length < 0 else _PALE if bar.pale else _DARK
            self.box((left, self.y, end, self.y + _THICK), colour)
            self.text((end + _BESIDE, self.y - 8), bar.text, _NAME, _INK)
            self.y += _THICK

    def text(self, at: tuple[float, float], text: str, size: int, ink: str) -> None:
        """Write one line."""
        if self.drawing:
            self.drawing.text(at, text, font=_font(size), fill=ink)

    def box(self, box: tuple[float, float, float, float], colour: str) -> None:
        """Fill a box."""
        if self.drawing:
            self.drawing.rectangle(box, colour)

    def line(self, ends: tuple[float, float, float, float], colour: str) -> None:
        """Draw a line."""
        if self.drawing:
            self.drawing.line(ends, fill=colour, width=2)


def wrapped(text: str, size: int, width: float) -> Iterator[str]:
    """Break a text into lines that fit, nearly as long as each other; no mark begins a line.

    Numbers stay whole, and so does what tells a page.
    """
    pieces = _WHOLE.findall(text)
    font = _font(size)
    lines = math.ceil(font.getlength(text) / width)
    most = min(width, font.getlength(text) / max(1, lines) + _UNEVEN * size)
    line = ""
    for piece in pieces:
        if line and font.getlength(line + piece) > most:
            yield line
            line = ""
        line += piece
    if line:
        yield line
