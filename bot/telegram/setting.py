"""Commands that set up a chat: /home and /subscribe, with buttons where a name fits several."""

from functools import partial

from telegram import Message, Update

from bot.nouns import Answer, Choice
from bot.telegram import subscriptions, talks, waits, words
from bot.telegram.asking import Asked, home_for, offer, say
from bot.telegram.buttons import Pick
from bot.telegram.hearing import command_to_asked, command_words
from bot.telegram.runs import listing, plain
from bot.telegram.service import Service
from bot.telegram.shown import Shown
from bot.telegram.units import find_units, loaded_units
from corpus.structure.titles import is_name

_MOST_OFFERED = 8  # more buttons than these hide the talk on a phone


async def on_home(service: Service, update: Update) -> None:
    """Set, clear or tell the unit that this chat means where none is named."""
    message = update.message
    if message is None:
        return
    name, chat = command_words(message), message.chat.id
    if name in words.CLEAR:
        talks.set_home(service.state, chat, "")
        await _tell(service, message, words.HOME_CLEARED)
    elif name:
        await _set_home(service, message, name)
    elif home := home_for(service, chat):
        await _tell(service, message, words.home_is(home))
    else:
        await _offer_homes(service, message)


async def _offer_homes(service: Service, message: Message) -> None:
    units = await service.work(partial(loaded_units, service.library))
    if 0 < len(units) <= _MOST_OFFERED:
        await _offer(service, message, words.NO_HOME, units, "home")
    else:
        await _tell(service, message, words.NO_HOME)


async def _set_home(service: Service, message: Message, name: str) -> None:
    units = await service.work(partial(find_units, service.library, name))
    if len(units) == 1:
        talks.set_home(service.state, message.chat.id, units[0])
        await _tell(service, message, words.home_is(units[0]))
    elif units:
        await _offer(service, message, words.which_unit(len(units)), units, "home")
    else:
        await _tell(service, message, words.NO_UNIT)


async def on_subscribe(service: Service, update: Update) -> None:
    """Tell this chat of new reports of a unit, or no longer; without a name, list them."""
    message = update.message
    if message is None:
        return
    name, chat = command_words(message), message.chat.id
    text = waits.find_outcome(service.state, chat, message.id)
    if not name:
        text = words.subscribed_to(subscriptions.of_chat(service.state, chat))
    if text is not None:
        await _tell(service, message, text)
    else:
        await _subscribe_by_name(service, message, name)


async def _subscribe_by_name(service: Service, message: Message, name: str) -> None:
    """Subscribe or unsubscribe; a unit without a report is waited for."""
    units = await service.work(partial(find_units, service.library, name))
    if len(units) > 1:
        await _offer(service, message, words.which_unit(len(units)), units, "subscribe")
    elif units or is_name(name):
        unit = units[0] if units else name
        text = _subscribe(service, command_to_asked(message), unit)
        await _tell(service, message, text)
    else:
        await _tell(service, message, words.NO_SUCH_NAME)


def _subscribe(service: Service, asked: Asked, unit: str) -> str:
    """Subscribe or unsubscribe, once for a message."""
    chat = asked.place.chat
    before = waits.find_outcome(service.state, chat, asked.message)
    if before is not None:
        return before
    with service.state:
        on = subscriptions.toggle(service.state, chat, unit, asked=asked.reply_to)
        text = words.subscribed(unit) if on else words.unsubscribed(unit)
        waits.put_outcome(service.state, chat, asked.message, text)
    return text


async def take_unit(service: Service, offered: Shown, at: int, *, pick: Pick) -> None:
    """Set up the unit number `at` of those offered, and say so in the place of the buttons."""
    unit, chat = offered.answer.choices[at].question, offered.place.chat
    if pick == "home":
        talks.set_home(service.state, chat, unit)
        text = words.home_is(unit)
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
        await say(service, asked, listing([text, *units], words.and_more))
    else:
        await offer(service, asked, Answer(status="clarify", text=text, choices=choices), pick)


async def _tell(service: Service, message: Message, text: str) -> None:
    await say(service, command_to_asked(message), plain(text))
