"""What a page draws, in its order: rules, painted areas, and where each object is visible."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

from corpus.readers.pdf.glyphs import Box, Rule
from corpus.readers.pdf.turning import Put, Spot
from corpus.readers.pdf.visibility import Paint

_HAIR = 3.0  # points: a filled shape no thicker than this is a drawn line
_OPAQUE = 255


class Drawn(NamedTuple):
    """An object of a page: its turn in the order of drawing, and where its own points lie.

    `inner` is set for those of a form; only of the page's own is the clip in its coordinates.
    """

    order: int
    thing: object
    kind: int
    put: Put
    visible: Box
    inner: bool


def things_to_drawn(
    things: Iterable[object], place: Put, area: Box, *, inner: bool = False
) -> Iterator[Drawn]:
    """Give the objects of a page in the order of drawing, those of a form in its turn."""
    order = 0
    for thing in things:
        kind, put = raw.FPDFPageObj_GetType(thing), _matrix_to_put(thing, place)
        visible = area if inner else _clip(thing, place, area)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield Drawn(order, thing, kind, put, visible, inner)
            order += 1
            continue
        parts = [
            raw.FPDFFormObj_GetObject(thing, i) for i in range(raw.FPDFFormObj_CountObjects(thing))
        ]
        for part in things_to_drawn(parts, put, visible, inner=True):
            yield part._replace(order=order)
            order += 1


def _matrix_to_put(thing: object, place: Put) -> Put:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)

    def put(x: float, y: float) -> Spot:
        return place(matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)

    return put


def drawn_to_paints(drawn: Iterable[Drawn]) -> Iterator[Paint]:
    """Give the areas that are painted: filled shapes, and pictures, which are no paper."""
    for each in drawn:
        if each.kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _path_paints(each)
        elif each.kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            image = each.kind == raw.FPDF_PAGEOBJ_IMAGE
            box = _picture_box(each) if image else each.visible
            yield Paint(each.order, box, white=False, covers=False)


def drawn_to_pictures(drawn: Iterable[Drawn]) -> Iterator[Box]:
    """Give where pictures are seen."""
    return (_picture_box(each) for each in drawn if each.kind == raw.FPDF_PAGEOBJ_IMAGE)


def _picture_box(each: Drawn) -> Box:
    return each.visible.cut(spots_to_box([each.put(0, 0), each.put(1, 1)]))


def _path_paints(each: Drawn) -> Iterator[Paint]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(each.thing, fill, stroke)
    colour = _colour(raw.FPDFPageObj_GetFillColor, each.thing)
    if not fill.value or colour.alpha == 0:
        return
    opaque = colour.alpha == _OPAQUE and not raw.FPDFPageObj_HasTransparency(each.thing)
    for spots in _outlines(each.thing, each.put):
        box = spots_to_box(spots)
        if min(box.width, box.height) > _HAIR:
            covers = opaque and not each.inner and _is_level(spots, box)
            yield Paint(each.order, box.cut(each.visible), white=colour.white, covers=covers)


def _is_level(spots: Iterable[Spot], box: Box) -> bool:
    """Tell whether a shape is a rectangle along the edges of the page."""
    return all(
        min(abs(x - box.x0), abs(x - box.x1)) < 1 and min(abs(y - box.top), abs(y - box.bottom)) < 1
        for x, y in spots
    )


def spots_to_box(spots: list[Spot]) -> Box:
    """Return the smallest box around points."""
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _clip(thing: object, place: Callable[[float, float], Spot], area: Box) -> Box:
    """Return the part of the page that an object's clip leaves visible."""
    path, box = raw.FPDFPageObj_GetClipPath(thing), area
    for at in range(max(0, raw.FPDFClipPath_CountPaths(path))):
        count = raw.FPDFClipPath_CountPathSegments(path, at)
        segments = [raw.FPDFClipPath_GetPathSegment(path, at, i) for i in range(count)]
        if segments:
            box = box.cut(spots_to_box([place(*_point(segment)) for segment in segments]))
    return box


def _point(segment: object) -> Spot:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


# ---------------------------------------------------------------- rules


def drawn_to_rules(each: Drawn) -> Iterator[Rule]:
    """Give the visible rules that an object draws."""
    if each.kind == raw.FPDF_PAGEOBJ_PATH:
        for box, upright in _path_lines(each.thing, each.put):
            seen = box.cut(each.visible)
            if seen.width >= 0 and seen.height >= 0:
                yield Rule(seen, upright)


def _path_lines(path: object, put: Callable[[float, float], Spot]) -> Iterator[tuple[Box, bool]]:
    """Give the lines of a path: thin filled shapes, and the straight edges of stroked ones."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    stroked = bool(stroke.value) and not _white(raw.FPDFPageObj_GetStrokeColor, path)
    filled = bool(fill.value) and not _white(raw.FPDFPageObj_GetFillColor, path)
    for spots in _outlines(path, put):
        box = spots_to_box(spots)
        if min(box.width, box.height) <= _HAIR:
            if stroked or filled:
                yield from _hairline(box)
        elif stroked:
            for one, next_ in pairwise(spots):
                edge = spots_to_box([one, next_])
                if min(edge.width, edge.height) <= 1:
                    yield edge, edge.height > edge.width


def _hairline(box: Box) -> Iterator[tuple[Box, bool]]:
    """Give a thin shape as a line along its middle; a dot (of a dotted line) as one each way."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    if box.width >= box.height or box.height <= _HAIR:
        yield Box(box.x0, y, box.x1, y), False
    if box.height >= box.width or box.width <= _HAIR:
        yield Box(x, box.top, x, box.bottom), True


def _outlines(path: object, put: Callable[[float, float], Spot]) -> Iterator[list[Spot]]:
    """Give the corners of each part of a path; a part that is closed ends where it began."""
    spots: list[Spot] = []
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and spots:
            yield spots
            spots = []
        spots.append(put(*_point(segment)))
        if raw.FPDFPathSegment_GetClose(segment):
            spots.append(spots[0])
    if len(spots) > 1:
        yield spots


class Colour(NamedTuple):
    """Whether a colour is that of the paper, and how opaque it is."""

    white: bool
    alpha: int


def _colour(colour_of: Callable[..., int], thing: object) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(thing, red, green, blue, alpha):
        return Colour(white=False, alpha=_OPAQUE)  # a pattern: PDFium names no colour
    return Colour(min(red.value, green.value, blue.value) > 250, alpha.value)


def _white(colour_of: Callable[..., int], thing: object) -> bool:
    colour = _colour(colour_of, thing)
    return colour.alpha == 0 or colour.white


def is_text_white(thing: object) -> bool:
    """Tell whether a text is drawn in the colour of the paper alone, fill and outline."""
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    filled = mode not in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    stroked = mode not in (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
    fill = not filled or _white(raw.FPDFPageObj_GetFillColor, thing)
    return fill and (not stroked or _white(raw.FPDFPageObj_GetStrokeColor, thing))
