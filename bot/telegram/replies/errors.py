"""When a handler fails: one sentence with a short id to the person, the rest to the log."""

import logging
import secrets
import traceback

from telegram import Update
from telegram.error import Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.telegram.delivery.inbox import cross_out
from bot.telegram.delivery.sender import Undelivered
from bot.telegram.replies.short_replies import tell
from bot.telegram.service import Service
from bot.telegram.state import pending_messages
from bot.telegram.views import texts
from bot.telegram.views.rich_text import plain
from bot.telegram.workers.processes import NotWorkedOut
from corpus.model.errors import WenshuError

_log = logging.getLogger(__name__)


async def on_error(service: Service, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Deal with whatever a handler or the polling raised."""
    error = context.error
    if not isinstance(update, Update):
        _log_of_polling(service, error)
        return
    if isinstance(error, Undelivered):
        service.counts.count("errors")
        service.held.add(update.update_id)
        service.failed.add(update.update_id)
        _log.warning("update %s could not be delivered and waits", update.update_id)
        return
    if update.update_id in service.held:  # a file: its task ends here
        service.held.discard(update.update_id)
        cross_out(service.state, update.update_id)
    if isinstance(error, Forbidden):
        _log.info("a chat has shut the bot out")
        return
    service.counts.count("errors")
    text = log_failure(service, error)
    try:
        await _tell(service, update, text)
    except (TelegramError, Undelivered):
        _log.warning("the failure of update %s could not be told", update.update_id)


def _log_of_polling(service: Service, error: Exception | None) -> None:
    if isinstance(error, Conflict):
        service.counts.count("conflicts")
        _log.error(texts.CONFLICT)
    elif isinstance(error, NetworkError):
        service.counts.count("network_errors")
        _log.warning("the network failed while waiting for messages: %s", type(error).__name__)
    else:
        log_failure(service, error)


def log_failure(service: Service, error: Exception | None) -> str:
    """Log an error under a short id and return the sentence with it.

    The message of an error may hold a question, so it is left out unless questions are logged;
    those that are made for people hold none.
    """
    number = secrets.token_hex(3)
    if isinstance(error, WenshuError):
        _log.warning("refusal %s %s: %s", number, type(error).__name__, error)
        return texts.failed(number, str(error))
    message = f": {error}" if service.options.log_questions else ""
    where = "".join(traceback.format_tb(error.__traceback__)) if error else ""
    if isinstance(error, NotWorkedOut):
        where += f"in another process: {error.where}"
    _log.error("failure %s %s%s\n%s", number, type(error).__name__, message, where)
    return texts.failed(number)


async def _tell(service: Service, update: Update, text: str) -> None:
    """Tell the person, on the message that says 正在… where there is one."""
    message = update.effective_message
    waiting = (
        pending_messages.find_wait(service.state, message.chat.id, message.id) if message else None
    )
    if update.callback_query or waiting is None:
        await tell(service, update, text, alert=True)
    if message and waiting is not None:
        await service.courier.edit(message.chat.id, waiting, plain(text))
        with service.state:
            pending_messages.end_wait(service.state, message.chat.id, message.id)
