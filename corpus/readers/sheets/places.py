"""Rows and columns counted without those that are hidden."""

from bisect import bisect_left
from collections.abc import Iterable


class Places:
    """The rows, or the columns, of a sheet as they are seen; numbers count from 0."""

    def __init__(self, hidden: Iterable[int]) -> None:
        self.hidden = sorted(set(hidden))

    def at(self, place: int) -> int:
        """Return where a row or column stands among those that are seen."""
        return place - bisect_left(self.hidden, place)

    def count(self, first: int, end: int) -> int:
        """Return how many from the first up to the end, not including it, are seen."""
        return self.at(end) - self.at(first)
