"""From the words of a person to the answer on their screen: once, in place, remembered."""

import asyncio
import logging
import time
from functools import partial

from bot.smalltalk import is_small_talk
from bot.telegram.service import Service
from bot.telegram.state import conversations, pending_messages, shown_answers
from bot.telegram.state.conversations import Place
from bot.telegram.state.shown_answers import Said, Shown
from bot.telegram.views import texts
from bot.telegram.views.answer import answer_to_runs
from bot.telegram.views.buttons import Pick, Rows, answer_to_rows, choice_buttons, rows_to_buttons
from bot.telegram.views.rich_text import Outgoing, plain
from bot.telegram.workers.answering import Worked
from bot.types import Answer, Memory
from corpus.model.types import Noun

_log = logging.getLogger(__name__)
_TYPING_AFTER = 0.3  # seconds without an answer until the chat shows that one is coming
LONGEST = 300  # characters of a question: a longer one is a text, not a question


class Asked(Noun):
    """A question as it came in: where, which words, on which message.

    `edited` asks once more for the same answer message; `again` says that an earlier run may have
    sent the answer. `leans_on` is the message replied to.
    """

    place: Place
    words: str
    message: int
    edited: bool = False
    again: bool = False
    leans_on: int | None = None

    @property
    def reply_to(self) -> int | None:
        """Return the message to reply to: in a group, where others talk in between, and a topic.

        A reply is in the topic of what it replies to, in a private chat too.
        """
        alone = self.place.private and not self.place.topic
        return None if alone or self.message < 0 else self.message


async def answer_question(service: Service, asked: Asked) -> None:
    """Answer a question with one message; the same question again is not answered twice."""
    earlier = shown_answers.find_asked(service.state, asked.place.chat, asked.message)
    if earlier and earlier.message and not asked.edited:
        return
    if len(asked.words) > LONGEST:
        await say(service, asked, plain(texts.TOO_LONG))
        return
    before = earlier.before if earlier else recall(service, asked)
    target = earlier.message if earlier else None
    if target is None:
        target = pending_messages.find_wait(service.state, asked.place.chat, asked.message)
    if earlier and target is None:  # kept but not delivered: the run may have ended in between
        asked = asked.model_copy(update={"again": True})
    worked, target = await _think(service, asked, before, target)
    if is_small_talk(worked.reply.answer):
        await _chat(service, asked, worked.reply.answer, target)
    else:
        await present(service, asked, before, worked, target=target)


async def _chat(service: Service, asked: Asked, answer: Answer, target: int | None) -> None:
    """Say what is said back to small talk; it is no answer to be kept, and has no buttons."""
    await _put(service, asked, plain(answer.text), target)
    with service.state:
        pending_messages.end_wait(service.state, asked.place.chat, asked.message)


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
    said = _to_said(asked, before, answer, worked.reply.memory)
    answer_id = shown_answers.keep(service.state, said)
    message = _to_message(service, answer_id, answer, worked.rows)
    sent = await _put(service, asked, message, target)
    with service.state:
        pending_messages.end_wait(service.state, asked.place.chat, asked.message)
        shown_answers.delivered(service.state, answer_id, sent)
        conversations.remember(service.state, asked.place, worked.reply.memory)


def _to_said(asked: Asked, before: Memory, answer: Answer, after: Memory) -> Said:
    return Said(
        place=asked.place,
        asked=asked.message,
        words=asked.words,
        before=before,
        after=after,
        answer=answer,
    )


def _to_message(service: Service, answer_id: int, answer: Answer, rows: Rows) -> Outgoing:
    link = service.link(answer.figures[0].fact) if answer.figures else ""
    buttons = rows_to_buttons(answer_id, answer, rows)
    return Outgoing(runs=answer_to_runs(answer, link), buttons=buttons)


