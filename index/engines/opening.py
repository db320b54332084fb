"""Which engines a library is kept in, by their addresses; what speaks to each is loaded by name."""

from importlib import import_module
from pathlib import Path

from pydantic import SecretStr

from corpus.model.errors import BadSettings
from corpus.model.types import Noun
from index import database as sqlite
from index.engines.protocols import Database
from index.store import TABLES, Store

LIBRARY = "library.sqlite"
POSTGRES = ("postgresql://", "postgres://")
EXTRA = "要用 PostgreSQL 或 Milvus，请先安装：pip install 'wenshu[engines]'。"
NO_STORE = "WENSHU_STORE 要写成 postgresql://用户:口令@主机/数据库。"


class Engines(Noun):
    """The addresses of a library's engines, which may hold a password; "" is the own folder."""

    store: SecretStr = SecretStr("")


EMBEDDED = Engines()


def open_store(folder: Path, engines: Engines = EMBEDDED) -> Store:
    """Open the tables of the library in `folder`, or where the addresses say.

    Raises `BadSettings` for an address that leads nowhere, `BadIndex` for an engine that is away.
    """
    return Store(open_database(folder, engines.store.get_secret_value()))


def is_there(folder: Path, engines: Engines) -> bool:
    """Tell whether a library was made; of one in an engine, only opening it can tell."""
    return bool(engines.store.get_secret_value()) or (folder / LIBRARY).is_file()


def open_database(folder: Path, address: str) -> Database:
    """Open the database at an address, that of the folder where there is none."""
    if not address:
        return sqlite.Database(folder / LIBRARY, tables=TABLES)
    if not address.startswith(POSTGRES):
        raise BadSettings(NO_STORE)
    try:
        engine = import_module("index.engines.postgres")
    except ModuleNotFoundError as error:
        raise BadSettings(EXTRA) from error
    made: Database = engine.PostgresDatabase(address, tables=TABLES)
    return made
