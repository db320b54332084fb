"""How well candidates answer a question, both read together: the pieces, their states, the pairs.

The states of a piece do not hang on its company, so they are kept. What reads a piece, and what
reads a pair, is given: see `index.encoder.onnx_runtime`.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.encoder.batches import batches
from index.encoder.onnx_network import SEGMENTS

LONGEST_PIECE = 48  # tokens of a piece that are read
KEPT = 4000  # pieces whose states are kept, some 20 kB each

Floats = NDArray[np.float32]
Segments = NDArray[np.int64]


class JointScorer:
    """Scores candidates for a question; safe to use from several threads.

    `read` gives the states of the tokens of texts, up to a length; `score` the scores of pairs, of
    their states (rows, width) and, padded, of their segments and their mask (pairs, tokens).
    """

    def __init__(
        self,
        read: Callable[[Sequence[str], int], Sequence[Floats]],
        score: Callable[[Floats, Segments, Floats], Floats],
    ) -> None:
        self._read = read
        self._score = score
        self._states: OrderedDict[str, Floats] = OrderedDict()
        self._lock = Lock()

    def scores(self, pairs: Sequence[Sequence[str]]) -> Floats:
        """Return the score of each pair, 0 being as good as no answer: float32, (pairs,).

        A pair is the question and the pieces of what a candidate says. Those of like length are
        read together.
        """
        with self._lock:
            self._learn({piece for pair in pairs for piece in pair})
            read = [[self._states[piece] for piece in pair] for pair in pairs]
            lengths = [sum(map(len, pieces)) for pieces in read]
            found = np.empty(len(pairs), np.float32)
            for chosen in batches(lengths):
                found[chosen] = self._score(*joined([read[at] for at in chosen]))
            self._forget()
        return found

    def _learn(self, pieces: set[str]) -> None:
        for piece in pieces & self._states.keys():
            self._states.move_to_end(piece)
        new = sorted(pieces - self._states.keys())
        self._states.update(zip(new, self._read(new, LONGEST_PIECE), strict=True))

    def _forget(self) -> None:
        while len(self._states) > KEPT:
            self._states.popitem(last=False)


def joined(pieces: Sequence[Sequence[Floats]]) -> tuple[Floats, Segments, Floats]:
    """Return the states of pairs one after the other, and their segments and their mask, padded."""
    segments, mask = laid_out([list(map(len, pair)) for pair in pieces])
    return np.concatenate([piece for pair in pieces for piece in pair]), segments, mask


def laid_out(lengths: Sequence[Sequence[int]]) -> tuple[Segments, Floats]:
    """Return the segments and the mask of pairs, padded, by the lengths of their pieces."""
    longest = max(map(sum, lengths))
    segments = np.zeros((len(lengths), longest), np.int64)
    mask = np.zeros((len(lengths), longest), np.float32)
    for at, own in enumerate(lengths):
        numbers = np.minimum(np.arange(len(own)), SEGMENTS - 1)
        segments[at, : sum(own)] = np.repeat(numbers, own)
        mask[at, : sum(own)] = 1
    return segments, mask
