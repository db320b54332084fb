"""Rows of a table block: the names above a name, by code (项 under 款 under 类) or by numbering."""

from collections.abc import Sequence

from corpus.lexicon.grammar import patterns
from corpus.model.types import Cell, Noun, Table
from corpus.structure.grids import LANE, NIL, TOTAL
from corpus.tables.columns import YEAR_CELL, YEAR_HEAD, Block, Matrix

PATTERNS = patterns("tables.rows")
NUMBERING = tuple(
    enumerate(
        (PATTERNS["han"], PATTERNS["han_paren"], PATTERNS["arabic"], PATTERNS["arabic_paren"]), 1
    )
)
FIRST = ("一", "1")
AMONG = PATTERNS["among"]
RANK = PATTERNS["rank"]
OF_PLACES = PATTERNS["of_places"]
CARRIED = PATTERNS["carried"]
FUND = PATTERNS["fund"]
CODE_STEPS = (3, 5, 7)


class Row(Noun):
    """A row of a block: its names from the widest to its own, and whether it is a total.

    `among` marks a row under 其中, which need not be a whole part; `code` is that of the
    classification (2080505), "" where the table prints none.
    """

    place: int
    path: tuple[str, ...]
    code: str
    total: bool
    among: bool
    cells: tuple[Cell, ...]


class Printed(Noun):
    """The label of a row before it is placed: as printed, and without numbering."""

    level: int
    number: str
    name: str
    among: bool


def block_to_rows(table: Table, block: Block, matrix: Matrix) -> tuple[Row, ...]:
    """Return the rows below the header whose labels are printed, with their paths.

    A block without label columns gives its rows with an empty path.
    """
    height = max((row + 1 for row, _ in matrix), default=0)
    coder, tree = Coder(), Tree()
    rows = []
    for place in range(table.header, height):
        cells = labels_of(block, matrix, place)
        if (block.names and not cells) or any(cell.text == LANE for cell in cells):
            continue
        code = coder.read([matrix.get((place, column.place)) for column in block.codes])
        rows.append(cells_to_row(cells, place=place, code=code, tree=tree))
    return tuple(rows)


def labels_of(block: Block, matrix: Matrix, place: int) -> list[Cell]:
    """Return the cells that name a row, from left to right, each once.

    A total may stand in a code column, with nothing in the column of names.
    """
    found: list[Cell] = []
    for columns in (block.names, block.codes):
        for column in columns:
            cell = matrix.get((place, column.place))
            dated = bool(column.path) and bool(YEAR_HEAD.match(column.path[-1]))
            if cell and cell not in found and is_name(cell.text, dated=dated):
                found.append(cell)
        if found:
            break
    return found or total_beside(block, matrix, place)


def total_beside(block: Block, matrix: Matrix, place: int) -> list[Cell]:
    """Return the 合计 that stands in a column of another kind before the figures."""
    first = min((column.place for column in block.figures), default=0)
    low = min((column.place for column in block.names), default=0)
    cells = [matrix.get((place, at)) for at in range(first if low < first else 0)]
    return [cell for cell in cells if cell and TOTAL.match(cell.text)][:1]


def is_name(text: str, *, dated: bool) -> bool:
    """Tell whether a cell names its row: no bare number but a year under 年度."""
    numbered = text.isdecimal() and not (dated and YEAR_CELL.fullmatch(text))
    return bool(text) and not numbered and not NIL.fullmatch(text)


def cells_to_row(cells: Sequence[Cell], *, place: int, code: str, tree: "Tree") -> Row:
    """Place one row under what stands above it."""
    printed = text_to_printed(cells[-1].text) if cells else text_to_printed("")
    # 县区合计 beside 市本级 is a row among others: all of them is no sum of the counties.
    total = bool(TOTAL.match(printed.name)) and not OF_PLACES.match(printed.name)
    above = tuple(text_to_printed(cell.text).name for cell in cells[:-1])
    if total:
        tree.close()
        path: tuple[str, ...] = (*above, printed.name)
    elif code:
        path = tree.place_coded(code, printed.name)
    elif above or not printed.name:
        path = (*above, printed.name) if printed.name else ()
    else:
        path = tree.place_numbered(printed)
    return Row(
        place=place,
        path=path,
        code="" if total else code,
        total=total,
        among=printed.among,
        cells=tuple(cells),
    )


def text_to_printed(text: str) -> Printed:
    """Take numbering, 其中 and （类）（款）（项） off a row's name."""
    among = bool(AMONG.match(text))
    rest, level, number = AMONG.sub("", text), 0, ""
    for depth, pattern in NUMBERING:
        if match := pattern.match(rest):
            level, number = depth, match.group(1) or FIRST[1]
            rest = rest[match.end() :]
            break
    return Printed(level=level, number=number, name=RANK.sub("", rest).strip(" ：:"), among=among)


class Coder:
    """Reads the code columns of row after row; a blank 类 or 款 is that of the row above."""

    def __init__(self) -> None:
        self.last = ""

    def read(self, cells: Sequence[Cell | None]) -> str:
        """Return the whole code of a row ("20805" for 208 | 05 |), "" where none is printed."""
        parts = [cell.text if cell and cell.text.isdecimal() else "" for cell in cells]
        if not any(parts):
            return ""
        if len(parts) == 1 or len("".join(parts)) == len(max(parts, key=len)) >= CODE_STEPS[0]:
            self.last = "".join(parts)
            return self.last
        code = ""
        for at, part in enumerate(parts):
            size = CODE_STEPS[min(at, 2)] - (CODE_STEPS[at - 1] if 0 < at <= 2 else 0)
            if part:
                code += part.zfill(size)
            elif any(parts[at:]):
                code += self.last[len(code) : len(code) + size]
        self.last = code
        return code


class Tree:
    """The names that are open above the next row.

    `plain` is the last row without a number, `holder` the one that the present list is part of.
    """

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.open: list[tuple[int, str]] = []
        self.plain = ""
        self.holder: tuple[str, ...] = ()
        self.begun = False

    def close(self) -> None:
        """Close everything: a total was read."""
        self.open, self.plain, self.holder = [], "", ()

    def place_coded(self, code: str, name: str) -> tuple[str, ...]:
        """Return the path of a row by the codes that its own code starts with."""
        self.codes[code] = name
        steps = [code[:size] for size in CODE_STEPS if size < len(code)]
        return (*(self.codes[step] for step in steps if step in self.codes), name)

    def place_numbered(self, printed: Printed) -> tuple[str, ...]:
        """Return the path of a row by its numbering.

        A list that starts over after an unnumbered row (年初财政拨款结转和结余, then 一、 again)
        are the parts of that row, as are the funds that are named after it without a number.
        """
        if not printed.level:
            return self.place_plain(printed)
        if printed.level == 1 and printed.number == FIRST[0]:
            self.holder = (self.plain,) if self.begun and self.plain else ()
            self.begun = True
        self.open = [(level, name) for level, name in self.open if level < printed.level]
        path = (*self.holder, *(name for _, name in self.open), printed.name)
        self.open.append((printed.level, printed.name))
        return path

    def place_plain(self, printed: Printed) -> tuple[str, ...]:
        """Return the path of a row without a number."""
        if printed.among:
            holder = self.holder if self.open or not self.plain else (self.plain,)
            return (*holder, *(name for _, name in self.open), printed.name)
        if CARRIED.search(self.plain) and FUND.match(printed.name):
            return (self.plain, printed.name)
        self.open, self.plain, self.holder = [], printed.name, ()
        return (printed.name,)
