"""Asking a large model over real HTTP: what it says, and what its failures cost."""

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from bot.settings.environment import Settings
from bot.understanding.advice.client import RESTS, LargeModel, model_of
from bot.understanding.advice.reading import Advice, Pick
from corpus.model.errors import BadSettings
from scripts.large_model import Server, asked_in, keep, replayed

PROMPT = "上一句：无\n这一句：车多少钱\n\n数：\n1. 公车决算\n2. 会议决算\n\n句子：\n1. 车辆报废。"
REPLY = {"operation": "lookup", "figures": [{"number": 2}]}
KEPT = {asked_in(PROMPT): keep(PROMPT, REPLY)}
ADVICE = Advice(operation="lookup", figures=(Pick(number=2),))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(KEPT) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def test_a_model_is_asked_once_for_a_message_and_a_revision(server: Server) -> None:
    model = LargeModel(server.url, "any", "secret", seconds=5)
    assert [model.advise(PROMPT, "1"), model.advise(PROMPT, "1")] == [ADVICE, ADVICE]
    assert (server.prompts, server.keys) == ([PROMPT], ["Bearer secret"])
    assert model.advise(PROMPT, "2") == ADVICE
    assert server.keys == ["Bearer secret"] * 2


def test_a_kept_reply_fits_lines_in_another_order_and_none_that_are_gone() -> None:
    moved = PROMPT.replace("1. 公车决算\n2. 会议决算", "1. 会议决算\n2. 公车决算")
    assert replayed(moved, KEPT)["figures"] == [{"number": 1}]
    assert replayed(PROMPT.replace("会议决算", "培训决算"), KEPT) == {"operation": "unclear"}
    assert replayed(PROMPT.replace("车多少钱", "会多少钱"), KEPT) == {"operation": "unclear"}


class Faulty(BaseHTTPRequestHandler):
    """Fails in the way that the test sets."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = b""
    waits: ClassVar[threading.Event | None] = None
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        """Reply badly."""
        self.asked.append(self.path)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body)
        self.wfile.flush()
        if self.waits is not None:
            self.waits.wait(5)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Faulty, "asked", [])
    with ThreadingHTTPServer(("127.0.0.1", 0), Faulty) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}/v1"
        made.shutdown()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (302, b""),
        (200, b"<html>"),
        (200, b'{"choices": []}'),
        (200, b"[1]"),
        (200, b'"' + b"x" * 300_000 + b'"'),
    ],
    ids=["500", "302", "HTML", "空", "数组", "太长"],
)
def test_a_failure_is_no_advice_and_the_model_rests(
    faulty: str, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    monkeypatch.setattr(Faulty, "status", status)
    monkeypatch.setattr(Faulty, "body", body)
    clock = [0.0]
    model = LargeModel(faulty, "any", seconds=5, now=lambda: clock[0])
    assert [model.advise(PROMPT, "1") for _ in range(3)] == [None, None, None]
    assert Faulty.asked == ["/v1/chat/completions"]
    clock[0] = RESTS
    assert model.advise(PROMPT, "1") is None
    assert len(Faulty.asked) == 2


def test_a_server_that_does_not_end_its_reply_is_left_in_time(
    faulty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    monkeypatch.setattr(Faulty, "waits", held)
    monkeypatch.setattr(Faulty, "body", b'{"choices"')
    assert LargeModel(faulty, "any", seconds=0.2).advise(PROMPT, "1") is None
    held.set()


def test_nobody_there_is_no_advice_and_the_log_holds_neither_key_nor_question(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, "bot"):
        model = LargeModel("http://127.0.0.1:9/v1", "any", "secret", seconds=1)
        assert model.advise(PROMPT, "1") is None
    (record,) = caplog.records
    assert record.getMessage() == "大模型没有答复（ConnectError），60 秒内不再问它。"


def test_nonsense_costs_no_rest(server: Server) -> None:
    server.kept = {asked_in(PROMPT): {"operation": "lookup", "figures": [], "text": "三公1.95万元"}}
    model = LargeModel(server.url, "any", seconds=5)
    assert [model.advise(PROMPT, "1"), model.advise(PROMPT, "1")] == [None, None]
    assert len(server.keys) == 2


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"llm_url": "localhost:8000", "llm_model": "a"}, "^WENSHU_LLM_URL 要以 http"),
        ({"llm_url": "http://localhost:8000/v1"}, "在 WENSHU_LLM_MODEL 里写大模型的名称"),
    ],
)
def test_settings_that_are_not_whole_are_said(said: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadSettings, match=wrong):
        model_of(Settings.model_validate(said))
