"""A report reads alike in whatever format it is kept."""

from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.pipeline import file_to_parts
from corpus.readers.word.old import find_program
from scripts.make_formats import main
from scripts.make_samples import REPORTS

SAMPLES = sorted(path for path in REPORTS.iterdir() if path.suffix in (".txt", ".docx"))
OLD = pytest.param(
    ".doc",
    marks=pytest.mark.skipif(
        not find_program(),
        reason="LibreOffice is not installed: apt-get install libreoffice-writer-nogui",
    ),
)


class Made(NamedTuple):
    """A report, and the folder with what was made of it."""

    source: Path
    folder: Path


def told(path: Path) -> list[tuple[object, ...]]:
    """Return what the figures of a report say, without where they stand."""
    return [
        (f.organisation, f.year, f.measure, f.facet, f.aspect, f.printed, f.unit, f.row, f.column)
        for f in file_to_parts(path).facts
    ]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.suffix)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A sample in every format."""
    folder = tmp_path_factory.mktemp("made")
    main([str(request.param), "--out", str(folder)])
    return Made(request.param, folder)


@pytest.mark.parametrize("suffix", [".docx", ".html", OLD])
def test_a_report_says_the_same_in_every_format(made: Made, suffix: str) -> None:
    assert told(made.folder / f"{made.source.stem}{suffix}") == told(made.source)
