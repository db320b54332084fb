"""Which texts are read in one run: of like length, and not too many."""

from collections.abc import Iterator, Sequence

TOKENS = 512  # that are read at once, the padding counted: more leave the caches of a core


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of texts that are read at once, by their lengths, the shortest first.

    The padding costs as much attention as a text of that length, a run some milliseconds beside.
    """
    chosen: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):
        length = lengths[at]
        too_long = chosen and length > lengths[chosen[0]] * 3 // 2 + 24
        if too_long or length * (len(chosen) + 1) > max(TOKENS, length):
            yield chosen
            chosen = []
        chosen.append(at)
    if chosen:
        yield chosen
