"""From a draft to a report: its text, its outline, its tables and who it is of."""

import re
from collections.abc import Iterable, Sequence

from corpus.model.types import Block, Cell, Draft, PageMark, Paragraph, Report, Segment, Span, Table
from corpus.structure.headings import (
    Level,
    Numbered,
    heads_a_list,
    is_heading,
    is_list_item,
    numbering_to_depth,
    run_in_title,
    split_headings,
    text_to_numbering,
)
from corpus.structure.identity import draft_to_identity
from corpus.structure.table_assembly import LooseTable, pieces_to_tables

CONTENTS = "目录"
ENTRY = re.compile(r"[.．…·\s]*\d*$")
# A line that leads to a page number: 表五、市本级预备费安排情况表……22.
LEADS_TO_PAGE = re.compile(r"(?:[.．·]{4,}|…{2,})\s*\d{1,4}\s*$")
CELL_BREAK = " | "


class Writer:
    """The text of a report while it is written: keeps the offset and where each page starts."""

    def __init__(self, report: str) -> None:
        self.report = report
        self.parts: list[str] = []
        self.length = 0
        self.page: int | None = None
        self.marks: list[PageMark] = []

    def put(self, text: str, page: int | None) -> Span:
        """Write a text that stands on a page; return its span."""
        if page is not None and page != self.page:
            self.marks.append(PageMark(page=page, start=self.length))
            self.page = page
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(report=self.report, page=self.page, start=start, end=self.length)

    def put_segments(self, segments: Iterable[Segment]) -> Span:
        """Write a paragraph with its pages; return the span of the whole."""
        spans = [self.put(segment.text, segment.page) for segment in segments]
        whole = spans[0].model_copy(update={"end": spans[-1].end})
        self.put("\n", None)
        return whole


class Outline:
    """The headings that are open while a report is read from top to bottom."""

    def __init__(self) -> None:
        self.levels: tuple[Level, ...] = ()
        self.titles: tuple[str, ...] = ()

    def open(self, title: str, level: Level) -> None:
        """Open a heading: whatever is as deep or deeper is closed."""
        kept = sum(1 for above in self.levels if above.depth < level.depth)
        self.levels = (*self.levels[:kept], level)
        self.titles = (*self.titles[:kept], title)


def draft_to_report(draft: Draft, *, name: str, digest: str) -> Report:
    """Assemble the report of a draft; `name` is the file's name, `digest` the hash of its bytes."""
    identity = draft_to_identity(draft, name=name)
    writer, outline = Writer(digest), Outline()
    blocks: list[Block] = []
    tables: list[Table] = []
    contents = Contents()
    pieces = split_lines(pieces_to_tables(draft.pieces))
    for place, piece in enumerate(pieces):
        if isinstance(piece, LooseTable):
            table = write_table(piece, writer, section=table_section(piece, outline))
            blocks.append(
                Block(kind="table", span=table.span, section=table.section, table=len(tables))
            )
            tables.append(table)
        elif contents.holds(piece.text) or LEADS_TO_PAGE.search(piece.text):
            span = writer.put_segments(piece.segments)
            blocks.append(Block(kind="paragraph", span=span, section=(CONTENTS,)))
        else:
            beside = (*pieces[max(place - 1, 0) : place], *pieces[place + 1 : place + 2])
            near = [other.text for other in beside if isinstance(other, Paragraph)]
            blocks.append(write_paragraph(piece, writer, outline, neighbours=near))
    return Report(
        id=digest,
        name=name,
        **dict(identity),
        pages=draft.pages,
        text="".join(writer.parts),
        marks=tuple(writer.marks),
        blocks=tuple(blocks),
        tables=tuple(tables),
        origin=draft.origin,
        notices=draft.notices,
        unsure=draft.unsure,
        disputed=draft.disputed,
    )


