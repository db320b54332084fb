"""The vector index: cosines of the keys asked for, read when they are asked for."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

import index.passages
from corpus.model.errors import BadIndex
from index.passages import VectorIndex

ROWS = {"甲": [1, 0], "乙": [0, 1], "丙": [0.6, 0.8], "丁": [1, 0, 0]}


class Reader:
    """Reads vectors from `ROWS` and keeps which were asked for."""

    def __init__(self) -> None:
        self.read: list[Sequence[str]] = []

    def __call__(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        self.read.append(keys)
        return {key: np.array(ROWS[key], "<f4").tobytes() for key in keys if key in ROWS}


UP = np.array([0, 1], np.float32)


def test_cosines_come_in_the_order_of_the_keys_asked_for() -> None:
    reader = Reader()
    vectors = VectorIndex(reader)
    assert list(vectors.cosines(UP, ["丙", "甲", "丙"])) == pytest.approx([0.8, 0.0, 0.8])
    assert list(vectors.cosines(UP, ["乙", "丙"])) == pytest.approx([1.0, 0.8])
    assert reader.read == [["丙", "甲"], ["乙"]], "each is read once"


def test_no_keys_give_no_cosines() -> None:
    vectors = VectorIndex(Reader())
    assert list(vectors.cosines(UP, [])) == []
    vectors.cosines(UP, ["甲"])
    assert list(vectors.cosines(UP, [])) == []


def test_beyond_the_most_that_are_kept_those_asked_for_are_read_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index.passages, "MOST_KEPT", 2)
    reader = Reader()
    vectors = VectorIndex(reader)
    for key, cosine in (("甲", 0.0), ("乙", 1.0), ("丙", 0.8), ("甲", 0.0)):
        assert list(vectors.cosines(UP, [key, "乙"])) == pytest.approx([cosine, 1.0])
    assert reader.read == [["甲", "乙"], ["丙", "乙"], ["甲", "乙"]]


@pytest.mark.parametrize(("key", "said"), [("戊", "缺少向量"), ("丁", "长短不一")])
def test_a_vector_that_is_missing_or_of_another_length_is_told(key: str, said: str) -> None:
    vectors = VectorIndex(Reader())
    vectors.cosines(UP, ["甲"])
    with pytest.raises(BadIndex, match=said):
        vectors.cosines(UP, ["乙", key])
    assert list(vectors.cosines(UP, ["甲", "乙"])) == pytest.approx([0.0, 1.0])


def test_a_question_of_another_dimension_is_refused() -> None:
    with pytest.raises(BadIndex, match="2 维"):
        VectorIndex(Reader()).cosines(np.array([1, 0, 0], np.float32), ["甲"])
