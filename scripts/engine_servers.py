"""Engines for tests and measurements, run for as long as needed: PostgreSQL and Milvus Lite.

PostgreSQL is that of Debian's programs. It lies in a folder of its own, listens on a socket there
and on nothing else, and runs as a user that is not root, for it refuses root.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from signal import SIGINT
from tempfile import mkdtemp

from pydantic import SecretStr

from index.engines.opening import Engines

DEBIAN = Path("/usr/lib/postgresql")
USERS = ("postgres", "nobody")  # to be, where this runs as root
MISSING = "PostgreSQL is not installed: apt-get install postgresql"
SECONDS = 30.0


def find_binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest of several, or none."""
    found = shutil.which("initdb")
    folders = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(3))
    path = Path(found) if found else next(reversed(folders), None)
    return path.resolve().parent if path else None


def somebody() -> int | None:
    """Return the number of a user that is not root, where this runs as root, else none."""
    if os.geteuid():
        return None
    known = {one.pw_name: one.pw_uid for one in pwd.getpwall()}
    return next(known[name] for name in USERS if name in known)


def engines_of(env: Mapping[str, str]) -> Engines:
    """Return the engines that the settings of an environment choose."""
    store, vectors = env.get("WENSHU_STORE", ""), env.get("WENSHU_VECTORS", "")
    return Engines(store=SecretStr(store), vectors=SecretStr(vectors))


def new_database(server: str, name: str) -> str:
    """Make an empty database of a server; return its address."""
    psycopg = import_module("psycopg")
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return server.format(name)


def database_size(address: str) -> int:
    """Return the bytes on the disk of a database of PostgreSQL."""
    psycopg = import_module("psycopg")
    with psycopg.connect(address) as connection:
        (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(size)


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server; yield the address of a database of it, with {} for the name."""
    binaries = find_binaries()
    if binaries is None:
        raise RuntimeError(MISSING)
    user = somebody()
    folder = Path(mkdtemp(prefix="wenshu-postgres-", dir="/tmp"))
    os.chown(folder, -1 if user is None else user, -1)
    data = ("-D", str(folder / "data"))
    made = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-U", "wenshu")
    told = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50")
    try:
        subprocess.run(  # noqa: S603 - Debian's program
            [str(binaries / "initdb"), *data, *made],
            check=True, capture_output=True, cwd=folder, user=user,
        )  # fmt: skip
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(  # noqa: S603 - Debian's program
                [str(binaries / "postgres"), *data, "-k", str(folder), *told],
                stdout=log, stderr=log, cwd=folder, user=user,
            )  # fmt: skip
        try:
            _await(binaries, folder, server)
            yield f"postgresql://wenshu@/{{}}?host={folder}"
        finally:
            server.send_signal(SIGINT)  # ends it without waiting for who is connected
            with suppress(subprocess.TimeoutExpired):
                server.wait(SECONDS)
            server.kill()
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await(binaries: Path, folder: Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS
    asked = [str(binaries / "pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(asked, check=False).returncode:  # noqa: S603 - Debian's program
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((folder / "log").read_text(encoding="utf-8"))
        time.sleep(0.05)


@contextmanager
def milvus(folder: Path, port: int) -> Iterator[str]:
    """Run a server of Milvus Lite over a folder; yield the address of a database, {} for a name."""
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter
            [
                *(sys.executable, "-m", "milvus_lite", "server"),
                *("--data-dir", str(folder / "data"), "--port", str(port)),
            ],
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + SECONDS
        while not listens(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/{{}}"
    finally:
        server.kill()
        server.wait()


def listens(port: int) -> bool:
    """Tell whether something listens on a port of this machine."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
