"""Running text in plain form, character for character: the widths that a typist left to chance.

Full-width digits become half-width, half-width marks that end a clause full-width, and note marks
between a figure and its unit go. What is said stays what it is, and where it stands.
"""

import re

from corpus.entities.units import UNIT_PATTERN
from corpus.lexicon.grammar import patterns, piece

BRACKETS = str.maketrans("()", "（）")  # (款) and （款） are printed for （款）
DIGITS = str.maketrans("０１２３４５６７８９％", "0123456789%")
POINT = re.compile(r"(?<=\d)．(?=\d)")
# A comma between groups of three digits goes on a number; any other divides.
GROUPED = re.compile(r"(?<![\d.,，])\d{1,3}(?:[,，]\d{3})+(?![\d])")
WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
BETWEEN_LATIN = re.compile(r"[0-9A-Za-z/]")
PATTERNS = patterns("structure.plain_marks")
FULL_STOP = PATTERNS["full_stop"]
NOTE = piece("plain_note_mark")
NOTE_MARKS = (
    re.compile(rf"(?<=[\d%]){NOTE}(?={UNIT_PATTERN}|[，。；：、）]|$)"),
    # Behind a word or a unit only what can be nothing else.
    re.compile(r"(?<=[\u4e00-\u9fff）”])(?:[¹²³⁴-⁹]{1,2}|[\[［]\d{1,2}[\]］]|[*＊※]{1,3})"),
)


def plain_text(text: str) -> str:
    """Return a text without white space in plain form, one character for one."""
    plain = POINT.sub(".", text.translate(BRACKETS).translate(DIGITS))
    grouped = [match.span() for match in GROUPED.finditer(plain)]
    chars = list(plain)
    for at, char in enumerate(plain):
        inside = any(start <= at < end for start, end in grouped)
        if inside and char == "，":
            chars[at] = ","
        elif char in WIDE and not inside:
            chars[at] = wide_mark(plain, at)
    return FULL_STOP.sub("。", "".join(chars))


def wide_mark(text: str, at: int) -> str:
    """Return a half-width mark as it divides clauses; between Latin letters it stays (12:30)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    latin = BETWEEN_LATIN.match(before) and BETWEEN_LATIN.match(after)
    return text[at] if latin and text[at] not in ",;" else WIDE[text[at]]


def note_mark_places(text: str) -> frozenset[int]:
    """Return the places of the characters that only point to a note."""
    return frozenset(
        place
        for pattern in NOTE_MARKS
        for match in pattern.finditer(text)
        for place in range(match.start(), match.end())
    )


def without_notes(text: str) -> str:
    """Return a text without what only points to a note: 2936.48①万元 is read out as 2936.48万元."""
    marks = note_mark_places(text)
    return "".join(char for at, char in enumerate(text) if at not in marks)
