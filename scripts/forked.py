"""`wenshu` in processes that begin at once: forked from one that has loaded all that it needs.

    python -c "from scripts.forked import serve; serve(FD)"

A command typed in a test is a process of its own, and most of its time would go to loading the same
modules again. The parent has one thread and does nothing by itself: it may fork. It gets a command,
its environment and its three streams through a socket, and answers with how the child ended.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TextIO

from corpus.lexicon.term_matcher import load_vocabulary
from scripts.toy_library import ToyEncoder

ROOT = Path(__file__).parents[1]
LARGEST = 100_000  # bytes of a command with its environment
STREAMS = 3
# The command loads these by name, or only when it first needs them.
LATE = (
    "bot.assistant",
    "bot.organisations",
    "bot.overview.desk",
    "corpus.pipeline",
    "index.search",
    "index.wordings.table",
)
ENGINES = {"psycopg": "index.engines.postgres", "pymilvus": "index.engines.milvus"}


class Command(NamedTuple):
    """What is typed, where, and with which environment."""

    arguments: Sequence[str]
    folder: str
    env: Mapping[str, str]


class Parent:
    """The process that forks, started when it is first asked; it ends with this one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
                [
                    sys.executable,
                    "-c",
                    f"from scripts.forked import serve; serve({theirs.fileno()})",
                ],
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def run(self, command: Command, streams: Sequence[TextIO]) -> int:
        """Run a command to its end with these streams for its own; return its exit code."""
        with self._lock:
            files = [stream.fileno() for stream in streams]
            socket.send_fds(self._ours, [json.dumps(command).encode()], files)
            return int(self._ours.recv(LARGEST))

    def close(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.wait()


@cache
def parent() -> Parent:
    """Return the process that forks; there is one for all the tests."""
    return Parent()


def serve(number: int) -> None:
    """Fork for each command that comes through a socket, until its other end is closed."""
    load()
    orders = socket.socket(fileno=number)
    while True:
        text, files, _, _ = socket.recv_fds(orders, LARGEST, STREAMS)
        if not text:
            return
        child = os.fork()
        if not child:
            orders.close()
            become(Command(*json.loads(text)), files)
            import_module("bot.cli.app").main()
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        orders.send(str(os.waitstatus_to_exitcode(status)).encode())


def load() -> None:
    """Load the command with toys for its model, and what it loads late."""
    vars(import_module("bot.cli.session"))["SentenceEncoder"] = lambda *_, **__: ToyEncoder()
    engines = (ours for library, ours in ENGINES.items() if find_spec(library))
    for name in ("bot.cli.app", *LATE, *engines):
        import_module(name)
    load_vocabulary()  # it is kept, and the children have it


def become(command: Command, files: Sequence[int]) -> None:
    """Be as a process that this command was just typed for."""
    for stream, file in enumerate(files):
        os.dup2(file, stream)
        os.close(file)
    os.chdir(command.folder)
    os.environ.clear()
    os.environ.update(command.env)
    sys.argv[1:] = command.arguments
