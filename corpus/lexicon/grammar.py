"""Patterns of Chinese as data: templates over classes of words, each compiled once.

`data/classes.toml` has the classes of words, each class once, and the pieces that patterns share;
`data/grammar/` has the patterns, a file for each package of `corpus` or for what a field of `bot`
looks for, and a section for each module.
In a template `{rise}` stands for any word of the class `rise`, the longest first, or for the piece
of that name. What is built of state or of units of measure stays code.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated

from pydantic import BeforeValidator

from corpus.lexicon.data_files import WRONG, data_file, place_to_line, read_data, validate
from corpus.model.errors import BadData
from corpus.model.types import Noun

NAMED = re.compile(r"\{([a-z]\w*)\}")


class WordClass(Noun):
    """Words that mean the same to a pattern: its own, and those of the classes it takes in."""

    words: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


class Shared(Noun):
    """What the patterns are made of: `classes.toml`. A piece is a template itself."""

    classes: dict[str, WordClass]
    pieces: dict[str, str]


class Form(Noun):
    """A pattern: its template or the alternatives of one, and the examples that are its tests.

    It is found in each of `finds` and in none of `passes`.
    """

    match: str | tuple[str, ...]
    finds: tuple[str, ...]
    passes: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The whole template: alternatives are tried in their order."""
        return self.match if isinstance(self.match, str) else "|".join(self.match)


class Grammar(Noun):
    """The patterns of one package by module and name."""

    modules: dict[str, dict[str, Form]]


@cache
def shared() -> Shared:
    """Return the classes and the pieces; read once a process."""
    return validate(Shared, read_data("classes"), data_file("classes"))


@cache
def grammar(package: str) -> Grammar:
    """Return the patterns of a package as they are written; read once a process."""
    name = f"grammar/{package}"
    return validate(Grammar, {"modules": read_data(name)}, data_file(name))


@cache
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a class, the longest first; KeyError where there is no such class."""
    known = shared().classes[name]
    words = [*known.words, *(word for other in known.takes for word in words_of(other))]
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


@cache
def piece(name: str) -> str:
    """Return a class or a piece as a regular expression that any quantifier may follow."""
    if name in shared().classes:
        return any_of(words_of(name))
    return f"(?:{expand(shared().pieces[name])})"


def any_of(words: Iterable[str]) -> str:
    """Return an expression for any of some words, tried in their order."""
    listed = tuple(words)
    if all(len(word) == 1 for word in listed):
        return f"[{''.join(map(re.escape, listed))}]"
    return f"(?:{'|'.join(map(re.escape, listed))})"


def expand(template: str) -> str:
    """Return a template as a regular expression; KeyError for a name that stands for nothing."""
    return NAMED.sub(lambda found: piece(found[1]), template)


def to_expression(template: object) -> object:
    """Return what a data file has for a pattern with its classes and pieces put in.

    Raises `ValueError` where a name stands for nothing.
    """
    try:
        return expand(template) if isinstance(template, str) else template
    except KeyError as error:
        raise ValueError(f"没有词类{error}") from error


# A pattern of a data file elsewhere that is written as a template.
Template = Annotated[re.Pattern[str], BeforeValidator(to_expression)]


@cache
def patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a module by name, as "tables.headers" names its section.

    Raises `BadData` with the line of a template that is none.
    """
    package, _, module = section.partition(".")
    return {
        name: _compiled(package, module, name, form.template)
        for name, form in grammar(package).modules[module].items()
    }


def _compiled(package: str, module: str, name: str, template: str) -> re.Pattern[str]:
    try:
        return re.compile(expand(template))
    except (KeyError, re.error) as error:
        source = data_file(f"grammar/{package}")
        line = place_to_line(source.read_text(encoding="utf-8"), (f"{module}.{name}", "match"))
        raise BadData(WRONG.format(name=source.name, line=line, reason=error)) from error