async def say(service: Service, asked: Asked, message: Outgoing) -> int:
    """Send a message to where a question came from; once, where an earlier try was cut short."""
    place = (asked.place.chat, asked.message)
    again = asked.again or place in service.again
    sent = await service.courier.send(
        asked.place.chat,
        message,
        reply_to=asked.reply_to,
        lost_after=asked.message if again and asked.message > 0 else None,
    )
    service.again.discard(place)
    return sent


def unanswered(service: Service, asked: Asked) -> Asked | None:
    """Return what is to be answered, None where an earlier run has put the answer there."""
    earlier = shown_answers.find_asked(service.state, asked.place.chat, asked.message)
    if earlier is None:
        return asked
    return None if earlier.message else asked.model_copy(update={"again": True})


async def offer(service: Service, asked: Asked, answer: Answer, action: Pick) -> None:
    """Ask back outside the talk, with a button for each choice that does `action`.

    The words of `asked` are to begin with the command, which tells them from questions.
    """
    once = unanswered(service, asked)
    if once is None:
        return
    answer_id = shown_answers.keep(service.state, _to_said(asked, Memory(), answer, Memory()))
    buttons = choice_buttons(action, answer_id, answer)
    sent = await say(service, once, plain(answer.text, buttons))
    with service.state:
        shown_answers.delivered(service.state, answer_id, sent)


def home_for(service: Service, chat: int) -> str | None:
    """Return the unit meant in a chat: its own, else that of the settings; none where cleared."""
    home = conversations.home_of(service.state, chat)
    return (service.options.home if home is None else home) or None


def recall(service: Service, asked: Asked) -> Memory:
    """Return the talk that a question goes on from: the answer replied to, else the latest."""
    kept = (
        shown_answers.find_message(service.state, asked.place.chat, asked.leans_on)
        if asked.leans_on
        else None
    )
    if kept:
        return kept.after
    return conversations.recall(service.state, asked.place, minutes=service.options.memory_minutes)


async def _think(
    service: Service, asked: Asked, before: Memory, target: int | None
) -> tuple[Worked, int | None]:
    """Have an answer worked out; where that takes long, say so on a message for the answer."""
    started = time.perf_counter()
    home = home_for(service, asked.place.chat)
    work = service.workings.start(asked.words, before, home)
    slow = service.options.slow_seconds
    done, _ = await asyncio.wait({work}, timeout=min(_TYPING_AFTER, slow))
    if not done:
        await service.courier.show_typing(asked.place.chat, asked.place.topic)
        done, _ = await asyncio.wait({work}, timeout=max(0.0, slow - _TYPING_AFTER))
    if not done:
        target = await _put(service, asked, plain(texts.SEARCHING), target)
        pending_messages.put_wait(service.state, asked.place.chat, asked.message, target)
        await asyncio.wait({work})
        if work.cancelled() or work.exception() is not None:
            await _take_back(service, asked, target)
    worked = await asyncio.shield(work)  # others may wait for the same
    service.counts.answered(worked.reply.answer.status, time.perf_counter() - started)
    return worked, target


async def _take_back(service: Service, asked: Asked, target: int) -> None:
    """After a failure, put the answer that stood on a message in the place of 正在查….

    Where nothing stood before, the error handler finds the message by what it waits for. It
    cannot where a button asked.
    """
    earlier = shown_answers.find_asked(service.state, asked.place.chat, asked.message)
    if earlier is not None and earlier.message == target:
        rows = await service.work(partial(answer_to_rows, service.library, earlier.answer))
        message = _to_message(service, earlier.id, earlier.answer, rows)
    elif asked.message < 0:
        message = plain(texts.NOT_WORKED_OUT)
    else:
        return
    await _put(service, asked, message, target)
    with service.state:
        pending_messages.end_wait(service.state, asked.place.chat, asked.message)


async def _put(service: Service, asked: Asked, message: Outgoing, target: int | None) -> int:
    if target is None:
        return await say(service, asked, message)
    return await service.courier.edit(asked.place.chat, target, message)
