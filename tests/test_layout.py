"""The layout holds: imports go corpus -> index -> bot, and each foreign library has one owner.

Within corpus the packages have an order of their own, and no package grows beyond what one can see.
"""

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "bot": {"corpus", "index", "bot"},
}
# What each package of corpus may import beside itself: the way from a file to facts, one way only.
_WORDS = {"model", "lexicon", "entities"}
MAY_IMPORT_IN_CORPUS: dict[str, set[str]] = {
    "model": set(),
    "lexicon": {"model"},
    "readers": {"model"},
    "entities": {"model", "lexicon"},
    "structure": _WORDS,
    "tables": {*_WORDS, "structure"},
    "extraction": {*_WORDS, "structure", "tables"},
    "checks": {*_WORDS, "structure", "tables"},
    "pipeline": {*_WORDS, "readers", "structure", "tables", "extraction", "checks"},
}
MOST_MODULES = 12
# Their modules are not yet sorted into packages: understanding, answering and delivering are one.
UNSORTED = {"bot", "bot.telegram"}
# Arrays and models of data are the language that the modules speak with each other.
SHARED = {"numpy", "pydantic"}
# What one wrapper speaks for: a package of ours may be the owner where one module is too small.
OWNING_PACKAGES = {
    "torch": "index.encoder",
    "telegram": "bot.telegram",
    "typer": "bot.commands",
    "PIL": "bot.telegram",
    "pypdfium2": "corpus.readers.pdf",
    "docx": "corpus.readers.word",
}
# One library that reads what people bring and writes what they take away: two ends, two owners.
OWNING_BOTH_ENDS = {"openpyxl": ("corpus.readers.sheets.xlsx", "bot.telegram.export")}
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


def wrong_ways_in_corpus(modules: Mapping[str, str]) -> list[str]:
    """Return every import between packages of corpus that runs against their order."""
    return [
        f"{module} imports {name}"
        for module, source in modules.items()
        for name in imports(source)
        if module.startswith("corpus.") and not in_order(module, name)
    ]


def in_order(module: str, name: str) -> bool:
    """Tell whether a module of corpus may import what is named so."""
    top, _, rest = name.partition(".")
    own, wing = module.split(".")[1], rest.split(".")[0]
    return top != "corpus" or wing in {own, *MAY_IMPORT_IN_CORPUS.get(own, ())}


def crowded(modules: Iterable[str]) -> list[str]:
    """Return every package that holds more modules than one can see at a glance."""
    sizes = Counter(
        package
        for package, _, name in (module.rpartition(".") for module in modules)
        if name != "__init__"
    )
    return [
        f"{package}: {size} modules"
        for package, size in sizes.items()
        if size > MOST_MODULES and package not in UNSORTED
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
    ends: tuple[str, ...] = OWNING_BOTH_ENDS.get(library, ())
    if module in ends:
        return ends[0]
    package = OWNING_PACKAGES.get(library, "")
    return package if package and module.startswith(package + ".") else module


def test_imports_go_from_corpus_to_index_to_bot() -> None:
    assert wrong_ways(sources(ROOT)) == []


def test_imports_within_corpus_go_from_words_to_facts() -> None:
    assert wrong_ways_in_corpus(sources(ROOT)) == []


def test_no_package_is_crowded() -> None:
    assert crowded(sources(ROOT)) == []


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
    ("module", "line"),
    [
        ("corpus.model.planted", "from corpus.lexicon.terms import Term"),
        ("corpus.lexicon.planted", "import corpus.entities.years"),
        ("corpus.readers.planted", "from corpus.structure import outline"),
        ("corpus.entities.planted", "from corpus.structure.clauses import Clause"),
        ("corpus.structure.planted", "from corpus import tables"),
        ("corpus.tables.planted", "import_module('corpus.extraction.facts')"),
        ("corpus.extraction.subjects.planted", "from corpus.pipeline import Parts"),
        ("corpus.checks.planted", "from corpus.extraction.facts import statement_to_fact"),
    ],
)
def test_a_planted_import_against_the_order_in_corpus_is_caught(module: str, line: str) -> None:
    assert len(wrong_ways_in_corpus({**sources(ROOT), module: line})) == 1


def test_a_planted_thirteenth_module_is_caught() -> None:
    planted = [f"index.planted.module{number}" for number in range(MOST_MODULES + 1)]
    assert crowded(["index.planted.__init__", *planted[1:]]) == []
    assert crowded(planted) == ["index.planted: 13 modules"]


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
