"""Reading in a process beside, with limits of time and memory: a bad file takes nothing down.

That process is `corpus.readers.files.worker`; it starts at the first file and ends with this one.
"""

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from threading import Lock

from corpus.model.errors import BadReport
from corpus.model.types import Draft
from corpus.readers.files.worker import FELL, READ, read_frame, write_frame

COMMAND = (sys.executable, "-m", "corpus.readers.files.worker")


class Worker:
    """The process beside, started when it is first asked and again where it has ended."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes, suffix: str) -> Draft:
        """Have bytes read beside; raise `BadReport` for a refusal, and for a reader that fell."""
        with self.lock:
            said = self._ask(data, suffix)
        if said[:1] != READ:
            raise BadReport(said[1:].decode())
        return Draft.model_validate_json(said[1:])

    def _ask(self, data: bytes, suffix: str) -> bytes:
        process = self._running()
        fallen = b"r" + FELL.encode()
        if process.stdin is None or process.stdout is None:
            return fallen
        try:
            write_frame(process.stdin, suffix.encode())  # type: ignore[arg-type]
            write_frame(process.stdin, data)  # type: ignore[arg-type]
            return read_frame(process.stdout) or fallen  # type: ignore[arg-type]
        except BrokenPipeError:
            return fallen

    def close(self) -> None:
        """End the process beside; the next file starts another."""
        if self.process is not None:
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    with suppress(BrokenPipeError):
                        stream.close()
            self.process.wait()
            self.process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            paths = os.pathsep.join(path for path in sys.path if path)
            self.process = subprocess.Popen(  # noqa: S603 — this very program
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": paths},
                start_new_session=True,  # a Ctrl-C is for the program that waits
            )
        return self.process


WORKER = Worker()
atexit.register(WORKER.close)


def read_isolated(data: bytes, suffix: str) -> Draft:
    """Read bytes beside this process."""
    return WORKER.read(data, suffix)
