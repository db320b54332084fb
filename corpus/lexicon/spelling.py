"""Mistyped terms: words that sound or look like a term or lack one of its characters.

Conservative: what is typed must share half of its characters with one term and with no other, and
a word of three characters must stand by itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from corpus.lexicon.data_files import read_data
from corpus.lexicon.normalise import fold_with_places
from corpus.lexicon.pronunciation import sound_of, sounds_of
from corpus.model.types import Noun

_SHORTEST = 3
# Shorter words must stand by themselves: three characters are soon alike.
_ANYWHERE = 4
_NO_SIZES: frozenset[int] = frozenset()
_STANDS_AFTER = re.compile(r"(?:^|[^㐀-鿿]|[年度月局委会院办处所队站校心道镇乡里的和与跟及])$")
_STANDS_BEFORE = re.compile(
    r"$|[^㐀-鿿]|[是有花用占比呢吗的和与跟及]"
    r"|预算|决算|执行|支出|金额|一共|总共|合计|多少|安排"
)
# 有 in 有电费 is a word of the sentence and no slip for the 邮 of 邮电费.
_EMPTY = frozenset("有由又和与在是的了于用要可以了几多少中没无为被把让给从到他她它这那")


class Correction(Noun):
    """What was typed at `start:end` (`words`) and the term that it is taken for."""

    term: str
    start: int
    end: int
    words: str


class _Window(NamedTuple):
    """A stretch of the folded text, and the phrases that sound or look like it."""

    first: int
    last: int
    alike: tuple[str, ...]


class Typos:
    """The terms by their sounds, their looks and what is left without one character."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Take folded phrases with their terms; those under three characters are left alone."""
        self._terms = {phrase: term for phrase, term in phrases.items() if len(phrase) >= _SHORTEST}
        self._by_sounds: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._by_looks: dict[str, tuple[str, ...]] = {}
        self._by_rest: dict[str, set[str]] = {}
        for phrase in self._terms:
            sounds, looks = sounds_of(phrase), looks_of(phrase)
            self._by_sounds[sounds] = (*self._by_sounds.get(sounds, ()), phrase)
            self._by_looks[looks] = (*self._by_looks.get(looks, ()), phrase)
            # The first and the last character say most: only one in between may be missing.
            for place in range(1, len(phrase) - 1) if len(phrase) > _ANYWHERE else ():
                self._by_rest.setdefault(phrase[:place] + phrase[place + 1 :], set()).add(phrase)
        # By the sound and by the look of the first character: a text has few places to try.
        self._sizes: dict[str, set[int]] = {}
        for words in (*self._terms, *self._by_rest):
            for start in {sound_of(words[0]), looks_of(words[0])}:
                self._sizes.setdefault(start, set()).add(len(words))

    def corrections(self, text: str, *, taken: Iterable[tuple[int, int]]) -> tuple[Correction, ...]:
        """Return the corrections of `text` outside the places `taken` by what was understood.

        What was understood may be the start or the end of a longer term that is mistyped in its
        other part: 三公京费, 绩校工资.
        """
        folded = fold_with_places(text)
        known = [
            (bisect_left(folded.places, start), bisect_left(folded.places, end))
            for start, end in taken
        ]
        free = [True] * len(folded.text)
        found: list[Correction] = []
        for window in self._windows(folded.text):
            if not all(free[window.first : window.last]):
                continue
            if term := self._term_of(window, folded.text, known):
                free[window.first : window.last] = [False] * (window.last - window.first)
                start, end = folded.original(window.first, window.last)
                found.append(Correction(term=term, start=start, end=end, words=text[start:end]))
        return tuple(sorted(found, key=lambda correction: correction.start))

    def _term_of(self, window: _Window, text: str, known: Iterable[tuple[int, int]]) -> str | None:
        """Return the one term that a window is mistyped for, None where it is not clear."""
        words = text[window.first : window.last]
        met = [span for span in known if span[0] < window.last and window.first < span[1]]
        if words in self._terms or not all(_inside(span, window) for span in met):
            return None
        short = len(words) < _ANYWHERE
        if short and not _stands_alone(window, text):
            return None
        if not met:
            return self._one_of(window.alike or (() if short else self._by_rest.get(words, ())))
        headed = any(span[0] == window.first for span in met)
        if not headed and (not _stands_alone(window, text) or _slips(window, words) & _EMPTY):
            return None
        return self._one_of(window.alike)

    def _windows(self, text: str) -> Iterator[_Window]:
        """Yield the ranges that could be a term, longer ones first, with those that are alike.

        A term that sounds or looks the same must share half of the characters at least.
        """
        sounds, looks = sounds_of(text), looks_of(text)
        ranges = [
            (first, first + size)
            for first, (sound, look) in enumerate(zip(sounds, looks, strict=True))
            for size in self._sizes.get(sound, _NO_SIZES) | self._sizes.get(look, _NO_SIZES)
            if first + size <= len(text)
        ]
        for first, last in sorted(ranges, key=lambda at: (at[0] - at[1], at[0])):
            words = text[first:last]
            same = self._by_sounds.get(sounds[first:last], ())
            same = same or self._by_looks.get(looks[first:last], ())
            alike = tuple(p for p in same if 2 * sum(map(str.__eq__, p, words)) >= len(words))
            if alike or words in self._by_rest:
                yield _Window(first, last, alike)

    def _one_of(self, phrases: Iterable[str]) -> str | None:
        """Return the one term of the phrases; None for none or for several."""
        terms = {self._terms[phrase] for phrase in phrases}
        return terms.pop() if len(terms) == 1 else None


def _slips(window: _Window, words: str) -> set[str]:
    """Return the characters of the words that stand otherwise in what they are alike to."""
    pairs = (pair for phrase in window.alike for pair in zip(words, phrase, strict=True))
    return {typed for typed, meant in pairs if typed != meant}


def _inside(span: tuple[int, int], window: _Window) -> bool:
    return window.first <= span[0] and span[1] <= window.last


def _stands_alone(window: _Window, text: str) -> bool:
    """Tell whether the words of a window are a phrase by themselves and no part of other words."""
    before = _STANDS_AFTER.search(text[: window.first][-1:])
    return bool(before and _STANDS_BEFORE.match(text, window.last))


@cache
def _looks() -> dict[int, str]:
    data = read_data("lookalikes")
    return {ord(char): group[0] for group in data["groups"] for char in group}


def looks_of(words: str) -> str:
    """Return words with each character replaced by the first of those that look like it."""
    return words.translate(_looks())
