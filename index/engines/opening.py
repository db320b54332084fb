"""Which engines a library is kept in, by their addresses; what speaks to each is loaded by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import cast

from pydantic import SecretStr

from corpus.model.errors import BadSettings
from corpus.model.types import Noun
from index import database as sqlite
from index.engines import queue
from index.engines.protocols import Database, Vectors
from index.store import TABLES, Store

LIBRARY = "library.sqlite"
POSTGRES = ("postgresql://", "postgres://")
EXTRA = "要用 PostgreSQL 或 Milvus，请先安装：pip install 'wenshu[engines]'。"
MILVUS, LOCAL = ("http://", "https://"), ".db"  # a server, or a file of Milvus Lite
NO_STORE = "WENSHU_STORE 要写成 postgresql://用户:口令@主机/数据库。"
NO_VECTORS = "WENSHU_VECTORS 要写成 http://主机:19530，或以 .db 结尾的文件名。"


class Engines(Noun):
    """The addresses of a library's engines, which may hold a password; "" is the own folder."""

    store: SecretStr = SecretStr("")
    vectors: SecretStr = SecretStr("")


EMBEDDED = Engines()


def open_store(folder: Path, engines: Engines = EMBEDDED) -> Store:
    """Open the tables of the library in `folder`, or where the addresses say.

    Raises `BadSettings` for an address that leads nowhere, `BadIndex` for an engine that is away.
    """
    database = open_database(folder, engines.store.get_secret_value())
    address = engines.vectors.get_secret_value()
    if not address:
        return Store(database)
    if not address.startswith(MILVUS) and not address.endswith(LOCAL):
        raise BadSettings(NO_VECTORS)
    return Store(database, partial(open_vectors, address))


def is_there(folder: Path, engines: Engines) -> bool:
    """Tell whether a library was made; of one in an engine, only opening it can tell."""
    return bool(engines.store.get_secret_value()) or (folder / LIBRARY).is_file()


def open_database(folder: Path, address: str) -> Database:
    """Open the database at an address, that of the folder where there is none."""
    if not address:
        return sqlite.Database(folder / LIBRARY, tables=TABLES)
    if not address.startswith(POSTGRES):
        raise BadSettings(NO_STORE)
    with extra_installed():
        engine = import_module("index.engines.postgres")
    made: Database = engine.PostgresDatabase(address, tables=TABLES + queue.TABLE)
    return made


def open_queue(folder: Path, engines: Engines, database: Database) -> queue.Queue | None:
    """Return the queue of uploads, none for a library that is its folder's alone."""
    shared = engines.store.get_secret_value()
    return queue.Queue(cast("queue.Shared", database), folder) if shared else None


def open_vectors(address: str, database: Database) -> Vectors:
    """Open the vectors at an address, of the library whose tables are in this database."""
    with extra_installed():
        engine = import_module("index.engines.milvus")
    made: Vectors = engine.MilvusVectors(address, database)
    return made


@contextmanager
def extra_installed() -> Iterator[None]:
    """Raise `BadSettings` where the libraries that speak to engines are not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise BadSettings(EXTRA) from error
