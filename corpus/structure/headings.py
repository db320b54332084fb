"""Headings by their numbering: 第一部分, 一、, （一）, 1., （1）, and by their wording.

Real reports number wrongly (二、 then 3、 then 六、; （一） then （2）), so a heading takes the
level of the open list whose next number it is, and only then the level that its style usually has.
"""

import re
from collections.abc import Sequence
from typing import Literal

from corpus.entities.quantities import parse_number
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun

Style = Literal["part", "han", "han_paren", "arabic", "arabic_paren", "words", "style"]

RANK: dict[Style, int] = {
    "part": 1,
    "words": 1,
    "han": 2,
    "han_paren": 3,
    "arabic": 4,
    "arabic_paren": 5,
}
COLON = re.compile(r"[：:]\s*")
PATTERNS = patterns("structure.headings")
_STYLES: tuple[Style, ...] = ("part", "han", "han_paren", "arabic", "arabic_paren")
NUMBERING = tuple((style, PATTERNS[style]) for style in _STYLES)
BRACKETED: frozenset[Style] = frozenset({"han_paren", "arabic_paren"})
LONGEST_HEADING = 45
HEADING_ENDS = PATTERNS["heading_ends"]
WHOLE_DOCUMENT = PATTERNS["whole_document"]
SHORTEST_TITLE = 3
LONGEST_CLOSED = 14  # of a heading that ends in a full stop
TWO_HEADINGS = PATTERNS["two_headings"]
RUN_IN = PATTERNS["run_in"]
NO_PROJECT = PATTERNS["no_project"]
FIGURE = PATTERNS["figure"]
SENTENCE_MARKS = re.compile(r"[。；，：！？]")


class Numbered(Noun):
    """The numbering at the start of a paragraph; the words begin at `start`."""

    style: Style
    number: int
    start: int


class Level(Noun):
    """An open list on the way down to the present place: its style, its last number, its depth."""

    style: Style
    number: int
    depth: int


def text_to_numbering(text: str) -> Numbered | None:
    """Return the numbering that a paragraph starts with, if any."""
    for style, pattern in NUMBERING:
        if match := pattern.match(text):
            number = parse_number(match.group(1))
            if number is not None:
                return Numbered(style=style, number=int(number), start=match.end())
    return None


def is_heading(text: str, numbering: Numbered | None) -> bool:
    """Tell whether a paragraph is a heading by itself: short, and no sentence."""
    words = text[numbering.start :] if numbering else text
    if numbering is None:
        short = len(words) <= LONGEST_HEADING and not SENTENCE_MARKS.search(words)
        return short and bool(HEADING_ENDS.search(words))
    words = words.rstrip("。：: ")
    longest = LONGEST_HEADING + 20 * bool(HEADING_ENDS.search(words))
    if not words or len(words) > longest:
        return False
    if numbering.style == "part":
        return True
    if text.rstrip().endswith("。") and "，" in words and not HEADING_ENDS.search(words):
        return False  # an item of a list that is a whole sentence
    return not re.search(r"[。；！？：]|，.*，", words) and not FIGURE.search(words)


def run_in_title(text: str) -> str:
    """Return the project that a numbered paragraph opens with as its title, "" where it does not.

    What follows it, a table too, is of that project.
    """
    numbering = text_to_numbering(text)
    match = RUN_IN.match(text, numbering.start) if numbering else None
    if match is None or NO_PROJECT.search(match["name"]):
        return ""
    return text[: match.end("name")] if match.end() < len(text) else ""


def is_list_item(text: str, neighbours: Sequence[str]) -> bool:
    """Tell whether a short numbered paragraph is one item of a list and heads nothing.

    `neighbours` are the paragraphs before and after it: the number before or after its own stands
    there in the same style, at the beginning or behind a colon (具体包括：1.局本部). A paragraph
    worded as a heading is one all the same.
    """
    numbering = text_to_numbering(text)
    if numbering is None or numbering.style == "part":
        return False
    sentence = text.endswith("。") and len(text) - numbering.start > LONGEST_CLOSED
    if HEADING_ENDS.search(text.rstrip("。")) and not sentence:
        return False
    pieces = (piece for other in neighbours for piece in (other, COLON.split(other)[-1]))
    beside = [text_to_numbering(piece) for piece in pieces]
    return any(
        other and other.style == numbering.style and abs(other.number - numbering.number) == 1
        for other in beside
    )


def heads_a_list(text: str, following: str) -> bool:
    """Tell whether a short line without a number is the title of the "一、" right after it."""
    numbering = text_to_numbering(following)
    first = numbering is not None and numbering.style == "han" and numbering.number == 1
    short = len(text) <= LONGEST_HEADING and not SENTENCE_MARKS.search(text)
    return first and short and not WHOLE_DOCUMENT.search(text) and text_is_words(text)


def text_is_words(text: str) -> bool:
    """Tell whether a line has no number of its own and is more than a word or two."""
    return text_to_numbering(text) is None and len(text) > SHORTEST_TITLE


def split_headings(text: str) -> tuple[str, ...]:
    """Cut a line that holds two headings ("（一）职能职责。1．主要职能。") into the two."""
    match = TWO_HEADINGS.match(text)
    return (match.group(1), match.group(2)) if match else (text,)


def numbering_to_depth(numbering: Numbered, open_levels: tuple[Level, ...]) -> int:
    """Return the depth of a numbered heading, given the lists that are open above it.

    A list that waits for this very number wins, its own style first, then a style of the same
    family (brackets or none); else the depth that the style usually has, below what is open.
    """
    waiting = [level for level in open_levels if level.number + 1 == numbering.number]
    for level in reversed(waiting):
        if level.style == numbering.style:
            return level.depth
    family = numbering.style in BRACKETED
    for level in waiting:
        if level.style not in ("style", "words", "part") and (level.style in BRACKETED) == family:
            return level.depth
    for level in reversed(open_levels):
        if level.style == numbering.style:
            return level.depth
    return RANK[numbering.style]
