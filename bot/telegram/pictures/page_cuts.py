"""What is cited on a page, cut out of its picture to be read on a phone: framed whole, no words.

A sentence is found by its characters, a row of a table by its figure and heads. What leads to it
(the heading over a paragraph, the heads over a row) is kept, however far above it stands.
"""

import io
from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, ImageChops, ImageDraw

from corpus.model.types import Noun
from corpus.readers.pdf.glyphs import Box, Glyph, Sheet
from corpus.readers.pdf.lines import Line, glyphs_to_lines, plain
from corpus.readers.pdf.locate import needles_to_box
from corpus.readers.pdf.pdfium import draw_page

_SCALE = 3.0  # pixels to a point: small type stays sharp on a phone
_RED, _YELLOW, _GREY = (220, 20, 20), (255, 236, 120), (150, 150, 150)
_SHORTEST = 10  # characters of a sentence that are looked for where it goes on overleaf
_MARGIN = 3.0  # points between what is cited and its frame, where there is room
_EDGE = 10.0  # points around a cut
_CLOSE = 60.0  # points: what leads to a row stands with it where no more lies between
_ROOMY = 30.0  # points: the most that a row reaches above and below its line
_CONTEXT = 1  # lines kept above and below


class Cited(Noun):
    """Something cited on a page: its words, the heading over it, the figure and its neighbours.

    `needles` has the figure as printed and words of its line or row; of a cell, `heads` are those
    that stand over its column.
    """

    quote: str
    heading: str
    needles: tuple[str, ...]
    heads: tuple[str, ...] = ()


class Closeup(Noun):
    """A cut of a page as PNG, and of each thing cited whether it is framed."""

    png: bytes
    framed: tuple[bool, ...]


def page_to_closeup(data: bytes, page: int, cited: Sequence[Cited]) -> Closeup | None:
    """Cut what is cited out of a page; None where nothing of it was found there."""
    png, sheet = draw_page(data, page, scale=_SCALE)
    lines = glyphs_to_lines(sheet.glyphs)
    frames = [_frame(sheet, lines, one) for one in cited]
    found = [(one, frame) for one, frame in zip(cited, frames, strict=True) if frame]
    if not found:
        return None
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for one, frame in found:
        picture = _marked(picture, _figure_boxes(lines, frame, one))
    drawing = ImageDraw.Draw(picture)
    for _, frame in found:
        drawing.rectangle(_pixels(frame), outline=_RED, width=round(1.3 * _SCALE))
    strips = _joined(strip for one, frame in found for strip in _strips(lines, frame, one))
    cut = _stacked([picture.crop(_pixels(strip)) for strip in _as_wide(strips, lines, sheet)])
    out = io.BytesIO()
    cut.save(out, format="PNG")
    return Closeup(png=out.getvalue(), framed=tuple(frame is not None for frame in frames))


# ---------------------------------------------------------------- where it stands


def _frame(sheet: Sheet, lines: tuple[Line, ...], cited: Cited) -> Box | None:
    """Return the box of the whole lines of a sentence, else of the row with the figure."""
    said = _said_by(lines, cited.quote)
    if said:
        block = [line for line in lines if not said.isdisjoint(line.glyphs)]
        return _with_margin(lines, _around(line.box for line in block))
    row = needles_to_box(sheet, cited.needles)
    return _to_rules(sheet, row) if row else None


def _said_by(lines: tuple[Line, ...], quote: str) -> frozenset[Glyph]:
    """Return the glyphs of a sentence; of one that goes on overleaf those up to there."""
    wanted = _bare(quote)
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    text = _said(glyphs)
    start = text.find(wanted)
    end = start + len(wanted)
    if start < 0 and len(wanted) > _SHORTEST:
        tail = next((n for n in range(len(wanted), _SHORTEST, -1) if text.endswith(wanted[:n])), 0)
        start, end = (len(text) - tail, len(text)) if tail else (-1, -1)
    return frozenset(glyphs[start:end]) if start >= 0 else frozenset()