def split_lines(pieces: Sequence[Paragraph | LooseTable]) -> list[Paragraph | LooseTable]:
    """Give each of two headings that share a line a paragraph of its own."""
    out: list[Paragraph | LooseTable] = []
    for piece in pieces:
        if isinstance(piece, LooseTable) or len(piece.segments) != 1:
            out.append(piece)
            continue
        page = piece.segments[0].page
        for line in split_headings(piece.text):
            segments = (Segment(page=page, text=line),)
            out.append(piece.model_copy(update={"segments": segments}))
    return out


def table_section(loose: LooseTable, outline: Outline) -> tuple[str, ...]:
    """Return the section of a table: a titled one stands under no heading but those of tables."""
    if not loose.title:
        return outline.titles
    return tuple(title for title in outline.titles if "表" in title)


class Contents:
    """The table of contents: from its heading to the first entry that comes again."""

    def __init__(self) -> None:
        self.entries: set[str] | None = None
        self.done = False

    def holds(self, text: str) -> bool:
        """Tell whether the paragraph is still part of the table of contents."""
        if self.done:
            return False
        bare = ENTRY.sub("", re.sub(r"\s", "", text))
        if self.entries is None:
            self.entries = set() if bare == CONTENTS else None
            return self.entries is not None
        numbered = text_to_numbering(text) is not None
        if bare in self.entries or len(bare) > 60 or not (numbered or len(bare) <= 4):
            self.done = True
            return False
        self.entries.add(bare)
        return True


def write_paragraph(
    paragraph: Paragraph, writer: Writer, outline: Outline, *, neighbours: Sequence[str]
) -> Block:
    """Write a paragraph and return its block; a heading opens its section for what follows."""
    text = paragraph.text
    numbering = text_to_numbering(text)
    heads = is_heading(text, numbering) and not is_list_item(text, neighbours)
    heads = heads or heads_a_list(text, neighbours[-1] if neighbours else "")
    if paragraph.heading or heads:
        level = heading_level(paragraph, numbering, outline.levels)
        outline.open(text.strip(), level)
        span = writer.put_segments(paragraph.segments)
        return Block(kind="heading", span=span, section=outline.titles, level=level.depth)
    if numbering and (title := run_in_title(text)):
        outline.open(title, heading_level(paragraph, numbering, outline.levels))
    span = writer.put_segments(paragraph.segments)
    return Block(kind="paragraph", span=span, section=outline.titles)


def heading_level(
    paragraph: Paragraph, numbering: Numbered | None, open_levels: tuple[Level, ...]
) -> Level:
    """Return the level of a heading: by number where it has one, by style, by wording."""
    if numbering:
        depth = numbering_to_depth(numbering, open_levels)
        return Level(style=numbering.style, number=numbering.number, depth=depth)
    if paragraph.heading:
        return Level(style="style", number=0, depth=paragraph.heading)
    return Level(style="words", number=0, depth=1)


def write_table(loose: LooseTable, writer: Writer, *, section: tuple[str, ...]) -> Table:
    """Write a table as its title, its unit line, one line a row and its notes."""
    first_page = loose.row_pages[0] if loose.row_pages else loose.title_page
    start = writer.length
    page = first_page if loose.title_page is None else loose.title_page
    for line in (loose.title, loose.unit_line):
        if line:
            writer.put(line + "\n", page)
    cells: list[Cell] = []
    for row, row_page in enumerate(loose.row_pages):
        in_row = [cell for cell in loose.cells if cell.row == row]
        for place, cell in enumerate(in_row):
            if place:
                writer.put(CELL_BREAK, row_page)
            span = writer.put(cell.text, row_page)
            cells.append(Cell(**{**dict(cell), "span": span}))
        writer.put("\n", row_page)
    for note in loose.notes:
        writer.put_segments(note.segments)
    end = writer.length
    return Table(
        title=loose.title,
        unit=loose.unit,
        header=loose.header,
        cells=tuple(cells),
        section=section,
        notes=tuple(note.text for note in loose.notes),
        span=Span(report=writer.report, page=page, start=start, end=end),
    )
