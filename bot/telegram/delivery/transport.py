"""Requests on their way to Telegram: a few connections, first come first served. Not what they say.

aiohttp rather than the library's own httpx: its requests cost a fraction of the time, and who waits
for a connection stands in line, where httpx wakes all and lets a chat be passed over again and
again.
"""

from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CONNECT_SECONDS = 10.0
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Lanes(BaseRequest):
    """As many connections as there are lanes, kept open; the proxy is that of the environment.

    Waiting in line has no time limit: whoever is ahead has one for each step of the request.
    """

    __slots__ = ("_count", "_read_seconds", "_session")

    def __init__(self, count: int, *, read_seconds: float) -> None:
        self._count = count
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Return how many seconds Telegram's answer is waited for."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the lanes; a connection is made when it is first used."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._count),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Make a request in turn and return its status and body.

        Raises `TimedOut` and `NetworkError` without the address, which holds the token. Of the
        time limits only the one for reading can be set for a request.
        """
        if self._session is None:
            raise RuntimeError("the lanes are not open")
        reading = self._read_seconds if isinstance(read_timeout, DefaultValue) else read_timeout
        limits = aiohttp.ClientTimeout(sock_connect=_CONNECT_SECONDS, sock_read=reading)
        body, headers = data_to_body(request_data) if request_data else (None, {})
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=limits,
                proxy=proxy_of(urlsplit(url).hostname or ""),
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error


@cache
def proxy_of(host: str) -> str | None:
    """Return the proxy that the environment names for a host, None for none."""
    # aiohttp would find it too, but reads the environment and a file of passwords for each request.
    return None if proxy_bypass(host) else getproxies().get("https")


def data_to_body(data: RequestData) -> tuple[aiohttp.FormData | bytes, dict[str, str]]:
    """Write the parameters of a request as a form, in parts where there are files in it.

    Returns the body, and the headers that say what it is where aiohttp does not.
    """
    if not data.contains_files:
        # The standard library takes ten times as long to encode Chinese.
        form = URL.build(query=data.json_parameters).raw_query_string
        return form.encode("ascii"), {"Content-Type": "application/x-www-form-urlencoded"}
    parts = aiohttp.FormData(data.json_parameters, quote_fields=False)  # names in Chinese stay so
    for name, (filename, content, kind) in data.multipart_data.items():
        parts.add_field(name, content, filename=filename, content_type=kind)
    return parts, {}


def was_never_sent(error: TelegramError) -> bool:
    """Whether the request behind an error broke before any of it went out."""
    return isinstance(error.__cause__, _NEVER_SENT)
