"""Saying a sentence in answer to whatever came in, in the way that fits it."""

from telegram import InlineQueryResultsButton, Update

from bot.telegram.asking import say
from bot.telegram.hearing import command_to_asked
from bot.telegram.inline import START, answer_guest
from bot.telegram.runs import plain
from bot.telegram.service import Service

_FLASH = 200  # Bot API: characters of what a press is answered with


async def tell(service: Service, update: Update, text: str, *, alert: bool = False) -> None:
    """Say why nothing comes; after a press a sentence of weight is an `alert` to be closed."""
    if update.callback_query:
        flash = update.callback_query.answer(text[:_FLASH], show_alert=alert)
        await service.courier.try_once(flash)
    elif update.inline_query:
        button = InlineQueryResultsButton(text, start_parameter=START)
        answer = update.inline_query.answer([], cache_time=0, is_personal=True, button=button)
        await service.courier.try_once(answer)
    elif update.guest_message:
        await answer_guest(service, update.guest_message, text)
    elif message := update.message or update.edited_message:
        await say(service, command_to_asked(message), plain(text))
