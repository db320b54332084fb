"""What is cited on a page, cut out of its picture to be read on a phone: framed whole, no words.

Its lines are laid out anew, as wide as a phone shows. Of a row of a table the cells that name the
figure are kept, and their heads; a table that goes on overleaf has these on a page before.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from PIL import Image, ImageChops, ImageDraw

from bot.telegram.pictures.cells import is_of_data, row_to_columns, upright_at
from bot.telegram.pictures.flow import paragraphs
from bot.telegram.pictures.page_places import (
    SHORTEST,
    Cited,
    Place,
    bare,
    find_place,
    said_by_glyphs,
)
from bot.telegram.pictures.strips import (
    RED,
    Drawn,
    Source,
    columns_to_drawn,
    gap,
    lines_to_drawn,
    stacked,
)
from corpus.model.types import Noun
from corpus.readers.pdf.glyphs import Box, Glyph, Sheet
from corpus.readers.pdf.lines import Line, glyphs_to_lines
from corpus.readers.scans.drawn import Drawn as Shown

_YELLOW = (255, 236, 120)
_LONG = 8  # lines: a paragraph with more is not shown whole
_ENDS = "。；！？"
_PREAMBLE, _NEAR = 3, 80.0  # lines, and points: a title and a unit over a table
_BACK = 6  # pages before, on which the heads of a table are looked for
_ROOM, _LITTLE = 26, 12  # pixels between what is not one

Draw = Callable[[int], Shown]


class Closeup(Noun):
    """A picture as PNG, of each thing cited whether it is framed, and the page of its heads.

    `heads` is the page before, from which the heads of a table are; None where it is no other.
    """

    png: bytes
    framed: tuple[bool, ...]
    heads: int | None = None


@dataclass(frozen=True)
class _Page:
    number: int
    sheet: Sheet
    lines: tuple[Line, ...]
    source: Source


@dataclass(frozen=True)
class _Head:
    """What leads to the rows of a table: its title with what stands below, and its heads."""

    title_on: _Page
    title: tuple[Line, ...]
    heads_on: _Page
    heads: tuple[Line, ...]


def page_to_closeup(draw: Draw, page: int, cited: Sequence[Cited]) -> Closeup | None:
    """Cut what is cited out of a page; None where nothing of it was found there."""
    shown = draw(page)
    lines = glyphs_to_lines(shown.sheet.glyphs)
    found = [find_place(shown.sheet, lines, one) for one in cited]
    places = sorted((place for place in found if place), key=lambda place: place.frame.top)
    if not places:
        return None
    picture = _marked(_opened(shown), places, shown.scale)
    here = _Page(page, shown.sheet, lines, Source(picture, shown.scale))
    pieces: list[Drawn] = []
    told: list[_Head] = []
    sentences = []
    for place in places:
        head = None if place.is_sentence else _head_of(draw, here, place.cited, place.frame)
        table = list(_table(here, head, place, told)) if head else []
        pieces += [gap(_ROOM), *table] if table and pieces else table
        if not table:
            sentences.append(place)
    if sentences:
        pieces = [*_sentences(here, sentences), *([gap(_ROOM)] if pieces else []), *pieces]
    elsewhere = {head.title_on.number for head in told} - {page}
    return Closeup(
        png=_png(stacked(pieces)),
        framed=tuple(place is not None for place in found),
        heads=min(elsewhere, default=None),
    )


def page_to_whole(draw: Draw, page: int, cited: Sequence[Cited]) -> Closeup:
    """Draw a whole page, what is cited on it framed and marked."""
    shown = draw(page)
    lines = glyphs_to_lines(shown.sheet.glyphs)
    found = [find_place(shown.sheet, lines, one) for one in cited]
    picture = _marked(_opened(shown), [place for place in found if place], shown.scale)
    drawing = ImageDraw.Draw(picture)
    for place in found:
        if place:
            box = _pixels(place.frame, shown.scale)
            drawing.rectangle(box, outline=RED, width=round(1.3 * shown.scale))
    return Closeup(png=_png(picture), framed=tuple(place is not None for place in found))


def _opened(shown: Shown) -> Image.Image:
    return Image.fromarray(shown.pixels[:, :, ::-1])


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


def _marked(picture: Image.Image, places: Iterable[Place], scale: float) -> Image.Image:
    """Lay a marker's yellow over the figures; what is printed there stays black."""
    marker = Image.new("RGB", picture.size, "white")
    drawing = ImageDraw.Draw(marker)
    for place in places:
        for box in place.figures:
            drawing.rectangle(_pixels(box, scale), fill=_YELLOW)
    return ImageChops.multiply(picture, marker)


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    return (
        round(box.x0 * scale), round(box.top * scale),
        round(box.x1 * scale), round(box.bottom * scale),
    )  # fmt: skip


