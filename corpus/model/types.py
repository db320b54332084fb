"""The nouns of a report, as frozen values: what was read, where it stands and what it says.

Equal content means an equal value; identity (a path, a row number) belongs to the index. Nothing
here reads a file, and no score is kept on a noun.
"""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

# Of a government: its whole area (全市), and its own level (市本级).
Level = Literal["部门", "单位"]
Kind = Literal["绩效自评", "决算", "预算", "其他"]
Aspect = Literal[
    "预算",  # 年初预算, 预算数, 预算安排
    "调整预算",  # what the budget became within the year: 全年预算数, 调整预算数
    "决算",  # 决算数, 实际支出
    "执行数",  # 预算执行数: what a budget report says was spent in the year before
    "完成率",  # 完成预算的 x %
    "增减额",  # a difference; `direction` holds its sign, `base` what it is counted from
    "增减率",
    "人均",
    "占比",
    "余额",  # 结转和结余
    "数量",  # people, vehicles, meetings: anything counted
    "得分",
    "其他",
]


# What was planned: as the year began, and as it became.
PLANS: tuple[Aspect, ...] = ("预算", "调整预算")
# What was spent or came in: of an account, and of a budget so far.
CARRIED_OUT: tuple[Aspect, ...] = ("决算", "执行数")
# What is told of two amounts, and is none itself.
CHANGES: tuple[Aspect, ...] = ("增减额", "增减率")


class Noun(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Noun):
    """A half-open range [start, end) of characters in `Report.text`, and the page it starts on."""

    report: str
    page: int | None
    start: int
    end: int

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward: {self.start}..{self.end}")
        return self


# ---------------------------------------------------------------- what a reader hands over


class Segment(Noun):
    """The part of a paragraph on one page (page numbers from 1; none in a text file)."""

    page: int | None
    text: str


class Paragraph(Noun):
    """Running text, its line wraps undone; `heading` is the level a document style gave, or 0."""

    segments: tuple[Segment, ...]
    heading: int = 0

    @property
    def text(self) -> str:
        """The whole paragraph, its pages joined."""
        return "".join(segment.text for segment in self.segments)


class GridCell(Noun):
    """One cell of a grid, at its top left corner; merged cells cover `rows` x `columns` places."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str


class Grid(Noun):
    """A table as it was drawn on one page (the whole table in a .docx), before it is understood.

    `beside` is set where it stands to the right of the grid before it.
    """

    page: int | None
    cells: tuple[GridCell, ...]
    beside: bool = False


Piece = Paragraph | Grid


class Origin(Noun):
    """Where a file was published and when, as far as the file itself says so."""

    address: str = ""
    published: date | None = None


class Unsure(Noun):
    """A number on a page that may be another."""

    page: int
    number: str


class Draft(Noun):
    """What a reader makes of a file: its pieces in reading order and its number of pages.

    `title` is what a page calls itself outside its text; `notices` say, each in one sentence,
    what a person sees in the file and no reader read, or none surely; `unsure` are the numbers that
    were recognised with a low score, `disputed` those of tables that rules and words show unlike.
    """

    pages: int | None
    pieces: tuple[Piece, ...]
    title: str = ""
    origin: Origin = Origin()
    notices: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    disputed: tuple[Unsure, ...] = ()


# ---------------------------------------------------------------- what a report is


class PageMark(Noun):
    """Where in `Report.text` the text of a page starts."""

    page: int
    start: int


class Cell(Noun):
    """A cell of a table with the place of its text; a blank cell has an empty span."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str
    span: Span


class Table(Noun):
    """A table with its title, unit line and header rows, continued over pages where it is.

    `header` counts the rows at the top that name the columns. `title` and `unit` are empty where
    the report prints none. Cells are in row order; a merged cell stands once, at its top left.
    """

    title: str
    unit: str
    header: int
    cells: tuple[Cell, ...]
    section: tuple[str, ...]
    notes: tuple[str, ...] = ()
    span: Span

    @cached_property
    def lines(self) -> dict[int, tuple[Cell, ...]]:
        """The cells that begin in each row, from left to right."""
        return {row: tuple(cells) for row, cells in groupby(self.cells, key=lambda cell: cell.row)}


class Block(Noun):
    """A heading, a paragraph or a table, in reading order, under the headings of `section`."""

    kind: Literal["heading", "paragraph", "table"]
    span: Span
    section: tuple[str, ...]
    level: int = 0
    table: int | None = None


