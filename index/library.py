"""The library: the reports that are loaded, with their facts and passages, in one folder.

`library.sqlite`, or the engine that is set in its place, holds everything that is known and its
commit is the moment of every change; `files/` has the originals. Killed at any moment, the library
is as it was before, or as it is after. Any number of threads and processes may ask while one of
them writes.
"""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from corpus.model.errors import BadIndex, BadReport, WenshuError
from corpus.model.types import Correction, Fact, Noun, Passage, Report
from index import store as tables
from index.checks.leftovers import clear_away
from index.checks.opening import check_at_opening
from index.checks.rows import add_checksums
from index.corrections import Corrections, Standing, settle
from index.database import ORIGINALS
from index.encoder.encoder import DEFAULT, Encoder
from index.engines.opening import EMBEDDED, Engines, open_queue, open_store
from index.engines.protocols import Connection
from index.engines.queue import Outcome
from index.facts import FactTable, SqlFacts, put_facts
from index.hits import Hit, PassageTable, Progress, silent
from index.originals import Originals, path_to_digest
from index.rules import Read, pipeline_version, read_file
from index.store import GONE, LAYOUT, READABLE, Manifest, Reading, Reports

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.pipeline import Parts
    from index.encoder.encoder import SentenceEncoder
    from index.wordings.table import Scored, WordingTable

Refuse = Callable[[Path, BadReport], None]
LOOK, PATIENCE = 0.2, 3.0  # seconds between two looks at the queue, and before taking from it
NO_QUEUE = "没有设 WENSHU_STORE，没有队列：请直接添加。"


class Added(Noun):
    """What adding one file came to: its report, and how many passages and facts it has.

    `already` says that the very bytes were there; `replaced` is the id of the file whose place
    this one took, being another file of the same report.
    """

    report: Report
    passages: int
    facts: int
    already: bool = False
    replaced: str | None = None


class _Incoming(NamedTuple):
    path: Path
    parts: "Parts"


