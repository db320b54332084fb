"""The pieces of a message: what stands between the words that join or relate two things.

One vector of a whole message is near the one thing that it is mostly about. What else it speaks of,
the other side of a share or the next item of a list, is found by the vectors of its pieces.
"""

import re
from functools import cache
from importlib import resources

from bot.understanding.features import content
from corpus.lexicon.data_files import read_toml

MOST = 6
SHORTEST = 2  # characters of a piece that names something


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
