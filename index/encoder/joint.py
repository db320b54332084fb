"""The joint scorer as torch trains it: how well a candidate answers a question, read together.

The lower layers of the encoder read each piece of text by itself, so that their states can be kept;
a few upper layers read the question and the pieces of a candidate as one sequence. The pieces are
told apart by learned segments (question, operation, first wording, ...). See "DeFormer" (Cao et
al., ACL 2020) for reading the lower layers apart. What answers questions is the same network
without torch: `index.encoder.onnx_network`.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor, nn

from index.encoder.joint_scorer import LONGEST_PIECE, laid_out
from index.encoder.onnx_network import SEGMENTS

CHUNK = 32  # pairs that are read at once


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
    segments, mask = map(torch.from_numpy, laid_out([list(map(len, pair)) for pair in pieces]))
    states = torch.zeros(*mask.shape, pieces[0][0].shape[1])
    states[mask == 1] = torch.cat([piece for pair in pieces for piece in pair]).to(states.dtype)
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


def quick() -> AbstractContextManager[object]:
    """Reckon in bfloat16 where the processor has units for it."""
    if torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()
