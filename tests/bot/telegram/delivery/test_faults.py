"""Faults of Telegram and of the network over real HTTP: every question gets exactly one answer."""

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import aiohttp
import httpx
import pytest
from telegram.error import NetworkError, RetryAfter

from bot.telegram.delivery.sender import SeenIds, may_have_arrived
from bot.telegram.state.database import open_state
from scripts.tgrig import TOKEN, Person, Rig
from scripts.tgstage import Stage
from scripts.toy_library import FINANCE

QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


def messages_of_the_bot(rig: Rig, chat: int) -> list[str]:
    """Return what stands in a chat from the bot, whether or not it heard that it arrived."""
    return [
        str(message.get("text") or message.get("caption", ""))
        for (place, _), message in rig.messages.items()
        if place == chat and message["from"]["is_bot"]
    ]


def flood(rig: Rig) -> None:
    rig.refuse("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)


def bad_gateways(rig: Rig) -> None:
    for _ in range(3):
        rig.refuse("sendMessage", 502, "Bad Gateway")


def drop_before(rig: Rig) -> None:
    for _ in range(2):
        rig.drop_before("sendMessage")


def drop_after(rig: Rig) -> None:
    rig.drop_after("sendMessage")


def drop_after_and_hinder_the_search(rig: Rig) -> None:
    rig.drop_after("sendMessage")
    rig.refuse("editMessageText", 502, "Bad Gateway")


FAULTS = (flood, bad_gateways, drop_before, drop_after, drop_after_and_hinder_the_search)


@pytest.mark.parametrize("fault", FAULTS)
async def test_answer_arrives_once_through(stage: Stage, fault: Callable[[Rig], None]) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        fault(stage.rig)
        await person.send(QUESTION)
        await _until(lambda: len(messages_of_the_bot(stage.rig, 1)) >= 1)
        await person.send(f"{FINANCE}2023年三公经费实际支出多少")
        await _until(lambda: len(messages_of_the_bot(stage.rig, 1)) >= 2)
        await asyncio.sleep(0.2)
        texts = messages_of_the_bot(stage.rig, 1)
        assert ["1.95" in texts[0], "2.60" in texts[1], len(texts)] == [True, True, 2]


@pytest.mark.parametrize("fault", ["flood", "bad_gateway", "drop_before", "drop_after"])
@pytest.mark.parametrize(
    ("method", "command"),
    [("sendPhoto", "/trend 财政局三公经费实际支出"), ("sendDocument", "/export 财政局 三公")],
)
async def test_file_arrives_once_through(
    stage: Stage, method: str, command: str, fault: str
) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        if fault == "flood":
            stage.rig.refuse(method, 429, "Too Many Requests: retry after 1", retry_after=1)
        elif fault == "bad_gateway":
            stage.rig.refuse(method, 502, "Bad Gateway")
        else:
            getattr(stage.rig, fault)(method)
        await person.send(command)
        assert (await person.next(seconds=15)).method == method
        assert "1.95" in (await person.asks(QUESTION))["text"]
        assert len(messages_of_the_bot(stage.rig, 1)) == 2


async def test_lost_answer_is_found_by_its_buttons_alive(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        stage.rig.drop_after("sendMessage")
        await person.send(QUESTION)
        answer = await person.reply()  # it arrived; the bot did not hear so
        await _until(lambda: len(stage.rig.made("editMessageText")) >= 1)
        await person.press(answer, "原文")
        assert "编制人数10人" in (await person.next()).text


async def test_slow_telegram_times_out_and_the_answer_still_comes_once(stage: Stage) -> None:
    async with stage.bot(read_seconds=0.3):
        person = stage.rig.person(1)
        stage.rig.slow["sendMessage"] = 0.8
        await person.send(QUESTION)
        await asyncio.sleep(0.5)
        stage.rig.slow.clear()
        await _until(lambda: len(messages_of_the_bot(stage.rig, 1)) >= 1)
        await asyncio.sleep(1.0)
        assert len(messages_of_the_bot(stage.rig, 1)) == 1


async def test_same_update_twice_is_answered_once(stage: Stage) -> None:
    async with stage.bot() as app:
        person = stage.rig.person(1)
        message = person.compose(text=QUESTION)
        number = await person.update(message=message)
        await person.reply()
        state = stage.rig._update_queues._state(TOKEN)
        async with state.condition:  # Telegram delivers it once more under its own number
            state.updates.append({"update_id": number, "message": message})
            state.condition.notify_all()
        assert app.updater
        app.updater._last_update_id = number
        await person.silence(0.6)
        assert len(messages_of_the_bot(stage.rig, 1)) == 1


async def test_question_of_a_killed_run_is_answered_by_the_next(stage: Stage) -> None:
    person = stage.rig.person(1)
    stage.note_as_unfinished(message=person.compose(text=QUESTION))
    async with stage.bot():
        assert "1.95" in (await person.reply())["text"]
    async with stage.bot():
        await person.silence()


async def test_answer_that_was_delivered_by_a_killed_run_is_not_sent_again(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        question = await person.send(QUESTION)
        await person.reply()
    stage.note_as_unfinished(message=question)  # killed before it was crossed out
    async with stage.bot():
        await person.silence()


@pytest.mark.parametrize(
    "command", ["/units", "/start", "/home", "/compare 2024年三公经费", "谢谢"]
)
async def test_command_of_a_killed_run_is_not_answered_again(stage: Stage, command: str) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        sent = await person.send(command)
        await person.reply()
        await person.asks(QUESTION)
    stage.note_as_unfinished(message=sent)  # killed before it was crossed out
    async with stage.bot():
        await person.silence()
    texts = messages_of_the_bot(stage.rig, 1)
    assert len(texts) == 2
    assert "1.95</code> 万元" in texts[1]  # and what came after it was not written over


async def test_undelivered_answer_is_tried_again_later(stage: Stage) -> None:
    async with stage.bot(retries=1, again_seconds=0.4):
        person = stage.rig.person(1)
        for _ in range(2):
            stage.rig.refuse("sendMessage", 502, "Bad Gateway")
        await person.send(QUESTION)
        assert "1.95" in (await person.reply())["text"]
        await person.silence(0.6)


async def test_polling_survives_faults_of_its_own(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        stage.rig.refuse("getUpdates", 500, "Internal Server Error")
        stage.rig.refuse("getUpdates", 502, "Bad Gateway")
        for _ in range(3):
            assert "1.95" in (await person.asks(QUESTION))["text"]


async def test_second_instance_is_told_clearly(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage.bot():
        stage.rig.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        person = stage.rig.person(1)
        await person.asks(QUESTION)
        await _until(lambda: "同一个机器人一次只能开一个" in caplog.text)


async def test_chats_side_by_side_each_in_order(stage: Stage) -> None:
    async with stage.bot():
        people = [stage.rig.person(number) for number in range(1, 9)]
        for year in (2024, 2023, 2024):
            for person in people:
                await person.send(f"{FINANCE}{year}年三公经费实际支出多少")
        for person in people:
            texts = [(await person.reply())["text"] for _ in range(3)]
            assert ["1.95" in texts[0], "2.60" in texts[1], "1.95" in texts[2]] == [True] * 3


async def test_slow_answer_in_one_chat_does_not_hold_up_another(stage: Stage) -> None:
    async with stage.bot():
        slow, fast = stage.rig.person(1), stage.rig.person(2)
        stage.assistant.seconds = 0.8
        await slow.send(f"慢 {QUESTION}")
        started = time.perf_counter()
        await fast.asks(QUESTION)
        assert time.perf_counter() - started < 0.6
        await slow.reply()


async def test_stop_finishes_what_it_has(stage: Stage) -> None:
    person = stage.rig.person(1)
    stage.assistant.seconds = 0.5
    async with stage.bot():
        before = stage.assistant.started
        await person.send(f"慢 {QUESTION}")
        await _until(lambda: stage.assistant.started > before)
    assert "1.95" in (await person.reply(seconds=0.1))["text"]


async def test_random_faults_lose_and_double_nothing(stage: Stage) -> None:
    """Twenty chats ask three times each while every fourth send breaks in one way or another."""
    async with stage.bot():
        people = [stage.rig.person(number) for number in range(1, 21)]
        for turn in range(3):
            for at, person in enumerate(people):
                if at % 4 == 0:
                    (drop_after, bad_gateways, drop_before)[(at // 4 + turn) % 3](stage.rig)
                await person.send(QUESTION)
            await _until(partial(_have, stage, people, 20 * (turn + 1)), seconds=20)
        await asyncio.sleep(0.5)
        counts = Counter(len(messages_of_the_bot(stage.rig, person.chat_id)) for person in people)
        assert counts == {3: 20}


def _have(stage: Stage, people: list[Person], count: int) -> bool:
    have = sum(len(messages_of_the_bot(stage.rig, person.chat_id)) for person in people)
    return have >= count


async def test_log_has_neither_token_nor_question(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with stage.bot():
        person = stage.rig.person(1)
        await person.asks(QUESTION)
        await person.asks("boom 三公")
    assert "failure" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "三公" not in caplog.text
    own = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert own
    assert TOKEN not in "".join(own)


async def test_log_has_the_question_where_it_is_switched_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with stage.bot(log_questions=True):
        await stage.rig.person(1).asks(QUESTION)
    assert QUESTION in caplog.text


async def test_health_and_metrics_on_loopback(stage: Stage, unused_tcp_port: int) -> None:
    async with stage.bot(health_port=unused_tcp_port):
        await stage.rig.person(1).asks(QUESTION)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{unused_tcp_port}") as client:
            told = (await client.get("/health")).text
            health = json.loads(told)
            assert (health["status"], health["answers"], health["errors"]) == ("ok", 1, 0)
            metrics = (await client.get("/metrics")).text
            assert "wenshu_answers_answered_total 1\n" in metrics
            assert TOKEN not in told + metrics
            assert (await client.get("/")).status_code == 404


async def test_webhook_with_its_secret(stage: Stage, unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/telegram"
    async with stage.bot_by_webhook(url, unused_tcp_port, secret="geheim"):  # noqa: S106
        person = stage.rig.person(1)
        assert "1.95" in (await person.asks(QUESTION))["text"]
        async with httpx.AsyncClient() as client:
            forged = await client.post(url, json={"update_id": 99})
            assert forged.status_code == 403


def test_content_of_an_update_is_forgotten_when_it_is_dealt_with(stage: Stage) -> None:
    stage.note_as_unfinished(message=stage.rig.person(1).compose(text="机密"))
    state = open_state(stage.folder / "telegram.sqlite")
    assert (
        "机密"
        in json.loads(state.execute("SELECT content FROM updates").fetchone()[0])["message"]["text"]
    )
    state.close()


def test_a_lost_message_is_looked_for_among_unseen_ids() -> None:
    ids = SeenIds()
    for number in (10, 12, 13):
        ids.note(1, number)
    ids.note(-1001234567890123, 500)  # a supergroup counts by itself
    assert ids.highest(2) == 13
    assert ids.unseen_after(2, 10)[:3] == (11, 14, 15)
    assert ids.highest(-1001234567890123) == 500


def test_what_never_left_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    refused = NetworkError("x")
    refused.__cause__ = aiohttp.ConnectionTimeoutError("no")
    broken = NetworkError("x")
    broken.__cause__ = aiohttp.ServerDisconnectedError("gone")
    assert [may_have_arrived(e) for e in (refused, broken, RetryAfter(timedelta(seconds=1)))] == [
        False,
        True,
        False,
    ]


async def _until(done: Callable[[], bool], *, seconds: float = 8.0) -> None:
    async with asyncio.timeout(seconds):
        while not done():  # noqa: ASYNC110 - what is waited for happens in the emulator
            await asyncio.sleep(0.02)
