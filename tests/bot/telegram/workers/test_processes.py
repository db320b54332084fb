"""Answers from processes of their own: as those of the assistant, through changes and deaths."""

import asyncio
import os
import signal
from collections.abc import Iterator
from functools import partial
from multiprocessing import active_children

import pytest

from bot.telegram.workers.answering import work_out
from bot.telegram.workers.processes import Processes
from bot.types import Memory
from scripts.tgstage import Stage, opened_assistant
from scripts.toy_library import CULTURE, FINANCE

QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


@pytest.fixture
def processes(stage: Stage) -> Iterator[Processes]:
    started = Processes(partial(opened_assistant, stage.folder), 1)
    yield started
    started.close()


async def test_a_process_answers_as_the_assistant_does(stage: Stage, processes: Processes) -> None:
    worked = await processes.answer(QUESTION, Memory(), None)
    here = work_out(stage.assistant, QUESTION, Memory(), None)
    took = {"elapsed_ms": worked.reply.answer.elapsed_ms}
    assert worked.reply.answer == here.reply.answer.model_copy(update=took)
    assert (worked.reply.memory, worked.rows) == (here.reply.memory, here.rows)
    further = await processes.answer("2023年呢", worked.reply.memory, None)
    assert [figure.value for figure in further.reply.answer.figures] == ["2.60"]


async def test_a_report_added_meanwhile_is_seen(stage: Stage, processes: Processes) -> None:
    question = f"{CULTURE}2023年三公经费实际支出多少"
    assert (await processes.answer(question, Memory(), None)).reply.answer.status == "not_found"
    stage.add((CULTURE, 2023, "3.10", "2.20"))
    figures = (await processes.answer(question, Memory(), None)).reply.answer.figures
    assert figures[0].value == "2.20"


async def test_a_process_that_dies_is_replaced(processes: Processes) -> None:
    await processes.answer(QUESTION, Memory(), None)
    for child in active_children():
        os.kill(child.pid or 0, signal.SIGKILL)
    answers = await asyncio.gather(*(processes.answer(QUESTION, Memory(), None) for _ in range(3)))
    assert [one.reply.answer.figures[0].value for one in answers] == ["1.95"] * 3


async def test_signals_that_end_the_bot_do_not_end_an_answer(processes: Processes) -> None:
    await processes.answer(QUESTION, Memory(), None)
    (child,) = active_children()
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(child.pid or 0, number)
    worked = await processes.answer(f"{FINANCE}2023年三公经费实际支出多少", Memory(), None)
    assert worked.reply.answer.figures[0].value == "2.60"
    assert active_children() == [child]
    processes.close()
    assert active_children() == []