def _bare(text: str) -> str:
    return "".join(plain(char) for char in text if not char.isspace())


def _around(boxes: Iterable[Box]) -> Box:
    whole, *others = boxes
    for box in others:
        whole = whole.join(box)
    return whole


def _with_margin(lines: tuple[Line, ...], box: Box) -> Box:
    """Widen a box, above and below no further than half way to the next line."""
    over = max((line.box.bottom for line in lines if line.box.bottom <= box.top), default=-_ROOMY)
    under = min((line.box.top for line in lines if line.box.top >= box.bottom), default=1e6)
    top = box.top - min(_MARGIN, (box.top - over) / 2)
    bottom = box.bottom + min(_MARGIN, (under - box.bottom) / 2)
    return Box(box.x0 - _MARGIN, top, box.x1 + _MARGIN, bottom)


def _to_rules(sheet: Sheet, row: Box) -> Box:
    """Widen the box of a row to the lines that are drawn around it, where there are some."""
    middle = (row.top + row.bottom) / 2
    level = [
        rule.box
        for rule in sheet.rules
        if not rule.upright and rule.box.x0 < row.x1 and rule.box.x1 > row.x0
    ]
    above = [box for box in level if 0 < middle - box.top < _ROOMY]
    below = [box for box in level if 0 < box.top - middle < _ROOMY]
    if not above or not below:
        return row
    top, bottom = max(box.top for box in above), min(box.top for box in below)
    ends = [box for box in (*above, *below) if box.top in (top, bottom)]
    left, right = min(box.x0 for box in ends), max(box.x1 for box in ends)
    return Box(min(left, row.x0), top, max(right, row.x1), bottom)


def _figure_boxes(lines: tuple[Line, ...], frame: Box, cited: Cited) -> Iterator[Box]:
    """Give the place of the figure in a frame; in a row that prints it twice, under its head."""
    figure = _bare(cited.needles[0]) if cited.needles else ""
    if not any(char.isdigit() for char in figure):
        return
    said = _said_by(lines, cited.quote)
    inside = [[g for g in line.glyphs if g in said or frame.holds(*g.centre)] for line in lines]
    places = [box for glyphs in inside for box in _whole(glyphs, figure)]
    places = [box for box in places if not said or _touches(box, said)]
    heads = [box for head in cited.heads[-1:] for box in _head_boxes(lines, frame, head)]
    under = [box for box in places for head in heads if box.x0 < head.x1 and head.x0 < box.x1]
    yield from under if len(places) > 1 and under else places


def _touches(box: Box, glyphs: Iterable[Glyph]) -> bool:
    return any(box.holds(*glyph.centre) for glyph in glyphs)


def _head_boxes(lines: tuple[Line, ...], frame: Box, head: str) -> Iterator[Box]:
    """Give the places above a frame where the head of a column stands."""
    wanted = _bare(head)
    for line in lines:
        if line.box.bottom <= frame.top + 1:
            yield from _whole(list(line.glyphs), wanted)


def _whole(glyphs: list[Glyph], wanted: str) -> Iterator[Box]:
    """Give the places where glyphs say a word; a number only where it stands whole."""
    said = _said(glyphs)
    start = said.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not _goes_on(glyphs, start, end):
            yield _around(glyph.box for glyph in glyphs[start:end])
        start = said.find(wanted, end)


def _said(glyphs: Iterable[Glyph]) -> str:
    return "".join(plain(glyph.char)[:1] for glyph in glyphs)


def _goes_on(glyphs: list[Glyph], start: int, end: int) -> bool:
    """Whether a number has further digits before or after."""
    around = [(glyphs[start - 1], glyphs[start])] if start else []
    around += [(glyphs[end - 1], glyphs[end])] if end < len(glyphs) else []
    return any(
        two.x0 - one.x1 < one.size / 2 and (one.char + two.char).strip("0123456789.,") == ""
        for one, two in around
    )


# ---------------------------------------------------------------- what is cut out


