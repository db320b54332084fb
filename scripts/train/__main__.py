"""Make the learned reader again from the written questions, and print what it reached.

    python -m scripts.train [--epochs 4]

Every other world tunes the encoder (`index/encoder/adapter.safetensors`); these and half of the
others train the joint scorer (`scorer.safetensors` beside it); on the rest, which neither has seen,
the ranking is fitted and its thresholds are chosen (`bot/understanding/*.json`).
"""

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from scripts.train.sampled import sampled_rows
from scripts.train.worlds import World, read_world, world_to_files

ROOT = Path(__file__).parents[2]
WORLDS = Path(__file__).parent / "data" / "worlds"
OTHERS = 4  # worlds whose items a world is asked for in vain
SAMPLES = ROOT / "corpus" / "reports"
ADAPTER = ROOT / "index" / "encoder" / FILE
MODELS = ROOT / "bot" / "understanding"


def read_worlds(folder: Path) -> dict[str, World]:
    """Read the worlds of a folder by their names, in order."""
    return {path.stem: read_world(path) for path in sorted(folder.glob("*.json"))}


def halves(worlds: Mapping[str, World]) -> tuple[dict[str, World], dict[str, World]]:
    """Return every other world, and the others."""
    pairs = list(worlds.items())
    return dict(pairs[::2]), dict(pairs[1::2])


def world_rows(name: str, world: World, models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of features of a world, its reports read into a library of their own."""
    with TemporaryDirectory() as folder:
        files = world_to_files(world, Path(folder) / "reports")
        loaded = SentenceEncoder(models=models)
        with Library.open(Path(folder) / "library", encoder=lambda: loaded) as library:
            library.add(files)
            yield from ranking.world_to_rows(name, world, Desk(library))


def sample_rows(models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of features of plain questions over the sample reports."""
    with TemporaryDirectory() as folder:
        loaded = SentenceEncoder(models=models)
        with Library.open(Path(folder), encoder=lambda: loaded) as library:
            library.add(sorted(SAMPLES.iterdir()))
            yield from sampled_rows(Desk(library))


def collect(worlds: Mapping[str, World], models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of some worlds, each with plain questions beside those that people wrote."""
    for name, world in worlds.items():
        others = [one for key, one in worlds.items() if key != name][:OTHERS]
        plain = plain_questions(world, others, seed=len(name))
        asked = world.model_copy(update={"questions": (*world.questions, *plain)})
        yield from world_rows(name, asked, models)
        print(f"{name}: {len(world.questions)}", flush=True)


def tune(worlds: Iterable[World], base: Path, *, epochs: int) -> None:
    """Tune the encoder and write its adapter."""
    examples = [world_to_examples(world) for world in worlds]
    _, upper = encoder.train(examples, base, epochs=epochs)
    write_adapter(encoder.to_adapter(upper, base), ADAPTER)


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune, collect, train, fit; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__)
    parser.add_argument("--epochs", type=int, default=4, help="of the encoder")
    parser.add_argument("--joint-epochs", type=int, default=2, help="of the joint scorer")
    chosen = parser.parse_args(arguments)
    worlds = read_worlds(WORLDS)
    taught, held = halves(worlds)
    _, fitted = halves(held)
    with TemporaryDirectory() as made:
        base = default_model(Path(made), name="base", adapter={})
        tune(taught.values(), base, epochs=chosen.epochs)
        tuned = Path(made) / "tuned"
        rows = list(collect(worlds, tuned))
        samples = list(sample_rows(tuned))
        asked = ranking.write_shortlist([*rows, *samples], MODELS / "shortlist.json")
        held_out = {*fitted, *(str(row["world"]) for row in samples)}
        judged = judge(
            asked, held_out, default_model(tuned, name=DEFAULT), epochs=chosen.joint_epochs
        )
    ranking.write_ranking(ranking.rules_alone([*rows, *samples]), MODELS / "rules.json")
    ranking.write_ranking(judged, MODELS / "ranking.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
