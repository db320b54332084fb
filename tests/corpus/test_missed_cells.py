"""Cells of a scan in which its lines are not found: read by themselves, or told as not read."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import serif_path

from corpus.model.types import Draft, Grid
from corpus.readers.scans import missed, reader
from scripts.make_scans import INK, PAGE, PAPER, pages_to_scan

Ink = Callable[[ImageDraw.ImageDraw], None]

LEFT, TOP, WIDE, HIGH = 120, 300, 250, 105  # pixels at 150 to the inch
HEADS = ("合计", "因公出国（境）费", "公务接待费", "公务用车运行费")
FIGURES = ("47.91", "", "1.35", "46.56")
FONT = ImageFont.truetype(str(serif_path()), 17)
CELL = (LEFT + WIDE, TOP + HIGH, LEFT + 2 * WIDE, TOP + 2 * HIGH)
RECOGNISED = "全文识别自扫描件，数字请核对原件"
NOT_READ = "全文的表格里有 1 格没有读出，请核对原件"


def read_with(ink: Ink, *, tilt: float = 1.0) -> Draft:
    """Read the scan of a table of two rows; `ink` goes into the second cell of the lower one."""
    page = Image.new("L", PAGE, PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((LEFT, TOP - 80), "2024年“三公”经费预算表", fill=INK, font=FONT)
    for row, texts in enumerate((HEADS, FIGURES)):
        for column, text in enumerate(texts):
            left, top = LEFT + column * WIDE, TOP + row * HIGH
            draw.rectangle((left, top, left + WIDE, top + HIGH), outline=INK, width=2)
            right = left + WIDE - (30 if row == 0 else 4)
            draw.text((right, top + HIGH / 2), text, fill=INK, font=FONT, anchor="rm")
    ink(draw)
    return reader.read_pdf(pages_to_scan([page], tilt=tilt))


def cells(draft: Draft) -> list[str]:
    """Return the texts of the lower row."""
    (grid,) = (piece for piece in draft.pieces if isinstance(piece, Grid))
    return [cell.text for cell in grid.cells if cell.row == 1]


def written(text: str) -> Ink:
    """Write right beside the rule on the right, as sheets print figures."""
    place = (CELL[2] - 4, (CELL[1] + CELL[3]) / 2)
    return lambda draw: draw.text(place, text, fill=INK, font=FONT, anchor="rm")


@pytest.mark.parametrize("tilt", [0.0, 1.0])
@pytest.mark.parametrize("text", ["0", "1", "7", "无"])
def test_a_lone_digit_in_a_wide_cell_is_read(text: str, tilt: float) -> None:
    draft = read_with(written(text), tilt=tilt)
    assert cells(draft) == ["47.91", text, "1.35", "46.56"]
    assert draft.notices == (RECOGNISED,)
    assert draft.unsure == ()


def specked(draw: ImageDraw.ImageDraw) -> None:
    """Strew dust over the cell."""
    chance = np.random.default_rng(1)
    for _ in range(25):
        x, y = chance.uniform(CELL[0] + 5, CELL[2] - 5), chance.uniform(CELL[1] + 5, CELL[3] - 5)
        across = chance.integers(1, 3)
        draw.ellipse((x, y, x + across, y + across), fill=INK)


def shaded(draw: ImageDraw.ImageDraw) -> None:
    """Fill most of the cell with grey."""
    draw.rectangle((CELL[0] + 15, CELL[1] + 15, CELL[2] - 15, CELL[3] - 15), fill=170)


def hatched(draw: ImageDraw.ImageDraw) -> None:
    """Fill the cell with strokes aslant."""
    for x in range(CELL[0] + 5, CELL[2] - 45, 9):
        draw.line((x, CELL[3] - 30, x + 40, CELL[1] + 30), fill=INK, width=2)


def crossed_out(draw: ImageDraw.ImageDraw) -> None:
    """Strike the cell from corner to corner, as forms do where there is nothing to say."""
    draw.line((CELL[0], CELL[3], CELL[2], CELL[1]), fill=INK, width=2)


def blotted(draw: ImageDraw.ImageDraw) -> None:
    """Leave a spot and a dash."""
    draw.rectangle((CELL[0] + 60, CELL[1] + 45, CELL[0] + 74, CELL[1] + 59), fill=INK)
    draw.line((CELL[0] + 120, CELL[1] + 52, CELL[0] + 150, CELL[1] + 52), fill=INK, width=2)


def marked(draw: ImageDraw.ImageDraw) -> None:
    """Print a digit as faint as a watermark."""
    draw.text((CELL[0] + 90, CELL[1] + 40), "1", fill=205, font=FONT)


@pytest.mark.parametrize("ink", [specked, shaded, hatched, crossed_out, blotted, marked])
def test_ink_that_is_no_text_is_no_text(ink: Ink) -> None:
    draft = read_with(ink)
    assert cells(draft) == ["47.91", "", "1.35", "46.56"]
    assert draft.notices == (RECOGNISED,)


def scribbled(draw: ImageDraw.ImageDraw) -> None:
    """Write what nobody can read, as high as a character."""
    x, y = CELL[0] + 100, CELL[1] + 45
    spots = ((0, 14), (3, 2), (5, 12), (9, 0), (8, 14), (14, 4), (2, 8), (13, 12), (6, 3), (11, 9))
    draw.line([(x + dx, y + dy) for dx, dy in spots], fill=INK, width=2)


def overrun(draw: ImageDraw.ImageDraw) -> None:
    """Draw a stroke over a rule, as the ring of a seal runs: what is in the cell looks like a 1."""
    draw.line((CELL[0] + 20, CELL[1] - 8, CELL[0] + 20, CELL[1] + 18), fill=INK, width=3)


@pytest.mark.parametrize("ink", [scribbled, overrun, written("/")])
def test_what_stands_in_a_cell_and_cannot_be_read_is_told(ink: Ink) -> None:
    draft = read_with(ink)
    assert cells(draft) == ["47.91", "", "1.35", "46.56"]
    assert draft.notices == (RECOGNISED, NOT_READ)


def test_cells_beyond_the_bound_are_told_as_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "_CELLS", 0)
    draft = read_with(written("1"))
    assert cells(draft)[1] == ""
    assert draft.notices == (RECOGNISED, NOT_READ)
