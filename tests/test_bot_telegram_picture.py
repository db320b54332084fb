"""The cited page as a picture over real HTTP, from a PDF that is made here."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from scripts.tgstage import Stage, report_text, title_of
from scripts.toy_library import FINANCE

QUESTION = f"{FINANCE}2025年三公经费实际支出多少"


def write_pdf(path: Path, text: str) -> None:
    """Write a text as a PDF of one page, a line a line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    for number, line in enumerate(text.splitlines()):
        canvas.setFont("STSong-Light", 11)
        canvas.drawString(60, 780 - 24 * number, line)
    canvas.save()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_picture_shows_the_cited_page_with_a_red_frame(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / f"{title_of(FINANCE, 2025)}.pdf"
    write_pdf(path, report_text(FINANCE, 2025, "1.00", "0.88"))
    stage.library.add([path])
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        assert "0.88" in answer["text"]
        assert "第1页" in answer["text"]
        await person.press(answer, "出处图")
        call = await person.next(seconds=15)
    assert call.method == "sendPhoto"
    assert call.text == f"[1]《{path.name}》 第1页"
    (content,) = call.files.values()
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    red = [
        (x, y)
        for x in range(0, picture.width, 2)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == (220, 20, 20)
    ]
    assert red
    top, bottom = min(y for _, y in red) / 2, max(y for _, y in red) / 2
    line = 842 - (780 - 24 * 8)  # points from the top: the ninth line has the figure
    assert top < line - 3 < bottom
    assert bottom - top < 40
