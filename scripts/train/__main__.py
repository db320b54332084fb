"""Make the learned reader again from the written questions, and print what it reached.

    python -m scripts.train [--work FOLDER] [--epochs 4] [--joint-epochs 2]
    python -m scripts.train --voices [--work FOLDER]

One part of the worlds (`data/parts.toml`) tunes the encoder (`index/encoder/adapter.safetensors`);
the candidates of all are then made with it: two parts train the joint scorer (`scorer.safetensors`
beside it), and on the last, which neither has seen, the ranking is fitted and its thresholds are
chosen (`bot/understanding/*.json`). At last the joint scorer goes on with the questions of fresh
voices over real reports (`scripts.train.voices`), where those reports are there; `--voices` does
this alone, from the scorer that is shipped. What the folder of `--work` has is not made again.
"""

import argparse
import sys
import tomllib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.understanding.ranking import load_ranking
from index.encoder.adapter import FILE, SCORER, load_tensors, write_adapter
from index.encoder.default_model import default_model
from index.encoder.encoder import DEFAULT
from index.encoder.joint import Joint
from scripts.train import encoder, ranking, scorer
from scripts.train.examples import world_to_examples
from scripts.train.mixed import libraries
from scripts.train.rows import collect_all, read_rows
from scripts.train.voices import collect_voices, read_sets
from scripts.train.worlds import World, read_world

ROOT = Path(__file__).parents[2]
WORLDS = Path(__file__).parent / "data" / "worlds"
PARTS = WORLDS.parent / "parts.toml"
NAMES = ("encoder", "scorer", "ranking")
VOICE_EPOCHS = 3
TUNED = "tuned"  # the folder of the model with the adapter that was made
ADAPTER = ROOT / "index" / "encoder" / FILE
MODELS = ROOT / "bot" / "understanding"


def read_worlds(folder: Path) -> dict[str, World]:
    """Read the worlds of a folder by their names, in order."""
    return {path.stem: read_world(path) for path in sorted(folder.glob("*.json"))}


def read_parts(worlds: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return the names of the worlds of each part; ValueError where one is in none or in two."""
    parts = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    named = [name for part in NAMES for name in parts[part]]
    if sorted(named) != sorted(worlds):
        wrong = sorted({*named} ^ {*worlds}) or sorted({n for n in named if named.count(n) > 1})
        raise ValueError(f"{PARTS.name}: {', '.join(wrong)}")
    return tuple(tuple(parts[part]) for part in NAMES)


def tune(worlds: Iterable[World], work: Path, *, epochs: int) -> None:
    """Tune the encoder and write its adapter, then with the model so made the head of it."""
    examples = [world_to_examples(world) for world in worlds]
    base = default_model(work, name="base", adapter={})
    _, upper = encoder.train(examples, base, epochs=epochs)
    adapter = encoder.to_adapter(upper, base)
    made = default_model(work / "half", name=DEFAULT, adapter=adapter)
    write_adapter(adapter | encoder.fit_head(examples, made), ADAPTER)
    made.parent.rename(work / TUNED)


def choices_of(rows: Iterable[ranking.Row]) -> list[scorer.Choices]:
    """Return the questions that teach the joint scorer, their candidates likeliest first."""
    ranks = load_ranking("shortlist")
    made = [scorer.rows_to_choices(own) for own in ranking.by_chance(rows, ranks)]
    return [one for one in made if one.teaches]


def make(work: Path, *, epochs: int, joint_epochs: int) -> None:
    """Make everything that is learned; `work` keeps the encoder and the rows of candidates.

    The joint scorer reads texts and none of the encoder's scores, so that it learns from what the
    encoder has seen as well. The ranking is fitted on worlds that neither has seen.
    """
    worlds = read_worlds(WORLDS)
    taught, scored, fitted = read_parts(worlds)
    tuned = work / TUNED
    if not tuned.is_dir():
        tune((worlds[name] for name in taught), work, epochs=epochs)
    mixed = libraries(fitted, worlds)
    files = collect_all((*taught, *scored, *fitted), mixed, worlds, tuned, work / "rows")
    seen, unseen = files[: len(taught) + len(scored)], files[len(taught) + len(scored) :]
    rows = list(read_rows(unseen))
    asked = ranking.write_shortlist(rows, MODELS / "shortlist.json")
    load_ranking.cache_clear()
    states, joint = scorer.begin(tuned / DEFAULT)
    scorer.teach(states, joint, choices_of(read_rows(seen)), epochs=joint_epochs)
    scores = scorer.scores_of(states, joint, [scorer.rows_to_choices(own) for own in asked])
    judged = [
        row
        for own, found in zip(asked, scores, strict=True)
        for row in ranking.judged(own[: len(found)], found)
    ]
    ranking.write_rules(ranking.rules_alone(rows), MODELS / "rules.json")
    ranking.write_ranking(judged, MODELS)
    go_on(states, joint, tuned, work)


def go_on(states: scorer.States, joint: Joint, models: Path, work: Path) -> None:
    """Teach a joint scorer the questions of fresh voices and write it.

    The ranking stays as it was fitted: the rows of these questions are few, and on sets apart trees
    fitted to them put no more right answers first.
    """
    voices = collect_voices(read_sets(), models, work / "voices")
    asked = choices_of(read_rows(voices))
    scorer.teach(states, joint, asked, epochs=VOICE_EPOCHS, rates=scorer.FURTHER)
    write_adapter(scorer.to_tensors(joint, states), ADAPTER.with_name(SCORER))


def go_on_from_shipped(work: Path) -> None:
    """Teach the joint scorer that is shipped the questions of fresh voices."""
    folder = default_model(work / TUNED, name=DEFAULT)
    states, joint = scorer.begin(folder, taught=load_tensors(SCORER))
    go_on(states, joint, folder.parent, work)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the reader; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__)
    parser.add_argument("--work", type=Path, help="where what is made on the way is kept")
    parser.add_argument("--epochs", type=int, default=4, help="of the encoder")
    parser.add_argument("--joint-epochs", type=int, default=2, help="of the joint scorer")
    parser.add_argument("--voices", action="store_true", help="only the questions of fresh voices")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as made:
        work = chosen.work or Path(made)
        if chosen.voices:
            go_on_from_shipped(work)
            return 0
        make(work, epochs=chosen.epochs, joint_epochs=chosen.joint_epochs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
