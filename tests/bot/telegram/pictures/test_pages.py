"""The cited page as a picture over real HTTP, from a PDF that is made here."""

import io
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from bot.telegram.pictures.page_cuts import Cited, page_to_closeup
from bot.telegram.pictures.pages import cited_to_shot
from bot.telegram.pictures.passage_cards import Card, card_to_png
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
    await person.press(answer, "出处图")
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


RED, YELLOW = (220, 20, 20), (255, 236, 120)


def line_to_height(number: int) -> int:
    """Return where the middle of a line of the report is, in points from the top."""
    return 842 - (780 - 24 * number) - 3


async def test_cut_has_the_heading_the_framed_line_and_the_marked_figure(stage: Stage) -> None:
    async with stage.bot():
        _, _, call = await proof_of(stage, QUESTION, report_text(FINANCE, 2025, "1.00", "0.88"))
    assert call.text == f"[1]《{NAME}》 第1页"
    assert labels(call.result) == [["看整页"]]
    picture = opened(call)
    # Heading, line and the next line of the report stand 24 points apart.
    assert 60 < picture.height / 3 < 90
    red, yellow = heights(picture, RED, 3), heights(picture, YELLOW, 3)
    assert 12 <= red[-1] - red[0] <= 20
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
    red = heights(opened(call), RED, 3)
    gaps = [after - before for before, after in pairwise(red) if after - before > 15]
    assert len(gaps) == 1  # two frames, 48 points from one to the other


async def test_further_proof_of_a_figure_is_framed_too(stage: Stage) -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2024年部门预算*.pdf")
    stage.library.add([sample])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks("万里街道2024年支出合计多少"), "出处图")
        for number, page in ((1, 1), (2, 4)):
            call = await person.next(seconds=15)
            assert call.text == f"[{number}]《{sample.name}》 第{page}页"
            assert heights(opened(call), RED, 3)


async def test_sentence_over_two_lines_is_framed_whole(stage: Stage) -> None:
    broken = "2025年“三公”经费预算1.00万元，" + "今年严格按规定控制各项支出，" * 2 + "实际支出10."
    report = report_text(FINANCE, 2025, "1.00", "10.88")
    whole = next(line for line in report.splitlines() if "10.88" in line)
    async with stage.bot():
        text = report.replace(whole, f"{broken}\n88万元。")
        _, _, call = await proof_of(stage, QUESTION, text)
    assert call.text == f"[1]《{NAME}》 第1页"
    red = heights(opened(call), RED, 3)
    assert 35 < red[-1] - red[0] < 45


async def test_row_far_below_its_heads_is_shown_with_them(stage: Stage) -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2025年部门预算*.pdf")
    stage.library.add([sample])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks("万里街道2025年公益性岗位补贴预算多少"), "出处图")
        await person.next(seconds=15)
        row = opened(await person.next(seconds=15))
    # The row stands 500 points below the heads of its table; the rows between are left out.
    assert 120 < row.height / 3 < 200
    red = heights(row, RED, 3)
    assert 15 < red[-1] - red[0] < 20


def test_what_is_not_on_a_page_makes_no_cut() -> None:
    (sample,) = SAMPLES.glob("*万里街道办事处2025年部门预算*.pdf")
    absent = Cited(quote="不在这一页上的一句话。", heading="", needles=("98.76",))
    assert page_to_closeup(sample.read_bytes(), 1, [absent]) is None


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
        await person.press(await person.asks(f"{FINANCE}2024年三公经费实际支出多少"), "出处图")
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
