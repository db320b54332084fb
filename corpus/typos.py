"""Mistyped terms: words that sound like a term or lack one of its characters. Conservative."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from corpus.nouns import Noun
from corpus.sounds import sounds_of
from corpus.wording import fold_with_places

_SHORTEST = 4


class Correction(Noun):
    """What was typed at `start:end` (`words`) and the term that it is taken for."""

    term: str
    start: int
    end: int
    words: str


class Typos:
    """The terms by their characters and by what is left when one is dropped. Built once."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Take folded phrases with their terms; those under four characters are not corrected."""
        self._terms = {phrase: term for phrase, term in phrases.items() if len(phrase) >= _SHORTEST}
        self._by_char: dict[tuple[int, int, str], list[str]] = {}
        self._by_rest: dict[str, set[str]] = {}
        for phrase in self._terms:
            for place, char in enumerate(phrase):
                self._by_char.setdefault((len(phrase), place, char), []).append(phrase)
            # The first and the last character say most: only one in between may be missing.
            for place in range(1, len(phrase) - 1) if len(phrase) > _SHORTEST else ():
                self._by_rest.setdefault(phrase[:place] + phrase[place + 1 :], set()).add(phrase)
        self._lengths = sorted({len(phrase) for phrase in self._terms}, reverse=True)

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
        for first, last in self._windows(len(folded.text)):
            words = folded.text[first:last]
            known = starts.get(folded.places[first], 0)
            rest = [at for at in range(first, last) if folded.places[at] >= known]
            term = None
            if all(free[first:last]):
                term = self._meant(words)
            elif known and rest and all(free[at] for at in rest) and words not in self._terms:
                term = self._one_of(self._sounding_like(words))
            if term:
                free[first:last] = [False] * (last - first)
                start, end = folded.original(first, last)
                found.append(Correction(term=term, start=start, end=end, words=text[start:end]))
        return tuple(sorted(found, key=lambda correction: correction.start))

    def _windows(self, length: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of a text that could be a term, longer ones first."""
        for size in self._lengths:
            yield from ((first, first + size) for first in range(length - size + 1))

    def _meant(self, words: str) -> str | None:
        """Return the one term that `words` are a mistyping of; None for none or for several."""
        phrases = self._sounding_like(words) or self._by_rest.get(words, set())
        return self._one_of(phrases)

    def _one_of(self, phrases: set[str]) -> str | None:
        """Return the one term of the phrases; None for none or for several."""
        terms = {self._terms[phrase] for phrase in phrases}
        return terms.pop() if len(terms) == 1 else None

    def _sounding_like(self, words: str) -> set[str]:
        """Return the phrases that sound the same and share half of the characters at least."""
        shared = Counter(
            phrase
            for place, char in enumerate(words)
            for phrase in self._by_char.get((len(words), place, char), ())
        )
        alike = [phrase for phrase, count in shared.items() if 2 * count >= len(words)]
        return {phrase for phrase in alike if sounds_of(phrase) == sounds_of(words)}
