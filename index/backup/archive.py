"""The file of a backup: a zip that any program opens, sealed by a digest of all its bytes.

A zip has bytes that no checksum of its own covers, so its comment, the last thing in it, holds the
SHA-256 of everything before. The manifest in it has the size and the SHA-256 of each member.
"""

import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from corpus.model.errors import BadIndex
from corpus.model.types import Noun
from index.hits import Progress

FORM = 1  # of the file; another number where an older restore would go wrong
HEAD, MANIFEST, WITHIN = "wenshu-backup.txt", "wenshu-backup.json", "data/"
WELCOME = "这是问数的备份，用 wenshu restore 恢复；data/ 里是数据文件夹的内容。\n"
SEAL = re.compile(rb"wenshu-backup (\d{1,4}) sha256 ([0-9a-f]{64})\n\Z")
HEX = 64
LONGEST_SEAL = 128
BLOCK = 1024 * 1024
MOST_MANIFEST = 256 * BLOCK  # of text; a member takes some 200 bytes
MISSING = "找不到备份文件“{path}”。"
UNREADABLE = "没有权限读“{path}”。"
FOREIGN = "“{path}”不是问数的备份。"
DAMAGED = "备份“{path}”已损坏或不完整，没有恢复，数据没有动：请换一份备份。"
NEWER = "备份“{path}”是更新版本的问数做的，没有恢复，数据没有动：请先升级问数。"
UNSAFE = "备份“{path}”里有不该有的文件“{name}”，没有恢复，数据没有动。"
# What Python raises over a zip that was put together wrongly on purpose.
BROKEN = (
    *(BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, KeyError),
)


class Member(Noun):
    """A file in a backup, by its path within the data folder."""

    name: str
    size: int
    sha256: str


class About(Noun):
    """What a backup is of: by which version, when, and the schema of each database.

    `lost` names the reports whose original was missing or damaged when the backup was taken.
    """

    program: str
    at: str
    schemas: dict[str, int]
    reports: int
    lost: tuple[str, ...] = ()


class Manifest(Noun):
    """What a backup is of, and what is in it."""

    about: About
    members: tuple[Member, ...]


class Source(NamedTuple):
    """A file to be put into a backup, by its path within the data folder."""

    name: str
    path: Path


class Gone(Exception):
    """A file that was to go into a backup is no longer there."""


class Archive:
    """A backup that was checked: every byte by the seal, every member by the manifest."""

    def __init__(self, path: Path, opened: ZipFile) -> None:
        self.path = path
        self._zip = opened
        self.manifest = Manifest.model_validate_json(_bounded(opened, MANIFEST))

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open a backup and check its seal; raise `BadIndex` for anything else than a whole one."""
        form = check_seal(path)
        if not 1 <= form <= FORM:
            raise BadIndex(NEWER.format(path=path))
        with _as_damaged(path):
            opened = ZipFile(path)
        with opened:
            with _as_damaged(path):
                archive = cls(path, opened)
            yield archive

    def check(self) -> None:
        """Hold what is in the file against the manifest, name by name and byte by byte."""
        with _as_damaged(self.path):
            named = [f"{WITHIN}{one.name}" for one in self.manifest.members]
            found = self._zip.namelist()
            if len(found) != len(set(found)) or {HEAD, MANIFEST, *named} != set(found):
                raise BadZipFile
            for member in self.manifest.members:
                with Path(os.devnull).open("wb") as nowhere:
                    self._copy(member, nowhere)

    def extract(self, member: Member, path: Path) -> None:
        """Write a member to `path`, which must not be there, and see that it is what it was."""
        mode = stat.S_IMODE(self._zip.getinfo(WITHIN + member.name).external_attr >> 16)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode & 0o666 | 0o600)
        with os.fdopen(descriptor, "wb") as target, _as_damaged(self.path):
            self._copy(member, target)

    def _copy(self, member: Member, target: IO[bytes]) -> None:
        if self._zip.getinfo(WITHIN + member.name).file_size != member.size:
            raise BadZipFile
        with self._zip.open(WITHIN + member.name) as source:
            if copy_hashed(source, target) != (member.size, member.sha256):
                raise BadZipFile


def write_archive(
    path: Path,
    sources: Iterable[Source],
    about: Callable[[Sequence[Member]], About],
    *,
    progress: Progress,
) -> Manifest:
    """Write a backup at `path`, which must not be there; only its owner may read it.

    Raises `Gone` where a source is no longer there.
    """
    chosen = tuple(sources)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, strict_timestamps=False) as archive:
            archive.writestr(HEAD, WELCOME)
            members = []
            for done, source in enumerate(chosen, start=1):
                members.append(_put(archive, source))
                progress("备份", done, len(chosen))
            manifest = Manifest(about=about(members), members=tuple(members))
            archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
            archive.comment = f"wenshu-backup {FORM} sha256 {'0' * HEX}\n".encode()
        _seal(file)
        os.fsync(file.fileno())
    return manifest


def _put(archive: ZipFile, source: Source) -> Member:
    try:
        file = source.path.open("rb")
        info = ZipInfo.from_file(source.path, WITHIN + source.name, strict_timestamps=False)
    except FileNotFoundError as error:
        raise Gone(source.name) from error
    info.compress_type = ZIP_DEFLATED
    with file, archive.open(info, "w") as target:
        size, digest = copy_hashed(file, target)
    return Member(name=source.name, size=size, sha256=digest)


def _seal(file: IO[bytes]) -> None:
    """Put the digest of all that stands before it in its place at the end of the file."""
    place = file.seek(-HEX - 1, os.SEEK_END)
    digest = _digest(file, place)
    file.seek(place)
    file.write(digest.encode())
    file.flush()


def is_sealed(path: Path) -> bool:
    """Tell whether a file ends as a backup does; whether it is whole is not looked at."""
    return path.is_file() and SEAL.search(_ends(path)[1]) is not None


def check_seal(path: Path) -> int:
    """Check every byte of a backup; return its form. Raises `BadIndex` for anything else."""
    if not path.is_file():
        raise BadIndex(MISSING.format(path=path))
    try:
        first, last = _ends(path)
    except PermissionError as error:
        raise BadIndex(UNREADABLE.format(path=path)) from error
    found = SEAL.search(last)
    if found is None:
        ours = HEAD.encode() in first
        raise BadIndex((DAMAGED if ours else FOREIGN).format(path=path))
    with path.open("rb") as file:
        if _digest(file, path.stat().st_size - HEX - 1) != found[2].decode():
            raise BadIndex(DAMAGED.format(path=path))
    return int(found[1])


def _ends(path: Path) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a file."""
    with path.open("rb") as file:
        first = file.read(LONGEST_SEAL)
        file.seek(-min(LONGEST_SEAL, path.stat().st_size), os.SEEK_END)
        return first, file.read(LONGEST_SEAL)


def _digest(file: IO[bytes], size: int) -> str:
    """Return the SHA-256 of the first `size` bytes of a file."""
    digest = sha256()
    file.seek(0)
    while size > 0 and (block := file.read(min(BLOCK, size))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()


def copy_hashed(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Copy to the end of `source`; return how much it was and its SHA-256."""
    digest, size = sha256(), 0
    while block := source.read(BLOCK):
        digest.update(block)
        size += len(block)
        target.write(block)
    return size, digest.hexdigest()


def _bounded(opened: ZipFile, name: str) -> bytes:
    with opened.open(name) as file:
        text = file.read(MOST_MANIFEST + 1)
    if len(text) > MOST_MANIFEST:
        raise BadZipFile
    return text


@contextmanager
def _as_damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise BadIndex(DAMAGED.format(path=path)) from error
