"""The vectors of passages and their inner products: the only module that imports faiss.

Rows are unit vectors, so that the inner product is the cosine. What a row stands for is known to
the caller.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.model.errors import BadIndex

Vectors = NDArray[np.float32]
Places = NDArray[np.int64]
UNREADABLE = "向量快照读不了：{name}。"
CHANGED = "向量快照与写下时不同：{name}。"
UNLIKE = "索引里的向量长短不一：请移除并重新添加报告。"


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
    def load(cls, path: Path, digest: str) -> Self:
        """Load a snapshot whose bytes have this SHA-256.

        Raises `BadIndex` where it is missing, is not what was written, or is of another kind.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BadIndex(UNREADABLE.format(name=path.name)) from error
        if sha256(content).hexdigest() != digest:
            raise BadIndex(CHANGED.format(name=path.name))
        try:
            read = faiss.deserialize_index(np.frombuffer(content, np.uint8))
        except RuntimeError as error:
            raise BadIndex(UNREADABLE.format(name=path.name)) from error
        if not isinstance(read, faiss.IndexFlatIP):
            raise BadIndex(f"向量快照不是预期的种类：{path.name}。")
        made = cls.__new__(cls)
        made._flat = read
        return made

    def save(self, path: Path) -> str:
        """Write the index beside `path` and rename it; return the SHA-256 of its bytes."""
        content = faiss.serialize_index(self._flat).tobytes()
        # Whoever makes a lost one again holds no lock: each has a file of its own until the rename.
        unfinished = path.with_suffix(f".{os.getpid()}-{get_ident()}.unfinished")
        try:
            unfinished.write_bytes(content)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise BadIndex(f"向量快照写不进去（{path}）：请检查磁盘空间和权限。") from error
        unfinished.replace(path)
        return sha256(content).hexdigest()

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


def to_index(vectors: Sequence[bytes]) -> VectorIndex:
    """Stack vectors, bytes of float32 each, into an index."""
    try:
        return VectorIndex(np.stack([np.frombuffer(one, "<f4") for one in vectors]))
    except (ValueError, TypeError) as error:
        raise BadIndex(UNLIKE) from error
