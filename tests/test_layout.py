"""The layout holds: imports go corpus -> index -> bot, and each foreign library has one owner.

Within corpus and bot the packages have orders of their own, and none grows beyond what one can
see at a glance.
"""

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
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
# The floors of a package, from the ground up: what stands on one may import what stands below it,
# and nothing beside it. Every module and package of these stands on some floor.
FLOORS: dict[str, tuple[set[str], ...]] = {
    "bot": (
        {"types", "settings", "organisations"},
        {"parsing", "presentation"},
        {"query", "smalltalk"},
        {"answering", "evidence", "onward", "overview"},
        {"understanding", "rules", "decomposition"},
        {"assistant"},
        {"telegram"},
        {"serve"},
        {"cli"},
    ),
    "bot.query": (
        {"retrieval", "forms", "reckoned"},
        {"arithmetic", "selection", "values"},
        {"comparability", "identities"},
        {"executor"},
    ),
    "bot.rules": (
        {"lookup", "verification"},
        {"comparison"},
        {"calculation", "refusal"},
        {"predicates"},
        {"operations"},
    ),
    "bot.telegram": (
        {"limits", "metrics", "suggestions", "state", "views"},
        {"delivery", "pictures", "workers"},
        {"service"},
        {"replies"},
        {"handlers", "administration"},
        {"routes"},
        {"app"},
    ),
}
MOST_FLOORS = {"corpus": 7, "bot": 9, "bot.telegram": 7}
# What an order of floors would allow and must not be: who writes an answer cannot see the question.
NEVER = {("bot.answering", "bot.parsing")}
MOST_MODULES = 12
# Arrays and models of data are the language that the modules speak with each other.
SHARED = {"numpy", "pydantic"}
# What one wrapper speaks for: a package of ours may be the owner where one module is too small.
OWNING_PACKAGES = {
    "torch": "index.encoder",
    "telegram": "bot.telegram",
    "typer": "bot.cli",
    "PIL": "bot.telegram.pictures",
    "pypdfium2": "corpus.readers.pdf",
    "docx": "corpus.readers.word",
}
# One library that reads what people bring and writes what they take away: two ends, two owners.
OWNING_BOTH_ENDS = {"openpyxl": ("corpus.readers.sheets.xlsx", "bot.telegram.views.spreadsheet")}
OWNED_STANDARD = {"sqlite3"}


@cache
def imports(source: str) -> tuple[str, ...]:
    """Return the full name of every module that a source imports, by statement or by name."""
    return tuple(imports_of(ast.parse(source)))


def imports_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
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


def wrong_ways_in_floors(modules: Mapping[str, str]) -> list[str]:
    """Return every import within a package of `FLOORS` that runs up or to a neighbour."""
    return [
        f"{module} imports {name}"
        for package in FLOORS
        for module, source in modules.items()
        for name in imports(source)
        if runs_up(package, module, name)
    ]


def runs_up(package: str, module: str, name: str) -> bool:
    """Tell whether one module imports what does not stand below it in their package."""
    if not module.startswith(f"{package}.") or not f"{name}.".startswith(f"{package}."):
        return False
    own, other = part_of(package, module), part_of(package, name)
    return own != other and not floor_of(package, other, 99) < floor_of(package, own, 0)


def part_of(package: str, name: str) -> str:
    """Return the module or package of a package that a name leads to; none for itself."""
    return name.removeprefix(package).removeprefix(".").partition(".")[0]


def floor_of(package: str, part: str, otherwise: int) -> int:
    floors = (number for number, parts in enumerate(FLOORS[package], 1) if part in parts)
    return next(floors, otherwise)


def parts_without_floor(modules: Iterable[str]) -> set[str]:
    """Return what stands in a package of `FLOORS` and on none of its floors."""
    return {
        f"{package}.{part}"
        for package in FLOORS
        for module in modules
        if module.startswith(f"{package}.") and (part := part_of(package, module)) != "__init__"
        if not floor_of(package, part, 0)
    }


def count_floors(modules: Mapping[str, str], package: str) -> int:
    """Return how many floors the imports make of the parts of a package; none may go round."""
    below: dict[str, set[str]] = defaultdict(set)
    for module, source in modules.items():
        if module.startswith(f"{package}."):
            part = part_of(package, module)
            found = (name for name in imports(source) if name.startswith(f"{package}."))
            below[part] |= {part_of(package, name) for name in found} - {part}
    heights: dict[str, int] = {}
    for part in TopologicalSorter(below).static_order():
        heights[part] = 1 + max((heights[under] for under in below[part]), default=0)
    return max(heights.values())


