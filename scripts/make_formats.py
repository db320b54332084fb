"""Make a report into the formats that offices keep: .docx, .html and, with LibreOffice, .doc.

`python -m scripts.make_formats REPORT --out FOLDER` writes the paragraphs and tables of a report
that can be read as files of its name; `scripts.make_scans` makes its scan.
"""

import argparse
import subprocess
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.model.types import Grid, GridCell, Piece
from corpus.readers.detect import read
from corpus.readers.word.old import find_program
from scripts.make_scans import rows_of
from scripts.samples.source import Element, Line
from scripts.samples.word import elements_to_docx

PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>
<body>
{body}
</body></html>
"""


def pieces_to_docx(pieces: Sequence[Piece]) -> bytes:
    """Write the pieces of a report as a Word file, every paragraph in the plain style."""
    return elements_to_docx(tuple(map(_element, pieces)))


def _element(piece: Piece) -> Element:
    return piece if isinstance(piece, Grid) else Line(kind="text", text=piece.text)


def pieces_to_html(pieces: Sequence[Piece], *, title: str) -> bytes:
    """Write the pieces of a report as a page."""
    body = "\n".join(map(_markup, pieces))
    return PAGE.format(title=escape(title), body=body).encode()


def _markup(piece: Piece) -> str:
    if not isinstance(piece, Grid):
        return f"<p>{escape(piece.text)}</p>"
    rows = "\n".join(f"<tr>{''.join(map(_cell_markup, row))}</tr>" for row in rows_of(piece))
    return f"<table>\n{rows}\n</table>"


def _cell_markup(cell: GridCell) -> str:
    spans = f' rowspan="{cell.rows}" colspan="{cell.columns}"'
    return f"<td{spans if (cell.rows, cell.columns) != (1, 1) else ''}>{escape(cell.text)}</td>"


def docx_to_doc(data: bytes, *, program: str) -> bytes:
    """Turn a Word file into one of Word 97 by LibreOffice, with settings of its own."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(data)
        settings = f"-env:UserInstallation=file://{folder}/settings"
        to_doc = ("--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder)
        command = (program, settings, *to_doc, str(source))
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 — a fixed program
        return source.with_suffix(".doc").read_bytes()


def report_to_files(report: Path) -> Iterator[tuple[str, bytes]]:
    """Give a report in each format by its suffix; no .doc where LibreOffice is not installed."""
    pieces = read(report)[1].pieces
    document = pieces_to_docx(pieces)
    yield ".docx", document
    yield ".html", pieces_to_html(pieces, title=report.stem)
    if program := find_program():
        yield ".doc", docx_to_doc(document, program=program)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_formats", description=__doc__)
    parser.add_argument("report", type=Path, help="a report of any kind that is read")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for suffix, data in report_to_files(options.report):
        path = options.out / f"{options.report.stem}{suffix}"
        path.write_bytes(data)
        print(path.name, f"{len(data) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
