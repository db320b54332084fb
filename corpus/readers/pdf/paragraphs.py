"""Paragraphs of a PDF: which lines go on and which begin anew, also across pages.

A line is taken to go on where the one before it was full, that is, where the first word of the
line would not have fitted there: the rule by which every word processor breaks lines. Indents,
numbering, type sizes and wider gaps begin a new paragraph.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_low

from corpus.model.types import Grid, Paragraph, Piece, Segment
from corpus.readers.pdf.lines import Line, join_texts

_NUMERAL = "[一二三四五六七八九十百〇零]{1,4}"
_BEGINS = re.compile(
    rf"第{_NUMERAL}(部分|章|节|条)|{_NUMERAL}、|[（(]{_NUMERAL}[）)]|[①-⑳]"
    r"|(注|单位|金额单位|编制部门|编制单位|填报部门|填报单位|公开部门|部门名称|说明|备注)[:：]"
)
_COUNTS = re.compile(r"\d{1,2}([、．]|[.](?!\d)|[.](?=20\d\d年))|[（(]\d{1,2}[）)]")
_CLOSING = "。，、；：？！）》〉】」』”’％%,.;:?!)]"
_OPENING = "（《〈【「『“‘(["
_ENDED = "。；：？！;:?!"
_UNBROKEN = re.compile(rf"[{re.escape(_OPENING)}]*([0-9A-Za-z.,%\-]+.?|.)[{re.escape(_CLOSING)}]*")

# In parts of the type size.
_INDENT = 0.8
_TITLE_GAP = 2.2  # from one line of a title to the next
_SLACK = 0.25  # a full line may end this much short where a sentence ends with it
_LOOSE = 2.0  # and this much in the middle of a sentence: ragged lines, units kept with numbers
_COMPANY = 0.6  # lines this close begin, or end, at the same margin
_ANOTHER_SIZE = 1.15
_ENOUGH = 3  # lines of one size tell their distance
_FAR = 3.0  # no running text is spaced as wide
_GAP = 1.6  # of the usual distance of lines
# Of the page's width.
_CENTRED = 0.03
_UNEVEN = 0.35  # by how much the right margin may exceed the left


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its lines and its grids in reading order, from the top down."""

    page: int
    width: float
    items: tuple[Line | Grid, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines without the grids."""
        return tuple(item for item in self.items if isinstance(item, Line))


@dataclass(frozen=True, slots=True)
class Measure:
    """What lines of a page are held against: margins, distance of lines, size of the body text."""

    left: float
    right: float
    pitch: float
    body: float
    width: float
    steps: tuple[tuple[float, float], ...] = ()  # type size and distance of lines of one size

    def centred(self, line: Line) -> bool:
        """Tell whether the middle of a line is the middle of the page."""
        return abs((line.x0 + line.x1) / 2 - self.width / 2) < _CENTRED * self.width

    def pitch_of(self, line: Line) -> float:
        """Return the usual distance of lines of this size; the labels of a chart stand closer."""
        alike = sorted(step for size, step in self.steps if _one_size(size, line.size))
        return _lower_quartile(alike) if len(alike) >= _ENOUGH else self.pitch

    def indented(self, line: Line) -> bool:
        """Tell whether a line starts right of the margin."""
        return line.x0 > self.left + _INDENT * line.size


Placed = tuple[int, Line]


def leaves_to_pieces(leaves: Sequence[Leaf]) -> tuple[Piece, ...]:
    """Turn the pages of a document into its paragraphs and grids, in reading order."""
    return tuple(_pieces(leaves, leaves_to_measures(leaves)))


def _pieces(leaves: Sequence[Leaf], measures: dict[int, Measure]) -> Iterator[Piece]:
    opened: list[Placed] = []
    for leaf in leaves:
        for item in leaf.items:
            if isinstance(item, Grid):
                yield from _closed(opened)
                opened = []
                yield item
                continue
            if opened and not _goes_on(opened, (leaf.page, item), measures):
                yield from _closed(opened)
                opened = []
            opened.append((leaf.page, item))
    yield from _closed(opened)


def _closed(opened: list[Placed]) -> Iterator[Paragraph]:
    """Give the paragraph that lines make, with one segment for each page."""
    whole, segments = "", []
    for page, placed in groupby(opened, key=lambda place: place[0]):
        text = join_texts([whole, *(line.text for _, line in placed)])
        segments.append(Segment(page=page, text=text[len(whole) :]))
        whole = text
    if segments:
        yield Paragraph(segments=tuple(segments))


# ---------------------------------------------------------------- going on


def _goes_on(opened: Sequence[Placed], now: Placed, measures: dict[int, Measure]) -> bool:
    (page, before), (next_page, line) = opened[-1], now
    first_page, first = opened[0]
    measure, here = measures[page], measures[next_page]
    if _another_kind(before, line) or measure.width != here.width:
        return False
    if page == next_page and _is_title(before, line, here):
        return True
    if page == next_page and line.y - before.y > min(_GAP * here.pitch_of(line), _FAR * line.size):
        return False
    if line.text[0] in _CLOSING:
        return True
    hanging = measures[first_page].indented(first) and not here.indented(line)
    full = _is_full(before, line, measure, loose=hanging)
    if _COUNTS.match(line.text) and not (full and before.text[-1] not in _ENDED):
        return False
    return full and not here.indented(line)


def _another_kind(before: Line, line: Line) -> bool:
    return not _one_size(before.size, line.size) or bool(_BEGINS.match(line.text))


def _one_size(size: float, other: float) -> bool:
    return max(size, other) <= _ANOTHER_SIZE * min(size, other)


def _is_title(before: Line, line: Line, measure: Measure) -> bool:
    """Tell a title on two lines: both centred and close, and larger than the body or full."""
    inset = 1 if line.size > 1.1 * measure.body else 4
    return (
        measure.centred(before)
        and measure.centred(line)
        and line.x0 > measure.left + inset * line.size
        and line.x1 < measure.right - inset * line.size
        and line.y - before.y < _TITLE_GAP * line.size
        and (inset == 1 or _is_full(before, line, measure))
    )


def _is_full(before: Line, line: Line, measure: Measure, *, loose: bool = False) -> bool:
    """Tell whether the first word of `line` would not have fitted at the end of `before`.

    `loose` where the paragraph began with an indent and `line` has none.
    """
    hit = _UNBROKEN.match("".join(glyph.char for glyph in line.glyphs))
    word = line.glyphs[: hit.end()] if hit else line.glyphs[:1]
    slack = _SLACK if before.text[-1] in _ENDED and not loose else _LOOSE
    return before.x1 + (word[-1].x1 - word[0].x0) > measure.right - slack * line.size


# ---------------------------------------------------------------- measures


def leaves_to_measures(leaves: Sequence[Leaf]) -> dict[int, Measure]:
    """Measure every page; a page of few lines borrows its margins from those of the same width."""
    lines = [line for leaf in leaves for line in leaf.lines]
    if not lines:
        return {}
    body = median_low(glyph.size for line in lines for glyph in line.glyphs)
    peers: dict[float, list[Line]] = defaultdict(list)
    for leaf in leaves:
        peers[leaf.width] += leaf.lines
    shared = {width: _margins(lines) for width, lines in peers.items()}
    measures = {}
    for leaf in leaves:
        rich = len(leaf.lines) >= 5
        left, right = _margins(leaf.lines) if rich else shared[leaf.width]
        if right < leaf.width - left - _UNEVEN * leaf.width:
            right = leaf.width - left  # only short lines: the right margin is like the left
        pitch = _pitch(leaf.lines) or 2 * body
        steps = tuple(
            (line.size, after.y - line.y)
            for line, after in pairwise(leaf.lines)
            if after.y > line.y and _one_size(line.size, after.size)
        )
        measures[leaf.page] = Measure(left, right, pitch, body, leaf.width, steps)
    return measures


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the outermost places at which at least two lines start and end."""
    starts = sorted((line.x0, line.size) for line in lines)
    ends = sorted(((line.x1, line.size) for line in lines), reverse=True)
    return _shared(starts), _shared(ends)


def _shared(places: Iterable[tuple[float, float]]) -> float:
    ordered = list(places)
    for (place, size), (next_place, _) in pairwise(ordered):
        if abs(place - next_place) <= _COMPANY * size:
            return place
    return ordered[0][0] if ordered else 0.0


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines: the lower quartile, as paragraphs may stand apart."""
    steps = sorted(after.y - line.y for line, after in pairwise(lines) if after.y > line.y)
    return _lower_quartile(steps) if steps else 0.0


def _lower_quartile(ordered: Sequence[float]) -> float:
    return ordered[len(ordered) // 4]
