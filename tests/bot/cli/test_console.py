"""What a person at a terminal sees of work that takes long."""

import os
import pty
import subprocess
import sys

from scripts.terminal import ROOT

WORK = (
    "import time; from bot.cli.console import Bar\n"
    "with Bar() as bar: bar.show('读取', 0, 1); time.sleep({seconds})"
)


def shown(seconds: float) -> str:
    """Return what is shown on a terminal while one file is read for so long."""
    ours, theirs = pty.openpty()
    code = WORK.format(seconds=seconds)
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", code], cwd=ROOT, stderr=theirs, check=True,
            env=os.environ | {"TERM": "xterm", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        os.write(theirs, b".")
        return os.read(ours, 1 << 16).decode()
    finally:
        os.close(ours)
        os.close(theirs)


def test_one_long_file_shows_that_it_is_being_read() -> None:
    assert "读取" in shown(1.5)


def test_what_is_quick_shows_nothing() -> None:
    assert shown(0) == "."
