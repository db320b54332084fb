"""Messages that ask: plain text, /ask, edits, and the commands that begin a talk anew."""

from telegram import Message, Update
from telegram.constants import ChatMemberStatus

from bot.smalltalk import opens_a_talk
from bot.telegram.handlers.commands import greet
from bot.telegram.replies import feedback
from bot.telegram.replies.addressing import (
    command_to_asked,
    command_words,
    is_from,
    message_to_asked,
    message_to_place,
)
from bot.telegram.replies.answers import Asked, answer_question, say
from bot.telegram.service import Service
from bot.telegram.state import conversations
from bot.telegram.views import texts
from bot.telegram.views.rich_text import plain

_OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def on_text(service: Service, update: Update) -> None:
    """Answer a message, or answer it anew where it was edited."""
    message = update.effective_message
    if message is None or service.me is None or await feedback.take_word(service, message):
        return
    asked = message_to_asked(message, service.me, edited=update.edited_message is not None)
    if asked is not None:
        await _hear(service, message, asked)


async def on_ask(service: Service, update: Update) -> None:
    """Answer what stands behind /ask, or in somebody's message that /ask replies to."""
    message = update.effective_message
    if message is None or service.me is None:
        return
    asked = command_to_asked(message, edited=update.edited_message is not None)
    earlier = message.reply_to_message
    if earlier and is_from(earlier, service.me) and not command_words(message):
        asked = asked.model_copy(update={"words": ""})  # an answer is no question
    await _hear(service, message, asked)


async def _hear(service: Service, message: Message, asked: Asked) -> None:
    """Answer a question; a greeting gets the questions to begin with."""
    if not asked.words:
        await say(service, asked, plain(texts.ASK_HOW))
    elif opens_a_talk(asked.words):
        await greet(service, message, asked.words)
    else:
        await answer_question(service, asked)


async def on_new(service: Service, update: Update) -> None:
    """Forget the talk so far of this person in this topic."""
    if update.message is None:
        return
    conversations.forget(service.state, message_to_place(update.message))
    await say(service, command_to_asked(update.message), plain(texts.FORGOTTEN))


async def on_other(service: Service, update: Update) -> None:
    """Say that a voice, a sticker, a picture without words cannot be answered."""
    if update.message is not None:
        await say(service, command_to_asked(update.message), plain(texts.WORDS_ONLY))


async def on_membership(service: Service, update: Update) -> None:
    """Say in a group that the bot was added to how it is asked there."""
    change = update.my_chat_member
    if change is None or change.chat.type not in ("group", "supergroup"):
        return
    before, after = change.old_chat_member.status, change.new_chat_member.status
    if before in _OUTSIDE and after not in _OUTSIDE:
        await service.courier.send(change.chat.id, plain(texts.GROUP_GREETING))


async def on_unknown(service: Service, update: Update) -> None:
    """Say that a command is not known; in a group only when it was meant for this bot."""
    message = update.message
    if message is None or not message.text or service.me is None:
        return
    name = message.text.split()[0].lower()
    if message.chat.type == "private" or name.endswith(f"@{service.me.username}".lower()):
        await say(service, command_to_asked(message), plain(texts.UNKNOWN_COMMAND))
