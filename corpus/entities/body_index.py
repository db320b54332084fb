"""The bodies that are known, found by what words may call them: no other name is tried.

A province has thousands of bodies, and a question names one of them. What is found here may be
meant by the words; whether it is, the rules of `organisations` tell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from corpus.entities.body_names import Body, irregular_names, kinds_of_bodies, name_to_body
from corpus.entities.places import step_to_forms

SHORTEST_TAIL = 3  # characters of the end of a name that may stand for it

Key = TypeVar("Key")
Value = TypeVar("Value")


class BodyIndex:
    """Names by their ends, by their own parts and by their places; each known by its number."""

    def __init__(self, known: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(known))
        self.bodies = tuple(map(name_to_body, self.names))
        self._known = frozenset(self.names)
        self._ends = _grouped((end, at) for at, body in self._all() for end in _ends(body))
        self._of_own = _grouped((body.own, at) for at, body in self._all())
        self._at_place = _grouped(
            ((body.own, form), at)
            for at, body in self._all()
            for form in (step_to_forms(body.places[-1]) if body.places else ())
        )
        self._led_to = _grouped(
            ((own, form, char), at)
            for (own, form), some in self._at_place.items()
            for at in some
            for char in _starts_above(self.bodies[at])
        )
        self._units = _grouped((body.own, at) for at, body in self._all() if body.superior)
        self._by_short = _grouped((short, at) for at, body in self._all() for short in body.shorts)
        self._owns_by_words = _grouped((words, own) for own in self._of_own for words in _said(own))
        self._kinds = tuple(own for own in self._of_own if own in kinds_of_bodies())
        self._units_by_short = _grouped(
            (short, own)
            for own, some in self._units.items()
            for short in self.bodies[some[0]].shorts
        )

    def __contains__(self, words: str) -> bool:
        """Tell whether words are a name in full."""
        return words in self._known

    def starts_with(self, text: str, start: int) -> Iterator[str]:
        """Yield the names in full that stand at a place of a text."""
        ends = range(start + 1, len(text) + 1)
        yield from (text[start:end] for end in ends if text[start:end] in self._known)

    def of_end(self, words: str) -> Collection[int]:
        """Return the names that end so, from their own part or one of their places on."""
        return self._ends.get(words, ())

    def owns(self, words: str) -> Collection[str]:
        """Return the own parts of names that words may stand for."""
        some = (self._owns_by_words.get(said, ()) for said in (words, words[:1]))
        return dict.fromkeys((*(own for part in some for own in part), *self._kinds))

    def owns_of_units(self, words: str) -> Collection[str]:
        """Return the own parts of units that words may stand for behind their superiors."""
        some = (own for own in self.owns(words) if own in self._units)
        return dict.fromkeys((*some, *self._units_by_short.get(words, ())))

    def one_of(self, own: str) -> Body:
        """Return one of the bodies with an own part: how it is said is the same for all."""
        return self.bodies[self._of_own[own][0]]

    def of_own(self, own: str, place: str) -> Iterator[int]:
        """Yield the names with an own part whose place words may say; all for no words.

        They say the last place of a name, or lead down to it from one above.
        """
        if not place:
            yield from self._of_own[own]
        yield from self._at_place.get((own, place), ())
        for cut in range(1, len(place)):
            yield from self._led_to.get((own, place[cut:], place[0]), ())

    def units(self, own: str) -> Collection[int]:
        """Return the names of units with an own part."""
        return self._units[own]

    def of_short(self, words: str) -> Collection[int]:
        """Return the names whose kind is called so."""
        return self._by_short.get(words, ())

    def _all(self) -> Iterator[tuple[int, Body]]:
        return iter(enumerate(self.bodies))


def _ends(body: Body) -> Iterator[str]:
    """Yield the ends of a name that are at least its own part with that of its superior."""
    yield body.core
    for start in range(len(body.name) - len(body.core) + 1):
        yield body.name[start:]


def _starts_above(body: Body) -> frozenset[str]:
    """Return the characters with which the places above that of a body may begin."""
    return frozenset(form[0] for step in body.places[:-1] for form in step_to_forms(step))


def _said(own: str) -> frozenset[str]:
    """Return with what words begin, or which words alone, that may stand for an own part."""
    irregular = irregular_names().get(own, ())
    tails = (own[start:] for start in range(1, len(own) - SHORTEST_TAIL + 1))
    return frozenset((own[:1], own.removeprefix("第")[:1], *irregular, *tails)) - {""}


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(dict.fromkeys(some)) for key, some in groups.items()}


@lru_cache(maxsize=16)
def body_index(known: tuple[str, ...]) -> BodyIndex:
    """Return the index of some names, made once for the bodies of a library."""
    return BodyIndex(known)
