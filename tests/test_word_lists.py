"""A class of words stands once: no list of Chinese words is written a second time.

A list is three words or more: between the bars of a pattern, or in a tuple, a list or a set of a
module or a data file. What still stands again is counted, and the count may only fall.
"""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from corpus.model.types import Aspect

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "bot")
LEAST_WORDS = 3
STILL_AGAIN = 1  # places of a list beyond its first; lower it with every one that goes
WORD = re.compile(r"[\u4e00-\u9fff]+")
BRACKET = re.compile(r"\((?:\?(?:P<\w+>|<?[=!]|:))?|\)")
ASPECTS = frozenset(get_args(Aspect))  # the type checker knows them all

Words = frozenset[str]


def words_of(texts: Iterable[object]) -> Words:
    return frozenset(text for text in texts if isinstance(text, str) and WORD.fullmatch(text))


def pattern_to_lists(pattern: str) -> Iterator[Words]:
    """Yield the words between the bars of each bracket of a pattern, and outside of all."""
    levels, at = [""], 0
    for mark in BRACKET.finditer(pattern):
        levels[-1] += pattern[at : mark.start()]
        at = mark.end()
        if mark.group() != ")":
            levels.append("")
        elif len(levels) > 1:
            yield words_of(levels.pop().split("|"))
            levels[-1] += "()"
    levels[-1] += pattern[at:]
    yield from (words_of(level.split("|")) for level in levels)


def module_to_lists(source: str) -> Iterator[tuple[str, Words]]:
    """Yield every list of a module with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((str(node.lineno), words) for words in pattern_to_lists(node.value))
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            values = (one.value for one in node.elts if isinstance(one, ast.Constant))
            yield str(node.lineno), words_of(values)


def data_to_lists(data: object, place: str = "") -> Iterator[tuple[str, Words]]:
    """Yield every list of a data file with its key."""
    if isinstance(data, str):
        yield from ((place, words) for words in pattern_to_lists(data))
    elif isinstance(data, list):
        yield place, words_of(data)
        for number, one in enumerate(data):
            yield from data_to_lists(one, f"{place}.{number}")
    elif isinstance(data, dict):
        for name, one in data.items():
            yield from data_to_lists(one, f"{place}.{name}")


def files() -> dict[str, str]:
    """Return the modules and the data files of the packages by their paths."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in (".py", ".toml")
    }


def written_twice(texts: Mapping[str, str]) -> dict[Words, list[str]]:
    """Return every list that stands at more than one place, with its places."""
    places: dict[Words, list[str]] = defaultdict(list)
    for path, text in texts.items():
        found = (
            module_to_lists(text) if path.endswith(".py") else data_to_lists(tomllib.loads(text))
        )
        for place, words in found:
            if len(words) >= LEAST_WORDS and not words <= ASPECTS:
                places[words].append(f"{path}:{place}")
    return {words: where for words, where in places.items() if len(where) > 1}


def test_no_more_lists_of_words_stand_twice() -> None:
    twice = written_twice(files())
    told = "\n".join(f"{'、'.join(sorted(words))}: {where}" for words, where in twice.items())
    again = sum(len(where) - 1 for where in twice.values())
    assert again <= STILL_AGAIN, f"{again} lists stand again, where one place is enough:\n{told}"


def test_a_planted_second_list_is_caught() -> None:
    planted = {
        "corpus/a.py": 'RISE = re.compile(r"(?:甲涨|乙涨|丙涨)了|丁")',
        "bot/b.py": 'RISE = ("丙涨", "乙涨", "甲涨")',
        "bot/c.toml": 'rise = ["甲涨", "乙涨"]\n[[rule]]\nmatch = "(甲涨|乙涨|丙涨)多少"',
        "bot/d.py": 'KINDS: tuple[Aspect, ...] = ("预算", "决算", "执行数")',
        "bot/e.py": 'KINDS: tuple[Aspect, ...] = ("预算", "决算", "执行数")',
    }
    assert written_twice(planted) == {
        frozenset(("甲涨", "乙涨", "丙涨")): [
            "corpus/a.py:1",
            "bot/b.py:1",
            "bot/c.toml:.rule.0.match",
        ]
    }
