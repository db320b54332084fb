"""One way into every file: what it is by its content, then by its name; refusals in one sentence.

How each format is read stands in the reader of that format.
"""

from pathlib import Path

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Paragraph
from corpus.readers.pdf.reader import read_pdf
from corpus.readers.plain_text import read_text
from corpus.readers.word.docx import read_docx

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
PDF_MARK = b"%PDF-"
# Acrobat looks for the mark in the first 1,024 bytes: ISO 32000-1, appendix H.3, note 13.
PDF_MARK_WITHIN = 1024
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")

PICTURE = "其实是图片；请提供带文字的 PDF、.docx 或 .txt。"
OLE_SHEET = "是旧版 Excel 表格；请在 Excel 中另存为 PDF 再添加。"
OLE = "是旧版 Word 文件（.doc）或加了密码的文件；请用 Word 打开，去掉密码，另存为 .docx 或 PDF。"
ARCHIVE = "是压缩包；请先解压，再添加其中的报告。"
WEB_PAGE = "是网页；请在浏览器中打印为 PDF 再添加。"
RICH_TEXT = "是 RTF 文件；请用 Word 打开后另存为 .docx 或 PDF。"
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", PICTURE),
    (b"Rar!\x1a", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"{\\rtf", RICH_TEXT),
    (b"<!doctype html", WEB_PAGE),
    (b"<html", WEB_PAGE),
)
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET_SUFFIXES = frozenset({".xls", ".et"})
PROMISES = {
    ".pdf": "名为 PDF，内容却不是；请重新下载，或提供 .docx、.txt。",
    ".docx": "名为 .docx，内容却不是 Word 文档；请重新下载，或用 Word 打开后另存为 .docx。",
    ".xlsx": "名为 .xlsx，内容却不是 Excel 表格；请重新下载，并另存为 PDF 再添加。",
}
EMPTY = "没有可读的文字；如果是扫描件，请先做文字识别（OCR）再添加。"


def read(path: Path, *, most_bytes: int = MOST_BYTES) -> tuple[bytes, Draft]:
    """Read a file of any kind that is read at all; return its bytes and its draft.

    Raises `BadReport`, one sentence that names the file, for whatever cannot be read as a report.
    """
    data = load(path, most_bytes=most_bytes)
    try:
        draft = data_to_draft(data, suffix=path.suffix.lower())
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


def data_to_draft(data: bytes, *, suffix: str) -> Draft:
    """Read bytes by their first ones; the suffix only says what was promised."""
    if PDF_MARK in data[:PDF_MARK_WITHIN]:
        draft = read_pdf(data)
    elif data.startswith(ZIP_MARKS):
        draft = read_docx(data)
    elif refusal := data_to_refusal(data, suffix=suffix):
        raise BadReport(refusal)
    else:
        draft = read_text(data)
    if not has_words(draft):
        raise BadReport(EMPTY)
    return draft


def data_to_refusal(data: bytes, *, suffix: str) -> str:
    """Say why bytes that are neither PDF nor zip are refused; empty where they may be text."""
    if data.startswith(OLE_MARK):
        return OLE_SHEET if suffix in SHEET_SUFFIXES else OLE
    start = data[:PDF_MARK_WITHIN].lstrip().lower()
    for mark, refusal in FOREIGN:
        if data.startswith(mark) or start.startswith(mark):
            return refusal
    return PROMISES.get(suffix, "")


def has_words(draft: Draft) -> bool:
    """Tell whether anything of a draft can be read: a letter, a digit or a Chinese character."""
    texts = (
        text
        for piece in draft.pieces
        for text in (
            (piece.text,) if isinstance(piece, Paragraph) else (cell.text for cell in piece.cells)
        )
    )
    return any(char.isalnum() for text in texts for char in text)
