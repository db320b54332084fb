"""The door: every update passes here first, and whoever may not ask is told how to be let in."""

from telegram import Message, Update, User
from telegram.ext import ApplicationHandlerStop

from bot.telegram import access, words
from bot.telegram.admit import admit_buttons
from bot.telegram.asking import say
from bot.telegram.hearing import command_to_asked, is_addressed
from bot.telegram.runs import Outgoing, Run, plain
from bot.telegram.service import Service
from bot.telegram.state import move_chat


async def on_any(service: Service, update: Update) -> None:
    """Note the message's id; stop what comes from people who may not ask."""
    message = update.effective_message
    if message is not None and update.guest_message is None:
        service.courier.ids.note(message.chat.id, message.message_id)
    if message is not None and message.migrate_to_chat_id:
        move_chat(service.state, message.chat.id, message.migrate_to_chat_id)
    person, chat = update.effective_user, update.effective_chat
    if person is None or access.may_ask(
        service.options, service.state, person=person.id, chat=chat.id if chat else person.id
    ):
        return
    await _refuse(service, update, person)
    raise ApplicationHandlerStop


async def _refuse(service: Service, update: Update, person: User) -> None:
    service.counts.count("refused")
    if update.callback_query:
        await service.courier.try_once(update.callback_query.answer(words.NOT_ALLOWED))
    elif update.inline_query:
        await service.courier.try_once(update.inline_query.answer([], cache_time=0))
    elif update.message and service.me and is_addressed(update.message, service.me):
        await _tell_how(service, update.message, person)


async def _tell_how(service: Service, message: Message, person: User) -> None:
    asked = command_to_asked(message)
    refused = access.role_of(service.state, person.id) == "refused"
    if service.options.access != "approval" or refused:
        await say(service, asked, plain(words.NOT_ALLOWED))
        return
    code, new = access.code_for(service.state, person.id, person.full_name)
    await say(service, asked, plain(words.pairing(code)))
    if new:
        await _announce(service, person, code)


async def _announce(service: Service, person: User, code: str) -> None:
    text = words.wants_in(person.full_name, person.id, code)
    message = Outgoing(runs=(Run(text=text),), buttons=admit_buttons(person.id))
    for administrator in access.administrators(service.options, service.state):
        await service.courier.try_once(service.courier.send(administrator, message))
