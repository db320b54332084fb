"""One way into every file: what it is by its content, then by its name; refusals in one sentence.

How each format is read stands in the reader of that format; a new format is one line of `READERS`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Paragraph
from corpus.readers.broken_lines import join_broken
from corpus.readers.files.isolated import read_isolated
from corpus.readers.files.packages import package_names
from corpus.readers.plain_text import read_text
from corpus.readers.scans.reader import read_pdf, read_picture
from corpus.readers.sheets.xls import read_xls
from corpus.readers.sheets.xlsx import read_xlsx
from corpus.readers.web.html import is_archived_page, is_page, read_html, read_mht
from corpus.readers.word.docx import read_docx
from corpus.readers.word.old import is_rich_text, read_old_word

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
# The tables of a whole city have a tenth of it; what is read is taken apart outside the limits.
MOST_CHARACTERS = 3_000_000
PDF_MARK = b"%PDF-"
# Acrobat looks for the mark in the first 1,024 bytes: ISO 32000-1, appendix H.3, note 13.
PDF_MARK_WITHIN = 1024
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURE_MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
# The directory of an OLE file names its streams in UTF-16.
WORD_STREAM, LOCKED_STREAM = ("WordDocument", "EncryptedPackage")
SHEET_STREAMS = ("Workbook", "Book")

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

PICTURE = "是不认得的图片；请另存为 .png、.jpg 或 PDF 再添加。"
LOCKED = "加了密码；请用 Word 或 Excel 打开，去掉密码，再添加。"
OLE = "是旧版 Office 文件，却不是 Word 文档或 Excel 表格，或者已损坏；请另存为 .docx 或 PDF。"
CUT = "不完整，可能损坏或没下载完；请重新下载，或用 Word、Excel 打开后另存一份。"
ARCHIVE = "是压缩包；请先解压，再添加其中的报告。"
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", PICTURE),
    (b"RIFF", PICTURE),
    (b"Rar!\x1a", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
)
PROMISES = {
    ".pdf": "名为 PDF，内容却不是；请重新下载，或提供 .docx、.txt。",
    ".docx": "名为 .docx，内容却不是 Word 文档；请重新下载，或用 Word 打开后另存为 .docx。",
    ".doc": "名为 .doc，内容却不是 Word 文档；请重新下载，或用 Word 打开后另存为 .docx。",
    ".wps": "名为 .wps，内容却不是文字文档；请重新下载，或用 WPS 打开后另存为 .docx。",
    ".xlsx": "名为 .xlsx，内容却不是 Excel 表格；请重新下载，或用 Excel 打开后另存为 .xlsx。",
    ".xls": "名为 .xls，内容却不是 Excel 表格；请重新下载，或用 Excel 打开后另存为 .xlsx。",
    ".mht": "名为 .mht，内容却不是网页；请在浏览器中重新保存，或打印为 PDF 再添加。",
    ".zip": "名为 .zip，内容却不是压缩包；请重新下载。",
    **dict.fromkeys(PICTURES, "名为图片，内容却不是；请重新下载或重新扫描。"),
}
EMPTY = "没有可读的文字；请提供带文字的版本。"
LONG = "有 {count} 万字，超过 {most} 万字，不像一份报告；请拆成几份再添加。"
Holds = Callable[[bytes], bool]
Reader = Callable[[bytes], Draft]


class Format(NamedTuple):
    """A format: what tells that bytes are of it, who reads them, what its files are called."""

    holds: Holds
    reader: Reader
    suffixes: tuple[str, ...]


def is_pdf(data: bytes) -> bool:
    """Tell whether bytes are a PDF, perhaps with other bytes in front."""
    return PDF_MARK in data[:PDF_MARK_WITHIN]


def is_picture(data: bytes) -> bool:
    """Tell whether bytes are a picture of a kind that scanners and telephones make."""
    return data.startswith(PICTURE_MARKS)


def has_part(folder: str) -> Holds:
    """Return a test for a package with parts in a folder."""
    return lambda data: (
        data.startswith(ZIP_MARKS) and any(name.startswith(folder) for name in package_names(data))
    )


def has_stream(*names: str) -> Holds:
    """Return a test for an OLE file with one of these streams."""
    marks = [f"{name}\0".encode("utf-16-le") for name in names]
    return lambda data: data.startswith(OLE_MARK) and any(mark in data for mark in marks)


def is_old_word(data: bytes) -> bool:
    """Tell whether bytes are a Word 97 document, as .doc and .wps are, or rich text."""
    return is_rich_text(data) or has_stream(WORD_STREAM)(data)


READERS: tuple[Format, ...] = (
    Format(is_pdf, read_pdf, (".pdf",)),
    Format(is_picture, read_picture, PICTURES),
    Format(has_part("word/"), read_docx, (".docx",)),
    Format(has_part("xl/"), read_xlsx, (".xlsx",)),
    Format(is_old_word, read_old_word, (".doc", ".wps", ".rtf")),
    Format(has_stream(*SHEET_STREAMS), read_xls, (".xls", ".et")),
    Format(is_archived_page, read_mht, (".mht", ".mhtml")),
    Format(is_page, read_html, (".html", ".htm")),
)
SUFFIXES = frozenset((".txt", *(suffix for known in READERS for suffix in known.suffixes)))


def read(path: Path, *, most_bytes: int = MOST_BYTES) -> tuple[bytes, Draft]:
    """Read a file of any kind that is read at all; return its bytes and its draft.

    Raises `BadReport`, one sentence that names the file, for whatever cannot be read as a report.
    """
    data = load(path, most_bytes=most_bytes)
    suffix = path.suffix.lower()
    brief = len(data) <= MEGABYTE and reader_of(data) is None
    reading = bytes_to_draft if brief else read_isolated
    try:
        draft = reading(data, suffix)
    except BadReport as error:
        raise BadReport(f"{path.name}：{error}") from error
    return data, draft


def load(path: Path, *, most_bytes: int) -> bytes:
    """Return the bytes of a file, after asking for its size: a file too large is never read."""
    if not path.exists():
        raise BadReport(f"找不到文件“{path.name}”；请检查路径和文件名。")
    if not path.is_file():
        raise BadReport(f"“{path.name}”是文件夹，不是一份报告；请指定其中的文件。")
    size = path.stat().st_size
    if size == 0:
        raise BadReport(f"“{path.name}”是空文件；请换一份有内容的报告。")
    if size > most_bytes:
        megabytes = f"{size / MEGABYTE:.0f} MB，超过 {most_bytes / MEGABYTE:.0f} MB 的上限"
        raise BadReport(f"“{path.name}”有 {megabytes}；请拆成几份，或确认它是不是一份报告。")
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadReport(f"“{path.name}”无法打开；请检查文件权限和磁盘。") from error


def reader_of(data: bytes) -> Reader | None:
    """Return the reader of what bytes are, None where they are text at best."""
    return next((known.reader for known in READERS if known.holds(data)), None)


def bytes_to_draft(data: bytes, suffix: str) -> Draft:
    """Read bytes by what they are; the suffix only says what was promised."""
    reader = reader_of(data)
    if reader is None:
        if refusal := data_to_refusal(data, suffix=suffix):
            raise BadReport(refusal)
        reader = read_text
    draft = join_broken(reader(data))
    if not any(char.isalnum() for text in draft_to_texts(draft) for char in text):
        raise BadReport(EMPTY)
    if (count := sum(map(len, draft_to_texts(draft)))) > MOST_CHARACTERS:
        raise BadReport(LONG.format(count=count // 10_000, most=MOST_CHARACTERS // 10_000))
    return draft


def data_to_refusal(data: bytes, *, suffix: str) -> str:
    """Say why bytes that no reader takes are refused; empty where they may be text."""
    if data.startswith(OLE_MARK):
        return LOCKED if has_stream(LOCKED_STREAM)(data) else OLE
    if data.startswith(ZIP_MARKS):
        return PROMISES.get(suffix, ARCHIVE) if package_names(data) else CUT
    for mark, refusal in FOREIGN:
        if data.startswith(mark):
            return refusal
    return PROMISES.get(suffix, "")


def draft_to_texts(draft: Draft) -> Iterator[str]:
    """Give the texts of a draft: its paragraphs and its cells."""
    for piece in draft.pieces:
        if isinstance(piece, Paragraph):
            yield piece.text
        else:
            yield from (cell.text for cell in piece.cells)
