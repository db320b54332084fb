"""The hybrid search: scores mixed as worked by hand, and the filter before the search."""

from pathlib import Path

import numpy as np
import pytest

from index.search import mix, z_scores
from scripts.toy_library import CULTURE, FINANCE, open_toys, write_toy


def test_z_scores_have_mean_zero_and_spread_one() -> None:
    """1 and 3 lie one standard deviation below and above their mean of 2."""
    assert list(z_scores(np.array([1.0, 3.0]))) == pytest.approx([-1.0, 1.0])


def test_scores_that_are_all_alike_say_nothing() -> None:
    assert list(z_scores(np.array([0.5, 0.5]))) == [0.0, 0.0]


def test_meaning_counts_seven_parts_and_wording_three() -> None:
    mixed = mix(np.array([1, 3], np.float32), np.array([5.0, 1.0]))
    assert list(mixed) == pytest.approx([-0.7 + 0.3, 0.7 - 0.3])


def test_the_best_passage_comes_first_with_its_score(tmp_path: Path) -> None:
    """Two passages: both lists agree, so the scores are 0.7 + 0.3 and its negative."""
    with open_toys(tmp_path / "library") as library:
        library.add([write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "会议会议", "车辆")])
        hits = library.search("车")
        assert [hit.passage.text for hit in hits] == ["车辆", "会议会议"]
        assert [hit.score for hit in hits] == pytest.approx([1.0, -1.0])


def test_reports_outside_the_filter_push_nothing_out(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        first = write_toy(
            tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", *["车"] * 1, "车车", "车车车"
        )
        other = write_toy(tmp_path / "b.txt", f"{CULTURE}|2024|决算|乙", "水", "会")
        _, added = library.add([first, other])
        hits = library.search("车", k=1, reports=[added.report.id])
        assert [hit.passage.report for hit in hits] == [added.report.id]


def test_more_are_asked_for_than_there_are(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车", "水")])
        assert len(library.search("车", k=50)) == 2
        assert library.search("车", reports=["none"]) == ()
        assert library.search("  ") == ()


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        assert library.search("车") == ()
