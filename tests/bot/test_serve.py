"""The bot in a process of its own: started as people start it, stopped, killed, started twice."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.serve import Redacting, alone
from bot.settings.environment import Settings
from bot.settings.telegram_options import Options
from bot.telegram.app import build
from corpus.model.errors import BadSettings
from scripts.tgrig import TOKEN, labels
from scripts.tgstage import Stage
from scripts.toy_library import FINANCE

QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


@asynccontextmanager
async def serving(
    stage: Stage, *, data: Path | None = None, more: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `wenshu serve` over the stage's library; what is left of it is killed at the end."""
    settings = {
        "WENSHU_TOKEN": TOKEN,
        "WENSHU_API_URL": stage.rig.url,
        "WENSHU_DATA": str(data or stage.folder),
        "WENSHU_MODEL": stage.encoder.name,  # never loaded: facts answer these questions
        "WENSHU_ADMINS": "900",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from bot.cli.app import main; main()", "serve",
        env={**os.environ, **settings, **(more or {})}, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await show_log(process)


async def show_log(process: asyncio.subprocess.Process) -> None:
    """Show what nobody read of a log; who outlives a killed process may hold it open."""
    assert process.stderr
    with suppress(TimeoutError):
        while some := await asyncio.wait_for(process.stderr.read(2**16), 0.2):
            sys.stderr.write(some.decode(errors="replace"))


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Wait for a process to end; return its code and what it logged, shown here as well."""
    _, log = await asyncio.wait_for(process.communicate(), 20)
    sys.stderr.write(log.decode())
    return process.returncode or 0, log.decode()


async def test_process_answers_and_ends_gracefully(stage: Stage) -> None:
    async with serving(stage) as process:
        person = stage.rig.person(1)
        await person.send(QUESTION)
        assert "1.95" in (await person.reply(seconds=30))["text"]
        stage.rig.slow["sendMessage"] = 0.5
        await person.send(f"{FINANCE}2023年三公经费实际支出多少")
        await asyncio.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        assert "2.60" in (await person.reply(seconds=10))["text"]
        code, log = await ended(process)
    assert code == 0
    assert TOKEN not in log
    assert "三公" not in log


async def test_without_processes_of_its_own_it_answers_and_shows_as_well(stage: Stage) -> None:
    async with serving(stage, more={"WENSHU_PROCESSES": "0"}):  # the README's way to save memory
        person = stage.rig.person(1)
        await person.send(QUESTION)
        answer = await person.reply(seconds=30)
        assert labels(answer) == [
            ["原文", "出处图"],
            ["对比上年", "趋势图", "各单位对比图"],
            ["换单位", "换口径"],
            ["复制答复", "👍", "👎"],
            ["问：财政局2023年三公经费"],
            ["问：财政局2024年三公经费预算"],
            ["问：财政局2024年基本支出"],
        ]
        await person.press(answer, "原文")
        assert "<b>1.95</b>" in (await person.reply())["text"]


async def test_killed_in_the_middle_of_an_answer_it_still_answers_once(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with serving(stage) as process:
        await person.send(QUESTION)
        await person.reply(seconds=30)
        stage.rig.slow["sendMessage"] = 0.6
        await person.send(f"{FINANCE}2023年三公经费实际支出多少")
        await asyncio.sleep(0.4)  # the answer is on its way
        process.kill()
        await process.wait()
        await asyncio.sleep(0.5)  # and arrives when nobody listens any more
        stage.rig.slow.clear()
    async with serving(stage):
        await person.send(f"{FINANCE}2021年三公经费实际支出多少")
        async with asyncio.timeout(30):
            while "不能回答" not in (await person.reply(seconds=30))["text"]:
                pass
    texts = [m["text"] for m in stage.rig.messages.values() if m["from"]["is_bot"]]
    assert [sum("2.60</code> 万元" in text for text in texts), len(texts)] == [1, 3]


async def test_second_process_over_the_same_folder_is_refused(stage: Stage) -> None:
    async with serving(stage):
        await stage.rig.person(1).send(QUESTION)
        await stage.rig.person(1).reply(seconds=30)
        async with serving(stage) as second:
            code, log = await ended(second)
    assert code == 2
    assert "一个文件夹同时只能开一个" in log


async def test_token_that_telegram_refuses_is_said_without_showing_it(stage: Stage) -> None:
    stage.rig.refuse("getMe", 401, "Unauthorized")
    async with serving(stage) as process:
        code, log = await ended(process)
    assert code == 2
    assert "Telegram 不认这个令牌" in log
    assert TOKEN not in log


async def test_webhook_that_telegram_refuses_is_said(stage: Stage) -> None:
    stage.rig.refuse("setWebhook", 502, "Bad Gateway")  # at first it is out of reach
    stage.rig.refuse("setWebhook", 400, "Bad Request: bad webhook: HTTPS url must be provided")
    webhook = {
        "WENSHU_WEBHOOK_URL": "http://example.org",
        "WENSHU_WEBHOOK_SECRET": "geheim",
        "WENSHU_AGAIN_SECONDS": "0.2",
    }
    async with serving(stage, more=webhook) as process:
        code, log = await ended(process)
    assert code == 2
    assert "Telegram 不接受这个 webhook 地址（Bad webhook: https url must be provided）" in log


async def test_network_that_is_down_at_the_start_is_said_and_waited_for(stage: Stage) -> None:
    stage.rig.refuse("getMe", 502, "Bad Gateway")
    async with serving(stage) as process:
        person = stage.rig.person(1)
        await person.send(QUESTION)
        assert "1.95" in (await person.reply(seconds=30))["text"]
        process.send_signal(signal.SIGTERM)
        code, log = await ended(process)
    assert code == 0
    assert "连不上 Telegram（NetworkError），会一直再试" in log


def test_start_without_a_token_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="@BotFather"):
        build(Options(), None, None, tmp_path)  # type: ignore[arg-type]


def test_webhook_without_a_secret_is_refused(tmp_path: Path) -> None:
    options = Options.model_validate({"token": TOKEN, "webhook_url": "https://example.org"})
    with pytest.raises(BadSettings, match="WENSHU_WEBHOOK_SECRET"):
        build(options, None, None, tmp_path)  # type: ignore[arg-type]


def test_secret_that_telegram_does_not_take_is_refused(tmp_path: Path) -> None:
    settings = {"token": TOKEN, "webhook_url": "https://example.org", "webhook_secret": "口令 1"}
    with pytest.raises(BadSettings, match="只能用英文字母"):
        build(Options.model_validate(settings), None, None, tmp_path)  # type: ignore[arg-type]


def test_folder_is_held_by_one(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(BadSettings, match="同时只能开一个"), alone(tmp_path):
        pass


def test_log_lines_and_tracebacks_lose_the_token() -> None:
    formatter = Redacting((TOKEN, ""))
    error = ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    trace = (ValueError, error, None)
    record = logging.LogRecord("x", 40, "x", 1, "at %s", (TOKEN,), trace)
    line = formatter.format(record)
    assert TOKEN not in line
    assert "at ***" in line
    assert "bot***/getMe" in line


def test_settings_take_the_fields_of_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_TOKEN", TOKEN)
    monkeypatch.setenv("WENSHU_ADMINS", "1, 2")
    settings = Settings()
    assert settings.admins == (1, 2)
    assert TOKEN not in repr(settings)
