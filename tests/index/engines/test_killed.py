"""A report is whole or not there: while a process changes it, and when that is killed."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from index.library import Library
from scripts.engine_servers import engines_of
from scripts.terminal import ROOT
from scripts.toy_library import FINANCE, open_toys, write_toy

KILLS = 4
LINES = 30
# The two files are of one report: each takes the place of the other.
CHANGING = """
import os, sys
from pathlib import Path
from scripts.engine_servers import engines_of
from scripts.toy_library import open_toys
with open_toys(Path(sys.argv[1]), engines=engines_of(os.environ)) as library:
    while True:
        for file in sys.argv[2:]:
            (added,) = library.add([Path(file)])
            print(file, flush=True)
        library.remove(added.report.id)
"""


def check(library: Library) -> int:
    """Hold what is there against what may be; return how many reports there are."""
    held = library.reports()
    assert len(held) <= 1
    for report in held:
        assert library.counts(report.id) in ((LINES, LINES), (0, 0))
        assert len(library.facts.find(reports=[report.id])) in (LINES, 0)
    return len(held)


def check_at_rest(library: Library) -> None:
    """Hold what is there when nobody changes it: every passage and every fact of a report."""
    if check(library):
        (report,) = library.reports()
        assert library.counts(report.id) == (LINES, LINES)
        assert len(library.search("车", k=2 * LINES)) == LINES
        assert library.original(report.id)
    database = library._store.database
    assert len(database.read("SELECT 1 FROM facts")) in (LINES, 0)
    assert len(database.read("SELECT 1 FROM passages")) in (LINES, 0)


def test_a_report_is_whole_or_not_there(
    engine: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    env, folder = engine(), tmp_path / "library"
    engines = engines_of(env)
    files = [str(version(tmp_path, name)) for name in "一二"]
    chance = random.Random(7)  # noqa: S311 - chance, not a secret
    seen: set[int] = set()
    for _ in range(KILLS):
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", CHANGING, str(folder), *files],
            cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE,
        )  # fmt: skip
        with child, open_toys(folder, engines=engines) as library:
            try:
                assert child.stdout is not None
                child.stdout.readline()
                end = time.monotonic() + chance.uniform(0.1, 0.4)
                while time.monotonic() < end or (not seen and time.monotonic() < end + 20):
                    seen.add(check(library))
            finally:
                child.kill()
        with open_toys(folder, engines=engines) as library:
            check_at_rest(library)
    assert 1 in seen


def version(folder: Path, name: str) -> Path:
    """Write one of the files of the report that is changed."""
    lines = (f"车{name}会{line}号水{line}万元" for line in range(LINES))
    return write_toy(folder / f"{name}.txt", f"{FINANCE}|2024|决算|甲", *lines)
