"""The terminal's decorations: progress, notices and tables. What is said in them stands elsewhere.

Progress and notices go to standard error, so that standard output is the answer alone.
"""

import sys
from collections.abc import Sequence
from threading import Timer
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

PATIENCE = 1.0  # seconds without a bar: what is quick needs none


class Bar:
    """A progress bar that shows itself once the work has taken longer than a second.

    It does so by itself: one long file would else be read to its end behind an empty screen.
    """

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )
        self._timer: Timer | None = None
        self._stage = ""
        self._task = self._progress.add_task("", start=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._progress.live.is_started:  # else rich would print an empty line
            self._progress.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` of a stage are done."""
        if self._timer is None and self._console.is_terminal:
            self._timer = Timer(PATIENCE, self._progress.start)
            self._timer.daemon = True
            self._timer.start()
        if stage != self._stage:
            self._progress.remove_task(self._task)
            self._task = self._progress.add_task(stage, total=total)
            self._stage = stage
        self._progress.update(self._task, completed=done, total=total)

    def notice(self, words: str) -> None:
        """Say one line about work that takes seconds."""
        self._console.print(words, style="dim", highlight=False, markup=False)


def warn(sentence: str) -> None:
    """Say a sentence on standard error."""
    sys.stderr.write(f"{sentence}\n")


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table to standard output; a long cell wraps and loses nothing.

    Outside a terminal it is lines of cells with tabs between them: another program reads it.
    """
    console = Console()
    if not console.is_terminal:
        for row in (headings, *rows):
            sys.stdout.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")
        sys.stdout.flush()  # a reader that has gone is found out here, not when Python ends
        return
    table = Table(show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        # Cells are other people's text: brackets in them are no markup.
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
