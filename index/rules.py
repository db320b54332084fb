"""How a file becomes the parts of a report, and by which version of the rules."""

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.pipeline import Parts

WORDING = Path(__file__).parent / "wordings" / "wording.py"
Read = Callable[[Path], "Parts"]


def read_file(path: Path) -> "Parts":
    """Read a report by the rules of `corpus`, loaded when first needed: answering needs none.

    Raises `BadReport` for a file that cannot be read as a report.
    """
    parts: Parts = import_module("corpus.pipeline").file_to_parts(path)
    return parts


@cache
def pipeline_version() -> str:
    """Return a digest of the sources and the vocabulary of `corpus`: other rules, other facts.

    How facts and sentences are worded for the reader counts with them.
    """
    digest = sha256()
    for name, source in sorted(_sources(files("corpus")), key=itemgetter(0)):
        digest.update(name.encode())
        digest.update(source.read_bytes())
    digest.update(WORDING.read_bytes())
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield every source and data file of the tree, each with its name relative to the top."""
    for entry in folder.iterdir():
        name = above + entry.name
        if entry.is_dir():
            yield from _sources(entry, f"{name}/")
        elif name.endswith((".py", ".toml", ".json")):
            yield name, entry