def forbidden(modules: Mapping[str, str]) -> list[str]:
    """Return every import that `NEVER` names."""
    return [
        f"{module} imports {name}"
        for above, below in NEVER
        for module, source in modules.items()
        if module.startswith(f"{above}.")
        for name in imports(source)
        if f"{name}.".startswith(f"{below}.")
    ]


def crowded(modules: Iterable[str]) -> list[str]:
    """Return every package that holds more modules than one can see at a glance."""
    sizes = Counter(
        package
        for package, _, name in (module.rpartition(".") for module in modules)
        if name != "__init__"
    )
    return [f"{package}: {size} modules" for package, size in sizes.items() if size > MOST_MODULES]


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


def test_imports_within_bot_go_down_from_floor_to_floor() -> None:
    assert parts_without_floor(sources(ROOT)) == set()
    assert wrong_ways_in_floors(sources(ROOT)) == []
    assert forbidden(sources(ROOT)) == []


@pytest.mark.parametrize(("package", "most"), MOST_FLOORS.items())
def test_there_are_few_floors(package: str, most: int) -> None:
    assert count_floors(sources(ROOT), package) <= most


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
        ("corpus.planted", "import bot.assistant"),
        ("index.planted", "from bot import assistant as assistant"),
        ("index.planted", "import_module('bot.assistant')"),
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
        ("corpus.entities.planted", "from corpus.structure.segmentation import Clause"),
        ("corpus.structure.planted", "from corpus import tables"),
        ("corpus.tables.planted", "import_module('corpus.extraction.facts')"),
        ("corpus.extraction.subjects.planted", "from corpus.pipeline import Parts"),
        ("corpus.checks.planted", "from corpus.extraction.facts import statement_to_fact"),
    ],
)
def test_a_planted_import_against_the_order_in_corpus_is_caught(module: str, line: str) -> None:
    assert len(wrong_ways_in_corpus({**sources(ROOT), module: line})) == 1


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bot.types", "from bot.settings.environment import Settings"),
        ("bot.parsing.planted", "from bot.presentation.answer_text import show"),
        ("bot.presentation.planted", "from bot.query.forms import Lookup"),
        ("bot.query.planted", "from bot.rules import operations"),
        ("bot.query.retrieval.planted", "from bot.query.selection import key_of"),
        ("bot.evidence.planted", "from bot.answering import composer"),
        ("bot.understanding.planted", "from bot.rules.refusal import refuse"),
        ("bot.rules.lookup.planted", "from bot.rules.comparison import superlatives"),
        ("bot.rules.comparison.planted", "import_module('bot.rules.operations')"),
        ("bot.assistant", "from bot.telegram.service import Service"),
        ("bot.telegram.views.planted", "from bot.telegram.state import database"),
        ("bot.telegram.replies.planted", "from bot.telegram.handlers import commands"),
        ("bot.telegram.service", "from bot.telegram import app"),
        ("bot.serve", "from bot.cli.app import main"),
    ],
)
def test_a_planted_import_against_the_order_in_bot_is_caught(module: str, line: str) -> None:
    assert len(wrong_ways_in_floors({**sources(ROOT), module: line})) == 1


def test_a_planted_look_at_the_question_is_caught() -> None:
    line = "from bot.parsing.parser import understand"
    assert forbidden({"bot.answering.planted": line}) == [
        "bot.answering.planted imports bot.parsing.parser"
    ]


def test_a_planted_module_without_a_floor_is_caught() -> None:
    planted = [*sources(ROOT), "bot.planted", "bot.rules.planted", "bot.rules.lookup.planted"]
    assert parts_without_floor(planted) == {"bot.planted", "bot.rules.planted"}


@pytest.mark.parametrize(
    ("package", "top"),
    [("corpus", "corpus.pipeline"), ("bot", "bot.cli.app"), ("bot.telegram", "bot.telegram.app")],
)
def test_a_planted_floor_is_counted(package: str, top: str) -> None:
    planted = {**sources(ROOT), f"{package}.planted": f"import {top}"}
    assert count_floors(planted, package) == 1 + count_floors(sources(ROOT), package)


def test_a_planted_thirteenth_module_is_caught() -> None:
    planted = [f"index.planted.module{number}" for number in range(MOST_MODULES + 1)]
    assert crowded(["index.planted.__init__", *planted[1:]]) == []
    assert crowded(planted) == ["index.planted: 13 modules"]


@pytest.mark.parametrize(
    "line",
    [
        "import faiss",
        "from sqlite3 import connect",
        "from sentence_transformers import util",
        "import onnxruntime",
        "from tokenizers import Tokenizer",
    ],
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
