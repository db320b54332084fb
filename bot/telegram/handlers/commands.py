"""Commands that greet, explain and listen: /start, /help, /feedback."""

import re
from functools import partial

from telegram import CallbackQuery, Message, Update

from bot.presentation.answer_text import fact_to_question
from bot.smalltalk import small_talk
from bot.telegram.replies import feedback
from bot.telegram.replies.addressing import command_to_asked, command_words, message_to_place
from bot.telegram.replies.answers import Asked, answer_question, offer, present, say, unanswered
from bot.telegram.service import Service
from bot.telegram.state import shown_answers
from bot.telegram.state.access import may_administer
from bot.telegram.state.database import KEEP_DAYS, forget_person
from bot.telegram.state.shown_answers import QUESTIONS_FROM, Shown, stand_in
from bot.telegram.views import related_figures, texts
from bot.telegram.views.buttons import answer_to_rows
from bot.telegram.views.rich_text import plain
from bot.telegram.workers.answering import Worked
from bot.types import Answer, Choice, Memory, Reply

_HELLO = "你好"
_FACT = "f_"
_FACT_ID = re.compile(r"f_[0-9a-f]{16}")


async def on_start(service: Service, update: Update) -> None:
    """Greet with questions that can be answered here; reopen the figure of a permanent link."""
    message = update.message
    if message is None:
        return
    payload = command_words(message)
    if payload.startswith(_FACT) and not _FACT_ID.fullmatch(payload):
        await say(service, command_to_asked(message), plain(texts.BAD_LINK))
        return
    if payload.startswith(_FACT):
        await _reopen(service, message, payload.removeprefix(_FACT))
        return
    await greet(service, message, _HELLO)


async def greet(service: Service, message: Message, said: str) -> None:
    """Say back what is said to an opening, with a button for each of some questions."""
    choices = await service.work(service.suggestions.questions)
    talk = await service.work(partial(small_talk, said, service.library))
    lines = [talk.text if talk else "", texts.TRY_BELOW if choices else ""]
    asked = command_to_asked(message).model_copy(update={"words": "/start"})
    greeting = Answer(status="clarify", text="\n".join(filter(None, lines)), choices=choices)
    await offer(service, asked, greeting, "suggest")


async def take_suggestion(
    service: Service, greeting: Shown, query: CallbackQuery, at: int
) -> str | None:
    """Answer one of the questions of the greeting, as if the person had typed it."""
    return await _ask_for(service, greeting, query, at, greeting.answer.choices)


async def take_next(service: Service, shown: Shown, query: CallbackQuery, at: int) -> str | None:
    """Answer one of the questions that an answer leads on to, as if the person had typed it."""
    return await _ask_for(service, shown, query, at, shown.answer.onward)


async def _ask_for(
    service: Service, shown: Shown, query: CallbackQuery, at: int, choices: tuple[Choice, ...]
) -> str | None:
    """Ask what a button says in the name of who pressed it.

    Pressed again, its answer is brought up to date where it stands; the word to flash says so.
    """
    place = shown.place.model_copy(update={"person": query.from_user.id})
    # No message of the chat holds this question: a number below zero stands for it.
    number = stand_in(shown.id, QUESTIONS_FROM + at)
    asked = Asked(place=place, words=choices[at].question, message=number)
    before = shown_answers.find_asked(service.state, place.chat, asked.message)
    await answer_question(service, asked.model_copy(update={"edited": True}))
    return texts.SUGGESTED_BEFORE if before and before.message else None


async def _reopen(service: Service, message: Message, fact_id: str) -> None:
    fact = await service.work(partial(related_figures.find_fact, service.library, fact_id))
    asked = command_to_asked(message)
    if fact is None:
        await say(service, asked, plain(texts.FACT_GONE))
        return
    asked_once = unanswered(service, asked)
    if asked_once is None:
        return
    answer = await service.work(partial(related_figures.fact_to_answer, service.library, fact))
    rows = await service.work(partial(answer_to_rows, service.library, answer))
    reply = Reply(answer=answer, memory=Memory(facts=(fact.id,)))
    question = asked_once.model_copy(update={"words": fact_to_question(fact)})
    await present(service, question, Memory(), Worked(reply=reply, rows=rows))


async def on_help(service: Service, update: Update) -> None:
    """Explain everything on one page; an administrator's page has more."""
    if update.message is None:
        return
    place = message_to_place(update.message)
    admin = may_administer(service.options, service.state, place.person)
    text = texts.HELP + (texts.HELP_ADMIN if admin else "")
    await say(service, command_to_asked(update.message), plain(text))


async def on_privacy(service: Service, update: Update) -> None:
    """Say what is kept of people, and for how long."""
    if update.message:
        text = texts.PRIVACY.format(days=round(KEEP_DAYS))
        await say(service, command_to_asked(update.message), plain(text))


async def on_forget(service: Service, update: Update) -> None:
    """Drop what is kept of whoever asks for it."""
    if update.message:
        forget_person(service.state, message_to_place(update.message).person)
        await say(service, command_to_asked(update.message), plain(texts.FORGOT_YOU))


async def on_feedback(service: Service, update: Update) -> None:
    """Keep a word for the administrators; without one, the reply to what is said is the word."""
    message = update.message
    if message is None:
        return
    text, place = command_words(message), message_to_place(message)
    if text:
        feedback.put_word(
            service.state, person=place.person, chat=place.chat, asked=message.id, text=text
        )
        await say(service, command_to_asked(message), plain(texts.THANKS))
    else:
        how = plain(texts.FEEDBACK_HOW).model_copy(update={"reply": texts.FEEDBACK_FIELD})
        sent = await say(service, command_to_asked(message), how)
        feedback.put_prompt(service.state, place.chat, sent)
