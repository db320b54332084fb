"""`wenshu` as a process: what a person types, and all that comes back."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from scripts.forked import Command, parent

ROOT = Path(__file__).parents[1]
COMMAND = "from bot.cli.app import main; main()"
# A model takes ten seconds to load, and what it makes of a text is not what is tested here.
WITH_TOYS = (
    "from bot.cli import session; from scripts.toy_library import ToyEncoder;"
    "session.SentenceEncoder = lambda *_, **__: ToyEncoder(); " + COMMAND
)
PR_CAPBSET_DROP = 24
OVERRIDING = (1, 2, 3)  # what lets root write where nobody may


TITLE = "青山市临江区{name}2024年度部门决算"
LINE = "青山市临江区{name} 部门 2024年 决算（{file}）：2 段，1 个数字"
TEXT = "{title}\n\n一、收支情况\n2024年度支出合计{amount}万元。\n"


class Said(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Terminal:
    """Types commands in a folder of its own, with nobody's settings."""

    def __init__(self, folder: Path, command: str = WITH_TOYS) -> None:
        self.folder = folder
        self.command = command
        self.data = folder / "data"

    def type(
        self,
        *arguments: str,
        typed: str = "",
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Said:
        """Run the command to its end; return all that it said."""
        if before is None and self.command == WITH_TOYS:
            return self._fork(Command(arguments, str(self.folder), self.env(env or {})), typed)
        ended = subprocess.run(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", self.command, *arguments],
            cwd=self.folder,
            env=self.env(env or {}),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=before,
        )
        return Said(ended.returncode, ended.stdout, ended.stderr)

    def _fork(self, command: Command, typed: str) -> Said:
        with (
            TemporaryFile("w+", encoding="utf-8") as keyboard,
            TemporaryFile("w+", encoding="utf-8") as out,
            TemporaryFile("w+", encoding="utf-8") as err,
        ):
            keyboard.write(typed)
            keyboard.seek(0)
            code = parent().run(command, (keyboard, out, err))
            out.seek(0)
            err.seek(0)
            return Said(code, out.read(), err.read())

    def env(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return an environment with these settings and no others."""
        kept = {name: said for name, said in os.environ.items() if not name.startswith("WENSHU_")}
        own = {"WENSHU_DATA": str(self.data), "WENSHU_ENV": os.devnull, "PYTHONPATH": str(ROOT)}
        return kept | own | dict(more)


def obey_permissions() -> None:
    """Let permissions hold for root too; for `before`, in the process to be."""
    libc = ctypes.CDLL(None)
    for one in OVERRIDING:
        libc.prctl(PR_CAPBSET_DROP, one, 0, 0, 0)


def fill_disk(room: int = 64) -> None:
    """Let no file grow beyond a few bytes, as on a disk without room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def write_report(path: Path, name: str, amount: str = "120.5") -> Path:
    """Write a short report of a body."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEXT.format(title=TITLE.format(name=name), amount=amount), encoding="utf-8")
    return path


def line_of(name: str, file: str) -> str:
    """Return what adding such a report comes to."""
    return LINE.format(name=name, file=file)
