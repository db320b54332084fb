"""The ranking: how likely a candidate is right, by a small boosted model over named features.

The model is data (`ranking.json`), made by `scripts.train.ranking` from questions that people of
many voices wrote; its output is a probability, chosen on questions that it was not made from.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from corpus.model.types import Noun


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
        row = [features.get(name, 0.0) for name in self.features]
        raw = self.start + sum(tree.at(row) for tree in self.trees)
        return 1 / (1 + math.exp(-raw))


@cache
def load_ranking(name: str = "ranking") -> Ranking:
    """Read a model that is shipped.

    `shortlist` chooses candidates, `ranking` tells how likely each is right, `certainty` how likely
    the best of them is; `rules` judges what the rules answer by itself.
    """
    text = resources.files("bot.understanding").joinpath(f"{name}.json").read_text("utf-8")
    return Ranking.model_validate(json.loads(text))
