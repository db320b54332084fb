"""Running the Telegram bot: one process over one data folder, until it is told to stop."""

import asyncio
import fcntl
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import uvloop

from bot.assistant import Assistant, adviser_of
from bot.organisations import settle_home
from bot.settings.environment import Settings
from bot.settings.locations import make_folder
from bot.telegram.app import run_app
from bot.telegram.views import texts
from bot.telegram.workers.processes import Processes
from corpus.model.errors import BadSettings
from index.backup.swapping import finish
from index.encoder.encoder import SentenceEncoder
from index.library import Library

_log = logging.getLogger(__name__)
# The event loop lets go of the interpreter for every small write to a socket; at the default of
# 5 ms a thread that works out an answer would keep it waiting that long each time.
_SWITCH_SECONDS = 0.0005
_LOCK = "serve.lock"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class Redacting(logging.Formatter):
    """Writes log lines with the token struck out, wherever it came from: messages, tracebacks."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(_FORMAT)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without the secrets."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


def run(settings: Settings) -> None:
    """Answer on Telegram until a signal ends it; raise `BadSettings` for what cannot start.

    What is being answered when the signal comes is finished first.
    """
    if settings.token is None:
        raise BadSettings(texts.TOKENLESS)
    log_to_stderr(settings)
    # The library's own way into its next version; without it every retry warns.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    sys.setswitchinterval(_SWITCH_SECONDS)
    asyncio.set_event_loop(uvloop.new_event_loop())  # its network costs half the time
    with alone(settings.data), opened(settings) as assistant, processes(settings) as others:
        working = others.answer if others else None
        home, unfit = settle_home(assistant.library, settings.home)
        settings = settings.model_copy(update={"home": home})
        if unfit:
            _log.warning(unfit)
        run_app(settings, assistant.library, assistant, settings.data, working=working)


@contextmanager
def opened(settings: Settings) -> Iterator[Assistant]:
    """Open the library of the settings, with its assistant, and close it at the end."""
    finish(settings.data)
    encoder = SentenceEncoder(settings.model, models=settings.models, notice=_log.info)
    with Library.open(
        settings.library, encoder=lambda: encoder, engines=settings.engines
    ) as library:
        yield Assistant(library, adviser=adviser_of(settings))


@contextmanager
def processes(settings: Settings) -> Iterator[Processes | None]:
    """Start the processes that answer, none where none are wanted, and end them at the end."""
    if not settings.processes:
        yield None
        return
    # They need no token, and what they are given goes through a pipe.
    opener = partial(opened, settings.model_copy(update={"token": None, "webhook_secret": None}))
    started = Processes(opener, settings.processes)
    try:
        yield started
    finally:
        started.close()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the data folder; raise `BadSettings` where another bot is running over it."""
    make_folder(folder)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadSettings(texts.NOT_ALONE) from error
        yield


def log_to_stderr(settings: Settings) -> None:
    """Log what the bot does, the token never; the libraries only what is wrong.

    httpx logs whole addresses at INFO, and the Bot API's addresses hold the token.
    """
    hidden = (
        *(settings.token, settings.webhook_secret, settings.llm_key),
        *(settings.store, settings.vectors),  # they may hold a password
    )
    secrets = tuple(s.get_secret_value() for s in hidden if s)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)
