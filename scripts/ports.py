"""Ports for what the tests serve: workers that run side by side never try the same one.

A port that the kernel picks is free only until it is given away again: another worker, and any
connection that is opened meanwhile, may get it before the server has started.
"""

import os
import random
import socket
from contextlib import suppress

FIRST = 20_000  # below those that Linux picks by itself, from 32768 on
WIDTH = 400  # ports of a worker


def free_port() -> int:
    """Return a port of this worker that nothing listens on."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    begin = FIRST + WIDTH * worker
    for port in random.sample(range(begin, begin + WIDTH), WIDTH):
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError(f"no port is free from {begin} on")
