"""What is measured of a scan: digits in their order, cell by cell, and what is told as unsure."""

import numpy as np
import pytest

from corpus.readers.pdf.glyphs import Box, Glyph, Rule, Sheet
from corpus.readers.scans.sheets import Scanned
from scripts.make_samples import REPORTS
from scripts.scan_digits import Compared, compare, main, summary

PDF = next(REPORTS.glob("*2025*.pdf"))


def sheet(*texts: str) -> Sheet:
    """Return a page with a ruled row of cells, forty points wide each."""
    right = 40.0 * len(texts)
    rules = [Rule(Box(0, y, right, y), False) for y in (0.0, 20.0)]
    rules += [Rule(Box(40.0 * at, 0, 40.0 * at, 20), True) for at in range(len(texts) + 1)]
    glyphs = [
        Glyph(char, 40 * at + 4 + 5 * place, 40 * at + 9 + 5 * place, 14, 10)
        for at, text in enumerate(texts)
        for place, char in enumerate(text)
    ]
    return Sheet(1, 200, 200, tuple(glyphs), tuple(rules))


def test_cells_are_compared_where_they_stand() -> None:
    page = np.zeros((1, 1, 3), np.uint8)
    read = Scanned(sheet("1.20", "13,5", "", "合计"), unsure=("13,5",), picture=page)
    compared = list(compare(sheet("1.20", "1,235", "7.0", "合计"), read))
    assert compared == [
        Compared("120", "120", unsure=False),
        Compared("1235", "135", unsure=True),
        Compared("70", "", unsure=False),
    ]
    assert summary(compared) == (
        "3 cells, 6 of 9 digits the same (66.67%), 2 cells differ: 1 not read, 1 unsure"
    )


def test_a_page_is_drawn_and_read(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(PDF), "--most", "1"])
    name, *_, whole = capsys.readouterr().out.splitlines()
    assert name == PDF.name
    assert whole.endswith("0 cells differ: 0 not read, 0 unsure")