def _strips(lines: tuple[Line, ...], frame: Box, cited: Cited) -> Iterator[tuple[float, float]]:
    """Give the heights to keep: what leads to a frame, and the frame with the lines beside it."""
    above = [line.box for line in lines if line.box.bottom <= frame.top + 1]
    below = [line.box for line in lines if line.box.top >= frame.bottom - 1]
    top = min([frame.top, *(box.top for box in above[-_CONTEXT:])])
    bottom = max([frame.bottom, *(box.bottom for box in below[:_CONTEXT])])
    lead = _lead(lines, frame, cited)
    if lead:
        yield lead.top, lead.bottom
    yield top, bottom


def _lead(lines: tuple[Line, ...], frame: Box, cited: Cited) -> Box | None:
    """Return the heads over a row with the title of its table, or the heading over a paragraph."""
    above = [line for line in lines if line.box.bottom <= frame.top + 1]
    heading = _bare(cited.heading)[:_SHORTEST]
    title = [line for line in above if heading and heading in _said(line.glyphs)][-1:]
    under = above[above.index(title[0]) :] if title else above
    heads = [_bare(head)[:_SHORTEST] for head in cited.heads if _bare(head)]
    # A row may say the same words as a head: the head is the first of them.
    said = [[line for line in under if head in _said(line.glyphs)][:1] for head in heads]
    boxes = [line.box for found in (title, *said) for line in found]
    return _around(boxes) if boxes else None


def _joined(strips: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Put strips in order, from the top, and together where little or nothing lies between."""
    whole: list[tuple[float, float]] = []
    for top, bottom in sorted(strips):
        if whole and top - whole[-1][1] < _CLOSE:
            whole[-1] = (whole[-1][0], max(whole[-1][1], bottom))
        else:
            whole.append((top, bottom))
    return whole


def _as_wide(
    strips: list[tuple[float, float]], lines: tuple[Line, ...], sheet: Sheet
) -> Iterator[Box]:
    """Give the boxes of strips, all as wide as what is printed in any of them."""
    shown = [*(line.box for line in lines), *(rule.box for rule in sheet.rules if not rule.upright)]
    shown = [box for box in shown if any(box.top < end and box.bottom > at for at, end in strips)]
    left = max(0.0, min(box.x0 for box in shown) - _EDGE)
    right = min(sheet.width, max(box.x1 for box in shown) + _EDGE)
    for start, end in strips:
        over = max((line.box.bottom for line in lines if line.box.bottom <= start), default=0.0)
        under = min((line.box.top for line in lines if line.box.top >= end), default=sheet.height)
        yield Box(left, max(start - _EDGE, over), right, min(end + _EDGE, under))


def _pixels(box: Box) -> tuple[int, int, int, int]:
    return (
        round(box.x0 * _SCALE), round(box.top * _SCALE),
        round(box.x1 * _SCALE), round(box.bottom * _SCALE),
    )  # fmt: skip


def _marked(picture: Image.Image, places: Iterable[Box]) -> Image.Image:
    """Lay a marker's yellow over places; what is printed there stays black."""
    marker = Image.new("RGB", picture.size, "white")
    drawing = ImageDraw.Draw(marker)
    for box in places:
        drawing.rectangle(_pixels(box), fill=_YELLOW)
    return ImageChops.multiply(picture, marker)


def _stacked(cuts: list[Image.Image]) -> Image.Image:
    """Put cuts under each other, with a broken line where something was left out between."""
    gap = round(6 * _SCALE)
    height = sum(cut.height for cut in cuts) + gap * (len(cuts) - 1)
    whole = Image.new("RGB", (max(cut.width for cut in cuts), height), "white")
    drawing, top = ImageDraw.Draw(whole), 0
    for number, cut in enumerate(cuts):
        for x in range(0, whole.width if number else 0, 24):
            drawing.line((x, top - gap // 2, x + 12, top - gap // 2), fill=_GREY, width=3)
        whole.paste(cut, (0, top))
        top += cut.height + gap
    return whole
