"""How much of the words of a question stands in a text, by pairs of characters."""

from functools import lru_cache


@lru_cache(maxsize=8192)
def pairs_of(text: str) -> frozenset[str]:
    """Return the character pairs of a folded text, and its single characters."""
    return frozenset({text[at : at + 2] for at in range(len(text) - 1)} | set(text))


def coverage(words: str, text: str) -> float:
    """Return the share of the characters of `words` that stand in `text` as part of a pair.

    Pieces are divided by spaces; a piece of one character counts when the character is there.
    """
    total, pieces = _pieces_of(words)
    if not total:
        return 1.0
    pairs = pairs_of(text)
    hit = 0
    for piece in pieces:
        first = 1 if len(piece[0]) == 1 else 2  # a pair right after another adds one character
        after = False
        for pair in piece:
            stands = pair in pairs
            hit += stands * (1 if after else first)
            after = stands
    return hit / total


@lru_cache(maxsize=8192)
def _pieces_of(words: str) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Return how many characters the pieces of words have, and the pairs of each piece in order."""
    pieces = words.split()
    pairs = (tuple(p[at : at + 2] for at in range(max(1, len(p) - 1))) for p in pieces)
    return sum(map(len, pieces)), tuple(pairs)


def missing(words: str, text: str) -> tuple[str, ...]:
    """Return the pairs of `words` of which a text has neither character."""
    pairs = pairs_of(text)
    return tuple(
        piece[at : at + 2]
        for piece in words.split()
        for at in range(len(piece) - 1)
        if piece[at] not in pairs and piece[at + 1] not in pairs
    )


def without_shared(words: str, name: str) -> str:
    """Return words without what they have in common with a name, from two characters on."""
    for length in range(len(name), 1, -1):
        for start in range(len(name) - length + 1):
            words = words.replace(name[start : start + length], "")
    return words
