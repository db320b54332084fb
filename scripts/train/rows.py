"""The rows of candidates of worlds, made on all cores and kept in files."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from sys import intern
from tempfile import TemporaryDirectory

from bot.assistant import Assistant
from index.encoder.encoder import SentenceEncoder
from index.library import Library
from scripts.train import ranking
from scripts.train.mixed import NUMBERED, mixed_questions
from scripts.train.plain import plain_questions
from scripts.train.worlds import World, WorldQuestion, world_to_files

OTHERS = 4  # worlds whose items a world is asked for in vain


def rows_of(
    asked: Mapping[str, Sequence[tuple[World, WorldQuestion]]],
    worlds: Iterable[World],
    models: Path,
    *,
    first: int = 0,
) -> Iterator[ranking.Row]:
    """Yield the rows of questions, by the names of their worlds, over a library of some worlds."""
    with TemporaryDirectory() as folder, passing_library(models) as library:
        for at, world in enumerate(worlds):
            library.add(world_to_files(world, Path(folder) / str(at)))
        assistant = Assistant(library)
        for name, own in asked.items():
            yield from ranking.asked_to_rows(name, own, assistant, first=first)


@contextmanager
def passing_library(models: Path) -> Iterator[Library]:
    """Open a library that is gone afterwards, read by the default model of a folder."""
    with TemporaryDirectory() as folder:
        loaded = SentenceEncoder(models=models)
        with Library.open(Path(folder) / "library", encoder=lambda: loaded) as library:
            yield library


def collect_world(name: str, worlds: Mapping[str, World], models: Path, made: Path) -> str:
    """Write the rows of a world, with plain questions beside those that people wrote."""
    if not made.exists():
        world = worlds[name]
        others = [one for key, one in worlds.items() if key != name][:OTHERS]
        plain = plain_questions(world, others, seed=len(name))
        asked = {name: [(world, one) for one in (*world.questions, *plain)]}
        write_rows(rows_of(asked, [world], models), made)
    return name


def collect_mixed(
    names: Sequence[str], worlds: Mapping[str, World], models: Path, made: Path
) -> str:
    """Write the rows of several worlds in one library, whose questions name their bodies."""
    if not made.exists():
        asked = mixed_questions(names, worlds, seed=len(names[0]))
        own = (worlds[name] for name in names)
        write_rows(rows_of(asked, own, models, first=NUMBERED), made)
    return made.stem


def write_rows(rows: Iterable[ranking.Row], made: Path) -> None:
    """Write rows to a file that is there only when it is whole."""
    half = made.with_suffix(".half")
    with half.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    half.replace(made)


def read_rows(files: Iterable[Path]) -> Iterator[ranking.Row]:
    """Yield the rows of some files; the names of features are kept once for all rows."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line, object_pairs_hook=_shared)


def _shared(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {intern(name): value for name, value in pairs}


def collect_all(
    alone: Sequence[str],
    mixed: Sequence[Sequence[str]],
    worlds: Mapping[str, World],
    models: Path,
    folder: Path,
) -> tuple[Path, ...]:
    """Make the rows of worlds by themselves and of libraries of several; return their files.

    They are made on all cores, a thread for each; what stands in the folder is not made again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["OMP_NUM_THREADS"] = "1"  # read by what the children start
    files = [folder / f"{name}.jsonl" for name in alone]
    files_of_mixed = [folder / f"mixed-{own[0]}.jsonl" for own in mixed]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(collect_world, name, worlds, models, file)
            for name, file in zip(alone, files, strict=True)
        ]
        jobs += [
            pool.submit(collect_mixed, own, worlds, models, file)
            for own, file in zip(mixed, files_of_mixed, strict=True)
        ]
        for job in jobs:
            print(f"rows: {job.result()}", flush=True)
    return (*files, *files_of_mixed)
