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
    sentence must reach `told`: one is near most questions, those that have no answer too.
    """

    features: tuple[str, ...]
    start: float
    trees: tuple[Tree, ...]
    settle: tuple[float, ...] = ()
    sure: float
    fair: float
    told: float = 0.0

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely a candidate with these features is right."""
        row = [features.get(name, 0.0) for name in self.features]
        raw = self.start + sum(tree.at(row) for tree in self.trees)
        return 1 / (1 + math.exp(-raw))

    def certainty(self, chances: Sequence[tuple[float, str]]) -> float:
        """Return how likely the best of some candidates is right, given all the others.

        `chances` are the probabilities of the candidates, best first, each with what it tells: that
        others tell the same speaks for it, a rival of like weight that tells another against it.
        """
        if not chances:
            return 0.0
        if not self.settle:
            return chances[0][0]
        bias, *weights = self.settle
        raw = bias + sum(w * x for w, x in zip(weights, beside(chances), strict=True))
        return 1 / (1 + math.exp(-raw))


def beside(chances: Sequence[tuple[float, str]]) -> tuple[float, ...]:
    """Return the best chance and its nearest rival's as log odds, and the chance of its allies."""
    best, told = chances[0]
    rival = max((chance for chance, other in chances[1:] if other != told), default=0.0)
    allies = sum(chance for chance, other in chances[1:] if other == told)
    return (_odds(best), _odds(rival), min(allies, 2.0))


def _odds(chance: float) -> float:
    bounded = min(max(chance, 0.001), 0.999)
    return math.log(bounded / (1 - bounded))


@cache
def load_ranking(name: str = "ranking") -> Ranking:
    """Read a model that is shipped: `ranking` for all candidates, `rules` for the rules alone."""
    text = resources.files("bot.understanding").joinpath(f"{name}.json").read_text("utf-8")
    return Ranking.model_validate(json.loads(text))
