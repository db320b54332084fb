"""Sample reports as Word files, the same bytes each time."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt

from corpus.model.types import Grid
from scripts.samples.source import Element, Line

AUTHOR = "问数 contributors"
# Naive, as python-docx wants it; it is written as UTC.
MADE = datetime(2026, 1, 1)  # noqa: DTZ001
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FONT = "宋体"
STYLES = {"title": "Title", "part": "Heading 1", "section": "Heading 2"}
ALIGNED = {"caption": WD_ALIGN_PARAGRAPH.CENTER, "label": WD_ALIGN_PARAGRAPH.RIGHT}


def elements_to_docx(elements: tuple[Element, ...]) -> bytes:
    """Write a Word file: headings by style, tables with merged cells."""
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = MADE
    properties.comments = ""
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(
        qn("w:eastAsia"), FONT
    )
    for element in elements:
        if isinstance(element, Line):
            add_line(document, element)
        else:
            add_table(document, element)
    written = BytesIO()
    document.save(written)
    return repack(written.getvalue())


def add_line(document: WordDocument, line: Line) -> None:
    """Add a heading, a page break or a paragraph."""
    if line.kind == "break":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return
    paragraph = document.add_paragraph(line.text, style=STYLES.get(line.kind))
    if line.kind in ALIGNED:
        paragraph.alignment = ALIGNED[line.kind]


def add_table(document: WordDocument, grid: Grid) -> None:
    """Add a table with lines around its cells."""
    height = max(cell.row + cell.rows for cell in grid.cells)
    width = max(cell.column + cell.columns for cell in grid.cells)
    table = document.add_table(height, width, style="Table Grid")
    rows = [row.cells for row in table.rows]
    for cell in grid.cells:
        first = rows[cell.row][cell.column]
        last = rows[cell.row + cell.rows - 1][cell.column + cell.columns - 1]
        run = first.merge(last).paragraphs[0].add_run(cell.text)
        run.font.size = Pt(9)


def repack(package: bytes) -> bytes:
    """Write a zip again with fixed dates, so that equal content is equal bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, date_time=ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return written.getvalue()
