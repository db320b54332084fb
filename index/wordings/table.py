"""The wordings of a library and how near each is to a question, behind one class.

A wording that many reports share is stored and encoded once; which facts and sentences it stands
for is told by rows. Who and when are the caller's to filter: a row names its report.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from corpus.model.errors import BadIndex
from corpus.model.types import Fact, Noun, Report
from index.checks.rows import crc_of, read_checked
from index.database import Connection
from index.encoder.encoder import Encoder
from index.hits import Progress
from index.passages import to_index
from index.store import VECTOR_MISSING, Store, passage_key
from index.wordings.wording import (
    Told,
    fact_to_wording,
    offset_in_quote,
    report_to_told,
    told_to_wording,
)

BATCH = 32  # wordings are short


class Wording(Noun):
    """A wording of a report: the fact that it is of, or the place of its sentence."""

    text: str
    report: str
    fact: str | None = None
    start: int = 0
    end: int = 0


class Scored(Noun):
    """Something that may answer, and the cosine of its wording with the question."""

    report: str
    fact: str | None
    start: int
    end: int
    score: float


def report_to_wordings(report: Report, facts: Sequence[Fact]) -> tuple[Wording, ...]:
    """Return the wordings of the facts and the sentences of a report."""
    of_facts = (
        Wording(
            text=fact_to_wording(fact, offset_in_quote(report, fact)),
            report=report.id,
            fact=fact.id,
        )
        for fact in facts
    )
    of_told = (_told(report, told) for told in report_to_told(report))
    return (*of_facts, *of_told)


def _told(report: Report, told: Told) -> Wording:
    return Wording(
        text=told_to_wording(told, report.organisation),
        report=report.id,
        start=told.span.start,
        end=told.span.end,
    )


def put_wordings(connection: Connection, wordings: Iterable[Wording], *, encoder: str) -> None:
    """Write the wordings of a report within the caller's transaction."""
    connection.executemany(
        "INSERT INTO wordings (key, report, fact, first, last, crc) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                passage_key(encoder, one.text),
                one.report,
                one.fact,
                one.start,
                one.end,
                crc_of(one.fact, one.start, one.end),
            )
            for one in wordings
        ),
    )


class WordingTable:
    """Scores the wordings of some reports for a question."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._view: tuple[int, _View] | None = None

    def prepare(self, wordings: Iterable[Wording], *, progress: Progress) -> dict[str, bytes]:
        """Encode the wordings that are new; return the vectors of all by their keys."""
        texts = {passage_key(self._encoder.name, one.text): one.text for one in wordings}
        known = self._store.vectors(list(texts))
        new = sorted(texts.keys() - known.keys(), key=lambda key: (len(texts[key]), key))
        for start in range(0, len(new), BATCH):
            keys = new[start : start + BATCH]
            rows = self._encoder.encode_passages([texts[key] for key in keys])
            known |= {key: row.astype("<f4").tobytes() for key, row in zip(keys, rows, strict=True)}
            progress("编码", start + len(keys), len(new))
        return known

    def scores(
        self, question: NDArray[np.float32], reports: Collection[str], *, least: float
    ) -> tuple[Scored, ...]:
        """Return what may answer in these reports, best first, down to a cosine of `least`."""
        view = self._current()
        rows = [row for report in reports for row in view.rows.get(report, ())]
        if not rows:
            return ()
        cosines = view.cosines(question)
        scored = (
            Scored(
                report=row.report,
                fact=row.fact,
                start=row.start,
                end=row.end,
                score=float(cosines[row.place]),
            )
            for row in rows
            if cosines[row.place] >= least
        )
        return tuple(sorted(scored, key=lambda one: -one.score))

    def _current(self) -> "_View":
        manifest = self._store.manifest()
        revision = manifest.revision if manifest else 0
        if self._view is None or self._view[0] != revision:
            self._view = (revision, _View(self._store))
        return self._view[1]


class _Row(Noun):
    place: int
    report: str
    fact: str | None
    start: int
    end: int


class _View:
    """The wordings as of one revision, by report."""

    def __init__(self, store: Store) -> None:
        read = read_checked(store.database, "wordings", ("key", "report"), "ORDER BY report, seq")
        keys = {key: place for place, key in enumerate(dict.fromkeys(r["key"] for r in read))}
        known = store.vectors(list(keys))
        if len(known) < len(keys):
            raise BadIndex(VECTOR_MISSING)
        self._index = to_index([known[key] for key in keys]) if keys else None
        self._all = np.arange(len(keys), dtype=np.int64)
        self.rows = {
            report: tuple(
                _Row(
                    place=keys[row["key"]],
                    report=report,
                    fact=row["fact"],
                    start=row["first"],
                    end=row["last"],
                )
                for row in rows
            )
            for report, rows in groupby(read, key=lambda row: row["report"])
        }

    def cosines(self, question: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a question with every wording, in the order of their places."""
        if self._index is None:
            return np.empty(0, np.float32)
        return self._index.cosines(question, self._all)
