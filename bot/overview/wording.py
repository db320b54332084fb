"""What overview.toml holds: the words that ask for a card, and what a card tells."""

import re
from functools import cache
from importlib import resources

from corpus.lexicon.data_files import read_toml, validate
from corpus.model.types import Noun


class Line(Noun):
    """A line of a card: its items, each the measures that it may go by, the best first.

    With `changes` the change against the year before is told beside each, where it is printed; what
    is `counted` is people and no money.
    """

    items: tuple[tuple[str, ...], ...]
    head: str = ""
    changes: bool = False
    counted: bool = False


class Most(Noun):
    """What is passed over where the items that rose and fell most are looked for."""

    passed_over: re.Pattern[str]


class Wording(Noun):
    """The whole of overview.toml."""

    overview: frozenset[str]
    vague: frozenset[str]
    comparison: frozenset[str]
    filler: frozenset[str]
    line: tuple[Line, ...]
    most: Most
    text: dict[str, str]
    finding: dict[str, str]


@cache
def load_wording() -> Wording:
    """Read overview.toml."""
    source = resources.files("bot.overview").joinpath("overview.toml")
    return validate(Wording, read_toml(source), source)
