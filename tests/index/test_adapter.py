"""The adapter: what training changed, taken apart and put together again."""

from pathlib import Path

import numpy as np
import pytest

from index.encoder.adapter import adapted, difference, operations_of, write_adapter
from index.encoder.operations import OPERATIONS

BASE = {
    "layer.weight": np.array([[1, 0, 2], [0, 1, 0]], np.float32),
    "layer.bias": np.array([0.5, -0.5], np.float32),
    "other.weight": np.array([[3.0]], np.float32),
}
# The matrix is changed by [[1, 2, 3], [2, 4, 7]], which has rank two; the vector by (0.25, 0.5).
TUNED = {
    "layer.weight": np.array([[2, 2, 5], [2, 5, 7]], np.float32),
    "layer.bias": np.array([0.75, 0.0], np.float32),
}


def test_an_adapter_of_enough_rank_gives_the_tuned_weights_back() -> None:
    adapter = difference(TUNED, BASE, rank=2)
    assert {name: tensor.shape for name, tensor in adapter.items()} == {
        "layer.weight.up": (2, 2),
        "layer.weight.down": (2, 3),
        "layer.bias.add": (2,),
    }
    merged = adapted(BASE, adapter)
    assert sorted(merged) == sorted(BASE)
    np.testing.assert_allclose(merged["layer.weight"], TUNED["layer.weight"], atol=1e-5)
    np.testing.assert_array_equal(merged["layer.bias"], TUNED["layer.bias"])
    np.testing.assert_array_equal(merged["other.weight"], BASE["other.weight"])


def test_an_adapter_of_less_rank_keeps_what_changed_most() -> None:
    """Of diag(3, 1) rank one keeps the 3."""
    base = {"w": np.zeros((2, 2), np.float32)}
    tuned = {"w": np.diag([3.0, 1.0]).astype(np.float32)}
    merged = adapted(base, difference(tuned, base, rank=1))
    np.testing.assert_allclose(merged["w"], [[3, 0], [0, 0]], atol=1e-6)


def test_the_base_is_left_as_it_was() -> None:
    before = {name: tensor.copy() for name, tensor in BASE.items()}
    adapted(BASE, difference(TUNED, BASE, rank=2))
    for name, tensor in BASE.items():
        np.testing.assert_array_equal(tensor, before[name])


def test_a_head_in_the_adapter_is_no_weight_of_the_model() -> None:
    head = {"operations.weight": np.ones((21, 3), np.float32)}
    assert sorted(adapted(BASE, head)) == sorted(BASE)


def test_an_adapter_is_written_in_half_precision(tmp_path: Path) -> None:
    load_file = pytest.importorskip("safetensors.numpy").load_file
    write_adapter(difference(TUNED, BASE, rank=2), tmp_path / "adapter.safetensors")
    read = load_file(tmp_path / "adapter.safetensors")
    assert {str(tensor.dtype) for tensor in read.values()} == {"float16"}
    merged = adapted(BASE, {name: tensor.astype(np.float32) for name, tensor in read.items()})
    np.testing.assert_allclose(merged["layer.weight"], TUNED["layer.weight"], atol=1e-2)


def test_the_operations_of_any_vector_sum_to_one() -> None:
    vector = np.zeros(384, np.float32)
    vector[0] = 1.0
    shares = operations_of(vector)
    assert tuple(shares) == OPERATIONS
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)
    assert min(shares.values()) >= 0.0
