"""A whole library read once, row by row and original by original: what `wenshu doctor` asks for."""

from collections.abc import Mapping
from typing import NamedTuple

from corpus.model.errors import BadIndex
from corpus.model.types import Fact, Passage, Report
from index.checks.rows import COVERED, parsed, read_checked
from index.originals import Originals
from index.store import Store

NOUNS: Mapping[str, type[Fact] | type[Passage] | type[Report]] = {
    "facts": Fact,
    "passages": Passage,
    "reports": Report,
}


class Whole(NamedTuple):
    """How many reports there are, and the files whose originals are missing or damaged."""

    reports: int
    lost: tuple[str, ...]


def check_whole(store: Store, originals: Originals) -> Whole:
    """Read everything that a library holds; raise `BadIndex` where it is not what was written."""
    database = store.database
    database.check()
    reports = store.reports()
    for table in COVERED:
        rows = read_checked(database, table) if database.has(table) else []
        with database.guarded():
            for row in rows if table in NOUNS else ():
                parsed(NOUNS[table], row)
    lost = tuple(one.name for one in reports if not _is_kept(originals, one.id))
    return Whole(reports=len(reports), lost=lost)


def _is_kept(originals: Originals, report: str) -> bool:
    try:
        originals.path(report)
    except BadIndex:
        return False
    return True
