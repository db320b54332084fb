"""The joint scorer: how well a candidate answers a question, both read together.

The lower layers of the encoder read each piece of text by itself, so that their states can be kept;
a few upper layers read the question and the pieces of a candidate as one sequence. The pieces are
told apart by learned segments (question, operation, first wording, ...). See "DeFormer" (Cao et
al., ACL 2020) for reading the lower layers apart.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from threading import Lock

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from index.encoder.adapter import Tensors, adapted

UPPER = 4  # layers that read question and candidate together
SEGMENTS = 5  # question, operation, and up to three wordings
LONGEST_PIECE = 48  # tokens of a piece that are read
CHUNK = 32  # pairs that are read at once
KEPT = 4000  # pieces whose states are kept, some 20 kB each


class Joint(nn.Module):
    """Upper layers over the states of the pieces, and a head that gives one score a pair."""

    def __init__(self, layers: nn.ModuleList, width: int) -> None:
        super().__init__()
        self.layers = layers
        self.segments = nn.Embedding(SEGMENTS, width)
        nn.init.normal_(self.segments.weight, std=0.02)
        self.first = nn.Linear(3 * width, width)
        self.last = nn.Linear(width, 1)

    def forward(self, states: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of pairs: (pairs,), of states (pairs, tokens, width)."""
        hidden = through(self.layers, states + self.segments(segments), mask)
        asked = mask * (segments == 0)
        told = mask * (segments > 0)
        pooled = torch.cat([hidden[:, 0], mean(hidden, asked), mean(hidden, told)], 1)
        scores: Tensor = self.last(nn.functional.gelu(self.first(pooled))).float()[:, 0]
        return scores


def through(layers: Iterable[nn.Module], hidden: Tensor, mask: Tensor) -> Tensor:
    """Return what layers make of states, (texts, tokens, width); `mask` is 1 at tokens, else 0."""
    added = (1.0 - mask[:, None, None, :]) * torch.finfo(torch.float32).min
    for layer in layers:
        out = layer(hidden, attention_mask=added)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def score_pairs(
    joint: Joint, states: Mapping[str, Tensor], pairs: Sequence[Sequence[str]]
) -> Tensor:
    """Return the scores of pairs in their order, (pairs,); those of like length are run together.

    `states` has the states of every piece.
    """
    lengths = [sum(len(states[piece]) for piece in pair) for pair in pairs]
    order = sorted(range(len(pairs)), key=lambda at: lengths[at])
    made = []
    for start in range(0, len(order), CHUNK):
        chunk = [pairs[at] for at in order[start : start + CHUNK]]
        made.append(joint(*joined([[states[one] for one in pair] for pair in chunk])))
    return torch.cat(made)[torch.argsort(torch.tensor(order))]


def mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """Return the mean state of the tokens that a mask keeps: (pairs, width)."""
    kept = mask.to(hidden.dtype)
    return (hidden * kept[..., None]).sum(1) / kept.sum(1, keepdim=True).clamp(min=1)


def joined(pieces: Sequence[Sequence[Tensor]]) -> tuple[Tensor, Tensor, Tensor]:
    """Return the states of pairs side by side, their segments and their mask, padded."""
    longest = max(sum(len(one) for one in pair) for pair in pieces)
    width = pieces[0][0].shape[1]
    states = torch.zeros(len(pieces), longest, width)
    segments = torch.zeros(len(pieces), longest, dtype=torch.long)
    mask = torch.zeros(len(pieces), longest)
    for at, pair in enumerate(pieces):
        start = 0
        for segment, piece in enumerate(pair):
            end = start + len(piece)
            states[at, start:end] = piece
            segments[at, start:end] = min(segment, SEGMENTS - 1)
            start = end
        mask[at, :start] = 1
    return states, segments, mask


def read_pieces(
    model: nn.Module, tokenizer: object, texts: Sequence[str], kept: int
) -> list[Tensor]:
    """Return the states of texts after the first `kept` layers of a model, each by itself."""
    fed = tokenizer(  # type: ignore[operator]
        list(texts), padding=True, truncation=True, max_length=LONGEST_PIECE, return_tensors="pt"
    )
    with torch.inference_mode():
        hidden = model.embeddings(fed["input_ids"])  # type: ignore[operator]
        layers = model.encoder.layer[:kept]  # type: ignore[index, union-attr]
        hidden = through(layers, hidden, fed["attention_mask"].to(torch.float32))
    return [
        row[: int(one.sum())].clone()
        for row, one in zip(hidden, fed["attention_mask"], strict=True)
    ]


class JointScorer:
    """Scores candidates for a question with the upper layers of a loaded encoder, tuned for it.

    `model` is the encoder's own network; `tensors` is what training changed in its upper layers,
    their names as the network names them, and the head under `joint.`.
    """

    def __init__(self, model: nn.Module, tokenizer: object, tensors: Tensors) -> None:
        layers = model.encoder.layer  # type: ignore[union-attr]
        self._kept = len(layers) - UPPER  # type: ignore[arg-type]
        self._model = model
        self._tokenizer = tokenizer
        self._joint = _tuned(model, self._kept, tensors)
        self._states: OrderedDict[str, Tensor] = OrderedDict()
        self._lock = Lock()

    def scores(self, pairs: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return the score of each pair, 0 being as good as no answer: float32, (pairs,).

        A pair is the question and the pieces of what a candidate says.
        """
        with self._lock, torch.inference_mode(), quick():
            self._read({piece for pair in pairs for piece in pair})
            found: NDArray[np.float32] = score_pairs(self._joint, self._states, pairs).numpy()
            self._forget()
        return found

    def _read(self, pieces: set[str]) -> None:
        new = sorted(pieces - self._states.keys(), key=len)
        for piece in pieces & self._states.keys():
            self._states.move_to_end(piece)
        for start in range(0, len(new), CHUNK):
            texts = new[start : start + CHUNK]
            read = read_pieces(self._model, self._tokenizer, texts, self._kept)
            self._states.update(zip(texts, read, strict=True))

    def _forget(self) -> None:
        while len(self._states) > KEPT:
            self._states.popitem(last=False)


def quick() -> AbstractContextManager[object]:
    """Reckon in bfloat16 where the processor has units for it."""
    if torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()


def _tuned(model: nn.Module, kept: int, tensors: Tensors) -> Joint:
    """Return the joint layers: copies of the upper ones with what training changed added."""
    joint = Joint(deepcopy(model.encoder.layer[kept:]), model.config.hidden_size)  # type: ignore[arg-type, index, union-attr]
    own = {f"layers.{name}": tensor.numpy() for name, tensor in joint.layers.state_dict().items()}
    head = {name[6:]: one for name, one in tensors.items() if name.startswith("joint.")}
    layers = {name: one for name, one in tensors.items() if name.startswith("layers.")}
    merged: Mapping[str, NDArray[np.float32]] = adapted(own, layers) | head
    joint.load_state_dict({name: torch.tensor(one) for name, one in merged.items()})
    return joint.eval()
