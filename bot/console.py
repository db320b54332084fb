"""The terminal's decorations: progress, notices and tables. What is said in them stands elsewhere.

Progress and notices go to standard error, so that standard output is the answer alone.
"""

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

PATIENCE = 1.0  # seconds without a bar: what is quick needs none


class Bar:
    """A progress bar that shows itself once the work has taken longer than a second."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )
        self._started = time.monotonic()
        self._shown = False
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
        if self._shown:  # else rich would print an empty line
            self._progress.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` of a stage are done."""
        late = time.monotonic() - self._started > PATIENCE
        if late and not self._shown and self._console.is_terminal:
            self._progress.start()
            self._shown = True
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
        return
    table = Table(show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        # Cells are other people's text: brackets in them are no markup.
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
