"""How people ask, as data: operations, kinds of things asked for, topics and empty words."""

import re
from functools import cache
from importlib import resources
from typing import cast, get_args

from bot.types import AskKind, Operation
from corpus.lexicon.data_files import read_toml
from corpus.model.types import Noun

# A question that wants an amount is no yes/no question, whatever it ends in.
QUANTITY = re.compile(r"多少|几[个家辆名人次场期]|(?<!哪)几[批项台处层套件座所条间位户株篇]")

MOST_WAYS = 12


class Topic(Noun):
    """A topic of a report: the words that ask for it, its headings, the sentences that hold it."""

    name: str
    asked: re.Pattern[str]
    heading: re.Pattern[str]
    sentence: re.Pattern[str] | None = None


class Shape(Noun):
    """A thing that a question may want (a date, an address) and how text that prints it looks."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]


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
    narrowing: re.Pattern[str]
    weak: re.Pattern[str]
    stop: re.Pattern[str]
    head: str
    tail: re.Pattern[str]


@cache
def load_cues() -> Cues:
    """Read and compile grammar.toml; a name that is no operation or kind is a ValueError."""
    raw = read_toml(resources.files("bot.parsing").joinpath("grammar.toml"))
    operations = tuple(
        (cast("Operation", row["name"]), _any_of(row["patterns"])) for row in raw["operation"]
    )
    kinds = tuple((cast("AskKind", row["name"]), _any_of(row["patterns"])) for row in raw["kind"])
    named = {str(name) for name, _ in (*operations, *kinds)}
    named -= {*get_args(Operation), *get_args(AskKind)}
    if named:
        raise ValueError(f"grammar.toml names what bot.types does not know: {sorted(named)}")
    words = [word for group in raw["stop"]["words"].values() for word in group]
    return Cues(
        operations=operations,
        judgements=tuple((str(r["name"]), _any_of(r["patterns"])) for r in raw["judgement"]),
        kinds=kinds,
        topics=tuple(Topic.model_validate(row) for row in raw["topic"]),
        signs={name: _any_of(patterns) for name, patterns in raw["sign"].items()},
        promises={name: _any_of(patterns) for name, patterns in raw["promise"].items()},
        shapes=tuple(Shape.model_validate(row) for row in raw["shape"]),
        alike=tuple(map(tuple, raw["alike"]["words"])),
        slips={meant: tuple(patterns) for meant, patterns in raw["slip"].items()},
        aside=_any_of(raw["aside"]["patterns"]),
        unwanted=_any_of(raw["unwanted"]["patterns"]),
        narrowing=_any_of(raw["narrowing"]["patterns"]),
        weak=_any_of(raw["weak"]["words"]),
        stop=stop_pattern(raw["stop"]["families"], words, raw["stop"]["anywhere"]),
        head=raw["stop"]["head"],
        # The last character of 地下 and 地上 is no empty one.
        tail=re.compile(rf"(?:(?<!地)[{raw['stop']['tail']}])+$"),
    )


def stop_pattern(families: list[str], words: list[str], anywhere: str) -> re.Pattern[str]:
    """Compile the empty words: families, then words, longest first; a double is a ValueError."""
    if doubles := sorted({word for word in words if words.count(word) > 1}):
        raise ValueError(f"grammar.toml lists empty words twice: {doubles}")
    longest = sorted((*words, *anywhere), key=len, reverse=True)
    return re.compile("|".join((*families, *map(re.escape, longest))))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def text_to_operation(text: str) -> Operation:
    """Return what a question wants done: the first operation whose words stand in it."""
    fitting = (name for name, found in load_cues().operations if found.search(text))
    return next((name for name in fitting if name != "是否" or not QUANTITY.search(text)), "查数")


def text_to_judgement(text: str) -> str:
    """Return what a yes/no question wants judged, "" where it asks whether there is any."""
    return next((name for name, found in load_cues().judgements if found.search(text)), "")


def find_sign(name: str, text: str) -> re.Match[str] | None:
    """Return where the words of a sign, a finer way of asking, stand in a text."""
    return load_cues().signs[name].search(text)


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
