"""Measure how well the digits of tables are recognised: PDFs with a text layer, read as scans.

`python -m scripts.scan_digits PDF ...` rasterises the pages with tables at 200 dpi, recognises
them, and holds every table cell with digits against the text layer. A page takes seconds; `--most`
bounds the pages of a file. It counts the digits that are the same, and of the cells that differ
those that would be marked as unsure.
"""

import argparse
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from corpus.pipeline import bare
from corpus.readers.pdf.glyphs import Box, Sheet
from corpus.readers.pdf.pdfium import draw_pixels, read_sheets
from corpus.readers.pdf.tables.ruled import (
    boxes_to_held,
    glyphs_to_cell_text,
    rules_to_tables,
    sheet_to_tables,
)
from corpus.readers.scans.reader import SCALE
from corpus.readers.scans.sheets import Scanned, picture_to_sheet


class Compared(NamedTuple):
    """The digits of a cell as printed and as recognised, and whether what was is told as unsure."""

    printed: str
    read: str
    unsure: bool

    @property
    def alike(self) -> int:
        """How many digits are the same, in the same order."""
        match = SequenceMatcher(None, self.printed, self.read, autojunk=False)
        return sum(block.size for block in match.get_matching_blocks())


def sheet_to_texts(sheet: Sheet) -> dict[Box, str]:
    """Return the text of every cell of the ruled tables of a page."""
    texts: dict[Box, str] = {}
    for boxes in rules_to_tables(sheet.rules):
        if len(boxes) > 1:
            held = boxes_to_held(boxes, [g for g in sheet.glyphs if holds(boxes, *g.centre)])
            texts |= {box: glyphs_to_cell_text(inside, box) for box, inside in held.items()}
    return texts


def holds(boxes: Sequence[Box], x: float, y: float) -> bool:
    """Tell whether a place lies in one of the cells of a table."""
    return any(box.holds(x, y) for box in boxes)


def compare(sheet: Sheet, scanned: Scanned) -> Iterator[Compared]:
    """Hold the cells of a page against what was recognised in the same places."""
    read = sheet_to_texts(scanned.sheet)
    disputed = (each for table in sheet_to_tables(scanned.sheet) for each in table.disputed)
    doubted = {bare(each) for each in (*scanned.unsure, *disputed)}
    for box, text in sheet_to_texts(sheet).items():
        if printed := digits(text):
            x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
            found = next((said for place, said in read.items() if place.holds(x, y)), "")
            yield Compared(printed, digits(found), bare(found) in doubted)


def digits(text: str) -> str:
    """Return the digits of a text."""
    return "".join(filter(str.isdecimal, text))


def measure(path: Path, *, most: int) -> list[Compared]:
    """Compare the pages of a PDF that have ruled tables; print those cells that differ."""
    data = path.read_bytes()
    compared: list[Compared] = []
    tabled = [
        sheet for sheet in read_sheets(data) if any(map(digits, sheet_to_texts(sheet).values()))
    ]
    for sheet in tabled[:most]:
        picture = draw_pixels(data, sheet.number, scale=SCALE)
        found = list(compare(sheet, picture_to_sheet(picture, number=sheet.number, scale=SCALE)))
        for cell in found:
            if cell.read != cell.printed:
                told = "unsure" if cell.unsure else "sure"
                said = f"{cell.printed} read as {cell.read or 'nothing'}, {told}"
                print(f"  page {sheet.number}: {said}")
        compared += found
        print(f"  page {sheet.number}: {summary(found)}", flush=True)
    return compared


def summary(compared: Sequence[Compared]) -> str:
    """Say how many digits are the same, how many cells differ and how many of these are told."""
    alike, whole = sum(each.alike for each in compared), sum(len(each.printed) for each in compared)
    differ = [each for each in compared if each.read != each.printed]
    missing, told = sum(not each.read for each in differ), sum(each.unsure for each in differ)
    return (
        f"{len(compared)} cells, {alike} of {whole} digits the same ({alike / max(whole, 1):.2%}), "
        f"{len(differ)} cells differ: {missing} not read, {told} unsure"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.scan_digits",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pdf", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=1000, help="pages of a file")
    options = parser.parse_args(arguments)
    compared: list[Compared] = []
    for path in options.pdf:
        print(path.name, flush=True)
        compared += measure(path, most=options.most)
    print(summary(compared))


if __name__ == "__main__":
    main()
