"""The files of the reports as they came, each in a folder named by the hash of its bytes."""

import shutil
from hashlib import file_digest
from pathlib import Path

from corpus.model.errors import BadIndex

MARK = ".unfinished"


def path_to_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or "" where it cannot be read.

    A device or a pipe is not even tried: it may never end.
    """
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


class Originals:
    """A folder of files; the name of a file is kept, for the reader of a format may use it.

    A file whose report is about to come or to go is marked first: by its mark, and by what the
    database says, whoever comes after a process that was killed knows whether it stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, report: str) -> None:
        """Copy a file beside the others; a file that is there is whole."""
        home = self._folder / report
        if home.is_dir():
            return
        mark = self._mark(report)
        is_marked = mark.is_dir()
        unfinished = mark / report
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        shutil.copyfile(path, unfinished / path.name)
        unfinished.replace(home)
        if not is_marked:
            self.unmark(report)

    def path(self, report: str) -> Path:
        """Return where the file of a report is kept; raise `BadIndex` where it is not whole."""
        home = self._folder / report
        found = list(home.iterdir()) if home.is_dir() else []
        if len(found) != 1:
            raise BadIndex("找不到这份报告的原文件，请重新添加。")
        if path_to_digest(found[0]) != report:
            raise BadIndex("这份报告的原文件已损坏，请移除后重新添加。")
        return found[0]

    def forget(self, report: str) -> None:
        """Remove the file of a report, if it is there, and its mark."""
        shutil.rmtree(self._folder / report, ignore_errors=True)
        self.unmark(report)

    def mark(self, report: str) -> None:
        """Say that whether the file of this report stays is being decided."""
        self._mark(report).mkdir(parents=True, exist_ok=True)

    def unmark(self, report: str) -> None:
        """Say that the file of this report stays."""
        shutil.rmtree(self._mark(report), ignore_errors=True)

    def marked(self) -> tuple[str, ...]:
        """Return the reports that are marked."""
        return tuple(path.stem for path in self._folder.glob(f"*{MARK}"))

    def _mark(self, report: str) -> Path:
        return self._folder / f"{report}{MARK}"
