"""The ranking: walking the trees of a model by hand, and the models that are shipped."""

from math import exp
from random import Random

import pytest

from bot.understanding.ranking import Ranking, Tree, load_ranking

#      score <= 0.5 ?
#      /            \
#   -1.0        aspect <= 0 ?
#                /        \
#              0.5         2.0
TREE = Tree(
    feature=(0, -1, 1, -1, -1),
    threshold=(0.5, 0, 0.0, 0, 0),
    left=(1, -1, 3, -1, -1),
    right=(2, -1, 4, -1, -1),
    value=(9, -1.0, 9, 0.5, 2.0),  # only those of leaves count
)
LEAF = Tree(feature=(-1,), threshold=(0,), left=(-1,), right=(-1,), value=(0.25,))
MODEL = Ranking(features=("score", "aspect"), start=-0.25, trees=(TREE, LEAF), sure=0.9, fair=0.5)


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ((0.2, 1.0), -1.0),
        ((0.5, 1.0), -1.0),
        ((0.51, 0.0), 0.5),
        ((0.9, -1.0), 0.5),
        ((0.9, 1.0), 2.0),
    ],
    ids=["低分", "恰在界上，归左", "过界，口径未说", "过界，口径不合", "过界，口径相合"],
)
def test_a_row_falls_into_a_leaf(row: tuple[float, ...], value: float) -> None:
    assert TREE.at(row) == value


@pytest.mark.parametrize(
    ("features", "raw"),
    [
        ({"score": 0.9, "aspect": 1.0}, 2.0),  # -0.25 + 2.0 + 0.25
        ({"score": 0.9}, 0.5),
        ({"aspect": 1.0, "unheard": 7.0}, -1.0),
        ({}, -1.0),
    ],
    ids=["两项都有", "缺的当作零", "多出的不看", "什么都没有"],
)
def test_a_probability_is_the_logistic_of_the_sum(features: dict[str, float], raw: float) -> None:
    assert MODEL.probability(features) == pytest.approx(1 / (1 + exp(-raw)), abs=1e-12)


@pytest.mark.parametrize("name", ["shortlist", "ranking", "certainty", "rules"])
def test_several_rows_have_to_the_last_bit_the_probabilities_of_each(name: str) -> None:
    """Rows at the thresholds of the trees and between them, among them some of no feature."""
    model = load_ranking(name)
    chance = Random(name)  # noqa: S311 - chance, not a secret
    steps = [at for tree in model.trees for at in tree.threshold]
    rows = [
        {feature: chance.choice(steps) for feature in model.features if chance.random() < 0.8}
        for _ in range(40)
    ]
    assert model.probabilities([{}, *rows]) == [model.probability(one) for one in ({}, *rows)]


def test_no_row_has_no_probability() -> None:
    assert MODEL.probabilities([]) == []


def test_a_model_that_has_told_several_rows_is_the_same() -> None:
    told = Ranking.model_validate(MODEL.model_dump())
    assert told.probabilities([{"score": 0.9}, {}]) == [
        MODEL.probability({"score": 0.9}),
        1 / (1 + exp(1)),
    ]
    assert told == MODEL


def test_a_model_is_the_same_when_it_is_written_and_read() -> None:
    assert Ranking.model_validate_json(MODEL.model_dump_json()) == MODEL


@pytest.mark.parametrize("name", ["ranking", "rules"])
def test_the_models_that_are_shipped_walk_to_leaves(name: str) -> None:
    """Every tree ends at leaves within its arrays, and asks for features that have a name."""
    model = load_ranking(name)
    assert 0 < model.fair <= model.sure <= 1
    for tree in model.trees:
        size = len(tree.feature)
        assert {len(tree.threshold), len(tree.left), len(tree.right), len(tree.value)} == {size}
        for node, feature in enumerate(tree.feature):
            assert feature < len(model.features)
            if feature >= 0:
                assert node < tree.left[node] < size
                assert node < tree.right[node] < size
    assert 0 < model.probability({}) < 1
