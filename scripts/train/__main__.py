"""Make the learned reader again from the written questions, and print what it reached.

    python -m scripts.train [--epochs 4]

Every other world tunes the encoder (`index/encoder/adapter.safetensors`); on the others, which it
has not seen, the ranking is fitted and its thresholds are chosen (`bot/understanding/*.json`).
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.desk import Desk
from index.encoder.adapter import FILE, write_adapter
from index.encoder.default_model import default_model
from index.encoder.encoder import SentenceEncoder
from index.library import Library
from scripts.train import ranking
from scripts.train.encoder import to_adapter, train
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
    """Return the worlds that the encoder learns from, and those that the ranking is fitted on."""
    pairs = list(worlds.items())
    return dict(pairs[::2]), dict(pairs[1::2])


def world_rows(name: str, world: World, models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of features of a world, its reports read into a library of their own."""
    with TemporaryDirectory() as folder:
        files = world_to_files(world, Path(folder) / "reports")
        encoder = SentenceEncoder(models=models)
        with Library.open(Path(folder) / "library", encoder=lambda: encoder) as library:
            library.add(files)
            yield from ranking.world_to_rows(name, world, Desk(library))


def sample_rows(models: Path) -> Iterator[ranking.Row]:
    """Yield the rows of features of plain questions over the sample reports."""
    with TemporaryDirectory() as folder:
        encoder = SentenceEncoder(models=models)
        with Library.open(Path(folder), encoder=lambda: encoder) as library:
            library.add(sorted(SAMPLES.iterdir()))
            yield from sampled_rows(Desk(library))


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune, collect, fit; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    chosen = parser.parse_args(arguments)
    learned, fitted = halves(read_worlds(WORLDS))
    with TemporaryDirectory() as made:
        base = default_model(Path(made), name="base", adapter={})
        _, upper = train(
            [world_to_examples(world) for world in learned.values()], base, epochs=chosen.epochs
        )
        write_adapter(to_adapter(upper, base), ADAPTER)
        rows = Path(made) / "rows.jsonl"
        with rows.open("w", encoding="utf-8") as file:
            for name, world in fitted.items():
                others = [one for key, one in fitted.items() if key != name][:OTHERS]
                plain = plain_questions(world, others, seed=len(name))
                asked = world.model_copy(update={"questions": (*world.questions, *plain)})
                for row in world_rows(name, asked, Path(made) / "tuned"):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                print(f"{name}: {len(world.questions)}", flush=True)
            for row in sample_rows(Path(made) / "tuned"):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        ranking.main([str(rows), "--out", str(MODELS / "ranking.json")])
        ranking.main([str(rows), "--out", str(MODELS / "rules.json"), "--rules"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
