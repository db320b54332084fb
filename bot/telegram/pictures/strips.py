"""Pieces of a page put on a strip as wide as a phone, in type that is read without zoom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.telegram.pictures.cells import Column
from bot.telegram.pictures.flow import Row, lines_to_rows, paragraphs, row_height, row_width
from corpus.readers.pdf.glyphs import Glyph
from corpus.readers.pdf.lines import Line

EMS = 23.0  # characters side by side: a phone shows them some 15 points high
WIDE = 1012  # pixels of so many characters
EDGE = 34  # pixels around everything
RED, GREY = (220, 20, 20), (150, 150, 150)
_LARGEST = 1.25  # of the cited type: headings are made no larger
_BETWEEN = 0.2  # em between rows
_INDENT = 2.0  # em
_PADDING = 0.5  # em inside a cell
_HEAD_EMS = 8.0  # a head is no wider, unless its figures are
_MOST_OF_ROW = 0.6  # of the width: the most that the cited cell takes
_FRAME = 4  # pixels
_PARTED = 12  # pixels of a stroke and of a gap of the line where something was left out


@dataclass(frozen=True)
class Source:
    """The picture of a page, with so many pixels to the point."""

    picture: Image.Image
    scale: float


@dataclass(frozen=True)
class Brush:
    """What puts a page's pieces on a picture, with so many pixels to the point there."""

    source: Source
    factor: float


@dataclass(frozen=True)
class Drawn:
    """A piece of a strip, as wide as all; `frames` are the numbers of those that it belongs to."""

    image: Image.Image
    frames: frozenset[int] = frozenset()


def lines_to_drawn(
    source: Source, lines: Sequence[Line], size: float, framed: Sequence[frozenset[Glyph]]
) -> Iterator[Drawn]:
    """Lay out lines in type of a size; `framed` are the glyphs that each frame is to hold."""
    for paragraph in paragraphs(lines):
        own = max(line.size for line in paragraph)
        factor = WIDE / (EMS * size) * min(1.0, _LARGEST * size / own)
        left = min(line.x0 for line in lines)
        indent = min(paragraph[0].x0 - left, _INDENT * own) if own <= _LARGEST * size else 0.0
        for row in lines_to_rows(paragraph, most=WIDE / factor, indent=indent):
            held = {glyph for cut in row for glyph in cut.glyphs}
            frames = frozenset(n for n, glyphs in enumerate(framed) if not held.isdisjoint(glyphs))
            yield Drawn(_row_image(Brush(source, factor), row, _BETWEEN * size), frames)


def columns_to_drawn(source: Source, over: Source, columns: Sequence[Column], size: float) -> Drawn:
    """Lay out a row of a table below its heads, which are `over` it, the row in a frame."""
    factor, pad = WIDE / (EMS * size), _PADDING * size
    laid = [
        _laid_out(column, room) for column, room in zip(columns, _rooms(columns, size), strict=True)
    ]
    upper = max(_stack_height(heads, pad) for heads, _ in laid) if any(h for h, _ in laid) else 0.0
    lower = max(_stack_height(cell, pad) for _, cell in laid)
    image = Image.new("RGB", (WIDE, round((upper + lower) * factor) + 2 * _FRAME), "white")
    drawing, left = ImageDraw.Draw(image), 0.0
    for heads, cell in laid:
        _paste_rows(image, Brush(over, factor), heads, (left + pad, pad), pad / 2)
        _paste_rows(image, Brush(source, factor), cell, (left + pad, upper + pad), pad / 2)
        right = left + 2 * pad + max(map(row_width, (*heads, *cell)))
        drawing.rectangle(
            (left * factor, 0, right * factor, image.height - _FRAME), outline=GREY, width=2
        )
        left = right
    drawing.rectangle(
        (0, upper * factor, left * factor, image.height - 1), outline=RED, width=_FRAME
    )
    return Drawn(image)


def _laid_out(column: Column, room: float) -> tuple[list[Row], list[Row]]:
    """Return the rows of the heads of a column and those of its cell."""
    heads = [row for head in column.heads for row in lines_to_rows(head, most=room)]
    return heads, lines_to_rows(column.cell, most=room)


