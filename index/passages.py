"""The vectors of passages and their inner products: the only module that imports faiss.

Rows are unit vectors, so that the inner product is the cosine. What a row stands for is known to
the caller.
"""

from pathlib import Path
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.model.errors import BadIndex

Vectors = NDArray[np.float32]
Places = NDArray[np.int64]


class VectorIndex:
    """An exact index of unit vectors, frozen once made."""

    def __init__(self, vectors: Vectors) -> None:
        if vectors.ndim != 2:
            raise ValueError(f"vectors are rows, not an array of {vectors.ndim} dimensions")
        self._flat = faiss.IndexFlatIP(vectors.shape[1])
        self._flat.add(np.ascontiguousarray(vectors, np.float32))

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Load a snapshot; raise `BadIndex` where it is damaged or of another kind."""
        try:
            read = faiss.read_index(str(path))
        except RuntimeError as error:
            raise BadIndex(f"向量快照读不了：{path.name}。") from error
        if not isinstance(read, faiss.IndexFlatIP):
            raise BadIndex(f"向量快照不是预期的种类：{path.name}。")
        made = cls.__new__(cls)
        made._flat = read
        return made

    def save(self, path: Path) -> None:
        """Write the index beside `path` and rename it: a file that is there is whole."""
        unfinished = path.with_suffix(".unfinished")
        try:
            faiss.write_index(self._flat, str(unfinished))
        except RuntimeError as error:
            unfinished.unlink(missing_ok=True)
            raise BadIndex(f"向量快照写不进去（{path}）：请检查磁盘空间和权限。") from error
        unfinished.replace(path)

    def cosines(self, question: Vectors, rows: Places) -> NDArray[np.float32]:
        """Return the cosine of a unit vector with each of `rows`, in the order of `rows`.

        The rows are selected before the search, so that no row outside them can push one out.
        """
        if question.shape != (self._flat.d,):
            raise BadIndex(
                f"问题的向量有 {question.shape} 维，索引是 {self._flat.d} 维：请改回原来的模型。"
            )
        if not len(rows):  # faiss refuses to look for nothing
            return np.empty(0, np.float32)
        parameters = faiss.SearchParameters()
        selector = faiss.IDSelectorBatch(rows)  # named, for faiss does not keep it alive
        parameters.sel = selector
        found, at = self._flat.search(question[np.newaxis], len(rows), params=parameters)
        known = at[0] >= 0  # faiss pads with row -1 where it finds fewer than it was asked for
        cosines = np.zeros(len(self), np.float32)
        cosines[at[0][known]] = found[0][known]
        return cosines[rows]
