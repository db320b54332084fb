"""Paragraphs, pictures and refusals of the PDF reader, on pages drawn here and on real reports."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Grid, Paragraph
from corpus.readers.pdf.glyphs import Box
from corpus.readers.pdf.locate import needles_to_box
from corpus.readers.pdf.pdfium import draw_page, read_sheets
from corpus.readers.scans.reader import read_pdf
from scripts.real_reports import PDFS, read_real

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
# Lines of exactly 20 characters: at size 12 they fill the 240 points between margins of 72.
WIDTH, HEIGHT = 384, 842
FULL = "临江区财政局负责全区财政收支和预算管理工"
ALSO = "作并指导各单位的会计核算与国有资产管理事"


def draw(painting: Callable[[Canvas], None], **options: object) -> bytes:
    """Return a PDF on a narrow page that `painting` drew, in a Chinese font that needs no file."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    canvas.setFont("STSong-Light", 12)
    painting(canvas)
    canvas.save()
    return stream.getvalue()


def turn_page(canvas: Canvas) -> None:
    canvas.showPage()
    canvas.setFont("STSong-Light", 12)


def paragraphs(data: bytes) -> list[str]:
    return [piece.text for piece in read_pdf(data).pieces if isinstance(piece, Paragraph)]


def test_line_wraps_are_undone_and_indents_begin_anew() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(96, 700, FULL[:18])
        canvas.drawString(72, 682, ALSO)
        canvas.drawString(72, 664, "务。")
        canvas.drawString(96, 646, ALSO[:18])
        canvas.drawString(72, 628, FULL)

    assert paragraphs(draw(painting)) == [FULL[:18] + ALSO + "务。", ALSO[:18] + FULL]


def test_a_sentence_that_ends_near_the_margin_goes_on_where_paragraphs_are_indented() -> None:
    # 18 of 20 characters: two would have fitted, but a new paragraph would begin with an indent.
    def painting(canvas: Canvas) -> None:
        canvas.drawString(96, 700, FULL[:15] + "。")
        canvas.drawString(72, 682, "主要用于人员支出。")

    assert paragraphs(draw(painting)) == [FULL[:15] + "。主要用于人员支出。"]


def test_a_short_line_ends_its_paragraph_even_without_indent() -> None:
    def painting(canvas: Canvas) -> None:
        for at, line in enumerate((FULL, ALSO, "事项。", "主要职责如下", FULL)):
            canvas.drawString(72, 700 - 18 * at, line)

    assert paragraphs(draw(painting)) == [FULL + ALSO + "事项。", "主要职责如下", FULL]


@pytest.mark.parametrize("heading", ["一、职能", "（二）职能", "第三部分职能", "4、职能", "5.职能"])
def test_numbering_begins_a_paragraph_after_a_full_line(heading: str) -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, ALSO)
        canvas.drawString(72, 682, FULL[:19] + "。")
        canvas.drawString(72, 664, heading)

    assert paragraphs(draw(painting)) == [ALSO + FULL[:19] + "。", heading]


def test_spaces_beside_chinese_go_and_those_between_words_stay_single() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "2024 年度 因 公 出 国 费 1.95 万元，使用 Office  Word 排版")

    assert paragraphs(draw(painting)) == ["2024年度因公出国费1.95万元，使用Office Word排版"]


def test_digits_on_a_lower_baseline_stay_in_their_sentence() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "总计")
        canvas.drawString(96, 695, "2995.39")
        canvas.drawString(150, 700, "万元。")
        canvas.drawString(96, 680, "第二行文字")

    assert paragraphs(draw(painting)) == ["总计2995.39万元。", "第二行文字"]


def test_a_paragraph_goes_on_over_the_page_with_a_segment_for_each() -> None:
    def painting(canvas: Canvas) -> None:
        for at in range(3):
            canvas.drawString(72, 700 - 18 * at, FULL)
        canvas.drawCentredString(192, 40, "- 1 -")
        turn_page(canvas)
        canvas.drawString(72, 760, ALSO)
        canvas.drawString(72, 742, "务。")
        canvas.drawCentredString(192, 40, "2")

    draft = read_pdf(draw(painting))
    assert draft.pages == 2
    (piece,) = draft.pieces
    assert isinstance(piece, Paragraph)
    assert [(s.page, s.text) for s in piece.segments] == [(1, FULL * 3), (2, ALSO + "务。")]


