"""What the learned reader sees of a question: its words without body and year, and their pieces.

One vector of a whole message is near the one thing that it is mostly about. What else it speaks of,
the other side of a share or the next item of a list, is found by the vectors of its pieces.
"""

import re
from functools import cache
from importlib import resources

from bot.parsing.annotations import Marks, blanked
from bot.understanding.features import content
from corpus.lexicon.data_files import read_toml
from corpus.lexicon.grammar import patterns
from index.wordings.wording import YEAR

PATTERNS = patterns("questions.question_text")
OPENING = PATTERNS["opening"]
EMPTY = re.compile(r"[\s_]+")
MOST = 6  # pieces of a message
SHORTEST = 2  # characters of a piece that names something


def marks_to_wording(marks: Marks, gap: str = "") -> str:
    """Return the text of a message without the bodies, regions and years that slots have taken.

    上年 and 去年 stay: they say what a figure is compared with. `gap` stands where there was white
    space or a slot.
    """
    bodies = [(one.start, one.end) for one in marks.organisations]
    bodies += [(one.start, one.end) for one in marks.regions]
    years = [(one.start, one.end) for one in marks.years if one.offset is None]
    text = EMPTY.sub(gap, YEAR.sub("", blanked(marks.text, [*bodies, *years])))
    return OPENING.sub("", text) or text


def message_to_pieces(text: str) -> tuple[str, ...]:
    """Return what a message names between its joining words, in order; none where it is one."""
    found = (content(piece).replace(" ", "") for piece in _joints().split(text))
    pieces = tuple(dict.fromkeys(piece for piece in found if len(piece) >= SHORTEST))
    return pieces[:MOST] if len(pieces) > 1 else ()


@cache
def _joints() -> re.Pattern[str]:
    """Return the words and marks that part a message, the longest first."""
    words = read_toml(resources.files("bot.understanding").joinpath("pieces.toml"))["joints"]
    longest = sorted((word for group in words.values() for word in group), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))
