"""The adapter of the default model: what training changed in it, kept small, and its heads.

`adapter.safetensors` lies beside this file. Of a tuned matrix it holds two factors of low rank,
`NAME.up` (rows, rank) and `NAME.down` (rank, columns), whose product is added; of a tuned vector
the difference `NAME.add`; `operations.weight` and `.bias` tell the operation of a question from
its vector. It is made by `scripts.train`. This is the only module that imports safetensors.
"""

import json
import os
import struct
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from re import search
from typing import Self

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save_file

from index.encoder.onnx_file import Place
from index.encoder.operations import OPERATIONS

Tensors = dict[str, NDArray[np.float32]]
FILE, SCORER = "adapter.safetensors", "scorer.safetensors"
UP, DOWN, ADD = ".up", ".down", ".add"
SCALE = 8.0  # of the unit vector that the head is given


@cache
def load_tensors(name: str = FILE) -> Tensors:
    """Return the tensors of a file that is shipped beside this module, as float32."""
    data = (files("index.encoder") / name).read_bytes()
    return {name: tensor.astype(np.float32) for name, tensor in load(data).items()}


def fingerprint(name: str) -> str:
    """Return what tells the content of a file that is shipped beside this module."""
    return sha256((files("index.encoder") / name).read_bytes()).hexdigest()[:16]


class TensorFile:
    """A .safetensors file of float32 tensors, of which only what is asked for is read."""

    def __init__(self, path: Path, places: Mapping[str, Place]) -> None:
        self.path = path
        self.places = places

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file: the length of its head, the head as JSON, then the tensors."""
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            head = json.loads(file.read(length))
        head.pop("__metadata__", None)
        places = {
            name: Place(8 + length + start, end - start, tuple(about["shape"]))
            for name, about in head.items()
            for start, end in [about["data_offsets"]]
        }
        return cls(path, places)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Return a whole tensor."""
        place = self.places[name]
        data = np.fromfile(self.path, "<f4", place.size // 4, offset=place.start)
        return data.reshape(place.shape)

    def rows(self, name: str, wanted: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return rows of a matrix: (wanted, columns).

        They are read, not mapped: of a table of words that is mapped, ever more would stay.
        """
        place = self.places[name]
        made = np.empty((len(wanted), place.shape[1]), "<f4")
        with self.path.open("rb") as file:
            for row, number in zip(made, wanted.tolist(), strict=True):
                os.preadv(file.fileno(), [row.data], place.start + number * row.nbytes)
        return made


def adapted(weights: Tensors, adapter: Tensors) -> Tensors:
    """Return the weights of a model with an adapter merged into them."""
    merged = dict(weights)
    for name in adapter:
        if name.endswith(UP):
            own = name.removesuffix(UP)
            merged[own] = merged[own] + adapter[name] @ adapter[own + DOWN]
        elif name.endswith(ADD):
            own = name.removesuffix(ADD)
            merged[own] = merged[own] + adapter[name]
    return merged


def difference(tuned: Tensors, base: Tensors, *, rank: int) -> Tensors:
    """Return the adapter that makes the tuned weights of the base, matrices to a rank."""
    made: Tensors = {}
    for name, tensor in tuned.items():
        delta = tensor - base[name]
        if delta.ndim < 2:
            made[name + ADD] = delta
            continue
        up, sizes, down = np.linalg.svd(delta, full_matrices=False)
        made[name + UP] = up[:, :rank] * sizes[:rank]
        made[name + DOWN] = down[:rank]
    return made


def operations_of(vector: NDArray[np.float32]) -> dict[str, float]:
    """Return the probability of each operation for the vector of a question."""
    adapter = load_tensors()
    raw = adapter["operations.weight"] @ (vector * SCALE) + adapter["operations.bias"]
    odds = np.exp(raw - raw.max())
    return dict(zip(OPERATIONS, map(float, odds / odds.sum()), strict=True))


def write_adapter(tensors: Mapping[str, NDArray[np.float32]], path: Path) -> None:
    """Write an adapter in half precision."""
    write_tensors({name: tensor.astype(np.float16) for name, tensor in tensors.items()}, path)


def write_tensors(tensors: Mapping[str, NDArray[np.generic]], path: Path) -> None:
    """Write tensors as a .safetensors file; raise `OSError` where the disk does not take it.

    The library has an error of its own for that, which names the number of the system's in words.
    """
    whole = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
    try:
        save_file(whole, path, metadata={"format": "pt"})
    except SafetensorError as error:
        number = search(r"os error (\d+)", str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1])), str(path)) from error
