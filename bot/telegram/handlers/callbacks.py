"""What the buttons under an answer do; one function a button, which returns the word to flash."""

from collections.abc import Awaitable, Callable
from functools import partial

from telegram import CallbackQuery, Update

from bot.telegram.handlers.commands import take_next, take_suggestion
from bot.telegram.handlers.further_commands import take_onward
from bot.telegram.handlers.preferences import take_unit
from bot.telegram.replies import feedback
from bot.telegram.replies.answers import choose
from bot.telegram.replies.details import (
    show_aspects,
    show_before,
    show_chart,
    show_copy,
    show_page,
    show_passage,
    show_picture,
    show_trend,
    show_units,
)
from bot.telegram.service import Service
from bot.telegram.state import shown_answers
from bot.telegram.state.shown_answers import Shown
from bot.telegram.views import texts
from bot.telegram.views.buttons import Action, data_to_press, is_there

_SHOWS: dict[Action, Callable[[Service, Shown], Awaitable[None]]] = {
    "passage": show_passage,
    "picture": show_picture,
    "before": show_before,
    "trend": show_trend,
    "parts": partial(show_chart, name="parts"),
    "bodies": partial(show_chart, name="bodies"),
    "unit": show_units,
    "aspect": show_aspects,
    "copy": show_copy,
}
_ASKS: dict[Action, Callable[[Service, Shown, CallbackQuery, int], Awaitable[str | None]]] = {
    "suggest": take_suggestion,
    "next": take_next,
}
_TAKES: dict[Action, Callable[[Service, Shown, int], Awaitable[None]]] = {
    "compare": partial(take_onward, onward="compare"),
    "trend_of": partial(take_onward, onward="trend_of"),
    "source": partial(take_onward, onward="source"),
    "home": partial(take_unit, pick="home"),
    "subscribe": partial(take_unit, pick="subscribe"),
    "page": show_page,
}


async def on_press(service: Service, update: Update) -> None:
    """Do what the pressed button says, and stop the button's spinner with a word or none."""
    query = update.callback_query
    if query is None:
        return
    press = data_to_press(query.data or "")
    answer = shown_answers.find(service.state, press.answer) if press else None
    if press is None or answer is None or not _stands_in(answer, query):
        await service.courier.try_once(query.answer(texts.GONE))
        return
    if not is_there(press, answer.answer):
        await service.courier.try_once(query.answer(texts.CHOICES_CHANGED))
        return
    service.counts.count(f"press_{press.action}")
    word = await _do(service, press.action, press.at, answer, query)
    await service.courier.try_once(query.answer(word))


def _stands_in(answer: Shown, query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.id == answer.place.chat


async def _do(
    service: Service, action: Action, at: int, answer: Shown, query: CallbackQuery
) -> str | None:
    if action == "choose":
        return await _choose(service, answer, query, at)
    if action == "why":
        await feedback.take_reason(service, answer, query, at)
        return None
    if action in _ASKS:
        return await _ASKS[action](service, answer, query, at)
    if action in ("up", "down"):
        return await _mark(service, answer, query, action)
    if action in _TAKES:
        await _TAKES[action](service, answer, at)
    else:
        await _SHOWS[action](service, answer)
    return None


async def _choose(service: Service, answer: Shown, query: CallbackQuery, at: int) -> str | None:
    # Who asked in the name of the group presses under a name of their own.
    if answer.place.person not in (query.from_user.id, answer.place.chat):
        return texts.NOT_YOURS
    await choose(service, answer, at)
    return None


async def on_reaction(service: Service, update: Update) -> None:
    """Take the emoji that somebody puts on an answer for the button that says the same."""
    if update.message_reaction is not None:
        await feedback.take_reaction(service, update.message_reaction)


async def _mark(service: Service, answer: Shown, query: CallbackQuery, action: Action) -> str:
    mark = feedback.UP if action == "up" else feedback.DOWN
    kept = feedback.put_mark(service.state, answer, person=query.from_user.id, mark=mark)
    if action == "up":
        return texts.THANKS_UP
    await feedback.ask_why(service, answer, kept)
    return texts.THANKS
