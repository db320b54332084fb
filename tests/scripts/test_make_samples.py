from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from corpus.model.types import Grid, GridCell, Paragraph
from corpus.readers.detect import read
from scripts.make_samples import REPORTS, SOURCES, make_samples
from scripts.samples.pdf import elements_to_pdf
from scripts.samples.source import Element, Line, source_to_elements
from scripts.samples.word import elements_to_docx

SAMPLES = sorted(SOURCES.glob("*.md"))
SOURCE = """# 临江区财政局2024年部门预算
## 一、概况
在职人员12名。
> 单位：元
| 项目 | < | 预算数 |
| 类 | 款 | ^ |
| 合计 | < | 25 |
"""


def content(data: bytes) -> list[str]:
    """Return what a file holds, apart from how this machine's zlib compressed it."""
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            return [f"{name}: {package.read(name)!r}" for name in package.namelist()]
    return [page.get_textpage().get_text_range() for page in PdfDocument(data)]


def squeeze(text: str) -> str:
    return "".join(text.split())


def printed(elements: tuple[Element, ...]) -> list[str]:
    return [squeeze(line.text) for line in elements if isinstance(line, Line) and line.text]


def figures(pieces: tuple[object, ...]) -> set[str]:
    return {squeeze(cell.text) for grid in pieces if isinstance(grid, Grid) for cell in grid.cells}


def test_a_source_is_parsed_into_lines_and_merged_cells() -> None:
    elements = source_to_elements(SOURCE)
    assert [(line.kind, line.text) for line in elements if isinstance(line, Line)] == [
        ("title", "临江区财政局2024年部门预算"),
        ("section", "一、概况"),
        ("text", "在职人员12名。"),
        ("label", "单位：元"),
    ]
    assert elements[-1] == Grid(
        page=None,
        cells=(
            GridCell(row=0, column=0, columns=2, text="项目"),
            GridCell(row=0, column=2, rows=2, text="预算数"),
            GridCell(row=1, column=0, text="类"),
            GridCell(row=1, column=1, text="款"),
            GridCell(row=2, column=0, columns=2, text="合计"),
            GridCell(row=2, column=2, text="25"),
        ),
    )


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"rows of \[1, 2\] cells"):
        source_to_elements("# 题\n| a | b |\n| c |\n")


@pytest.mark.parametrize("write", [elements_to_docx, elements_to_pdf], ids=["docx", "pdf"])
def test_the_same_source_gives_the_same_bytes(write: object) -> None:
    assert callable(write)
    elements = source_to_elements(SOURCE)
    assert write(elements) == write(elements)


def test_the_samples_beside_the_project_are_what_their_sources_make(tmp_path: Path) -> None:
    made = make_samples(tmp_path)
    assert [path.suffix for path in made] == [".pdf", ".pdf", ".docx"]
    for path in made:
        assert content(path.read_bytes()) == content((REPORTS / path.name).read_bytes())


@pytest.mark.parametrize("source", SAMPLES, ids=lambda source: source.stem)
def test_a_sample_reads_back_whole(source: Path) -> None:
    elements = source_to_elements(source.read_text(encoding="utf-8"))
    (path,) = REPORTS.glob(f"{source.stem}.*")
    pieces = read(path)[1].pieces
    assert [squeeze(piece.text) for piece in pieces if isinstance(piece, Paragraph)] == printed(
        elements
    )
    assert figures(pieces) == figures(elements)


def test_every_report_says_first_that_it_is_a_sample_and_of_what() -> None:
    for path in REPORTS.iterdir():
        lines = [piece.text for piece in read(path)[1].pieces[:2] if isinstance(piece, Paragraph)]
        assert lines[1].startswith("【示例】")
        assert "原件是" in lines[1]
        assert path.stat().st_size < 300 * 1024
