"""The bot on a stage: the real library over invented reports, an emulated Telegram, no model."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import SecretStr
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Updater

from bot.assistant import Assistant
from bot.settings.telegram_options import Options
from bot.telegram.app import App, build
from bot.telegram.delivery.inbox import note
from bot.telegram.state.database import open_state
from bot.telegram.workers.answering import Worked
from bot.telegram.workers.processes import answer_errand, outcome_to_worked, question_to_errand
from bot.types import Answer, Memory, Reply
from index.database import Connection
from index.library import Library
from scripts.tgrig import TOKEN, Rig
from scripts.toy_library import CULTURE, FINANCE, ToyEncoder

Loaded = tuple[str, int, str, str]  # organisation, year, budget and outlay in 万元

_FAILS_AFTER = 0.2  # seconds
_REPORT = """{organisation}{year}年度部门整体支出绩效自评报告

一、部门概况
（一）部门基本情况
{organisation}为区政府工作部门，编制人数10人，实有人数9人。

二、部门整体支出情况
（一）“三公”经费支出情况
{year}年“三公”经费预算{budget}万元，实际支出{spent}万元<含税&费>。
（二）基本支出情况
{year}年基本支出100.00万元，其中人员经费80.00万元，公用经费20.00万元。

三、存在的问题
预算编制不够精细。
"""
LOADED: tuple[Loaded, ...] = (
    (FINANCE, 2024, "2.50", "1.95"),
    (FINANCE, 2023, "2.80", "2.60"),
    (CULTURE, 2024, "3.00", "2.00"),
)


def title_of(organisation: str, year: int) -> str:
    """Return the title that an invented report bears."""
    return f"{organisation}{year}年度部门整体支出绩效自评报告"


def report_text(organisation: str, year: int, budget: str, spent: str) -> str:
    """Write an invented report; the figures are those of its “三公”经费, in 万元."""
    return _REPORT.format(organisation=organisation, year=year, budget=budget, spent=spent)


def write_report(folder: Path, organisation: str, year: int, budget: str, spent: str) -> Path:
    """Write an invented report as a file."""
    path = folder / f"{title_of(organisation, year)}.txt"
    path.write_text(report_text(organisation, year, budget, spent), encoding="utf-8")
    return path


def make_library(folder: Path) -> None:
    """Make the library that the tests begin with, to be copied for each of them."""
    with Library.open(folder / "library", encoder=SlowEncoder) as library:
        library.add([write_report(folder, *report) for report in LOADED])


@contextmanager
def opened_assistant(folder: Path) -> Iterator[Assistant]:
    """Open the library in a folder with its assistant, as a process of its own does."""
    with Library.open(folder / "library", encoder=SlowEncoder) as library:
        yield Assistant(library)


class SlowEncoder(ToyEncoder):
    """A toy encoder that can take its time over passages, as a real one does, or break."""

    delay = 0.0
    broken = False

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the toy's vectors after a while."""
        time.sleep(self.delay)
        if self.broken:
            raise RuntimeError("the encoder broke")
        return super().encode_passages(texts)


class SlowAssistant(Assistant):
    """The assistant with questions that take long (慢) and one that fails (boom), or all that fail.

    Where it is told what it says, it says that to every question.
    """

    seconds = 0.0
    fails = False
    started = 0
    says: Answer | None = None

    def answer(self, words: str, memory: Memory | None = None, *, home: str | None = None) -> Reply:
        """Answer as the assistant does, later or never where the words say so."""
        self.started += 1
        if "慢" in words:
            time.sleep(self.seconds)
        if self.fails:
            time.sleep(_FAILS_AFTER)
        if self.fails or "boom" in words:
            raise RuntimeError(f"secret inside: {words}")
        if self.says:
            return Reply(answer=self.says, memory=memory or Memory())
        return super().answer(words.replace("慢", ""), memory, home=home)


class Stage:
    """What a test works with: Telegram, the library and assistant, and ways to start the bot."""

    def __init__(self, rig: Rig, folder: Path) -> None:
        self.rig = rig
        self.folder = folder
        self.encoder = SlowEncoder()
        self.library = Library.open(folder / "library", encoder=lambda: self.encoder)
        self.assistant = SlowAssistant(self.library)
        self._unfinished = 0

    def add(self, *reports: Loaded) -> None:
        """Write invented reports and add them to the library."""
        self.library.add([write_report(self.folder, *report) for report in reports])

    def options(self, **changes: object) -> Options:
        """Return settings without waiting and without limits, changed as told."""
        base: dict[str, object] = {
            "token": SecretStr(TOKEN),
            "api_url": self.rig.url,
            "retry_seconds": 0.02,
            "slow_seconds": 30,  # the first question of a process loads the vocabulary
            "send_per_second": 10_000,
            "group_per_minute": 10_000,
            "user_per_minute": 10_000,
            "chat_per_minute": 10_000,
            "admins": (900,),
        }
        return Options.model_validate(base | changes)

    def state(self) -> Connection:
        """Open the state of the bot, to be closed by the caller."""
        return open_state(self.folder / "telegram.sqlite")

    def note_as_unfinished(self, **kind: object) -> None:
        """Leave an update in the bot's state as a run does that was killed while at it."""
        self._unfinished -= 1  # no number that the emulator gives, so that none is taken already
        state = self.state()
        note(state, Update.de_json({"update_id": self._unfinished, **kind}, None))
        state.close()

    @asynccontextmanager
    async def bot(self, **changes: object) -> AsyncIterator[App]:
        """Run the bot by polling over HTTP, as `wenshu serve` does, until the block ends."""
        async with self._running(self.options(**changes)) as (app, updater):
            await updater.start_polling(
                timeout=10,
                allowed_updates=Update.ALL_TYPES,
                error_callback=lambda error: _to_handler(app, error),
            )
            yield app

    @asynccontextmanager
    async def bot_by_webhook(self, url: str, port: int, *, secret: str) -> AsyncIterator[App]:
        """Run the bot by webhook."""
        async with self._running(self.options()) as (app, updater):
            await updater.start_webhook(
                "127.0.0.1", port, "telegram", webhook_url=url, secret_token=secret
            )
            yield app

    async def _through_the_wire(self, words: str, before: Memory, home: str | None) -> Worked:
        """Answer as the processes do that the bot starts by default, but by the assistant in here.

        A test can break the assistant and slow it down, and sees what is left after the wire.
        """
        errand = question_to_errand(words, before, home)
        return outcome_to_worked(await asyncio.to_thread(answer_errand, self.assistant, errand))

    @asynccontextmanager
    async def _running(self, options: Options) -> AsyncIterator[tuple[App, Updater]]:
        app = build(
            options, self.library, self.assistant, self.folder, working=self._through_the_wire
        )
        async with app:
            updater = app.updater
            if updater is None or app.post_init is None or app.post_shutdown is None:
                raise TypeError("the application was built without its parts")
            await app.post_init(app)
            await app.start()
            try:
                yield app, updater
            finally:
                await updater.stop()
                await app.stop()
        await app.post_shutdown(app)


def _to_handler(app: App, error: TelegramError) -> None:
    """Hand an error of the polling to the bot's error handler, as `run_polling` does."""
    app.create_task(app.process_error(error=error, update=None))
