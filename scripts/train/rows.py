"""The rows of candidates of worlds, made on all cores and kept in files."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assistant import Assistant
from index.encoder.encoder import SentenceEncoder
from index.library import Library
from scripts.train import ranking
from scripts.train.plain import plain_questions
from scripts.train.worlds import World, world_to_files

OTHERS = 4  # worlds whose items a world is asked for in vain


def world_rows(name: str, world: World, models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of features of a world, its reports read into a library of their own."""
    with TemporaryDirectory() as folder:
        files = world_to_files(world, Path(folder) / "reports")
        loaded = SentenceEncoder(models=models)
        with Library.open(Path(folder) / "library", encoder=lambda: loaded) as library:
            library.add(files)
            yield from ranking.world_to_rows(name, world, Assistant(library))


def collect(name: str, worlds: Mapping[str, World], models: Path, made: Path) -> str:
    """Write the rows of a world, with plain questions beside those that people wrote."""
    if not made.exists():
        world = worlds[name]
        others = [one for key, one in worlds.items() if key != name][:OTHERS]
        plain = plain_questions(world, others, seed=len(name))
        asked = world.model_copy(update={"questions": (*world.questions, *plain)})
        rows = world_rows(name, asked, models)
        half = made.with_suffix(".half")
        half.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
        half.replace(made)
    return name


def collect_all(
    names: Sequence[str], worlds: Mapping[str, World], models: Path, folder: Path
) -> list[ranking.Row]:
    """Return the rows of some worlds, made on all cores, a thread for each."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["OMP_NUM_THREADS"] = "1"  # read by what the children start
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(collect, n, worlds, models, folder / f"{n}.jsonl") for n in names]
        for job in jobs:
            print(f"rows: {job.result()}", flush=True)
    lines = (line for n in names for line in (folder / f"{n}.jsonl").open(encoding="utf-8"))
    return [json.loads(line) for line in lines]
