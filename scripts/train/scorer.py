"""Train the joint scorer on the executed candidates of questions.

A step takes some questions, each with right candidates and the hardest wrong ones; the loss is a
softmax over the candidates of a question and "none of these", whose score is 0. The lower layers
of the encoder stay as they are and read each piece of text once.
"""

import random
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from bot.understanding.judging import READ, pair
from index.encoder.adapter import TensorFile, Tensors, difference
from index.encoder.joint import Joint, quick, read_pieces, score_pairs
from index.encoder.onnx_network import UPPER
from index.encoder.onnx_runtime import tuned
from scripts.train.ranking import Row

QUESTIONS = 8  # in a step
RIGHT, HARD, EASY = 2, 5, 1  # candidates of a question in a step, at most
SEEN = 24  # candidates of a question that training draws from, the most probable ones
RANK = 64
SEED = 3
LEFT_OUT = 0.1  # of questions, those that are shown without what is right: then none is
# Dropout doubles the time of a step and gains nothing over a pass or two.
STILL = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}


@dataclass(frozen=True)
class Choice:
    """A candidate: the pieces of what it says, and whether its answer is right."""

    says: tuple[str, ...]
    right: bool


@dataclass(frozen=True)
class Choices:
    """A question as the reader sees it and its candidates, the most probable first."""

    asked: str
    choices: tuple[Choice, ...]
    unanswerable: bool = False

    @property
    def teaches(self) -> bool:
        """Whether a right candidate is seen; where none is, that is the fault of the candidates."""
        return self.unanswerable or any(one.right for one in self.choices[:SEEN])

    def pairs(self, chosen: Iterable[Choice]) -> list[tuple[str, ...]]:
        """Return the question beside the pieces of each of some candidates."""
        return [pair(self.asked, one.says) for one in chosen]


def rows_to_choices(rows: Sequence[Row]) -> Choices:
    """Return the candidates of one question, as rows in their order, as choices."""
    choices = (Choice(tuple(cast("list[str]", row["says"])), bool(row["right"])) for row in rows)
    return Choices(
        asked=str(rows[0]["asked"]),
        choices=tuple(choices),
        unanswerable=bool(rows[0]["unanswerable"]),
    )


class States:
    """The states of pieces after the frozen layers, each read once and kept as bfloat16."""

    def __init__(self, folder: Path) -> None:
        self.model = AutoModel.from_pretrained(folder, attn_implementation="sdpa", **STILL).eval()
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._kept = len(self.model.encoder.layer) - UPPER
        self._states: dict[str, Tensor] = {}

    def read(self, pairs: Iterable[Sequence[str]]) -> None:
        """Read the pieces of pairs that were not read yet."""
        new = sorted({one for pair in pairs for one in pair if one not in self._states}, key=len)
        for start in range(0, len(new), 128):
            texts = new[start : start + 128]
            with quick():
                states = read_pieces(self.model, self._tokenizer, texts, self._kept)
            self._states.update(
                (text, one.to(torch.bfloat16)) for text, one in zip(texts, states, strict=True)
            )

    def score(self, joint: Joint, pairs: Sequence[Sequence[str]]) -> Tensor:
        """Return the scores of pairs, in their order."""
        return score_pairs(joint, self._states, pairs)


def chosen(question: Choices, rng: random.Random) -> tuple[list[Choice], int]:
    """Return the candidates of a step, the right ones first, and how many are right.

    Of some questions what is right is left out, so that what is merely near is learned to be none.
    """
    seen, left_out = question.choices[:SEEN], rng.random() < LEFT_OUT
    right = [one for one in seen if one.right and not left_out]
    wrong = [one for one in seen if not one.right]
    rng.shuffle(right)
    hard, easy = wrong[:HARD], wrong[HARD:]
    rng.shuffle(easy)
    return [*right[:RIGHT], *hard, *easy[:EASY]], min(len(right), RIGHT)


