"""`make try`: the bot as it starts by default, in an emulated Telegram: a question and its proof.

`python -m scripts.try_bot --out picture.png "question"` starts `wenshu serve` over the reports that
are there, asks, prints what a person reads and which buttons there are, presses 出处图 and keeps
the picture. Nothing leaves the machine, and nothing of it stays in the data folder.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings.environment import load_settings
from bot.telegram.views.texts import SEARCHING
from scripts.tgrig import TOKEN, Json, Person, Rig, html_to_text, labels

PICTURE = "出处图"
SECONDS = 120.0  # the first answer of a process loads the model
SHARED = ("library", "models")
COMMAND = "from bot.cli.app import main; main()"
NO_PICTURE = "这条答复没有出处图。"


async def ask(question: str) -> tuple[str, bytes]:
    """Ask the bot and press for the proof; return what is read, and the picture or nothing."""
    with TemporaryDirectory() as folder:
        for name in SHARED:
            (Path(folder) / name).symlink_to(load_settings().data / name)
        async with Rig().serve() as rig, serving(Path(folder), rig):
            person = rig.person(1)
            await person.send(question)
            answer = await _answer(person)
            lines = [html_to_text(answer["text"]), ""]
            lines += ["　".join(f"[{label}]" for label in row) for row in labels(answer)]
            said, picture = await _press(person, answer)
            return "\n".join((*lines, "", said)), picture


async def _answer(person: Person) -> Json:
    """Return the message with the answer; where it takes long, it is edited into another."""
    while True:
        message = await person.reply(seconds=SECONDS)
        if message.get("text") != SEARCHING:
            return message


async def _press(person: Person, answer: Json) -> tuple[str, bytes]:
    """Press the button for the picture; return what comes."""
    if not any(PICTURE in row for row in labels(answer)):
        return NO_PICTURE, b""
    await person.press(answer, PICTURE, seconds=SECONDS)
    call = await person.next(seconds=SECONDS)
    said = f"按“{PICTURE}”，收到：{html_to_text(call.text)}"
    return said, next(iter(call.files.values()), b"")


@asynccontextmanager
async def serving(folder: Path, rig: Rig) -> AsyncIterator[None]:
    """Run `wenshu serve` with nothing set but the token, the folder and where Telegram is."""
    kept = {name: said for name, said in os.environ.items() if not name.startswith("WENSHU_")}
    own = {
        "WENSHU_ENV": os.devnull,
        "WENSHU_DATA": str(folder),
        "WENSHU_TOKEN": TOKEN,
        "WENSHU_API_URL": rig.url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COMMAND, "serve", env=kept | own, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


def main() -> None:
    """Read the command line and print what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question")
    parser.add_argument("--out", type=Path, default=Path("出处图.png"))
    options = parser.parse_args()
    said, picture = asyncio.run(ask(options.question))
    if picture:
        options.out.write_bytes(picture)
        said = f"{said}\n图片：{options.out}"
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    main()
