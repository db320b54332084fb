from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from corpus.model.errors import BadReport
from corpus.model.types import Paragraph
from corpus.readers import detect
from corpus.readers.detect import bytes_to_draft, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def first_text(path: Path) -> str:
    piece = read(path)[1].pieces[0]
    assert isinstance(piece, Paragraph)
    return piece.text


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("临江区财政局2024年度部门决算")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return written.getvalue()


def changed(name: str, data: bytes) -> bytes:
    """Return a Word file with one part put in or in place of another."""
    with ZipFile(BytesIO(word_file())) as package:
        members = {member: package.read(member) for member in package.namelist()}
    return zipped({**members, name: data})


def bomb() -> bytes:
    written = BytesIO()
    with (
        ZipFile(written, "w", ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(1024 * 1024))
    return written.getvalue()


def test_the_bytes_come_back_with_the_draft(tmp_path: Path) -> None:
    data = "临江区财政局2024年度部门决算\n".encode()
    assert read(write(tmp_path, "决算.txt", data))[0] == data


@pytest.mark.parametrize("name", ["决算.docx", "决算.pdf", "决算.txt", "决算"])
def test_a_word_file_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert first_text(write(tmp_path, name, word_file())) == "临江区财政局2024年度部门决算"


@pytest.mark.parametrize("name", ["决算.txt", "决算.md", "决算"])
def test_text_is_read_under_any_name_that_promises_nothing_else(tmp_path: Path, name: str) -> None:
    assert first_text(write(tmp_path, name, "临江区决算".encode("gb18030"))) == "临江区决算"


@pytest.mark.parametrize(
    ("name", "made", "words"),
    [
        ("空.txt", bytes, "是空文件"),
        ("图.pdf", lambda: PNG, "是图片，却已损坏"),
        ("图.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(64), "是图片，却已损坏"),
        ("图.gif", lambda: b"GIF89a" + bytes(64), "是不认得的图片"),
        ("旧.doc", lambda: OLE, "另存为 .docx 或 PDF"),
        ("密.docx", lambda: OLE + "EncryptedPackage\0".encode("utf-16-le"), "去掉密码"),
        ("表.xls", lambda: OLE + "Workbook\0".encode("utf-16-le"), "不是完整的 Excel 表格"),
        ("假.xls", lambda: "其实是文字".encode(), "内容却不是 Excel 表格"),
        ("假.docx", lambda: "其实是文字".encode(), "内容却不是 Word 文档"),
        ("假.mht", lambda: b"M", "内容却不是网页"),
        ("假.zip", lambda: b"P", "内容却不是压缩包"),
        ("假.png", lambda: b"\x89", "名为图片，内容却不是"),
        ("假.pdf", lambda: "其实是文字".encode(), "名为 PDF，内容却不是"),
        ("截断.docx", lambda: word_file()[:2000], "可能损坏或没下载完"),
        ("宏.docm", lambda: changed("word/vbaProject.bin", b"x"), "带有宏"),
        ("实体.docx", lambda: changed("word/document.xml", ENTITIES), "声明了实体"),
        ("书.docx", lambda: zipped({"a.txt": b"a"}), "内容却不是 Word 文档"),
        ("压缩.docx", bomb, "解压后超过 200 MB"),
        ("包.rar", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(64), "是压缩包"),
        ("页.txt", lambda: b"\n<!DOCTYPE html><html></html>", "没有正文"),
        ("乱.txt", lambda: bytes(range(256)), "不是文本文件"),
        ("白.txt", lambda: "\n　\n——\n".encode(), "没有可读的文字"),
        ("截断.pdf", lambda: b"%PDF-1.7\n1 0 obj\n", "PDF"),
    ],
    ids=lambda one: "" if callable(one) else None,
)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(
    tmp_path: Path, name: str, made: Callable[[], bytes], words: str
) -> None:
    with pytest.raises(BadReport) as refusal:
        read(write(tmp_path, name, made()))
    message = str(refusal.value)
    assert words in message
    assert name in message
    assert message.count("。") == 1
    assert message.endswith("。")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadReport, match="找不到文件“没有"):
        read(tmp_path / "没有.txt")
    with pytest.raises(BadReport, match="是文件夹"):
        read(tmp_path)


def test_a_file_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(BadReport, match="有 300 MB，超过 50 MB 的上限"):
        read(path)


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    path = write(tmp_path, "小.txt", "临江区决算".encode())
    with pytest.raises(BadReport, match="上限"):
        read(path, most_bytes=4)


@pytest.mark.parametrize("made", [lambda: "决算".encode() * 8, word_file], ids=["text", "word"])
def test_a_text_too_long_is_refused(
    monkeypatch: pytest.MonkeyPatch, made: Callable[[], bytes]
) -> None:
    monkeypatch.setattr(detect, "MOST_CHARACTERS", 12)
    with pytest.raises(
        BadReport, match=r"有 0 万字，超过 0 万字，不像一份报告；请拆成几份再添加。"
    ):
        bytes_to_draft(made(), ".txt")


def test_a_large_text_is_read_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "MEGABYTE", 30)
    monkeypatch.setattr(detect, "bytes_to_draft", lambda *_: pytest.fail("read here"))
    assert (
        first_text(write(tmp_path, "决算.txt", "临江区财政局决算".encode() * 2))
        == "临江区财政局决算" * 2
    )
