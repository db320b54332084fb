"""What a killed process left beside the database: gone at the next opening.

An original that was marked belongs to a report, or to none. Vectors were kept in a file of their
own as well until layout 3; such a file is of no use any more.
"""

from contextlib import suppress
from pathlib import Path

from corpus.model.errors import BadIndex
from index import store as tables
from index.originals import Originals
from index.store import Store

SNAPSHOTS = "vectors-*"


def clear_away(store: Store, folder: Path, originals: Originals) -> None:
    """Remove what belongs to no report; where somebody else writes, the next opening does."""
    if not store.database.writable:
        return
    for path in folder.glob(SNAPSHOTS):
        path.unlink(missing_ok=True)
    if not originals.marked():
        return
    with suppress(BadIndex), store.writing() as connection:  # nobody else is about to commit
        loaded = tables.loaded(connection)
        for report in originals.marked():
            if report in loaded:
                originals.unmark(report)
            else:
                originals.forget(report)
