"""Make the ranking model: rows of features from the questions of worlds, then boosted trees.

    python -m scripts.train.ranking ROWS [ROWS ...] --out bot/understanding/ranking.json

A row is a candidate with its features and whether its answer is right. Folds are by world, so that
a probability is judged on bodies, reports and questions that its model has not seen; the thresholds
are the lowest at which no more than the given share of all questions is answered wrongly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from bot.assistant import Assistant
from bot.understanding.execution import Considered
from bot.understanding.features import without_reader
from bot.understanding.judging import (
    READ,
    Judged,
    blended,
    certainty_features,
    joint_features,
    told_by,
)
from bot.understanding.ranking import Ranking, Tree
from scripts.answer import memory_of
from scripts.train.judging import is_right
from scripts.train.worlds import World, WorldQuestion

FOLDS = 5


class Shape(NamedTuple):
    """How many trees there are, how deep, of how many rows a leaf, and how fast they learn."""

    trees: int
    depth: int
    leaf: int
    rate: float


# One row a question instead of ten, and other kinds of report than the worlds': flatter trees.
DEEP, FLAT = Shape(160, 6, 40, 0.08), Shape(200, 4, 150, 0.05)
# Of all questions, what may be answered wrongly with certainty.
SURE_WRONG = 0.01
# The certainty from which on an answer is given and its reading told, and that of a sentence. From
# .67 to .80 each wrong answer less costs two to four right ones on the sets of fresh voices, where
# one costs more trust than five; on the older sets only right ones stand between .67 and .75.
FAIR, TOLD = 0.69, 0.69
Row = dict[str, object]


def asked_to_rows(
    name: str, asked: Iterable[tuple[World, WorldQuestion]], assistant: Assistant, *, first: int = 0
) -> Iterator[Row]:
    """Yield a row for every candidate of questions, each judged by the world beside it.

    Their places are counted from `first` on.
    """
    for place, (world, question) in enumerate(asked, start=first):
        memory = memory_of(assistant, question.said[:-1])
        understood = assistant.consider(question.said[-1], memory)
        for one in understood.considered:
            right = is_right(world, question, one.answer, one.kind)
            if right is None:
                continue
            row = considered_to_row(one, right, world=name, place=place, op=question.op)
            yield row | {"asked": understood.text}


def considered_to_row(one: Considered, right: bool, *, world: str, place: int, op: str) -> Row:
    """Return a candidate with its features and whether it is right, as a row to learn from."""
    return {
        "world": world,
        "question": place,
        "op": op,
        "kind": one.kind,
        "status": one.answer.status,
        "right": right and one.answer.status != "not_found",
        "unanswerable": op in ("none", "clarify"),
        "features": {key: round(value, 5) for key, value in one.features.items()},
        "told": told_by(one.answer),
        "says": list(one.says),
        "text": one.answer.text[:80],
    }


def rules_alone(rows: Iterable[Row]) -> list[Row]:
    """Return the answers of the rules with what is known of them before anything is encoded."""
    return [
        row | {"features": without_reader(_features(row))}
        for row in rows
        if row["kind"] == "rules" and row["status"] == "answered"
    ]


def feature_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the names of all features, in order."""
    return tuple(sorted({name for row in rows for name in _features(row)}))


def _features(row: Row) -> Mapping[str, float]:
    return cast("Mapping[str, float]", row["features"])


def fit(
    rows: Sequence[Row], names: Sequence[str], shape: Shape = DEEP
) -> HistGradientBoostingClassifier:
    """Fit the trees to rows."""
    model = HistGradientBoostingClassifier(
        max_iter=shape.trees,
        max_depth=shape.depth,
        min_samples_leaf=shape.leaf,
        learning_rate=shape.rate,
        l2_regularization=1.0,
        max_features=0.4,
        random_state=1,
    )
    right = np.array([bool(row["right"]) for row in rows])

    model.fit(matrix(rows, names), right)
    return model


def matrix(rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    """Return the features of rows: float32, (rows, features)."""
    return np.array([[_features(row).get(name, 0.0) for name in names] for row in rows], np.float32)


def held_out(rows: Sequence[Row], names: Sequence[str], shape: Shape = DEEP) -> np.ndarray:
    """Return for each row a probability by trees that did not see its world."""
    groups = np.array([str(row["world"]) for row in rows])
    made = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        model = fit([rows[at] for at in train], names, shape)
        made[test] = model.predict_proba(matrix([rows[at] for at in test], names))[:, 1]
    return made


def questions(rows: Sequence[Row], chances: Iterable[float]) -> list[list[Row]]:
    """Return the candidates of each question, the likeliest by what is cheap to know first."""
    asked: dict[tuple[object, object], list[Row]] = {}
    for chance, row in zip(chances, rows, strict=True):
        asked.setdefault((row["world"], row["question"]), []).append(row | {"cheap": float(chance)})
    return [sorted(own, key=lambda row: -float(str(row["cheap"]))) for own in asked.values()]


def by_chance(rows: Iterable[Row], ranks: Ranking) -> Iterator[list[Row]]:
    """Yield the candidates of each question, the likeliest by a ranking first."""
    for _, own in groupby(rows, key=lambda row: (row["world"], row["question"])):
        chances = [(ranks.probability(_features(row)), row) for row in own]
        yield [row for _, row in sorted(chances, key=lambda pair: -pair[0])]


def judged(likely: Sequence[Row], scores: Sequence[float]) -> Iterator[Row]:
    """Yield the likeliest candidates of a question with what the joint scorer found of them."""
    told = [str(row["told"]) for row in likely]
    cheap = [float(str(row["cheap"])) for row in likely]
    for row, found in zip(likely, joint_features(told, cheap, scores), strict=True):
        yield row | {"features": {**_features(row), **found}}


def to_ranking(
    model: HistGradientBoostingClassifier, names: Sequence[str], *, sure: float, fair: float
) -> Ranking:
    """Return the trees as data."""
    trees = [_to_tree(predictor.nodes) for (predictor,) in model._predictors]
    start = float(model._baseline_prediction.ravel()[0])
    return Ranking(features=tuple(names), start=start, trees=tuple(trees), sure=sure, fair=fair)


def _to_tree(nodes: np.ndarray) -> Tree:
    """Return the nodes of a fitted tree, whose leaves hold what they add, as data."""
    leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        feature=tuple(
            -1 if end else int(at) for end, at in zip(leaf, nodes["feature_idx"], strict=True)
        ),
        threshold=tuple(
            0.0 if end else round(float(at), 5)
            for end, at in zip(leaf, nodes["num_threshold"], strict=True)
        ),
        left=tuple(map(int, nodes["left"])),
        right=tuple(map(int, nodes["right"])),
        value=tuple(round(float(value), 5) for value in nodes["value"]),
    )


