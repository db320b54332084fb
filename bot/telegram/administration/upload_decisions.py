"""What becomes of a report that came over the chat: kept, or undone and the one before back."""

import asyncio
import re
from functools import partial
from pathlib import Path

from telegram import Message, Update

from bot.telegram.administration.admission import is_administrator
from bot.telegram.administration.announcements import announce
from bot.telegram.administration.uploads import Show, add_file
from bot.telegram.delivery.inbox import cross_out
from bot.telegram.service import Service
from bot.telegram.state import pending_messages
from bot.telegram.views import notices
from bot.telegram.views.rich_text import Outgoing, plain
from corpus.model.errors import BadIndex
from corpus.model.types import Report
from index.database import Row

UPLOAD = re.compile(r"upload:(\d+):(keep|undo)")


async def on_upload(service: Service, update: Update) -> None:
    """Keep a report that was taken in, or take it away again, beside the talk."""
    query = update.callback_query
    match = UPLOAD.fullmatch(query.data or "") if query else None
    if query is None or match is None or not await is_administrator(service, query):
        return
    row = service.state.execute("SELECT * FROM uploads WHERE id = ?", (int(match[1]),)).fetchone()
    if row is None or not isinstance(query.message, Message) or not _decide(service, row, match[2]):
        await service.courier.try_once(query.answer(notices.DECIDED))
        return
    await service.courier.try_once(query.answer())
    if match[2] == "keep":
        await _keep(service, row, query.message)
    else:
        service.held.add(update.update_id)
        service.spawn(_undo(service, update, row, query.message), update)


def _decide(service: Service, row: Row, step: str) -> bool:
    """Write a decision down; False where the other one was made before."""
    with service.state:
        changed = service.state.execute(
            "UPDATE uploads SET status = ? WHERE id = ? AND status IN ('new', ?)",
            (step, row["id"], step),
        )
    return changed.rowcount == 1


async def _keep(service: Service, row: Row, message: Message) -> None:
    """Say that a report stays; those who wait for it are told when it is decided, and once."""
    report = await service.work(partial(_loaded, service, row["report"]))
    if report and row["status"] == "new":
        await announce(service, report)
    _let_go(service, row)
    text = notices.kept(report.title) if report else notices.REPORT_GONE
    await service.courier.edit(message.chat.id, message.message_id, plain(text))


async def _undo(service: Service, update: Update, row: Row, message: Message) -> None:
    """Undo on the message of the decision; begun anew after a kill, go on where it was.

    What raises here ends in the error handler, which tells it on the same message.
    """
    chat = message.chat.id
    pending_messages.put_wait(service.state, chat, message.message_id, message.message_id)

    async def show(text: str) -> None:
        edit = service.courier.edit(chat, message.message_id, plain(text))
        await service.courier.try_once(edit)

    async with service.adding:
        outcome = await _take_away(service, row, show)
    await service.courier.edit(chat, message.message_id, outcome)
    _let_go(service, row)
    with service.state:
        pending_messages.end_wait(service.state, chat, message.message_id)
    service.held.discard(update.update_id)
    cross_out(service.state, update.update_id)


async def _take_away(service: Service, row: Row, show: Show) -> Outgoing:
    """Take a report away; adding the one before again does so in the same step."""
    report = await service.work(partial(_loaded, service, row["report"]))
    before = await service.work(partial(_loaded, service, row["replaced"]))
    if report is None:
        back = notices.put_back(before.title, before.name) if before else notices.REPORT_GONE
        return plain(back)
    path = _path_of(service, row["replaced"])
    if path is None:
        await asyncio.to_thread(service.library.remove, report.id)
        text = notices.not_put_back if row["replaced"] else notices.undone
        return plain(text(report.title))
    await show(notices.PUTTING_BACK)
    added = await add_file(service, path, show)
    return plain(notices.put_back(report.title, added.report.name))


def _path_of(service: Service, replaced: str | None) -> Path | None:
    """Return the file that a report took the place of, None where there was none or it is lost."""
    try:
        return service.aside.path(replaced) if replaced else None
    except BadIndex:
        return None


def _let_go(service: Service, row: Row) -> None:
    if row["replaced"]:
        service.aside.forget(row["replaced"])


def _loaded(service: Service, report_id: str | None) -> Report | None:
    found = [report for report in service.library.reports() if report.id == report_id]
    return found[0] if found else None
