"""Answers worked out in processes of their own: what computes there keeps no message waiting here.

Threads of one process share one interpreter, so an answer under way slows down everything that is
sent and received. For the same reason questions and answers go through a socket as lines of JSON
that the event loop itself writes and reads: the standard library's pool of processes hands each of
them on through two threads. A process that dies is replaced, and what it had under way is worked
out anew.
"""

import asyncio
import os
import signal
import socket
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from multiprocessing import get_context, parent_process
from threading import Thread
from traceback import format_tb

from bot.assistant import Assistant
from bot.telegram.state.serialisation import from_wire, to_wire
from bot.telegram.workers.answering import Worked, work_out
from bot.types import Memory
from corpus.model.errors import WenshuError
from corpus.model.types import Noun

Opener = Callable[[], AbstractContextManager[Assistant]]
_END = b"\n"  # what goes through the wire holds no line break


class NotWorkedOut(Exception):
    """The assistant in another process failed over a question; `where` says what failed where.

    The message may hold the question, `where` holds none.
    """

    def __init__(self, message: str, where: str) -> None:
        super().__init__(message)
        self.where = where


class _Gone(Exception):
    """A process ended with questions unanswered."""


class _Errand(Noun):
    """A question on its way to a process."""

    words: str
    before: Memory
    home: str | None


class _Outcome(Noun):
    """What a process made of a question: the answer, or its failure.

    `said` is the message of an error that is made for people.
    """

    worked: Worked | None = None
    said: str = ""
    failure: str = ""
    where: str = ""


def question_to_errand(words: str, before: Memory, home: str | None) -> bytes:
    """Write a question as it goes through the wire."""
    return to_wire(_Errand(words=words, before=before, home=home))


def outcome_to_worked(line: bytes) -> Worked:
    """Read what came back through the wire; raise what the assistant failed with.

    An error that is made for people comes as a `WenshuError`, any other as `NotWorkedOut`.
    """
    outcome = from_wire(_Outcome, line)
    if outcome.said:
        raise WenshuError(outcome.said)
    if outcome.worked is None:
        raise NotWorkedOut(outcome.failure, outcome.where)
    return outcome.worked


class Processes:
    """Desks in other processes, each opened there by `opener`, which must be importable."""

    def __init__(self, opener: Opener, count: int) -> None:
        self._opener = opener
        self._rooms = [_Room(opener) for _ in range(count)]

    async def answer(self, words: str, before: Memory, home: str | None) -> Worked:
        """Work an answer out; once more where the process died over it.

        Raises `NotWorkedOut` or `WenshuError` where the assistant fails over it.
        """
        errand = question_to_errand(words, before, home)
        room = min(self._rooms, key=lambda room: room.under_way)
        try:
            return await room.run(errand)
        except _Gone:
            return await self._instead_of(room).run(errand)

    def _instead_of(self, gone: "_Room") -> "_Room":
        """Return a new room in the place of one that is gone; the first who asks makes it."""
        if gone in self._rooms:
            gone.close()
            self._rooms[self._rooms.index(gone)] = _Room(self._opener)
        return min(self._rooms, key=lambda room: room.under_way)

    def close(self) -> None:
        """End the processes when they are done with what they have."""
        for room in self._rooms:
            room.close()


class _Room(asyncio.Protocol):
    """One process, and this end of the socket to it; it answers in the order of the questions."""

    def __init__(self, opener: Opener) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = get_context("spawn").Process(target=_serve, args=(theirs, opener))
            self._process.start()
        self._waiting: deque[asyncio.Future[Worked]] = deque()
        self._opening = asyncio.Lock()
        self._transport: asyncio.WriteTransport | None = None
        self._unread = b""
        self._lost = False

    @property
    def under_way(self) -> int:
        """Return how many questions wait here for their answers."""
        return len(self._waiting)

    async def run(self, errand: bytes) -> Worked:
        """Have a question answered; raise `_Gone` where the process ends before that."""
        transport = await self._connected()
        if self._lost:
            raise _Gone
        answered: asyncio.Future[Worked] = asyncio.get_running_loop().create_future()
        self._waiting.append(answered)
        transport.write(errand + _END)
        return await answered

    async def _connected(self) -> asyncio.WriteTransport:
        async with self._opening:
            if self._transport is None:
                # The loop closes the socket that it is given when it ends; this one is to outlive
                # it, as it tells the process to end.
                end = self._ours.dup()
                loop = asyncio.get_running_loop()
                self._transport, _ = await loop.create_connection(lambda: self, sock=end)
            return self._transport

    def data_received(self, data: bytes) -> None:
        """Give every answer that is complete to who waits for it."""
        *lines, self._unread = (self._unread + data).split(_END)
        for line in lines:
            _settle(self._waiting.popleft(), line)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the base's name
        """Tell those who wait that nothing more will come."""
        self._lost = True
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(_Gone())

    def close(self) -> None:
        """End the process when it is done with what it has."""
        with suppress(OSError):  # closed before, or the process is gone
            self._ours.shutdown(socket.SHUT_WR)
        self._process.join()
        self._ours.close()


def _settle(waiting: "asyncio.Future[Worked]", line: bytes) -> None:
    if waiting.done():  # nobody waits for it any more
        return
    try:
        waiting.set_result(outcome_to_worked(line))
    except (NotWorkedOut, WenshuError) as failure:
        waiting.set_exception(failure)


def _serve(line: socket.socket, opener: Opener) -> None:
    """Answer what comes through the socket until it ends: what a process does for its lifetime."""
    # A signal that ends the bot goes to all of its processes, but answers are to be finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with line, opener() as assistant, line.makefile("rwb") as stream:
        for errand in stream:
            stream.write(answer_errand(assistant, errand) + _END)
            stream.flush()


def answer_errand(assistant: Assistant, line: bytes) -> bytes:
    """Answer a question as it came through the wire; return what goes back through it."""
    errand = from_wire(_Errand, line)
    try:
        worked = work_out(assistant, errand.words, errand.before, errand.home)
        outcome = _Outcome(worked=worked)
    except WenshuError as error:
        outcome = _Outcome(said=str(error))
    except Exception as error:  # noqa: BLE001 - who asked reports it; the next is to be answered
        where = f"{type(error).__name__}\n{''.join(format_tb(error.__traceback__))}"
        outcome = _Outcome(failure=str(error), where=where)
    return to_wire(outcome)


def _end_with_parent() -> None:
    """End this process where the bot was killed and could not end it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
