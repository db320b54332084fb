"""The vectors of texts and their inner products: the only module that imports faiss.

Vectors are of unit length, so that the inner product is the cosine. They are read when they are
first asked for: what is asked of a few reports costs those, however many there are.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.model.errors import BadIndex

Vectors = NDArray[np.float32]
UNLIKE = "索引里的向量长短不一：请移除并重新添加报告。"
VECTOR_MISSING = "索引里缺少向量：请移除并重新添加报告。"
MOST_KEPT = 200_000  # vectors in memory, where no more are asked for at once


class VectorIndex:
    """An exact index of unit vectors by their keys; what a key stands for never changes.

    `read` returns the vectors of keys as bytes of float32. Safe in many threads.
    """

    def __init__(self, read: Callable[[Sequence[str]], Mapping[str, bytes]]) -> None:
        self._read = read
        self._lock = Lock()
        self._places: dict[str, int] = {}
        self._flat: faiss.IndexFlatIP | None = None

    def cosines(self, question: Vectors, keys: Sequence[str]) -> Vectors:
        """Return the cosine of a unit vector with that of each key, in their order.

        The vectors are selected before the search, so that no other one can push one out.
        """
        with self._lock:
            if new := [key for key in dict.fromkeys(keys) if key not in self._places]:
                self._load(new, keys)
            if self._flat is None:
                return np.empty(0, np.float32)
            places = np.array([self._places[key] for key in keys], np.int64)
            return _cosines(self._flat, question, places)

    def _load(self, new: Sequence[str], keys: Sequence[str]) -> None:
        if len(self._places) + len(new) > MOST_KEPT:
            self._places, self._flat, new = {}, None, list(dict.fromkeys(keys))
        known = self._read(new)
        if len(known) < len(new):
            raise BadIndex(VECTOR_MISSING)
        try:
            rows = np.stack([np.frombuffer(known[key], "<f4") for key in new])
        except (ValueError, TypeError) as error:
            raise BadIndex(UNLIKE) from error
        flat = faiss.IndexFlatIP(rows.shape[1]) if self._flat is None else self._flat
        if rows.shape[1] != flat.d:
            raise BadIndex(UNLIKE)
        flat.add(rows)
        self._flat = flat
        self._places |= {key: place for place, key in enumerate(new, start=len(self._places))}


def _cosines(flat: faiss.IndexFlatIP, question: Vectors, places: NDArray[np.int64]) -> Vectors:
    if question.shape != (flat.d,):
        raise BadIndex(f"问题的向量有 {question.shape} 维，索引是 {flat.d} 维：请改回原来的模型。")
    if not len(places):  # faiss refuses to look for nothing
        return np.empty(0, np.float32)
    parameters = faiss.SearchParameters()
    selector = faiss.IDSelectorArray(places)  # named, for faiss does not keep it alive
    parameters.sel = selector
    found, at = flat.search(question[np.newaxis], len(places), params=parameters)
    known = at[0] >= 0  # faiss pads with row -1 where it finds fewer than it was asked for
    cosines = np.zeros(flat.ntotal, np.float32)
    cosines[at[0][known]] = found[0][known]
    chosen: Vectors = cosines[places]
    return chosen