def losses_of(scores: Tensor, parts: Sequence[tuple[int, int]]) -> Tensor:
    """Return the loss of each question; `parts` are their candidates and how many are right."""
    losses, start = [], 0
    for count, right in parts:
        logs = torch.log_softmax(torch.cat([scores[start : start + count], torch.zeros(1)]), 0)
        losses.append(-(torch.logsumexp(logs[:right], 0) if right else logs[-1]))
        start += count
    return torch.stack(losses)


class Rates(NamedTuple):
    """How fast the layers and the head learn."""

    layers: float
    head: float


# At first, and of what has been taught already.
FIRST, FURTHER = Rates(1e-4, 1e-3), Rates(6e-5, 1.8e-4)


def begin(folder: Path, *, taught: Tensors | None = None) -> tuple[States, Joint]:
    """Return the states of the model in `folder` and a scorer over its upper layers.

    `taught` is what training changed in one before, from which this one goes on.
    """
    torch.manual_seed(SEED)
    states = States(folder)
    config = states.model.config
    joint = Joint(deepcopy(states.model.encoder.layer[-UPPER:]), config.hidden_size)
    if taught is not None:
        weights = TensorFile.open(folder / "model.safetensors")
        whole = tuned(weights, len(states.model.encoder.layer), taught)
        joint.load_state_dict({name: torch.from_numpy(one.copy()) for name, one in whole.items()})
    return states, joint


def teach(
    states: States,
    joint: Joint,
    questions: Sequence[Choices],
    *,
    epochs: int,
    rates: Rates = FIRST,
) -> None:
    """Teach a scorer some questions; print the loss as it goes."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)  # noqa: S311 - no secret
    states.read(pair for one in questions for pair in one.pairs(one.choices[:SEEN]))
    heads = [own for name, own in joint.named_parameters() if not name.startswith("layers.")]
    layers = list(joint.layers.parameters())
    optimiser = torch.optim.AdamW(
        [{"params": layers, "lr": rates.layers}, {"params": heads, "lr": rates.head}],
        weight_decay=0.01,
    )
    steps = epochs * -(-len(questions) // QUESTIONS)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, list(rates), total_steps=steps, pct_start=0.1
    )
    order = list(questions)
    joint.train()
    for epoch in range(epochs):
        rng.shuffle(order)
        total, seen = 0.0, 0
        for start in range(0, len(order), QUESTIONS):
            batch = order[start : start + QUESTIONS]
            taken = [(one, *chosen(one, rng)) for one in batch]
            pairs = [pair for one, choices, _ in taken for pair in one.pairs(choices)]
            with quick():
                scores = states.score(joint, pairs)
            losses = losses_of(scores, [(len(choices), right) for _, choices, right in taken])
            optimiser.zero_grad()
            losses.mean().backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(joint.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, seen = total + float(losses.detach().sum()), seen + len(batch)
            if seen % (100 * QUESTIONS) == 0:
                print(f"  {epoch + 1}: {seen}/{len(order)} {total / seen:.3f}", flush=True)
        print(f"epoch {epoch + 1}: loss {total / seen:.3f}", flush=True)
    joint.eval()


def scores_of(
    states: States, joint: Joint, questions: Sequence[Choices]
) -> list[tuple[float, ...]]:
    """Return the scores of the most probable candidates of each question."""
    made = []
    for question in questions:
        pairs = question.pairs(question.choices[:READ])
        states.read(pairs)
        with torch.inference_mode(), quick():
            made.append(tuple(map(float, states.score(joint, pairs))) if pairs else ())
    return made


def to_tensors(joint: Joint, states: States, *, rank: int = RANK) -> Tensors:
    """Return what training changed in the layers, of low rank, and the head, by their names."""
    layers = joint.layers.state_dict()
    before = states.model.encoder.layer[-UPPER:].state_dict()
    made = difference(
        {f"layers.{name}": one.detach().numpy() for name, one in layers.items()},
        {f"layers.{name}": one.numpy() for name, one in before.items()},
        rank=rank,
    )
    head = {
        f"joint.{name}": np.asarray(one.detach())
        for name, one in joint.state_dict().items()
        if not name.startswith("layers.")
    }
    return made | head
