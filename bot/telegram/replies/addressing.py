"""Which messages are meant for the bot and what they ask: privately all, in a group those to it."""

from telegram import Message, MessageEntity, User

from bot.telegram.replies.answers import Asked
from bot.telegram.state.conversations import Place


def message_to_place(message: Message) -> Place:
    """Return where a message was written and by whom; an anonymous admin counts as the chat.

    All anonymous administrators of all groups write under one user id, so it says nothing.
    """
    writer = message.sender_chat or message.from_user or message.chat
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(chat=message.chat.id, topic=topic or 0, person=writer.id)


def text_of(message: Message | None) -> str:
    """Return what a message says: its text, or the caption of its picture."""
    return ((message.text or message.caption or "") if message else "").strip()


def message_to_asked(message: Message, me: User, *, edited: bool = False) -> Asked | None:
    """Return the question of a message, or None where it is not meant for the bot.

    The bot's bare name in reply to someone asks what they said; alone it asks nothing.
    """
    text = text_of(message)
    if message.chat.type != "private":
        mention = _mention(message, me)
        if mention is None and not _replies_to(message, me):
            return None
        text = text.replace(mention or "", "", 1).strip()
        if not text and not _replies_to(message, me):
            text = text_of(message.reply_to_message)
    elif not text:
        return None
    return _to_asked(message, text, edited=edited)


def _to_asked(message: Message, text: str, *, edited: bool) -> Asked:
    earlier = message.reply_to_message
    return Asked(
        place=message_to_place(message),
        words=text,
        message=message.id,
        edited=edited,
        leans_on=earlier.message_id if earlier else None,
    )


def _mention(message: Message, me: User) -> str | None:
    parse = message.parse_entities if message.text else message.parse_caption_entities
    for text in parse([MessageEntity.MENTION]).values() if text_of(message) else ():
        if text.lower() == f"@{me.username}".lower():
            return text
    return None


def _replies_to(message: Message, me: User) -> bool:
    return message.reply_to_message is not None and is_from(message.reply_to_message, me)


def is_from(message: Message, me: User) -> bool:
    """Whether a message is one of the bot's own."""
    return message.from_user is not None and message.from_user.id == me.id


def command_words(message: Message) -> str:
    """Return what stands behind a command, after a space of any width or on the next line."""
    _, *rest = (message.text or "").strip().split(maxsplit=1) or [""]
    return rest[0].strip() if rest else ""


def command_to_asked(message: Message, *, edited: bool = False) -> Asked:
    """Return what a command asks: the words behind it, else those of the message replied to."""
    words = command_words(message) or text_of(message.reply_to_message)
    return _to_asked(message, words, edited=edited)


def is_addressed(message: Message, me: User) -> bool:
    """Whether a message is meant for the bot: anything in private, in a group commands too."""
    if message.chat.type == "private" or message_to_asked(message, me):
        return True
    first = (text_of(message).split() or [""])[0].lower()
    return first.startswith("/") and ("@" not in first or first.endswith(f"@{me.username}".lower()))
