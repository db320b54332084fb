"""What every handler works with: settings, library, assistant and state, in one typed place."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from telegram import Update, User

from bot.assistant import Assistant
from bot.settings.telegram_options import Options
from bot.telegram.delivery.sender import Courier
from bot.telegram.limits import Limits
from bot.telegram.metrics import Counts
from bot.telegram.suggestions import Suggestions
from bot.telegram.workers.answering import Workings
from index.database import Connection
from index.library import Library
from index.originals import Originals

Result = TypeVar("Result")


_AT_ONCE = 2  # more threads that compute in Python only take the time from one another


def _drop(work: Coroutine[Any, Any, None], _: Update) -> None:
    work.close()


class Workers:
    """Threads for calls that compute or read files, a few at a time."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def run(self, call: Callable[[], Result]) -> Result:
        """Run a call in a thread when its turn comes."""
        async with self._free:
            return await asyncio.to_thread(call)


@dataclass
class Service:
    """The bot's parts, made once for a run and handed to every handler."""

    options: Options
    library: Library
    assistant: Assistant
    state: Connection
    courier: Courier
    counts: Counts
    limits: Limits
    folder: Path
    suggestions: Suggestions
    workings: Workings
    me: User | None = None
    monitor: asyncio.Server | None = None
    adding: asyncio.Lock = field(default_factory=asyncio.Lock)
    held: set[int] = field(default_factory=set)  # updates that are not done with their handler
    failed: set[int] = field(default_factory=set)  # of these, the ones to be tried again
    again: set[tuple[int, int]] = field(default_factory=set)  # messages that were taken up again
    spawn: Callable[[Coroutine[Any, Any, None], Update], object] = field(repr=False, default=_drop)
    workers: Workers = field(default_factory=Workers)

    async def work(self, call: Callable[[], Result]) -> Result:
        """Run a call that computes or reads files in a thread, a few of them at a time."""
        return await self.workers.run(call)

    @property
    def aside(self) -> Originals:
        """Return where the files are that uploads took the place of, until these are kept."""
        return Originals(self.folder / "aside")

    def link(self, fact: str | None) -> str:
        """Return the address that reopens a figure, or nothing where there is no figure."""
        if not fact or not self.me:
            return ""
        return f"https://t.me/{self.me.username}?start=f_{fact}"
