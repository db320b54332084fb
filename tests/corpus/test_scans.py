"""Pages without text: recognised where they are pictures, beside those that have it, in time."""

import io
import socket
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Fact, Grid, GridCell, Paragraph, Piece, Segment, Unsure
from corpus.pipeline import Parts, file_to_parts, with_doubts
from corpus.readers.pdf.glyphs import Glyph, Sheet
from corpus.readers.scans import reader
from corpus.readers.scans.recognition import Character, Reading
from corpus.readers.scans.sheets import numbers_unlike, unsure_numbers
from scripts.make_scans import PAGE, pages_to_scan, pieces_to_pages

TITLE = "临江区财政局2024年度部门决算"
LINES = ("二、三公经费支出3.25万元，其中公务接待费0.85万元。", "单位：万元")
ROWS = (
    ("项目", "年初预算数", "全年预算数", "全年执行数"),
    ("基本支出", "1,475.59", "1,480.00", "1,479.20"),
    ("项目支出", "20.00", "25.50", "24.96"),
    ("合计", "1,495.59", "1,505.50", "1,504.16"),
)


def printed(*lines: str, rows: Sequence[Sequence[str]] = ()) -> Image.Image:
    """Return the picture of a page with paragraphs and a ruled table."""
    cells = tuple(
        GridCell(row=at, column=column, text=text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    pieces: list[Piece] = [Paragraph(segments=(Segment(page=None, text=line),)) for line in lines]
    (page,) = pieces_to_pages([*pieces, *([Grid(page=None, cells=cells)] if rows else [])])
    return page


def with_text(text: str) -> bytes:
    """Return a PDF of one page that has its text, with a small picture on it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, TITLE)
    canvas.drawString(72, 600, text)
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 72, 72)
    canvas.save()
    return stream.getvalue()


def with_layer(page: Image.Image, *lines: str) -> bytes:
    """Return a PDF of a picture with text that cannot be seen, as programs that recognise write."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
    text = canvas.beginText(72, 700)
    text.setFont("STSong-Light", 12)
    text.setTextRenderMode(3)
    text.textLines(lines)
    canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


def joined(*files: bytes) -> bytes:
    """Return the pages of several PDFs as one."""
    whole, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    whole.save(stream)
    return stream.getvalue()


def told(facts: Sequence[Fact]) -> list[tuple[int | None, str, str, str, str]]:
    return [(f.spans[0].page, f.measure, f.aspect, f.printed, f.unit) for f in facts]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """A page with text, a tilted scan and an empty one, read beside as every file is."""
    blank = Image.new("L", PAGE, 255)
    data = joined(
        with_text("一、2024年度决算支出1504.16万元。"),
        pages_to_scan([printed(*LINES, rows=ROWS)]),
        pages_to_scan([blank]),
    )
    path = tmp_path_factory.mktemp("mixed") / "决算.pdf"
    path.write_bytes(data)
    return file_to_parts(path)


def test_scanned_pages_give_the_figures_that_are_printed_on_them(mixed: Parts) -> None:
    assert told(mixed.facts) == [
        (1, "支出合计", "决算", "1504.16", "万元"),
        (2, "三公经费", "决算", "3.25", "万元"),
        (2, "公务接待费", "决算", "0.85", "万元"),
        (2, "基本支出", "预算", "1,475.59", "万元"),
        (2, "基本支出", "调整预算", "1,480.00", "万元"),
        (2, "基本支出", "执行数", "1,479.20", "万元"),
        (2, "项目支出", "预算", "20.00", "万元"),
        (2, "项目支出", "调整预算", "25.50", "万元"),
        (2, "项目支出", "执行数", "24.96", "万元"),
        (2, "合计", "预算", "1,495.59", "万元"),
        (2, "合计", "调整预算", "1,505.50", "万元"),
        (2, "合计", "执行数", "1,504.16", "万元"),
    ]
    assert not any(fact.doubtful for fact in mixed.facts)
    assert mixed.facts[-1].value == Decimal("1504.16")


def test_what_was_recognised_and_what_was_not_read_is_told(mixed: Parts) -> None:
    assert mixed.report.notices == ("第2页识别自扫描件，数字请核对原件", "第3页没有读出文字")
    assert mixed.report.pages == 3


def test_a_picture_is_read_without_a_net_a_home_or_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reached for the net")

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    stream = io.BytesIO()
    printed(TITLE, "2024年收入总计12.5万元。").crop((0, 0, PAGE[0], 400)).save(stream, "PNG")
    draft = reader.read_picture(stream.getvalue())
    assert [piece.text for piece in draft.pieces if isinstance(piece, Paragraph)] == [
        TITLE,
        "2024年收入总计12.5万元。",
    ]
    assert draft.notices == ("全文识别自扫描件，数字请核对原件",)
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_a_page_that_lies_on_its_side_is_turned() -> None:
    page = printed(TITLE, *LINES, *LINES[::-1]).rotate(90, expand=True)
    draft = reader.read_pdf(pages_to_scan([page], tilt=0))
    texts = [piece.text for piece in draft.pieces if isinstance(piece, Paragraph)]
    assert texts == [TITLE, *LINES, *LINES[::-1]]


def test_a_scan_without_a_word_is_refused() -> None:
    blank = pages_to_scan([Image.new("L", PAGE, 255)])
    with pytest.raises(BadReport, match="没有识别出文字"):
        reader.read_pdf(blank)


@pytest.mark.parametrize(("limit", "value"), [("MOST_PAGES", 0), ("SECONDS", 0.0)])
def test_pages_for_which_there_is_no_time_are_named(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(reader, limit, value)
    scan = pages_to_scan([printed(TITLE)] * 2)
    draft = reader.read_pdf(joined(with_text("一、支出1.16万元。"), scan))
    assert [notice.partition("：")[0] for notice in draft.notices] == ["第2—3页没有读"]


def test_a_scan_is_read_from_its_picture_and_held_against_its_text_layer(tmp_path: Path) -> None:
    path = tmp_path / "决算.pdf"
    path.write_bytes(
        with_layer(printed(TITLE, *LINES), TITLE, "三公经费支出 3.25 万元，公务接待费 0.35 万元")
    )
    parts = file_to_parts(path)
    assert [(fact.printed, fact.unsure) for fact in parts.facts] == [
        ("3.25", False),
        ("0.85", True),
    ]
    assert parts.report.notices == ("全文识别自扫描件，数字请核对原件",)


@pytest.mark.parametrize(
    ("layer", "numbers"),
    [("", []), ("没有数字", []), ("1479.20 与 3.25。", []), ("1,479.2", ["1,479.20", "3.25"])],
)
def test_numbers_that_a_text_layer_lacks_are_unlike(layer: str, numbers: list[str]) -> None:
    text = "1,479.20与3.25"
    glyphs = tuple(Glyph(char, 10.0 * at, 10.0 * at + 10, 20, 10) for at, char in enumerate(text))
    assert list(numbers_unlike(Sheet(1, 200, 200, glyphs, ()), layer)) == numbers


# ---------------------------------------------------------------- scores


def reading(text: str, score: float, sure: Callable[[int], float]) -> Reading:
    return Reading(
        tuple(Character(char, 10.0 * at, sure(at)) for at, char in enumerate(text)), 0, 10, score
    )


@pytest.mark.parametrize(
    ("score", "poor", "numbers"),
    [(0.99, None, []), (0.89, None, ["3.25", "0.85"]), (0.99, 9, ["0.85"]), (0.99, 0, [])],
)
def test_numbers_of_a_poor_line_and_with_a_poor_digit_are_unsure(
    score: float, poor: int | None, numbers: list[str]
) -> None:
    line = reading("支出3.25万元接0.85", score, lambda at: 0.5 if at == poor else 1.0)
    assert list(unsure_numbers(line)) == numbers


def test_a_figure_is_unsure_where_its_number_on_its_page_is(mixed: Parts) -> None:
    doubts = (Unsure(page=2, number="1479.20"), Unsure(page=1, number="3.25"))
    report = mixed.report.model_copy(update={"unsure": doubts})
    marked = with_doubts(mixed.facts, report)
    assert [fact.printed for fact in marked if fact.unsure] == ["1,479.20"]


def test_what_is_unsure_goes_from_the_draft_to_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft(
        pages=1,
        pieces=(Paragraph(segments=(Segment(page=1, text=f"{TITLE}，支出3.25万元。"),)),),
        unsure=(Unsure(page=1, number="3.25"),),
    )
    monkeypatch.setattr("corpus.pipeline.read", lambda _: (b"", draft))
    assert [(f.printed, f.unsure) for f in file_to_parts(tmp_path).facts] == [("3.25", True)]
