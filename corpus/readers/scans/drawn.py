"""The picture of a page with what is visible on it, of a PDF or a scan; for showing, not reading.

A page without text is recognised once more to say where on it its words stand. That takes seconds,
so the last few are kept.
"""

from functools import lru_cache
from typing import NamedTuple

from corpus.model.errors import BadReport
from corpus.readers.pdf.glyphs import Sheet
from corpus.readers.pdf.pdfium import Pixels, draw_page, draw_pixels
from corpus.readers.scans.reader import LONGER, SCALE, is_picture_of_page, scale_of

_KEPT = 8  # pages


class Drawn(NamedTuple):
    """A page (height x width x 3: blue, green, red), what is visible on it, pixels to the point."""

    pixels: Pixels
    sheet: Sheet
    scale: float


def draw_pdf(data: bytes, page: int, *, scale: float) -> Drawn:
    """Draw a page (from 1) of a PDF; `BadReport` where there is none."""
    pixels, sheet = draw_page(data, page, scale=scale)
    return _recognised(data, sheet) if is_picture_of_page(sheet) else Drawn(pixels, sheet, scale)


@lru_cache(maxsize=_KEPT)
def _recognised(data: bytes, sheet: Sheet) -> Drawn:
    scale = scale_of(sheet)
    return _read(draw_pixels(data, sheet.number, scale=scale), sheet.number, scale)


@lru_cache(maxsize=_KEPT)
def draw_picture(data: bytes, page: int) -> Drawn:
    """Draw a page (from 1) of a picture file; `BadReport` where there is none."""
    from corpus.readers.scans.pictures import bytes_to_pictures, scaled  # noqa: PLC0415 — slow

    pictures = bytes_to_pictures(data)
    if not 1 <= page <= len(pictures):
        raise BadReport(f"这份文件只有{len(pictures)}页，没有第{page}页。")
    return _read(scaled(pictures[page - 1], round(LONGER * SCALE)), page, SCALE)


def _read(pixels: Pixels, page: int, scale: float) -> Drawn:
    from corpus.readers.scans.sheets import picture_to_sheet  # noqa: PLC0415 — slow to load

    found = picture_to_sheet(pixels, number=page, scale=scale)
    return Drawn(found.picture, found.sheet, scale)
