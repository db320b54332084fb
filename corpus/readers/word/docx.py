"""Word files (.docx) as drafts: the body in order, headings, list numbers, merged cells.

Only this package knows python-docx. Old .doc files have become .docx before they come here. A form
often draws the money of a project as a table of its own within one cell: as it looks on the page,
that is one table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Grid, GridCell, Paragraph, Piece, Segment
from corpus.readers.files.packages import PACKAGE_ERRORS, check_package
from corpus.readers.plain_text import clean_text
from corpus.readers.word.lists import ListCounter, ListLevel
from corpus.readers.word.runs import SKIPPED, Runs, value, whole_number

BROKEN = "不是完整的 Word 文档（.docx），可能损坏或没下载完；请重新下载，或用 Word 另存为 .docx。"
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
BODY_LEVEL = 9  # outlineLvl 9 is "no level", ECMA-376 part 1, 17.3.1.20
Inner = Mapping[int, Sequence[Sequence[GridCell]]]


def read_docx(data: bytes) -> Draft:
    """Read a Word file: paragraphs and tables in the order of the body, no pages.

    Raises `BadReport` for a file that is no zip, has no document in it, or would unpack too large.
    """
    document = open_document(data)
    return Draft(pages=None, pieces=tuple(Reader(document).pieces(document.element.body)))


def open_document(data: bytes) -> WordDocument:
    """Open a package after a look at what it holds and how large it is."""
    check_package(data, broken=BROKEN)
    try:
        return Document(BytesIO(data))
    except PACKAGE_ERRORS as error:
        raise BadReport(BROKEN) from error


class Reader:
    """A walk through one document; it holds the styles and the running list numbers."""

    def __init__(self, document: WordDocument) -> None:
        self.styles = {
            style.get(qn("w:styleId"), ""): style
            for style in document.styles.element.iterchildren(qn("w:style"))
        }
        self.default = next(
            (key for key, style in self.styles.items() if is_default_paragraph_style(style)), ""
        )
        self.lists = Lists(document)
        self.runs = Runs(self.styles)

    def pieces(self, container: Element) -> Iterator[Piece]:
        """Yield the pieces of a container: the body, a text box, a cell, a content control."""
        for child in container.iterchildren():
            if child.tag == qn("w:p"):
                yield from self.paragraphs(child)
            elif child.tag == qn("w:tbl"):
                yield from self.table(child)
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                yield from self.pieces(child)

    def paragraphs(self, element: Element) -> Iterator[Piece]:
        """Yield a paragraph, one a line where lines are broken by hand, then its text boxes."""
        level, number = self.level(element), self.number(element)
        text = number + self.runs.text(element)
        lines = [text.replace("\n", "")] if level else text.split("\n")
        for line in lines:
            if clean := clean_text(line):
                yield Paragraph(segments=(Segment(page=None, text=clean),), heading=level)
        for box in descendants(element, qn("w:txbxContent")):
            yield from self.pieces(box)

    def table(self, element: Element) -> Iterator[Piece]:
        """Yield a table as a grid; a frame of one cell as what stands in it."""
        cells = list(table_cells(element))
        if len(cells) == 1:
            yield from self.pieces(cells[0][1])
            return
        grid: list[GridCell] = []
        inner: dict[int, list[tuple[GridCell, ...]]] = {}
        for at, (place, tc) in enumerate(cells):
            text, tables = self.cell(tc)
            grid.append(place.model_copy(update={"text": text}))
            if tables:
                inner[at] = tables
        if inner or any(cell.text for cell in grid):
            yield Grid(page=None, cells=draw_in(grid, inner))

    def cell(self, element: Element) -> tuple[str, list[tuple[GridCell, ...]]]:
        """Return the text of a cell on one line, and the tables that are drawn in it."""
        texts: list[str] = []
        tables: list[tuple[GridCell, ...]] = []
        for piece in self.pieces(element):
            if isinstance(piece, Paragraph):
                texts.append(piece.text)
            else:
                tables.append(piece.cells)
        return clean_text(" ".join(texts)), tables

    def property(self, element: Element, name: str) -> Element | None:
        """Find a paragraph property: its own, else that of its style or of the style's bases."""
        holder: Element | None = element
        seen: set[str] = set()
        while holder is not None:
            found: Element | None = holder.find(f"{qn('w:pPr')}/{qn(name)}")
            if found is not None:
                return found
            parent = self.style_of(holder)
            if parent in seen:
                return None
            seen.add(parent)
            holder = self.styles.get(parent)
        return None

    def style_of(self, holder: Element) -> str:
        """Return the id of a paragraph's style, or of the style that a style is based on."""
        if holder.tag == qn("w:style"):
            based = holder.find(qn("w:basedOn"))
            return "" if based is None else value(based)
        styled = holder.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.default if styled is None else value(styled)

    def level(self, element: Element) -> int:
        """Return the heading level, 1 for the highest, by outline level or style name; else 0."""
        outline = self.property(element, "w:outlineLvl")
        if outline is not None:
            level = whole_number(outline, otherwise=BODY_LEVEL) + 1
            return level if level <= BODY_LEVEL else 0
        style = self.styles.get(self.style_of(element))
        name = None if style is None else style.find(qn("w:name"))
        match = None if name is None else HEADING_NAME.match(value(name))
        return int(match.group(1)) if match else 0

    def number(self, element: Element) -> str:
        """Return the automatic number of a paragraph as printed, or nothing."""
        numbering = self.property(element, "w:numPr")
        if numbering is None:
            return ""
        number, depth = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
        if number is None:
            return ""
        return self.lists.step(value(number), whole_number(depth, otherwise=0))


