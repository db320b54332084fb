"""From the elements of an article to pieces: lines as paragraphs, tables of data as grids."""

import re
from collections.abc import Iterator
from typing import Any

from corpus.model.types import Grid, GridCell, Paragraph, Piece, Segment
from corpus.readers.plain_text import clean_text
from corpus.readers.raised import raised_text

Element = Any  # of lxml, which only the module that parses pages knows

# What a page does not print, or prints for pressing and typing.
UNPRINTED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button",
     "input", "textarea", "head", "title"}
)  # fmt: skip
INLINE = frozenset(
    {"a", "abbr", "b", "big", "code", "em", "font", "i", "ins", "label", "mark", "o:p", "small",
     "span", "strong", "sub", "sup", "tt", "u", "img", "meta", "wbr", "bdo", "cite", "q", "time",
     "nobr", "dfn", "kbd", "samp", "var", "link"}
)  # fmt: skip
STRUCK = frozenset({"del", "s", "strike"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through"
    r"|(?:opacity|font-size)\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
# White is not seen on the white of a page; in a cell or before a background it may be.
WHITE = re.compile(r"(?<![-\w])(?:color\s*:\s*)?(?:#fff(?:fff)?|white)\b", re.IGNORECASE)
COLOUR = re.compile(r"(?<![-\w])color\s*:[^;]*", re.IGNORECASE)
PAINTED = ("bgcolor", "background")
BOXED = frozenset({"td", "th", "table"})
MOST_SPAN = 1000
MOST_PLACES = 200_000


def element_to_pieces(element: Element) -> Iterator[Piece]:
    """Yield the pieces of an element: each line of it, each table, in the order of the page."""
    writer = Writer()
    writer.walk(element)
    writer.flush()
    yield from writer.pieces


class Writer:
    """A walk through an article that gathers the text of a line until the line ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.line: list[str] = []

    def walk(self, element: Element, heading: int = 0) -> None:
        """Take in an element with what stands in it."""
        self.line.append(spaces(element.text))
        for child in element:
            if is_printed(child):
                self.enter(child, heading)
            self.line.append(spaces(child.tail))

    def enter(self, element: Element, heading: int) -> None:
        """Take in one element by its kind."""
        tag = element.tag
        if tag == "br":
            self.flush(heading)
        elif tag == "sup" or RAISED.search(element.get("style", "")):
            before = "".join(self.line).rstrip()
            self.line.append(raised_text(spaces("".join(element.itertext())), before))
        elif tag in INLINE:
            self.walk(element, heading)
        elif tag == "table":
            self.flush(heading)
            self.table(element)
        else:
            self.flush(heading)
            self.line.append(list_number(element))
            level = HEADINGS.get(tag, heading)
            self.walk(element, level)
            self.flush(level)

    def flush(self, heading: int = 0) -> None:
        """End the line: what it holds is a paragraph."""
        text = clean_text("".join(self.line))
        self.line = []
        if text:
            segment = Segment(page=None, text=text)
            self.pieces.append(Paragraph(segments=(segment,), heading=heading))

    def table(self, element: Element) -> None:
        """Take in a table of data as a grid, one that only places things as what it places."""
        rows = table_rows(element)
        if is_layout(rows):
            for row in rows:
                for cell in row:
                    self.walk(cell)
                    self.flush()
            return
        for caption in element.iterchildren("caption"):
            self.walk(caption)
            self.flush()
        grid = rows_to_grid(rows)
        if any(cell.text for cell in grid.cells):
            self.pieces.append(grid)


def spaces(text: str | None) -> str:
    """Return the text between tags with its line ends as spaces: a page prints none of them."""
    return re.sub(r"[\r\n\t]+", " ", text or "").replace("\xa0", " ")


def is_printed(element: Element) -> bool:
    """Tell whether a page shows an element: no comment, no script, nothing hidden or struck out."""
    if not isinstance(element.tag, str) or element.tag in UNPRINTED or element.tag in STRUCK:
        return False
    unseen = HIDDEN.search(element.get("style", "")) or is_white(element)
    return "hidden" not in element.attrib and not unseen


def is_white(element: Element) -> bool:
    """Tell whether the text of an element is white, and nothing can be painted behind it."""
    coloured = COLOUR.search(element.get("style", ""))
    if not WHITE.fullmatch(coloured[0].strip() if coloured else element.get("color", "")):
        return False
    around = (element, *element.iterancestors())
    return not element.get("class") and not any(
        each.tag in BOXED
        or "background" in each.get("style", "")
        or any(each.get(name) for name in PAINTED)
        for each in around
    )


def list_number(element: Element) -> str:
    """Return the number that a page prints before an item of a numbered list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    first = parent.get("start", "1")
    before = sum(1 for other in element.itersiblings("li", preceding=True))
    return f"{int(first) + before}." if first.isdecimal() else ""


def table_rows(table: Element) -> list[list[Element]]:
    """Return the cells of each row of a table, not those of tables within its cells."""
    rows = []
    for child in table:
        if not is_printed(child):
            continue
        found = [child] if child.tag == "tr" else [row for row in child if row.tag == "tr"]
        rows += [
            [cell for cell in row if cell.tag in ("td", "th") and is_printed(cell)]
            for row in found
            if is_printed(row)
        ]
    return [row for row in rows if row]


def is_layout(rows: list[list[Element]]) -> bool:
    """Tell whether a table only places things: one column, or tables within its cells."""
    nested = any(cell.find(".//table") is not None for row in rows for cell in row)
    return nested or all(len(row) == 1 for row in rows)


def rows_to_grid(rows: list[list[Element]]) -> Grid:
    """Make a grid of rows whose cells may span rows and columns."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for at, row in enumerate(rows):
        column = 0
        for element in row:
            while (at, column) in taken:
                column += 1
            width = span_of(element, "colspan")
            height = min(span_of(element, "rowspan"), len(rows) - at)
            if len(taken) + width * height > MOST_PLACES:
                break
            taken |= {
                (at + down, column + right) for down in range(height) for right in range(width)
            }
            text = cell_text(element)
            cells.append(GridCell(row=at, column=column, rows=height, columns=width, text=text))
            column += width
    return Grid(page=None, cells=tuple(cells))


def span_of(element: Element, name: str) -> int:
    """Return how many rows or columns a cell spans, one where it does not say so in a number."""
    said = element.get(name, "1").strip()
    return min(max(int(said), 1), MOST_SPAN) if said.isdecimal() else 1


def cell_text(element: Element) -> str:
    """Return the text of a cell on one line."""
    texts = [piece.text for piece in element_to_pieces(element) if isinstance(piece, Paragraph)]
    return clean_text(" ".join(texts))
