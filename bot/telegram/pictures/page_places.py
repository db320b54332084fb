"""Where on a page it stands what is cited: a sentence by its characters, a row by its figure.

No pictures: what is found is told as boxes and glyphs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.model.types import Noun
from corpus.readers.pdf.glyphs import Box, Glyph, Sheet
from corpus.readers.pdf.lines import Line, plain
from corpus.readers.pdf.locate import needles_to_box

SHORTEST = 10  # characters of a sentence that are looked for where it goes on overleaf
_MARGIN = 3.0  # points between what is cited and its frame, where there is room
_ROOMY = 30.0  # points: the most that a row reaches above and below its line


class Cited(Noun):
    """Something cited on a page: its words, the heading over it, the figure and its neighbours.

    `needles` has the figure as printed and words of its line or row; of a cell, `heads` are those
    that stand over its column.
    """

    quote: str
    heading: str
    needles: tuple[str, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where something cited stands: the box to frame, the glyphs in it, the figures in those."""

    cited: Cited
    frame: Box
    glyphs: frozenset[Glyph]
    figures: tuple[Box, ...]
    is_sentence: bool


def find_place(sheet: Sheet, lines: tuple[Line, ...], cited: Cited) -> Place | None:
    """Return where something cited stands on a page, None where it was not found there."""
    said = _said_by(lines, cited.quote)
    frame = _frame(sheet, lines, cited, said)
    if frame is None:
        return None
    inside = said or {g for line in lines for g in line.glyphs if frame.holds(*g.centre)}
    figures = tuple(_figure_boxes(lines, frame, cited))
    return Place(cited, frame, frozenset(inside), figures, bool(said))


def _frame(
    sheet: Sheet, lines: tuple[Line, ...], cited: Cited, said: frozenset[Glyph]
) -> Box | None:
    """Return the box of the whole lines of a sentence, else of the row with the figure."""
    if said:
        block = [line for line in lines if not said.isdisjoint(line.glyphs)]
        return _with_margin(lines, around(line.box for line in block))
    row = needles_to_box(sheet, cited.needles)
    return _to_rules(sheet, row) if row else None


def _said_by(lines: tuple[Line, ...], quote: str) -> frozenset[Glyph]:
    """Return the glyphs of a sentence; of one that goes on overleaf those up to there."""
    wanted = bare(quote)
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    text = said_by_glyphs(glyphs)
    start = text.find(wanted)
    end = start + len(wanted)
    if start < 0 and len(wanted) > SHORTEST:
        tail = next((n for n in range(len(wanted), SHORTEST, -1) if text.endswith(wanted[:n])), 0)
        start, end = (len(text) - tail, len(text)) if tail else (-1, -1)
    return frozenset(glyphs[start:end]) if start >= 0 else frozenset()


def bare(text: str) -> str:
    """Return a text as a page says it: without spaces, radicals as characters."""
    return "".join(plain(char) for char in text if not char.isspace())


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around boxes."""
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
    figure = bare(cited.needles[0]) if cited.needles else ""
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
    wanted = bare(head)
    for line in lines:
        if line.box.bottom <= frame.top + 1:
            yield from _whole(list(line.glyphs), wanted)


def _whole(glyphs: list[Glyph], wanted: str) -> Iterator[Box]:
    """Give the places where glyphs say a word; a number only where it stands whole."""
    said = said_by_glyphs(glyphs)
    start = said.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not _goes_on(glyphs, start, end):
            yield around(glyph.box for glyph in glyphs[start:end])
        start = said.find(wanted, end)


def said_by_glyphs(glyphs: Iterable[Glyph]) -> str:
    """Return what glyphs say, a character for each."""
    return "".join(plain(glyph.char)[:1] for glyph in glyphs)


def _goes_on(glyphs: list[Glyph], start: int, end: int) -> bool:
    """Whether a number has further digits before or after."""
    around = [(glyphs[start - 1], glyphs[start])] if start else []
    around += [(glyphs[end - 1], glyphs[end])] if end < len(glyphs) else []
    return any(
        two.x0 - one.x1 < one.size / 2 and (one.char + two.char).strip("0123456789.,") == ""
        for one, two in around
    )
