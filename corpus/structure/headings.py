"""Headings by their numbering: 第一部分, 一、, （一）, 1., （1）, and by their wording.

Real reports number wrongly (二、 then 3、 then 六、; （一） then （2）), so a heading takes the
level of the open list whose next number it is, and only then the level that its style usually has.
"""

import re
from collections.abc import Sequence
from typing import Literal

from corpus.entities.numbers import parse_number
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
HAN = "一二三四五六七八九十"
COLON = re.compile(r"[：:]\s*")
NUMBERING: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{HAN}]+)(?:部分|章|节)[、：:\s]*")),
    ("han", re.compile(rf"([{HAN}]{{1,3}})[、．.]\s*")),
    ("han_paren", re.compile(rf"[（(]([{HAN}]{{1,3}})[）)][、．.]?\s*")),
    ("arabic", re.compile(r"(\d{1,2})(?:[、．]|\.(?!\d))\s*")),
    ("arabic_paren", re.compile(r"[（(](\d{1,2})[）)][、．.]?\s*")),
)
BRACKETED: frozenset[Style] = frozenset({"han_paren", "arabic_paren"})
LONGEST_HEADING = 45
HEADING_ENDS = re.compile(
    r"(?:职能|职责|机构设置|名词解释|说明|概况|情况|决算表|预算表|构成|目标|措施|计划|公开|草案)$"
)
# The title of a whole report stands before "一、" too and heads nothing in particular.
WHOLE_DOCUMENT = re.compile(r"报告|决算|预算|自评|公开|说明$|表$|单位[：:]")
SHORTEST_TITLE = 3
LONGEST_CLOSED = 14  # of a heading that ends in a full stop
TWO_HEADINGS = re.compile(
    rf"([（(]?[{HAN}]{{1,3}}[）)、][^。]{{2,40}}。)\s*(\d{{1,2}}[．.、][^。，；]{{2,20}}。?)$"
)
# "（一）某某项目。全年预算数…": the first words of a paragraph that head the account of a project.
RUN_IN = re.compile(
    r"(?P<name>[^，。；：、\d]{3,30}?(?:项目|专项|工程|专项经费|专项资金))"
    r"(?:绩效)?(?:自评)?(?:情况)?(?:综述|结果)?[。：]"
)
NO_PROJECT = re.compile(
    r"重点|主要|部分|各|其他|下列|上述|评价|评审|部门|整体|支出|基本|管理|以|对|由|的"
)
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
    return not re.search(r"[。；！？：]|，.*，", words) and not re.search(r"\d万?元|\d%", words)


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
