"""Reports that come over the chat: taken in with progress, and shown as they were understood."""

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from telegram import Document, Message, Update
from telegram.error import BadRequest

from bot.telegram.delivery.inbox import cross_out
from bot.telegram.replies.addressing import command_to_asked, is_addressed, message_to_place
from bot.telegram.replies.answers import say
from bot.telegram.replies.errors import log_failure
from bot.telegram.service import Service
from bot.telegram.state import access, pending_messages
from bot.telegram.state.database import now
from bot.telegram.views import notices, texts
from bot.telegram.views.rich_text import Button, Outgoing, plain
from corpus.checks.audit import audit
from corpus.model.errors import BadReport, WenshuError
from index.library import Added
from index.originals import Originals

_TICK = 1.0  # seconds between two edits of the progress: Telegram's limit for one chat
_SHOWN_FINDINGS = 5
Show = Callable[[str], Awaitable[None]]


async def on_document(service: Service, update: Update) -> None:
    """Take a report in beside the talk: the chat's next message does not wait for it.

    In a group it is to be meant for the bot: colleagues share other files there.
    """
    message = update.message
    document = message.document if message else None
    if message is None or document is None or service.me is None:
        return
    if is_addressed(message, service.me):
        await take_in(service, update, message, document)


async def on_add(service: Service, update: Update) -> None:
    """Take in the file that /add replies to; without one, say how it is done."""
    message = update.message
    if message is None:
        return
    earlier = message.reply_to_message
    if earlier and earlier.document:
        await take_in(service, update, message, earlier.document)
    else:
        await say(service, command_to_asked(message), plain(notices.ADD_HOW))


async def take_in(service: Service, update: Update, message: Message, document: Document) -> None:
    """Check who sends what, then read the file in a task of its own."""
    person = message_to_place(message).person
    if not access.may_administer(service.options, service.state, person):
        await say(service, command_to_asked(message), plain(texts.ADD_ADMIN_ONLY))
        return
    if (document.file_size or 0) > service.options.file_megabytes * 1_000_000:
        text = notices.too_big(service.options.file_megabytes)
        await say(service, command_to_asked(message), plain(text))
        return
    service.held.add(update.update_id)
    service.spawn(_take_in(service, update, message, document), update)


async def _take_in(service: Service, update: Update, message: Message, document: Document) -> None:
    """Read a file and say what it came to on the message 收到; begun anew, go on where it was.

    What raises here ends in the error handler, which tells it on the same message.
    """
    chat = message.chat.id
    status = pending_messages.find_wait(service.state, chat, message.id)
    if status is None:
        status = await service.courier.send(chat, plain(notices.RECEIVED), reply_to=message.id)
        pending_messages.put_wait(service.state, chat, message.id, status)
    said_on = status

    async def show(text: str) -> None:
        await service.courier.try_once(service.courier.edit(chat, said_on, plain(text)))

    try:
        async with service.adding:
            outcome = _outcome_before(service, message)
            if outcome is None:
                added = await _fetch_and_add(service, document, show)
                outcome = await _outcome(service, message, added)
    except WenshuError as error:
        outcome = plain(log_failure(service, error))
    await service.courier.edit(chat, status, outcome)
    with service.state:
        pending_messages.end_wait(service.state, chat, message.id)
    service.held.discard(update.update_id)
    cross_out(service.state, update.update_id)


async def _fetch_and_add(service: Service, document: Document, show: Show) -> Added:
    folder = service.folder / "incoming" / re.sub(r"\W", "_", document.file_unique_id)
    path = folder / (Path(document.file_name or "").name or "report")
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    try:
        await _fetch(service, document, path)
        return await add_file(service, path, show, aside=service.aside)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _fetch(service: Service, document: Document, path: Path) -> None:
    """Fetch a file from Telegram; raise `BadReport` where Telegram does not give it out."""

    async def fetch() -> None:
        file = await document.get_file()
        await file.download_to_drive(path)

    try:
        await service.courier.persist(fetch)
    except BadRequest as error:
        raise BadReport(notices.NOT_FETCHED) from error


async def add_file(
    service: Service, path: Path, show: Show, *, aside: Originals | None = None
) -> Added:
    """Add a file in a thread and say now and then how far it has come."""
    steps = [""]

    def progress(stage: str, done: int, total: int) -> None:
        steps.append(notices.progress(stage, done, total))

    add = partial(service.library.take_in, path, progress=progress, aside=aside)
    work = asyncio.create_task(asyncio.to_thread(add))
    said = ""
    while not (await asyncio.wait({work}, timeout=_TICK))[0]:
        if steps[-1] != said:
            said = steps[-1]
            await show(said)
    return work.result()


async def _outcome(service: Service, message: Message, added: Added) -> Outgoing:
    """Say what was understood of a report, with buttons to keep it or to undo it."""
    if added.already:
        return plain(notices.already(added.report.title))
    facts = await service.work(partial(service.library.facts.find, reports=(added.report.id,)))
    findings = await service.work(partial(audit, added.report, facts))
    text = notices.understood(
        added.report, added.passages, added.facts, [f.text for f in findings], _SHOWN_FINDINGS
    )
    if added.replaced:
        text += f"\n{notices.REPLACED}"
    row = (
        added.report.id, message.chat.id, message_to_place(message).person, now(), message.id,
        text, added.replaced,
    )  # fmt: skip
    with service.state:
        upload = service.state.execute(
            "INSERT INTO uploads (report, chat, person, status, at, asked, said, replaced) "
            "VALUES (?, ?, ?, 'new', ?, ?, ?, ?)",
            row,
        ).lastrowid
    return _offer(upload or 0, text)


def _outcome_before(service: Service, message: Message) -> Outgoing | None:
    """Return what an earlier try for the same message came to, where it was not told."""
    row = service.state.execute(
        "SELECT id, said FROM uploads WHERE chat = ? AND asked = ? AND status = 'new'",
        (message.chat.id, message.id),
    ).fetchone()
    return _offer(row["id"], row["said"]) if row else None


def _offer(upload: int, text: str) -> Outgoing:
    keep = Button(label=notices.KEEP, data=f"upload:{upload}:keep")
    undo = Button(label=notices.UNDO, data=f"upload:{upload}:undo")
    return plain(text, ((keep, undo),))
