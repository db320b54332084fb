"""Kill a process that changes a library, again and again, and see that the library is whole.

    python -m scripts.soak [--kills 500] [--seed N]

A child process adds, replaces and removes reports and is killed (SIGKILL) at a random moment. After
each kill the library is opened: it must answer as before the change that was cut short or as after
it, and hold nothing that no report uses. Prints how many kills fell before the commit and how many
after it.
"""

import argparse
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import NamedTuple

from corpus.pipeline import Parts
from index.checks.leftovers import SNAPSHOTS
from index.checks.whole import check_whole
from index.database import ORIGINALS
from index.engines.opening import open_store
from index.engines.protocols import Database
from index.library import Library
from index.originals import MARK, Originals
from index.store import Store, passage_key
from index.wordings.table import report_to_wordings
from scripts.toy_library import FINANCE, open_toys, read_toy, write_toy

TITLES = "甲乙丙丁戊"
LINES = 12  # more than are encoded at once
NUMBER = 4  # bytes of a change's number
TOLD_EVERY = 50
PATIENCE = 60.0  # seconds for a child to begin
State = dict[str, Path]  # of each report that is there by its title, its file
ORPHANS = {
    table: f"SELECT count(*) FROM {table} WHERE report NOT IN (SELECT id FROM reports)"  # noqa: S608
    for table in ("facts", "passages", "wordings", "readings")
} | {"corrected": "SELECT count(*) FROM corrected WHERE fact NOT IN (SELECT seq FROM facts)"}
LOOSE = (
    "SELECT key FROM vectors WHERE key NOT IN"
    " (SELECT key FROM passages UNION SELECT key FROM wordings)"
)


class Broken(Exception):
    """A library that a kill left otherwise than before or after."""


class Change(NamedTuple):
    """A report that comes, in the place of another where there is one of its title, or goes."""

    title: str
    file: Path | None


def change_at(number: int, state: State, files: Path, seed: int) -> Change:
    """Return the change of this number: by the seed and what is there, so that it is done again."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - chance, not a secret
    title = chance.choice(TITLES)
    if title in state and chance.random() < 0.5:
        return Change(title, None)
    lines = (
        f"{place}车{number}号{chance.choice('车会水电')}{number}万元" for place in range(LINES)
    )
    head = f"{FINANCE}|2024|决算|{title}"
    return Change(title, write_toy(files / f"{number}.txt", head, *lines))


def after(state: State, change: Change) -> State:
    """Return what is there after a change."""
    rest = {title: file for title, file in state.items() if title != change.title}
    return rest if change.file is None else rest | {change.title: change.file}


def work(folder: Path, files: Path, seed: int, number: int, state: State) -> None:
    """Change the library without end, each number written down before its change begins."""
    with open_toys(folder) as library, (files / "begun").open("ab", buffering=0) as begun:
        while True:
            change = change_at(number, state, files, seed)
            begun.write(number.to_bytes(NUMBER))
            make(library, change)
            state = after(state, change)
            number += 1


def make(library: Library, change: Change) -> None:
    """Make a change."""
    if change.file:
        library.add([change.file])
    else:
        (report,) = (one.id for one in library.reports() if one.title == change.title)
        library.remove(report)


class Soak:
    """A library that is changed and killed; `number` is the change that comes next."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder / "library"
        self._files = folder / "files"
        self._files.mkdir()
        self._seed = seed
        self._chance = random.Random(seed)  # noqa: S311 - chance, not a secret
        self._context = context()
        self._pace = 0.05  # seconds that a change takes, as last seen
        self.number = 0
        self.state: State = {}

    def kill_once(self) -> str:
        """Kill a child in the middle of its work; return where the kill fell: 提交前 or 提交后.

        Raises `Broken` where the library is not whole after that.
        """
        begun = self._files / "begun"
        begun.write_bytes(b"")
        child = self._context.Process(
            target=work,
            args=(self._folder, self._files, self._seed, self.number, self.state),
        )
        child.start()
        first = wait_for(begun, changes=1)
        if some := self._chance.randrange(3):
            self._pace = (wait_for(begun, changes=1 + some) - first) / some
        time.sleep(self._chance.uniform(0, 1.2 * self._pace))
        child.kill()
        child.join()
        return self._settle(int.from_bytes(begun.read_bytes()[-NUMBER:]))

    def _settle(self, last: int) -> str:
        """Find out which of the two whole states is there, and go on from it."""
        while self.number < last:
            self._go_on()
        before = self.state
        change = change_at(last, before, self._files, self._seed)
        with open_toys(self._folder) as library:
            held = {report.title: report.id for report in library.reports()}
            states = {"提交前": before, "提交后": after(before, change)}
            fits = [name for name, state in states.items() if held == ids(state)]
            if not fits:
                raise Broken(f"{last}: {held}")
            check_answers(library, states[fits[0]])
        check_orphans(self._folder, change)
        if fits[0] == "提交后":
            self._go_on()
        return fits[0]

    def _go_on(self) -> None:
        self.state = after(self.state, change_at(self.number, self.state, self._files, self._seed))
        self.number += 1