class Lists:
    """The lists of a document: counters are shared by all that use the same abstract list."""

    def __init__(self, document: WordDocument) -> None:
        self.counters: dict[str, ListCounter] = {}
        roots = [
            relation.target_part.element
            for relation in document.part.rels.values()
            if relation.reltype.endswith("/numbering") and isinstance(relation.target_part, XmlPart)
        ]
        for root in roots:
            self._load(root)

    def _load(self, root: Element) -> None:
        abstract = {
            item.get(qn("w:abstractNumId"), ""): ListCounter(list_levels(item))
            for item in root.iterchildren(qn("w:abstractNum"))
        }
        for item in root.iterchildren(qn("w:num")):
            reference = item.find(qn("w:abstractNumId"))
            if reference is not None and value(reference) in abstract:
                counter = abstract[value(reference)]
                # An override starts a list of its own, with the same looks.
                restarts = item.find(qn("w:lvlOverride")) is not None
                counter = ListCounter(counter.levels) if restarts else counter
                self.counters[item.get(qn("w:numId"), "")] = counter

    def step(self, number: str, depth: int) -> str:
        """Count one paragraph of a list and return its printed number."""
        counter = self.counters.get(number)
        return counter.step(depth) if counter else ""


def list_levels(abstract: Element) -> list[ListLevel]:
    """Read the levels of an abstract list."""
    levels = []
    for item in abstract.iterchildren(qn("w:lvl")):
        style, text, start = (item.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
        levels.append(
            ListLevel(
                style="decimal" if style is None else value(style),
                text="" if text is None else value(text),
                start=whole_number(start, otherwise=1),
            )
        )
    return levels


def descendants(element: Element, tag: str) -> Iterator[Element]:
    """Yield the outermost elements of a tag, not looking into what is skipped."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from descendants(child, tag)


def table_cells(table: Element) -> Iterator[tuple[GridCell, Element]]:
    """Yield the places of a table's cells with their elements; a merged cell comes once.

    Cells that go on downwards are told by `vMerge` at the same column, never by equal text.
    """
    places: list[tuple[GridCell, Element]] = []
    open_at: dict[int, int] = {}
    rows = [row for row in descendants(table, qn("w:tr")) if not is_deleted(row)]
    for at, row in enumerate(rows):
        column = whole_number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), otherwise=0)
        for tc in descendants(row, qn("w:tc")):
            span = whole_number(tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), otherwise=1)
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and value(merge) != "restart" and column in open_at:
                place, first = places[open_at[column]]
                places[open_at[column]] = (
                    place.model_copy(update={"rows": at - place.row + 1}),
                    first,
                )
            else:
                open_at.pop(column, None)
                if merge is not None:
                    open_at[column] = len(places)
                places.append((GridCell(row=at, column=column, columns=span, text=""), tc))
            column += span
    yield from places


def is_deleted(row: Element) -> bool:
    """Tell whether a table row is a tracked deletion."""
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def is_default_paragraph_style(style: Element) -> bool:
    """Tell whether a style is the one that paragraphs without a style have."""
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}


def draw_in(cells: Sequence[GridCell], inner: Inner) -> tuple[GridCell, ...]:
    """Return the cells of a table with those of the tables in them, each a cell of its own.

    `inner` has the tables of a cell, from the top down, by its place in `cells`. The rows and
    columns of a cell that holds a table are divided; the cells beside it reach over all of them.
    """
    rows, columns = _room(cells, inner, down=True), _room(cells, inner, down=False)
    drawn: list[GridCell] = []
    for at, cell in enumerate(cells):
        top, left = _start(rows, cell.row), _start(columns, cell.column)
        bottom = _start(rows, cell.row + cell.rows)
        right = _start(columns, cell.column + cell.columns)
        tables = inner.get(at, ())
        outer = {"row": top, "column": left, "columns": right - left}
        if cell.text or not tables:
            height = 1 if tables else bottom - top
            drawn.append(cell.model_copy(update={**outer, "rows": height}))
            top += height
        for table in tables:
            drawn.extend(_placed(table, top=top, left=left, right=right))
            top += _extent(table, down=True)
    return tuple(sorted(drawn, key=lambda cell: (cell.row, cell.column)))


def _room(cells: Sequence[GridCell], inner: Inner, *, down: bool) -> dict[int, int]:
    """Return how many rows or columns each row or column is divided into, where more than one."""
    room: dict[int, int] = {}
    for at, tables in inner.items():
        cell = cells[at]
        extents = [_extent(table, down=down) for table in tables]
        if down:
            place, span = cell.row, cell.rows
            need = sum(extents) + bool(cell.text)
        else:
            place, span = cell.column, cell.columns
            need = max(extents)
        room[place] = max(room.get(place, 1), need - span + 1)
    return room


def _start(room: Mapping[int, int], place: int) -> int:
    return place + sum(more - 1 for at, more in room.items() if at < place)


def _extent(table: Sequence[GridCell], *, down: bool) -> int:
    if down:
        return max(cell.row + cell.rows for cell in table)
    return max(cell.column + cell.columns for cell in table)


def _placed(table: Sequence[GridCell], *, top: int, left: int, right: int) -> list[GridCell]:
    """Move a table to its place; its last column reaches to the edge of the cell around it."""
    width, lack = _extent(table, down=False), right - left
    return [
        cell.model_copy(
            update={
                "row": top + cell.row,
                "column": left + cell.column,
                "columns": cell.columns
                + (lack - width if cell.column + cell.columns == width else 0),
            }
        )
        for cell in table
    ]
