"""Office files are zip packages: what is looked at before any of their parts is read."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from corpus.model.errors import BadReport

MEGABYTE = 1024 * 1024
MOST_BYTES = 200 * MEGABYTE
MOST_PARTS = 5000
# A DTD comes before the first element; no office program writes one, a bomb of entities needs one.
HEAD = 2048
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARED_WIDE = "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be")
MACROS = "vbaproject.bin"

BOMB = "解压后超过 {limit} MB，不像一份报告；请确认文件来源，或另存为 PDF 再添加。"
CROWDED = "里面有 {count} 个部件，不像一份报告；请确认文件来源，或另存为 PDF 再添加。"
ENTITIES = "里面的 XML 声明了实体，办公软件不会这样写，可能有害；请用 Word 或 Excel 重新保存。"
MACRO = "带有宏；请用 Word 或 Excel 另存为不带宏的 .docx 或 .xlsx 再添加。"
# What readers of packages let through: bad zips, parts, XML (a SyntaxError), compressions.
PACKAGE_ERRORS = (
    BadZipFile, KeyError, ValueError, EOFError, RuntimeError, SyntaxError, OSError,
    NotImplementedError, zlib.error,
)  # fmt: skip


def package_names(data: bytes) -> frozenset[str]:
    """Return the names of the parts of a zip; none where its directory cannot be read."""
    try:
        with ZipFile(BytesIO(data)) as package:
            return frozenset(entry.filename for entry in package.infolist())
    except PACKAGE_ERRORS:
        return frozenset()


def check_package(data: bytes, *, broken: str) -> None:
    """Raise `BadReport` for a package that is broken, too large, or holds macros or entities."""
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            check_size(entries)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    check_head(package, entry)
    except PACKAGE_ERRORS as error:
        raise BadReport(broken) from error


def check_size(entries: list[ZipInfo]) -> None:
    """Raise `BadReport` for what would unpack too large, and for macros."""
    if len(entries) > MOST_PARTS:
        raise BadReport(CROWDED.format(count=len(entries)))
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadReport(BOMB.format(limit=MOST_BYTES // MEGABYTE))
    if any(entry.filename.lower().endswith(MACROS) for entry in entries):
        raise BadReport(MACRO)


def check_head(package: ZipFile, entry: ZipInfo) -> None:
    """Raise `BadReport` for a part that declares entities."""
    with package.open(entry) as part:
        head = part.read(HEAD)
    if DECLARED.search(head) or any(mark in head for mark in DECLARED_WIDE):
        raise BadReport(ENTITIES)
