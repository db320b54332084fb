"""Telling the chats that wait for a unit of its new reports, however these came in."""

from bot.telegram.service import Service
from bot.telegram.state import subscriptions
from bot.telegram.views import texts
from bot.telegram.views.rich_text import plain
from corpus.model.types import Report


async def announce(service: Service, report: Report) -> None:
    """Tell the chats that wait for the unit of a report."""
    text = texts.new_report(report.organisation, report.title)
    waiting = subscriptions.waiting_for(service.state, report.organisation)
    for chat, asked in waiting.items():
        await service.courier.try_once(service.courier.send(chat, plain(text), reply_to=asked))


async def announce_added(service: Service, known: frozenset[str]) -> frozenset[str]:
    """Tell of the reports that are not `known`; return the ids of all that are there.

    Those that came over the chat are told of when they are confirmed there, and one that an undone
    upload puts back is not new.
    """
    if service.adding.locked():
        return known
    reports = await service.work(service.library.reports)
    rows = service.state.execute("SELECT report, replaced FROM uploads")
    skipped = known.union(*((row["report"], row["replaced"]) for row in rows))
    for report in reports:
        if report.id not in skipped:
            await announce(service, report)
    return frozenset(report.id for report in reports)
