"""The cited page as a picture over real HTTP, from a PDF that is made here."""

import io
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from bot.telegram.pictures.page_cuts import Closeup, page_to_closeup
from bot.telegram.pictures.page_places import Cited
from bot.telegram.pictures.pages import cited_to_shot
from bot.telegram.pictures.passage_cards import Card, card_to_png
from corpus.readers.scans.drawn import draw_pdf, draw_picture
from scripts.make_scans import Printer, pages_to_scan
from scripts.tgrig import Call, Json, Person, labels
from scripts.tgstage import Stage, report_text, title_of
from scripts.toy_library import FINANCE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SAMPLES = Path(__file__).parents[4] / "corpus" / "reports"
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


async def proof_of(stage: Stage, question: str, report: str) -> tuple[Person, Json, Call]:
    """Ask about a report of one page and press 出处图; return person, answer, picture."""
    path = stage.folder / NAME
    write_pdf(path, report)
    stage.library.add([path])
    person = stage.rig.person(1)
    answer = await person.asks(question)
    assert "第1页" in answer["text"]
    await person.press(answer, "出处图", seconds=15)
    call = await person.next(seconds=15)
    await person.silence(0.1)
    assert call.method == "sendPhoto"
    return person, answer, call


def opened(call: Call) -> Image.Image:
    """Return the picture that a call sent."""
    (content,) = call.files.values()
    return Image.open(io.BytesIO(content)).convert("RGB")


def heights(picture: Image.Image, colour: tuple[int, int, int], scale: int) -> list[int]:
    """Return where a picture has a colour, in points from the top."""
    found = {
        y // scale
        for x in range(0, picture.width, 2)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == colour
    }
    return sorted(found)


def widths(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int]:
    """Return where a colour begins and ends, in pixels from the left."""
    found = [
        x
        for x in range(picture.width)
        for y in range(0, picture.height, 2)
        if picture.getpixel((x, y)) == colour
    ]
    return min(found), max(found)


RED, YELLOW = (220, 20, 20), (255, 236, 120)
ROW, EDGE = 63, 34  # pixels: a row of type in a picture, and what is left free around all


def line_to_height(number: int) -> int:
    """Return where the middle of a line of the report is, in points from the top."""
    return 842 - (780 - 24 * number) - 3


async def test_cut_has_the_heading_the_framed_line_and_the_marked_figure(stage: Stage) -> None:
    async with stage.bot():
        _, _, call = await proof_of(stage, QUESTION, report_text(FINANCE, 2025, "1.00", "0.88"))
    assert call.text == f"[1]《{NAME}》 第1页"
    assert labels(call.result) == [["看整页"]]
    picture = opened(call)
    # A phone shows it at a third. Heading and next line take a row each, the cited line takes two.
    assert picture.width == 1080
    assert 3 * ROW < picture.height - 2 * EDGE < 6 * ROW
    red, yellow = heights(picture, RED, 1), heights(picture, YELLOW, 1)
    assert ROW < red[-1] - red[0] < 3 * ROW
    assert red[0] < yellow[0] < yellow[-1] < red[-1]


async def test_whole_page_is_a_second_tap_away(stage: Stage) -> None:
    async with stage.bot():
        person, answer, cut = await proof_of(
            stage, QUESTION, report_text(FINANCE, 2025, "1.00", "0.88")
        )
        await person.press(cut.result, "看整页")
        whole = await person.next(seconds=15)
    assert (whole.method, whole.text) == ("sendPhoto", cut.text)
    assert whole.result["reply_to_message"]["message_id"] == answer["message_id"]
    picture = opened(whole)
    red = heights(picture, RED, 2)
    assert picture.height == 842 * 2
    assert red[0] < line_to_height(8) < red[-1]
    assert red[-1] - red[0] < 20


async def test_two_proofs_on_one_page_are_framed_on_one_picture(stage: Stage) -> None:
    question = f"{FINANCE}2025年三公经费实际支出和基本支出分别多少"
    async with stage.bot():
        _, _, call = await proof_of(stage, question, report_text(FINANCE, 2025, "1.00", "0.88"))
    assert call.text == f"[1][2]《{NAME}》 第1页"
    red = heights(opened(call), RED, 1)
    gaps = [after - before for before, after in pairwise(red) if after - before > ROW / 2]
    assert len(gaps) == 1  # two frames, a heading between them


async def test_further_proof_of_a_figure_is_framed_too(stage: Stage) -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2024年部门预算*.pdf")
    stage.library.add([sample])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks("万里街道2024年支出合计多少"), "出处图", seconds=15)
        for said in ("[1]《{}》 第1页", "[2]《{}》 第4页（表从第3页开始）"):
            call = await person.next(seconds=15)
            assert call.text == said.format(sample.name)
            assert heights(opened(call), RED, 1)


async def test_sentence_over_two_lines_is_framed_whole(stage: Stage) -> None:
    broken = "2025年“三公”经费预算1.00万元，" + "今年严格按规定控制各项支出，" * 2 + "实际支出10."
    report = report_text(FINANCE, 2025, "1.00", "10.88")
    whole = next(line for line in report.splitlines() if "10.88" in line)
    async with stage.bot():
        text = report.replace(whole, f"{broken}\n88万元。")
        _, _, call = await proof_of(stage, QUESTION, text)
    assert call.text == f"[1]《{NAME}》 第1页"
    red = heights(opened(call), RED, 1)
    assert 3 * ROW < red[-1] - red[0] < 6 * ROW


