"""Older Word files, read by way of LibreOffice where it is installed."""

import shutil
from pathlib import Path

import pytest
from docx import Document

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Grid, Paragraph
from corpus.readers.detect import bytes_to_draft, read
from corpus.readers.word import old
from corpus.readers.word.old import find_program, read_old_word
from scripts.make_formats import docx_to_doc

RICH = rb"{\rtf1\ansi\ansicpg936 {\b 2024} 12.5\par}"
installed = pytest.mark.skipif(
    not find_program(),
    reason="LibreOffice is not installed: apt-get install libreoffice-writer-nogui",
)


@pytest.fixture(scope="module")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a Word 97 file with a table of merged cells out of a .docx."""
    folder = tmp_path_factory.mktemp("old")
    document = Document()
    document.add_paragraph("青山市民政局2009年度部门决算")
    table = document.add_table(3, 3)
    for row, texts in enumerate(
        (("项目", "2009年", ""), ("", "预算", "决算"), ("接待费", "5", "3.2"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_paragraph("特此公开。")
    document.save(str(folder / "a.docx"))
    data = docx_to_doc((folder / "a.docx").read_bytes(), program=find_program())
    (folder / "a.doc").write_bytes(data)
    return folder / "a.doc"


def check(draft: Draft) -> None:
    assert [p.text for p in draft.pieces if isinstance(p, Paragraph)] == [
        "青山市民政局2009年度部门决算",
        "特此公开。",
    ]
    (grid,) = (piece for piece in draft.pieces if isinstance(piece, Grid))
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in grid.cells if c.text] == [
        ("项目", 0, 0, 2, 1),
        ("2009年", 0, 1, 1, 2),
        ("预算", 1, 1, 1, 1),
        ("决算", 1, 2, 1, 1),
        ("接待费", 2, 0, 1, 1),
        ("5", 2, 1, 1, 1),
        ("3.2", 2, 2, 1, 1),
    ]


@installed
@pytest.mark.parametrize("name", ["决算.doc", "决算.wps", "决算"])
def test_an_old_file_is_read_with_its_tables(old_file: Path, tmp_path: Path, name: str) -> None:
    shutil.copyfile(old_file, tmp_path / name)
    check(read(tmp_path / name)[1])


@installed
def test_rich_text_is_read() -> None:
    (paragraph,) = read_old_word(RICH).pieces
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "2024 12.5"


@installed
def test_a_file_that_is_cut_short_is_refused_or_read(old_file: Path) -> None:
    try:
        assert read_old_word(old_file.read_bytes()[:3000]).pieces is not None
    except BadReport as refusal:
        assert "无法转换" in str(refusal)  # noqa: PT017 — either is right


def test_without_the_program_the_refusal_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(BadReport, match="apt-get install libreoffice-writer-nogui"):
        read_old_word(RICH)


def test_a_program_that_does_not_end_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(old, "find_program", lambda: str(slow))
    monkeypatch.setattr(old, "SECONDS", 0.2)
    with pytest.raises(BadReport, match="没有完成"):
        read_old_word(RICH)


@installed
@pytest.mark.parametrize("ahead", [b"", b"\xef\xbb\xbf", b"\r\n ", b"\xef\xbb\xbf\n"])
def test_rich_text_is_read_whatever_stands_before_its_mark(ahead: bytes) -> None:
    (paragraph,) = bytes_to_draft(ahead + RICH, ".rtf").pieces
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "2024 12.5"
