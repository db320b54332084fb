"""What a killed process left beside the database: known by the database, gone at the next opening.

An original that was marked belongs to a report, or to none; a snapshot that the database does not
name was never committed, or is of a layout that knew no digests.
"""

from contextlib import suppress
from pathlib import Path

from corpus.model.errors import BadIndex
from index import store as tables
from index.originals import Originals
from index.store import Store

SNAPSHOTS = "vectors-*"  # with those that are unfinished


def clear_away(store: Store, folder: Path, originals: Originals) -> None:
    """Remove what belongs to no report; where somebody else writes, the next opening does."""
    if not store.database.writable:
        return
    strays = {path.name for path in folder.glob(SNAPSHOTS)} - store.snapshot_names()
    if not (strays or originals.marked()):
        return
    with suppress(BadIndex), store.writing() as connection:  # nobody else is about to commit
        named = store.snapshot_names()
        for path in folder.glob(SNAPSHOTS):
            if path.name not in named:
                path.unlink(missing_ok=True)
        loaded = tables.loaded(connection)
        for report in originals.marked():
            if report in loaded:
                originals.unmark(report)
            else:
                originals.forget(report)