# ---------------------------------------------------------------- sentences


def _sentences(page: _Page, places: Sequence[Place]) -> Iterator[Drawn]:
    """Give the cited sentences with their paragraphs, and the headings that lead to them."""
    framed = [place.glyphs for place in places]
    cited = [line for line in page.lines if any(not g.isdisjoint(line.glyphs) for g in framed)]
    size = median(line.size for line in cited)
    shown = {line.y: line for place in places for line in _lead(page, place)}
    shown |= {line.y: line for place in places for line in _passage(page, place)}
    for number, together in enumerate(_runs(page, [shown[y] for y in sorted(shown)])):
        if number:
            yield gap(_ROOM, parted=True)
        before: frozenset[int] = frozenset()
        for drawn in lines_to_drawn(page.source, together, size, framed):
            if drawn.frames != before:
                yield gap(_LITTLE)
            yield drawn
            before = drawn.frames


def _lead(page: _Page, place: Place) -> list[Line]:
    above = [line for line in page.lines if line.box.bottom <= place.frame.top + 1]
    return _title(above, place.cited) or _named(above, place.cited.heads)


def _passage(page: _Page, place: Place) -> list[Line]:
    """Return the paragraph of a sentence, of a long one its sentences that are cited from."""
    prose = [line for line in page.lines if _is_prose(page, line)]
    held = [
        paragraph
        for paragraph in paragraphs(prose)
        if any(not place.glyphs.isdisjoint(line.glyphs) for line in paragraph)
    ]
    if not held:  # in a cell of a table
        return [line for line in page.lines if not place.glyphs.isdisjoint(line.glyphs)]
    lines = [line for paragraph in held for line in paragraph]
    return lines if len(lines) <= _LONG else list(_whole_sentences(lines, place.glyphs))


def _whole_sentences(lines: Sequence[Line], cited: frozenset[Glyph]) -> Iterator[Line]:
    """Give what is left of lines without the sentences that nothing is cited from."""
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    places = [at for at, glyph in enumerate(glyphs) if glyph in cited]
    ends = [at for at, glyph in enumerate(glyphs) if glyph.char in _ENDS]
    start = max((at + 1 for at in ends if at < places[0]), default=0)
    end = min((at + 1 for at in ends if at >= places[-1]), default=len(glyphs))
    kept = {*glyphs[start:end]}
    for line in lines:
        left = tuple(glyph for glyph in line.glyphs if glyph in kept)
        if left:
            yield Line(left)


def _runs(page: _Page, shown: Sequence[Line]) -> Iterator[list[Line]]:
    """Put lines together that stand below each other with nothing left out between."""
    together: list[Line] = []
    for line in shown:
        if together and any(together[-1].y < other.y < line.y for other in page.lines):
            yield together
            together = []
        together.append(line)
    yield together


def _is_prose(page: _Page, line: Line) -> bool:
    """Tell a line that is read beside a sentence from one of a table, and from a page's number."""
    return not upright_at(page.sheet, line.box) and any(char.isalpha() for char in line.text)


