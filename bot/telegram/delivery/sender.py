"""Messages on their way out: each delivered once, through faults of the network. Not their words.

A connection that breaks after a request went out leaves open whether the message arrived, and the
Bot API cannot be asked. But it refuses an edit that changes nothing with its own words, so the ids
that the lost message can have are tried: the one that "is not modified" is the message, and none
means that it did not arrive. Every other id in that stretch is one that the bot has seen.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from html import escape
from typing import TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram.delivery.transport import was_never_sent
from bot.telegram.views.rich_text import Outgoing, Rows, plain, runs_to_html

Result = TypeVar("Result")
Post = Callable[[], Awaitable[int]]  # sends and returns the id
Change = Callable[[int], Awaitable[None]]  # edits the message with this id

_SUPERGROUP = -1_000_000_000_000  # Bot API: ids below number their messages by themselves
_AHEAD = 8  # ids beyond the highest one seen that a lost message may have
_MOST_PROBES = 24


class Undelivered(Exception):
    """A message that could not be delivered now: it is to be tried again later."""


class SeenIds:
    """The message ids that were seen lately; private chats and small groups share one count."""

    def __init__(self) -> None:
        self._seen: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=512))
        self._highest: dict[int, int] = defaultdict(int)

    def note(self, chat: int, message: int) -> None:
        """Remember that this id is taken."""
        scope = _scope(chat)
        self._seen[scope].append(message)
        self._highest[scope] = max(self._highest[scope], message)

    def highest(self, chat: int) -> int:
        """Return the highest id seen where this chat's messages are counted."""
        return self._highest[_scope(chat)]

    def unseen_after(self, chat: int, start: int) -> tuple[int, ...]:
        """Return the ids after `start` that an unconfirmed message of this chat can have."""
        taken = set(self._seen[_scope(chat)])
        last = self.highest(chat) + _AHEAD
        free = [at for at in range(start + 1, last + 1) if at not in taken]
        return tuple(free[:_MOST_PROBES])


def _scope(chat: int) -> int:
    return chat if chat < _SUPERGROUP else 0


