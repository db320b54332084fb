"""How often a person and a chat may ask: a sliding minute for each, kept in memory only."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping

_WINDOW = 60.0  # seconds
_TYPED = 3  # inline queries that count as one question


class Limits:
    """Counts the questions of the last minute by person and by chat."""

    def __init__(
        self, *, person: int, chat: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = {"person": person, "chat": chat}
        self._clock = clock
        self._asked: dict[tuple[str, int], deque[float]] = defaultdict(deque)

    def wait(self, *, person: int, chat: int) -> float:
        """Count a question; return 0, or how many seconds until the next one is welcome."""
        return self._count(
            {("person", person): self._most["person"], ("chat", chat): self._most["chat"]}
        )

    def wait_typing(self, *, person: int) -> float:
        """Count an inline query, of which one thought takes several, as `wait` does."""
        return self._count({("typing", person): self._most["person"] * _TYPED})

    def _count(self, windows: Mapping[tuple[str, int], int]) -> float:
        now = self._clock()
        waits = [self._room(key, most, now) for key, most in windows.items()]
        if max(waits) > 0:
            return max(waits)
        for key in windows:
            self._asked[key].append(now)
        return 0.0

    def _room(self, key: tuple[str, int], most: int, now: float) -> float:
        asked = self._asked[key]
        while asked and asked[0] <= now - _WINDOW:
            asked.popleft()
        return asked[0] + _WINDOW - now if len(asked) >= most else 0.0
