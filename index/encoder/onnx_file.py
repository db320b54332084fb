"""An ONNX model as bytes, of the few parts that a graph needs, written without a library for it.

The format is protocol buffers (onnx.proto3): a field is its number and kind, then its value. The
weights stay where they are, in a .safetensors file: the model names the file and their places in
it, and who runs it maps them into memory.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FORMAT, OPERATORS = 9, 20  # versions: of the format (onnx 1.15), of the operators' definitions
RUNTIME, RUNTIME_OPERATORS = "com.microsoft", 1  # ONNX Runtime's own operators, their version
LEFT_OUT = ""  # an input that an operator does without
FLOAT, INT32, INT64 = 1, 6, 7  # TensorProto.DataType
ATTRIBUTE_FLOAT, ATTRIBUTE_INT, ATTRIBUTE_INTS = 1, 2, 7  # AttributeProto.AttributeType
EXTERNAL = 1  # TensorProto.DataLocation
VARINT, BYTES, FIXED32 = 0, 2, 5  # kinds of a field

Attribute = int | float | Sequence[int]


@dataclass(frozen=True)
class Place:
    """Where a float32 tensor stands in a file, in bytes, and its sizes."""

    start: int
    size: int
    shape: tuple[int, ...]


class Graph:
    """A graph that is being made; its values are known by names, which every step returns."""

    def __init__(self, file: str, places: Mapping[str, Place]) -> None:
        self._file = file
        self._places = places
        self._made = 0
        self._nodes: list[bytes] = []
        self._tensors: dict[str, bytes] = {}
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Attribute) -> str:
        """Add what an operator makes of values; "" is the domain of the standard's operators."""
        made = self._name()
        self._node(operator, inputs, made, attributes, domain)
        return made

    def weight(self, name: str) -> str:
        """Return a tensor of the file by its name there."""
        place = self._places[name]
        facts = {"location": self._file, "offset": place.start, "length": place.size}
        entries = (_text(1, key) + _text(2, str(value)) for key, value in facts.items())
        self._tensors[name] = (
            _sizes(1, place.shape)
            + _number(2, FLOAT)
            + _text(8, name)
            + b"".join(_bytes(13, entry) for entry in entries)
            + _number(14, EXTERNAL)
        )
        return name

    def whole(self, *numbers: int, scalar: bool = False) -> str:
        """Return whole numbers as a constant; with `scalar` the one of them."""
        return self._constant(np.array(numbers[0] if scalar else numbers, np.int64), INT64)

    def real(self, number: float) -> str:
        """Return a number as a constant."""
        return self._constant(np.array(number, np.float32), FLOAT)

    def input(self, name: str, shape: Sequence[int | str], kind: int = FLOAT) -> str:
        """Declare an input; a size that is named is free."""
        self._inputs.append(_value(name, shape, kind))
        return name

    def output(self, value: str, name: str, shape: Sequence[int | str]) -> None:
        """Declare a value as an output of this name."""
        self._node("Identity", (value,), name, {})
        self._outputs.append(_value(name, shape, FLOAT))

    def to_bytes(self) -> bytes:
        """Return the model."""
        parts = ((1, self._nodes), (5, self._tensors.values()), (11, self._inputs))
        graph = b"".join(_bytes(field, one) for field, ones in parts for one in ones)
        graph += _text(2, "wenshu") + b"".join(_bytes(12, one) for one in self._outputs)
        versions = (("", OPERATORS), (RUNTIME, RUNTIME_OPERATORS))
        operators = (_bytes(8, _text(1, name) + _number(2, number)) for name, number in versions)
        return _number(1, FORMAT) + _bytes(7, graph) + b"".join(operators)

    def _name(self) -> str:
        self._made += 1
        return f"value{self._made}"

    def _node(
        self,
        operator: str,
        inputs: Iterable[str],
        output: str,
        attributes: Mapping[str, Attribute],
        domain: str = "",
    ) -> None:
        taken = b"".join(_text(1, name) for name in inputs)
        told = b"".join(_bytes(5, _attribute(*one)) for one in attributes.items())
        self._nodes.append(taken + _text(2, output) + _text(4, operator) + told + _text(7, domain))

    def _constant(self, value: NDArray[np.generic], kind: int) -> str:
        name = self._name()
        about = _sizes(1, value.shape) + _number(2, kind) + _text(8, name)
        self._tensors[name] = about + _bytes(9, value.tobytes())
        return name


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        single = _varint(2 << 3 | FIXED32) + struct.pack("<f", value)
        return _text(1, name) + single + _number(20, ATTRIBUTE_FLOAT)
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, ATTRIBUTE_INT)
    return _text(1, name) + _sizes(8, value) + _number(20, ATTRIBUTE_INTS)


def _value(name: str, shape: Sequence[int | str], kind: int) -> bytes:
    sizes = (_text(2, one) if isinstance(one, str) else _number(1, one) for one in shape)
    tensor = _number(1, kind) + _bytes(2, b"".join(_bytes(1, size) for size in sizes))
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _sizes(field: int, sizes: Sequence[int]) -> bytes:
    return b"".join(_number(field, size) for size in sizes)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | VARINT) + _varint(value)


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | BYTES) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """Return a number in sevens of bits, the lowest first; a negative one as 64 bits."""
    left = value % (1 << 64)
    made = bytearray()
    while left > 0x7F:
        made.append(left & 0x7F | 0x80)
        left >>= 7
    made.append(left)
    return bytes(made)
