"""Fixed phrases found in folded text, the longest first and never overlapping. No meaning."""

from collections.abc import Iterable, Iterator


class Phrases:
    """A set of phrases, built once and searched often.

    A dictionary from each first character to the lengths that phrases with it have, longest
    first, makes a search cost a few slices a character, however many phrases there are.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases, folded by the caller; an empty phrase is left out."""
        self._phrases = frozenset(phrases) - {""}
        lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {char: sorted(found, reverse=True) for char, found in lengths.items()}

    def at(self, text: str, place: int) -> Iterator[str]:
        """Yield the phrases that start at `place`, longest first."""
        for length in self._lengths.get(text[place], ()):
            phrase = text[place : place + length]
            if len(phrase) == length and phrase in self._phrases:
                yield phrase
