"""Requests take turns on the connections: in the order asked, never more than there are."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram.error import NetworkError, TelegramError

from bot.telegram.delivery.transport import Lanes, proxy_of, was_never_sent


class Counter:
    """A server that notes which requests came, and how many were under way at once."""

    def __init__(self) -> None:
        self.url = ""
        self.came: list[str] = []
        self.under_way = 0
        self.most = 0
        self.peers: set[int] = set()

    async def handle(self, request: web.Request) -> web.Response:
        self.came.append(request.path)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if request.transport is not None:
            self.peers.add(request.transport.get_extra_info("peername")[1])
        await asyncio.sleep(0.005)
        self.under_way -= 1
        return web.Response(body=request.path.encode())


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    counter = Counter()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", counter.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    counter.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield counter
    await runner.cleanup()


async def ask_at_once(lanes: Lanes, url: str, count: int) -> list[tuple[int, bytes]]:
    asked = (lanes.do_request(f"{url}/{at}", "POST") for at in range(count))
    return list(await asyncio.gather(*asked))


async def test_who_waits_is_served_in_the_order_of_asking(counter: Counter) -> None:
    async with Lanes(1, read_seconds=5) as lanes:
        answers = await ask_at_once(lanes, counter.url, 30)
    assert counter.came == [f"/{at}" for at in range(30)]
    assert answers == [(200, f"/{at}".encode()) for at in range(30)]


async def test_there_are_as_many_connections_as_lanes(counter: Counter) -> None:
    async with Lanes(3, read_seconds=5) as lanes:
        await ask_at_once(lanes, counter.url, 30)
    assert counter.most == 3
    assert len(counter.peers) == 3


async def test_one_after_the_other_uses_one_connection(counter: Counter) -> None:
    async with Lanes(3, read_seconds=5) as lanes:
        for at in range(5):
            await lanes.do_request(f"{counter.url}/{at}", "POST")
    assert len(counter.peers) == 1


async def test_a_lane_that_failed_or_was_given_up_serves_again(counter: Counter) -> None:
    async with Lanes(1, read_seconds=5) as lanes:
        with pytest.raises(NetworkError) as caught:
            await lanes.do_request("http://127.0.0.1:1/refused", "POST")
        given_up = asyncio.create_task(lanes.do_request(f"{counter.url}/slow", "POST"))
        await asyncio.sleep(0.001)
        given_up.cancel()
        assert await lanes.do_request(f"{counter.url}/next", "POST") == (200, b"/next")
    assert was_never_sent(caught.value)
    assert not was_never_sent(TelegramError("another"))


async def test_a_proxy_of_the_environment_is_used(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy_of.cache_clear()
    monkeypatch.setenv("https_proxy", counter.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert (proxy_of("api.example.org"), proxy_of("127.0.0.1")) == (counter.url, None)
    async with Lanes(1, read_seconds=5) as lanes:
        await lanes.do_request("http://api.example.org/by-proxy", "POST")
    assert counter.came == ["/by-proxy"]
    proxy_of.cache_clear()


async def test_no_error_says_the_address() -> None:
    async with Lanes(1, read_seconds=5) as lanes:
        for url in ("http://127.0.0.1:1/botSECRET/x", "http://[botSECRET/x", "nonsense:botSECRET"):
            with pytest.raises(NetworkError) as caught:
                await lanes.post(url)
            assert "SECRET" not in str(caught.value)
