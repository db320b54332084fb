"""The joint scorer over a small network: what a pair scores does not hang on its company."""

from collections.abc import Sequence
from copy import deepcopy

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from transformers import BertConfig, BertModel  # noqa: E402

from index.encoder.adapter import difference  # noqa: E402
from index.encoder.joint import LONGEST_PIECE, UPPER, Joint, JointScorer, joined  # noqa: E402

WIDTH = 16
LONG = ("问多少", "查数 决算", "三公经费 决算 钱 | 决算表", "培训费")
SHORT = ("问", "查数")


def words_to_ids(texts: Sequence[str], *, max_length: int, **_: object) -> dict[str, object]:
    """Return the code points of texts, padded: what a tokenizer would give."""
    rows = [[ord(letter) % 97 + 1 for letter in text[:max_length]] for text in texts]
    longest = max(map(len, rows))
    padded = [row + [0] * (longest - len(row)) for row in rows]
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
    return {"input_ids": torch.tensor(padded), "attention_mask": torch.tensor(mask)}


@pytest.fixture
def network() -> BertModel:
    """A network of six small layers with fixed weights."""
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=128,
        hidden_size=WIDTH,
        num_hidden_layers=6,
        num_attention_heads=2,
        intermediate_size=32,
    )
    made = BertModel(config)
    made.set_attn_implementation("eager")
    made.eval()  # type: ignore[no-untyped-call]
    return made


@pytest.fixture
def tuned(network: BertModel) -> Joint:
    """Upper layers as training might leave them: every weight moved a little."""
    torch.manual_seed(2)
    joint = Joint(deepcopy(network.encoder.layer[-UPPER:]), WIDTH)
    with torch.no_grad():
        for weight in joint.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    return joint.eval()


def scorer(network: BertModel, tuned: Joint) -> JointScorer:
    """Return a scorer whose tensors hold all that the tuned layers changed."""
    before = network.encoder.layer[-UPPER:].state_dict()
    layers = difference(
        {f"layers.{name}": one.numpy() for name, one in tuned.layers.state_dict().items()},
        {f"layers.{name}": one.numpy() for name, one in before.items()},
        rank=WIDTH,
    )
    head = {
        f"joint.{name}": one.numpy()
        for name, one in tuned.state_dict().items()
        if not name.startswith("layers.")
    }
    return JointScorer(network, words_to_ids, layers | head)


def test_a_pair_scores_the_same_alone_and_among_others(network: BertModel, tuned: Joint) -> None:
    made = scorer(network, tuned)
    together = made.scores([LONG, SHORT, LONG])
    assert together.dtype == np.float32
    assert together[0] == together[2] != together[1]
    np.testing.assert_allclose(made.scores([SHORT]), together[1:2], atol=2e-2)
    np.testing.assert_allclose(made.scores([LONG]), together[:1], atol=2e-2)


def test_a_scorer_scores_as_the_layers_that_it_was_made_of(
    network: BertModel, tuned: Joint
) -> None:
    """The pieces go through the lower layers alone, then through the tuned ones together."""
    pieces = []
    for text in LONG:
        fed = words_to_ids([text], max_length=LONGEST_PIECE)
        mask = torch.zeros(1, 1, 1, len(text))
        hidden = network.embeddings(fed["input_ids"])
        for layer in network.encoder.layer[:-UPPER]:
            out = layer(hidden, attention_mask=mask)
            hidden = out[0] if isinstance(out, tuple) else out
        pieces.append(hidden[0])
    with torch.inference_mode():
        expected = tuned(*joined([pieces])).numpy()
    np.testing.assert_allclose(scorer(network, tuned).scores([LONG]), expected, atol=2e-2)


def test_pieces_are_told_apart_by_their_place(network: BertModel, tuned: Joint) -> None:
    """The same text as what is done and as a wording is not the same."""
    made = scorer(network, tuned)
    one, other = made.scores([("问", "甲乙", "丙"), ("问", "甲", "乙丙")])
    assert one != other


def test_joined_pieces_are_padded_and_masked() -> None:
    states, segments, mask = joined(
        [[torch.ones(2, 3), 2 * torch.ones(1, 3)], [3 * torch.ones(1, 3)]]
    )
    assert states[:, :, 0].tolist() == [[1, 1, 2], [3, 0, 0]]
    assert segments.tolist() == [[0, 0, 1], [0, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]
