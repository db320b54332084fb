"""Make the learned reader again from the written questions, and print what it reached.

    python -m scripts.train [--work FOLDER] [--epochs 4] [--joint-epochs 2]

A third of the worlds tunes the encoder (`index/encoder/adapter.safetensors`); the candidates of the
others are then made with it: half of these train the joint scorer (`scorer.safetensors` beside it),
and on the rest, which neither has seen, the ranking is fitted and its thresholds are chosen
(`bot/understanding/*.json`). What stands in the folder of `--work` is not made again.
"""

import argparse
import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.desk import Desk
from index.encoder.adapter import FILE, SCORER, write_adapter
from index.encoder.default_model import default_model
from index.encoder.encoder import DEFAULT, SentenceEncoder
from index.library import Library
from scripts.train import encoder, ranking, scorer
from scripts.train.examples import world_to_examples
from scripts.train.plain import plain_questions
from scripts.train.worlds import World, read_world, world_to_files

ROOT = Path(__file__).parents[2]
WORLDS = Path(__file__).parent / "data" / "worlds"
PARTS = 3  # of the worlds: for the encoder, the joint scorer and the ranking
TUNED = "tuned"  # the folder of the model with the adapter that was made
OTHERS = 4  # worlds whose items a world is asked for in vain
ADAPTER = ROOT / "index" / "encoder" / FILE
MODELS = ROOT / "bot" / "understanding"


def read_worlds(folder: Path) -> dict[str, World]:
    """Read the worlds of a folder by their names, in order."""
    return {path.stem: read_world(path) for path in sorted(folder.glob("*.json"))}


def parts_of(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the names of each part of the worlds, in turn by their order."""
    ordered = sorted(names)
    return tuple(tuple(ordered[at::PARTS]) for at in range(PARTS))


def world_rows(name: str, world: World, models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of features of a world, its reports read into a library of their own."""
    with TemporaryDirectory() as folder:
        files = world_to_files(world, Path(folder) / "reports")
        loaded = SentenceEncoder(models=models)
        with Library.open(Path(folder) / "library", encoder=lambda: loaded) as library:
            library.add(files)
            yield from ranking.world_to_rows(name, world, Desk(library))


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


def tune(worlds: Iterable[World], work: Path, *, epochs: int) -> None:
    """Tune the encoder and write its adapter, then with the model so made the head of it."""
    examples = [world_to_examples(world) for world in worlds]
    base = default_model(work, name="base", adapter={})
    _, upper = encoder.train(examples, base, epochs=epochs)
    adapter = encoder.to_adapter(upper, base)
    made = default_model(work / "half", name=DEFAULT, adapter=adapter)
    write_adapter(adapter | encoder.fit_head(examples, made), ADAPTER)
    made.parent.rename(work / TUNED)


def judge(
    asked: Sequence[Sequence[ranking.Row]], fitted: Collection[str], model: Path, *, epochs: int
) -> list[ranking.Row]:
    """Train the joint scorer on some worlds, write it; return the rows of the others, judged."""
    choices = [scorer.rows_to_choices(own) for own in asked]
    held = [str(own[0]["world"]) in fitted for own in asked]
    taught = [
        one
        for one, own, out in zip(choices, asked, held, strict=True)
        if not out and (one.teaches or own[0]["unanswerable"])
    ]
    states, joint = scorer.train(taught, model, epochs=epochs)
    write_adapter(scorer.to_tensors(joint, states), ADAPTER.with_name(SCORER))
    left = [at for at, out in enumerate(held) if out]
    scores = scorer.scores_of(states, joint, [choices[at] for at in left])
    return [
        row
        for at, own in zip(left, scores, strict=True)
        for row in ranking.judged(asked[at][: len(own)], own)
    ]


def make(work: Path, *, epochs: int, joint_epochs: int) -> None:
    """Make everything that is learned; `work` keeps the encoder and the rows of candidates."""
    worlds = read_worlds(WORLDS)
    taught, scored, fitted = parts_of(worlds)
    tuned = work / TUNED
    if not tuned.is_dir():
        tune((worlds[name] for name in taught), work, epochs=epochs)
    rows = collect_all((*scored, *fitted), worlds, tuned, work / "rows")
    asked = ranking.write_shortlist(rows, MODELS / "shortlist.json")
    judged = judge(asked, fitted, tuned / DEFAULT, epochs=joint_epochs)
    of_fitted = [row for row in rows if row["world"] in fitted]
    ranking.write_ranking(ranking.rules_alone(of_fitted), MODELS / "rules.json")
    ranking.write_ranking(judged, MODELS / "ranking.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the reader; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__)
    parser.add_argument("--work", type=Path, help="where what is made on the way is kept")
    parser.add_argument("--epochs", type=int, default=4, help="of the encoder")
    parser.add_argument("--joint-epochs", type=int, default=2, help="of the joint scorer")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as made:
        work = chosen.work or Path(made)
        make(work, epochs=chosen.epochs, joint_epochs=chosen.joint_epochs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
