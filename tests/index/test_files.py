"""Which files a path stands for."""

from pathlib import Path

from index.files import report_files


def test_a_folder_stands_for_the_reports_in_it(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.txt", "notes.md", ".hidden.txt", "~$a.docx", "deep/c.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert [path.name for path in report_files([tmp_path])] == ["a.txt", "b.PDF", "c.docx"]


def test_a_named_file_is_taken_as_it_is_and_only_once(tmp_path: Path) -> None:
    named = tmp_path / "notes.md"
    assert report_files([named, named]) == (named,)
