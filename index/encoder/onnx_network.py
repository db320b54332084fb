"""The network of the default model as ONNX graphs: the same as torch runs, layer by layer.

There are three, so that what two of them need is in memory once: the lower layers, which read a
text by itself; the upper ones, which make its vector; and the tuned upper ones, which read question
and candidate together and give a score. See `index.encoder.joint` for the last.

The tokens of all texts stand one after the other, a row each. Whose they are tells `mask` (texts,
tokens), which is 1 at tokens and else 0: attention alone lays them out by text and pads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from index.encoder.onnx_file import FLOAT, INT32, INT64, LEFT_OUT, RUNTIME, Graph

UPPER = 4  # layers that read question and candidate together
SEGMENTS = 5  # question, operation, and up to three wordings
TEXTS, TOKENS, ROWS = "texts", "tokens", "rows"  # sizes that are free


@dataclass(frozen=True)
class Sizes:
    """The sizes of a BERT encoder."""

    width: int
    heads: int
    layers: int
    epsilon: float


def lower(graph: Graph, sizes: Sizes) -> bytes:
    """Return the graph from `embedded` and `mask` to the `states` of the tokens of texts."""
    embedded = graph.input("embedded", (ROWS, sizes.width))
    network = _Network(graph, sizes)
    hidden = network.norm(embedded, "embeddings.LayerNorm")
    names = (f"encoder.layer.{at}" for at in range(sizes.layers - UPPER))
    graph.output(network.layers(hidden, names), "states", (ROWS, sizes.width))
    return graph.to_bytes()


def upper(graph: Graph, sizes: Sizes) -> bytes:
    """Return the graph from the `states` of texts and `mask` to their unit `vectors`."""
    states = graph.input("states", (ROWS, sizes.width))
    network = _Network(graph, sizes)
    names = (f"encoder.layer.{at}" for at in range(sizes.layers - UPPER, sizes.layers))
    vectors = network.mean(network.by_text(network.layers(states, names)), network.mask)
    graph.output(
        graph.add("LpNormalization", vectors, axis=-1, p=2), "vectors", (TEXTS, sizes.width)
    )
    return graph.to_bytes()


def joint(graph: Graph, sizes: Sizes) -> bytes:
    """Return the graph from the `states` of pairs, `mask` and `segments` to their `scores`."""
    states = graph.input("states", (ROWS, sizes.width))
    segments = graph.input("segments", (TEXTS, TOKENS), INT64)
    network = _Network(graph, sizes)
    mask = network.mask
    parted = graph.add("Gather", graph.weight("segments.weight"), network.by_row(segments))
    names = (f"layers.{at}" for at in range(UPPER))
    hidden = network.by_text(network.layers(graph.add("Add", states, parted), names))
    zero = graph.whole(0, scalar=True)
    is_told = graph.add("Cast", graph.add("Greater", segments, zero), to=FLOAT)
    told = graph.add("Mul", mask, is_told)
    asked = graph.add("Sub", mask, told)
    first = graph.add("Gather", hidden, zero, axis=1)
    means = (network.mean(hidden, asked), network.mean(hidden, told))
    pooled = graph.add("Concat", first, *means, axis=1)
    score = network.linear(graph.add("Gelu", network.linear(pooled, "first")), "last")
    graph.output(graph.add("Reshape", score, graph.whole(-1)), "scores", (TEXTS,))
    return graph.to_bytes()


class _Network:
    """The parts that the graphs are made of."""

    def __init__(self, graph: Graph, sizes: Sizes) -> None:
        self._graph = graph
        self._sizes = sizes
        self.mask = graph.input("mask", (TEXTS, TOKENS))
        # Of every row its place among tokens and padding; of every such place its row, in the
        # padding that of the token before it, at which nobody looks.
        flat = graph.add("Reshape", self.mask, graph.whole(-1))
        self._places = graph.add("Reshape", graph.add("NonZero", flat), graph.whole(-1))
        told = graph.add("Cast", flat, to=INT64)
        counted = graph.add("CumSum", told, graph.whole(0, scalar=True))
        rows = graph.add("Sub", counted, graph.whole(1))
        self._rows = graph.add("Reshape", rows, graph.add("Shape", self.mask))

    def by_text(self, rows: str) -> str:
        """Return rows laid out by text: (texts, tokens, ...)."""
        return self._graph.add("Gather", rows, self._rows)

    def by_row(self, laid_out: str, *sizes: int) -> str:
        """Return what is laid out by text as rows, without the padding: (rows, sizes)."""
        flat = self._graph.add("Reshape", laid_out, self._graph.whole(-1, *sizes))
        return self._graph.add("Gather", flat, self._places)

    def linear(self, rows: str, name: str) -> str:
        weight, bias = self._graph.weight(f"{name}.weight"), self._graph.weight(f"{name}.bias")
        return self._graph.add("Gemm", rows, weight, bias, transB=1)

    def norm(self, rows: str, name: str) -> str:
        weight, bias = self._graph.weight(f"{name}.weight"), self._graph.weight(f"{name}.bias")
        epsilon = float(self._sizes.epsilon)
        return self._graph.add("LayerNormalization", rows, weight, bias, axis=-1, epsilon=epsilon)

    def layers(self, rows: str, names: Iterable[str]) -> str:
        """Return what layers make of the states of tokens, (rows, width)."""
        kept = self._graph.add("Cast", self.mask, to=INT32)
        for name in names:
            rows = self._layer(rows, kept, name)
        return rows

    def mean(self, states: str, mask: str) -> str:
        """Return the mean state of the tokens that a mask keeps: (texts, width)."""
        graph, tokens = self._graph, self._graph.whole(1)
        kept = graph.add("Mul", states, graph.add("Unsqueeze", mask, graph.whole(2)))
        count = graph.add("Max", graph.add("ReduceSum", mask, tokens), graph.real(1))
        return graph.add("Div", graph.add("ReduceSum", kept, tokens, keepdims=0), count)

    def _layer(self, rows: str, kept: str, name: str) -> str:
        graph = self._graph
        told = self.linear(self._attention(rows, kept, name), f"{name}.attention.output.dense")
        rows = self.norm(graph.add("Add", told, rows), f"{name}.attention.output.LayerNorm")
        inner = graph.add("Gelu", self.linear(rows, f"{name}.intermediate.dense"))
        told = self.linear(inner, f"{name}.output.dense")
        return self.norm(graph.add("Add", told, rows), f"{name}.output.LayerNorm")

    def _attention(self, rows: str, kept: str, name: str) -> str:
        """Return what ONNX Runtime's own attention makes of rows.

        Told in the operators of the standard, it keeps the weights of all pairs of tokens thrice.
        """
        graph, sizes = self._graph, self._sizes
        parts = (
            self.by_text(self.linear(rows, f"{name}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        mixed = graph.add(
            "MultiHeadAttention", *parts, LEFT_OUT, kept, domain=RUNTIME, num_heads=sizes.heads
        )
        return self.by_row(mixed, sizes.width)
