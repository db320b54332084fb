"""Vectors in a file of Milvus Lite beside a library in its folder: found alike, none left over."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.hits import Hit
from index.library import Library
from scripts.engine_servers import engines_of
from scripts.terminal import ROOT
from scripts.toy_library import CULTURE, FINANCE, open_toys, write_toy

# Whoever opens the file next: nothing is said but what is asked.
ASKING = """
import sys
from pathlib import Path
from scripts.engine_servers import engines_of
from scripts.toy_library import open_toys
folder = Path(sys.argv[1])
engines = engines_of({"WENSHU_VECTORS": str(folder / "next.db")})
with open_toys(folder / "ours", engines=engines) as library:
    print(len(library.search("车会", k=9)))
"""
USED = "SELECT key FROM passages UNION SELECT key FROM wordings"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    """Two files of one report, and one of another."""
    return (
        write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元", "会会车", "水电"),
        write_toy(tmp_path / "b.txt", f"{FINANCE}|2024|决算|甲", "车2万元", "会会会", "水电"),
        write_toy(tmp_path / "c.txt", f"{CULTURE}|2024|决算|乙", "电车3万元"),
    )


def found(library: Library) -> list[tuple[str, float]]:
    hits: tuple[Hit, ...] = library.search("车会", k=9)
    return [(hit.passage.text, round(hit.score, 4)) for hit in hits]


def keys(library: Library) -> set[str]:
    return {row["key"] for row in library._store.database.read(USED)}


def test_vectors_in_a_file_are_found_alike_and_none_is_left_over(
    tmp_path: Path, files: tuple[Path, ...]
) -> None:
    for name in ("pymilvus", "milvus_lite"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install wenshu[engines]")
    engines = engines_of({"WENSHU_VECTORS": str(tmp_path / "vectors.db")})
    every: set[str] = set()
    with (
        open_toys(tmp_path / "ours", engines=engines) as ours,
        open_toys(tmp_path / "theirs") as theirs,
    ):
        for file in files:
            for library in (ours, theirs):
                library.add([file])
            assert found(ours) == found(theirs) != []
            every |= keys(ours)
        (last,) = (report.id for report in ours.reports() if report.name == "c.txt")
        ours.remove(last)
        ours.add([files[0]])
        every |= keys(ours)
        ours.add([files[2]])  # what an earlier change left of no use goes with the next addition
        assert ours._store.vectors.read(sorted(every)).keys() == keys(ours) < every
    # One process holds the file until its end: the next one is given a copy.
    shutil.copytree(tmp_path / "vectors.db", tmp_path / "next.db")
    told = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", ASKING, str(tmp_path)], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (told.stdout, told.stderr) == ("4\n", "")
