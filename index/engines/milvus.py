"""Milvus, and nothing else: the only module that imports pymilvus.

A text that many reports share is one vector, so that who and when cannot be columns beside it: they
are slots of the rows in the library's database, which say among which keys is searched. A vector
that no row refers to is never found. So what comes is written here before the database commits, and
what goes is deleted here after it has: with the next addition, under the lock of all writers.
"""

import json
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from pymilvus import DataType, MilvusClient, MilvusException

from corpus.model.errors import BadIndex
from index.engines.protocols import Connection, Database

COLLECTION = "wenshu_vectors"
TALKATIVE = ("pymilvus", "grpc")
LONGEST_KEY = 64
MOST = 8192  # keys of one call: a search gives back 16,384 at most
SECONDS = 60.0
PLACES = 6  # of a cosine: what is behind them is the order in which a machine sums

FAILED = "Milvus（{host}）连不上或出错（{code}）：请检查它开着没有，和 WENSHU_VECTORS 里的地址。"
MISSING = "Milvus 里缺少向量：请移除并重新添加报告。"
LOOSE = """
SELECT key FROM doubted
WHERE NOT EXISTS (SELECT 1 FROM passages WHERE passages.key = doubted.key)
AND NOT EXISTS (SELECT 1 FROM wordings WHERE wordings.key = doubted.key)
"""


class MilvusVectors:
    """The vectors of a library in one collection, by their keys.

    `address` is that of a server, http://[user:password@]host:port[/database], or the path of a
    file of Milvus Lite, which one process uses at a time.
    """

    def __init__(self, address: str, database: Database) -> None:
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong is said once
        self._database = database
        self._host = urlsplit(address).hostname or address
        self._lock = Lock()
        self._is_there = False
        with self._guarded():
            self._client = MilvusClient(address, timeout=SECONDS)

    def read(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the vectors that are known, as bytes of float32, by their keys."""
        known: dict[str, bytes] = {}
        if not self._has_collection():
            return known
        for some in _parts(keys):
            with self._guarded():
                rows = self._client.get(COLLECTION, ids=[*some], output_fields=["vector"])
            known |= {row["key"]: np.array(row["vector"], "<f4").tobytes() for row in rows}
        return known

    def keep(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors at once, noted as of no use until a report that uses them is there."""
        if not vectors:
            return
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO doubted VALUES (?) ON CONFLICT DO NOTHING", [(key,) for key in vectors]
            )
        self._write(vectors)

    def stage(self, vectors: Mapping[str, bytes]) -> None:
        """Have what the transaction to come will refer to."""
        missing = vectors.keys() - self._known(vectors)
        self.keep({key: vectors[key] for key in sorted(missing)})

    def put(self, connection: Connection, vectors: Mapping[str, bytes]) -> None:
        """Forget what was of no use when this transaction began, but for what it will refer to.

        Somebody else may have forgotten what was staged.
        """
        loose = {row["key"] for row in connection.execute(LOOSE)} - vectors.keys()
        self._delete(sorted(loose))
        connection.execute("DELETE FROM doubted")
        missing = vectors.keys() - self._known(vectors)
        self._write({key: vectors[key] for key in sorted(missing)})

    def settle(self, connection: Connection) -> int:
        """Return how long the vectors are, 0 where no passage has one."""
        if connection.execute("SELECT 1 FROM passages LIMIT 1").fetchone() is None:
            return 0
        with self._guarded():
            fields = self._client.describe_collection(COLLECTION)["fields"]
        return next(int(one["params"]["dim"]) for one in fields if one["name"] == "vector")

    def cosines(self, question: NDArray[np.float32], keys: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of a unit vector with that of each key, in their order."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, float] = {}
        for some in _parts(wanted) if self._has_collection() else ():
            with self._guarded():
                (hits,) = self._client.search(
                    COLLECTION,
                    data=[question.tolist()],
                    filter=_among(some),
                    limit=len(some),
                    output_fields=["key"],
                    search_params={"metric_type": "IP"},
                    timeout=SECONDS,
                )
            found |= {hit["key"]: hit["distance"] for hit in hits}
        if len(found) < len(wanted):
            raise BadIndex(MISSING)
        return np.array([found[key] for key in keys], np.float32).round(PLACES)

    def index(self) -> "MilvusVectors":
        """Return what compares a question with the vectors: the server itself."""
        return self

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _known(self, keys: Collection[str]) -> set[str]:
        """Return which of some keys are there."""
        known: set[str] = set()
        for some in _parts(sorted(keys)) if self._has_collection() else ():
            with self._guarded():
                rows = self._client.query(COLLECTION, ids=[*some], output_fields=["key"])
            known |= {row["key"] for row in rows}
        return known

    def _write(self, vectors: Mapping[str, bytes]) -> None:
        for some in _parts(list(vectors)):
            rows = [{"key": key, "vector": np.frombuffer(vectors[key], "<f4")} for key in some]
            if not self._has_collection():
                self._make(len(rows[0]["vector"]))
            with self._guarded():
                self._client.upsert(COLLECTION, rows, timeout=SECONDS)

    def _delete(self, keys: Sequence[str]) -> None:
        for some in _parts(keys) if self._has_collection() else ():
            with self._guarded():
                self._client.delete(COLLECTION, ids=[*some], timeout=SECONDS)

    def _has_collection(self) -> bool:
        """Tell whether there is a collection; one that is there is ready to be searched."""
        with self._lock, self._guarded():
            if not self._is_there and self._client.has_collection(COLLECTION):
                self._client.load_collection(COLLECTION, timeout=SECONDS)
                self._is_there = True
            return self._is_there

    def _make(self, dimension: int) -> None:
        """Make the collection; every search sees what was written before it."""
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=LONGEST_KEY)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        indexes = self._client.prepare_index_params()
        # Searched is among the few thousand keys of the reports asked of: exactly, as they are.
        indexes.add_index("vector", index_type="FLAT", metric_type="IP")
        with self._guarded():
            self._client.create_collection(
                COLLECTION, schema=schema, index_params=indexes, consistency_level="Strong"
            )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except MilvusException as error:
            raise BadIndex(FAILED.format(host=self._host, code=error.code)) from error


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + MOST] for start in range(0, len(keys), MOST))


def _among(keys: Sequence[str]) -> str:
    return f"key in {json.dumps([*keys])}"
