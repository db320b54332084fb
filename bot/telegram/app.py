"""The application: which handler hears what, and how a run begins and ends."""

import asyncio
import logging
import re
from datetime import time
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, ContextTypes, Defaults

from bot.assistant import Assistant
from bot.settings.telegram_options import Options
from bot.telegram.administration.admin_commands import send_digest
from bot.telegram.administration.announcements import announce_added
from bot.telegram.delivery.inbox import Inbox, InOrder
from bot.telegram.delivery.sender import Courier
from bot.telegram.delivery.transport import Lanes
from bot.telegram.limits import Limits
from bot.telegram.metrics import Counts, serve_metrics
from bot.telegram.replies.errors import on_error
from bot.telegram.routes import gates, handlers
from bot.telegram.service import Service, Workers
from bot.telegram.state.access import administrators
from bot.telegram.state.database import KEEP_DAYS, forget_old, open_state
from bot.telegram.state.shown_answers import delivered_lately
from bot.telegram.suggestions import Suggestions
from bot.telegram.views import texts
from bot.telegram.views.menus import describe, set_menus
from bot.telegram.workers.answering import Worked, Working, Workings, work_out
from bot.types import Memory
from corpus.model.errors import BadSettings
from index.library import Library

_log = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
_LANES = 8  # connections to Telegram
_STATE = "telegram.sqlite"
_WEBHOOK_PATH = "telegram"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API: what a secret may be made of
_KINDS = tuple(Update.ALL_TYPES)
App = Application[Any, Any, Any, Any, Any, Any]


def build(
    options: Options,
    library: Library,
    assistant: Assistant,
    folder: Path,
    *,
    working: Working | None = None,
) -> App:
    """Make the application over a library and an assistant; its state lives in `folder`.

    Answers are worked out by `working`, or without it in threads by the assistant. Raises
    `BadSettings` without a token.
    """
    if options.token is None:
        raise BadSettings(texts.TOKENLESS)
    if options.webhook_url:
        check_secret(options)
    state = open_state(folder / _STATE)
    held, again = set[int](), set[tuple[int, int]]()
    inbox = Inbox(state, again)
    app = _builder(options, inbox, InOrder(state, held)).build()
    workers = Workers()
    service = Service(
        options=options,
        library=library,
        assistant=assistant,
        state=state,
        courier=Courier(app.bot, retries=options.retries, pause=options.retry_seconds),
        counts=Counts(),
        limits=Limits(person=options.user_per_minute, chat=options.chat_per_minute),
        folder=folder,
        suggestions=Suggestions(library, assistant),
        workings=Workings(library, working or partial(_in_thread, workers, assistant)),
        workers=workers,
        held=held,
        again=again,
        spawn=lambda work, update: app.create_task(work, update),
    )
    app.add_handlers({-1: gates(service), 0: handlers(service)})
    app.add_error_handler(partial(on_error, service))
    app.post_init = partial(begin, service, inbox)
    app.post_shutdown = partial(end, service)
    return app


def check_secret(options: Options) -> None:
    """Raise `BadSettings` where a webhook has no secret, or one that Telegram does not take."""
    if options.webhook_secret is None:
        raise BadSettings(texts.SECRETLESS)
    if not _SECRET.fullmatch(options.webhook_secret.get_secret_value()):
        raise BadSettings(texts.ODD_LETTERS)


class Patient(App):
    """An application that says why it waits; the library tries again without a word."""

    async def initialize(self) -> None:
        """Say hello to Telegram; a network that is down is logged and raised."""
        try:
            await super().initialize()
        except NetworkError as error:
            _log.warning(texts.out_of_reach(type(error.__cause__ or error).__name__))
            raise


async def _in_thread(
    workers: Workers, assistant: Assistant, words: str, before: Memory, home: str | None
) -> Worked:
    return await workers.run(partial(work_out, assistant, words, before, home))


