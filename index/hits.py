"""What a search of passages gives back, and the protocol that every passage table keeps."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from corpus.model.types import Noun, Passage

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


def silent(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Hit(Noun):
    """A passage and how well it fits, counted in standard deviations; more is better."""

    passage: Passage
    score: float


class PassageTable(Protocol):
    """Passages by meaning and wording. What is added is prepared first, shown by the commit."""

    def search(self, words: str, *, k: int, reports: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return the `k` best passages for `words`, of these reports, or of all."""

    def prepare(self, passages: Sequence[Passage], *, progress: Progress) -> dict[str, bytes]:
        """Encode passages, the costly part of adding; return their vectors by key."""
