"""The one way into pypdfium2: the visible ink of a PDF's pages, and pictures of them.

Its types stay in here, and so do its errors: each becomes one `BadReport`. PDFium is not safe to
call from two threads, so every call stands under one lock.
"""

import ctypes
import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from corpus.model.errors import BadReport
from corpus.readers.pdf_glyphs import Box, Glyph, Rule, Sheet
from corpus.readers.pdf_locate import needles_to_box

_LOCK = Lock()
_HEAD, _TAIL = 1024, 4096  # bytes in which readers look for %PDF- and for %%EOF
_HAIR = 3.0  # points: a filled shape no thicker than this is a drawn line
_SLANT = math.radians(3)  # text turned by more than this against the page is a watermark
_HYPHEN = 0x02  # PDFium's code for a hyphen that ends a line
_RED = (220, 20, 20, 255)

Spot = tuple[float, float]


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Read the visible glyphs and rules of every page; raise `BadReport` for what is no PDF.

    Left out is what a person does not see: text outside the page, outside its clip or drawn in the
    invisible mode, white rules, and text that lies aslant (watermarks).
    """
    with _LOCK, _opened(data) as document:
        return tuple(_sheet(document, at) for at in range(len(document)))


def page_count(data: bytes) -> int:
    """Return the number of pages; raise `BadReport` for what is no readable PDF."""
    with _LOCK, _opened(data) as document:
        return len(document)


class Picture(NamedTuple):
    """A page as PNG, and of each thing that was looked for, whether it has a frame."""

    png: bytes
    framed: tuple[bool, ...]


def render_page(
    data: bytes, page: int, *, finds: Sequence[tuple[str, ...]], scale: float = 2.0
) -> Picture:
    """Draw a page (from 1) with a red frame around the line in which each of `finds` stands.

    find[0] is the figure as printed; the others are words of the same line or row, by which one of
    several occurrences is chosen. No frame where the figure is not found.
    """
    with _LOCK, _opened(data) as document:
        if not 1 <= page <= len(document):
            raise BadReport(f"这份PDF只有{len(document)}页，没有第{page}页。")
        bitmap = document[page - 1].render(scale=scale)
        sheet = _sheet(document, page - 1)
        frames = [needles_to_box(sheet, find) for find in finds]
        for frame in frames:
            if frame is not None:
                _draw_frame(bitmap, frame, scale)
        picture = io.BytesIO()
        bitmap.to_pil().save(picture, format="PNG")
        return Picture(picture.getvalue(), tuple(frame is not None for frame in frames))


def draw_page(data: bytes, page: int, *, scale: float) -> tuple[bytes, Sheet]:
    """Draw a page (from 1) as PNG, and read what is visible on it; a point is `scale` pixels."""
    with _LOCK, _opened(data) as document:
        if not 1 <= page <= len(document):
            raise BadReport(f"这份PDF只有{len(document)}页，没有第{page}页。")
        picture = io.BytesIO()
        document[page - 1].render(scale=scale).to_pil().save(picture, format="PNG")
        return picture.getvalue(), _sheet(document, page - 1)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    if b"%PDF-" not in data[:_HEAD]:
        raise BadReport("这不是PDF文件（可能是改了扩展名的图片或其他文件），请换成真正的PDF再试。")
    if b"%%EOF" not in data[-_TAIL:]:
        raise BadReport("这份PDF不完整（可能没有下载完），请重新下载后再试。")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise BadReport("这份PDF有密码，打不开，请提供没有密码的版本。") from error
        raise BadReport("这份PDF已损坏，读不出来，请重新下载后再试。") from error
    try:
        yield document
    finally:
        document.close()


def _sheet(document: pypdfium2.PdfDocument, at: int) -> Sheet:
    try:
        page = document[at]
    except pypdfium2.PdfiumError as error:
        raise BadReport(f"这份PDF的第{at + 1}页已损坏，请重新下载后再试。") from error
    width, height = page.get_size()
    place = _page_to_place(page)
    area = Box(0, 0, width, height)
    objects = [raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page))]
    rules = tuple(rule for thing in objects for rule in _object_rules(thing, place, area))
    texts = [thing for thing in objects if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT]
    return Sheet(at + 1, width, height, tuple(_page_glyphs(page, texts, place, area)), rules)


def _page_to_place(page: pypdfium2.PdfPage) -> Callable[[float, float], Spot]:
    """Return what turns the page's own coordinates into those of its picture, from the top left."""
    seen = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, seen)
    left, top, right, bottom = seen.left, seen.top, seen.right, seen.bottom
    turns: dict[int, Callable[[float, float], Spot]] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


def _address(thing: object) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _box(spots: list[Spot]) -> Box:
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return Box(min(xs), min(ys), max(xs), max(ys))


# ---------------------------------------------------------------- glyphs


