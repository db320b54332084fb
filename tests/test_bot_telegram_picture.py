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

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
NAME = f"{title_of(FINANCE, 2025)}.pdf"
QUESTION = f"{FINANCE}2025年三公经费实际支出多少"


def write_pdf(path: Path, text: str) -> None:
    """Write a text as a PDF of one page, a line a line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    for number, line in enumerate(text.splitlines()):
        canvas.setFont("STSong-Light", 11)
        canvas.drawString(60, 780 - 24 * number, line)
    canvas.save()


async def picture_of(stage: Stage, question: str, report: str) -> tuple[str, list[int]]:
    """Ask about a report of one page and press 出处图; return caption and heights of the red."""
    path = stage.folder / NAME
    write_pdf(path, report)
    stage.library.add([path])
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(question)
        assert "第1页" in answer["text"]
        await person.press(answer, "出处图")
        call = await person.next(seconds=15)
        await person.silence(0.1)
    assert call.method == "sendPhoto"
    (content,) = call.files.values()
    return call.text, red_heights(Image.open(io.BytesIO(content)).convert("RGB"))


def red_heights(picture: Image.Image) -> list[int]:
    """Return where a picture is red, in points from the top."""
    red = {
        y // 2
        for x in range(0, picture.width, 2)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == (220, 20, 20)
    }
    return sorted(red)


def line_to_height(number: int) -> int:
    """Return where the middle of a line of the report is, in points from the top."""
    return 842 - (780 - 24 * number) - 3


async def test_picture_shows_the_cited_page_with_a_red_frame(stage: Stage) -> None:
    caption, red = await picture_of(stage, QUESTION, report_text(FINANCE, 2025, "1.00", "0.88"))
    assert caption == f"[1]《{NAME}》 第1页"
    assert red[0] < line_to_height(8) < red[-1]
    assert red[-1] - red[0] < 20


async def test_two_proofs_on_one_page_are_framed_on_one_picture(stage: Stage) -> None:
    question = f"{FINANCE}2025年三公经费实际支出和基本支出分别多少"
    caption, red = await picture_of(stage, question, report_text(FINANCE, 2025, "1.00", "0.88"))
    assert caption == f"[1][2]《{NAME}》 第1页"
    upper, lower = ([y for y in red if abs(y - line_to_height(at)) < 15] for at in (8, 10))
    assert upper[0] < line_to_height(8) < upper[-1] < lower[0] < line_to_height(10) < lower[-1]


async def test_further_proof_of_a_figure_is_framed_too(stage: Stage) -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2024年部门预算*.pdf")
    stage.library.add([sample])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks("万里街道2024年支出合计多少"), "出处图")
        for number, page in ((1, 1), (2, 4)):
            call = await person.next(seconds=15)
            assert call.text == f"[{number}]《{sample.name}》 第{page}页"
            (content,) = call.files.values()
            assert red_heights(Image.open(io.BytesIO(content)).convert("RGB"))


async def test_picture_without_a_frame_says_so(stage: Stage) -> None:
    broken = "2025年“三公”经费预算1.00万元，" + "今年严格按规定控制各项支出，" * 2 + "实际支出10."
    report = report_text(FINANCE, 2025, "1.00", "10.88")
    whole = next(line for line in report.splitlines() if "10.88" in line)
    caption, red = await picture_of(stage, QUESTION, report.replace(whole, f"{broken}\n88万元。"))
    assert caption == (
        f"[1]《{NAME}》 第1页\n这张图没有加框：在这一页上没能定位到它，请对照答复里的引文查看。"
    )
    assert red == []
