"""A Telegram to test against: a foreign Bot API emulator over HTTP, plus people and faults.

`lo-bot-api-emulator` parses and checks the requests, queues updates and serves files. It knows a
part of the Bot API and keeps no messages, so this adds what Telegram does besides: who wrote when,
edits of what there is, HTML that must parse, guests, and the ways in which the network fails.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import (  # type: ignore[import-untyped]
    CONTRACT,
    ApiRefusal,
    LoBotApiEmulator,
)
from lo_bot_api_emulator import updates as kinds
from telegram import Update

TOKEN = "4711:not-a-real-token"  # noqa: S105
BOT = {
    "id": 4711,
    "is_bot": True,
    "first_name": "问数",
    "username": "wenshu_test_bot",
    "supports_inline_queries": True,
    "can_read_all_group_messages": False,
}
Json = dict[str, Any]
Fault = Callable[[web.Request], web.Response | None]  # none: carry it out, then hang up

_NO_FAULT = web.Response()
_SENDS = ("sendMessage", "sendPhoto", "sendDocument")
_EDITS = ("editMessageText", "editMessageCaption", "editMessageReplyMarkup")
_UNKNOWN_TO_THE_EMULATOR = (
    "link_preview_options", "message_thread_id", "protect_content", "message_effect_id",
    "business_connection_id", "allow_paid_broadcast", "disable_content_type_detection",
    "show_caption_above_media", "thumbnail", "direct_messages_topic_id",
    "suggested_post_parameters", "has_spoiler",
)  # fmt: skip
for _method in (*_SENDS, *_EDITS, "sendChatAction"):
    CONTRACT["methods"][_method]["parameters"].extend(_UNKNOWN_TO_THE_EMULATOR)
CONTRACT["methods"]["answerInlineQuery"]["parameters"].append("button")
# The emulator measures texts with their tags; Telegram, and `_check_length`, without them.
CONTRACT["limits"] |= {"textUtf16": 32_768, "captionUtf16": 32_768}
kinds.KINDS.update(Update.ALL_TYPES)
kinds.ALLOWED_UPDATE_TYPES.update(Update.ALL_TYPES)


@dataclass
class Call:
    """A request of the bot: its decoded parameters, uploaded files, and what it got back."""

    method: str
    params: Json
    files: dict[str, bytes] = field(default_factory=dict)
    result: Any = None
    error: str = ""

    @property
    def text(self) -> str:
        """Return the text or caption as the bot sent it, tags and all."""
        return str(self.params.get("text", self.params.get("caption", "")))


class _Tags(HTMLParser):
    """Refuses what Telegram's HTML does not allow."""

    ALLOWED = frozenset(
        {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Refuse unknown tags."""
        if tag not in self.ALLOWED:
            raise ApiRefusal(f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Refuse tags that close what is not open."""
        if not self.open or self.open.pop() != tag:
            raise ApiRefusal(f'Bad Request: can\'t parse entities: Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        """Collect what is read."""
        self.seen.append(data)


def html_to_text(html: str) -> str:
    """Return what a person reads of a message; refuse HTML that Telegram would refuse."""
    for at in (at for at, char in enumerate(html) if char == "&"):
        if not html[at:].startswith(("&lt;", "&gt;", "&amp;", "&quot;", "&#")):
            raise ApiRefusal("Bad Request: can't parse entities: bare ampersand")
    tags = _Tags()
    tags.feed(html)
    tags.close()
    if tags.open:
        raise ApiRefusal(f'Bad Request: can\'t parse entities: no end tag for "{tags.open[-1]}"')
    return "".join(tags.seen)


class Rig(LoBotApiEmulator):  # type: ignore[misc]
    """The emulator with memory, people and faults. Use as `async with Rig().serve() as rig`."""

    def __init__(self, **limits: int) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True, **limits)
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], Json] = {}
        self.chats: dict[int, Json] = {}
        self.menus: dict[str, list[Json]] = {}
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.arrived: dict[Any, asyncio.Queue[Call]] = defaultdict(asyncio.Queue)
        self.slow: dict[str, float] = {}
        self.keep_calls = True
        self.url = ""

    # ------------------------------------------------------------ requests of the bot

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a request, unless a fault is due; the broken ones come before or after it."""
        method = request.match_info["method"]
        if method in self.slow:
            await asyncio.sleep(self.slow[method])
        faults = self.faults[method]
        broken = faults.pop(0)(request) if faults else _NO_FAULT
        if broken is not None and broken is not _NO_FAULT:
            return broken
        response: web.Response = await super().handle(request)
        for _ in range(15):
            if response.status != 409 or method != "getUpdates":
                break
            # The library drops its last long poll and asks once more at once: wake the emulator,
            # so that it sees that the first one is gone. A second poller keeps its 409.
            state = self._update_queues._state(request.match_info["token"])
            async with state.condition:
                state.condition.notify_all()
            await asyncio.sleep(0.01)
            response = await super().handle(request)
        if broken is None:
            _hang_up(request)
        return response

    def validate(self, method: str, fields: Json, uploads: Json) -> Any:
        """Check a parsed request as Telegram would, answer it and keep it for the tests."""
        params = {name: _decoded(name, value) for name, value in fields.items()}
        call = Call(method, params, {name: part["data"] for name, part in uploads.items()})
        if self.keep_calls and method != "getUpdates":
            self.calls.append(call)
        try:
            if method in (*_SENDS, *_EDITS) and params.get("parse_mode") == "HTML":
                _check_length(call, html_to_text(call.text))
            for content in _contents(params):
                _check_text(html_to_text(content["message_text"]))
            if isinstance(params.get("reply_parameters"), dict):  # unknown to the emulator
                params["reply_parameters"].pop("quote_parse_mode", None)
                fields["reply_parameters"] = json.dumps(params["reply_parameters"])
            _take_force_reply(params, fields)
            own = getattr(self, f"on_{method}", None)
            result = own(params) if own else super().validate(method, fields, uploads)
            call.result = self._as_telegram(method, params, uploads, result)
        except ApiRefusal as refusal:
            call.error = f"{refusal.status} {refusal.description}"
            raise
        self._deliver(call)
        return call.result

    def _as_telegram(self, method: str, params: Json, uploads: Json, result: Any) -> Any:
        if method == "getMe":
            return {**result, **BOT}
        if method in _EDITS:
            return self._edited(params, result)
        if method in _SENDS:
            return self._sent(params, uploads, result)
        return result

    def _edited(self, params: Json, result: Json) -> Json:
        key = int(params["chat_id"]), int(params["message_id"])
        old = self.messages.get(key)
        if old is None:
            raise ApiRefusal("Bad Request: message to edit not found")
        if old["from"]["id"] != BOT["id"]:
            raise ApiRefusal("Bad Request: message can't be edited")
        for name, files in (("text", ()), ("caption", ("photo", "document"))):
            if name in params and not any(part in old for part in (name, *files)):
                raise ApiRefusal(f"Bad Request: there is no {name} in the message to edit")
        new = {name: value for name, value in old.items() if name != "reply_markup"}
        new |= {name: result[name] for name in ("text", "caption") if name in result}
        if isinstance(params.get("reply_markup"), dict):
            new["reply_markup"] = params["reply_markup"]
        if all(new.get(name) == old.get(name) for name in ("text", "caption", "reply_markup")):
            raise ApiRefusal("Bad Request: message is not modified: specified new message content")
        self.messages[key] = {**new, "edit_date": int(time.time())}
        return self.messages[key]

    def _sent(self, params: Json, uploads: Json, message: Json) -> Json:
        chat = int(params["chat_id"])
        whole = {"id": chat, "type": "private", "first_name": "?"}
        message |= {"date": int(time.time()), "from": BOT, "chat": self.chats.get(chat, whole)}
        reply = params.get("reply_parameters")
        if isinstance(reply, dict) and (chat, reply["message_id"]) in self.messages:
            earlier = self.messages[chat, reply["message_id"]]
            message["reply_to_message"] = {
                name: value for name, value in earlier.items() if name != "reply_to_message"
            }
            if earlier.get("is_topic_message"):
                message |= {
                    "is_topic_message": True,
                    "message_thread_id": earlier["message_thread_id"],
                }
        if "inline_keyboard" in (params.get("reply_markup") or {}):  # no other one comes back
            message["reply_markup"] = params["reply_markup"]
        for part in uploads.values():
            if "document" in message:
                message["document"] |= {"file_name": part["filename"], "file_size": part["size"]}
        self.messages[chat, message["message_id"]] = message
        return message

    def _deliver(self, call: Call) -> None:
        for name in ("callback_query_id", "inline_query_id", "guest_query_id"):
            if name in call.params:
                self.arrived[call.params[name]].put_nowait(call)
        if "chat_id" in call.params and call.method != "sendChatAction":
            self.arrived[int(call.params["chat_id"])].put_nowait(call)

    def on_setMyCommands(self, params: Json) -> bool:  # noqa: N802
        """Keep a menu under its scope."""
        self.menus[params.get("scope", {}).get("type", "default")] = params["commands"]
        return True

    def on_setMyDescription(self, params: Json) -> bool:  # noqa: N802
        """Take what stands in an empty chat; no longer than Telegram allows."""
        return _check_length_of(params["description"], 512)

    def on_setMyShortDescription(self, params: Json) -> bool:  # noqa: N802
        """Take what stands on the bot's page; no longer than Telegram allows."""
        return _check_length_of(params["short_description"], 120)

    def on_answerGuestQuery(self, params: Json) -> Json:  # noqa: N802
        """Take an answer for a chat that the bot is not in."""
        return {"inline_message_id": f"guest-{params['guest_query_id']}"}

    # ------------------------------------------------------------ what a test does

    def refuse(self, method: str, status: int, description: str, **parameters: int) -> None:
        """Make the next call of a method fail with an answer of the Bot API."""
        body = {"ok": False, "error_code": status, "description": description}
        if parameters:
            body["parameters"] = parameters
        self.faults[method].append(lambda _: web.json_response(body, status=status))

    def drop_before(self, method: str) -> None:
        """Break the connection of the next call before it is carried out."""

        def fault(request: web.Request) -> web.Response:
            _hang_up(request)
            return web.Response()

        self.faults[method].append(fault)

    def drop_after(self, method: str) -> None:
        """Carry out the next call of a method, and break the connection before the answer."""
        self.faults[method].append(lambda _: None)

    def made(self, method: str) -> list[Call]:
        """Return the calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    def refused(self) -> list[Call]:
        """Return the calls that were refused as malformed or impossible."""
        return [call for call in self.calls if call.error]

    def person(self, number: int = 1, *, chat: Json | None = None, name: str = "小林") -> "Person":
        """Return someone in a chat: their own with the bot, or a group."""
        return Person(self, number, chat, name)

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator["Rig"]:
        """Listen on loopback until the block ends."""
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


def _take_force_reply(params: Json, fields: Json) -> None:
    """Check what opens the field for a reply, and keep it from the emulator, which knows no such.

    The field shows at most 64 characters of a hint.
    """
    markup = params.get("reply_markup")
    if isinstance(markup, dict) and "force_reply" in markup:
        if not 1 <= len(markup.get("input_field_placeholder", "-")) <= 64:
            raise ApiRefusal("Bad Request: invalid input_field_placeholder")
        fields.pop("reply_markup", None)


def _check_length_of(text: str, most: int) -> bool:
    if len(text) > most:
        raise ApiRefusal("Bad Request: DESCRIPTION_TOO_LONG")
    return True


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _decoded(name: str, value: Any) -> Any:
    if name in ("text", "caption", "query") or not isinstance(value, str) or value[:1] not in "[{":
        return value
    return json.loads(value)


def _contents(params: Json) -> list[Json]:
    """Return what inline cards and the answer to a guest put into a chat."""
    one = params.get("result")
    cards = [one] if isinstance(one, dict) else params.get("results", [])
    return [card["input_message_content"] for card in cards if "input_message_content" in card]


def _check_length(call: Call, read: str) -> None:
    if "text" in call.params:
        _check_text(read)
    elif len(read.encode("utf-16-le")) // 2 > 1024:
        raise ApiRefusal("Bad Request: message caption is too long")


def _check_text(read: str) -> None:
    if len(read.encode("utf-16-le")) // 2 > 4096:
        raise ApiRefusal("Bad Request: message is too long")
    if not read.strip():
        raise ApiRefusal("Bad Request: message text is empty")


class Person:
    """Someone who writes to the bot and looks at what comes back."""

    def __init__(self, rig: Rig, number: int, chat: Json | None, name: str) -> None:
        self.rig = rig
        self.who = {"id": number, "is_bot": False, "first_name": name, "language_code": "zh-hans"}
        self.chat = chat or {"id": number, "type": "private", "first_name": name}
        self.chat_id: int = self.chat["id"]
        rig.chats[self.chat_id] = self.chat

    async def send(self, text: str, **more: Any) -> Json:
        """Write a message; a command and a mention get the marks that Telegram gives them."""
        marks = []
        if text.startswith("/"):
            marks.append({"type": "bot_command", "offset": 0, "length": len(text.split()[0])})
        mention = f"@{BOT['username']}"
        if mention in text and not text.startswith("/"):
            at = text.index(mention)
            marks.append({"type": "mention", "offset": at, "length": len(mention)})
        if marks:
            more.setdefault("entities", marks)
        return await self._message(text=text, **more)

    async def send_file(self, name: str, content: bytes, **more: Any) -> Json:
        """Send a document."""
        return await self._message(document=self.document(name, content), **more)

    def document(self, name: str, content: bytes) -> Json:
        """Put a file where the bot can fetch it and return how a message names it."""
        number = f"file-{len(self.rig.assets)}"
        self.rig.assets[number] = {"filename": name, "data": content, "size": len(content)}
        file = {"file_id": number, "file_unique_id": number, "file_name": name}
        return {**file, "file_size": len(content)}

    async def _message(self, **content: Any) -> Json:
        message = self.compose(**content)
        await self.update(message=message)
        return message

    def compose(self, **content: Any) -> Json:
        """Make a message of this person without sending it."""
        self.rig.next_id += 1
        message = {
            "message_id": self.rig.next_id - 1,
            "date": int(time.time()),
            "from": self.who,
            "chat": self.chat,
            **content,
        }
        self.rig.messages[self.chat_id, message["message_id"]] = message
        return message

    async def edit(self, message: Json, text: str) -> None:
        """Change an earlier message."""
        edited = {**message, "text": text, "edit_date": int(time.time())}
        await self.update(edited_message=edited)

    async def update(self, **kind: Any) -> int:
        """Deliver an update of any kind."""
        return int(await self.rig.enqueue_update(kind, token=TOKEN))

    async def press(self, message: Json, label: str, *, seconds: float = 5.0) -> Call:
        """Press a button by its label; return the bot's answer to the press."""
        query = self.pressed(message, label)
        await self.update(callback_query=query)
        return await self._wait(query["id"], seconds)

    async def react(self, message: Json, emoji: str, *, before: str = "") -> None:
        """Put an emoji on a message, in the place of the one that was there before."""
        old, new = ([{"type": "emoji", "emoji": one}] if one else [] for one in (before, emoji))
        await self.update(
            message_reaction={
                "chat": self.chat,
                "message_id": message["message_id"],
                "user": self.who,
                "date": int(time.time()),
                "old_reaction": old,
                "new_reaction": new,
            }
        )

    async def answer_to(self, press: str, *, seconds: float = 5.0) -> Call:
        """Return the bot's answer to a press."""
        return await self._wait(press, seconds)

    def pressed(self, message: Json, label: str) -> Json:
        """Return the press of a button without sending it."""
        shown = self.rig.messages[self.chat_id, message["message_id"]]
        rows = shown["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if b["text"] == label)
        number = f"press-{time.monotonic_ns()}"
        query = {"id": number, "from": self.who, "chat_instance": "1", "message": shown}
        return {**query, "data": data}

    async def inline(self, query: str, *, seconds: float = 5.0) -> Call:
        """Type after the bot's name in any chat; return its answer."""
        number = f"inline-{time.monotonic_ns()}"
        typed = {"id": number, "from": self.who, "query": query, "offset": ""}
        await self.update(inline_query=typed)
        return await self._wait(number, seconds)

    async def ask_as_guest(self, text: str, *, seconds: float = 5.0) -> Call:
        """Mention the bot where it is not a member; return its answer."""
        number = f"guest-{time.monotonic_ns()}"
        await self.update(guest_message=self.compose(text=text, guest_query_id=number))
        return await self._wait(number, seconds)

    async def next(self, *, seconds: float = 5.0) -> Call:
        """Return the next call of the bot that this chat sees."""
        return await self._wait(self.chat_id, seconds)

    async def reply(self, *, seconds: float = 5.0) -> Json:
        """Return the next message that the bot sends to or edits in this chat."""
        return dict((await self.next(seconds=seconds)).result)

    async def asks(self, text: str, **more: Any) -> Json:
        """Write a message and return what comes back."""
        await self.send(text, **more)
        return await self.reply()

    async def silence(self, seconds: float = 0.3) -> None:
        """Make sure that nothing comes for a while."""
        try:
            call = await self._wait(self.chat_id, seconds)
        except TimeoutError:
            return
        raise AssertionError(f"the bot was to be silent: {call}")

    async def _wait(self, key: Any, seconds: float) -> Call:
        try:
            async with asyncio.timeout(seconds):
                return await self.rig.arrived[key].get()
        except TimeoutError:
            refused = [f"{call.method}: {call.error}" for call in self.rig.refused()]
            raise TimeoutError(f"nothing for {key} in {seconds} s; refused: {refused}") from None


def labels(message: Json) -> list[list[str]]:
    """Return the labels of a message's buttons, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]
