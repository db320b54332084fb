"""A process killed in the middle of adding leaves the library as before, or as after."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.toy_library import CULTURE, FINANCE, open_toys, write_toy

KILLED = """
import os, signal, sys
from pathlib import Path
import index.library, index.store, index.originals
from scripts import toy_library

def die(*parts, **options):
    os.kill(os.getpid(), signal.SIGKILL)

folder, file, point = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
library = toy_library.open_toys(folder)
if point == "reading":
    library._read = die
elif point == "encoding":
    library._encoder.encode_passages = die
elif point == "the original":
    index.originals.shutil.copyfile = die
elif point == "writing rows":
    index.library.put_facts = die
elif point == "forgetting vectors":
    index.store.drop_loose_vectors = die
elif point == "before the commit":
    index.store.put_manifest = die
elif point == "after the commit":
    index.originals.Originals.unmark = die
library.add([file])
"""

BEFORE = ("reading", "encoding", "the original", "writing rows", "forgetting vectors")


@pytest.mark.parametrize("point", [*BEFORE, "before the commit", "after the commit"])
def test_killed_at_any_moment_the_library_answers(tmp_path: Path, point: str) -> None:
    old = write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元", "会")
    new = write_toy(tmp_path / "b.txt", f"{CULTURE}|2024|决算|乙", "水2万元", "电")
    with open_toys(tmp_path / "library") as library:
        library.add([old])
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", KILLED, str(tmp_path / "library"), str(new), point],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    names = ["b.txt", "a.txt"] if point == "after the commit" else ["a.txt"]
    with open_toys(tmp_path / "library") as library:
        assert [report.name for report in library.reports()] == names
        assert library.search("车", k=1)[0].passage.text == "车1万元"
        assert len(library.facts.find()) == len(names)
        library.add([new])
        assert [report.name for report in library.reports()] == ["b.txt", "a.txt"]
        assert library.search("水", k=1)[0].passage.text == "水2万元"
        assert library.original(library.reports()[0].id) == new.read_bytes()
    assert not list((tmp_path / "library").glob("*.unfinished"))