def _page_glyphs(
    page: pypdfium2.PdfPage, texts: list[object], place: Callable[[float, float], Spot], area: Box
) -> Iterator[Glyph]:
    """Give the visible glyphs of a page; this takes the text objects that were read off the page.

    PDFium takes a text that repeats right below itself for a shadow and leaves it out, as it does
    with equal names in two rows of a table. So what was left out is read again without the rest.
    """
    # Only for the page's own objects is the clip known to be in the page's coordinates.
    clips = {_address(thing): _clip(thing, place, area) for thing in texts}
    unread, first = dict(zip(clips, texts, strict=True)), True
    while first or unread:
        read = set()
        text = page.get_textpage()
        for at in range(raw.FPDFText_CountChars(text)):
            thing = raw.FPDFText_GetTextObject(text, at)
            address = _address(thing)
            if not first and address not in unread:
                continue
            read.add(address)
            glyph = None if _unseen(thing) else _glyph(text, at, place)
            if glyph and clips.get(address, area).holds(*glyph.centre):
                yield glyph
        text.close()
        taken = [unread.pop(address) for address in read & unread.keys()]
        for thing in taken if unread else []:
            raw.FPDFPage_RemoveObject(page, thing)
            raw.FPDFPageObj_Destroy(thing)
        if not taken:
            break
        first = False


def _unseen(thing: object) -> bool:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    return mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


def _glyph(
    text: pypdfium2.PdfTextPage, at: int, place: Callable[[float, float], Spot]
) -> Glyph | None:
    """Make a glyph of the character at a place of the text; none of a space or what lies aslant."""
    code = raw.FPDFText_GetUnicode(text, at)
    char = "-" if code == _HYPHEN else chr(code)
    if raw.FPDFText_IsGenerated(text, at) == 1 or char.isspace() or not char.isprintable():
        return None
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text, at, rect)
    raw.FPDFText_GetMatrix(text, at, matrix)
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    quarter = math.pi / 2
    if abs((math.atan2(matrix.b, matrix.a) + quarter / 2) % quarter - quarter / 2) > _SLANT:
        return None
    box = _box([place(rect.left, rect.top), place(rect.right, rect.bottom)])
    size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    return Glyph(char, box.x0, box.x1, place(x.value, y.value)[1], size)


def _clip(thing: object, place: Callable[[float, float], Spot], area: Box) -> Box:
    """Return the part of the page that an object's clip leaves visible."""
    path, box = raw.FPDFPageObj_GetClipPath(thing), area
    for at in range(max(0, raw.FPDFClipPath_CountPaths(path))):
        count = raw.FPDFClipPath_CountPathSegments(path, at)
        segments = [raw.FPDFClipPath_GetPathSegment(path, at, i) for i in range(count)]
        if segments:
            box = box.cut(_box([place(*_point(segment)) for segment in segments]))
    return box


def _point(segment: object) -> Spot:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


# ---------------------------------------------------------------- rules


def _object_rules(
    thing: object, place: Callable[[float, float], Spot], area: Box, *, inner: bool = False
) -> Iterator[Rule]:
    """Give the visible rules that an object draws, those of a form's inner objects too."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)

    def put(x: float, y: float) -> Spot:
        return place(matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)

    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_FORM:
        for i in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _object_rules(raw.FPDFFormObj_GetObject(thing, i), put, area, inner=True)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        visible = area if inner else _clip(thing, place, area)
        for box, upright in _path_lines(thing, put):
            seen = box.cut(visible)
            if seen.width >= 0 and seen.height >= 0:
                yield Rule(seen, upright)


def _path_lines(path: object, put: Callable[[float, float], Spot]) -> Iterator[tuple[Box, bool]]:
    """Give the lines of a path: thin filled shapes, and the straight edges of stroked ones."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    stroked = bool(stroke.value) and not _white(raw.FPDFPageObj_GetStrokeColor, path)
    filled = bool(fill.value) and not _white(raw.FPDFPageObj_GetFillColor, path)
    for spots in _outlines(path, put):
        box = _box(spots)
        if min(box.width, box.height) <= _HAIR:
            if stroked or filled:
                yield from _hairline(box)
        elif stroked:
            for one, next_ in pairwise(spots):
                edge = _box([one, next_])
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


def _white(colour_of: Callable[..., int], path: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour_of(path, red, green, blue, alpha)
    return alpha.value == 0 or min(red.value, green.value, blue.value) > 250


def _draw_frame(bitmap: pypdfium2.PdfBitmap, frame: Box, scale: float) -> None:
    """Draw a red frame on the picture of a page; `frame` is in points of the page.

    On the picture and not on the page: what is added to a page falls under a clip left open there.
    """
    left, top = round(frame.x0 * scale), round(frame.top * scale)
    right, bottom = round(frame.x1 * scale), round(frame.bottom * scale)
    wide = max(1, round(1.5 * scale))
    for x, y, width, height in (
        (left, top, right - left, wide),
        (left, bottom - wide, right - left, wide),
        (left, top, wide, bottom - top),
        (right - wide, top, wide, bottom - top),
    ):
        bitmap.fill_rect(_RED, x, y, width, height)