def _builder(
    options: Options, inbox: Inbox, order: InOrder
) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    token = options.token.get_secret_value() if options.token else ""
    limiter = AIORateLimiter(
        overall_max_rate=options.send_per_second,
        group_max_rate=options.group_per_minute,
        max_retries=options.retries,
    )
    defaults = Defaults(
        parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return (
        ApplicationBuilder()
        .application_class(Patient)
        .token(token)
        .base_url(f"{options.api_url}/bot")
        .base_file_url(f"{options.api_url}/file/bot")
        .rate_limiter(limiter)
        .defaults(defaults)
        .update_queue(inbox)
        .concurrent_updates(order)
        .request(Lanes(_LANES, read_seconds=options.read_seconds))
        .get_updates_request(Lanes(1, read_seconds=options.read_seconds))
    )


async def begin(service: Service, inbox: Inbox, app: App) -> None:
    """Prepare a run: the bot's name, what an earlier run left undone, the health port."""
    if service.options.webhook_url:
        await announce_webhook(service.options, app)
    service.me = app.bot.bot
    forget_old(service.state, days=KEEP_DAYS)
    for chat, message in delivered_lately(service.state):
        service.courier.ids.note(chat, message)
    left = inbox.take_up(app.bot)
    if left:
        _log.info("%d updates of an earlier run are taken up", left)
    await describe(app.bot)
    await set_menus(app.bot, administrators(service.options, service.state))
    schedule(service, inbox, app)
    # The first answers load what an assistant loads once; nobody is to wait for that.
    greeted = await service.work(service.suggestions.questions)
    home = service.options.home
    starts = (service.workings.start(one.question, Memory(), home) for one in greeted)
    await asyncio.gather(*starts)
    if service.options.health_port:
        service.monitor = await serve_metrics(service.counts, service.options.health_port)


async def announce_webhook(options: Options, app: App) -> None:
    """Tell Telegram where the webhook is, as soon as it can be reached.

    Raises `BadSettings` where Telegram refuses the address: the library, which tells it too, would
    try that for ever.
    """
    address, secret = webhook_address(options), webhook_secret(options)
    for pause in repeat(options.again_seconds):
        try:
            await app.bot.set_webhook(address, secret_token=secret, allowed_updates=_KINDS)
        except BadRequest as error:
            raise BadSettings(texts.webhook_refused(error.message)) from error
        except NetworkError as error:
            _log.warning(texts.out_of_reach(type(error.__cause__ or error).__name__))
            await asyncio.sleep(pause)
        else:
            return


def webhook_address(options: Options) -> str:
    """Return the address at which Telegram delivers."""
    return f"{options.webhook_url.rstrip('/')}/{_WEBHOOK_PATH}"


def webhook_secret(options: Options) -> str | None:
    """Return the secret that comes with what Telegram delivers."""
    return options.webhook_secret.get_secret_value() if options.webhook_secret else None


def schedule(service: Service, inbox: Inbox, app: App) -> None:
    """Set up what recurs: undelivered answers again, and the digest of the day."""
    jobs = app.job_queue
    if jobs is None:
        return

    async def again(_: Context) -> None:
        if service.failed:
            failed = set(service.failed)
            service.failed.clear()
            service.held -= failed
            inbox.take_up(app.bot, failed)

    known: frozenset[str] | None = None

    async def look(_: Context) -> None:
        nonlocal known
        if known is None:
            known = frozenset(report.id for report in service.library.reports())
        known = await announce_added(service, known)

    async def digest(_: Context) -> None:
        forget_old(service.state, days=KEEP_DAYS)
        await send_digest(service)

    jobs.run_repeating(again, service.options.again_seconds, name="again")
    jobs.run_repeating(look, service.options.again_seconds, first=0, name="look")
    jobs.run_daily(digest, time(service.options.digest_hour, tzinfo=texts.BEIJING), name="digest")


async def end(service: Service, _: App) -> None:
    """Close what a run opened."""
    if service.monitor:
        service.monitor.close()
    service.state.close()


def run_app(
    options: Options,
    library: Library,
    assistant: Assistant,
    folder: Path,
    *,
    working: Working | None = None,
) -> None:
    """Run the bot until a signal ends it, by webhook where its address is set, else by polling.

    Raises `BadSettings` for a token that Telegram does not know. A network that is down at the
    start is waited for.
    """
    app = build(options, library, assistant, folder, working=working)
    try:
        if options.webhook_url:
            app.run_webhook(
                options.webhook_listen,
                options.webhook_port,
                _WEBHOOK_PATH,
                webhook_url=webhook_address(options),
                secret_token=webhook_secret(options),
                allowed_updates=_KINDS,
                bootstrap_retries=-1,
            )
        else:
            app.run_polling(allowed_updates=_KINDS, bootstrap_retries=-1)
    except InvalidToken:
        # Its message holds the token, so nothing of it goes on.
        raise BadSettings(texts.UNKNOWN_BOT) from None
