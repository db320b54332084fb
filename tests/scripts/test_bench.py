"""The bench: its table, and what it takes turns with."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.engines.opening import Engines
from scripts.bench import FIGURE, Beside, answering, table
from scripts.bench_index import encoding, indexing, same_nearest
from scripts.bench_size import MEGABYTE, Place, memory
from scripts.toy_library import ToyEncoder, open_toys, write_toy


class Counter:
    """A clock that goes on by one second whenever it is looked at."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 1.0
        return self.seconds


class Slow(ToyEncoder):
    """An encoder that takes two seconds for a question."""

    def __init__(self, clock: Counter) -> None:
        super().__init__()
        self._clock = clock

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._clock.seconds += 2.0
        return super().encode_questions(texts)


def test_a_table_has_both_operands_and_their_ratio() -> None:
    rows = [
        Beside("甲", "乙", [0.030, 0.010, 0.020], [0.008, 0.010, 0.009]),
        Beside("丙", "丁", [1.5], [3.0, 1.0]),
    ]
    assert table(rows).splitlines() == [
        "| 量的是 | 毫秒 | 对照 | 毫秒 | 倍数 |",
        "|---|---|---|---|---|",
        "| 甲 | 20.0 | 乙 | 9.0 | 2.22 |",
        "| 丙 | 1500.0 | 丁 | 2000.0 | 0.75 |",
    ]


@pytest.mark.parametrize("repetitions", [1, 3])
def test_each_question_is_asked_beside_its_own_encoding(tmp_path: Path, repetitions: int) -> None:
    head = "青山市临江区财政局|2024|决算|临江区财政局2024年度部门决算"
    report = write_toy(tmp_path / "甲.txt", head, "公务用车购置费10万元", "会议费20万元")
    with open_toys(tmp_path / "library") as library:
        library.add([report], refuse=None)
    clock = Counter()
    made: list[Slow] = []

    def encoder() -> Slow:
        made.append(Slow(clock))
        return made[-1]

    asked = {FIGURE: ("临江区财政局2024年会议费多少", "2024年公务用车购置费多少")}
    figure, slowest = answering(tmp_path / "library", encoder, asked, repetitions, clock)
    assert figure == Beside(
        FIGURE, "编码同一句话", [1.0] * (2 * repetitions), [3.0] * (2 * repetitions)
    )
    assert slowest.own == [1.0]
    assert slowest.other == figure.own
    assert len(made) == repetitions


def test_both_encoders_are_given_the_same_batches() -> None:
    clock, own, other = Counter(), list[str](), list[str]()

    def slowly(texts: Sequence[str]) -> NDArray[np.float32]:
        clock.seconds += 2.0
        other.extend(texts)
        return np.zeros((len(texts), 1), np.float32)

    def at_once(texts: Sequence[str]) -> NDArray[np.float32]:
        own.extend(texts)
        return np.zeros((len(texts), 1), np.float32)

    row = encoding("甲", at_once, slowly, [["一", "二"], ["三"]], clock)
    assert (row.own, row.other, row.ratio) == ([1.0, 1.0], [3.0, 3.0], 1 / 3)
    assert own == other == ["一", "二", "三"]


def test_indexing_is_held_against_the_encoding_of_the_same_passages(tmp_path: Path) -> None:
    head = "青山市临江区财政局|2024|决算|临江区财政局2024年度部门决算"
    report = write_toy(tmp_path / "甲.txt", head, "公务用车购置费10万元", "会议费20万元")
    row, texts = indexing([report], ToyEncoder(), tmp_path / "library", Counter())
    assert (row.own, row.other) == ([1.0], [1.0])
    assert texts == [f"{head}\n公务用车购置费10万元\n会议费20万元"]


def test_the_nearest_passages_of_two_encoders_are_compared() -> None:
    toy = ToyEncoder()
    own = toy.encode_questions, toy.encode_passages

    def backwards(texts: Sequence[str]) -> NDArray[np.float32]:
        return toy.encode_passages(texts)[::-1]

    texts, asked = ["车车车", "会会会", "水水水"], ["车", "会"]
    assert same_nearest(own, own, asked, texts) == 2
    assert same_nearest(own, (own[0], backwards), asked, texts) == 1  # the one in the middle


def test_the_memory_of_a_library_is_not_that_of_who_asks(tmp_path: Path) -> None:
    held = np.ones(500 * MEGABYTE, np.int8)
    place = Place(tmp_path / "library", Engines())
    assert 30 < memory(place, tmp_path / "models", ()) < 400
    assert held.all()
