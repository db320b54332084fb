"""The network of the default model as ONNX graphs: the same as torch runs, layer by layer.

There are three, so that what two of them need is in memory once: the lower layers, which read a
text by itself; the upper ones, which make its vector; and the tuned upper ones, which read question
and candidate together and give a score. See `index.encoder.joint` for the last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from index.encoder.onnx_file import INT64, Graph

UPPER = 4  # layers that read question and candidate together
SEGMENTS = 5  # question, operation, and up to three wordings
FAR_BELOW = -1e30  # beside any weight of attention: nothing of it is left
TEXTS, TOKENS = "texts", "tokens"  # sizes that are free


@dataclass(frozen=True)
class Sizes:
    """The sizes of a BERT encoder."""

    width: int
    heads: int
    layers: int
    epsilon: float


def lower(graph: Graph, sizes: Sizes) -> bytes:
    """Return the graph from `embedded` and `mask` to the `states` of the tokens of texts."""
    network = _Network(graph, sizes)
    embedded, mask = network.inputs("embedded")
    hidden = network.norm(embedded, "embeddings.LayerNorm")
    names = (f"encoder.layer.{at}" for at in range(sizes.layers - UPPER))
    made = network.layers(hidden, mask, names)
    graph.output(made, "states", (TEXTS, TOKENS, sizes.width))
    return graph.to_bytes()


def upper(graph: Graph, sizes: Sizes) -> bytes:
    """Return the graph from the `states` of texts and `mask` to their unit `vectors`."""
    network = _Network(graph, sizes)
    states, mask = network.inputs("states")
    names = (f"encoder.layer.{at}" for at in range(sizes.layers - UPPER, sizes.layers))
    vectors = network.mean(network.layers(states, mask, names), mask)
    graph.output(
        graph.add("LpNormalization", vectors, axis=-1, p=2), "vectors", (TEXTS, sizes.width)
    )
    return graph.to_bytes()


def joint(graph: Graph, sizes: Sizes) -> bytes:
    """Return the graph from the `states` of pairs, `mask` and `segments` to their `scores`."""
    network = _Network(graph, sizes)
    states, mask = network.inputs("states")
    segments = graph.input("segments", (TEXTS, TOKENS), INT64)
    parted = graph.add("Gather", graph.weight("segments.weight"), segments)
    names = (f"layers.{at}" for at in range(UPPER))
    hidden = network.layers(graph.add("Add", states, parted), mask, names)
    zero = graph.whole(0, scalar=True)
    is_told = graph.add("Cast", graph.add("Greater", segments, zero), to=1)
    told = graph.add("Mul", mask, is_told)
    asked = graph.add("Sub", mask, told)
    first = graph.add("Gather", hidden, zero, axis=1)
    means = (network.mean(hidden, asked), network.mean(hidden, told))
    pooled = graph.add("Concat", first, *means, axis=1)
    score = network.linear(graph.add("Gelu", network.linear(pooled, "first")), "last")
    graph.output(graph.add("Reshape", score, graph.whole(-1)), "scores", (TEXTS,))
    return graph.to_bytes()


class _Network:
    """The parts that the graphs are made of; within layers a token is a row."""

    def __init__(self, graph: Graph, sizes: Sizes) -> None:
        self._graph = graph
        self._sizes = sizes

    def inputs(self, name: str) -> tuple[str, str]:
        """Declare the inputs of every graph: states of tokens, and a mask that is 1 at them."""
        states = self._graph.input(name, (TEXTS, TOKENS, self._sizes.width))
        return states, self._graph.input("mask", (TEXTS, TOKENS))

    def linear(self, rows: str, name: str) -> str:
        weight, bias = self._graph.weight(f"{name}.weight"), self._graph.weight(f"{name}.bias")
        return self._graph.add("Gemm", rows, weight, bias, transB=1)

    def norm(self, rows: str, name: str) -> str:
        weight, bias = self._graph.weight(f"{name}.weight"), self._graph.weight(f"{name}.bias")
        epsilon = float(self._sizes.epsilon)
        return self._graph.add("LayerNormalization", rows, weight, bias, axis=-1, epsilon=epsilon)

    def layers(self, states: str, mask: str, names: Iterable[str]) -> str:
        """Return what layers make of states (texts, tokens, width)."""
        graph, sizes = self._graph, self._sizes
        shape = graph.add("Shape", mask)
        missing = graph.add("Sub", graph.real(1), mask)
        hidden = graph.add("Mul", missing, graph.real(FAR_BELOW))
        hidden = graph.add("Unsqueeze", hidden, graph.whole(1, 2))
        by_head = graph.whole(sizes.heads, sizes.width // sizes.heads)
        headed = graph.add("Concat", shape, by_head, axis=0)
        rows = graph.add("Reshape", states, graph.whole(-1, sizes.width))
        for name in names:
            rows = self._layer(rows, hidden, headed, name)
        whole = graph.add("Concat", shape, graph.whole(sizes.width), axis=0)
        return graph.add("Reshape", rows, whole)

    def mean(self, states: str, mask: str) -> str:
        """Return the mean state of the tokens that a mask keeps: (texts, width)."""
        graph, tokens = self._graph, self._graph.whole(1)
        kept = graph.add("Mul", states, graph.add("Unsqueeze", mask, graph.whole(2)))
        count = graph.add("Max", graph.add("ReduceSum", mask, tokens), graph.real(1))
        return graph.add("Div", graph.add("ReduceSum", kept, tokens, keepdims=0), count)

    def _layer(self, rows: str, hidden: str, headed: str, name: str) -> str:
        graph = self._graph
        told = self.linear(
            self._attention(rows, hidden, headed, name), f"{name}.attention.output.dense"
        )
        rows = self.norm(graph.add("Add", told, rows), f"{name}.attention.output.LayerNorm")
        inner = graph.add("Gelu", self.linear(rows, f"{name}.intermediate.dense"))
        told = self.linear(inner, f"{name}.output.dense")
        return self.norm(graph.add("Add", told, rows), f"{name}.output.LayerNorm")

    def _attention(self, rows: str, hidden: str, headed: str, name: str) -> str:
        graph, sizes = self._graph, self._sizes
        order = {"query": (0, 2, 1, 3), "key": (0, 2, 3, 1), "value": (0, 2, 1, 3)}
        query, key, value = (
            graph.add(
                "Transpose",
                graph.add("Reshape", self.linear(rows, f"{name}.attention.self.{part}"), headed),
                perm=turned,
            )
            for part, turned in order.items()
        )
        scale = graph.real(1 / sqrt(sizes.width // sizes.heads))
        weights = graph.add("Mul", graph.add("MatMul", query, key), scale)
        shares = graph.add("Softmax", graph.add("Add", weights, hidden), axis=-1)
        mixed = graph.add("Transpose", graph.add("MatMul", shares, value), perm=(0, 2, 1, 3))
        return graph.add("Reshape", mixed, graph.whole(-1, sizes.width))
