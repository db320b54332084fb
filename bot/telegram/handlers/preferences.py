"""Commands that set up a chat: /home and /subscribe, with buttons where a name fits several."""

from functools import partial

from telegram import Message, Update

from bot.organisations import find_units, loaded_units
from bot.telegram.replies.addressing import command_to_asked, command_words
from bot.telegram.replies.answers import Asked, home_for, offer, say
from bot.telegram.service import Service
from bot.telegram.state import conversations, pending_messages, subscriptions
from bot.telegram.state.shown_answers import Shown
from bot.telegram.views import texts
from bot.telegram.views.buttons import Pick
from bot.telegram.views.rich_text import listing, plain
from bot.types import Answer, Choice
from corpus.structure.titles import is_name

_MOST_OFFERED = 8  # more buttons than these hide the talk on a phone


async def on_home(service: Service, update: Update) -> None:
    """Set, clear or tell the unit that this chat means where none is named."""
    message = update.message
    if message is None:
        return
    name, chat = command_words(message), message.chat.id
    if name in texts.CLEAR:
        conversations.set_home(service.state, chat, "")
        await _tell(service, message, texts.HOME_CLEARED)
    elif name:
        await _set_home(service, message, name)
    elif home := home_for(service, chat):
        await _tell(service, message, texts.home_is(home))
    else:
        await _offer_homes(service, message)


async def _offer_homes(service: Service, message: Message) -> None:
    units = await service.work(partial(loaded_units, service.library))
    if 0 < len(units) <= _MOST_OFFERED:
        await _offer(service, message, texts.NO_HOME, units, "home")
    else:
        await _tell(service, message, texts.NO_HOME)


async def _set_home(service: Service, message: Message, name: str) -> None:
    units = await service.work(partial(find_units, service.library, name))
    if len(units) == 1:
        conversations.set_home(service.state, message.chat.id, units[0])
        await _tell(service, message, texts.home_is(units[0]))
    elif units:
        await _offer(service, message, texts.which_unit(len(units)), units, "home")
    else:
        await _tell(service, message, texts.NO_UNIT)


async def on_subscribe(service: Service, update: Update) -> None:
    """Tell this chat of new reports of a unit, or no longer; without a name, list them."""
    message = update.message
    if message is None:
        return
    name, chat = command_words(message), message.chat.id
    text = pending_messages.find_outcome(service.state, chat, message.id)
    if not name:
        text = texts.subscribed_to(subscriptions.of_chat(service.state, chat))
    if text is not None:
        await _tell(service, message, text)
    else:
        await _subscribe_by_name(service, message, name)


async def _subscribe_by_name(service: Service, message: Message, name: str) -> None:
    """Subscribe or unsubscribe; a unit without a report is waited for."""
    units = await service.work(partial(find_units, service.library, name))
    if len(units) > 1:
        await _offer(service, message, texts.which_unit(len(units)), units, "subscribe")
    elif units or is_name(name):
        unit = units[0] if units else name
        text = _subscribe(service, command_to_asked(message), unit)
        await _tell(service, message, text)
    else:
        await _tell(service, message, texts.NO_SUCH_NAME)


def _subscribe(service: Service, asked: Asked, unit: str) -> str:
    """Subscribe or unsubscribe, once for a message."""
    chat = asked.place.chat
    before = pending_messages.find_outcome(service.state, chat, asked.message)
    if before is not None:
        return before
    with service.state:
        on = subscriptions.toggle(service.state, chat, unit, asked=asked.reply_to)
        text = texts.subscribed(unit) if on else texts.unsubscribed(unit)
        pending_messages.put_outcome(service.state, chat, asked.message, text)
    return text


async def take_unit(service: Service, offered: Shown, at: int, *, pick: Pick) -> None:
    """Set up the unit number `at` of those offered, and say so in the place of the buttons."""
    unit, chat = offered.answer.choices[at].question, offered.place.chat
    if pick == "home":
        conversations.set_home(service.state, chat, unit)
        text = texts.home_is(unit)
    else:
        asked = Asked(place=offered.place, words=offered.words, message=offered.asked)
        text = _subscribe(service, asked, unit)
    if offered.message is not None:
        await service.courier.edit(chat, offered.message, plain(text))


async def _offer(
    service: Service, message: Message, text: str, units: tuple[str, ...], pick: Pick
) -> None:
    """Ask which unit is meant, with a button for each; too many are listed instead."""
    asked = command_to_asked(message).model_copy(update={"words": message.text or ""})
    choices = tuple(Choice(label=unit, question=unit) for unit in units)
    if len(choices) > _MOST_OFFERED:
        await say(service, asked, listing([text, *units], texts.and_more))
    else:
        await offer(service, asked, Answer(status="clarify", text=text, choices=choices), pick)


async def _tell(service: Service, message: Message, text: str) -> None:
    await say(service, command_to_asked(message), plain(text))
