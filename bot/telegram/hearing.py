"""Which messages are meant for the bot and what they ask: privately all, in a group those to it."""

from telegram import Message, MessageEntity, User

from bot.telegram.asking import Asked
from bot.telegram.talks import Place


def message_to_place(message: Message) -> Place:
    """Return where a message was written and by whom; an anonymous admin counts as the chat."""
    writer = message.from_user or message.sender_chat or message.chat
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(chat=message.chat.id, topic=topic or 0, person=writer.id)


def message_to_asked(message: Message, me: User, *, edited: bool = False) -> Asked | None:
    """Return the question of a message, or None where it is not meant for the bot."""
    text = message.text or ""
    if message.chat.type != "private":
        mention = _mention(message, me)
        if mention is None and not _replies_to(message, me):
            return None
        text = text.replace(mention or "", "", 1)
    text = text.strip()
    if not text:
        return None
    return Asked(place=message_to_place(message), words=text, message=message.id, edited=edited)


def _mention(message: Message, me: User) -> str | None:
    for entity, text in message.parse_entities([MessageEntity.MENTION]).items():
        if entity.type == MessageEntity.MENTION and text.lower() == f"@{me.username}".lower():
            return text
    return None


def _replies_to(message: Message, me: User) -> bool:
    earlier = message.reply_to_message
    return bool(earlier and earlier.from_user and earlier.from_user.id == me.id)


def command_words(message: Message) -> str:
    """Return what stands behind a command."""
    _, _, rest = (message.text or "").strip().partition(" ")
    return rest.strip()


def command_to_asked(message: Message, *, edited: bool = False) -> Asked:
    """Return what a command asks: the words behind it, else those of the message replied to."""
    earlier = message.reply_to_message
    words = command_words(message) or (earlier.text if earlier and earlier.text else "")
    place = message_to_place(message)
    return Asked(place=place, words=words.strip(), message=message.id, edited=edited)


def is_addressed(message: Message, me: User) -> bool:
    """Whether a message is meant for the bot: anything in private, in a group commands too."""
    if message.chat.type == "private" or message_to_asked(message, me):
        return True
    first = (message.text or "").split(" ")[0].lower()
    return first.startswith("/") and ("@" not in first or first.endswith(f"@{me.username}".lower()))
