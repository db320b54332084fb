"""The real reports beside the project, where they are: each PDF is read once for all the tests."""

from functools import cache
from pathlib import Path

from corpus.model.types import Draft
from corpus.readers.scans.reader import read_pdf

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
PDFS = sorted(REPORTS.glob("*.pdf"))


@cache
def read_real(path: Path) -> Draft:
    """Return what a PDF reads as; it takes seconds, and nobody can change it."""
    return read_pdf(path.read_bytes())
