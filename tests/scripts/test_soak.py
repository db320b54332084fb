"""A short soak: whatever moment a process is killed at, the library is whole."""

from pathlib import Path

import pytest

from scripts.soak import Broken, Change, check_orphans, soak
from scripts.toy_library import FINANCE, open_toys, write_toy


def test_killed_fifteen_times_the_library_is_whole(tmp_path: Path) -> None:
    assert sum(soak(tmp_path, 15, seed=7).values()) == 15


def test_an_original_that_belongs_to_no_report_is_seen(tmp_path: Path) -> None:
    file = write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元")
    with open_toys(tmp_path / "library") as library:
        library.add([file])
    check_orphans(tmp_path / "library", Change("甲", None))
    (tmp_path / "library" / "files" / "0").mkdir()
    with pytest.raises(Broken, match=r"\['0'\], 0 vectors"):
        check_orphans(tmp_path / "library", Change("甲", None))
