"""Lines and paragraphs that stop in the middle of a sentence and go on in the next.

A text file that was wrapped at a width keeps its line breaks; typists break lines anywhere.
What begins anew (a number of a list, an indent) is never joined.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from corpus.model.types import Draft, Paragraph, Piece, Segment

ENDED = "。；：！？;:!?"
BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、．]|[（(]?\d{1,2}(?:[）)、．]|\.(?!\d))|[①-⑳•·●—-]"
    r"|第[一二三四五六七八九十]{1,3}(?:部分|[章节条])|[一二三四五六七八九十]是"
    r"|(?:注|单位|金额单位|附件|说明)[:：]"
)
# What cannot end a paragraph, with what must go on with it.
BROKEN = (
    (re.compile(r"(?:原因|因)$"), re.compile(r"[是为系]|在于|由于")),
    (re.compile(r"\d[万亿]?$"), re.compile(r"[万亿]?元|%|％|个百分点|[万亿]元")),
    (re.compile(r".{11,}[，、]$"), re.compile(r"[\u4e00-\u9fff“（《\d]")),
    (re.compile(r"[（(][^（）()]{0,40}$"), re.compile(r"[^（）()]{0,40}[）)]")),
)
# A row of a table, whose cells are set apart, was not wrapped.
ROW = re.compile(r"[|｜\t]|\S {2,}\S")
INDENT = re.compile(r"(?:\u3000|\t|  )")
NARROWEST, WIDEST = 40, 120  # of a line, in columns of half a Chinese character
RAGGED = 3  # columns that a full line may lack: a word or a mark did not fit
MOST_RAGGED = 0.3
LEAST_FULL = 3


def join_broken(draft: Draft) -> Draft:
    """Join the paragraphs of a draft that one sentence was broken over."""
    pieces: list[Piece] = []
    for piece in draft.pieces:
        last = pieces[-1] if pieces else None
        if isinstance(piece, Paragraph) and isinstance(last, Paragraph) and goes_on(last, piece):
            pieces[-1] = Paragraph(segments=joined(last.segments, piece.segments))
        else:
            pieces.append(piece)
    return draft.model_copy(update={"pieces": tuple(pieces)})


def goes_on(first: Paragraph, second: Paragraph) -> bool:
    """Tell whether a sentence that breaks off in one paragraph goes on in the next."""
    if first.heading or second.heading or BEGINS.match(second.text):
        return False
    text, after = first.text.rstrip(), second.text.lstrip()
    return any(end.search(text) and begin.match(after) for end, begin in BROKEN)


def joined(first: Sequence[Segment], second: Sequence[Segment]) -> tuple[Segment, ...]:
    """Put the parts of two paragraphs together, those of one page into one."""
    last, *rest = second
    if first[-1].page != last.page:
        return (*first, *second)
    whole = Segment(page=last.page, text=first[-1].text.rstrip() + last.text.lstrip())
    return (*first[:-1], whole, *rest)


def join_wrapped(lines: Iterable[str]) -> list[str]:
    """Undo the wraps of a text whose lines were broken at one width; others stay as they are."""
    kept = list(lines)
    width = wrap_width(kept)
    if width is None:
        return kept
    out: list[str] = []
    full = False
    for line in kept:
        if full and goes_on_below(line):
            out[-1] = out[-1].rstrip() + line.lstrip()
        else:
            out.append(line)
        text = line.rstrip()
        full = columns(text) >= width - RAGGED and text[-1:] not in ENDED and not ROW.search(text)
    return out


def goes_on_below(line: str) -> bool:
    """Tell whether a line may go on with the one above: no blank, indented or numbered one."""
    bare = line.strip()
    return bool(bare) and not (INDENT.match(line) or BEGINS.match(bare) or ROW.search(bare))


def wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width at which most long lines of a text end, None where they end anywhere."""
    prose = (line.rstrip() for line in lines if line.strip() and not ROW.search(line.strip()))
    widths = sorted(map(columns, prose))
    width = widths[-1] if widths else 0
    long = [each for each in widths if each > width // 2]
    full = [each for each in long if each >= width - RAGGED]
    if not NARROWEST <= width <= WIDEST or len(full) < LEAST_FULL:
        return None
    return width if len(full) >= MOST_RAGGED * len(long) else None


def columns(line: str) -> int:
    """Return how wide a line is: a Chinese character takes two columns."""
    return sum(1 + (east_asian_width(char) in "WFA") for char in line)
