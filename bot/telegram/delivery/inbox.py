"""Updates between Telegram and the handlers: each once, none lost, in order within a chat.

Telegram forgets an update as soon as the next poll confirms it, and may deliver one twice. So an
update is written down before it is queued, and crossed out when it has been dealt with; what was
not crossed out is taken up again.
"""

import asyncio
import json
from collections.abc import Awaitable, Collection
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.state.database import now
from index.database import Connection

_MOST_TRIES = 5  # an update that brought the process down this often is left alone


def note(state: Connection, update: Update) -> bool:
    """Write an update down; False when it was delivered before."""
    with state:
        cursor = state.execute(
            "INSERT OR IGNORE INTO updates (id, content, at) VALUES (?, ?, ?)",
            (update.update_id, update.to_json(), now()),
        )
    return cursor.rowcount == 1


def cross_out(state: Connection, update_id: int) -> None:
    """Mark an update as dealt with and forget what it said."""
    with state:
        state.execute("UPDATE updates SET content = NULL WHERE id = ?", (update_id,))


def waiting(state: Connection, bot: Bot) -> tuple[Update, ...]:
    """Return the updates that were not dealt with, oldest first, and count the new try."""
    with state:
        state.execute("UPDATE updates SET tries = tries + 1 WHERE content IS NOT NULL")
    rows = state.execute(
        "SELECT content FROM updates WHERE content IS NOT NULL AND tries <= ? ORDER BY id",
        (_MOST_TRIES,),
    )
    return tuple(Update.de_json(json.loads(row["content"]), bot) for row in rows)


class Inbox(asyncio.Queue[object]):
    """The queue between the network and the handlers, which writes updates down as they come.

    In `again` are chat and id of every message that was taken up again: what it was answered with
    may have arrived.
    """

    def __init__(self, state: Connection, again: set[tuple[int, int]]) -> None:
        super().__init__()
        self._state = state
        self._again = again

    async def put(self, item: object) -> None:
        """Queue an item; an update that was delivered before is dropped."""
        if isinstance(item, Update) and not note(self._state, item):
            return
        await super().put(item)

    def take_up(self, bot: Bot, only: Collection[int] | None = None) -> int:
        """Queue again what was left undone (or only these ids); return how many updates."""
        left = waiting(self._state, bot)
        wanted = [update for update in left if only is None or update.update_id in only]
        for update in wanted:
            if update.effective_message:
                self._again.add((update.effective_message.chat.id, update.effective_message.id))
            self.put_nowait(update)
        return len(wanted)


class InOrder(BaseUpdateProcessor):
    """Handle chats at the same time and the updates of one chat one after the other.

    An update in `held` when its handler returns is not done: somebody else crosses it out.
    """

    __slots__ = ("_held", "_locks", "_state")

    def __init__(self, state: Connection, held: Collection[int], *, at_once: int = 256) -> None:
        super().__init__(at_once)
        self._state = state
        self._held = held
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, handle this one and cross it out."""
        if not isinstance(update, Update):
            await coroutine
            return
        lock = self._locks.setdefault(_key(update), asyncio.Lock())
        async with lock:
            await coroutine
        if update.update_id not in self._held:
            cross_out(self._state, update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _key(update: Update) -> int:
    place = update.effective_chat or update.effective_user
    return place.id if place else 0
