"""Slips of the pen in the words that ask, and dialect for them: 多小, 几多, 有木有. No names."""

import re
from collections.abc import Iterator
from functools import cache

from bot.parsing.grammar import load_cues
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary

PATTERNS = patterns("questions.spelling")
JOINED, OTHER_SIDE = PATTERNS["joined"], PATTERNS["other_side"]
SIDES = {"收入": "支出", "支出": "收入"}
SHORTEST = 2  # characters of what tells a name from another, and of what both share


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


def with_whole_names(text: str, vocabulary: Vocabulary) -> str:
    """Return a message whose joined names each stand whole: 城市加农村低保 names two things."""
    for mention in reversed(vocabulary.mentions(text, asked=True)):
        before = JOINED.search(text, 0, mention.start)
        if before is None:
            continue
        end = before.end("head")
        tail = next(_shared(before["head"], mention.words, vocabulary), "")
        text = text[:end] + tail + text[end:]
    return text


def with_both_sides(text: str, vocabulary: Vocabulary) -> str:
    """Return a message whose two sides are of one budget: 一般公共预算支出比收入多多少."""
    for mention in reversed(vocabulary.mentions(text, asked=True)):
        joined = OTHER_SIDE.match(text, mention.end)
        whole = other_side(mention.words, joined["side"], vocabulary) if joined else ""
        if joined and whole:
            text = text[: joined.start("side")] + whole + text[joined.end("side") :]
    return text


def other_side(words: str, side: str, vocabulary: Vocabulary) -> str:
    """Return what 收入 is beside 一般公共预算支出, its income; "" where there is none."""
    head = words.removesuffix(SIDES[side])
    whole = head + side
    return whole if head not in ("", words) and vocabulary.term_of(whole) else ""


def _shared(head: str, name: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the ends of a name with which what stands before it is a name of its own."""
    for start in range(len(head) - SHORTEST + 1):
        own = head[start:]
        if _is_name(own, vocabulary):
            return
        for cut in range(1, len(name) - SHORTEST + 1):
            if _is_name(own + name[cut:], vocabulary):
                yield name[cut:]


def _is_name(words: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.mentions(words, asked=True)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(words))
