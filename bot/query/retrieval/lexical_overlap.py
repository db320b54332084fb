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
    pieces = words.split()
    total = sum(len(piece) for piece in pieces)
    if not total:
        return 1.0
    pairs = pairs_of(text)
    hit = 0
    for piece in pieces:
        if len(piece) == 1:
            hit += piece in pairs
            continue
        covered = [False] * len(piece)
        for at in range(len(piece) - 1):
            if piece[at : at + 2] in pairs:
                covered[at] = covered[at + 1] = True
        hit += sum(covered)
    return hit / total


def missing(words: str, text: str) -> tuple[str, ...]:
    """Return the pairs of `words` of which a text has neither character."""
    pairs = pairs_of(text)
    return tuple(
        piece[at : at + 2]
        for piece in words.split()
        for at in range(len(piece) - 1)
        if piece[at] not in pairs and piece[at + 1] not in pairs
    )
