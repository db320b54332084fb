"""Commands of administrators: /remove, /stats, /health, and the digest of the day."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import Message, Update

from bot.telegram.administration.admission import is_administrator
from bot.telegram.replies import feedback
from bot.telegram.replies.addressing import command_to_asked, command_words
from bot.telegram.replies.answers import say
from bot.telegram.service import Service
from bot.telegram.state import access
from bot.telegram.state.database import find_time, now, put_time
from bot.telegram.views import notices, texts
from bot.telegram.views.answer import label
from bot.telegram.views.rich_text import Button, Outgoing, plain
from corpus.entities.organisations import core_of
from corpus.model.types import Report
from index.database import Connection

REMOVE = re.compile(r"remove:(ask|yes|no):([0-9a-f]{16})")
_ID = 16  # digits of a report's id on a button
_MOST = 10
_DIGEST = "digest"
_DAY = 86400.0
_WEEK = 7 * _DAY
_UNANSWERED = (
    "SELECT words FROM answers WHERE at > ? AND words NOT LIKE '/%' "
    "AND json_extract(answer, '$.status') = 'not_found' ORDER BY id"
)


async def on_remove(service: Service, update: Update) -> None:
    """Offer the reports that a name fits, to be taken away."""
    message = update.message
    if message is None:
        return
    name = command_words(message)
    reports = await service.work(service.library.reports)
    fitting = [report for report in reports if name in report.title or name in report.name]
    if not name or not fitting:
        await _tell(service, message, notices.NO_REPORT if name else notices.REMOVE_HOW)
        return
    rows = tuple(
        (Button(label=label(name), data=f"remove:ask:{report.id[:_ID]}"),)
        for report, name in zip(fitting[:_MOST], _names(fitting), strict=False)
    )
    text = notices.remove_which(len(fitting), len(rows))
    await say(service, command_to_asked(message), plain(text, rows))


def _names(reports: Sequence[Report]) -> list[str]:
    """Name reports so that no two read alike: by title, with the body, with the file."""
    names = [_name(report) for report in reports]
    return [
        notices.with_file(name, report.name) if names.count(name) > 1 else name
        for name, report in zip(names, reports, strict=True)
    ]


def _name(report: Report) -> str:
    title = report.title or report.name
    body = core_of(report.organisation)
    return title if body in title else f"{body}：{title}"


async def on_remove_press(service: Service, update: Update) -> None:
    """Ask once more, then take a report away."""
    query = update.callback_query
    match = REMOVE.fullmatch(query.data or "") if query else None
    if query is None or match is None or not await is_administrator(service, query):
        return
    reports = await service.work(service.library.reports)
    found = [report for report in reports if report.id.startswith(match[2])]
    outgoing = await _remove_step(service, match[1], found[0] if found else None)
    if query.message:
        await service.courier.edit(query.message.chat.id, query.message.message_id, outgoing)
    await service.courier.try_once(query.answer())


async def _remove_step(service: Service, step: str, report: Report | None) -> Outgoing:
    if report is None:
        return plain(notices.REPORT_GONE)
    if step == "no":
        return plain(notices.KEPT_AS_IT_IS)
    if step == "yes":
        await asyncio.to_thread(service.library.remove, report.id)
        return plain(notices.removed(report.title))
    yes = Button(label=notices.YES_REMOVE, data=f"remove:yes:{report.id[:_ID]}")
    no = Button(label=notices.CANCEL, data=f"remove:no:{report.id[:_ID]}")
    return plain(notices.remove_sure(report), ((yes, no),))


async def on_stats(service: Service, update: Update) -> None:
    """Tell what was asked in the last seven days, and what had no answer."""
    if update.message is not None:
        await _tell(service, update.message, digest_text(service.state, now() - _WEEK))


async def on_health(service: Service, update: Update) -> None:
    """Tell how the run is doing."""
    if update.message is None:
        return
    reports = await service.work(service.library.reports)
    health = service.counts.to_health()
    text = notices.health(
        int(health["uptime_seconds"]), len(reports), int(health["answers"]), int(health["errors"])
    )
    await _tell(service, update.message, text)


def digest_text(state: Connection, since: float) -> str:
    """Return what administrators want to know of the time since a moment."""
    rows = state.execute(
        "SELECT json_extract(answer, '$.status') AS status, count(*) AS n "
        "FROM answers WHERE at > ? AND words NOT LIKE '/%' GROUP BY 1",
        (since,),
    )
    counts = {row["status"]: row["n"] for row in rows}
    unanswered = [row["words"] for row in state.execute(_UNANSWERED, (since,))]
    marks = feedback.marks_since(state, since)
    bad = [notices.mark_line(m.mark, m.words, m.why) for m in marks if m.mark != "👍" or m.why]
    good = sum(1 for mark in marks if mark.mark == "👍")
    day = datetime.fromtimestamp(since, UTC).astimezone(texts.BEIJING)
    return notices.digest(f"{day:%Y-%m-%d %H:%M}", counts, good, unanswered, bad)


async def send_digest(service: Service) -> None:
    """Send every administrator the digest of the time since the one that was sent last."""
    until = now()
    since = find_time(service.state, _DIGEST)
    outgoing = plain(digest_text(service.state, until - _DAY if since is None else since))
    administrators = access.administrators(service.options, service.state)
    sends = [service.courier.send(administrator, outgoing) for administrator in administrators]
    if any([await service.courier.try_once(send) for send in sends]):
        put_time(service.state, _DIGEST, until)


async def _tell(service: Service, message: Message, text: str) -> None:
    await say(service, command_to_asked(message), plain(text))
