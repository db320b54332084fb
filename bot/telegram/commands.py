"""Commands that greet, explain and set up: /start, /help, /home, /subscribe, /feedback."""

import re
from functools import partial

from telegram import CallbackQuery, Message, Update

from bot.nouns import Answer, Choice, Memory, Reply
from bot.telegram import feedback, figures, shown, subscriptions, talks, waits, words
from bot.telegram.access import may_administer
from bot.telegram.asking import Asked, answer_question, home_for, present, say
from bot.telegram.buttons import answer_to_rows, suggestion_buttons
from bot.telegram.hearing import command_to_asked, command_words, message_to_place
from bot.telegram.runs import plain
from bot.telegram.service import Service
from bot.telegram.shown import Shown
from bot.telegram.units import find_units
from bot.telegram.working import Worked
from corpus.titles import is_name

_FACT = "f_"
_FACT_ID = re.compile(r"f_[0-9a-f]{16}")


async def on_start(service: Service, update: Update) -> None:
    """Greet with questions that can be answered here; reopen the figure of a permanent link."""
    message = update.message
    if message is None:
        return
    payload = command_words(message)
    if payload.startswith(_FACT) and not _FACT_ID.fullmatch(payload):
        await say(service, command_to_asked(message), plain(words.BAD_LINK))
        return
    if payload.startswith(_FACT):
        await _reopen(service, message, payload.removeprefix(_FACT))
        return
    choices = await service.work(service.suggestions.questions)
    await greet(service, message, choices)


async def greet(service: Service, message: Message, choices: tuple[Choice, ...]) -> None:
    """Say what the bot does, with a button for each of the questions."""
    asked = command_to_asked(message)
    greeting = Answer(status="clarify", text=words.GREETING, choices=choices)
    kept = shown.keep(
        service.state,
        shown.Said(
            place=asked.place, asked=message.id, words="/start", before=Memory(), answer=greeting
        ),
    )
    buttons = suggestion_buttons(kept, greeting)
    sent = await say(service, asked, plain(words.GREETING, buttons))
    with service.state:
        shown.delivered(service.state, kept, sent)


async def take_suggestion(
    service: Service, greeting: Shown, query: CallbackQuery, at: int
) -> str | None:
    """Answer one of the questions of the greeting, as if the person had typed it.

    Pressed again, its answer is brought up to date where it stands; the word to flash says so.
    """
    place = greeting.place.model_copy(update={"person": query.from_user.id})
    # No message of the chat holds this question: a number below zero stands for it.
    asked = Asked(
        place=place, words=greeting.answer.choices[at].question, message=-(greeting.id * 10 + at)
    )
    before = shown.find_asked(service.state, place.chat, asked.message)
    await answer_question(service, asked.model_copy(update={"edited": True}))
    return words.SUGGESTED_BEFORE if before and before.message else None


async def _reopen(service: Service, message: Message, fact_id: str) -> None:
    fact = await service.work(partial(figures.find_fact, service.library, fact_id))
    asked = command_to_asked(message)
    if fact is None:
        await say(service, asked, plain(words.FACT_GONE))
        return
    answer = await service.work(partial(figures.fact_to_answer, service.library, fact))
    rows = await service.work(partial(answer_to_rows, service.library, answer))
    reply = Reply(answer=answer, memory=Memory(facts=(fact.id,)))
    await present(service, asked, Memory(), Worked(reply=reply, rows=rows))


async def on_help(service: Service, update: Update) -> None:
    """Explain everything on one page; an administrator's page has more."""
    if update.message is None:
        return
    place = message_to_place(update.message)
    admin = may_administer(service.options, service.state, place.person)
    text = words.HELP + (words.HELP_ADMIN if admin else "")
    await say(service, command_to_asked(update.message), plain(text))


async def on_home(service: Service, update: Update) -> None:
    """Set, clear or tell the unit that this chat means where none is named."""
    message = update.message
    if message is None:
        return
    name, chat = command_words(message), message.chat.id
    if not name:
        home = home_for(service, chat)
        text = words.home_is(home) if home else words.NO_HOME
    elif name in words.CLEAR:
        talks.set_home(service.state, chat, "")
        text = words.HOME_CLEARED
    else:
        text = await _set_home(service, chat, name)
    await say(service, command_to_asked(message), plain(text))


async def _set_home(service: Service, chat: int, name: str) -> str:
    units = await service.work(partial(find_units, service.library, name))
    if len(units) == 1:
        talks.set_home(service.state, chat, units[0])
        return words.home_is(units[0])
    return words.which_unit(units) if units else words.NO_UNIT


async def on_subscribe(service: Service, update: Update) -> None:
    """Tell this chat of new reports of a unit, or no longer; without a name, list them."""
    message = update.message
    if message is None:
        return
    name, chat = command_words(message), message.chat.id
    text = waits.find_outcome(service.state, chat, message.id)
    if not name:
        text = words.subscribed_to(subscriptions.of_chat(service.state, chat))
    elif text is None:
        text = await _subscribe(service, message, name)
    await say(service, command_to_asked(message), plain(text))


async def _subscribe(service: Service, message: Message, name: str) -> str:
    """Subscribe or unsubscribe, once for a message; a unit without a report is waited for."""
    units = await service.work(partial(find_units, service.library, name))
    if len(units) > 1:
        return words.which_unit(units)
    if not units and not is_name(name):
        return words.NO_SUCH_NAME
    unit, chat = units[0] if units else name, message.chat.id
    with service.state:
        on = subscriptions.toggle(service.state, chat, unit)
        text = words.subscribed(unit) if on else words.unsubscribed(unit)
        waits.put_outcome(service.state, chat, message.id, text)
    return text


async def on_feedback(service: Service, update: Update) -> None:
    """Keep a word for the administrators."""
    message = update.message
    if message is None:
        return
    text = command_words(message)
    place = message_to_place(message)
    if text and waits.find_outcome(service.state, place.chat, message.id) is None:
        with service.state:
            feedback.put_word(service.state, person=place.person, chat=place.chat, text=text)
            waits.put_outcome(service.state, place.chat, message.id, words.THANKS)
    word = words.THANKS if text else words.FEEDBACK_HOW
    await say(service, command_to_asked(message), plain(word))
