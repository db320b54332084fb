"""The stage of the Telegram tests: an emulated Telegram on loopback and nothing else in reach."""

import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scripts.tgrig import Rig
from scripts.tgstage import Stage, make_library


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the library that every stage begins with."""
    folder = tmp_path_factory.mktemp("made")
    make_library(folder)
    return folder


@pytest.fixture
async def stage(
    tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """A Telegram and a library, nothing else within reach: the token must not leave the machine."""
    real = socket.getaddrinfo

    def only_loopback(host: str | bytes | None, *rest: object, **more: object) -> object:
        assert host in ("127.0.0.1", "localhost", b"127.0.0.1", None), f"reached for {host!r}"
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library's way into its next version
    monkeypatch.setattr(socket, "getaddrinfo", only_loopback)
    shutil.copytree(made / "library", tmp_path / "library")
    async with Rig().serve() as rig:
        stage = Stage(rig, tmp_path)
        yield stage
        stage.library.close()
