"""Plain text files, and the cleaning that text of any file needs; not what the lines mean."""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from unicodedata import category

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Grid, GridCell, Paragraph, Piece, Segment
from corpus.readers.broken_lines import join_wrapped
from corpus.readers.text_tables import find_stacks, line_to_parts, lines_to_grid

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NOT_TEXT = "不是文本文件，或者编码不是 UTF-8、UTF-16、GB18030；请另存为 UTF-8 编码的 .txt 再试。"
MOST_CONTROLS = 0.1
LEAST_COMMON = 0.6
# GB 2312 puts its 3,755 commonest characters, its first level, under these leading bytes.
COMMON_LEADS = range(0xB0, 0xD8)

# Control, format (zero width), private use: printed by nothing that a report is read with.
DROPPED = frozenset({"Cc", "Cf", "Co"})
RESIDUE = re.compile(r"\[bookmark:[^\]\n]*\]|\ufffc")
CJK = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee“”‘’—…·"
LETTER_SPACED = re.compile(rf"(?<!\S)([{CJK}])\s+(?=[{CJK}](?:\s|$))")
SPACES = re.compile(r"\s+")
BESIDE_CJK = re.compile(rf"[{CJK}]")
WIDE_GAP = 3
NO_GAP_AFTER = "、，。；：（"
IDEOGRAPHIC_SPACE = "\u3000"

BARS = ("|", "｜", "│")
CELL_MARK = re.compile(r"\t|(?:^| )\|(?: |$)|[｜│]")
RULE = re.compile(r"(?=.*[-—═─])[\s|｜│:\-—─═+┼├┤┬┴┌┐└┘]+")
LIST_NUMBER = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、．.）)]|[（(][^）)]{1,3}[）)]|[•·●]"
)

UNFINISHED = re.compile(
    r"(?:年|年度|部门|单位|支出|绩效|自评|评价|资金|项目|财政|政府|预算执行|及|与|和|的|、)$"
)
TITLE_TAIL = re.compile(
    r"(?![一二三四五六七八九十]+、|[（(]|\d+[.、．])[^。；：，]{0,30}"
    r"(?:报告|预算|决算|公开|说明|情况|表)$"
)
TITLE_LINES = 3


def read_text(data: bytes) -> Draft:
    """Read a text file: a paragraph a line, lines of cells as grids, no pages.

    Raises `BadReport` for bytes that are no text in UTF-8, UTF-16 with a mark, or GB18030.
    """
    lines = join_wrapped(decode(data).splitlines())
    pieces: list[Piece] = []
    at = 0
    for stack in find_stacks(lines):
        pieces += lines_to_pieces(prepared(lines[at : stack.start], top=not at))
        pieces.append(rows_to_grid([tuple(map(clean_text, row)) for row in stack.rows]))
        at = stack.end
    pieces += lines_to_pieces(prepared(lines[at:], top=not at))
    return Draft(pages=None, pieces=tuple(pieces))


def prepared(lines: list[str], *, top: bool) -> list[str]:
    """Drop the lines that only rule off; join the title at the top of a file."""
    kept = [line for line in lines if not RULE.fullmatch(line)]
    return join_title(kept) if top else kept


def decode(data: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8, else as GB18030."""
    marked = next((name for mark, name in BOMS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_text(text) and (encoding != "gb18030" or is_common_chinese(text)):
            return text
    raise BadReport(NOT_TEXT)


def is_text(text: str) -> bool:
    """Tell text from binary data that happens to decode: few control characters, no NUL."""
    controls = sum(category(char) == "Cc" and not char.isspace() for char in text)
    return "\0" not in text and controls <= MOST_CONTROLS * len(text)


def is_common_chinese(text: str) -> bool:
    """Tell Chinese from a damaged UTF-8 file read as GB18030, which gives rare characters only."""
    han = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    common = sum(char.encode("gb18030")[0] in COMMON_LEADS for char in han)
    return bool(han) and common >= LEAST_COMMON * len(han)


def clean_text(text: str) -> str:
    """Drop what is not printed and the spaces beside Chinese; a wide gap or a tab stays one space.

    A wide gap divides things on one line (编制部门：…    单位：元); a narrow one is typesetting.
    """
    kept = RESIDUE.sub("", text)
    kept = "".join(char for char in kept if char.isspace() or category(char) not in DROPPED)
    return SPACES.sub(_close_space, LETTER_SPACED.sub(r"\1", kept.strip()))


def _close_space(gap: re.Match[str]) -> str:
    spaces, around = gap.group(), gap.string
    before, after = around[gap.start() - 1], around[gap.end()]
    width = len(spaces) + spaces.count(IDEOGRAPHIC_SPACE)
    if ("\t" in spaces or width >= WIDE_GAP) and before not in NO_GAP_AFTER:
        return " "
    return "" if BESIDE_CJK.search(before + after) else " "


def join_title(lines: list[str]) -> list[str]:
    """Join a cover title that is wrapped over the first lines, where the first cannot end one."""
    top = next((at for at, line in enumerate(lines) if clean_text(line)), len(lines))
    for end in range(top + 2, min(top + TITLE_LINES, len(lines)) + 1):
        head = [clean_text(line) for line in lines[top : end - 1]]
        if not all(UNFINISHED.search(line) for line in head):
            break
        if TITLE_TAIL.match(tail := clean_text(lines[end - 1])):
            return ["".join([*head, tail]), *lines[end:]]
    return lines


def lines_to_pieces(lines: Iterable[str]) -> Iterator[Piece]:
    """Turn lines into paragraphs and grids; empty lines divide grids and are dropped."""
    rows = [(line, line_to_cells(line)) for line in lines]
    for count, group in groupby(rows, key=lambda row: len(row[1])):
        run = list(group)
        if count > 1 and len(run) > 1 and any(sum(map(bool, cells)) > 1 for _, cells in run):
            yield rows_to_grid([cells for _, cells in run])
            continue
        yield from loose_lines_to_pieces([line for line, _ in run])


def loose_lines_to_pieces(lines: Iterable[str]) -> Iterator[Piece]:
    """Turn lines without marks between cells into paragraphs, and those in columns into grids."""
    for spaced, group in groupby(lines, key=lambda line: len(line_to_parts(line)) > 1):
        run = list(group)
        grid = lines_to_grid(run) if spaced else None
        if grid:
            yield grid
            continue
        for line in run:
            if text := clean_text(line):
                yield Paragraph(segments=(Segment(page=None, text=text),))


def line_to_cells(line: str) -> tuple[str, ...]:
    """Split a line at tabs or upright bars; no cells for running text and for numbered lists."""
    bare = line.strip(" \r\n" + IDEOGRAPHIC_SPACE)
    bare = bare[1:-1].strip(" ") if bare[:1] in BARS and bare[-1:] in BARS else bare
    cells = tuple(clean_text(cell) for cell in CELL_MARK.split(bare))
    return () if len(cells) == 1 or LIST_NUMBER.fullmatch(cells[0]) else cells


def rows_to_grid(rows: Sequence[tuple[str, ...]]) -> Grid:
    """Make a grid of rows with equally many cells."""
    cells = (
        GridCell(row=row, column=column, text=text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Grid(page=None, cells=tuple(cells))
