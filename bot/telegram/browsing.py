"""Commands that look around in the reports: units, coverage, audit, compare, trend, export."""

import re
from functools import partial

from telegram import Message, Update

from bot.compose import label_of, show
from bot.nouns import Answer
from bot.settle import amount_of
from bot.telegram import figures, shown, words
from bot.telegram.asking import home_for, say
from bot.telegram.export import facts_to_xlsx
from bot.telegram.hearing import command_name, command_to_asked, command_words
from bot.telegram.render import answer_to_runs
from bot.telegram.runs import Outgoing, Run, fit, listing, plain
from bot.telegram.service import Service
from bot.telegram.showing import send_passages, send_trend
from bot.telegram.units import coverage_lines, find_units
from corpus.audit import audit
from corpus.nouns import Fact, Report
from corpus.organisations import find_organisations

_MOST_FINDINGS = 15
_MOST_ROWS = 20_000
_YEAR = re.compile(r"(?:19|20)\d\d")


async def on_units(service: Service, update: Update) -> None:
    """List the organisations that a name or pinyin initials fit, or all."""
    if update.message is None:
        return
    found = await service.work(partial(find_units, service.library, command_words(update.message)))
    lines = [words.units_found(len(found)), *found] if found else [words.NO_UNIT]
    await _say(service, update.message, listing(lines, words.and_more))


async def on_coverage(service: Service, update: Update) -> None:
    """Say which reports there are of which unit and year, and which are missing."""
    if update.message is None:
        return
    reports = await _reports_meant(service, update.message)
    head = words.coverage_head(len(reports)) if reports else words.NO_UNIT
    lines = [head, *coverage_lines(reports)]
    await _say(service, update.message, listing(lines, words.and_more))


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
        await _tell(service, update.message, words.NO_UNIT)
        return
    findings = await service.work(partial(_findings, service, reports))
    shown_first = [f"{n}. {text}" for n, text in enumerate(findings[:_MOST_FINDINGS], start=1)]
    lines = [words.findings(len(findings), len(shown_first)), *shown_first]
    await _say(service, update.message, listing(lines, words.and_more))


def _findings(service: Service, reports: tuple[Report, ...]) -> list[str]:
    return [
        f"《{report.title}》{finding.text}"
        for report in reports
        for finding in audit(report, service.library.facts.find(reports=(report.id,)))
    ]


async def on_compare(service: Service, update: Update) -> None:
    """Show the same figure of the same year of every organisation."""
    if update.message is None:
        return
    message = update.message
    answer, fact = await _headline(service, message, words.COMPARE_HOW)
    if answer and len(answer.figures) > 1 and len({f.organisation for f in answer.figures}) > 1:
        await _say(service, message, Outgoing(runs=answer_to_runs(answer)))
    elif fact:
        rows = await service.work(partial(_same_elsewhere, service, fact))
        await _say(service, message, Outgoing(runs=fit(rows)))


def _same_elsewhere(service: Service, fact: Fact) -> list[Run]:
    years = (fact.year,) if fact.year is not None else ()
    found = service.library.facts.find(years=years, measures=(fact.measure,))
    first: dict[str, Fact] = {fact.organisation: fact}
    for other in found:
        if (other.facet, other.aspect, other.base) == (fact.facet, fact.aspect, fact.base):
            first.setdefault(other.organisation, other)
    ranked = sorted(first.values(), key=lambda one: amount_of(one)[0], reverse=True)
    runs = [Run(text=f"{fact.year}年{label_of(fact)}", style="bold")]
    for one in ranked:
        page = one.spans[0].page
        source = words.source_short(service.library.report(one.report).title, page)
        runs += [
            Run(text=f"\n{one.organisation} "), Run(text=show(one), style="code"), Run(text=source),
        ]  # fmt: skip
    return runs


async def on_trend(service: Service, update: Update) -> None:
    """Send a chart of a figure over the years."""
    if update.message is None:
        return
    _, fact = await _headline(service, update.message, words.TREND_HOW)
    if fact:
        await send_trend(service, update.message.chat.id, fact, reply_to=update.message.id)


async def on_source(service: Service, update: Update) -> None:
    """Send the whole passage behind an answer."""
    if update.message is None:
        return
    answer, _ = await _headline(service, update.message, words.SOURCE_HOW, text_too=True)
    if answer and answer.citations:
        chat, message = update.message.chat.id, update.message.id
        await send_passages(service, chat, answer.citations, reply_to=message)


async def _headline(
    service: Service, message: Message, how: str, *, text_too: bool = False
) -> tuple[Answer | None, Fact | None]:
    """Return what the words behind a command are answered with, and the fact of its figure.

    A command that replies to an answer takes that one. Where there is nothing to go on, or
    nothing is found, this says so itself and returns nothing.
    """
    answer = await _answer_meant(service, message)
    if answer is None:
        await _tell(service, message, how)
        return None, None
    fact_id = answer.figures[0].fact if answer.figures else None
    fact = await service.work(partial(figures.find_fact, service.library, fact_id))
    if fact is None and not (text_too and answer.citations):
        await _say(service, message, Outgoing(runs=answer_to_runs(answer)))
        return None, None
    return answer, fact


async def _answer_meant(service: Service, message: Message) -> Answer | None:
    earlier = message.reply_to_message
    if earlier and not command_words(message):
        kept = shown.find_message(service.state, message.chat.id, earlier.message_id)
        return kept.answer if kept else None
    text = command_words(message)
    if not text:
        return None
    home = home_for(service, message.chat.id)
    reply = await service.work(partial(service.desk.answer, text, home=home))
    if not reply.answer.choices:
        return reply.answer
    command = command_name(message)
    if command == "compare":  # no unit was named: the first one stands for all
        first = reply.answer.choices[0].question
        reply = await service.work(partial(service.desk.answer, first, home=home))
        return reply.answer
    lines = [f"/{command} {choice.question}" for choice in reply.answer.choices]
    return reply.answer.model_copy(update={"text": "\n".join([reply.answer.text, *lines])})


async def on_export(service: Service, update: Update) -> None:
    """Send the facts of a unit, of years or of an item as a spreadsheet."""
    if update.message is None:
        return
    message, text = update.message, command_words(update.message)
    if not text:
        await _tell(service, message, words.EXPORT_HOW)
        return
    facts = await service.work(partial(_facts_meant, service, text))
    if not facts:
        await _tell(service, message, words.NOTHING_TO_EXPORT)
        return
    rows = facts[:_MOST_ROWS]
    content = await service.work(partial(facts_to_xlsx, rows, service.library.report))
    chat = message.chat.id
    await service.courier.send_file(chat, content, words.EXPORT_NAME, reply_to=message.id)


def _facts_meant(service: Service, text: str) -> tuple[Fact, ...]:
    """Return the facts of the units and years in a text; what is left names the item."""
    known = [report.organisation for report in service.library.reports()]
    named = find_organisations(text, known)
    rest = _YEAR.sub("", text)
    for mention in named:
        rest = rest.replace(text[mention.start : mention.end], "")
    item = re.sub(r"[\s年度的]|数据|全部", "", rest)
    found = service.library.facts.find(
        organisations=tuple({mention.name for mention in named}),
        years=tuple(int(year) for year in _YEAR.findall(text)),
    )
    return tuple(fact for fact in found if item in fact.measure.replace("“", "").replace("”", ""))


async def _tell(service: Service, message: Message, text: str) -> None:
    await _say(service, message, plain(text))


async def _say(service: Service, message: Message, outgoing: Outgoing) -> None:
    await say(service, command_to_asked(message), outgoing)
