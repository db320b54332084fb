"""The layout holds: imports go corpus -> index -> bot, and each foreign library has one owner."""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "bot": {"corpus", "index", "bot"},
}
# Arrays and models of data are the language that the modules speak with each other.
SHARED = {"numpy", "pydantic"}
# What one wrapper speaks for: a package of ours may be the owner where one module is too small.
OWNING_PACKAGES = {"telegram": "bot.telegram"}
OWNED_STANDARD = {"sqlite3"}


def imports(source: str) -> Iterator[str]:
    """Yield the full name of every module that a source imports, by statement or by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "import_module",
            "importlib.import_module",
        ):
            (name, *_) = node.args
            assert isinstance(name, ast.Constant), "a module is loaded by a name that can be read"
            yield str(name.value)


def sources(root: Path) -> dict[str, str]:
    """Return the source of every module of the three packages by its dotted name."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts): path.read_text(encoding="utf-8")
        for package in MAY_IMPORT
        for path in sorted((root / package).rglob("*.py"))
    }


def wrong_ways(modules: Mapping[str, str]) -> list[str]:
    """Return every import of ours that runs against the direction."""
    ours = {*MAY_IMPORT, "scripts", "tests"}
    return [
        f"{module} imports {name}"
        for module, source in modules.items()
        for name in imports(source)
        if (top := name.split(".")[0]) in ours and top not in MAY_IMPORT[module.split(".")[0]]
    ]


def shared_libraries(modules: Mapping[str, str]) -> list[str]:
    """Return every foreign library that more than one module imports, with the modules."""
    owners: dict[str, set[str]] = defaultdict(set)
    for module, source in modules.items():
        for name in imports(source):
            library = name.split(".")[0]
            if is_owned(library):
                owners[library].add(owner_name(module, library))
    return [
        f"{library}: {', '.join(sorted(names))}"
        for library, names in sorted(owners.items())
        if len(names) > 1
    ]


def is_owned(library: str) -> bool:
    if library in OWNED_STANDARD:
        return True
    return library not in {*MAY_IMPORT, *SHARED, *sys.stdlib_module_names}


def owner_name(module: str, library: str) -> str:
    package = OWNING_PACKAGES.get(library, "")
    return package if package and module.startswith(package + ".") else module


def test_imports_go_from_corpus_to_index_to_bot() -> None:
    assert wrong_ways(sources(ROOT)) == []


def test_every_data_file_of_a_package_is_shipped() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = settings["tool"]["setuptools"]["package-data"]
    for package in MAY_IMPORT:
        kept = {
            path
            for path in (ROOT / package).rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc")
        }
        listed = {path for glob in shipped.get(package, ()) for path in (ROOT / package).glob(glob)}
        assert kept <= listed, f"{package}: {sorted(kept - listed)}"


def test_each_foreign_library_has_one_owner() -> None:
    assert shared_libraries(sources(ROOT)) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("corpus.planted", "from index.library import Library"),
        ("corpus.planted", "import bot.desk"),
        ("index.planted", "from bot import desk"),
        ("index.planted", "import_module('bot.desk')"),
        ("bot.planted", "from scripts import answer"),
    ],
)
def test_a_planted_import_against_the_direction_is_caught(module: str, line: str) -> None:
    assert len(wrong_ways({**sources(ROOT), module: line})) == 1 + len(wrong_ways(sources(ROOT)))


@pytest.mark.parametrize(
    "line",
    ["import faiss", "from sqlite3 import connect", "from sentence_transformers import util"],
)
def test_a_planted_second_owner_is_caught(line: str) -> None:
    library = line.split()[1]
    planted = shared_libraries({**sources(ROOT), "corpus.planted": line})
    assert [found for found in planted if found.startswith(f"{library}: ")]


def test_a_library_within_its_own_package_has_one_owner() -> None:
    assert (
        shared_libraries(
            {
                "bot.telegram.a": "import telegram",
                "bot.telegram.b": "from telegram.ext import filters",
            }
        )
        == []
    )
    assert shared_libraries({"bot.telegram.a": "import telegram", "bot.b": "import telegram"}) == [
        "telegram: bot.b, bot.telegram"
    ]
