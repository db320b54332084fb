"""Requests on their way to Telegram: a few connections, first come first served. Not what they say.

One pool of many connections wakes everyone who waits whenever a connection comes free, and gives it
to whoever gets there first: with fifty waiting, most of the work is waking, and a chat can be
passed over again and again. So each connection is a pool of its own, and who waits stands in line.
"""

import asyncio
from typing import Any

import httpx
from telegram.error import TelegramError
from telegram.request import BaseRequest, HTTPXRequest

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Lanes(BaseRequest):
    """As many connections as there are lanes; the one used last is used next, as it is open.

    Waiting in line has no time limit: whoever is ahead has one for each step of the request.
    """

    __slots__ = ("_idle", "_lanes", "_line")

    def __init__(self, count: int, *, read_seconds: float) -> None:
        shared = {"verify": httpx.create_ssl_context()}  # reading the certificates takes 50 ms
        self._lanes = tuple(
            HTTPXRequest(1, read_timeout=read_seconds, httpx_kwargs=shared) for _ in range(count)
        )
        self._idle = list(self._lanes)
        self._line = asyncio.Semaphore(count)

    @property
    def read_timeout(self) -> float | None:
        """Return how many seconds Telegram's answer is waited for."""
        return self._lanes[0].read_timeout

    async def initialize(self) -> None:
        """Open the lanes; a connection is made when it is first used."""
        for lane in self._lanes:
            await lane.initialize()

    async def shutdown(self) -> None:
        """Close every connection."""
        for lane in self._lanes:
            await lane.shutdown()

    async def do_request(self, *request: Any, **timeouts: Any) -> tuple[int, bytes]:
        """Make a request in turn, as `HTTPXRequest.do_request` does; return status and body."""
        async with self._line:
            lane = self._idle.pop()
            try:
                return await lane.do_request(*request, **timeouts)
            finally:
                self._idle.append(lane)


def was_never_sent(error: TelegramError) -> bool:
    """Whether the request behind an error broke before any of it went out."""
    return isinstance(error.__cause__, _NEVER_SENT)