def test_a_running_header_goes_and_a_heading_that_stands_once_stays() -> None:
    def painting(canvas: Canvas) -> None:
        for page in range(1, 6):
            canvas.drawString(72, 810, "青山市临江区财政局")
            canvas.drawString(72, 700, f"第{'一二三四五'[page - 1]}部分")
            canvas.drawRightString(312, 30, f"第 {page} 页 共 5 页")
            turn_page(canvas)

    assert paragraphs(draw(painting)) == [f"第{n}部分" for n in "一二三四五"]


def test_a_title_on_two_centred_lines_is_one_paragraph() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 24)
        canvas.drawCentredString(192, 600, "青山市临江区财政局")
        canvas.drawCentredString(192, 560, "2024年度部门决算")
        turn_page(canvas)
        for at in range(6):
            canvas.drawString(72, 700 - 18 * at, FULL)

    assert paragraphs(draw(painting)) == ["青山市临江区财政局2024年度部门决算", FULL * 6]


def test_unit_line_keeps_its_two_parts_apart() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawCentredString(192, 720, "收入预算总表")
        canvas.drawString(72, 700, "编制部门：临江区财政局")
        canvas.drawRightString(312, 700, "单位：元")

    assert paragraphs(draw(painting)) == [
        "收入预算总表",
        "编制部门：临江区财政局 单位：元",
    ]


def test_what_the_page_does_not_show_is_not_read() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "看得见的100万元")
        canvas.drawString(72, 900, "页面之外的200万元")
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(60, 600, 400, 50)
        canvas.clipPath(clip, stroke=0)
        canvas.drawString(72, 620, "框内的300万元")
        canvas.drawString(72, 560, "被裁掉的400万元")
        canvas.restoreState()
        hidden = canvas.beginText(72, 520)
        hidden.setTextRenderMode(3)
        hidden.textOut("隐形的500万元")
        canvas.drawText(hidden)

    assert paragraphs(draw(painting)) == ["看得见的100万元", "框内的300万元"]


def test_ink_of_the_papers_colour_is_read_only_where_something_stands_behind_it() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.drawString(72, 720, "白纸上的100万元")
        canvas.setFillGray(0.2)
        canvas.rect(60, 680, 300, 24, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(72, 686, "深底上的200万元")
        canvas.setFillGray(0.2)
        canvas.rect(60, 640, 300, 24, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.rect(60, 640, 300, 24, stroke=0, fill=1)
        canvas.drawString(72, 646, "又涂白的300万元")

    assert paragraphs(draw(painting)) == ["深底上的200万元"]


def test_what_is_painted_over_is_not_read_and_what_is_tinted_is() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "差旅费7.75万元")
        canvas.setFillGray(1)
        canvas.rect(106, 690, 26, 24, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(107, 700, "5.57")
        canvas.drawString(72, 640, "培训费3.09万元")
        canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
        canvas.rect(70, 636, 200, 18, stroke=0, fill=1)

    assert paragraphs(draw(painting)) == ["差旅费5.57万元", "培训费3.09万元"]


def test_a_picture_over_the_text_of_a_scan_does_not_hide_it() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "扫描件的文字层6.00万元")
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "white")), 60, 600, 300, 200)

    assert paragraphs(draw(painting)) == ["扫描件的文字层6.00万元"]


def test_type_too_small_to_read_is_not_read() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "运行经费40.20万元")
        canvas.setFont("STSong-Light", 0.6)
        canvas.drawString(72, 660, "运行经费99.99万元")

    assert paragraphs(draw(painting)) == ["运行经费40.20万元"]


