"""Slips of the pen in the words that ask, and dialect for them: 多小, 几多, 有木有. No names."""

import re
from functools import cache

from bot.parsing.grammar import load_cues


def mend_slips(text: str) -> str:
    """Return a message with the words that ask written as they are meant."""
    for meant, slip in _slips():
        text = slip.sub(meant, text)
    return text


@cache
def _slips() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (meant, re.compile("|".join(patterns))) for meant, patterns in load_cues().slips.items()
    )
