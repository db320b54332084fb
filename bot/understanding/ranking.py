"""The ranking: how likely a candidate is right, by a small boosted model over named features.

The model is data (`ranking.json`), made by `scripts.train.ranking` from questions that people of
many voices wrote; its output is a probability, chosen on questions that it was not made from.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import import_module, resources
from typing import TYPE_CHECKING

from corpus.model.types import Noun

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Reals = NDArray[np.float64]


class Tree(Noun):
    """A regression tree in arrays: at a leaf, `feature` is -1 and `value` counts."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def at(self, row: Sequence[float]) -> float:
        """Return the value of the leaf that a row falls into; a row at a threshold goes left."""
        node = 0
        while self.feature[node] >= 0:
            below = row[self.feature[node]] <= self.threshold[node]
            node = self.left[node] if below else self.right[node]
        return self.value[node]


class Ranking(Noun):
    """Boosted trees over named features, and the probabilities at which an answer is given.

    `sure` answers as asked, `fair` answers and says how it was read; below that is a refusal. A
    sentence, which is read out as it stands, must reach `told`.
    """

    features: tuple[str, ...]
    start: float
    trees: tuple[Tree, ...]
    sure: float
    fair: float
    told: float = 0.0

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely a candidate with these features is right."""
        row = self._row(features)
        return self._logistic([tree.at(row) for tree in self.trees])

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the same of several candidates, who go down all trees at once."""
        if not rows:
            return []
        values = self._forest.values_at([self._row(features) for features in rows])
        return [self._logistic(own) for own in values]

    def _row(self, features: Mapping[str, float]) -> list[float]:
        return [features.get(name, 0.0) for name in self.features]

    def _logistic(self, values: Sequence[float]) -> float:
        return 1 / (1 + math.exp(-(self.start + sum(values))))

    @cached_property
    def _forest(self) -> "_Forest":
        return _Forest(self.trees)


class _Forest:
    """The nodes of all trees side by side; numpy is loaded when the first forest is made.

    What the rules answer is judged by itself, by `Tree.at`: a start should not wait for numpy.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._numpy = np = import_module("numpy")
        sizes = [len(tree.feature) for tree in trees]
        self._roots: Whole = np.cumsum([0, *sizes[:-1]])
        first = np.repeat(self._roots, sizes)
        feature = np.concatenate([tree.feature for tree in trees])
        own = np.arange(len(feature))  # who has come to a leaf stays there
        is_leaf = feature < 0
        self._feature: Whole = np.where(is_leaf, 0, feature)
        self._threshold: Reals = np.concatenate([tree.threshold for tree in trees])
        left, right = ([tree.left for tree in trees], [tree.right for tree in trees])
        self._left: Whole = np.where(is_leaf, own, np.concatenate(left) + first)
        self._right: Whole = np.where(is_leaf, own, np.concatenate(right) + first)
        self._value: Reals = np.concatenate([tree.value for tree in trees])

    def values_at(self, rows: Sequence[Sequence[float]]) -> list[list[float]]:
        """Return, for each row, the value of the leaf that it falls into, tree by tree."""
        np = self._numpy
        table, of = np.array(rows), np.arange(len(rows))[:, None]
        nodes = np.repeat(self._roots[None], len(rows), axis=0)
        while True:
            below = table[of, self._feature[nodes]] <= self._threshold[nodes]
            further = np.where(below, self._left[nodes], self._right[nodes])
            if (further == nodes).all():
                values: list[list[float]] = self._value[nodes].tolist()
                return values
            nodes = further


@cache
def load_ranking(name: str = "ranking") -> Ranking:
    """Read a model that is shipped.

    `shortlist` chooses candidates, `ranking` tells how likely each is right, `certainty` how likely
    the best of them is; `rules` judges what the rules answer by itself.
    """
    text = resources.files("bot.understanding").joinpath(f"{name}.json").read_text("utf-8")
    return Ranking.model_validate_json(text)
