"""Saying a sentence in answer to whatever came in, in the way that fits it."""

from telegram import InlineQueryResultsButton, Update

from bot.telegram.replies.addressing import command_to_asked
from bot.telegram.replies.answers import say
from bot.telegram.replies.inline_queries import START, answer_guest
from bot.telegram.service import Service
from bot.telegram.views.rich_text import plain

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
