"""A library whose vectors and facts can be worked out by hand: for the tests of `index` and `bot`.

A toy report is a text file: the first line is organisation, year, kind and title, divided by |;
every other line is a passage, and the first number in it, if there is one, a fact in 万元 whose
measure is what stands before it.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from corpus.model.errors import BadReport
from corpus.model.types import Fact, Kind, Passage, Report, Span, content_id
from corpus.pipeline import Parts
from index.engines.opening import EMBEDDED, Engines
from index.library import Library

FINANCE = "青山市临江区财政局"
CULTURE = "青山市临江区文化局"
AXES = "车会水电"  # a text's vector counts these characters, then one for every text


class ToyEncoder:
    """Counts four characters of a text, and adds one so that no vector is zero."""

    def __init__(self, name: str = "toy") -> None:
        self.name = name
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows of the counts; keep what was asked for in `encoded`."""
        self.encoded += texts
        rows = np.array([[*(text.count(one) for one in AXES), 1] for text in texts], np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows of the counts."""
        rows = np.array([[*(text.count(one) for one in AXES), 1] for text in texts], np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def write_toy(path: Path, head: str, *lines: str) -> Path:
    """Write a toy report: `head` is "organisation|year|kind|title"."""
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return path


def read_toy(path: Path) -> Parts:
    """Read a toy report; a file without a head is refused."""
    if not path.exists():
        raise BadReport(f"找不到文件“{path.name}”。")
    text = path.read_text(encoding="utf-8")
    head, _, body = text.partition("\n")
    if head.count("|") != 3:
        raise BadReport(f"“{path.name}”不是一份报告。")
    organisation, year, kind, title = head.split("|")
    report = Report(
        id=sha256(path.read_bytes()).hexdigest(),
        name=path.name,
        title=title,
        organisation=organisation,
        level="部门",
        year=int(year),
        kind=cast("Kind", kind),
        pages=None,
        text=text,
        marks=(),
        blocks=(),
        tables=(),
    )
    lines = body.splitlines()
    return Parts(
        report=report,
        passages=tuple(line_to_passage(line, report) for line in lines),
        facts=tuple(fact for line in lines for fact in line_to_facts(line, report)),
    )


def line_to_passage(line: str, report: Report) -> Passage:
    """Return a line as a passage."""
    return Passage(
        id=content_id(report.id, line),
        report=report.id,
        section=(),
        text=line,
        span=place(line, report),
    )


def line_to_facts(line: str, report: Report) -> list[Fact]:
    """Return the fact of the first number in a line."""
    found = re.search(r"(.*?)([\d.]+)万元", line)
    if found is None:
        return []
    return [
        Fact(
            id=content_id(report.id, found[1]),
            report=report.id,
            organisation=report.organisation,
            level=report.level,
            kind=report.kind,
            year=report.year,
            report_year=report.year,
            measure=found[1],
            aspect="决算",
            value=Decimal(found[2]),
            printed=found[2],
            unit="万元",
            quote=line,
            spans=(place(line, report),),
            section=(),
        )
    ]


def place(line: str, report: Report) -> Span:
    """Return where a line stands in its report."""
    start = report.text.index(line)
    return report.span(start, start + len(line))


def open_toys(
    folder: Path, *, encoder: ToyEncoder | None = None, engines: Engines = EMBEDDED
) -> Library:
    """Open a library of toys."""
    made = encoder or ToyEncoder()
    return Library.open(folder, encoder=lambda: made, read=read_toy, engines=engines)