@pytest.mark.parametrize("rise", [2, 4, 6, 8])
def test_a_raised_note_mark_is_no_digit_of_its_figure(rise: int) -> None:
    def painting(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        for part in ("收入总计936.48", "1", "万元，公务用车6", "[2]", "辆，面积80m", "2"):
            raised = part in ("1", "[2]", "2")
            text.setFont("STSong-Light", 7 if raised else 12)
            text.setRise(rise if raised else 0)
            text.textOut(part)
        canvas.drawText(text)
        canvas.drawString(72, 660, "注：1.含上年结转。")

    assert paragraphs(draw(painting)) == [
        "收入总计936.48万元，公务用车6辆，面积80m²",
        "注：1.含上年结转。",
    ]


@pytest.mark.parametrize("angle", [90, -90])
def test_a_page_whose_texts_run_up_or_down_it_is_read_as_one_turns_it(angle: int) -> None:
    def painting(canvas: Canvas) -> None:
        canvas.rotate(angle)
        canvas.translate(*((0, -WIDTH) if angle == 90 else (-HEIGHT, 0)))
        for at in range(6):
            canvas.drawString(72, 300 - 20 * at, f"第{at}项支出 1{at}.00万元")

    assert paragraphs(draw(painting)) == [f"第{at}项支出1{at}.00万元" for at in range(6)]


def test_a_turned_page_reads_as_it_is_shown() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.drawString(72, 300, "第一行1.00")
        canvas.drawString(72, 270, "第二行2.00")

    assert paragraphs(draw(painting)) == ["第一行1.00", "第二行2.00"]


def test_a_line_that_repeats_the_one_above_is_no_shadow() -> None:
    def painting(canvas: Canvas) -> None:
        for at in range(3):
            canvas.drawString(72, 700 - 14 * at, FULL)

    assert paragraphs(draw(painting)) == [FULL * 3]


def test_a_text_drawn_twice_for_boldness_is_read_once() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "合计11.00万元")
        canvas.drawString(72.4, 700, "合计11.00万元")

    assert paragraphs(draw(painting)) == ["合计11.00万元"]


# ---------------------------------------------------------------- refusals


def one_line(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "2024年度收入总计2,995.39万元")
    canvas.drawString(72, 600, "2023年度收入总计2,995.39万元")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "不是PDF"),
        (draw(one_line)[:700], "不完整"),
        (b"%PDF-1.4\nnothing in here\n%%EOF\n", "已损坏"),
        (draw(one_line, encrypt=StandardEncryption("geheim")), "密码"),
        (draw(lambda canvas: canvas.rect(72, 72, 200, 300)), "扫描"),
    ],
    ids=["empty", "picture", "truncated", "damaged", "encrypted", "scan"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(BadReport, match=says) as refusal:
        read_pdf(data)
    assert str(refusal.value).count("。") == 1


def test_a_file_that_opens_without_asking_for_its_password_is_read() -> None:
    data = draw(one_line, encrypt=StandardEncryption("", "owner"))
    assert paragraphs(data)[0] == "2024年度收入总计2,995.39万元"


# ---------------------------------------------------------------- pictures


def frame_of(*find: str) -> Box | None:
    """Return where a figure is framed on the first page."""
    return needles_to_box(read_sheets(draw(one_line))[0], find)


def test_the_frame_stands_around_the_line_that_the_other_words_choose() -> None:
    upper, lower = frame_of("2,995.39", "2024年度"), frame_of("2,995.39", "2023年度")
    assert upper is not None
    assert lower is not None
    # The baselines stand 142 and 242 points below the top of the page.
    assert upper.top < 142 < upper.bottom < 150
    assert 225 < lower.top < 242 < lower.bottom


@pytest.mark.parametrize("find", [("995.39",), ("3.14", "2024年度"), ()])
def test_no_frame_where_the_figure_does_not_stand_whole(find: tuple[str, ...]) -> None:
    assert frame_of(*find) is None


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadReport, match="没有第2页"):
        draw_page(draw(one_line), 2, scale=1.0)


# ---------------------------------------------------------------- real reports


def page_texts(draft: Draft) -> dict[int, str]:
    """Return all that the pieces say, by page."""
    texts: dict[int, str] = defaultdict(str)
    for piece in draft.pieces:
        if isinstance(piece, Grid):
            assert piece.page is not None
            texts[piece.page] += "".join(f"{cell.text}\n" for cell in piece.cells)
        else:
            for segment in piece.segments:
                texts[segment.page or 0] += f"{segment.text}\n"
    return texts


@pytest.mark.reports
@pytest.mark.skipif(not PDFS, reason="the real reports are not beside the project")
@pytest.mark.parametrize("path", PDFS, ids=range(len(PDFS)))
def test_every_number_of_a_page_is_in_its_pieces_and_no_other(path: Path) -> None:
    """PDFium's own text, read in its own order, against ours; numbering of hidden items apart."""
    texts = page_texts(read_real(path))
    document = pypdfium2.PdfDocument(path.read_bytes())
    torn = {}
    for at in range(len(document)):
        theirs = Counter(NUMBER.findall(document[at].get_textpage().get_text_range()))
        ours = Counter(NUMBER.findall(texts[at + 1]))
        assert not ours - theirs
        lost = theirs - ours
        if any(len(number) > 2 for number in lost):
            torn[at + 1] = lost
    document.close()
    assert torn == {}
