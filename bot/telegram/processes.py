"""Answers worked out in processes of their own: what computes there keeps no message waiting here.

Threads of one process share one interpreter, so an answer under way slows down everything that is
sent and received. A process that dies is replaced, and what it had under way is worked out anew.
"""

import os
import signal
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from multiprocessing import get_context, parent_process
from threading import Thread

from bot.desk import Desk
from bot.nouns import Memory
from bot.telegram.working import Worked, work_out

Opener = Callable[[], AbstractContextManager[Desk]]


class _Room:
    """What a process keeps open for its lifetime."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._desk: Desk | None = None

    def enter(self, opener: Opener) -> None:
        self._desk = self._open.enter_context(opener())

    def work_out(self, words: str, before: Memory, home: str | None) -> Worked:
        if self._desk is None:
            raise RuntimeError("the process was not begun")
        return work_out(self._desk, words, before, home)


_room = _Room()


class Processes:
    """Desks in other processes, each opened there by `opener`, which must be importable."""

    def __init__(self, opener: Opener, count: int) -> None:
        self._opener = opener
        self._count = count
        self._pool = self._begin()

    async def answer(self, words: str, before: Memory, home: str | None) -> Worked:
        """Work an answer out; once more where the process died over it."""
        pool = self._pool
        try:
            return await self._ask(pool, words, before, home)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = self._begin()
            return await self._ask(self._pool, words, before, home)

    def close(self) -> None:
        """End the processes when they are done with what they have."""
        self._pool.shutdown()

    @staticmethod
    async def _ask(
        pool: ProcessPoolExecutor, words: str, before: Memory, home: str | None
    ) -> Worked:
        return await get_running_loop().run_in_executor(pool, _work_out, words, before, home)

    def _begin(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._count, get_context("spawn"), initializer=_enter, initargs=(self._opener,)
        )


def _enter(opener: Opener) -> None:
    # A signal that ends the bot goes to all of its processes, but answers are to be finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _room.enter(opener)


def _end_with_parent() -> None:
    """End this process where the bot was killed and could not end it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_out(words: str, before: Memory, home: str | None) -> Worked:
    return _room.work_out(words, before, home)
