"""Answers worked out off the event loop, and kept while the library stays as it is.

The assistant answers the same words after the same talk alike on the same day, so an answer
that was given is given again without working it out, and what is asked twice at once is worked
out once: in a bureau many ask the same.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from typing import Any

from bot.assistant import Assistant
from bot.onward import onward
from bot.telegram.views.buttons import Rows, answer_to_rows
from bot.types import Memory, Reply
from corpus.model.types import Noun, Report
from index.library import Library

_MOST = 1000
_Key = tuple[str, str, str | None, date]


class Worked(Noun):
    """A reply of the assistant and what can be done with its answer."""

    reply: Reply
    rows: Rows


Working = Callable[[str, Memory, str | None], Coroutine[Any, Any, Worked]]


class Workings:
    """The latest answers, and how further ones are worked out; to be used on the event loop."""

    def __init__(self, library: Library, working: Working) -> None:
        self._library = library
        self._working = working
        self._reports: tuple[Report, ...] = ()
        self._known: OrderedDict[_Key, asyncio.Task[Worked]] = OrderedDict()

    def start(self, words: str, before: Memory, home: str | None) -> asyncio.Task[Worked]:
        """Return the task that answers this: one that is done, one under way, or a new one.

        A task that failed is not kept.
        """
        reports = self._library.reports()
        if reports is not self._reports:  # the library gives the same tuple until it changes
            self._reports, self._known = reports, OrderedDict()
        known, key = self._known, (words, before.model_dump_json(), home, datetime.now(UTC).date())
        if key in known and not _failed(known[key]):
            known.move_to_end(key)
            return known[key]
        known[key] = asyncio.create_task(self._working(words, before, home))
        while len(known) > _MOST:
            known.popitem(last=False)
        return known[key]


def work_out(assistant: Assistant, words: str, before: Memory, home: str | None) -> Worked:
    """Answer, and see what can be done with the answer and what may be asked next."""
    reply = assistant.answer(words, before, home=home)
    rows = answer_to_rows(assistant.library, reply.answer)
    found = onward(assistant.library, reply, assistant.told_at_once)
    answer = reply.answer.model_copy(update={"onward": found})
    return Worked(reply=reply.model_copy(update={"answer": answer}), rows=rows)


def _failed(task: asyncio.Task[Worked]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
