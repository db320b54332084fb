"""Which handler hears what: commands by name, buttons by their data, the rest by its kind."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)

from bot.telegram.administration.admin_commands import (
    REMOVE,
    on_health,
    on_remove,
    on_remove_press,
    on_stats,
)
from bot.telegram.administration.admission import ADMIT, on_admit, on_users
from bot.telegram.administration.gate import on_any
from bot.telegram.administration.upload_decisions import UPLOAD, on_upload
from bot.telegram.administration.uploads import on_add, on_document
from bot.telegram.handlers.browsing import on_audit, on_coverage, on_export, on_units
from bot.telegram.handlers.callbacks import on_press, on_reaction
from bot.telegram.handlers.commands import on_feedback, on_forget, on_help, on_privacy, on_start
from bot.telegram.handlers.further_commands import on_compare, on_source, on_trend
from bot.telegram.handlers.preferences import on_home, on_subscribe
from bot.telegram.handlers.questions import (
    on_ask,
    on_membership,
    on_new,
    on_other,
    on_text,
    on_unknown,
)
from bot.telegram.replies.addressing import command_to_asked, command_words, message_to_place
from bot.telegram.replies.answers import LONGEST, say
from bot.telegram.replies.inline_queries import on_guest, on_inline
from bot.telegram.service import Service
from bot.telegram.state import access
from bot.telegram.views import texts
from bot.telegram.views.rich_text import plain

Context = ContextTypes.DEFAULT_TYPE
Handling = Callable[[Service, Update], Awaitable[None]]
Hearing = Callable[[Update, Context], Coroutine[Any, Any, None]]

COMMANDS: dict[str, Handling] = {
    "start": on_start,
    "help": on_help,
    "new": on_new,
    "home": on_home,
    "compare": on_compare,
    "trend": on_trend,
    "source": on_source,
    "units": on_units,
    "coverage": on_coverage,
    "audit": on_audit,
    "export": on_export,
    "subscribe": on_subscribe,
    "privacy": on_privacy,
    "forget": on_forget,
}
ADMINISTRATION: dict[str, Handling] = {
    "add": on_add,
    "remove": on_remove,
    "users": on_users,
    "stats": on_stats,
    "health": on_health,
}


def hearing(service: Service, handle: Handling) -> Hearing:
    """Make a handler of the library's shape out of one of ours."""

    async def hear(update: Update, _: Context) -> None:
        await handle(service, update)

    return hear


def gates(service: Service) -> list[BaseHandler[Any, Any, Any]]:
    """Return what every update passes first."""
    return [TypeHandler(Update, hearing(service, on_any))]


def handlers(service: Service) -> list[BaseHandler[Any, Any, Any]]:
    """Return what listens, in order of precedence."""
    on = partial(hearing, service)
    new, typed = (
        filters.UpdateType.MESSAGE,
        filters.UpdateType.MESSAGES & ~filters.UpdateType.GUEST_MESSAGE & ~filters.VIA_BOT,
    )
    said = (filters.TEXT & ~filters.COMMAND) | filters.CAPTION
    shown = filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT
    return [
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, on(on_guest)),
        CommandHandler("ask", on(on_ask), filters=typed),
        CommandHandler("feedback", on(on_feedback), filters=new),
        *(
            CommandHandler(name, on(only_short(handle)), filters=new)
            for name, handle in COMMANDS.items()
        ),
        *(
            CommandHandler(name, on(only_administrators(only_short(handle))), filters=new)
            for name, handle in ADMINISTRATION.items()
        ),
        CallbackQueryHandler(on(on_admit), pattern=ADMIT),
        CallbackQueryHandler(on(on_upload), pattern=UPLOAD),
        CallbackQueryHandler(on(on_remove_press), pattern=REMOVE),
        CallbackQueryHandler(on(on_press)),
        InlineQueryHandler(on(on_inline)),
        MessageReactionHandler(
            on(on_reaction),
            message_reaction_types=MessageReactionHandler.MESSAGE_REACTION_UPDATED,
        ),
        ChatMemberHandler(on(on_membership)),
        MessageHandler(filters.Document.ALL & new, on(on_document)),
        MessageHandler(said & typed, on(on_text)),
        MessageHandler(filters.COMMAND & new, on(on_unknown)),
        MessageHandler(shown & new, on(on_other)),
    ]


def only_short(handle: Handling) -> Handling:
    """Guard a command: a text behind it that names nothing is not searched with."""

    async def guarded(service: Service, update: Update) -> None:
        message = update.message
        if message and len(command_words(message)) > LONGEST:
            await say(service, command_to_asked(message), plain(texts.TOO_LONG))
        else:
            await handle(service, update)

    return guarded


def only_administrators(handle: Handling) -> Handling:
    """Guard a command: others are told that it is not theirs."""

    async def guarded(service: Service, update: Update) -> None:
        message = update.message
        if message is None:
            return
        person = message_to_place(message).person
        if access.may_administer(service.options, service.state, person):
            await handle(service, update)
        else:
            await say(service, command_to_asked(message), plain(texts.ADMIN_ONLY))

    return guarded