def bests(rows: Sequence[Row], chances: np.ndarray) -> list[Row]:
    """Return the best candidate of each question with the features of how certain it is."""
    asked: dict[tuple[object, object], list[tuple[float, Row]]] = {}
    for chance, row in zip(chances, rows, strict=True):
        asked.setdefault((row["world"], row["question"]), []).append((float(chance), row))
    ordered = [sorted(own, key=lambda pair: -pair[0]) for own in asked.values()]
    return [own[0][1] | {"features": certainty_features(to_judged(own))} for own in ordered]


def to_judged(likely: Iterable[tuple[float, Row]]) -> list[Judged]:
    """Return the candidates of a question, each with its chance, as they are judged."""
    return [
        Judged(chance, str(row["told"]), str(row["kind"]), _features(row)) for chance, row in likely
    ]


def threshold(best: Sequence[tuple[float, Row]], *, wrong: float) -> float:
    """Return the lowest probability at which at most a share of all is answered wrongly."""
    ordered = sorted(best, key=lambda pair: -pair[0])
    count, at = 0, 1.0
    for chance, row in ordered:
        count += not row["right"]
        if count > wrong * len(best):
            break
        at = chance
    return at


def report(best: Sequence[tuple[float, Row]], rows: Sequence[Row], at: float) -> str:
    """Return what is right, wrong and refused at a threshold, by operation."""
    reachable = {(r["world"], r["question"]) for r in rows if r["right"]}
    lines = []
    ops = sorted({str(row["op"]) for _, row in best})
    for op in (*ops, "ALL"):
        own = [(c, r) for c, r in best if op in ("ALL", r["op"])]
        told = [(c, r) for c, r in own if c >= at]
        right = sum(bool(r["right"]) for _, r in told)
        able = sum((r["world"], r["question"]) in reachable for _, r in own)
        lines.append(
            f"{op:12} {len(own):5} answered {len(told):5} right {right:5} "
            f"wrong {len(told) - right:4} reachable {able:5}"
        )
    return "\n".join(lines)


def write_shortlist(rows: Sequence[Row], path: Path) -> list[list[Row]]:
    """Fit the trees that choose which candidates the joint scorer reads; return the questions.

    The candidates of each question come in the order that trees give them that did not see it.
    """
    names = feature_names(rows)
    asked = questions(rows, held_out(rows, names))
    for most in (1, READ, READ * 2):
        found = sum(any(row["right"] for row in own[:most]) for own in asked)
        print(f"right among the first {most}: {found} of {len(asked)}", flush=True)
    _write(to_ranking(fit(rows, names), names, sure=1.0, fair=1.0), path)
    return asked


def write_rules(rows: Sequence[Row], path: Path) -> None:
    """Fit the trees that tell how likely what the rules answer is right; print what they reach."""
    names = feature_names(rows)
    best = list(zip(map(float, held_out(rows, names)), rows, strict=True))
    sure = print_reached(path.stem, best, rows)
    _write(to_ranking(fit(rows, names), names, sure=sure, fair=FAIR), path)


def write_ranking(rows: Sequence[Row], folder: Path) -> None:
    """Fit the trees that tell how likely a candidate is right, and how certain the best one is."""
    names = feature_names(rows)
    best = bests(rows, held_out(rows, names))
    sides = feature_names(best)
    alone = held_out(best, sides, FLAT)
    certain = [(_blended(float(one), row), row) for one, row in zip(alone, best, strict=True)]
    sure = print_reached("ranking", certain, rows)
    ranking = to_ranking(fit(rows, names), names, sure=sure, fair=FAIR)
    _write(ranking.model_copy(update={"told": TOLD}), folder / "ranking.json")
    _write(to_ranking(fit(best, sides, FLAT), sides, sure=1.0, fair=1.0), folder / "certainty.json")


def _blended(alone: float, best: Row) -> float:
    """Return how certain the best of a question is, with those that tell the same and its rival."""
    told = _features(best)
    return blended(alone, told["chance"], allied=told["allies"], rival=told["rival"])


def print_reached(name: str, best: Sequence[tuple[float, Row]], rows: Sequence[Row]) -> float:
    """Print what the best candidates reach; return the certainty from which on all is sure."""
    sure = threshold(best, wrong=SURE_WRONG)
    for at_name, at in (("sure", sure), ("fair", FAIR)):
        print(f"{name}: {at_name} at {at:.3f}\n{report(best, rows, at)}", flush=True)
    return sure


def _write(ranking: Ranking, path: Path) -> None:
    path.write_text(ranking.model_dump_json() + "\n", encoding="utf-8")
