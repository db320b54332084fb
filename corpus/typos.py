"""Mistyped terms: words that sound like a term or lack one of its characters. Conservative."""

from collections.abc import Iterable, Iterator, Mapping

from corpus.nouns import Noun
from corpus.sounds import sound_of, sounds_of
from corpus.wording import fold_with_places

_SHORTEST = 4


class Correction(Noun):
    """What was typed at `start:end` (`words`) and the term that it is taken for."""

    term: str
    start: int
    end: int
    words: str


class Typos:
    """The terms by their sounds and by what is left when one character is dropped. Built once."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Take folded phrases with their terms; those under four characters are not corrected."""
        self._terms = {phrase: term for phrase, term in phrases.items() if len(phrase) >= _SHORTEST}
        self._by_sounds: dict[tuple[str, ...], list[str]] = {}
        self._by_rest: dict[str, set[str]] = {}
        for phrase in self._terms:
            self._by_sounds.setdefault(sounds_of(phrase), []).append(phrase)
            # The first and the last character say most: only one in between may be missing.
            for place in range(1, len(phrase) - 1) if len(phrase) > _SHORTEST else ():
                self._by_rest.setdefault(phrase[:place] + phrase[place + 1 :], set()).add(phrase)
        self._sizes: dict[str, set[int]] = {}  # by the sound that a term begins with
        for words in (*self._terms, *self._by_rest):
            self._sizes.setdefault(sound_of(words[0]), set()).add(len(words))

    def corrections(self, text: str, *, taken: Iterable[tuple[int, int]]) -> tuple[Correction, ...]:
        """Return the corrections of `text` outside the places `taken` by what was understood.

        What was understood may be the start of a longer term that is mistyped further on: 三公京费.
        """
        taken = tuple(taken)
        folded = fold_with_places(text)
        blocked = {place for start, end in taken for place in range(start, end)}
        free = [place not in blocked for place in folded.places[:-1]]
        found: list[Correction] = []
        starts = dict(taken)
        for first, last, alike in self._windows(folded.text):
            words = folded.text[first:last]
            known = starts.get(folded.places[first], 0)
            rest = [at for at in range(first, last) if folded.places[at] >= known]
            term = None
            if all(free[first:last]):
                term = self._one_of(alike or self._by_rest.get(words, set()))
            elif known and rest and all(free[at] for at in rest) and words not in self._terms:
                term = self._one_of(alike)
            if term:
                free[first:last] = [False] * (last - first)
                start, end = folded.original(first, last)
                found.append(Correction(term=term, start=start, end=end, words=text[start:end]))
        return tuple(sorted(found, key=lambda correction: correction.start))

    def _windows(self, text: str) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the ranges that could be a term, longer ones first, with the terms of their sound.

        A term that sounds the same must share half of the characters at least.
        """
        sounds = sounds_of(text)
        ranges = [
            (first, first + size)
            for first, sound in enumerate(sounds)
            for size in self._sizes.get(sound, ())
            if first + size <= len(text)
        ]
        for first, last in sorted(ranges, key=lambda at: (at[0] - at[1], at[0])):
            words, same = text[first:last], self._by_sounds.get(sounds[first:last], ())
            alike = [p for p in same if 2 * sum(map(str.__eq__, p, words)) >= len(words)]
            if alike or words in self._by_rest:
                yield first, last, alike

    def _one_of(self, phrases: Iterable[str]) -> str | None:
        """Return the one term of the phrases; None for none or for several."""
        terms = {self._terms[phrase] for phrase in phrases}
        return terms.pop() if len(terms) == 1 else None
