"""Tune the upper layers of the default encoder so that questions find their wordings.

The lower layers stay as they are and are run once. In a step the questions of one world are held
against all its items: a softmax in which a question without an answer belongs to a row of its own.
A linear head learns the operation from the same vector. What is kept is a low-rank delta.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from index.encoder.adapter import SCALE, difference
from index.encoder.joint import quick, through
from index.encoder.operations import OPERATIONS as OPS
from index.encoder.sentence_transformer import load_transformer
from scripts.train.examples import Example, Examples, Item

TUNED = 4  # upper layers that are trained
LONGEST = 80  # tokens of a text that are read
TEMPERATURE = 0.04
QUESTIONS = 48  # of one world in a step
DISTRACTORS = 64  # items of a world in a step beside those that answer
OPERATION = 0.3  # the weight of the operation head in the loss
RANK = 32
RUN = 64  # questions that are encoded at once
NEVER = -20.0  # the logit of an operation that no question asks for
FOLLOWS = "→"
PASSAGE, QUERY = "passage: ", "query: "


def example_to_text(example: Example) -> str:
    """Return what is encoded of a question: with the message before it where it follows one."""
    return FOLLOWS.join(example.wordings[-2:])


@dataclass
class Lower:
    """The states of texts after the frozen layers, kept as float16."""

    model: nn.Module
    tokenizer: object
    states: dict[str, Tensor] = field(default_factory=dict)

    def add(self, texts: Iterable[str]) -> None:
        """Run the frozen layers over texts that were not seen yet."""
        new = sorted({text for text in texts if text not in self.states}, key=len)
        for start in range(0, len(new), 64):
            batch = new[start : start + 64]
            fed = self.tokenizer(  # type: ignore[operator]
                batch, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
            )
            with torch.inference_mode(), quick():
                hidden = self.model.embeddings(fed["input_ids"])  # type: ignore[operator]
                layers = self.model.encoder.layer[:-TUNED]  # type: ignore[index, union-attr]
                hidden = through(layers, hidden, fed["attention_mask"].to(torch.float32))
            for text, row, kept in zip(batch, hidden, fed["attention_mask"], strict=True):
                self.states[text] = row[: int(kept.sum())].to(torch.float16).clone()

    def batch(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return the padded states of texts, (texts, tokens, hidden), and their mask."""
        rows = [self.states[text].to(torch.float32) for text in texts]
        hidden = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        mask = torch.zeros(hidden.shape[:2])
        for at, row in enumerate(rows):
            mask[at, : len(row)] = 1
        return hidden, mask


class Upper(nn.Module):
    """The trained layers, the head for operations, and the score of "no answer"."""

    def __init__(self, layers: nn.ModuleList, width: int) -> None:
        super().__init__()
        self.layers = layers
        self.head = nn.Linear(width, len(OPS))
        self.nothing = nn.Parameter(torch.tensor(0.75))

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return unit vectors."""
        hidden = through(self.layers, hidden, mask).to(torch.float32)
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return nn.functional.normalize(pooled, dim=1)


def chosen_items(world: Examples, batch: Sequence[Example], rng: random.Random) -> list[int]:
    """Return the items of a step: all that answer, and some that do not."""
    gold = {at for example in batch for group in example.gold for at in group}
    others = [at for at in range(len(world.items)) if at not in gold]
    rng.shuffle(others)
    return [*sorted(gold), *others[:DISTRACTORS]]


def same_place(item: Item, other: Item) -> bool:
    """Tell whether one item is the sentence that the other stands in."""
    fact, told = item.fact or other.fact, item.told or other.told
    if fact is None or told is None or item.report != other.report:
        return False
    return told.span.start <= fact.spans[0].start < told.span.end


def loss_of(
    world: Examples, batch: Sequence[Example], items: Sequence[int], scores: Tensor, nothing: Tensor
) -> Tensor:
    """Return the mean loss of a batch; `scores` are cosines, (questions, items)."""
    logits = torch.cat([scores, nothing.expand(len(batch), 1)], 1) / TEMPERATURE
    losses = []
    places = {at: column for column, at in enumerate(items)}
    for row, example in enumerate(batch):
        if example.question.op == "none":
            losses.append(-nn.functional.log_softmax(logits[row], 0)[-1])
            continue
        groups = [[places[at] for at in group] for group in example.gold if group]
        all_gold = {at for group in example.gold for at in group}
        beside = [
            places[at]
            for at in items
            if at not in all_gold
            and any(same_place(world.items[at], world.items[one]) for one in all_gold)
        ]
        for group in groups:
            masked = logits[row].clone()
            others = {column for other in groups for column in other} - set(group)
            for column in (*others, *beside):
                masked[column] = -1e4
            logs = nn.functional.log_softmax(masked, 0)
            losses.append(-torch.logsumexp(logs[group], 0) / len(groups))
    return torch.stack(losses).sum() / max(1, len(batch))


def train(
    worlds: Sequence[Examples], folder: Path, *, epochs: int, seed: int = 7, rate: float = 1e-4
) -> tuple[Lower, Upper]:
    """Train on some worlds from the model in `folder`; print the loss of each epoch."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - no secret
    model = AutoModel.from_pretrained(folder, attn_implementation="eager")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    lower = Lower(model, tokenizer)
    upper = Upper(model.encoder.layer[-TUNED:], model.config.hidden_size)
    for world in worlds:
        lower.add(PASSAGE + item.wording for item in world.items)
        lower.add(QUERY + example_to_text(example) for example in world.examples)
    optimiser = torch.optim.AdamW(
        [
            {"params": list(upper.layers.parameters()), "lr": rate},
            {"params": list(upper.head.parameters()), "lr": 2e-3},
            {"params": [upper.nothing], "lr": 2e-3},
        ],
        weight_decay=0.01,
    )
    steps = [(at, cut) for at, w in enumerate(worlds) for cut in cuts(len(w.examples))]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [rate, 2e-3, 2e-3], total_steps=max(1, epochs * len(steps)), pct_start=0.1
    )
    for epoch in range(epochs):
        upper.train()
        rng.shuffle(steps)
        orders = [rng.sample(range(len(w.examples)), len(w.examples)) for w in worlds]
        total, done = 0.0, 0
        for at, (start, end) in steps:
            world = worlds[at]
            batch = [world.examples[one] for one in orders[at][start:end]]
            batch = [e for e in batch if e.question.op == "none" or any(e.gold)]
            if not batch:
                continue
            items = chosen_items(world, batch, rng)
            with quick():
                loss = step_loss(lower, upper, world, batch, items)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            done += 1
            if done % 20 == 0:
                print(f"  step {done}: {total / done:.3f}", flush=True)
        print(f"epoch {epoch + 1}: loss {total / len(steps):.3f}", flush=True)
    upper.eval()
    return lower, upper


