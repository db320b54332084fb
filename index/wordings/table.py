"""The wordings of a library and how near each is to a question, behind one class.

A wording that many reports share is stored and encoded once; which facts and sentences it stands
for is told by rows. Who and when are the caller's to filter: a row names its report.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.model.types import Fact, Noun, Report
from index.checks.rows import crc_of
from index.encoder.encoder import Encoder
from index.engines.protocols import Connection, Row
from index.hits import Progress
from index.store import Store, passage_key
from index.wordings.wording import (
    Told,
    fact_to_wording,
    offset_in_quote,
    report_to_told,
    report_to_told_in_tables,
    told_to_wording,
)

BATCH = 32  # wordings are short
MOST_KEPT = 1000  # reports whose wordings stay in memory, where no more are asked of at once


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
    said = chain(report_to_told(report), report_to_told_in_tables(report))
    of_told = (_told(report, told) for told in said)
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
        self._vectors = store.vectors.index()
        self._kept: dict[int, list[Row]] = {}

    def prepare(self, wordings: Iterable[Wording], *, progress: Progress) -> dict[str, bytes]:
        """Encode the wordings that are new; return the vectors of all by their keys."""
        texts = {passage_key(self._encoder.name, one.text): one.text for one in wordings}
        known = self._store.vectors.read(list(texts))
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
        rows = self._rows(reports)
        keys = list(dict.fromkeys(row["key"] for row in rows))
        cosines = dict(zip(keys, self._vectors.cosines(question, keys).tolist(), strict=True))
        scored = (
            Scored(
                report=row["report"],
                fact=row["fact"],
                start=row["first"],
                end=row["last"],
                score=cosines[row["key"]],
            )
            for row in rows
            if cosines[row["key"]] >= least
        )
        return tuple(sorted(scored, key=lambda one: -one.score))

    def _rows(self, reports: Collection[str]) -> list[Row]:
        """Return the wordings of these reports, report by report."""
        firsts = self._store.firsts("wordings", reports) if reports else {}
        kept = self._kept
        missing = {report: first for report, first in firsts.items() if first not in kept}
        if len(kept) + len(missing) > MOST_KEPT:
            kept = {first: kept[first] for first in firsts.values() if first in kept}
        read = self._store.rows_by_report("wordings", ("key", "report"), [*missing])
        kept = kept | {missing[report]: rows for report, rows in read}
        self._kept = kept
        own = (kept.get(firsts[report], []) for report in reports if report in firsts)
        return list(chain.from_iterable(own))
