"""A passage drawn as a card, for reports that have no pages to show: the figure marked in it."""

import io
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from bot.telegram.pictures.fonts import font_file
from corpus.model.types import Noun

_WIDE = 1080  # pixels: a phone shows it at a third, in type of some 14
_EDGE = 54
_TYPE, _SMALL = 42, 33
_LEADING = 1.55
_GAP = 21
_ABOVE, _BELOW = 0.12, 1.46  # of the type: what a mark or a frame reaches over, from a line's top
_MOST_LINES = 24
_HANGING = "，。、；：？！）》”’"  # marks that begin no line: they hang over its end
_INK, _FAINT, _LINE, _MARKER, _RED = "#1a1a1a", "#6b6b6b", "#d0d0d0", "#ffec78", "#dc1414"


class Card(Noun):
    """What stands on a card: the document, the place in it, and the passage.

    Of the text, what stands between `quoted` is marked, and framed what stands between `figure`.
    """

    document: str
    section: str
    text: str
    quoted: tuple[int, int]
    figure: tuple[int, int] | None = None


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file()), size)


def card_to_png(card: Card) -> bytes:
    """Draw a card and return it as PNG."""
    head = "\n".join(part for part in (card.document, card.section) if part)
    above, body = list(_lines(head, _SMALL)), _around(list(_lines(card.text, _TYPE)), card)
    rule = _EDGE + len(above) * _step(_SMALL) + _GAP
    height = rule + _GAP + len(body) * _step(_TYPE) + _EDGE
    picture = Image.new("RGB", (_WIDE, round(height)), "white")
    drawing = ImageDraw.Draw(picture)
    for number, (start, end) in enumerate(above):
        place = (_EDGE, _EDGE + number * _step(_SMALL))
        drawing.text(place, head[start:end], font=_font(_SMALL), fill=_FAINT)
    drawing.line((_EDGE, rule, _WIDE - _EDGE, rule), fill=_LINE, width=2)
    for number, line in enumerate(body):
        _draw_line(drawing, rule + _GAP + number * _step(_TYPE), line, card)
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


def _step(size: int) -> float:
    return size * _LEADING


def _lines(text: str, size: int) -> Iterator[tuple[int, int]]:
    """Break a text into lines that fit, each as the places where it starts and ends."""
    start, wide = 0, 0.0
    for at, char in enumerate(text):
        if char == "\n":
            yield start, at
            start, wide = at + 1, 0.0
            continue
        step = _font(size).getlength(char)
        if wide + step > _WIDE - 2 * _EDGE and char not in _HANGING:
            yield start, at
            start, wide = at, 0.0
        wide += step
    if start < len(text):
        yield start, len(text)


def _around(lines: list[tuple[int, int]], card: Card) -> list[tuple[int, int]]:
    """Return no more lines than a card has room for, those around what is marked."""
    marked = card.figure or card.quoted
    first = next((n for n, (_, end) in enumerate(lines) if end > marked[0]), 0)
    start = max(0, min(first - _MOST_LINES // 2, len(lines) - _MOST_LINES))
    return lines[start : start + _MOST_LINES]


def _draw_line(drawing: ImageDraw.ImageDraw, y: float, line: tuple[int, int], card: Card) -> None:
    """Draw a line of the passage, the quoted part on yellow and a red frame about the figure."""
    start, end = line
    quoted = _cut(card.quoted, line)
    top, bottom = y + _ABOVE * _TYPE, y + _BELOW * _TYPE
    if quoted:
        left, right = (_x(card, start, at) for at in quoted)
        drawing.rectangle((left, top, right, bottom), _MARKER)
    drawing.text((_EDGE, y), card.text[start:end], font=_font(_TYPE), fill=_INK)
    figure = _cut(card.figure, line) if card.figure else None
    if figure:
        left, right = _x(card, start, figure[0]) - 5, _x(card, start, figure[1]) + 5
        drawing.rectangle((left, top, right, bottom), outline=_RED, width=4)


def _cut(span: tuple[int, int], line: tuple[int, int]) -> tuple[int, int] | None:
    start, end = max(span[0], line[0]), min(span[1], line[1])
    return (start, end) if start < end else None


def _x(card: Card, start: int, at: int) -> float:
    return _EDGE + _font(_TYPE).getlength(card.text[start:at])
