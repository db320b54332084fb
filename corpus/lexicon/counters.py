"""What a counter makes of a name: 公务用车 asked for in 辆 is the cars, not the money for them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.lexicon.normalise import fold
from corpus.lexicon.terms import Term

# Counters as people say them, with the one that terms carry in the data.
SAID = {
    "辆": "辆",
    "台": "辆",
    "批": "批",
    "批次": "批",
    "人": "人",
    "人次": "人",
    "个人": "人",
    "名": "人",
    "位": "人",
    "团": "团",
    "团组": "团",
    "个团": "团",
    "个团组": "团",
}
_HOW_MANY = re.compile(
    rf"(?:几|多少)(?P<word>{'|'.join(sorted(SAID, key=len, reverse=True))})(?!均)"
)
_HOW_MUCH = re.compile(r"(?:多少|几)$")
_COUNTER = re.compile(r"[辆台套批名]|人次")


def counts_what_follows(phrase: str, rest: str) -> bool:
    """Tell whether the 多少 that a phrase ends in counts what comes next: 资产有多少[辆车]."""
    return bool(_HOW_MUCH.search(phrase) and _COUNTER.match(rest))


class Counted(NamedTuple):
    """A name, from `first` to `last`, and the term that its counter makes of it."""

    term: str
    first: int
    last: int


class Counters:
    """The terms that are counted, by the names and the counters that ask for them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms; those without a counter do not matter."""
        self._terms = {term.name: term for term in terms}
        self._counted = {
            (fold(word), term.counter): term.name
            for term in self._terms.values()
            for word in term.counted
        }
        # 接待 and its like count only where they were found, or right before the counter.
        self._loose = {fold(word) for term in self._terms.values() for word in term.loose}
        self._words = sorted({word for word, _ in self._counted}, key=len, reverse=True)

    def find(self, text: str, taken: Sequence[tuple[int, int]]) -> tuple[Counted, ...]:
        """Return the names that are counted in a folded text.

        `taken` are the places of the terms found: a counted name is one of them, or free of them.
        """
        found: list[Counted] = []
        for match in _HOW_MANY.finditer(text):
            named = self._named(text, match, taken)
            if named and all(named.last <= c.first or c.last <= named.first for c in found):
                found.append(named)
        return tuple(found)

    def of(self, name: str, counter: str) -> str | None:
        """Return what is counted in a counter beside a term: 批次 beside 人次, or the money."""
        money = self.money_of(name)
        near = self._terms[money].near if money else ()
        wanted = SAID.get(counter, counter)
        return next((n for n in near if self._counter(n) == wanted and n != name), None)

    def money_of(self, name: str) -> str | None:
        """Return the money for what is counted, the term itself where it is money."""
        term = self._terms.get(name)
        if term is None or term.kind == "money":
            return name if term else None
        near = [self._terms[n] for n in term.near if n in self._terms]
        near += [other for other in self._terms.values() if name in other.near]
        return next((other.name for other in near if other.kind == "money"), None)

    def _counter(self, name: str) -> str:
        known = self._terms.get(name)
        return known.counter if known else ""

    def _named(
        self, text: str, match: re.Match[str], taken: Sequence[tuple[int, int]]
    ) -> Counted | None:
        """Return the counted name nearest before a counter, else the first one behind it."""
        counter = SAID[match["word"]]
        places = [
            Counted(self._counted[word, counter], at.start(), at.end())
            for word in self._words
            if (word, counter) in self._counted
            for at in re.finditer(re.escape(word), text)
        ]
        free = [
            place
            for place in places
            if (place.first, place.last) in taken
            or (
                (place.last == match.start() or text[place.first : place.last] not in self._loose)
                and all(place.last <= first or last <= place.first for first, last in taken)
            )
        ]
        before = [place for place in free if place.last <= match.start()]
        after = [place for place in free if place.first >= match.end()]
        nearest = max(
            before, key=lambda place: (place.last, place.last - place.first), default=None
        )
        return nearest or min(after, key=lambda place: (place.first, -place.last), default=None)
