"""The door: every update passes here first, and whoever may not ask is told how to be let in."""

from telegram import Chat, Message, Update, User
from telegram.ext import ApplicationHandlerStop

from bot.telegram.administration.admission import announce_request
from bot.telegram.replies.addressing import command_to_asked, is_addressed, text_of
from bot.telegram.replies.answers import say
from bot.telegram.replies.short_replies import tell
from bot.telegram.service import Service
from bot.telegram.state import access
from bot.telegram.state.database import move_chat
from bot.telegram.views import texts
from bot.telegram.views.buttons import data_to_press
from bot.telegram.views.rich_text import plain


async def on_any(service: Service, update: Update) -> None:
    """Note the message's id; stop what comes from people who may not ask, or ask too often."""
    message = update.effective_message
    if message is not None and update.guest_message is None:
        service.courier.ids.note(message.chat.id, message.message_id)
    if message is not None and message.migrate_to_chat_id:
        move_chat(service.state, message.chat.id, message.migrate_to_chat_id)
    # An anonymous administrator is the group: their user id is that of all anonymous ones.
    person, chat = update.effective_sender, update.effective_chat
    if person is None:
        return
    place = chat.id if chat else person.id
    if not access.may_ask(service.options, service.state, person=person.id, chat=place):
        await _refuse(service, update, person)
        raise ApplicationHandlerStop
    wait = _wait(service, update, person.id, place)
    if wait:
        await tell(service, update, texts.slow_down(wait))
        raise ApplicationHandlerStop


def _wait(service: Service, update: Update, person: int, chat: int) -> float:
    """Count what asks something; return 0, or how many seconds until it is welcome again."""
    if update.inline_query:
        return service.limits.wait_typing(person=person)
    return service.limits.wait(person=person, chat=chat) if _asks(service, update) else 0.0


def _asks(service: Service, update: Update) -> bool:
    """Whether an update has the assistant or the library work: a file and a decision do not."""
    if update.callback_query:
        return data_to_press(update.callback_query.data or "") is not None
    message = update.message or update.edited_message
    if message is None or service.me is None:
        return update.guest_message is not None
    asks = bool(text_of(message)) and message.document is None
    return asks and is_addressed(message, service.me)


async def _refuse(service: Service, update: Update, person: User | Chat) -> None:
    service.counts.count("refused")
    message = update.message
    if message and service.me and is_addressed(message, service.me):
        await _tell_how(service, message, person)
    elif message is None and update.edited_message is None:
        await tell(service, update, texts.NOT_ALLOWED)


async def _tell_how(service: Service, message: Message, person: User | Chat) -> None:
    asked = command_to_asked(message)
    refused = access.role_of(service.state, person.id) == "refused"
    if service.options.access != "approval" or refused:
        await say(service, asked, plain(texts.NOT_ALLOWED))
        return
    name = person.full_name if isinstance(person, User) else person.effective_name
    name = name or str(person.id)
    code, new = access.code_for(service.state, person.id, name)
    await say(service, asked, plain(texts.pairing(code)))
    if new:
        await announce_request(service, person.id, name, code)