def _named(lines: Sequence[Line], heads: Sequence[str]) -> list[Line]:
    """Return the first lines that say each of some heads."""
    wanted = [bare(head)[:SHORTEST] for head in heads if bare(head)]
    said = [[line for line in lines if head in said_by_glyphs(line.glyphs)][:1] for head in wanted]
    return sorted({line for found in said for line in found}, key=lambda line: line.y)


def _title(lines: Sequence[Line], cited: Cited) -> list[Line]:
    """Return the line of the heading that something cited stands under, the last that says it."""
    heading = bare(cited.heading)[:SHORTEST]
    return [line for line in lines if heading and heading in said_by_glyphs(line.glyphs)][-1:]


# ---------------------------------------------------------------- rows of tables


def _table(page: _Page, head: _Head, place: Place, told: list[_Head]) -> Iterator[Drawn]:
    """Give a row with its heads and, where it was not `told` yet, the title of its table."""
    over = (head.heads_on.sheet, head.heads)
    columns = row_to_columns(page.sheet, page.lines, place.frame, place.figures, over)
    if not columns:
        return
    size = median(line.size for column in columns for line in column.cell)
    if head.title not in [one.title for one in told]:
        for line in head.title:
            yield from lines_to_drawn(head.title_on.source, [line], size, ())
        yield gap(_LITTLE)
    told.append(head)
    yield columns_to_drawn(page.source, head.heads_on.source, columns, size)


def _head_of(draw: Draw, page: _Page, cited: Cited, row: Box) -> _Head:
    """Return the head of the table of a row: on its page, or where the table begins before it.

    A table that repeats its heads on each page has its title and unit on the first alone.
    """
    own = _head_on(page, [line for line in page.lines if line.box.bottom <= row.top + 1], cited)
    number = page.number
    while not own.title and number > max(1, page.number - _BACK):
        number -= 1
        shown = draw(number)
        lines = glyphs_to_lines(shown.sheet.glyphs)
        before = _Page(number, shown.sheet, lines, Source(_opened(shown), shown.scale))
        if not _title(lines, cited):
            continue
        first = _head_on(before, lines, cited)
        return replace(first, heads_on=page, heads=own.heads) if own.heads else first
    return own


def _head_on(page: _Page, above: Sequence[Line], cited: Cited) -> _Head:
    """Return the head among the lines above a row: what stands over the first row of figures."""
    title = _title(above, cited)
    under = list(above[above.index(title[0]) + 1 :]) if title else _ruled_before(page, above)
    first = next((line for line in under if is_of_data(page.sheet, line)), None)
    if first is not None:
        edge = _rule_over(page.sheet, first)
        under = [line for line in under if line.box.bottom <= first.box.top + 1]
        under = [line for line in under if (line.box.top + line.box.bottom) / 2 <= edge]
    ruled = [line for line in under if upright_at(page.sheet, line.box)]
    if not ruled:
        return _Head(page, tuple(title), page, tuple(under))
    over = [line for line in above if line.y < ruled[0].y]
    preamble = over[over.index(title[0]) + 1 :] if title else list(_close_above(over, ruled[0]))
    return _Head(page, (*title, *preamble), page, tuple(ruled))


def _close_above(lines: Sequence[Line], first: Line) -> Iterator[Line]:
    """Give the lines that stand close above a table: its title and its unit."""
    for line in lines[-_PREAMBLE:]:
        if first.y - line.y < _NEAR:
            yield line


def _ruled_before(page: _Page, above: Sequence[Line]) -> list[Line]:
    """Return the lines that lead up to a row within its table."""
    found: list[Line] = []
    for line in reversed(above):
        if not upright_at(page.sheet, line.box):
            break
        found.insert(0, line)
    return found


def _rule_over(sheet: Sheet, line: Line) -> float:
    """Return the height of the level rule over a line, its own top where none is drawn."""
    middle = (line.box.top + line.box.bottom) / 2
    over = [
        rule.box.top
        for rule in sheet.rules
        if not rule.upright
        and rule.box.top < middle
        and rule.box.x0 < line.x1
        and rule.box.x1 > line.x0
    ]
    return max(over, default=line.box.top)
