"""Throughput and waiting of the bot beside an echo bot, on the same rig in the same run.

    python -m scripts.bench_bot [--chats 50] [--each 20] [--reports FOLDER]

Every chat asks again as soon as it is answered. Each bot runs in a process of its own and talks
HTTP to the emulator in this one; the echo bot is the smallest bot of the same library with the
same number of connections. Printed are messages a second, and the median and longest wait of a
chat, once without and once with its first questions, which all chats ask at once of a cold bot.
The reports are read with an encoder that computes nothing: the questions are ones that facts
answer, as most are.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.assistant import Assistant
from bot.presentation.answer_text import fact_to_question
from index.files import report_files
from index.library import Library
from scripts.tgrig import TOKEN, Rig
from scripts.toy_library import ToyEncoder

_SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
_START_SECONDS = 60.0
_WAIT_SECONDS = 60.0
_POOL = 8
_COMMON = 10
_WARM = 2  # questions of each chat before it counts
_FREE = {
    "WENSHU_SEND_PER_SECOND": "100000",
    "WENSHU_GROUP_PER_MINUTE": "100000",
    "WENSHU_USER_PER_MINUTE": "100000",
    "WENSHU_CHAT_PER_MINUTE": "100000",
    "WENSHU_SLOW_SECONDS": "60",  # the note that it takes long is no answer
}
_WENSHU = ("-c", "from bot.cli.app import main; main()", "serve")
_ECHO = ("-m", "scripts.bench_bot", "--echo")


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def run_echo(url: str) -> None:
    """Run an echo bot until a signal ends it."""
    app = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{url}/bot")
        .concurrent_updates(True)
        .connection_pool_size(_POOL)
        .pool_timeout(_WAIT_SECONDS)
        .build()
    )
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    app.run_polling(allowed_updates=Update.ALL_TYPES)


@asynccontextmanager
async def running(rig: Rig, command: tuple[str, ...], data: Path) -> AsyncIterator[None]:
    """Run a bot in a process of its own, from its first answer to its end."""
    settings = {
        "WENSHU_TOKEN": TOKEN,
        "WENSHU_API_URL": rig.url,
        "WENSHU_DATA": str(data),
        "WENSHU_MODEL": ToyEncoder().name,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        env={**os.environ, **_FREE, **settings},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        first = rig.person(1)
        await first.send("/help")
        await first.reply(seconds=_START_SECONDS)
        yield
    finally:
        process.terminate()
        await process.wait()


def questions_of(library: Library, count: int) -> Iterator[str]:
    """Give questions that the library answers with a figure, of all its reports in turn."""
    assistant = Assistant(library)
    reports = library.reports()
    facts = [library.facts.find(reports=(report.id,)) for report in reports]
    given = 0
    for at in range(max(map(len, facts), default=0)):
        for rows in (rows for rows in facts if at < len(rows)):
            fact = rows[at]
            question = fact_to_question(fact)
            if assistant.answer(question).answer.status == "answered":
                yield question
                given += 1
            if given == count:
                return


async def measure(
    rig: Rig, questions: list[str], *, chats: int, each: int
) -> tuple[float, list[float]]:
    """Let every chat ask `each` times; return messages a second and the waits in seconds."""
    waits: list[float] = []

    async def chat(number: int) -> None:
        person = rig.person(1000 + number)
        for turn in range(each):
            started = time.perf_counter()
            await person.send(questions[(number * each + turn) % len(questions)])
            await person.reply(seconds=_WAIT_SECONDS)
            waits.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(chat(number) for number in range(chats)))
    return chats * each / (time.perf_counter() - started), waits


async def measure_bot(
    command: tuple[str, ...], data: Path, questions: list[str], *, chats: int, each: int
) -> float:
    """Start a bot, let it warm up, measure it, print a line and return its rate."""
    async with Rig().serve() as rig:
        rig.keep_calls = False
        async with running(rig, command, data):
            _, cold = await measure(rig, questions[: chats * _WARM], chats=chats, each=_WARM)
            asked = questions[chats * _WARM :] or questions
            rate, waits = await measure(rig, asked, chats=chats, each=each)
    (data / "telegram.sqlite").unlink(missing_ok=True)  # the next emulator counts updates anew
    print(f"  {rate:6.0f} messages/s, {waits_to_text(waits)}")
    print(f"  with the {_WARM} questions of each chat before these: {waits_to_text(cold + waits)}")
    return rate


def waits_to_text(waits: list[float]) -> str:
    """Say how long chats waited, by waits in seconds."""
    median, longest = statistics.median(waits), max(waits)
    return (
        f"median wait {median * 1000:.0f} ms, "
        f"longest {longest * 1000:.0f} ms = {longest / median:.1f} x the median"
    )


async def compare(reports: Path, *, chats: int, each: int) -> None:
    """Measure both bots and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with Library.open(data / "library", encoder=ToyEncoder) as library:
            library.add(report_files([reports]))
            questions = list(questions_of(library, chats * (each + _WARM)))
        print("echo bot")
        echo = await measure_bot(_ECHO, data, questions, chats=chats, each=each)
        for name, asked in (
            (f"wenshu, the same {_COMMON} questions in all chats", questions[:_COMMON]),
            (f"wenshu, {len(questions)} different questions", questions),
        ):
            print(name)
            rate = await measure_bot(_WENSHU, data, asked, chats=chats, each=each)
            print(f"  {rate / echo:.2f} of the echo bot")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--reports", type=Path, default=_SAMPLES)
    parser.add_argument("--echo", action="store_true", help="run the echo bot itself")
    chosen = parser.parse_args()
    if chosen.echo:
        run_echo(os.environ["WENSHU_API_URL"])
    else:
        asyncio.run(compare(chosen.reports, chats=chosen.chats, each=chosen.each))


if __name__ == "__main__":
    main()