class Courier:
    """Sends and edits messages: a broken send is looked for before it is sent again."""

    def __init__(self, bot: Bot, *, retries: int, pause: float) -> None:
        self._bot = bot
        self._retries = retries
        self._pause = pause
        self.ids = SeenIds()

    async def send(
        self,
        chat: int,
        message: Outgoing,
        *,
        reply_to: int | None = None,
        lost_after: int | None = None,
    ) -> int:
        """Send a message once and return its id.

        `lost_after` says that an earlier run may have sent it already, under a higher id.
        Raises `Undelivered` when the network stays down, `Forbidden` when the chat shut the bot
        out.
        """
        return await self._deliver(
            chat,
            partial(self._post, chat, message, reply_to),
            partial(self._change, chat, message=message),
            lost_after=lost_after,
        )

    async def _deliver(
        self, chat: int, post: Post, change: Change, *, lost_after: int | None = None
    ) -> int:
        """Post once; `change` is the edit that changes nothing on the message that was posted."""
        start = self.ids.highest(chat) if lost_after is None else lost_after
        doubtful = lost_after is not None
        for attempt in range(self._retries + 1):
            await self._wait(attempt)
            try:
                found = await self._look_for(chat, change, start) if doubtful else None
                sent = found or await post()
            except (BadRequest, Forbidden):
                raise
            except (NetworkError, RetryAfter) as error:
                doubtful = doubtful or may_have_arrived(error)
            else:
                self.ids.note(chat, sent)
                return sent
        raise Undelivered(f"{self._retries + 1} 次都没有送到")

    async def _post(self, chat: int, message: Outgoing, reply_to: int | None) -> int:
        sent = await self._bot.send_message(
            chat,
            runs_to_html(message.runs),
            reply_markup=_reply_wanted(message) or keyboard(message),
            reply_parameters=_reply(reply_to),
        )
        return sent.message_id

    async def _look_for(self, chat: int, change: Change, start: int) -> int | None:
        for candidate in self.ids.unseen_after(chat, start):
            try:
                await change(candidate)
            except BadRequest as error:
                if is_unchanged(error):
                    return candidate
        return None

    async def _change(self, chat: int, message_id: int, *, message: Outgoing) -> None:
        await self._bot.edit_message_text(
            runs_to_html(message.runs), chat, message_id, reply_markup=keyboard(message)
        )

    async def edit(self, chat: int, message_id: int, message: Outgoing) -> int:
        """Make an earlier message say this and return its id; sent anew where it is gone."""
        try:
            await self.persist(lambda: self._change(chat, message_id, message=message))
        except BadRequest as error:
            if is_unchanged(error):
                return message_id
            return await self.send(chat, message)
        return message_id

    async def persist(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make a call that may be repeated without harm until it gets through; return its result.

        Raises `Undelivered` when the network stays down.
        """
        for attempt in range(self._retries + 1):
            await self._wait(attempt)
            try:
                return await call()
            except (BadRequest, Forbidden):
                raise
            except (NetworkError, RetryAfter):
                continue
        raise Undelivered(f"{self._retries + 1} 次都没有送到")

    async def try_once(self, call: Awaitable[object]) -> bool:
        """Make a call whose failure nobody misses: a typing sign, the end of a button's spinner.

        Returns whether it got through.
        """
        try:
            await call
        except (TelegramError, Undelivered):
            return False
        return True

    async def show_menu(self, person: int, commands: Iterable[tuple[str, str]]) -> None:
        """Show someone in their own chat these commands, each with what it does."""
        rows = [BotCommand(name, what) for name, what in commands]
        await self._bot.set_my_commands(rows, scope=BotCommandScopeChat(person))

    async def show_typing(self, chat: int, topic: int = 0) -> None:
        """Have a chat show for a few seconds that an answer is coming; nothing depends on it."""
        action = self._bot.send_chat_action(
            chat, ChatAction.TYPING, message_thread_id=topic or None
        )
        await self.try_once(action)

    async def send_photo(
        self,
        chat: int,
        picture: bytes,
        caption: str,
        *,
        reply_to: int | None = None,
        buttons: Rows = (),
    ) -> int:
        """Send a picture with an unstyled caption once; return the id of its message."""
        markup = keyboard(plain("", buttons))

        async def post() -> int:
            sent = await self._bot.send_photo(
                chat,
                picture,
                caption=escape(caption),
                reply_parameters=_reply(reply_to),
                reply_markup=markup,
            )
            return sent.message_id

        change = partial(self._caption, chat, caption=caption, markup=markup)
        return await self._deliver(chat, post, change)

    async def send_file(
        self, chat: int, content: bytes, name: str, caption: str, *, reply_to: int | None = None
    ) -> int:
        """Send a file with an unstyled caption once; return the id of its message."""

        async def post() -> int:
            sent = await self._bot.send_document(
                chat,
                content,
                filename=name,
                caption=escape(caption),
                reply_parameters=_reply(reply_to),
            )
            return sent.message_id

        return await self._deliver(chat, post, partial(self._caption, chat, caption=caption))

    async def _caption(
        self,
        chat: int,
        message_id: int,
        *,
        caption: str,
        markup: InlineKeyboardMarkup | None = None,
    ) -> None:
        await self._bot.edit_message_caption(
            chat, message_id, caption=escape(caption), reply_markup=markup
        )

    async def _wait(self, attempt: int) -> None:
        if attempt:
            await asyncio.sleep(min(self._pause * 2 ** (attempt - 1), 30))


def may_have_arrived(error: TelegramError) -> bool:
    """Whether the request behind an error can have been carried out all the same."""
    return not isinstance(error, RetryAfter) and not was_never_sent(error)


def is_unchanged(error: BadRequest) -> bool:
    """Whether an edit was refused because the message says this already."""
    return "not modified" in error.message.lower()


def _reply(message_id: int | None) -> ReplyParameters | None:
    # Telegram keeps a reply in the topic of the message replied to; no thread id is carried.
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


def _reply_wanted(message: Outgoing) -> ForceReply | None:
    """Open the field for a reply where one is wanted; in a group for whoever is replied to."""
    if not message.reply:
        return None
    return ForceReply(selective=True, input_field_placeholder=message.reply)


def keyboard(message: Outgoing) -> InlineKeyboardMarkup | None:
    """Make the buttons of a message, or None where it has none."""
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=b.data) for b in row]
            for row in message.buttons
        ]
    )
