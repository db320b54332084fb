"""Commands that go on from an answer: /compare, /trend, /source; and where these ask back."""

import asyncio
from functools import partial
from typing import Literal

from telegram import Message, Update

from bot.presentation.answer_text import caution_mark, label_of, show, whose, year_word
from bot.query.retrieval.settlement import agree, amount_of
from bot.telegram.replies.addressing import command_to_asked, command_words, is_from
from bot.telegram.replies.answers import Asked, home_for, offer, recall, say
from bot.telegram.replies.details import send_passages, send_trend
from bot.telegram.service import Service
from bot.telegram.state import shown_answers
from bot.telegram.state.shown_answers import Shown
from bot.telegram.views import related_figures, texts
from bot.telegram.views.answer import answer_to_runs
from bot.telegram.views.related_figures import by_body
from bot.telegram.views.rich_text import Outgoing, Run, fit, plain
from bot.types import Answer, Memory
from corpus.model.types import Fact

Onward = Literal["compare", "trend_of", "source"]
_HOW: dict[Onward, str] = {
    "compare": texts.COMPARE_HOW,
    "trend_of": texts.TREND_HOW,
    "source": texts.SOURCE_HOW,
}


async def on_compare(service: Service, update: Update) -> None:
    """Show the same figure of the same year of every organisation."""
    await _go_on(service, update.message, "compare")


async def on_trend(service: Service, update: Update) -> None:
    """Send a chart of a figure over the years."""
    await _go_on(service, update.message, "trend_of")


async def on_source(service: Service, update: Update) -> None:
    """Send the whole passage behind an answer."""
    await _go_on(service, update.message, "source")


async def _go_on(service: Service, message: Message | None, onward: Onward) -> None:
    if message is None:
        return
    answer = await _answer_meant(service, message)
    asked = command_to_asked(message)
    if answer is None:
        await say(service, asked, plain(_HOW[onward]))
    elif answer.choices and not (onward == "compare" and _asks_whose(answer)):
        whole = asked.model_copy(update={"words": message.text or ""})
        await offer(service, whole, answer, onward)
    else:
        await _show(service, asked, answer, onward)


async def take_onward(service: Service, offered: Shown, at: int, *, onward: Onward) -> None:
    """Go on from the choice number `at` of what a command asked back."""
    question = offered.answer.choices[at].question
    asked = Asked(place=offered.place, words=question, message=offered.message or offered.asked)
    await _show(service, asked, await _work_out(service, asked, Memory()), onward)


async def _answer_meant(service: Service, message: Message) -> Answer | None:
    """Return the answer that a command goes on from, None where there is nothing to go on.

    It is the one to the words behind the command, the one replied to, or the latest of the talk.
    """
    asked, earlier = command_to_asked(message), message.reply_to_message
    if not command_words(message):
        minutes = service.options.memory_minutes
        if earlier:
            kept = shown_answers.find_message(service.state, asked.place.chat, earlier.message_id)
        else:
            kept = shown_answers.find_latest(service.state, asked.place, minutes=minutes)
        if kept:
            return kept.answer
        if earlier and service.me and is_from(earlier, service.me):
            return None
    return await _work_out(service, asked, recall(service, asked)) if asked.words else None


async def _work_out(service: Service, asked: Asked, before: Memory) -> Answer:
    home = home_for(service, asked.place.chat)
    worked = await asyncio.shield(service.workings.start(asked.words, before, home))
    return worked.reply.answer


def _asks_whose(answer: Answer) -> bool:
    """Whether every choice is of another body: then any of them stands for all."""
    bodies = [choice.label.split(" ")[0] for choice in answer.choices]
    return len(set(bodies)) == len(bodies)


async def _show(service: Service, asked: Asked, answer: Answer, onward: Onward) -> None:
    if onward == "compare" and answer.choices:
        first = asked.model_copy(update={"words": answer.choices[0].question})
        answer = await _work_out(service, first, Memory())
    fact_id = answer.figures[0].fact if answer.figures else None
    fact = await service.work(partial(related_figures.find_fact, service.library, fact_id))
    chat, reply_to = asked.place.chat, asked.message
    compared = len({figure.organisation for figure in answer.figures}) > 1
    if onward == "source" and answer.citations:
        await send_passages(service, chat, answer.citations, reply_to=reply_to)
    elif fact is None or (onward == "compare" and compared):
        await say(service, asked, Outgoing(runs=answer_to_runs(answer)))
    elif onward == "trend_of":
        await send_trend(service, chat, fact, reply_to=reply_to)
    else:
        rows = await service.work(partial(_same_elsewhere, service, fact))
        await say(service, asked, Outgoing(runs=fit(rows)))


def _same_elsewhere(service: Service, fact: Fact) -> list[Run]:
    """Write the same figure of the same year of every body, the largest first."""
    runs = [Run(text=f"{year_word(fact.year)}{label_of(fact)}", style="bold")]
    for found in sorted(
        by_body(service.library, fact), key=lambda one: amount_of(one[0]), reverse=True
    ):
        first = found[0]
        body = whose(first).removesuffix(year_word(fact.year))
        source = texts.source_short(service.library.report(first.report).title, first.spans[0].page)
        doubted = any(not agree(first, other) for other in found if other.level == first.level)
        doubt = caution_mark(first) + (texts.doubt() if doubted else "")
        runs += [
            Run(text=f"\n{body} "), Run(text=show(first), style="code"), Run(text=source + doubt),
        ]  # fmt: skip
    return runs
