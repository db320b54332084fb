"""The queue of uploads: each is indexed once, by whichever of many processes takes it first.

Who takes one holds its row locked until its report is in the library. A process that dies lets go
of it, and the next one takes it. The files lie beside the originals, in the folder that all share.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from corpus.model.errors import BadReport, WenshuError
from corpus.model.types import Noun
from index.engines.protocols import Connection, Damaged, Database
from index.originals import Originals, path_to_digest

if TYPE_CHECKING:
    from index.library import Added

TABLE = """
CREATE TABLE IF NOT EXISTS uploads (
    number INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS uploads_waiting ON uploads (digest) WHERE outcome IS NULL;
"""
TAKE = """
SELECT number, digest FROM uploads WHERE outcome IS NULL ORDER BY number
LIMIT 1 FOR UPDATE SKIP LOCKED
"""
OLD = "SELECT number, digest, outcome FROM uploads WHERE outcome IS NOT NULL AND at < ?"
WAITING = "SELECT digest FROM uploads WHERE outcome IS NULL"
INCOMING, ASIDE = "incoming", "aside"
KEPT = timedelta(days=1)  # what an upload came to, its file, and that of the report it replaced
UNREADABLE = "打不开文件“{name}”。"
BROKEN = "收录“{name}”时出了内部错误（{kind}），没有收录。"


class Outcome(Noun):
    """What an upload came to: its report, or what is wrong with it."""

    report: str = ""
    already: bool = False
    replaced: str | None = None
    said: str = ""


class Shared(Database, Protocol):
    """A database that several processes work on at once."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """Hold a transaction beside those of others."""


class Queue:
    """The uploads of one library that wait, and what the earlier ones came to."""

    def __init__(self, database: Shared, folder: Path) -> None:
        self._database = database
        self._files = Originals(folder / INCOMING)
        self.aside = Originals(folder / ASIDE)

    def put(self, path: Path) -> int:
        """Let a file wait to be indexed; return its number, that of the same file waiting."""
        digest = path_to_digest(path)
        if not digest:
            raise BadReport(UNREADABLE.format(name=path.name))
        now = datetime.now(UTC)
        with self._database.transaction() as connection:
            self._forget(connection, (now - KEPT).isoformat(timespec="seconds"))
            # Whoever is sent the same file at once waits here, and finds it kept.
            connection.execute(
                "INSERT INTO uploads (digest, at) VALUES (?, ?)"
                " ON CONFLICT (digest) WHERE outcome IS NULL DO NOTHING",
                (digest, now.isoformat(timespec="seconds")),
            )
            self._files.keep(path, digest)
            (row,) = connection.execute(
                "SELECT max(number) AS number FROM uploads WHERE digest = ?", (digest,)
            ).fetchall()
        return int(row["number"])

    def outcome(self, number: int) -> Outcome | None:
        """Return what an upload came to, or none while it waits."""
        rows = self._database.read("SELECT outcome FROM uploads WHERE number = ?", (number,))
        if not rows or rows[0]["outcome"] is None:
            return None
        with self._database.guarded():
            try:
                return Outcome.model_validate_json(rows[0]["outcome"])
            except ValidationError as error:
                raise Damaged from error

    def work(self, add: "Callable[[Path], Added]") -> Outcome | None:
        """Take the next upload and index it by `add`; return its outcome, none where none waits."""
        with self._database.transaction() as connection:
            row = connection.execute(TAKE).fetchone()
            if row is None:
                return None
            outcome = self._index(row["digest"], add)
            connection.execute(
                "UPDATE uploads SET outcome = ? WHERE number = ?",
                (outcome.model_dump_json(), row["number"]),
            )
        return outcome

    def _forget(self, connection: Connection, before: str) -> None:
        """Forget the uploads that were done before a time, and their files."""
        waiting = {row["digest"] for row in connection.execute(WAITING)}
        for row in connection.execute(OLD, (before,)).fetchall():
            connection.execute("DELETE FROM uploads WHERE number = ?", (row["number"],))
            if row["digest"] not in waiting:
                self._files.forget(row["digest"])
            if replaced := Outcome.model_validate_json(row["outcome"]).replaced:
                self.aside.forget(replaced)

    def _index(self, digest: str, add: "Callable[[Path], Added]") -> Outcome:
        name = digest
        try:
            path = self._files.path(digest)
            name = path.name
            added = add(path)
        except WenshuError as error:
            return Outcome(said=str(error))
        except Exception as error:  # noqa: BLE001 - who sent it is told; the next is to be indexed
            return Outcome(said=BROKEN.format(name=name, kind=type(error).__name__))
        return Outcome(report=added.report.id, already=added.already, replaced=added.replaced)
