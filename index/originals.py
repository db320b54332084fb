"""The files of the reports as they came, each in a folder named by the hash of its bytes."""

import shutil
from hashlib import file_digest
from pathlib import Path

from corpus.model.errors import BadIndex


def path_to_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


class Originals:
    """A folder of files; the name of a file is kept, for the reader of a format may use it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, report: str) -> None:
        """Copy a file beside the others; a file that is there is whole."""
        home = self._folder / report
        if home.is_dir():
            return
        unfinished = self._folder / f"{report}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        shutil.copyfile(path, unfinished / path.name)
        unfinished.replace(home)

    def path(self, report: str) -> Path:
        """Return where the file of a report is kept; raise `BadIndex` where it is not."""
        home = self._folder / report
        found = list(home.iterdir()) if home.is_dir() else []
        if len(found) != 1:
            raise BadIndex("找不到这份报告的原文件，请重新添加。")
        return found[0]

    def forget(self, report: str) -> None:
        """Remove the file of a report, if it is there."""
        shutil.rmtree(self._folder / report, ignore_errors=True)
