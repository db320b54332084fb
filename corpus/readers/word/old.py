"""Older Word files (.doc, .wps, .rtf), turned into .docx by LibreOffice where it is installed."""

import codecs
import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.model.errors import BadReport
from corpus.model.types import Draft
from corpus.readers.word.docx import read_docx

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
RICH_TEXT_MARK = b"{\\rtf"
BLANKS = codecs.BOM_UTF8 + b" \t\r\n"
MARK_WITHIN = 64
MISSING = (
    "是旧版 Word 文件（.doc、.wps、.rtf），要靠 LibreOffice 转换，这台机器没有装；"
    "请安装（Debian、Ubuntu：apt-get install libreoffice-writer-nogui），或另存为 .docx。"
)
SLOW = "转换超过 {seconds} 秒没有完成；请用 Word 打开后另存为 .docx 再添加。"
FAILED = "无法转换，可能加了密码或已损坏；请用 Word 打开，去掉密码，另存为 .docx 再添加。"


def read_old_word(data: bytes) -> Draft:
    """Read an older Word file by way of .docx.

    Raises `BadReport` where LibreOffice is missing, takes too long, or makes nothing of the file.
    """
    program = find_program()
    if not program:
        raise BadReport(MISSING)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(data[data.find(RICH_TEXT_MARK) :] if is_rich_text(data) else data)
        convert(program, source)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise BadReport(FAILED)
        return read_docx(made.read_bytes())


def is_rich_text(data: bytes) -> bool:
    """Tell whether bytes are rich text, also behind a byte order mark or blank lines."""
    return data[:MARK_WITHIN].lstrip(BLANKS).startswith(RICH_TEXT_MARK)


def find_program() -> str:
    """Return the path of LibreOffice, "" where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), "")


def convert(program: str, source: Path) -> None:
    """Turn a file into .docx beside it, with settings of its own: no macro runs, none is shared.

    The program starts others, so a whole group of processes ends when the time is over.
    """
    command = (
        program,
        f"-env:UserInstallation=file://{source.parent}/settings",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(source.parent),
        str(source),
    )
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 — a fixed program, the file's name is ours
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as running:
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(running.pid, signal.SIGKILL)
            raise BadReport(SLOW.format(seconds=SECONDS)) from error
