"""Count the regular expressions with Chinese in them that stand in code.

    python -m scripts.patterns

Words belong to the lexicon, patterns to its grammar (`corpus/lexicon/data`). What is counted is
every pattern that is handed to `re` outside of `corpus/lexicon` and `corpus/entities`, whatever it
was put together from: strings that are joined, names that stand for them in any module, the
elements of a table that is compiled in a loop, and functions of ours that hand a pattern on.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "bot", "scripts")
LANGUAGE = ("corpus.lexicon", "corpus.entities")
CHINESE = re.compile(r"[\u3400-\u9fff]")
READERS = frozenset(
    ("compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer")
)
LOOPS = ast.For | ast.comprehension


class Pattern(NamedTuple):
    """A regular expression with Chinese in it, where it is handed to `re`."""

    module: str
    line: int


class Module:
    """A source with what its names stand for: assigned, imported or run through in a loop."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.tree = ast.parse(source)
        self.values: dict[str, ast.expr] = {}
        self.loops: dict[str, tuple[ast.expr, int | None]] = {}  # and which part of an element
        self.imported: dict[str, tuple[str, str]] = {}
        self.parents = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }
        self.calls: list[ast.Call] = []
        for node in ast.walk(self.tree):
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            self.calls.append(node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value:
            self._bind(node.target, node.value)
        elif isinstance(node, LOOPS):
            self._note_loop(node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self.imported[alias.asname or alias.name] = (node.module or "", alias.name)

    def _note_loop(self, node: ast.For | ast.comprehension) -> None:
        parts = node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
        for at, part in enumerate(parts):
            if isinstance(part, ast.Name):
                self.loops[part.id] = node.iter, at if len(parts) > 1 else None

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                self.values.setdefault(node.id, value)

    def function_of(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """Return the function that a node stands in."""
        above = self.parents.get(node)
        while above is not None and not isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef):
            above = self.parents.get(above)
        return above


class Patterns:
    """The modules together, and which of their functions hand a pattern on to `re`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.modules = {name: Module(name, source) for name, source in sources.items()}
        self.makers: dict[str, set[int]] = {}
        while self._find_makers():
            pass

    def found(self) -> Iterator[Pattern]:
        """Yield every pattern with Chinese in it, one for each element of a table of them."""
        for module in self.modules.values():
            if module.name.startswith(LANGUAGE):
                continue
            for node, pattern in self._handed(module):
                if self._parameter(module, node, pattern) is None:
                    times = self._times(module, pattern)
                    yield from (Pattern(module.name, node.lineno) for _ in range(times))

    def _handed(self, module: Module) -> Iterator[tuple[ast.Call, ast.expr]]:
        """Yield every call that reads a pattern, with the expression for it."""
        for node in module.calls:
            for place in self._places(module, node.func):
                if place < len(node.args):
                    yield node, node.args[place]

    def _places(self, module: Module, called: ast.expr) -> Iterable[int]:
        if isinstance(called, ast.Attribute):
            if isinstance(called.value, ast.Name) and called.value.id in ("re", "regex"):
                return (0,) if called.attr in READERS else ()
            return ()
        name = called.id if isinstance(called, ast.Name) else ""
        source, own = module.imported.get(name, (module.name, name))
        if source in ("re", "regex"):
            return (0,) if own in READERS else ()
        return self.makers.get(f"{source}.{own}", ())

    def _find_makers(self) -> bool:
        """Note the functions that hand one of their parameters on; tell whether any is new."""
        known = sum(map(len, self.makers.values()))
        for module in self.modules.values():
            for node, pattern in self._handed(module):
                at = self._parameter(module, node, pattern)
                function = module.function_of(node)
                if at is not None and function is not None:
                    self.makers.setdefault(f"{module.name}.{function.name}", set()).add(at)
        return sum(map(len, self.makers.values())) > known

    @staticmethod
    def _parameter(module: Module, node: ast.Call, pattern: ast.expr) -> int | None:
        """Return which parameter of the function around a call is its pattern, if one is."""
        function = module.function_of(node)
        names = [one.arg for one in function.args.args] if function else []
        literal = {
            id(name)
            for call in ast.walk(pattern)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.escape"
            for name in ast.walk(call)
        }
        used = [one for one in ast.walk(pattern) if isinstance(one, ast.Name)]
        handed = (one.id for one in used if one.id in names and id(one) not in literal)
        return next(map(names.index, handed), None)

    def _times(self, module: Module, pattern: ast.expr) -> int:
        """Return how many patterns with Chinese an expression stands for."""
        for node in ast.walk(pattern):
            if isinstance(node, ast.Name) and node.id in module.loops:
                table, part = module.loops[node.id]
                elements = self._elements(module, table)
                if elements is not None:
                    rest = self._is_chinese(module, pattern, set())
                    own = [part_of(one, part) for one in elements]
                    return sum(rest or self._is_chinese(module, one, set()) for one in own)
        return int(self._is_chinese(module, pattern, set()))

    def _elements(self, module: Module, table: ast.expr) -> list[ast.expr] | None:
        """Return the elements of a table that is written out, None for any other."""
        if isinstance(table, ast.Name):
            owner, value = self._value(module, table.id)
            return self._elements(owner, value) if value is not None else None
        if isinstance(table, ast.Tuple | ast.List | ast.Set):
            return table.elts
        if isinstance(table, ast.Call) and isinstance(table.func, ast.Attribute):
            return self._elements(module, table.func.value)
        return table.values if isinstance(table, ast.Dict) else None

    def _value(self, module: Module, name: str) -> tuple[Module, ast.expr | None]:
        source, own = module.imported.get(name, (module.name, name))
        owner = self.modules.get(source, module)
        return owner, owner.values.get(own)

    def _is_chinese(self, module: Module, node: ast.AST, seen: set[tuple[str, str]]) -> bool:
        """Tell whether any string that an expression is put together from has Chinese in it."""
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                if CHINESE.search(part.value):
                    return True
            elif isinstance(part, ast.Name) and (module.name, part.id) not in seen:
                seen.add((module.name, part.id))
                owner, value = self._value(module, part.id)
                if value is not None and owner.name.startswith(LANGUAGE):
                    continue  # a class of words, used where it is wanted
                if value is not None and self._is_chinese(owner, value, seen):
                    return True
        return False


def part_of(element: ast.expr, part: int | None) -> ast.expr:
    """Return the part of an element that a loop gives a name of its own."""
    return element.elts[part] if isinstance(element, ast.Tuple) and part is not None else element


def sources() -> dict[str, str]:
    """Return the source of every module of ours by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def count(modules: Mapping[str, str]) -> Counter[str]:
    """Return how many patterns with Chinese each module has."""
    return Counter(pattern.module for pattern in Patterns(modules).found())


def main() -> None:
    """Print the patterns with Chinese of each module, package and of all."""
    modules = count(sources())
    packages: Counter[str] = Counter()
    for module, patterns in modules.items():
        packages[".".join(module.split(".")[:2])] += patterns
        print(f"{patterns:4} {module}")
    for package, patterns in packages.most_common():
        print(f"{patterns:4} {package}")
    print(f"{modules.total():4} in all")


if __name__ == "__main__":
    main()
