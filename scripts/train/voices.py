"""What the questions of fresh voices over real reports teach, once their first run is told.

The sets stand in `tests/specs/fresh`. Most of the reports that they are asked of are not
shipped: they are looked for in the folders of `REPORTS`, and a set that misses one of its own is
passed over. A candidate is right where its answer would be marked right (`scripts.marks`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.answering.shown_figures import with_shown_figures
from bot.assistant import Assistant
from scripts.answer import memory_of
from scripts.evaluate import read_gold
from scripts.marks import Gold, answer_to_fault, to_list
from scripts.train.ranking import Row, considered_to_row
from scripts.train.rows import passing_library, write_rows

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests" / "specs" / "fresh"
SHARED = ROOT.parent / "shared"
REPORTS = (
    *(SHARED / name for name in ("reports", "reports_b", "reports_c", "reports_kinds")),
    ROOT / "corpus" / "reports",
)


def read_sets(folder: Path = SETS) -> dict[str, tuple[Gold, ...]]:
    """Read the sets of a folder by their names, in order."""
    return {path.stem: read_gold(path) for path in sorted(folder.glob("*.jsonl"))}


def reports_of(golds: Iterable[Gold], folders: Iterable[Path] = REPORTS) -> tuple[Path, ...]:
    """Return the files that a set is asked of; `FileNotFoundError` where one is not there."""
    there = {path.name: path for folder in folders if folder.is_dir() for path in folder.iterdir()}
    named = {name for gold in golds for doc in to_list(gold.doc) for name in doc.split(";")}
    if missing := named - there.keys():
        raise FileNotFoundError("、".join(sorted(missing)))
    return tuple(there[name] for name in sorted(named))


def golds_to_rows(name: str, golds: Sequence[Gold], assistant: Assistant) -> Iterator[Row]:
    """Yield a row for every candidate of the last message of each conversation of a set."""
    for place, gold in enumerate(golds):
        memory = memory_of(assistant, gold.turns[:-1])
        understood = assistant.consider(gold.turns[-1], memory)
        asked = understood.asked
        if asked is None:
            continue
        near = [one.fact for one in asked.near]
        none = "answered" not in to_list(gold.expect)
        for one in understood.considered:
            answer = with_shown_figures(one.answer, asked.facts, near)
            right = not answer_to_fault(gold, answer)
            row = considered_to_row(one, right, world=name, place=place, op=gold.kind)
            yield row | {"asked": understood.text, "unanswerable": none}


def collect_voices(
    sets: Mapping[str, Sequence[Gold]], models: Path, folder: Path
) -> tuple[Path, ...]:
    """Make the rows of sets whose reports are there; those that the folder has are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for name, golds in sets.items():
        file = folder / f"{name}.jsonl"
        try:
            reports = reports_of(golds)
        except FileNotFoundError as error:
            print(f"voices: {name} is passed over, it needs {error}", flush=True)
            continue
        if not file.exists():
            write_rows(rows_over(name, golds, reports, models), file)
            print(f"voices: {name}", flush=True)
        made.append(file)
    return tuple(made)


def rows_over(
    name: str, golds: Sequence[Gold], reports: Sequence[Path], models: Path
) -> Iterator[Row]:
    """Yield the rows of a set over a library of its reports."""
    with passing_library(models) as library:
        library.add(reports)
        yield from golds_to_rows(name, golds, Assistant(library))
