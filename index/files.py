"""Which files are meant by paths: files as they are, folders by the reports in them."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

ARCHIVE = ".zip"


@cache
def suffixes() -> frozenset[str]:
    """Return what reports are called, by the readers of `corpus`; answering needs none of them."""
    read: frozenset[str] = import_module("corpus.readers.detect").SUFFIXES
    return read | {ARCHIVE}


def report_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return every file named, and of every folder, at any depth, the reports in order of name.

    A file that is named is taken whatever it is called: its reader says what is wrong with it.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.suffix.lower() in suffixes())
            found |= dict.fromkeys(sorted(one for one in inside if not hidden(one, path)))
        else:
            found[path] = None
    return tuple(found)


def passed_over(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files in the folders named that are no reports by their names, hidden ones apart.

    What nobody put there by hand is not worth a word.
    """
    found = (
        one
        for path in paths
        if path.is_dir()
        for one in sorted(path.rglob("*"))
        if one.is_file() and one.suffix.lower() not in suffixes() and not hidden(one, path)
    )
    return tuple(dict.fromkeys(found))


def hidden(path: Path, root: Path) -> bool:
    """Tell whether a file, or a folder between it and `root`, is hidden or Office's lock file."""
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
