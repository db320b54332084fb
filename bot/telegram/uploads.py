"""Reports that come over the chat: taken in with progress, shown as understood, kept or undone."""

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from telegram import Document, Message, Update

from bot.telegram import access, subscriptions, words
from bot.telegram.admit import is_administrator
from bot.telegram.asking import say
from bot.telegram.hearing import command_to_asked, message_to_place
from bot.telegram.inbox import cross_out
from bot.telegram.runs import Button, Outgoing, Run, fit, plain
from bot.telegram.service import Service
from bot.telegram.state import now
from corpus.audit import audit
from corpus.errors import WenshuError
from corpus.nouns import Report
from index.library import Added

UPLOAD = re.compile(r"upload:(\d+):(keep|undo)")
_TICK = 1.0  # seconds between two edits of the progress: Telegram's limit for one chat
_SHOWN_FINDINGS = 5
Show = Callable[[str], Awaitable[None]]


async def on_document(service: Service, update: Update) -> None:
    """Take a report in beside the talk: the chat's next message does not wait for it."""
    message = update.message
    document = message.document if message else None
    if message is None or document is None:
        return
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
        await say(service, command_to_asked(message), plain(words.ADD_HOW))


async def take_in(service: Service, update: Update, message: Message, document: Document) -> None:
    """Check who sends what, then read the file in a task of its own."""
    person = message_to_place(message).person
    if not access.may_administer(service.options, service.state, person):
        if message.chat.type == "private":
            await say(service, command_to_asked(message), plain(words.ADD_ADMIN_ONLY))
        return
    if (document.file_size or 0) > service.options.file_megabytes * 1_000_000:
        text = words.too_big(service.options.file_megabytes)
        await say(service, command_to_asked(message), plain(text))
        return
    service.held.add(update.update_id)
    service.spawn(_take_in(service, update, message, document), update)


async def _take_in(service: Service, update: Update, message: Message, document: Document) -> None:
    chat = message.chat.id
    status = await service.courier.send(chat, plain(words.RECEIVED), reply_to=message.id)

    async def show(text: str) -> None:
        await service.courier.try_once(service.courier.edit(chat, status, plain(text)))

    try:
        async with service.adding:
            added = await _fetch_and_add(service, document, show)
        outcome = await _outcome(service, message, added)
    except WenshuError as error:
        outcome = plain(str(error))
    await service.courier.edit(chat, status, outcome)
    service.held.discard(update.update_id)
    cross_out(service.state, update.update_id)


async def _fetch_and_add(service: Service, document: Document, show: Show) -> Added:
    folder = service.folder / "incoming" / re.sub(r"\W", "_", document.file_unique_id)
    path = folder / (Path(document.file_name or "").name or "report")
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    try:
        file = await document.get_file()
        await file.download_to_drive(path)
        return await _add(service, path, show)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _add(service: Service, path: Path, show: Show) -> Added:
    """Add a file in a thread and say now and then how far it has come."""
    steps = [""]

    def progress(stage: str, done: int, total: int) -> None:
        steps.append(words.progress(stage, done, total))

    work = asyncio.create_task(asyncio.to_thread(service.library.add, [path], progress=progress))
    said = ""
    while not (await asyncio.wait({work}, timeout=_TICK))[0]:
        if steps[-1] != said:
            said = steps[-1]
            await show(said)
    return work.result()[0]


async def _outcome(service: Service, message: Message, added: Added) -> Outgoing:
    """Say what was understood of a report, with buttons to keep it or to undo it."""
    if added.already:
        return plain(words.already(added.report.title))
    facts = await service.work(partial(service.library.facts.find, reports=(added.report.id,)))
    findings = await service.work(partial(audit, added.report, facts))
    with service.state:
        upload = service.state.execute(
            "INSERT INTO uploads (report, chat, person, status, at) VALUES (?, ?, ?, 'new', ?)",
            (added.report.id, message.chat.id, message_to_place(message).person, now()),
        ).lastrowid
    text = words.understood(
        added.report, added.passages, added.facts, [f.text for f in findings], _SHOWN_FINDINGS
    )
    if added.replaced:
        text += f"\n{words.REPLACED}"
    keep = Button(label=words.KEEP, data=f"upload:{upload}:keep")
    undo = Button(label=words.UNDO, data=f"upload:{upload}:undo")
    return Outgoing(runs=fit([Run(text=text)]), buttons=((keep, undo),))


async def on_upload(service: Service, update: Update) -> None:
    """Keep a report that was taken in, or take it away again."""
    query = update.callback_query
    match = UPLOAD.fullmatch(query.data or "") if query else None
    if query is None or match is None or not await is_administrator(service, query):
        return
    row = service.state.execute("SELECT * FROM uploads WHERE id = ?", (int(match[1]),)).fetchone()
    if row is None or row["status"] != "new":
        await service.courier.try_once(query.answer(words.DECIDED))
        return
    report = await service.work(partial(_loaded, service, row["report"]))
    with service.state:
        service.state.execute(
            "UPDATE uploads SET status = ? WHERE id = ?", (match[2], int(match[1]))
        )
    if report is None:
        text = words.REPORT_GONE
    elif match[2] == "undo":
        await asyncio.to_thread(service.library.remove, report.id)
        text = words.undone(report.title)
    else:
        text = words.kept(report.title)
        await _announce(service, report)
    if query.message:
        await service.courier.edit(query.message.chat.id, query.message.message_id, plain(text))
    await service.courier.try_once(query.answer())


def _loaded(service: Service, report_id: str) -> Report | None:
    found = [report for report in service.library.reports() if report.id == report_id]
    return found[0] if found else None


async def _announce(service: Service, report: Report) -> None:
    text = words.new_report(report.organisation, report.title)
    for chat in subscriptions.chats_of(service.state, report.organisation):
        await service.courier.try_once(service.courier.send(chat, plain(text)))
