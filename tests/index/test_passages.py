"""The vector index: cosines of selected rows, snapshots whole or refused."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus.model.errors import BadIndex
from index.passages import VectorIndex

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)


def test_cosines_come_in_the_order_of_the_rows_asked_for() -> None:
    cosines = VectorIndex(ROWS).cosines(np.array([0, 1], np.float32), np.array([2, 0]))
    assert list(cosines) == pytest.approx([0.8, 0.0])


def test_no_rows_give_no_cosines() -> None:
    found = VectorIndex(ROWS).cosines(np.array([0, 1], np.float32), np.array([], np.int64))
    assert list(found) == []


def test_a_snapshot_reads_back_as_it_was(tmp_path: Path) -> None:
    digest = VectorIndex(ROWS).save(tmp_path / "a.faiss")
    read = VectorIndex.load(tmp_path / "a.faiss", digest)
    assert len(read) == 3
    assert list(read.cosines(np.array([1, 0], np.float32), np.arange(3))) == pytest.approx(
        [1.0, 0.0, 0.6]
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.faiss"]


def test_a_snapshot_that_is_not_what_was_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.faiss"
    digest = VectorIndex(ROWS).save(path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BadIndex, match="写下时不同"):
            VectorIndex.load(path, digest)
    with pytest.raises(BadIndex, match="读不了"):
        VectorIndex.load(tmp_path / "missing.faiss", digest)


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.faiss").write_bytes(b"no index")
    with pytest.raises(BadIndex, match="读不了"):
        VectorIndex.load(tmp_path / "a.faiss", sha256(b"no index").hexdigest())


def test_a_question_of_another_dimension_is_refused() -> None:
    with pytest.raises(BadIndex, match="2 维"):
        VectorIndex(ROWS).cosines(np.array([1, 0, 0], np.float32), np.arange(3))
