"""Tables of PDF pages: drawn here, with and without rules, and real ones against their totals."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from corpus.checks.audit import audit
from corpus.model.types import Draft, Grid, Paragraph
from corpus.pipeline import file_to_parts
from corpus.readers.pdf.glyphs import Box, Glyph
from corpus.readers.pdf.tables.ruled import disputed_cells
from corpus.readers.scans.reader import read_pdf
from scripts.real_reports import PDFS, read_real
from scripts.samples.font import characters_to_font

FIGURE = re.compile(r"-?[\d,]+(\.\d+)?")


def draw(painting: Callable[[Canvas], None]) -> bytes:
    """Return a PDF on A4 that `painting` drew, in a Chinese font that needs no file."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    canvas.setFont("STSong-Light", 12)
    painting(canvas)
    canvas.save()
    return stream.getvalue()


def rule(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Draw every line of a plain grid with these column and row borders."""
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)


def shown(grid: Grid) -> list[str]:
    """Return each row as its cells, a merged one with its spans."""
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        spans = f"[{cell.rows}x{cell.columns}]" if cell.rows > 1 or cell.columns > 1 else ""
        rows.setdefault(cell.row, []).append(cell.text + spans)
    return [" | ".join(row) for _, row in sorted(rows.items())]


def pieces(data: bytes) -> list[str | list[str]]:
    return [
        piece.text if isinstance(piece, Paragraph) else shown(piece)
        for piece in read_pdf(data).pieces
    ]


def disputed_table(canvas: Canvas) -> None:
    """Draw figures in a narrow column: over its edges, on two lines that may be two, and sound."""
    canvas.drawCentredString(297, 800, "青山市民政局2024年度部门决算")
    canvas.drawCentredString(297, 740, "支出决算表")
    canvas.drawRightString(280, 715, "单位：元")
    rule(canvas, (100, 250, 280), (700, 670, 640, 605, 575, 540))
    for y, name in (
        (680, "项目"),
        (650, "基本支出"),
        (618, "项目支出"),
        (585, "会议费"),
        (553, "培训费"),
    ):
        canvas.drawString(110, y, name)
    canvas.drawCentredString(265, 680, "决算数")
    canvas.drawRightString(290, 650, "1234567.89")
    canvas.drawString(250, 625, "43210")
    canvas.drawString(250, 610, "65")
    canvas.drawRightString(278, 585, "5.00")
    canvas.drawString(250, 560, "1,234")
    canvas.drawString(250, 545, ",567")


def test_figures_that_rules_and_words_show_unlike_are_told(tmp_path: Path) -> None:
    path = tmp_path / "决算.pdf"
    path.write_bytes(draw(disputed_table))
    report, facts = (parts := file_to_parts(path)).report, parts.facts
    assert [(fact.measure, fact.printed, fact.disputed) for fact in facts] == [
        ("基本支出", "1234567.89", True),
        ("项目支出", "4321065", True),
        ("会议费", "5.00", False),
        ("培训费", "1,234,567", False),
    ]
    assert [(finding.kind, finding.text) for finding in audit(report, facts)] == [
        (
            "读法不一",
            f"《支出决算表》第1页“{name}·决算数”读作{printed}元，按表格线和按字距读出来不一致，请核对原件。",
        )
        for name, printed in (("基本支出", "1234567.89"), ("项目支出", "4321065"))
    ]


def test_a_figure_beside_a_name_of_another_row_is_disputed() -> None:
    upper, lower, figure = Box(0, 0, 50, 10), Box(0, 10, 50, 20), Box(50, 10, 90, 20)
    name = [Glyph("甲", 10, 18, 9.5, 8)]
    digits = [Glyph("7", 60, 64, 11, 8)]
    assert disputed_cells({upper: name, lower: [], figure: digits}, {figure: "7"}) == {figure}
    below = [Glyph("甲", 10, 18, 17, 8)]
    digits = [Glyph("7", 60, 64, 18, 8)]
    assert disputed_cells({upper: [], lower: below, figure: digits}, {figure: "7"}) == frozenset()


def test_merged_headers_blank_cells_and_wrapped_names_between_their_paragraphs() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 740, "收入支出决算总表")
        canvas.drawRightString(400, 715, "单位：万元")
        for x, top in ((100, 700), (200, 680), (300, 700), (400, 700)):
            canvas.line(x, top, x, 610)
        for y in (700, 660, 640, 610):
            canvas.line(100, y, 400, y)
        canvas.line(100, 680, 300, 680)
        canvas.drawString(180, 685, "项 目")
        canvas.drawString(110, 665, "名称")
        canvas.drawString(210, 665, "预算数")
        canvas.drawString(310, 675, "决算数")
        canvas.drawString(110, 645, "基本支出")
        canvas.drawRightString(390, 645, "1,234.50")
        canvas.drawString(102, 628, "公务用车购置及运")
        canvas.drawString(102, 614, "行费")
        canvas.drawRightString(290, 614, "0.00")
        canvas.drawString(100, 590, "注：本表反映本年度情况。")

    assert pieces(draw(painting)) == [
        "收入支出决算总表",
        "单位：万元",
        [
            "项目[1x2] | 决算数[2x1]",
            "名称 | 预算数",
            "基本支出 |  | 1,234.50",
            "公务用车购置及运行费 | 0.00 | ",
        ],
        "注：本表反映本年度情况。",
    ]


def test_tables_side_by_side_are_two_grids() -> None:
    def painting(canvas: Canvas) -> None:
        rule(canvas, (60, 120, 180), (700, 680, 660))
        rule(canvas, (300, 360, 420), (700, 680, 660))
        for x, name in ((65, "收入"), (305, "支出")):
            canvas.drawString(x, 685, name)
            canvas.drawString(x + 60, 685, "8.00")

    assert pieces(draw(painting)) == [["收入 | 8.00", " | "], ["支出 | 8.00", " | "]]


def test_the_right_one_of_two_tables_is_marked_however_high_it_begins() -> None:
    def painting(canvas: Canvas) -> None:
        rule(canvas, (300, 360, 420), (702, 680, 660))
        rule(canvas, (60, 120, 180), (700, 680, 660))
        rule(canvas, (60, 120, 180), (600, 580, 560))
        for x, y, name in ((65, 685, "收入"), (305, 685, "支出"), (65, 585, "结余")):
            canvas.drawString(x, y, name)

    grids = [piece for piece in read_pdf(draw(painting)).pieces if isinstance(piece, Grid)]
    assert [(grid.cells[0].text, grid.beside) for grid in grids] == [
        ("收入", False),
        ("支出", True),
        ("结余", False),
    ]


@pytest.mark.parametrize("angle", [90, -90])
def test_words_that_run_up_or_down_a_cell_are_read_along(angle: int) -> None:
    def painting(canvas: Canvas) -> None:
        # An embedded font: PDFium passes over turned text in one that it has no outlines of.
        font = io.BytesIO(characters_to_font("年度公务用车运行费接待2038.4", name="Upright"))
        pdfmetrics.registerFont(TTFont("Upright", font))
        canvas.setFont("Upright", 12)
        rule(canvas, (60, 160, 220, 280), (760, 640, 620))
        canvas.drawString(65, 645, "年度")
        for x, words in ((180, ("公务用车", "运行费")), (240, ("接待费2024",))):
            for at, line in enumerate(words if angle == 90 else reversed(words)):
                canvas.saveState()
                canvas.translate(x + 14 * at, 650 if angle == 90 else 750)
                canvas.rotate(angle)
                canvas.drawString(0, 0, line)
                canvas.restoreState()
        for x, text in ((65, "2024年"), (165, "38.00"), (225, "8.00")):
            canvas.drawString(x, 625, text)

    assert pieces(draw(painting)) == [
        ["年度 | 公务用车运行费 | 接待费2024", "2024年 | 38.00 | 8.00"]
    ]


def test_a_table_goes_on_over_the_page_as_a_grid_of_its_own() -> None:
    def painting(canvas: Canvas) -> None:
        rule(canvas, (100, 200, 300), (120, 100, 80))
        canvas.drawString(110, 105, "项目")
        canvas.drawString(110, 85, "合计")
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        rule(canvas, (100, 200, 300), (780, 760))
        canvas.drawString(110, 765, "其他")
        canvas.drawString(210, 765, "7")

    draft = read_pdf(draw(painting))
    grids = [(piece.page, shown(piece)) for piece in draft.pieces if isinstance(piece, Grid)]
    assert grids == [(1, ["项目 | ", "合计 | "]), (2, ["其他 | 7"])]


@pytest.mark.parametrize("missing", ["top", "left"])
def test_an_outer_rule_that_is_not_drawn_is_made_good(missing: str) -> None:
    def painting(canvas: Canvas) -> None:
        for x in (100, 200, 300)[missing == "left" :]:
            canvas.line(x, 700, x, 640)
        for y in (700, 680, 660, 640)[missing == "top" :]:
            canvas.line(100, y, 300, y)
        for y, name, figure in ((685, "甲项", "1"), (665, "乙项", "2"), (645, "丙项", "3")):
            canvas.drawString(110, y, name)
            canvas.drawString(210, y, figure)

    assert pieces(draw(painting)) == [["甲项 | 1", "乙项 | 2", "丙项 | 3"]]


def test_a_number_that_juts_out_of_its_cell_is_not_torn() -> None:
    def painting(canvas: Canvas) -> None:
        rule(canvas, (100, 160, 220), (700, 680))
        canvas.drawString(105, 685, "123,456,789.01")

    (grid,) = pieces(draw(painting))
    assert grid == ["123,456,789.01 | "]


def test_thin_filled_shapes_are_rules_and_a_white_one_is_none() -> None:
    def painting(canvas: Canvas) -> None:
        for x in (100, 200, 300):
            canvas.rect(x, 660, 0.5, 40, stroke=0, fill=1)
        for y in (700, 680, 660):
            canvas.rect(100, y, 200.5, 0.5, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.rect(100, 690, 200, 0.5, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(110, 684, "甲项")
        canvas.drawString(210, 664, "2.00")

    assert pieces(draw(painting)) == [["甲项 | ", " | 2.00"]]


def test_a_frame_around_text_is_no_table() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.rect(90, 640, 300, 60)
        canvas.drawString(100, 670, "本表无数据。")

    assert pieces(draw(painting)) == ["本表无数据。"]


def test_figures_in_columns_without_rules_become_a_grid() -> None:
    def painting(canvas: Canvas) -> None:
        canvas.drawString(100, 720, "单位：万元")
        for at, (name, one, two) in enumerate(
            (("项目", "预算数", "决算数"), ("基本支出", "10.00", "9.50"), ("项目支出", "", "0.50"),
             ("合计", "10.00", "10.00"))
        ):  # fmt: skip
            canvas.drawString(100, 700 - 20 * at, name)
            canvas.drawRightString(300, 700 - 20 * at, one)
            canvas.drawRightString(400, 700 - 20 * at, two)

    assert pieces(draw(painting)) == [
        "单位：万元",
        ["项目 | 预算数 | 决算数", "基本支出 | 10.00 | 9.50", "项目支出 |  | 0.50",
         "合计 | 10.00 | 10.00"],
    ]  # fmt: skip


def test_a_list_of_contents_is_no_table() -> None:
    def painting(canvas: Canvas) -> None:
        for at, name in enumerate(("一、职能", "二、机构", "三、名词", "四、说明")):
            canvas.drawString(100, 700 - 20 * at, name)
            canvas.drawRightString(400, 700 - 20 * at, str(at + 1))

    assert pieces(draw(painting)) == ["一、职能 1", "二、机构 2", "三、名词 3", "四、说明 4"]


# ---------------------------------------------------------------- real reports


def runs_of_grids(draft: Draft) -> Iterator[list[Grid]]:
    """Give the grids that stand together without a paragraph between: one table over its pages."""
    grids: list[Grid] = []
    for piece in draft.pieces:
        if isinstance(piece, Grid):
            grids.append(piece)
        elif grids:
            yield grids
            grids = []
    if grids:
        yield grids


def money_rows(grids: list[Grid]) -> Iterator[tuple[list[str], list[str]]]:
    """Give each row of a table by codes as its codes and names, and its money columns."""
    names = [c for c in grids[0].cells if c.text.endswith("科目名称")]
    if len(names) != 1:
        return
    widths = [max(cell.column + cell.columns for cell in grid.cells) for grid in grids]
    money = widths[0] - names[0].column - names[0].columns
    for grid, width in zip(grids, widths, strict=True):
        for row in sorted({cell.row for cell in grid.cells}):
            texts = {cell.column: cell.text for cell in grid.cells if cell.row == row}
            cells = [texts.get(column, "") for column in range(width)]
            yield cells[: width - money], cells[width - money :]


def sums_and_totals(grids: list[Grid]) -> tuple[list[Decimal], list[Decimal]]:
    """Return the sums of a table's 类 rows and its 合计 row, column by column; none if it has none.

    A 类 row has a code of three digits and no other code; a blank cell counts as zero.
    """
    classes: list[list[Decimal]] = []
    total: list[Decimal] = []
    for head, tail in money_rows(grids):
        if not any(tail) or not all(FIGURE.fullmatch(text) for text in tail if text):
            continue
        figures = [Decimal(text.replace(",", "") or "0") for text in tail]
        if "合计" in head:
            total = figures
        elif re.fullmatch(r"\d{3}", head[0]) and not any(head[1:-1]):
            classes.append(figures)
    return [sum(column, Decimal(0)) for column in zip(*classes, strict=True)], total


@pytest.mark.reports
@pytest.mark.skipif(not PDFS, reason="the real reports are not beside the project")
@pytest.mark.parametrize("path", PDFS, ids=range(len(PDFS)))
def test_the_classes_of_every_table_add_up_to_its_total_cell_by_cell(path: Path) -> None:
    tables = [sums_and_totals(grids) for grids in runs_of_grids(read_real(path))]
    added = [(sums, total) for sums, total in tables if total]
    assert len(added) >= 2
    for sums, total in added:
        assert len(sums) == len(total)
        # Parts that were rounded each for themselves may miss their total by a hundredth.
        off = [part - whole for part, whole in zip(sums, total, strict=True)]
        assert all(abs(amount) <= Decimal("0.01") for amount in off), off