def cuts(count: int) -> list[tuple[int, int]]:
    """Return the stretches in which the questions of a world are taken."""
    return [(start, min(count, start + QUESTIONS)) for start in range(0, count, QUESTIONS)]


def step_loss(
    lower: Lower, upper: Upper, world: Examples, batch: Sequence[Example], items: Sequence[int]
) -> Tensor:
    """Return the loss of one step."""
    questions = vectors(lower, upper, [QUERY + example_to_text(one) for one in batch])
    wordings = vectors(lower, upper, [PASSAGE + world.items[at].wording for at in items])
    with torch.autocast("cpu", enabled=False):
        ranked = loss_of(world, batch, items, questions @ wordings.T, upper.nothing)
    asked = [(row, OPS.index(one.question.op)) for row, one in enumerate(batch)
             if one.question.op in OPS]  # fmt: skip
    if not asked:
        return ranked
    rows, ops = (torch.tensor(list(column)) for column in zip(*asked, strict=True))
    told = nn.functional.cross_entropy(upper.head(questions[rows] * SCALE), ops)
    return ranked + OPERATION * told


def vectors(lower: Lower, upper: Upper, texts: Sequence[str]) -> Tensor:
    """Return the vectors of texts in their order; texts of like length are run together."""
    order = sorted(range(len(texts)), key=lambda at: len(lower.states[texts[at]]))
    runs = [order[start : start + 24] for start in range(0, len(order), 24)]
    made = torch.cat([upper(*lower.batch([texts[at] for at in run])) for run in runs])
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return made[back]


def encode(lower: Lower, upper: Upper, texts: Sequence[str]) -> np.ndarray:
    """Return the vectors of texts, their prompts before them: float32, (texts, hidden)."""
    lower.add(texts)
    with torch.inference_mode(), quick():
        return vectors(lower, upper, texts).numpy()


def fit_head(worlds: Sequence[Examples], folder: Path) -> dict[str, np.ndarray]:
    """Return the head for operations, fitted to the vectors of the model in `folder`."""
    model = load_transformer(str(folder))
    asked = [one for world in worlds for one in world.examples if one.question.op in OPS]
    texts = [example_to_text(one) for one in asked]
    parts = [texts[start : start + RUN] for start in range(0, len(texts), RUN)]
    rows = np.concatenate([model.encode(part, prompts=("query",)) for part in parts]) * SCALE
    fitted = LogisticRegression(C=0.3, max_iter=300).fit(
        rows, [OPS.index(one.question.op) for one in asked]
    )
    weight = np.zeros((len(OPS), rows.shape[1]), np.float32)
    bias = np.full(len(OPS), NEVER, np.float32)
    weight[fitted.classes_], bias[fitted.classes_] = fitted.coef_, fitted.intercept_
    return {"operations.weight": weight, "operations.bias": bias}


def to_adapter(upper: Upper, base: Path, *, rank: int = RANK) -> dict[str, np.ndarray]:
    """Return what training changed as the tensors of an adapter; the head is fitted after."""
    model = AutoModel.from_pretrained(base)
    count = len(model.encoder.layer)
    names = {f"encoder.layer.{count - TUNED + at}.": at for at in range(TUNED)}
    before = {n: t.numpy() for n, t in model.state_dict().items()}
    tuned = {
        f"{prefix}{name}": tensor.detach().numpy()
        for prefix, at in names.items()
        for name, tensor in upper.layers[at].state_dict().items()
    }
    made: dict[str, np.ndarray] = difference(tuned, before, rank=rank)
    return made
