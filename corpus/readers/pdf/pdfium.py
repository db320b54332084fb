"""The way into pypdfium2: the visible ink of a PDF's pages, and pictures of them.

Its types stay in here and in `drawing`, and so do its errors: each becomes one `BadReport`. PDFium
is not safe to call from two threads, so every call stands under one lock.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.model.errors import BadReport
from corpus.readers.pdf.drawing import (
    Drawn,
    drawn_to_paints,
    drawn_to_pictures,
    drawn_to_rules,
    is_text_white,
    spots_to_box,
    things_to_drawn,
)
from corpus.readers.pdf.glyphs import ASCENT, Box, Glyph, Sheet
from corpus.readers.pdf.turning import Put, direction_to_turn, turned_place, turns_to_page_turn
from corpus.readers.pdf.visibility import Ink, Paint, is_seen

_LOCK = Lock()
_HEAD, _TAIL = 1024, 4096  # bytes in which readers look for %PDF- and for %%EOF
_SLANT = math.radians(3)  # text turned by more than this against the page is a watermark
_HYPHEN = 0x02  # PDFium's code for a hyphen that ends a line
_TEXT = raw.FPDF_PAGEOBJ_TEXT
MOST_PAGES = 5000  # as many as can be read in the time that a file has
_MOST = 0.5  # of a page: a picture as large is what the page shows
Pixels = NDArray[np.uint8]  # height x width x 3


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Read the visible glyphs and rules of every page; raise `BadReport` for what is no PDF.

    Left out is what a person does not see: text outside the page, outside its clip, drawn in the
    invisible mode, in the colour of the paper, too small to read or painted over, white rules, and
    text that lies aslant (watermarks).
    """
    with _LOCK, _opened(data) as document:
        if (count := len(document)) > MOST_PAGES:
            raise BadReport(f"这份PDF有{count}页，超过{MOST_PAGES}页，读不完；请拆成几份再添加。")
        return tuple(_sheet(document, at, level=True) for at in range(count))


def draw_page(data: bytes, page: int, *, scale: float) -> tuple[Pixels, Sheet]:
    """Draw a page (from 1) as `draw_pixels` does, and read what is visible on it."""
    with _LOCK, _opened(data) as document:
        if not 1 <= page <= len(document):
            raise BadReport(f"这份PDF只有{len(document)}页，没有第{page}页。")
        return _drawn(document, page, scale), _sheet(document, page - 1)


def draw_pixels(data: bytes, page: int, *, scale: float) -> Pixels:
    """Draw a page (from 1) as height x width x 3 (blue, green, red); a point is `scale` pixels."""
    with _LOCK, _opened(data) as document:
        return _drawn(document, page, scale)


def _drawn(document: pypdfium2.PdfDocument, page: int, scale: float) -> Pixels:
    drawn = document[page - 1].render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGR)
    return np.array(drawn.to_numpy(), np.uint8)


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


def _sheet(document: pypdfium2.PdfDocument, at: int, *, level: bool = False) -> Sheet:
    """Read a page; with `level` one whose texts run up or down it is turned as one reads it."""
    try:
        page = document[at]
    except pypdfium2.PdfiumError as error:
        raise BadReport(f"这份PDF的第{at + 1}页已损坏，请重新下载后再试。") from error
    width, height = page.get_size()
    place = _page_to_place(page)
    objects = [raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page))]
    if level and (turn := _page_turn(objects, place)):
        place, width, height = turned_place(place, turn, width, height), height, width
    area = Box(0, 0, width, height)
    drawn = tuple(things_to_drawn(objects, place, area))
    rules = tuple(rule for each in drawn for rule in drawn_to_rules(each))
    pictured = any(_is_most(box, area) for box in drawn_to_pictures(drawn))
    layer = page.get_textpage().get_text_range() if pictured else ""
    glyphs = tuple(_page_glyphs(page, drawn, place, area))
    return Sheet(at + 1, width, height, glyphs, rules, pictured, layer)


def _is_most(box: Box, area: Box) -> bool:
    return box.width * box.height > _MOST * area.width * area.height


def _page_turn(objects: Sequence[object], place: Put) -> int:
    whole = Box(0, 0, math.inf, math.inf)
    texts = (each for each in things_to_drawn(objects, place, whole) if each.kind == _TEXT)
    return turns_to_page_turn(direction_to_turn(each.put(0, 0), each.put(1, 0)) for each in texts)


def _page_to_place(page: pypdfium2.PdfPage) -> Put:
    """Return what turns the page's own coordinates into those of its picture, from the top left."""
    seen = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, seen)
    left, top, right, bottom = seen.left, seen.top, seen.right, seen.bottom
    turns: dict[int, Put] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


def _address(thing: object) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


# ---------------------------------------------------------------- glyphs


def _page_glyphs(
    page: pypdfium2.PdfPage, drawn: Sequence[Drawn], place: Put, area: Box
) -> Iterator[Glyph]:
    """Give the visible glyphs of a page; this takes the text objects that were read off the page.

    PDFium takes a text that repeats right below itself for a shadow and leaves it out, as it does
    with equal names in two rows of a table. So what was left out is read again without the rest.
    """
    paints = tuple(drawn_to_paints(drawn))
    texts = {_address(each.thing): each for each in drawn if each.kind == _TEXT}
    unread = {address: each.thing for address, each in texts.items() if not each.inner}
    first = True
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
            if glyph and _shows(glyph, thing, texts.get(address), area, paints):
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


def _shows(
    glyph: Glyph, thing: object, drawn: Drawn | None, area: Box, paints: Sequence[Paint]
) -> bool:
    """Tell whether a glyph lies in the visible part of the page and is seen there."""
    visible = drawn.visible if drawn else area
    ink = Ink(drawn.order if drawn else None, glyph.size, white=is_text_white(thing))
    return visible.holds(*glyph.centre) and is_seen(ink, glyph.centre, paints)


def _glyph(text: pypdfium2.PdfTextPage, at: int, place: Put) -> Glyph | None:
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
    box = spots_to_box([place(rect.left, rect.top), place(rect.right, rect.bottom)])
    size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    turn = direction_to_turn(place(0, 0), place(matrix.a, matrix.b))
    if turn in (90, 270):
        middle = (box.top + box.bottom) / 2 + (ASCENT - 0.5) * size
        return Glyph(char, box.x0, box.x1, middle, size, turn, box.height)
    return Glyph(char, box.x0, box.x1, place(x.value, y.value)[1], size)