class Library:
    """Reports by id, facts by slots, passages by words. Open one with `Library.open`."""

    def __init__(
        self, folder: Path, *, encoder: Encoder, read: Read, engines: Engines = EMBEDDED
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._encoder = encoder
        self._read = read
        self._store = open_store(folder, engines)
        self._originals = Originals(folder / ORIGINALS)
        self._known: tuple[int, Reports] = (-1, Reports())
        self._corrections = Corrections(self._store.database)
        self._queue = open_queue(folder, engines, self._store.database)
        self.facts: FactTable = SqlFacts(self._store.database)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        encoder: Callable[[], Encoder],
        read: Read = read_file,
        progress: Progress | None = None,
        engines: Engines = EMBEDDED,
    ) -> Self:
        """Open the library in `folder`, made where it is missing.

        `encoder` is called once and is to be cheap: its model is loaded when it first encodes.
        Reports that earlier rules read are read again from their kept files. `engines` says where
        all but the originals is kept, if not in the folder. Raises `BadIndex` where the library was
        made with another encoder, its layout is not known or it is damaged.
        """
        library = cls(folder, encoder=encoder(), read=read, engines=engines)
        try:
            library._check()
            clear_away(library._store, folder, library._originals)
            library._catch_up(progress or silent)
        except WenshuError:
            library.close()
            raise
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the library is not used after that."""
        self._store.close()

    # ------------------------------------------------------------ asking

    def reports(self) -> Reports:
        """Return every report, by organisation, year, kind and name."""
        revision = self._revision()
        if self._known[0] != revision:
            self._known = (revision, self._store.reports())
        return self._known[1]

    def report(self, report_id: str) -> Report:
        """Return one report; raise `BadIndex` where it is not loaded."""
        return self.reports().get(report_id)

    def is_spoken_of(self, name: str) -> bool:
        """Tell whether a report speaks of something by this name, wherever in its text."""
        return self._store.is_spoken_of(name)

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        """Return the passages of a report in reading order."""
        return self._store.passages(report_id)

    def counts(self, report_id: str) -> tuple[int, int]:
        """Return how many passages and how many facts a report has."""
        return self._store.counts(report_id)

    def reading(self, report_id: str) -> Reading:
        """Return how a report was read; raise `BadIndex` where it is not loaded."""
        return self._store.reading(report_id)

    def printed(self, report_id: str) -> tuple[Fact, ...]:
        """Return the facts of a report as they are printed, without corrections."""
        return tuple(fact.as_printed() for fact in self.facts.find(reports=(report_id,)))

    def corrections(self) -> tuple[Standing, ...]:
        """Return every correction that is kept, and what it holds for, in the order made."""
        return self._corrections.standings(self.reports())

    def search(self, words: str, *, k: int = 10, reports: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return the `k` best passages for `words`, of these reports, or of all."""
        return self._passages.search(words, k=k, reports=reports)

    def read_questions(self, texts: "Sequence[str]") -> "NDArray[np.float32]":
        """Return a vector for each text, as the learned reader sees it: (texts, dimension)."""
        return self._encoder.encode_questions(texts)

    @property
    def is_read(self) -> bool:
        """Whether the encoder is the default one, which learned to read questions."""
        return self._encoder.name == DEFAULT

    def operations(self, question: "NDArray[np.float32]") -> dict[str, float]:
        """Return the probability of each operation for the vector of a question."""
        told: dict[str, float] = import_module("index.encoder.adapter").operations_of(question)
        return told

    def joint_scores(self, pairs: "Sequence[Sequence[str]]") -> "NDArray[np.float32]":
        """Return how well candidates answer, by the default encoder: see `SentenceEncoder`."""
        return cast("SentenceEncoder", self._encoder).joint_scores(pairs)

    def wordings(
        self, question: "NDArray[np.float32]", reports: Collection[str], *, least: float = -1.0
    ) -> "tuple[Scored, ...]":
        """Return what may answer a question in these reports, best first."""
        return self._wordings.scores(question, reports, least=least)

    def original(self, report_id: str) -> bytes:
        """Return the bytes of a report's file."""
        return self._originals.path(report_id).read_bytes()

    # ------------------------------------------------------------ changing

    def add(
        self,
        paths: Iterable[Path],
        *,
        progress: Progress | None = None,
        refuse: Refuse | None = None,
        aside: Originals | None = None,
    ) -> tuple[Added, ...]:
        """Add files in one step, in order; return what each came to.

        A file that cannot be read is handed to `refuse` and the others go on; without it the
        `BadReport` is raised and nothing is changed. The files of reports that are replaced are
        kept `aside`, where that is given, to be added again.
        """
        show = progress or silent
        outcome: dict[str, Added] = {}
        incoming: dict[str, _Incoming] = {}
        files = tuple(paths)
        for done, path in enumerate(files, start=1):
            digest = path_to_digest(path)
            if self._store.pipeline(digest) == pipeline_version():
                outcome[digest] = self._already(digest)
            elif digest not in incoming:
                for parts in self._parts(path, refuse):
                    incoming[parts.report.id] = _Incoming(path, parts)
                    outcome[parts.report.id] = _fresh(parts)
            show("读取", done, len(files))
        if incoming:
            replaced = self._put(tuple(incoming.values()), aside, progress=show)
            for one, twin in replaced.items():
                outcome[one] = outcome[one].model_copy(update={"replaced": twin})
        return tuple(outcome.values())

    def take_in(
        self, path: Path, *, progress: Progress | None = None, aside: Originals | None = None
    ) -> Added:
        """Add a file that was sent, by way of the queue where several processes share one.

        Whoever is free indexes it, this process where nobody takes it. Raises `BadReport` for one
        that cannot be indexed.
        """
        if self._queue is None:
            return self.add([path], progress=progress, aside=aside)[0]
        number, began = self._queue.put(path), time.monotonic()
        while (outcome := self._queue.outcome(number)) is None:
            if time.monotonic() - began < PATIENCE or self.work_queue(progress=progress) is None:
                time.sleep(LOOK)
        if outcome.said:
            raise BadReport(outcome.said)
        if outcome.replaced and aside is not None:
            with suppress(BadIndex):
                aside.keep(self._queue.aside.path(outcome.replaced), outcome.replaced)
        passages, facts = self.counts(outcome.report)
        return Added(
            report=self.report(outcome.report),
            passages=passages,
            facts=facts,
            already=outcome.already,
            replaced=outcome.replaced,
        )

    def queue_up(self, path: Path) -> None:
        """Let a file wait for who indexes; raise `BadIndex` where there is no queue."""
        if self._queue is None:
            raise BadIndex(NO_QUEUE)
        self._queue.put(path)

    def work_queue(self, *, progress: Progress | None = None) -> Outcome | None:
        """Index the next file of the queue; return what it came to, or none where none waits."""
        queue = self._queue
        if queue is None:
            raise BadIndex(NO_QUEUE)
        return queue.work(lambda path: self.add([path], progress=progress, aside=queue.aside)[0])

    def remove(self, report_id: str) -> None:
        """Take a report away; raise `BadIndex` where it is not loaded."""
        with self._store.writing() as connection:
            if not tables.drop_report(connection, report_id):
                raise BadIndex(GONE)
            self._originals.mark(report_id)
            self._finish(connection)
        self._originals.forget(report_id)

    def correct(self, fact: Fact, correction: Correction) -> None:
        """Put a correction in force for a printed figure, in place of an earlier one."""
        self._corrections.make(self.report(fact.report), fact.as_printed(), correction)

    def undo_correction(self, number: int) -> None:
        """Forget a correction; the figure is again as printed."""
        self._corrections.undo(number)

    # ------------------------------------------------------------ inside

    @cached_property
    def _passages(self) -> PassageTable:
        # Loaded by name: a question that a fact answers needs neither faiss nor numpy.
        made: PassageTable = import_module("index.search").HybridPassages(
            self._store, self._encoder
        )
        return made

    @cached_property
    def _wordings(self) -> "WordingTable":
        made: WordingTable = import_module("index.wordings.table").WordingTable(
            self._store, self._encoder
        )
        return made

    def _revision(self) -> int:
        manifest = self._store.manifest()
        return manifest.revision if manifest else 0

    def _check(self) -> None:
        manifest = self._store.manifest()
        if manifest and manifest.dimension:
            self._check_made_with(manifest)
        database = self._store.database
        check_at_opening(database)
        is_current = manifest is None or manifest.layout == LAYOUT
        if database.writable and not (is_current and database.has_checksums()):
            self._raise_layout()

    def _raise_layout(self) -> None:
        """Make a library of an earlier layout one of this; what was kept holds for its reports."""
        with self._store.writing() as connection:
            add_checksums(connection)
            for report in self._store.reports():
                settle(connection, report)
            tables.count_change(connection)

    def _check_made_with(self, manifest: Manifest) -> None:
        in_folder = self._store.database.path is not None
        anew = f"把文件夹 {self._folder} 移走" if in_folder else "换一个空的数据库"
        if manifest.layout not in READABLE:
            raise BadIndex(f"索引是另一个版本的问数建的：请{anew}，再重新添加报告。")
        if manifest.encoder != self._encoder.name:
            raise BadIndex(
                f"索引是用模型“{manifest.encoder}”建的，现在设定的是“{self._encoder.name}”："
                f"请改回 WENSHU_MODEL，或{anew}后重新添加报告。"
            )

    def _catch_up(self, progress: Progress) -> None:
        """Read again, from their kept files, the reports that earlier rules read.

        Where nothing can be written, or the file is not what it was, what they read still answers.
        """
        if not self._store.database.writable:
            return
        pipelines = self._store.pipelines()
        stale = [report for report, version in pipelines.items() if version != pipeline_version()]
        whole = []
        for report in stale:
            with suppress(BadIndex):
                whole.append(self._originals.path(report))
        if whole:
            self.add(whole, progress=progress)

    def _parts(self, path: Path, refuse: Refuse | None) -> tuple["Parts", ...]:
        """Return the parts of a file, or nothing where it was refused."""
        try:
            return (self._read(path),)
        except BadReport as error:
            if refuse is None:
                raise
            refuse(path, error)
            return ()

    def _already(self, report_id: str) -> Added:
        passages, facts = self._store.counts(report_id)
        report = self.report(report_id)
        return Added(report=report, passages=passages, facts=facts, already=True)

    def _put(
        self, incoming: Sequence[_Incoming], aside: Originals | None, *, progress: Progress
    ) -> dict[str, str]:
        """Write reports in one transaction; return whose place each took, by its id."""
        passages = [one for path, parts in incoming for one in parts.passages]
        vectors = self._passages.prepare(passages, progress=progress)
        told = import_module("index.wordings.table")
        wordings = {
            parts.report.id: told.report_to_wordings(parts.report, parts.facts)
            for _, parts in incoming
        }
        vectors |= self._wordings.prepare(
            [one for own in wordings.values() for one in own], progress=progress
        )
        self._store.vectors.stage(vectors)
        replaced: dict[str, str] = {}
        with self._store.writing() as connection:
            self._store.vectors.put(connection, vectors)
            for path, parts in incoming:
                self._originals.mark(parts.report.id)
                self._originals.keep(path, parts.report.id)
                for twin in tables.twins(connection, parts.report):
                    self._set_aside(twin, aside)
                    self._originals.mark(twin)
                    tables.drop_report(connection, twin)
                    replaced[parts.report.id] = twin
                self._put_parts(connection, parts)
                told.put_wordings(connection, wordings[parts.report.id], encoder=self._encoder.name)
            self._finish(connection)
        for _, parts in incoming:
            self._originals.unmark(parts.report.id)
        for twin in replaced.values():
            self._originals.forget(twin)
        return replaced

    def _set_aside(self, report_id: str, aside: Originals | None) -> None:
        """Copy a file before the commit that lets go of it; one that is missing stays so."""
        if aside is not None:
            with suppress(BadIndex):
                aside.keep(self._originals.path(report_id), report_id)

    def _put_parts(self, connection: Connection, parts: "Parts") -> None:
        tables.put_report(connection, parts.report, pipeline=pipeline_version())
        tables.put_passages(connection, parts.passages, encoder=self._encoder.name)
        put_facts(connection, parts.facts)
        settle(connection, parts.report)

    def _finish(self, connection: Connection) -> None:
        """Forget the vectors that nothing uses any more, and count the change."""
        dimension = self._store.vectors.settle(connection)
        tables.put_manifest(connection, encoder=self._encoder.name, dimension=dimension)


def _fresh(parts: "Parts") -> Added:
    return Added(report=parts.report, passages=len(parts.passages), facts=len(parts.facts))
