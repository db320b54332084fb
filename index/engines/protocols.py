"""What a library asks of a database and of what keeps vectors, whichever they are.

Statements are SQL that SQLite and PostgreSQL read alike, with `?` for a value, or `?1` for one that
stands in several places. What the two do not share is said by the module that owns each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = str | int | float | bytes | None


class Damaged(Exception):
    """What a database holds is not what was written."""


class Row(Protocol):
    """A row, its values by the names of the columns and by their places."""

    def __getitem__(self, column: int | str, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...

    def keys(self) -> Iterable[str]:
        """Return the names of the columns in their order."""


class Cursor(Protocol):
    """What a statement came to."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchone(self) -> Any:
        """Return the next row, or none."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """The one write transaction of a library."""

    def execute(self, statement: str, values: Sequence[Value] = (), /) -> Cursor:
        """Run a statement."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Value]], /) -> object:
        """Run a statement for each of some rows of values."""


class Database(Protocol):
    """A database for many threads and processes, whose every error is a `BadIndex`."""

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""

    @property
    def writable(self) -> bool:
        """Whether anything can be changed."""

    def has(self, table: str) -> bool:
        """Tell whether there is such a table: one that cannot be written may be of earlier days."""

    def has_checksums(self) -> bool:
        """Tell whether the rows have checksums."""

    def check(self) -> None:
        """Raise `BadIndex` where a table, or an index over it, is not whole."""

    def read(self, statement: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return the rows of a SELECT, as of the last commit."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Hold the one write transaction; commit at the end, roll back on any exception."""

    def guarded(self) -> AbstractContextManager[None]:
        """Turn what goes wrong with what was read into one sentence that says what to do."""

    def close(self) -> None:
        """Let go of it; it is not used after that."""


class Nearness(Protocol):
    """What compares a question with vectors."""

    def cosines(
        self, question: "NDArray[np.float32]", keys: Sequence[str]
    ) -> "NDArray[np.float32]":
        """Return the cosine of a unit vector with that of each key, in their order."""


class Vectors(Protocol):
    """The vectors of a library by their keys, as bytes of float32.

    What a key stands for never changes. A key is of use while a passage or a wording refers to it.
    """

    def read(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the vectors that are known by their keys."""

    def keep(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors at once, so that an addition that is cut short need not encode again."""

    def stage(self, vectors: Mapping[str, bytes]) -> None:
        """Make ready what the transaction to come will refer to."""

    def put(self, connection: Connection, vectors: Mapping[str, bytes]) -> None:
        """Have what this transaction refers to."""

    def settle(self, connection: Connection) -> int:
        """Forget what this transaction leaves of no use; return how long vectors are, or 0."""

    def index(self) -> Nearness:
        """Return what compares a question with the vectors."""

    def close(self) -> None:
        """Let go of them."""
