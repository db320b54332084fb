"""How a file becomes the parts of a report, and by which version of the rules."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.pipeline import Parts

Read = Callable[[Path], "Parts"]


def read_file(path: Path) -> "Parts":
    """Read a report by the rules of `corpus`, loaded when first needed: answering needs none.

    Raises `BadReport` for a file that cannot be read as a report.
    """
    parts: Parts = import_module("corpus.pipeline").file_to_parts(path)
    return parts


@cache
def pipeline_version() -> str:
    """Return a digest of the sources and the vocabulary of `corpus`: other rules, other facts."""
    digest = sha256()
    for source in sorted(files("corpus").iterdir(), key=lambda one: one.name):
        if source.is_file() and source.name.endswith((".py", ".toml", ".json")):
            digest.update(source.name.encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