def _stack_height(rows: Sequence[Row], pad: float) -> float:
    return sum(row_height(row) + pad / 2 for row in rows) + 1.5 * pad


def gap(height: int, *, parted: bool = False) -> Drawn:
    """Return empty room, with a broken line where something of the page was left out."""
    image = Image.new("RGB", (WIDE, height), "white")
    if parted:
        drawing = ImageDraw.Draw(image)
        for x in range(0, WIDE, 2 * _PARTED):
            drawing.line((x, height // 2, x + _PARTED, height // 2), fill=GREY, width=3)
    return Drawn(image)


def stacked(pieces: Iterable[Drawn]) -> Image.Image:
    """Put pieces under each other and draw the frames around those that belong to them."""
    drawn = list(pieces)
    height = sum(piece.image.height for piece in drawn) + 2 * EDGE
    whole = Image.new("RGB", (WIDE + 2 * EDGE, height), "white")
    spans: dict[int, tuple[int, int]] = {}
    top = EDGE
    for piece in drawn:
        whole.paste(piece.image, (EDGE, top))
        for number in piece.frames:
            spans[number] = (spans.get(number, (top, 0))[0], top + piece.image.height)
        top += piece.image.height
    drawing = ImageDraw.Draw(whole)
    for start, end in _merged(spans.values()):
        box = (EDGE - 14, start - 4, WIDE + EDGE + 14, end + 4)
        drawing.rectangle(box, outline=RED, width=_FRAME)
    return whole


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches with those that overlap made one: two frames would cross."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _rooms(columns: Sequence[Column], size: float) -> list[float]:
    """Return how wide the text of each column may be, in points: on one line, where there is room.

    Else heads are folded, and if need be the words of the row too.
    """
    room = EMS * size - 2 * _PADDING * size * len(columns)
    for most_of_head in (room, _HEAD_EMS * size):
        wanted = [_wanted(column, most_of_head) for column in columns]
        if sum(wanted) <= room:
            return wanted
    many = sum(column.is_cited for column in columns)
    cited = [
        min(wide, _MOST_OF_ROW * room / many) if column.is_cited else 0.0
        for column, wide in zip(columns, wanted, strict=True)
    ]
    left = (room - sum(cited)) / max(1, cited.count(0.0))
    return [own or left for own in cited]


def _wanted(column: Column, most_of_head: float) -> float:
    """Return the width that a column takes where there is room, a little over for rounding."""
    cell = max(line.box.width for line in column.cell)
    head = max((sum(line.box.width for line in head) for head in column.heads), default=0.0)
    return max(cell, min(head, most_of_head)) + 0.5


def _row_image(brush: Brush, row: Row, between: float) -> Image.Image:
    height = round((row_height(row) + between) * brush.factor)
    image = Image.new("RGB", (WIDE, height), "white")
    _paste(image, brush, row, (0.0, between / 2))
    return image


def _paste_rows(
    image: Image.Image, brush: Brush, rows: Iterable[Row], at: tuple[float, float], between: float
) -> None:
    left, top = at
    for row in rows:
        _paste(image, brush, row, (left, top))
        top += row_height(row) + between


def _paste(image: Image.Image, brush: Brush, row: Row, at: tuple[float, float]) -> None:
    """Cut the pieces of a row out of their page and paste them at a place, given in points."""
    factor, scale = brush.factor, brush.source.scale
    for cut in row:
        box = (cut.box.x0, cut.box.top, cut.box.x1, cut.box.bottom)
        inside = _inside([side * scale for side in box], brush.source)
        size = (max(1, round(cut.box.width * factor)), max(1, round(cut.box.height * factor)))
        piece = brush.source.picture.resize(size, Image.Resampling.LANCZOS, box=inside)
        down = row_height(row) - cut.box.height
        image.paste(piece, (round((at[0] + cut.left) * factor), round((at[1] + down) * factor)))


def _inside(box: Sequence[float], source: Source) -> tuple[float, float, float, float]:
    """Return the part of a box that lies on the page."""
    left, top, right, bottom = box
    wide, high = source.picture.size
    left, top = min(max(0.0, left), wide - 1.0), min(max(0.0, top), high - 1.0)
    return left, top, max(left + 1, min(right, wide)), max(top + 1, min(bottom, high))
