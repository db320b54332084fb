"""The process beside that reads files: for each one it makes a child with limits of its own.

It is started as a module and talks over its standard streams in frames: four bytes of length, then
so many bytes. A request is two frames, the suffix and the bytes of a file; an answer is one frame,
a letter for what came of it, then the draft as JSON or a sentence. It has one thread: it may fork.
"""

import os
import resource
import select
import signal
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from corpus.model.errors import BadReport
from corpus.model.types import Draft

Read = Callable[[bytes, str], Draft]

SIZE = struct.Struct(">I")
READ, REFUSED = b"d", b"r"
SECONDS = 300.0
CPU_SECONDS = 240
MEMORY = 4 * 1024**3
CHUNK = 1 << 20

SLOW = "读了 {seconds:.0f} 秒还没有读完，不像一份报告；请拆成几份，或另存为 PDF 再添加。"
LARGE = "读取时占用内存超过 {gigabytes} GB，不像一份报告；请拆成几份，或另存为 PDF 再添加。"
FELL = "读取时出错，文件可能已损坏；请重新下载，或用原来的软件另存一份再添加。"


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one frame, None at the end of the stream."""
    head = stream.read(SIZE.size)
    if len(head) < SIZE.size:
        return None
    data = stream.read(SIZE.unpack(head)[0])
    return data if len(data) == SIZE.unpack(head)[0] else None


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one frame."""
    stream.write(SIZE.pack(len(data)) + data)
    stream.flush()


def serve(read: Read, source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until the other side closes its end."""
    while (suffix := read_frame(source)) is not None:
        data = read_frame(source)
        if data is None:
            return
        write_frame(target, answer(read, data, suffix.decode()))


def answer(read: Read, data: bytes, suffix: str) -> bytes:
    """Read one file in a child of its own; a child that falls or lags is one sentence."""
    mine, its = os.pipe()
    child = os.fork()
    if not child:
        os.close(mine)
        work(read, data, suffix, its)
    os.close(its)
    try:
        said = collect(mine, until=time.monotonic() + SECONDS)
    finally:
        os.close(mine)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if said is None:
        return REFUSED + SLOW.format(seconds=SECONDS).encode()
    return said or REFUSED + FELL.encode()


def collect(pipe: int, *, until: float) -> bytes | None:
    """Return all that comes through a pipe, None where it has not ended in time."""
    parts: list[bytes] = []
    while True:
        ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
        if not ready:
            return None
        part = os.read(pipe, CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)


def work(read: Read, data: bytes, suffix: str, pipe: int) -> None:
    """Read a file and leave, whatever happens: this is the child."""
    os.setpgid(0, 0)
    said = b""
    try:
        limit()
        said = READ + read(data, suffix).model_dump_json(exclude_defaults=True).encode()
    except BadReport as refusal:
        said = REFUSED + str(refusal).encode()
    except MemoryError:
        said = REFUSED + LARGE.format(gigabytes=MEMORY // 1024**3).encode()
    except BaseException as error:  # noqa: BLE001 — a child that raised must not go on as the parent
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        with suppress(OSError), os.fdopen(pipe, "wb") as stream:
            stream.write(said)
        os._exit(0)


def limit() -> None:
    """Bound what this process may use; what it starts inherits the bounds."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serve over the standard streams; what readers print by the way goes to the errors."""
    from corpus.readers.detect import bytes_to_draft  # noqa: PLC0415 — detect asks for this worker

    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(bytes_to_draft, sys.stdin.buffer, target)


if __name__ == "__main__":
    main()
