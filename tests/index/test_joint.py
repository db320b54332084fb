"""Scoring pairs: each piece is read once, pairs are padded apart, and their order is kept."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder import batches, joint_scorer
from index.encoder.joint_scorer import LONGEST_PIECE, JointScorer, joined

Floats = NDArray[np.float32]
LONG = ("问多少", "查数 决算", "三公经费")
SHORT = ("问", "查数")


class Reader:
    """Reads a text as the number of its letters, once for each; keeps what it was asked for."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def states(self, texts: Sequence[str], longest: int) -> list[Floats]:
        assert longest == LONGEST_PIECE
        self.read += texts
        return [np.full((len(text), 2), len(text), np.float32) for text in texts]


def weigh(states: Floats, segments: NDArray[np.int64], mask: Floats) -> Floats:
    """Score a pair by its letters, each counted as often as its place tells."""
    letters = np.zeros(mask.shape, np.float32)
    letters[mask == 1] = states[:, 0]
    counted: Floats = (letters * (segments + 1)).sum(1).astype(np.float32)
    return counted


def test_pairs_are_scored_in_their_order_and_pieces_read_once() -> None:
    reader = Reader()
    scorer = JointScorer(reader.states, weigh)
    found = scorer.scores([LONG, SHORT, LONG])
    assert found.dtype == np.float32
    # A letter of a piece of three letters weighs 3, in the third place thrice, and so on.
    assert found.tolist() == [3 * 3 + 5 * 5 * 2 + 4 * 4 * 3, 1 + 2 * 2 * 2, 107]
    assert sorted(reader.read) == sorted({*LONG, *SHORT})
    assert scorer.scores([SHORT]).tolist() == [9]
    assert len(reader.read) == 5


def test_pieces_beyond_those_that_are_kept_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joint_scorer, "KEPT", 2)
    reader = Reader()
    scorer = JointScorer(reader.states, weigh)
    scorer.scores([("一", "二二")])
    scorer.scores([("一", "三三三")])
    assert reader.read == ["一", "二二", "三三三"]
    scorer.scores([("一", "二二")])
    assert reader.read == ["一", "二二", "三三三", "二二"]


def test_many_pairs_are_read_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "TOKENS", 8)
    sizes: list[int] = []

    def count(states: Floats, segments: NDArray[np.int64], mask: Floats) -> Floats:
        sizes.append(len(mask))
        return weigh(states, segments, mask)

    scorer = JointScorer(Reader().states, count)
    assert scorer.scores([("一" * size, "二") for size in (5, 1, 3)]).tolist() == [27, 3, 11]
    assert sizes == [2, 1]


def test_no_pair_has_no_score() -> None:
    assert JointScorer(Reader().states, weigh).scores([]).shape == (0,)


def test_joined_pieces_stand_one_after_the_other() -> None:
    one = np.ones((1, 3), np.float32)
    states, segments, mask = joined([[np.repeat(one, 2, 0), 2 * one], [3 * one]])
    assert states[:, 0].tolist() == [1, 1, 2, 3]
    assert segments.tolist() == [[0, 0, 1], [0, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_pieces_beyond_the_last_place_share_it() -> None:
    one = np.ones((1, 3), np.float32)
    assert joined([[one] * 7])[1].tolist() == [[0, 1, 2, 3, 4, 4, 4]]
