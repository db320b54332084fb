"""Make the sample reports in corpus/reports from their sources in scripts/samples.

`python -m scripts.make_samples` writes them where they belong, `--out FOLDER` elsewhere. The same
sources give the same files.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from scripts.samples.pdf import elements_to_pdf
from scripts.samples.source import source_to_elements
from scripts.samples.word import elements_to_docx

SOURCES = Path(__file__).parent / "samples"
REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
WORD_KINDS = ("决算",)


def source_to_file(source: Path) -> tuple[str, bytes]:
    """Make a report of a source, final accounts as .docx, budgets as .pdf; name and bytes."""
    elements = source_to_elements(source.read_text(encoding="utf-8"))
    if any(kind in source.stem for kind in WORD_KINDS):
        return f"{source.stem}.docx", elements_to_docx(elements)
    return f"{source.stem}.pdf", elements_to_pdf(elements)


def make_samples(out: Path) -> list[Path]:
    """Write every sample into a folder; return the files."""
    files = []
    for source in sorted(SOURCES.glob("*.md")):
        name, data = source_to_file(source)
        (out / name).write_bytes(data)
        files.append(out / name)
    return files


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_samples", description=__doc__)
    parser.add_argument("--out", type=Path, default=REPORTS, help="where the files go")
    for path in make_samples(parser.parse_args(arguments).out):
        print(path.name, f"{path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