async def test_row_far_below_its_heads_is_shown_with_them(stage: Stage) -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2025年部门预算*.pdf")
    stage.library.add([sample])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(
            await person.asks("万里街道2025年公益性岗位补贴预算多少"), "出处图", seconds=15
        )
        await person.next(seconds=15)
        row = opened(await person.next(seconds=15))
    # The row stands 500 points below the heads of its table; the rows between are left out.
    assert (row.width, row.height < 12 * ROW) == (1080, True)
    red = heights(row, RED, 1)
    assert ROW < red[-1] - red[0] < 3 * ROW


def test_what_is_not_on_a_page_makes_no_cut() -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2025年部门预算*.pdf")
    absent = Cited(quote="不在这一页上的一句话。", heading="", needles=("98.76",))
    assert page_to_closeup(partial(draw_pdf, sample.read_bytes(), scale=1.0), 1, [absent]) is None


def write_table(*pages: list[tuple[str, ...]]) -> bytes:
    """Draw a PDF of ruled tables, one on each page, a row of cells each 100 points wide."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for rows in pages:
        canvas.setFont("STSong-Light", 9)
        for number, row in enumerate(rows):
            for at, text in enumerate(row):
                canvas.rect(60 + 100 * at, 700 - 20 * number, 100, 20)
                canvas.drawString(64 + 100 * at, 706 - 20 * number, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


HEADS = ("科目名称", "合计", "基本支出", "项目支出")
ROWS = [("教育支出", "30", "10", "20"), ("卫生支出", "70", "30", "40")]


def cut_of_row(data: bytes, page: int) -> Closeup:
    """Cut the figure of one row out, 项目支出 of 卫生支出."""
    cited = Cited(
        quote="卫生支出 | 70 | 30 | 40", heading="", needles=("40", "卫生支出"), heads=HEADS
    )
    cut = page_to_closeup(partial(draw_pdf, data, scale=3.0), page, [cited])
    assert cut is not None
    return cut


def test_row_is_cut_down_to_its_words_the_figure_and_the_heads_of_both() -> None:
    cut = cut_of_row(write_table([HEADS, *ROWS]), 1)
    picture = Image.open(io.BytesIO(cut.png)).convert("RGB")
    assert (picture.width, cut.framed, cut.heads) == (1080, (True,), None)
    (red_left, red_right) = widths(picture, RED)
    assert red_right - red_left < 600  # two cells of four characters, not four cells
    assert len(heights(picture, YELLOW, 1)) > ROW / 4


def test_page_without_its_words_in_a_text_layer_is_recognised_and_framed() -> None:
    printer = Printer()
    printer.paragraph("2024年“三公”经费预算1.95万元，实际支出1.87万元。")
    scan = pages_to_scan(printer.pages)
    png = io.BytesIO()
    printer.pages[0].save(png, format="PNG")
    cited = Cited(quote="实际支出1.87万元", heading="", needles=("1.87", "实际支出"))
    for draw in (partial(draw_pdf, scan, scale=4.0), partial(draw_picture, png.getvalue())):
        cut = page_to_closeup(draw, 1, [cited])
        assert cut is not None
        assert cut.framed == (True,)
        assert heights(Image.open(io.BytesIO(cut.png)).convert("RGB"), YELLOW, 1)


async def test_page_without_a_frame_says_so(stage: Stage) -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2025年部门预算*.pdf")
    stage.library.add([sample])
    answer = stage.assistant.answer("万里街道2025年公益性岗位补贴预算多少").answer
    elsewhere = answer.citations[0].model_copy(update={"page": 6})
    shot = cited_to_shot(stage.library, answer, [elsewhere])
    assert shot is not None
    assert shot.caption.endswith("这张图没有加框：在这一页上没能定位到它，请对照答复里的引文查看。")
    assert not shot.cut


async def test_report_without_pages_is_shown_as_a_card(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(
            await person.asks(f"{FINANCE}2024年三公经费实际支出多少"), "出处图", seconds=15
        )
        call = await person.next(seconds=15)
    assert call.method == "sendPhoto"
    assert call.text == f"[1]《{title_of(FINANCE, 2024)}.txt》"
    assert labels(call.result) == []
    picture = opened(call)
    assert picture.width == 1080
    red, yellow = heights(picture, RED, 3), heights(picture, YELLOW, 3)
    assert 12 < red[-1] - red[0] < 25
    assert yellow


def test_card_of_a_long_passage_keeps_what_is_marked() -> None:
    text = "甲乙丙丁戊己庚辛壬癸" * 200 + "结余1.95万元。"
    at = text.index("1.95")
    marked = {"quoted": (at - 2, at + 6), "figure": (at, at + 4)}
    card = Card.model_validate({"document": "《甲》", "section": "", "text": text, **marked})
    picture = Image.open(io.BytesIO(card_to_png(card))).convert("RGB")
    assert picture.height < 1900
    assert heights(picture, RED, 1)
