"""The data files of the vocabulary, found in one place wherever the package is installed."""

import tomllib
from importlib.resources import files
from typing import Any


def read_data(name: str) -> dict[str, Any]:
    """Read `data/NAME.toml`."""
    source = files("corpus.lexicon").joinpath("data", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
