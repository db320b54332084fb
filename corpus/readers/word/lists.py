"""The automatic numbering of a word processor's lists, as it is printed: "一、", "（2）", "1.3".

Plain data and counters; where a file format keeps its numbering is not known here.
"""

import re
from collections.abc import Sequence

from corpus.model.types import Noun

DIGITS = "零一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# The names are those of ST_NumberFormat in ECMA-376 part 1, 17.18.59.
CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    }
)
SILENT = frozenset({"bullet", "none"})
PLACE = re.compile(r"%([1-9])")
MOST_WORDED = 99


class ListLevel(Noun):
    """One level of a list: its number format, its text with %1 to %9 in it, its first number."""

    style: str
    text: str
    start: int = 1


class ListCounter:
    """The running numbers of one list, from its outermost level inwards."""

    def __init__(self, levels: Sequence[ListLevel]) -> None:
        self.levels = tuple(levels)
        self.numbers: list[int] = []

    def step(self, depth: int) -> str:
        """Count one more paragraph at a depth (0 is the outermost); return its printed number."""
        if depth >= len(self.levels) or self.levels[depth].style in SILENT:
            return ""
        fresh = [level.start for level in self.levels[len(self.numbers) : depth]]
        before = [*self.numbers, *fresh][:depth]
        last = self.numbers[depth] + 1 if depth < len(self.numbers) else self.levels[depth].start
        self.numbers = [*before, last]
        return PLACE.sub(self._printed, self.levels[depth].text)

    def _printed(self, place: re.Match[str]) -> str:
        depth = int(place.group(1)) - 1
        if depth >= len(self.numbers):
            return ""
        return number_to_text(self.numbers[depth], style=self.levels[depth].style)


def number_to_text(number: int, *, style: str) -> str:
    """Write a list number in a style; one that is not known, or too large for it, in digits."""
    if style in CHINESE and 0 < number <= MOST_WORDED:
        return number_to_chinese(number)
    if style == "ideographDigital":
        return "".join(DIGITS[int(digit)] for digit in str(number)).replace("零", "〇")
    if style == "decimalEnclosedCircle" and 0 < number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if style in {"lowerLetter", "upperLetter"} and 0 < number <= len("abcdefghijklmnopqrstuvwxyz"):
        return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
    return str(number)


def number_to_chinese(number: int) -> str:
    """Write 1 to 99 as counting words: 10 is 十, 12 is 十二, 30 is 三十."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return head + (DIGITS[ones] if ones else "")
