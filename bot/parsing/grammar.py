"""How people ask, as data: operations, kinds of things asked for, topics and empty words."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from bot.types import AskKind, Operation
from corpus.lexicon.data_files import read_toml, validate
from corpus.lexicon.grammar import Template, patterns
from corpus.model.types import Noun

PATTERNS = patterns("questions.grammar")
QUANTITY = PATTERNS["quantity"]

MOST_WAYS = 12


class Topic(Noun):
    """A topic of a report: the words that ask for it, its headings, the sentences that hold it.

    `apart` is the topic whose sections speak of this one and never tell it: what is to be done
    about a problem.
    """

    name: str
    asked: Template
    heading: Template
    sentence: Template | None = None
    apart: str = ""


class Shape(Noun):
    """A thing that a question may want (a date, an address) and how text that prints it looks."""

    name: str
    asked: Template
    said: Template


class Cues(Noun):
    """The whole of grammar.toml, compiled."""

    operations: tuple[tuple[Operation, re.Pattern[str]], ...]
    judgements: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: tuple[tuple[AskKind, re.Pattern[str]], ...]
    topics: tuple[Topic, ...]
    signs: dict[str, re.Pattern[str]]
    promises: dict[str, re.Pattern[str]]
    shapes: tuple[Shape, ...]
    alike: tuple[tuple[str, ...], ...]
    slips: dict[str, tuple[str, ...]]
    aside: re.Pattern[str]
    unwanted: re.Pattern[str]
    excluding: re.Pattern[str]
    narrowing: re.Pattern[str]
    weak: re.Pattern[str]
    stop: re.Pattern[str]
    head: str
    tail: re.Pattern[str]


Patterns = tuple[Template, ...]


class _Listed(Noun):
    patterns: Patterns


class _OfOperation(_Listed):
    name: Operation


class _OfKind(_Listed):
    name: AskKind


class _OfJudgement(_Listed):
    name: str


class _Words(Noun):
    words: Patterns


class _Alike(Noun):
    words: tuple[tuple[str, ...], ...]


class _Stop(Noun):
    families: tuple[str, ...]
    anywhere: str
    head: str
    tail: str
    words: dict[str, tuple[str, ...]]


class _File(Noun):
    """The shape of grammar.toml."""

    operation: tuple[_OfOperation, ...]
    judgement: tuple[_OfJudgement, ...]
    kind: tuple[_OfKind, ...]
    topic: tuple[Topic, ...]
    shape: tuple[Shape, ...]
    sign: dict[str, Patterns]
    promise: dict[str, Patterns]
    alike: _Alike
    slip: dict[str, tuple[str, ...]]
    aside: _Listed
    unwanted: _Listed
    excluding: _Listed
    narrowing: _Listed
    weak: _Words
    stop: _Stop


@cache
def load_cues() -> Cues:
    """Read and compile grammar.toml; what does not fit is `BadData` that names its line."""
    source = resources.files("bot.parsing").joinpath("grammar.toml")
    raw = validate(_File, read_toml(source), source)
    return Cues(
        operations=tuple((row.name, _any_of(row.patterns)) for row in raw.operation),
        judgements=tuple((row.name, _any_of(row.patterns)) for row in raw.judgement),
        kinds=tuple((row.name, _any_of(row.patterns)) for row in raw.kind),
        topics=raw.topic,
        signs={name: _any_of(patterns) for name, patterns in raw.sign.items()},
        promises={name: _any_of(patterns) for name, patterns in raw.promise.items()},
        shapes=raw.shape,
        alike=raw.alike.words,
        slips=raw.slip,
        aside=_any_of(raw.aside.patterns),
        unwanted=_any_of(raw.unwanted.patterns),
        excluding=_any_of(raw.excluding.patterns),
        narrowing=_any_of(raw.narrowing.patterns),
        weak=_any_of(raw.weak.words),
        stop=_stop_pattern(raw.stop),
        head=raw.stop.head,
        # The last character of 地下 and 地上 is no empty one.
        tail=re.compile(rf"(?:(?<!地)[{raw.stop.tail}])+$"),
    )


def _stop_pattern(stop: _Stop) -> re.Pattern[str]:
    words = [word for group in stop.words.values() for word in group]
    return stop_pattern(stop.families, words, stop.anywhere)


def stop_pattern(families: Iterable[str], words: list[str], anywhere: str) -> re.Pattern[str]:
    """Compile the empty words: families, then words, longest first; a double is a ValueError."""
    if doubles := sorted({word for word in words if words.count(word) > 1}):
        raise ValueError(f"grammar.toml lists empty words twice: {doubles}")
    longest = sorted((*words, *anywhere), key=len, reverse=True)
    return re.compile("|".join((*families, *map(re.escape, longest))))


def _any_of(patterns: Patterns) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one.pattern})" for one in patterns))


def text_to_operation(text: str) -> Operation:
    """Return what a question wants done: the first operation whose words stand in it."""
    fitting = (name for name, found in load_cues().operations if found.search(text))
    return next((name for name in fitting if name != "是否" or not QUANTITY.search(text)), "查数")


def asks_amount(text: str) -> bool:
    """Tell whether a question wants an amount."""
    return bool(QUANTITY.search(text))


def text_to_judgement(text: str) -> str:
    """Return what a yes/no question wants judged, "" where it asks whether there is any."""
    return next((name for name, found in load_cues().judgements if found.search(text)), "")


def find_sign(name: str, text: str) -> re.Match[str] | None:
    """Return where the words of a sign, a finer way of asking, stand in a text."""
    return load_cues().signs[name].search(text)


def find_signs(name: str, text: str) -> Iterator[re.Match[str]]:
    """Yield each place where the words of a sign stand in a text."""
    return load_cues().signs[name].finditer(text)


def text_to_kind(text: str) -> AskKind | None:
    """Return the kind of thing a part of a question asks for, None where it does not tell."""
    return next((name for name, found in load_cues().kinds if found.search(text)), None)


def text_to_topic(text: str) -> Topic | None:
    """Return the topic that a question asks about."""
    return next((topic for topic in load_cues().topics if topic.asked.search(text)), None)


def ways_to_say(words: str) -> tuple[str, ...]:
    """Return the words with others of the same meaning in their places, the likeliest first."""
    ways = [words]
    for group in load_cues().alike:
        if said := next((word for word in group if word in words), None):
            ways += [way.replace(said, word) for word in group if word != said for way in ways[:]]
    return tuple(dict.fromkeys(ways))[1 : MOST_WAYS + 1]


def name_to_topic(name: str) -> Topic | None:
    """Return the topic of that name."""
    return next((topic for topic in load_cues().topics if topic.name == name), None)
