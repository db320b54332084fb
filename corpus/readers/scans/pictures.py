"""The one way into OpenCV: pictures from bytes, set level, and the rules that are drawn in them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np

from corpus.model.errors import BadReport
from corpus.readers.pdf.pdfium import Pixels

SPOILT = "是图片，却已损坏；请重新下载或重新扫描。"
_SMALL = 900  # pixels: the longer side of the picture on which the tilt is looked for
_MOST_TILT, _COARSE, _FINE = 4.0, 0.5, 0.05  # degrees
_FAINT = 24  # grey levels between paper and ink: less is a page without any
# Of the longer side of the page.
_LEVEL_RULE, _UPRIGHT_RULE, _THICK = 1 / 40, 1 / 52, 1 / 230

Area = tuple[int, int, int, int]  # pixels: left, top, right, bottom


class Stroke(NamedTuple):
    """A straight line of a picture as the box around it, in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    upright: bool


class Blot(NamedTuple):
    """Ink that hangs together: the box around it in pixels, and how many of these it covers.

    `torn` is set where it runs up to a stroke or the edge of what was looked at, maybe beyond.
    """

    left: int
    top: int
    right: int
    bottom: int
    area: int
    torn: bool

    @property
    def centre(self) -> float:
        """Its middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """Its middle from top to bottom."""
        return (self.top + self.bottom) / 2

    def join(self, other: "Blot") -> "Blot":
        """Return what is around both."""
        return Blot(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            self.area + other.area,
            self.torn or other.torn,
        )


def bytes_to_pictures(data: bytes) -> tuple[Pixels, ...]:
    """Return the pages of a picture file, each height x width x 3."""
    try:
        read, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise BadReport(SPOILT) from error
    if not read:
        raise BadReport(SPOILT)
    return tuple(np.asarray(page, np.uint8) for page in pages)


def scaled(picture: Pixels, longer: int) -> Pixels:
    """Make the longer side of a picture so many pixels."""
    factor = longer / max(picture.shape[:2])
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def is_blank(picture: Pixels) -> bool:
    """Tell whether a picture shows nothing but paper."""
    grey = cv2.blur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (3, 3))
    return int(grey.max()) - int(grey.min()) < _FAINT


def levelled(picture: Pixels) -> Pixels:
    """Turn a picture so that its lines run level."""
    tilt = _tilt(_ink(scaled(picture, _SMALL)))
    return picture if abs(tilt) < _FINE else _turned(picture, tilt, (255, 255, 255))


def _ink(picture: Pixels) -> Pixels:
    """Return where there is ink: 255 there and 0 on the paper, however unevenly that is lit."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    around = (max(picture.shape[:2]) // 40) | 1
    inked = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, 15
    )
    return np.asarray(inked, np.uint8)


def _turned(picture: Pixels, degrees: float, paper: tuple[int, ...]) -> Pixels:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(picture, matrix, (width, height), borderValue=paper)
    return np.asarray(turned, np.uint8)


def _tilt(ink: Pixels) -> float:
    """Return by how many degrees to turn a picture: where its lines part most sharply."""

    def sharpness(degrees: float) -> float:
        rows = _turned(ink, degrees, (0,)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    coarse = np.arange(-_MOST_TILT, _MOST_TILT + _COARSE, _COARSE)
    near = max(map(float, coarse), key=sharpness)
    return max(map(float, np.arange(near - _COARSE, near + _COARSE, _FINE)), key=sharpness)


def picture_to_strokes(picture: Pixels) -> tuple[Stroke, ...]:
    """Find the straight lines that run level or upright, longer than any stroke of small type."""
    ink = _ink(picture)
    longer = max(picture.shape[:2])
    return (
        *_strokes(ink, round(longer * _LEVEL_RULE), longer * _THICK, upright=False),
        *_strokes(ink, round(longer * _UPRIGHT_RULE), longer * _THICK, upright=True),
    )


def _strokes(ink: Pixels, least: int, thick: float, *, upright: bool) -> Iterator[Stroke]:
    along, across = ((1, least), (3, 1)) if upright else ((least, 1), (1, 3))
    bridged = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, across))
    opened = cv2.morphologyEx(
        bridged, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along)
    )
    for left, top, width, height, _ in cv2.connectedComponentsWithStats(opened)[2][1:]:
        if (width if upright else height) <= thick:
            yield Stroke(float(left), float(top), float(left + width), float(top + height), upright)


def picture_to_blots(
    picture: Pixels, strokes: Iterable[Stroke], areas: Iterable[Area]
) -> Iterator[list[Blot]]:
    """Find for each area of a picture the ink in it that is left without the strokes."""
    ink, drawn = _ink(picture), np.zeros(picture.shape[:2], np.uint8)
    for each in strokes:
        drawn[round(each.top) : round(each.bottom), round(each.left) : round(each.right)] = 1
    ink[drawn == 1] = 0
    beside = np.asarray(cv2.dilate(drawn, np.ones((3, 3), np.uint8)), np.uint8)
    for area in areas:
        yield _blots(ink, beside, area)


def _blots(ink: Pixels, beside: Pixels, area: Area) -> list[Blot]:
    left, top, right, bottom = area
    edge = np.pad(beside[top + 1 : bottom - 1, left + 1 : right - 1], 1, constant_values=1)
    inside = ink[top:bottom, left:right]
    if inside.shape != edge.shape:  # too small to have an inside
        return []
    _, labels, found, _ = cv2.connectedComponentsWithStats(inside)
    torn = set(np.unique(labels[edge == 1]).tolist())
    return [
        Blot(
            int(left + x), int(top + y), int(left + x + w), int(top + y + h), int(size), at in torn
        )
        for at, (x, y, w, h, size) in enumerate(found)
        if at  # the first is the paper
    ]
