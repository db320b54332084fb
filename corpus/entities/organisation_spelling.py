"""Mistyped names of organisations: words that sound like a short name of a loaded body.

Conservative: all characters but one are right, and the words are no name of another body.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.entities.body_names import irregular_names, kinds_of_bodies
from corpus.entities.organisations import LAST_STEP, core_of, is_short_for, region_of
from corpus.lexicon.data_files import read_data
from corpus.lexicon.pronunciation import sounds_of
from corpus.model.types import Noun

_SHORTEST = 3


class Misnaming(Noun):
    """What was typed at `start:end` and the short name of the body that it is taken for."""

    name: str
    start: int
    end: int


class Sounding(NamedTuple):
    """Short names by how they sound, and how many sounds they have, the most first."""

    by_sounds: Mapping[tuple[str, ...], Sequence[str]]
    sizes: Sequence[int]


@cache
def short_names_of(name: str) -> tuple[str, ...]:
    """Return how people say an organisation's name: whole, without its region, shortened."""
    core = core_of(name)
    ending = next((end for end in kinds_of_bodies() if core.endswith(end)), "")
    stem = core.removesuffix(ending)
    shorts = [stem + short for short in kinds_of_bodies().get(ending, ())]
    shorts += [
        short for base, names in irregular_names().items() if core.endswith(base) for short in names
    ]
    names = dict.fromkeys((name, core, *shorts))
    return tuple(short for short in names if len(short) >= _SHORTEST and is_short_for(short, name))


@cache
def places_of(name: str) -> tuple[str, ...]:
    """Return the place that is said before a body, the last of its region: 临江区."""
    last = LAST_STEP.search(region_of(name))
    return (last[0],) if last else ()


@cache
def _names_of_bodies() -> frozenset[str]:
    """Return names of bodies that are right as they stand: 税务局 is no slip for 水务局."""
    given = {short for shorts in irregular_names().values() for short in shorts}
    return frozenset({*irregular_names(), *given, *read_data("organisations")["bodies"]})


def misnamings(text: str, known: Iterable[str]) -> tuple[Misnaming, ...]:
    """Return the mistyped names of known organisations in a text, the longest at each place."""
    return _slips(text, _by_sounds(frozenset(known), short_names_of))


def places_that_sound_so(text: str, known: Iterable[str]) -> tuple[Misnaming, ...]:
    """Return the places of known organisations that others in a text sound like.

    There may be a place of either name, so that is a question to ask back and no slip to mend.
    """
    slips = _slips(text, _by_sounds(frozenset(known), places_of))
    return tuple(one for one in slips if text[one.end - 1] == one.name[-1])  # 临江是 is no 临江市


def _slips(text: str, names: Sounding) -> tuple[Misnaming, ...]:
    sounds, by_sounds = sounds_of(text), names.by_sounds
    found: list[Misnaming] = []
    for size in names.sizes:
        for start in range(len(text) - size + 1):
            end = start + size
            words = text[start:end]
            slips = [s for s in by_sounds.get(sounds[start:end], ()) if _is_slip(words, s)]
            if slips and all(end <= other.start or other.end <= start for other in found):
                found.append(Misnaming(name=slips[0], start=start, end=end))
    return tuple(sorted(found, key=lambda misnaming: misnaming.start))


@lru_cache(maxsize=16)
def _by_sounds(known: frozenset[str], said_for: Callable[[str], tuple[str, ...]]) -> Sounding:
    by_sounds: dict[tuple[str, ...], list[str]] = {}
    for short in sorted({short for name in known for short in said_for(name)}):
        by_sounds.setdefault(sounds_of(short), []).append(short)
    sizes = {len(sounding) for sounding in by_sounds}
    return Sounding(by_sounds=by_sounds, sizes=sorted(sizes, reverse=True))


def _is_slip(words: str, short: str) -> bool:
    """Tell whether just one character is another and the words name no body of their own."""
    wrong = sum(map(str.__ne__, words, short))
    return wrong == 1 and not any(_is_named(words, body) for body in _names_of_bodies())


def _is_named(words: str, body: str) -> bool:
    """Tell whether words are a body's name, also behind its place: 卫 before 建委 is none."""
    place = words.removesuffix(body)
    return place != words and (len(place) != 1 or place in "省市区县州")