def context() -> ForkServerContext:
    """Return what starts children at once: a server that has loaded all that they need."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["scripts.toy_library", "index.search", "index.wordings.table"])
    return made


def wait_for(begun: Path, *, changes: int) -> float:
    """Wait until so many changes have begun; return when that was."""
    end = time.monotonic() + PATIENCE
    while begun.stat().st_size < changes * NUMBER:
        if time.monotonic() > end:
            raise Broken(f"no change has begun in {PATIENCE:.0f} seconds")
        time.sleep(0.001)
    return time.monotonic()


def ids(state: State) -> dict[str, str]:
    """Return the id of each report by its title."""
    return {title: read_toy(file).report.id for title, file in state.items()}


def check_answers(library: Library, state: State) -> None:
    """Hold all that a library answers against the files of a state."""
    expected = {title: read_toy(file) for title, file in state.items()}
    told = sorted(fact.id for fact in library.facts.find())
    if told != sorted(fact.id for parts in expected.values() for fact in parts.facts):
        raise Broken("facts")
    for title, parts in expected.items():
        if library.passages(parts.report.id) != parts.passages:
            raise Broken(f"passages of {title}")
        if library.original(parts.report.id) != state[title].read_bytes():
            raise Broken(f"original of {title}")
        found = library.search("车", k=LINES, reports=[parts.report.id])
        if {hit.passage.id for hit in found} != {one.id for one in parts.passages}:
            raise Broken(f"search of {title}")
        library.wordings(library.read_questions(["车"])[0], [parts.report.id])


def check_orphans(folder: Path, change: Change) -> None:
    """Hold what a library keeps against its reports; what was encoded of a change may wait."""
    store = open_store(folder)
    try:
        found = [*orphan_rows(store.database), *orphan_files(store, folder)]
        if check_whole(store, Originals(folder / ORIGINALS)).lost:
            found.append("original lost")
        loose = {row["key"] for row in store.database.read(LOOSE)}
    finally:
        store.database.close()
    if found or not loose <= encoded(change):
        raise Broken(f"{found}, {len(loose)} vectors without use")


def orphan_rows(database: Database) -> Iterator[str]:
    """Yield the tables with rows that belong to no report."""
    for table, statement in ORPHANS.items():
        if database.read(statement)[0][0]:
            yield table


def orphan_files(store: Store, folder: Path) -> Iterator[str]:
    """Yield the files that belong to no report."""
    reports = {report.id for report in store.reports()}
    yield from (path.name for path in (folder / "files").glob(f"*{MARK}"))
    kept = {path.name for path in (folder / "files").glob("*") if path.suffix != MARK}
    yield from kept ^ reports
    yield from (path.name for path in folder.glob(SNAPSHOTS))


def encoded(change: Change) -> set[str]:
    """Return the keys of what is encoded for a change."""
    if change.file is None:
        return set()
    parts: Parts = read_toy(change.file)
    texts = [one.text for one in parts.passages]
    texts += [one.text for one in report_to_wordings(parts.report, parts.facts)]
    return {passage_key("toy", text) for text in texts}


def soak(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many times; return how many kills fell before the commit, and how many after it."""
    one = Soak(folder, seed)
    counts: Counter[str] = Counter()
    for done in range(1, kills + 1):
        counts[one.kill_once()] += 1
        if done % TOLD_EVERY == 0:
            print(f"{done} 次，都完好", flush=True)
    return counts


def main() -> None:
    """Read the command line and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    options = parser.parse_args()
    print(f"种子 {options.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts = soak(Path(folder), options.kills, options.seed)
    said = "，".join(f"{name} {count} 次" for name, count in sorted(counts.items()))
    print(
        f"杀了 {options.kills} 次（{said}），每次都完好，用了 {time.monotonic() - started:.0f} 秒"
    )


if __name__ == "__main__":
    main()
