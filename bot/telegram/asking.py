"""From the words of a person to the answer on their screen: once, in place, remembered."""

import asyncio
import logging
import time

from bot.nouns import Answer, Memory
from bot.telegram import shown, talks, words
from bot.telegram.buttons import rows_to_buttons
from bot.telegram.render import answer_to_runs
from bot.telegram.runs import Outgoing, plain
from bot.telegram.service import Service
from bot.telegram.shown import Said, Shown
from bot.telegram.talks import Place
from bot.telegram.working import Worked
from corpus.nouns import Noun

_log = logging.getLogger(__name__)


class Asked(Noun):
    """A question as it came in: where, which words, on which message.

    `edited` asks once more for the same answer message; `again` says that an earlier run may have
    sent the answer.
    """

    place: Place
    words: str
    message: int
    edited: bool = False
    again: bool = False

    @property
    def reply_to(self) -> int | None:
        """Return the message to reply to: in a group, where others talk in between."""
        return None if self.place.private or self.message < 0 else self.message


async def answer_question(service: Service, asked: Asked) -> None:
    """Answer a question with one message; the same question again is not answered twice."""
    earlier = shown.find_asked(service.state, asked.place.chat, asked.message)
    if earlier and earlier.message and not asked.edited:
        return
    before = earlier.before if earlier else _recall(service, asked.place)
    target = earlier.message if earlier else None
    wait = service.limits.wait(person=asked.place.person, chat=asked.place.chat)
    if wait:
        await say(service, asked, plain(words.slow_down(wait)))
        return
    if earlier and target is None:  # kept but not delivered: the run may have ended in between
        asked = asked.model_copy(update={"again": True})
    worked, target = await _think(service, asked, before, target)
    await present(service, asked, before, worked, target=target)


async def choose(service: Service, clarified: Shown, at: int) -> None:
    """Answer the choice number `at` of an answer that asked back, on that very message."""
    choice = clarified.answer.choices[at]
    asked = Asked(place=clarified.place, words=choice.question, message=clarified.asked)
    worked, target = await _think(service, asked, clarified.before, clarified.message)
    await present(service, asked, clarified.before, worked, target=target)


async def present(
    service: Service, asked: Asked, before: Memory, worked: Worked, *, target: int | None = None
) -> None:
    """Keep an answer, put it on the message `target` or on a new one, and go on from it."""
    answer = worked.reply.answer
    question = asked.words if service.options.log_questions else "-"
    _log.info("answered status=%s question=%s", answer.status, question)
    answer_id = shown.keep(service.state, _to_said(asked, before, answer))
    link = service.link(answer.figures[0].fact) if answer.figures else ""
    buttons = rows_to_buttons(answer_id, answer, worked.rows)
    message = Outgoing(runs=answer_to_runs(answer, link), buttons=buttons)
    sent = await _put(service, asked, message, target)
    with service.state:
        shown.delivered(service.state, answer_id, sent)
        talks.remember(service.state, asked.place, worked.reply.memory)


def _to_said(asked: Asked, before: Memory, answer: Answer) -> Said:
    return Said(
        place=asked.place, asked=asked.message, words=asked.words, before=before, answer=answer
    )


async def say(service: Service, asked: Asked, message: Outgoing) -> int:
    """Send a message to where a question came from."""
    return await service.courier.send(
        asked.place.chat,
        message,
        reply_to=asked.reply_to,
        lost_after=asked.message if asked.again and asked.message > 0 else None,
    )


def home_for(service: Service, chat: int) -> str | None:
    """Return the unit meant in a chat: its own, else that of the settings."""
    return talks.home_of(service.state, chat) or service.options.home


def _recall(service: Service, place: Place) -> Memory:
    return talks.recall(service.state, place, minutes=service.options.memory_minutes)


async def _think(
    service: Service, asked: Asked, before: Memory, target: int | None
) -> tuple[Worked, int | None]:
    """Have an answer worked out; where that takes long, say so on a message for the answer."""
    started = time.perf_counter()
    home = home_for(service, asked.place.chat)
    work = service.workings.start(asked.words, before, home)
    done, _ = await asyncio.wait({work}, timeout=service.options.slow_seconds)
    if not done:
        target = await _put(service, asked, plain(words.SEARCHING), target)
    worked = await asyncio.shield(work)  # others may wait for the same
    service.counts.answered(worked.reply.answer.status, time.perf_counter() - started)
    return worked, target


async def _put(service: Service, asked: Asked, message: Outgoing, target: int | None) -> int:
    if target is None:
        return await say(service, asked, message)
    return await service.courier.edit(asked.place.chat, target, message)
