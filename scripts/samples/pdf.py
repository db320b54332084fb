"""Sample reports as PDF files with an embedded font, the same bytes each time."""

import re
from io import BytesIO

from reportlab import rl_config  # type: ignore[import-untyped]
from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.enums import TA_CENTER, TA_RIGHT  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    Flowable,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    TableStyle,
)

from corpus.model.types import Grid, GridCell, content_id
from scripts.samples.font import characters_to_font
from scripts.samples.source import Element, Line, LineKind

AUTHOR = "问数 contributors"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
MARGIN = 20 * mm
FONT_SIZE, CELL_SIZE = 11, 8
AMOUNT = re.compile(r"[\d,]*\d(?:\.\d+)?")
CODE_HEADS = frozenset({"类", "款", "项"})
WIDE_GAP, KEPT_GAP = "    ", "\u00a0" * 4  # reportlab would make one space of it
LOOKS: dict[LineKind, dict[str, float]] = {
    "title": {"fontSize": 18, "leading": 26, "alignment": TA_CENTER, "spaceAfter": 12},
    "part": {"fontSize": 15, "leading": 22, "alignment": TA_CENTER, "spaceBefore": 12},
    "section": {"fontSize": 12, "leading": 18, "spaceBefore": 6},
    "caption": {"fontSize": 14, "leading": 20, "alignment": TA_CENTER, "spaceBefore": 10},
    "label": {"fontSize": 9, "leading": 14, "alignment": TA_RIGHT},
    "text": {"firstLineIndent": 2 * FONT_SIZE},
}


def elements_to_pdf(elements: tuple[Element, ...]) -> bytes:
    """Write a PDF file: A4 pages with numbers, tables whose header rows come again on each page."""
    title = next(element.text for element in elements if isinstance(element, Line))
    font = register_font(elements_to_characters(elements))
    # The streams as binary, not as ASCII: a quarter smaller.
    rl_config.useA85 = 0
    written = BytesIO()
    template = SimpleDocTemplate(
        written, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN,
        bottomMargin=MARGIN, title=title, author=AUTHOR, invariant=1,
    )  # fmt: skip

    def number_page(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont(font, CELL_SIZE)
        canvas.drawCentredString(A4[0] / 2, MARGIN / 2, f"- {canvas.getPageNumber()} -")

    flow = [element_to_flowable(element, font=font) for element in elements]
    template.build(flow, onFirstPage=number_page, onLaterPages=number_page)
    return written.getvalue()


def elements_to_characters(elements: tuple[Element, ...]) -> str:
    """Return every character of a document once, in order, and all of ASCII."""
    texts = [ASCII]
    for element in elements:
        texts += (
            [element.text] if isinstance(element, Line) else [cell.text for cell in element.cells]
        )
    return "".join(sorted(set("".join(texts))))


def register_font(characters: str) -> str:
    """Make the font of a document known to reportlab; return its name.

    reportlab keeps the first font of a name, inside the font too: the name follows from the
    characters.
    """
    name = f"Sample{content_id(characters)}"
    font = characters_to_font(characters, name=name)
    pdfmetrics.registerFont(TTFont(name, BytesIO(font)))
    return name


def element_to_flowable(element: Element, *, font: str) -> Flowable:
    """Lay out one line or one table."""
    if isinstance(element, Grid):
        return grid_to_table(element, font=font)
    if element.kind == "break":
        return PageBreak()
    look = {"fontSize": FONT_SIZE, "leading": 18, **LOOKS[element.kind]}
    style = ParagraphStyle(element.kind, fontName=font, wordWrap="CJK", **look)
    return Paragraph(element.text.replace(WIDE_GAP, KEPT_GAP), style)


def grid_to_table(grid: Grid, *, font: str) -> LongTable:
    """Lay out a table: code columns narrow, amounts at the right, all cells ruled."""
    height = max(cell.row + cell.rows for cell in grid.cells)
    width = max(cell.column + cell.columns for cell in grid.cells)
    body = [[""] * width for _ in range(height)]
    header = grid_to_header(grid)
    style = ParagraphStyle("cell", fontName=font, fontSize=CELL_SIZE, leading=11, wordWrap="CJK")
    middle = ParagraphStyle("head", parent=style, alignment=TA_CENTER)
    right = ParagraphStyle("amount", parent=style, alignment=TA_RIGHT)
    codes = {cell.column for cell in grid.cells if cell.text in CODE_HEADS}
    commands = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for cell in grid.cells:
        is_amount = AMOUNT.fullmatch(cell.text) and cell.column not in codes
        look = middle if cell.row < header else right if is_amount else style
        body[cell.row][cell.column] = Paragraph(cell.text, look)
        last = (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
        commands.append(("SPAN", (cell.column, cell.row), last))
    return LongTable(
        body, colWidths=column_widths(grid, width), repeatRows=header, style=TableStyle(commands)
    )


def grid_to_header(grid: Grid) -> int:
    """Count the rows at the top that hold no figure."""
    return min(cell.row for cell in grid.cells if AMOUNT.fullmatch(cell.text))


def column_widths(grid: Grid, width: int) -> list[float]:
    """Share the page's width among the columns, by the longest text that stands in one alone."""
    longest = [3] * width
    for cell in grid.cells:
        if cell.columns == 1:
            longest[cell.column] = max(longest[cell.column], min(text_width(cell), 24))
    room = A4[0] - 2 * MARGIN
    return [room * part / sum(longest) for part in longest]


def text_width(cell: GridCell) -> int:
    """Return a text's width in half-width characters, and a little air."""
    return 2 + sum(1 if char.isascii() else 2 for char in cell.text)