class Report(Noun):
    """A report: who, when and what it is, its text, its outline and its tables.

    `id` is the SHA-256 of the file's bytes; `name` the file name; `text` the whole text in reading
    order, a table as one line a row with cells divided by " | ".
    """

    id: str
    name: str
    title: str
    organisation: str
    level: Level | None
    year: int | None
    kind: Kind
    pages: int | None
    text: str
    marks: tuple[PageMark, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    origin: Origin = Origin()
    notices: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    disputed: tuple[Unsure, ...] = ()

    def __hash__(self) -> int:
        """Return the hash of the id, which the content determines: reports are keys of caches."""
        return hash(self.id)

    def quote(self, span: Span) -> str:
        """Return the verbatim text of a span of this report."""
        if span.report != self.id:
            raise ValueError(f"the span is of report {span.report[:8]}, this is {self.id[:8]}")
        return self.text[span.start : span.end]

    def page_at(self, offset: int) -> int | None:
        """Return the page on which the character at `offset` is printed."""
        at = bisect_right(self.marks, offset, key=lambda mark: mark.start)
        return self.marks[at - 1].page if at else None

    def span(self, start: int, end: int) -> Span:
        """Make the span of `text[start:end]` with its page."""
        return Span(report=self.id, page=self.page_at(start), start=start, end=end)


class Passage(Noun):
    """A piece of one section that reads by itself; `text` carries its headings before the body."""

    id: str
    report: str
    section: tuple[str, ...]
    text: str
    span: Span


class Base(Noun):
    """What a difference is counted from: "比2023年预算" is the year 2023 and the aspect 预算."""

    year: int | None
    aspect: Aspect | None


class Correction(Noun):
    """What an administrator put in the place of a printed figure; never printed anywhere.

    `said` has the digits as they were given, `instead_of` is the value of what is printed.
    """

    value: Decimal
    said: str
    reason: str
    made: date
    instead_of: Decimal


class Fact(Noun):
    """One printed figure: whose, when, of what, in which aspect, and the text that proves it.

    `measure` is a term of the vocabulary where one fits, else the report's own words; `facet` the
    part of the measure that a column or a clause singles out (项目支出 of 行政运行). `value` equals
    the figure parsed from `printed`; `unit` is as printed beside it or in the unit line. `vague`
    keeps 多, 余, 近, 约, 以上 and the like, "" for an exact figure. `spans` has the number first,
    then whatever else the meaning rests on: unit line, header cells, heading. Where there is a
    `correction`, `value` is the corrected one; what is printed and quoted stays as it is.
    """

    id: str
    report: str
    organisation: str
    level: Level | None
    kind: Kind
    year: int | None
    report_year: int | None
    as_of: date | None = None
    measure: str
    facet: str = ""
    aspect: Aspect
    said: str = ""  # the words that named the aspect: 实际支出, 年初预算, 比去年增加
    direction: Literal[-1, 0, 1] = 0
    base: Base | None = None
    value: Decimal
    printed: str
    unit: str
    vague: str = ""
    quote: str
    spans: tuple[Span, ...]
    section: tuple[str, ...]
    table: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    project: str = ""  # that the form names in which the figure stands, and who carries it out
    carrier: str = ""
    total: bool = False  # a row of a table that adds up others and is no item among them
    correction: Correction | None = None
    unsure: bool = False  # recognised in a picture, and it may be another figure
    disputed: bool = False  # of a table that its rules and its words show unlike

    @model_validator(mode="after")
    def _printed_is_quoted(self) -> Self:
        if self.printed not in self.quote:
            raise ValueError(f"{self.printed!r} does not stand in the quote {self.quote!r}")
        return self

    @property
    def doubtful(self) -> bool:
        """Whether it was read, in some way, so that it may be another figure or another's."""
        return self.unsure or self.disputed

    @property
    def moved(self) -> Decimal:
        """A change with its sign, which may be printed or said by a word alone; 0 for a level."""
        return abs(self.value) * self.direction

    def __hash__(self) -> int:
        """Return the hash of the id, which the content determines: facts are keys of caches."""
        return hash(self.id)

    def corrected(self, correction: Correction) -> Self:
        """Return this figure with a correction in force."""
        return self.model_copy(update={"value": correction.value, "correction": correction})

    def as_printed(self) -> Self:
        """Return this figure with no correction, its value that of what is printed."""
        if self.correction is None:
            return self
        return self.model_copy(update={"value": self.correction.instead_of, "correction": None})


def content_id(*parts: object) -> str:
    """Return 16 hex digits that depend on the parts alone: the same content has the same id."""
    joined = "\x1f".join(str(part) for part in parts)
    return sha256(joined.encode()).hexdigest()[:16]
