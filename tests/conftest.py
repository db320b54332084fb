"""The stage of the Telegram tests: an emulated Telegram on loopback and nothing else in reach.

Beside it the engines that a library may be kept in, where they can be had.

No test reads the `.env` that somebody keeps beside the sources.
"""

import os
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from index.encoder.default_model import default_model
from index.encoder.encoder import DEFAULT
from scripts.engine_servers import MISSING, find_binaries, milvus, postgres
from scripts.engine_servers import new_database as make_database
from scripts.ports import free_port
from scripts.terminal import Terminal
from scripts.tgrig import Rig
from scripts.tgstage import Stage, make_library

# What every test shows and leaves is searched for the token.
pytest_plugins = ["scripts.token_guard"]
# Side by side, and with their lines counted, one example may take long; no test measures time.
settings.register_profile("busy", deadline=None)
settings.load_profile("busy")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Escape what cannot be shown: the rest is read as it is written, and bytes cannot be."""
    plain = not isinstance(val, str | bytes) or (isinstance(val, str) and val.isprintable())
    return None if plain else ascii(val)


@pytest.fixture(autouse=True, scope="session")
def no_env_of_somebody() -> Iterator[None]:
    """Let the settings come from the tests alone, in the processes that they start as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WENSHU_ENV", os.devnull)
        yield


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own."""
    return Terminal(tmp_path)


@pytest.fixture
def unused_tcp_port() -> int:
    """A port that no other worker tries meanwhile."""
    return free_port()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default model, as it is made; workers that run side by side share it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    default_model(folder / "models", name=DEFAULT)
    return folder / "models"


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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running PostgreSQL; its address with {} for the name of a database."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install wenshu[engines]")
    if find_binaries() is None:
        pytest.skip(MISSING)
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> Callable[[], str]:
    """What makes an empty database and returns its address."""
    numbers = count()
    return lambda: make_database(postgres_server, f"wenshu_{next(numbers)}")


@pytest.fixture(scope="session")
def new_vectors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """What makes an empty database of Milvus and returns its address."""
    reason = "pymilvus or milvus-lite is not installed: pip install wenshu[engines]"
    pymilvus = pytest.importorskip("pymilvus", reason=reason)
    pytest.importorskip("milvus_lite", reason=reason)
    numbers = count()
    with milvus(tmp_path_factory.mktemp("milvus"), free_port()) as address:
        client = pymilvus.MilvusClient(address.format(""))

        def make() -> str:
            name = f"wenshu_{next(numbers)}"
            client.create_database(name)
            return address.format(name)

        yield make
        client.close()


@pytest.fixture(params=["postgres", "milvus"])
def engine(request: pytest.FixtureRequest) -> Callable[[], dict[str, str]]:
    """What makes the settings of a library that is kept nowhere yet, for each engine."""
    new_store: Callable[[], str] = request.getfixturevalue("new_database")
    if request.param == "postgres":
        return lambda: {"WENSHU_STORE": new_store()}
    new_vectors: Callable[[], str] = request.getfixturevalue("new_vectors")
    return lambda: {"WENSHU_STORE": new_store(), "WENSHU_VECTORS": new_vectors()}
