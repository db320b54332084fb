"""Make a scan of a report: its text printed, photographed askew, with no text left in it.

`python -m scripts.make_scans REPORT.txt --out SCAN.pdf` prints the paragraphs of a report that can
be read, and its tables with rules, on pages of A4, and keeps pictures of the pages alone.
"""

import argparse
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import serif_path

from corpus.model.types import Grid, GridCell, Piece
from corpus.readers.detect import read

DPI = 150
TILT = 1.0  # degrees
PAGE = (round(8.27 * DPI), round(11.69 * DPI))
POINT = DPI / 72
TYPE = round(12 * POINT)
MARGIN = round(72 * POINT)
LEADING = 1.6
PAPER, INK = 255, 25
_NEVER_FIRST = "，。；：、）》”！？%"


class Printer:
    """Pages that are filled from the top down."""

    def __init__(self, *, size: int = TYPE) -> None:
        self.pages: list[Image.Image] = []
        self.size = size
        self.font = ImageFont.truetype(str(serif_path()), size)
        self.small = ImageFont.truetype(str(serif_path()), round(size * 0.85))
        self.turn_page()

    @property
    def page(self) -> ImageDraw.ImageDraw:
        """The page that is written on."""
        return ImageDraw.Draw(self.pages[-1])

    def turn_page(self) -> None:
        """Begin a page."""
        self.pages.append(Image.new("L", PAGE, PAPER))
        self.y = float(MARGIN)

    def room(self, height: float) -> None:
        """Turn the page where so much does not fit any more."""
        if self.y + height > PAGE[1] - MARGIN:
            self.turn_page()

    def paragraph(self, text: str) -> None:
        """Print a paragraph, its first line indented by two characters."""
        for at, line in enumerate(wrapped(text, self.font, PAGE[0] - 2 * MARGIN, 2 * self.size)):
            self.room(self.size * LEADING)
            left = MARGIN + (2 * self.size if at == 0 else 0)
            self.page.text((left, self.y), line, fill=INK, font=self.font)
            self.y += self.size * LEADING

    def table(self, grid: Grid) -> None:
        """Print a table with rules around every cell, one page at most."""
        columns = 1 + max(cell.column + cell.columns - 1 for cell in grid.cells)
        wide = (PAGE[0] - 2 * MARGIN) / columns
        for row in rows_of(grid):
            lines = {
                cell: list(wrapped(cell.text, self.small, wide * cell.columns - self.size, 0))
                for cell in row
            }
            height = (max(map(len, lines.values())) + 0.6) * self.small.size * 1.3
            self.room(height)
            for cell, texts in lines.items():
                left = MARGIN + cell.column * wide
                right = left + cell.columns * wide
                self.page.rectangle((left, self.y, right, self.y + height), outline=INK, width=2)
                for at, text in enumerate(texts):
                    place = (left + self.size / 2, self.y + (0.3 + at) * self.small.size * 1.3)
                    self.page.text(place, text, fill=INK, font=self.small)
            self.y += height
        self.y += self.size * LEADING


def rows_of(grid: Grid) -> Iterator[list[GridCell]]:
    """Give the cells of a grid row by row."""
    for row in sorted({cell.row for cell in grid.cells}):
        yield [cell for cell in grid.cells if cell.row == row]


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float, indent: float) -> Iterator[str]:
    """Break a text into lines that fit, the first of them shorter."""
    line, room = "", width - indent
    for char in text:
        if font.getlength(line + char) > room:
            kept = -1 if char in _NEVER_FIRST else len(line)
            yield line[:kept]
            line, room = line[kept:], width
        line += char
    yield line


def pieces_to_pages(pieces: Sequence[Piece]) -> list[Image.Image]:
    """Print the pieces of a report."""
    printer = Printer()
    for piece in pieces:
        if isinstance(piece, Grid):
            printer.table(piece)
        else:
            printer.paragraph(piece.text)
    return printer.pages


def pages_to_scan(pages: Sequence[Image.Image], *, tilt: float = TILT) -> bytes:
    """Return a PDF of pictures of pages, each tilted."""
    tilted = [page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=PAPER) for page in pages]
    stream = io.BytesIO()
    tilted[0].save(stream, "PDF", resolution=DPI, save_all=True, append_images=tilted[1:])
    return stream.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_scans", description=__doc__)
    parser.add_argument("report", type=Path, help="a report of any kind that is read")
    parser.add_argument("--out", type=Path, required=True, help="the PDF to write")
    parser.add_argument("--tilt", type=float, default=TILT, help="in degrees")
    options = parser.parse_args(arguments)
    pages = pieces_to_pages(read(options.report)[1].pieces)
    options.out.write_bytes(pages_to_scan(pages, tilt=options.tilt))
    print(options.out.name, f"{len(pages)} pages")


if __name__ == "__main__":
    main()
