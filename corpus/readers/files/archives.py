"""Archives (.zip) of reports: taken apart for a while, one level deep, within limits."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo, is_zipfile

from corpus.model.errors import BadReport
from corpus.readers.files.packages import MEGABYTE, MOST_BYTES, PACKAGE_ERRORS

Refuse = Callable[[Path, BadReport], None]

MOST_FILES = 200
MOST_RATIO = 200  # no office file packs tighter; what does is made to fill a disk
LEAST_JUDGED = MEGABYTE
UTF8_NAME = 0x800  # the bit of an entry that says how its name is written
ENCRYPTED = 0x1
# What a program for packing puts beside the files.
JUNK = re.compile(r"(?i)^(?:__MACOSX/.*|(?:.*/)?(?:\.[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*))$")
OFFICE_FOLDERS = ("word/", "xl/", "ppt/")

CROWDED = "里面有 {count} 个文件，超过 {most} 个；请分成几个压缩包再添加。"
LARGE = "解压后超过 {most} MB；请分成几个压缩包，或确认它的来源。"
BOMB = "里面的“{name}”压缩得异常紧，像是压缩炸弹，没有解压；请确认文件来源。"
LOCKED = "加了密码；请解压后再添加其中的报告。"
BROKEN = "是压缩包，但已损坏或没下载完；请重新下载。"
EMPTY = "是压缩包，里面没有文件；请换一份。"
NESTED = "是压缩包里的压缩包，没有打开；请先解压，再添加其中的报告。"


@contextmanager
def unpacked(paths: Iterable[Path], refuse: Refuse) -> Iterator[tuple[Path, ...]]:
    """Put the files of archives in their place among other paths; they are gone at the end.

    An archive that is refused, or one within another, is handed to `refuse`.
    """
    with TemporaryDirectory() as folder:
        yield tuple(found for path in paths for found in files_of(path, Path(folder), refuse))


def files_of(path: Path, folder: Path, refuse: Refuse) -> Iterator[Path]:
    """Yield a path, or the files of the archive that it is."""
    if not is_archive(path):
        yield path
        return
    try:
        inside = tuple(unpack(path, folder / str(len(list(folder.iterdir())))))
    except BadReport as error:
        refuse(path, BadReport(f"{path.name}：{error}"))
        return
    for found in inside:
        if is_archive(found):
            refuse(found, BadReport(f"{found.name}：{NESTED}"))
        else:
            yield found


def is_archive(path: Path) -> bool:
    """Tell whether a file is a zip of files, and no office file, which is a zip of parts."""
    try:
        if not path.is_file() or not is_zipfile(path):
            return False
        with ZipFile(path) as archive:
            names = archive.namelist()
    except PACKAGE_ERRORS:
        return False
    return not any(name.startswith(OFFICE_FOLDERS) for name in names)


def unpack(path: Path, folder: Path) -> Iterator[Path]:
    """Write the files of an archive into a folder, each under its own name alone, and yield them.

    Names say nothing of where a file is put: those with ../ are files like the others.
    """
    try:
        with ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if is_wanted(entry)]
            check(entries)
            for at, entry in enumerate(entries):
                home = folder / str(at)
                home.mkdir(parents=True)
                target = home / PurePosixPath(name_of(entry)).name
                with archive.open(entry) as source, target.open("wb") as written:
                    shutil.copyfileobj(source, written)
                yield target
    except PACKAGE_ERRORS as error:
        raise BadReport(BROKEN) from error


def is_wanted(entry: ZipInfo) -> bool:
    """Tell whether an entry is a file that a person put there."""
    name = name_of(entry)
    return not entry.is_dir() and bool(PurePosixPath(name).name) and not JUNK.match(name)


def name_of(entry: ZipInfo) -> str:
    """Return the name of an entry; one that is not marked as UTF-8 is of a Chinese Windows.

    What cannot be printed is left out: it would break lines, or tell a terminal what to do.
    """
    if entry.flag_bits & UTF8_NAME:
        name = entry.filename
    else:
        try:
            name = entry.filename.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    return "".join(filter(str.isprintable, name)).replace("\\", "/")


def check(entries: list[ZipInfo]) -> None:
    """Raise `BadReport` for an archive that is empty, locked, or would unpack too large."""
    if not entries:
        raise BadReport(EMPTY)
    if len(entries) > MOST_FILES:
        raise BadReport(CROWDED.format(count=len(entries), most=MOST_FILES))
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise BadReport(LOCKED)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadReport(LARGE.format(most=MOST_BYTES // MEGABYTE))
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > LEAST_JUDGED and entry.file_size > MOST_RATIO * packed:
            raise BadReport(BOMB.format(name=PurePosixPath(name_of(entry)).name))
