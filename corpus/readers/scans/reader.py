"""Readers of paged files: PDFs, their pages without text recognised, and pictures of pages.

Recognition is slow, so it is loaded at the first page that needs it, and bounded: so many pages,
and so much of the time that a file has in the process beside. What was not read is said.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Unsure
from corpus.readers.pdf.glyphs import Sheet
from corpus.readers.pdf.note_marks import without_note_marks
from corpus.readers.pdf.pdfium import Pixels, draw_pixels, read_sheets
from corpus.readers.pdf.reader import sheets_to_draft

SCALE = 200 / 72  # pixels to the point: 200 to the inch
MOST_PIXELS = 3400  # of the longer side: that of A3
LONGER = 842  # points: a picture is taken for a page of A4
MOST_PAGES = 20
SECONDS, CPU_SECONDS = 240.0, 200.0  # for all pages of a file, which may take 300 and 240
_FEW = 20  # glyphs: a page number, a stamp's text; what else is there is in the picture

RECOGNISED = "{pages}识别自扫描件，数字请核对原件"
SILENT = "{pages}没有读出文字"
CELLS = "{pages}的表格里有 {cells} 格没有读出，请核对原件"
UNREAD = "{pages}没有读：识别扫描件很慢，一份最多识别 {most} 页，请拆成几份再添加"
NOTHING = "是扫描件或图片，没有识别出文字；请重新扫描得清楚一些，或提供带文字的版本。"

Draw = Callable[[], tuple[Pixels, float]]


class Spent(NamedTuple):
    """Time, and time of the processor."""

    seconds: float
    cpu_seconds: float

    def since(self, before: "Spent") -> "Spent":
        """Return what was spent between two moments."""
        return Spent(self.seconds - before.seconds, self.cpu_seconds - before.cpu_seconds)


def _spent() -> Spent:
    return Spent(time.monotonic(), time.process_time())


class Recogniser:
    """Recognises pages while there is time, and keeps what is to be said of them."""

    def __init__(self) -> None:
        self.recognised: list[int] = []
        self.silent: list[int] = []
        self.unread: list[int] = []
        self.cells: list[int] = []
        self.unsure: list[Unsure] = []
        self._begun = _spent()
        self._slowest = Spent(0, 0)

    def sheet(self, number: int, draw: Draw, *, layer: str = "") -> Sheet | None:
        """Return what a page shows, None where nothing could be read on it or no time is left.

        A number that the text layer of the page does not have is unsure.
        """
        if not self._has_time():
            self.unread.append(number)
            return None
        from corpus.readers.scans.sheets import (  # noqa: PLC0415 — slow to load
            numbers_unlike,
            picture_to_sheet,
        )

        before = _spent()
        picture, scale = draw()
        scanned = picture_to_sheet(picture, number=number, scale=scale)
        self._slowest = Spent(*map(max, self._slowest, _spent().since(before)))
        (self.recognised if scanned.sheet.glyphs else self.silent).append(number)
        self.cells += [number] * len(scanned.unread)
        doubted = (*scanned.unsure, *numbers_unlike(scanned.sheet, layer))
        self.unsure += [Unsure(page=number, number=each) for each in doubted]
        return scanned.sheet

    def _has_time(self) -> bool:
        """Tell whether one more page would be read in time, were it as slow as the slowest."""
        spent = _spent().since(self._begun)
        return (
            len(self.recognised) + len(self.silent) < MOST_PAGES
            and spent.seconds + self._slowest.seconds < SECONDS
            and spent.cpu_seconds + self._slowest.cpu_seconds < CPU_SECONDS
        )

    def told(self, draft: Draft, *, pages: int) -> Draft:
        """Return a draft with what is to be said of the pages that were recognised or not read."""
        said = (
            (RECOGNISED, self.recognised),
            (SILENT, self.silent),
            (CELLS, list(dict.fromkeys(self.cells))),
            (UNREAD, self.unread),
        )
        notices = tuple(
            sentence.format(
                pages=_page_words(numbers, of=pages), most=MOST_PAGES, cells=len(self.cells)
            )
            for sentence, numbers in said
            if numbers
        )
        unsure = tuple(dict.fromkeys(self.unsure))
        return draft.model_copy(update={"notices": notices, "unsure": unsure})


def _page_words(numbers: Sequence[int], *, of: int) -> str:
    """Name pages, those that follow each other as a range; all of them as the whole."""
    if len(numbers) == of:
        return "全文"
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ]
    named = [f"{run[0]}—{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return f"第{'、'.join(named)}页"


def read_pdf(data: bytes) -> Draft:
    """Read a PDF; raise `BadReport` for what cannot be read.

    The pages with text are read as it says; of the others, pictures of pages are recognised.
    """
    recogniser = Recogniser()

    def read(sheet: Sheet) -> Sheet:
        if not is_picture_of_page(sheet):
            return replace(sheet, glyphs=without_note_marks(sheet.glyphs))
        scale = scale_of(sheet)
        found = recogniser.sheet(
            sheet.number,
            lambda: (draw_pixels(data, sheet.number, scale=scale), scale),
            layer=sheet.layer,
        )
        return found if found and found.glyphs else sheet

    return _draft(map(read, read_sheets(data)), recogniser)


def scale_of(sheet: Sheet) -> float:
    """Return how many pixels to the point a page is drawn with to be recognised."""
    return min(SCALE, MOST_PIXELS / max(sheet.width, sheet.height))


def is_picture_of_page(sheet: Sheet) -> bool:
    """Tell whether what is to be read of a page is in its picture."""
    return not sheet.glyphs or (sheet.pictured and len(sheet.glyphs) < _FEW)


def read_picture(data: bytes) -> Draft:
    """Read the pages of a picture file; raise `BadReport` for what cannot be read."""
    from corpus.readers.scans.pictures import bytes_to_pictures, scaled  # noqa: PLC0415 — slow

    recogniser = Recogniser()
    sheets = (
        recogniser.sheet(at, lambda page=page: (scaled(page, round(LONGER * SCALE)), SCALE))  # type: ignore[misc]
        for at, page in enumerate(bytes_to_pictures(data), 1)
    )
    return _draft((sheet for sheet in sheets if sheet), recogniser)


def _draft(read: Iterable[Sheet], recogniser: Recogniser) -> Draft:
    sheets = tuple(read)
    if not any(sheet.glyphs for sheet in sheets):
        raise BadReport(NOTHING)
    return recogniser.told(sheets_to_draft(sheets), pages=len(sheets))
