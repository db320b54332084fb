"""Commands that look around in the reports: units, coverage, audit, export."""

import re
from functools import partial

from telegram import Message, Update

from bot.organisations import find_units
from bot.telegram.replies.addressing import command_to_asked, command_words
from bot.telegram.replies.answers import say
from bot.telegram.service import Service
from bot.telegram.views import texts
from bot.telegram.views.answer import report_to_name
from bot.telegram.views.coverage import coverage_lines
from bot.telegram.views.rich_text import Outgoing, listing, plain
from bot.telegram.views.spreadsheet import facts_to_xlsx
from corpus.checks.audit import audit
from corpus.entities.organisations import find_organisations
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Report

_MOST_FINDINGS = 15
_MOST_ROWS = 20_000
_PATTERNS = patterns("answers.browsing")
_KIND, _GENERAL = _PATTERNS["kind"], _PATTERNS["general"]
_KIND_NAMES = {"自评": "绩效自评", "实际": "决算"}
_YEAR = re.compile(r"(?:19|20)\d\d")


async def on_units(service: Service, update: Update) -> None:
    """List the organisations that a name or pinyin initials fit, or all."""
    if update.message is None:
        return
    found = await service.work(partial(find_units, service.library, command_words(update.message)))
    lines = [texts.units_found(len(found)), *found] if found else [texts.NO_UNIT]
    await _say(service, update.message, listing(lines, texts.and_more))


async def on_coverage(service: Service, update: Update) -> None:
    """Say which reports there are of which unit and year, and which are missing."""
    if update.message is None:
        return
    reports = await _reports_meant(service, update.message)
    head = texts.coverage_head(len(reports)) if reports else texts.NO_UNIT
    lines = [head, *coverage_lines(reports)]
    await _say(service, update.message, listing(lines, texts.and_more))


async def _reports_meant(service: Service, message: Message) -> tuple[Report, ...]:
    """Return the reports of the units that the words behind a command name; without words all."""
    name, reports = command_words(message), await service.work(service.library.reports)
    if not name:
        return reports
    units = await service.work(partial(find_units, service.library, name))
    return tuple(report for report in reports if report.organisation in units)


async def on_audit(service: Service, update: Update) -> None:
    """List what does not add up in the reports of a unit, or of all."""
    if update.message is None:
        return
    reports = await _reports_meant(service, update.message)
    if not reports:
        await _tell(service, update.message, texts.NO_UNIT)
        return
    findings = await service.work(partial(_findings, service, reports))
    shown_first = [f"{n}. {text}" for n, text in enumerate(findings[:_MOST_FINDINGS], start=1)]
    lines = [texts.findings(len(findings), len(shown_first)), *shown_first]
    await _say(service, update.message, listing(lines, texts.and_more))


def _findings(service: Service, reports: tuple[Report, ...]) -> list[str]:
    return [
        f"{report_to_name(report)}{finding.text}"
        for report in reports
        for finding in audit(report, service.library.printed(report.id))
    ]


async def on_export(service: Service, update: Update) -> None:
    """Send the facts of a unit, of years or of an item as a spreadsheet."""
    if update.message is None:
        return
    message, text = update.message, command_words(update.message)
    if not text:
        await _tell(service, message, texts.EXPORT_HOW)
        return
    facts = await service.work(partial(_facts_meant, service, text))
    if not facts:
        await _tell(service, message, texts.NOTHING_TO_EXPORT)
        return
    rows = facts[:_MOST_ROWS]
    content = await service.work(partial(facts_to_xlsx, rows, service.library))
    caption = texts.exported(len(rows), len({fact.report for fact in rows}), len(facts))
    await service.courier.send_file(
        message.chat.id, content, texts.EXPORT_NAME, caption, reply_to=message.id
    )


def _facts_meant(service: Service, text: str) -> tuple[Fact, ...]:
    """Return the facts of the units and years in a text; what is left names the item."""
    known = [report.organisation for report in service.library.reports()]
    named = find_organisations(text, known)
    rest = _YEAR.sub("", text)
    for mention in named:
        rest = rest.replace(text[mention.start : mention.end], "")
    item = _GENERAL.sub("", rest)
    found = service.library.facts.find(
        organisations=tuple({mention.name for mention in named}),
        years=tuple(int(year) for year in _YEAR.findall(text)),
    )
    return tuple(fact for fact in found if _is_meant(fact, item))


def _is_meant(fact: Fact, item: str) -> bool:
    """Whether a fact is of an item: 三公, 三公经费决算, or with 决算 alone all of such reports."""
    measure = re.sub("[“”]", "", fact.measure)
    kind = _KIND.search(item)
    if kind is None:
        return item in measure
    word, rest = _KIND_NAMES.get(kind[1], kind[1]), item[: kind.start()]
    if not rest:
        return fact.kind == word
    of_kind = fact.kind if word == "绩效自评" else fact.aspect
    return item in measure or (rest in measure and of_kind == word)


async def _tell(service: Service, message: Message, text: str) -> None:
    await _say(service, message, plain(text))


async def _say(service: Service, message: Message, outgoing: Outgoing) -> None:
    await say(service, command_to_asked(message), outgoing)
