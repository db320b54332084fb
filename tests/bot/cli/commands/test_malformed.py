"""A hundred malformed files, each through `wenshu add`: refused in a sentence, or read and kept.

They are made of the sample reports: cut off at every kind of place, with flipped bits, too large
once unpacked, with entities, with names that climb. The same ones each time.
"""

import json
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache, partial
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from bot.cli import session
from bot.cli.app import main
from corpus.model.types import Paragraph, Segment
from corpus.readers.word.old import find_program
from scripts.make_formats import docx_to_doc, pieces_to_docx, pieces_to_html
from scripts.make_samples import REPORTS
from scripts.make_scans import pieces_to_pages
from scripts.terminal import Said, write_report
from scripts.toy_library import ToyEncoder

SEED = 11
MOST_SECONDS = 10.0  # of the processor, in the process that adds; that beside has limits of its own
MEGABYTE = 1024 * 1024
PDF, DOCX, TXT = (next(REPORTS.glob(f"*{suffix}")) for suffix in (".pdf", ".docx", ".txt"))
LINES = ("青山市民政局2023年度部门决算", "一、支出情况", "2023年度支出合计120.5万元，增长3.2%。")
ROWS = (("项目", "预算数", "决算数"), ("基本支出", 100.5, 99.25), ("项目支出", 20.0, 21.25))

# Marks of a format; files are cut off in the middle of the first or the last of each.
MARKS = {
    ".pdf": (b" obj", b"stream", b"endstream", b"/Page", b"xref", b"trailer", b"%%EOF"),
    ".docx": (b"PK\x03\x04", b"word/document.xml", b"PK\x01\x02", b"PK\x05\x06"),
    ".xlsx": (b"xl/workbook.xml", b"xl/worksheets/sheet1.xml", b"PK\x01\x02"),
    ".zip": (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"),
    ".html": (b"<!DOCTYPE", b"<title>", b"<body>", "万元".encode()),
    ".mht": (b"Content-Type", b"boundary", b"--b1", b"</body>"),
    ".txt": ("决算".encode(), "万元".encode()),
    ".png": (b"IHDR", b"IDAT", b"IEND"),
}
EVERYWHERE = (1, 1 / 3, -1)
FLIPPED = (1, 30, 300)  # bits of a file


Make = Callable[[], bytes]
Damage = Callable[[bytes], bytes]


class Case(NamedTuple):
    """A malformed file: what is wrong with it, its suffix, what makes its bytes."""

    wrong: str
    suffix: str
    make: Make

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.wrong}{self.suffix}"


# ---------------------------------------------------------------- whole files

PARAGRAPHS = [Paragraph(segments=(Segment(page=None, text=line),)) for line in LINES]


def zipped(members: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return written.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def workbook() -> bytes:
    book, written = Workbook(), BytesIO()
    for row in ((LINES[0],), ("单位：万元",), *ROWS):
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def page() -> bytes:
    return pieces_to_html(PARAGRAPHS, title=LINES[0])


def saved_page() -> bytes:
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b1"\r\n\r\n'
        b"--b1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page()
        + b"\r\n--b1--\r\n"
    )


def picture() -> bytes:
    written = BytesIO()
    (drawn,) = pieces_to_pages(PARAGRAPHS)
    drawn.crop((0, 0, drawn.width, 400)).save(written, "PNG")
    return written.getvalue()


WHOLE: dict[str, Make] = {
    ".pdf": PDF.read_bytes,
    ".docx": DOCX.read_bytes,
    ".txt": TXT.read_bytes,
    ".xlsx": workbook,
    ".html": page,
    ".mht": saved_page,
    ".png": picture,
    ".zip": lambda: zipped({path.name: path.read_bytes() for path in (DOCX, TXT)}),
}


# ---------------------------------------------------------------- damage


def damaged(whole: Make, damage: Damage) -> bytes:
    return damage(whole())


def cut(data: bytes, *, place: float) -> bytes:
    """Cut a file off after so many bytes, or after so much of it."""
    return data[: int(place) if abs(place) >= 1 else round(len(data) * place)]


def cut_in(data: bytes, *, mark: bytes, last: bool) -> bytes:
    """Cut a file off in the middle of the first of a mark, or of the last."""
    at = data.rindex(mark) if last else data.index(mark)
    return data[: at + len(mark) // 2 + 1]


def truncated() -> Iterator[Case]:
    for suffix, whole in WHOLE.items():
        for place in EVERYWHERE:
            make = partial(damaged, whole, partial(cut, place=place))
            yield Case(f"截断于{place:.2f}", suffix, make)
        for at, mark in enumerate(MARKS[suffix]):
            make = partial(damaged, whole, partial(cut_in, mark=mark, last=at % 2 == 0))
            yield Case(f"截断于标记{at}", suffix, make)


def flipped(data: bytes, *, bits: int) -> bytes:
    """Turn over so many bits, in places that depend on nothing but the seed."""
    chance, changed = Random(SEED + bits), bytearray(data)  # noqa: S311 — no secret
    for _ in range(bits):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def with_flipped_bits() -> Iterator[Case]:
    for suffix, whole in WHOLE.items():
        for bits in FLIPPED:
            make = partial(damaged, whole, partial(flipped, bits=bits))
            yield Case(f"翻转{bits}位", suffix, make)


def with_damaged_parts() -> Iterator[Case]:
    """Packages whose directories are whole and whose parts are not."""
    for suffix, part in (
        (".docx", "word/document.xml"),
        (".docx", "word/styles.xml"),
        (".docx", "[Content_Types].xml"),
        (".docx", "word/_rels/document.xml.rels"),
        (".xlsx", "xl/workbook.xml"),
        (".xlsx", "xl/worksheets/sheet1.xml"),
    ):
        name = part.rpartition("/")[2]
        for how, place in (("截断", 1 / 2), ("清空", 0.0)):
            change = partial(cut, place=place)
            yield Case(f"{how}{name}", suffix, partial(with_part, WHOLE[suffix], part, change))


def with_part(whole: Make, name: str, change: Damage) -> bytes:
    members = unzipped(whole())
    return zipped({**members, name: change(members[name])})


def old_word_files() -> Iterator[Case]:
    """Damaged files of Word 97, where the program that reads them is there to make one."""
    if program := find_program():
        made = cache(lambda: docx_to_doc(pieces_to_docx(PARAGRAPHS), program=program))
        yield Case("截断于0.67", ".doc", partial(damaged, made, partial(cut, place=2 / 3)))
        yield Case("翻转30位", ".doc", partial(damaged, made, partial(flipped, bits=30)))


# ---------------------------------------------------------------- made to harm

LAUGHS = "<!DOCTYPE a [<!ENTITY a0 '哈哈'>" + "".join(
    f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 10)
)
BOMB = f"<?xml version='1.0'?>{LAUGHS}]><a>&a9;</a>"
# What declares entities behind so long a comment is not seen by a look at the head.
BEHIND = BOMB.replace("<!DOCTYPE", f"<!--{'-·' * 2000}--><!DOCTYPE")
OUTSIDE = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"


def with_entities() -> Iterator[Case]:
    for suffix, part in ((".docx", "word/document.xml"), (".xlsx", "xl/worksheets/sheet1.xml")):
        for how, text, encoding in (
            ("实体", BOMB, "utf-8"),
            ("藏后的实体", BEHIND, "utf-8"),
            ("双字节的实体", BOMB.replace("'1.0'", "'1.0' encoding='utf-16'"), "utf-16"),
            ("外部实体", OUTSIDE, "utf-8"),
        ):
            make = partial(with_part, WHOLE[suffix], part, partial(put, data=text.encode(encoding)))
            yield Case(how, suffix, make)
    for how, text in (("实体", BOMB), ("外部实体", OUTSIDE)):
        body = text.replace("<!DOCTYPE a", "<!DOCTYPE html").replace("<a>", "<html><p>决算")
        yield Case(how, ".html", body.encode)


def put(_: bytes, *, data: bytes) -> bytes:
    return data


def overlapping(count: int, size: int) -> bytes:
    """A zip of many entries that all are the same bytes, as bombs that unpack once are made."""
    whole = zipped({"a.txt": bytes(size)})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[start:end]
    tail = bytearray(whole[end:])
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<I", len(entry) * count)
    return whole[:start] + entry * count + bytes(tail)


def lying(data: bytes, size: int) -> bytes:
    """A zip whose directory says of its entry that it unpacks to so little."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def named(*names: str) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for at, name in enumerate(names):
            title = LINES[0].replace("2023", str(2000 + at))
            package.writestr(ZipInfo(name), f"{title}\n{LINES[2]}\n".encode())
    return written.getvalue()


def bombs() -> Iterator[Case]:
    yield Case("重叠", ".zip", lambda: overlapping(150, 20 * MEGABYTE))
    yield Case("重叠", ".docx", lambda: overlapping(6000, 0).replace(b"a.txt", b"word/"))
    yield Case("谎报大小", ".zip", lambda: lying(zipped({"a.txt": bytes(64 * MEGABYTE)}), 10))
    yield Case(
        "套叠", ".zip", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"1"})})})
    )
    yield Case("六千个部件", ".docx", lambda: named(*(f"word/{at}" for at in range(6000))))
    yield Case("很长的一行", ".html", lambda: page().replace("一、".encode(), b"1" * 20 * MEGABYTE))
    yield Case("六万像素见方", ".png", lambda: blank_picture(60_000))
    yield Case("一万页", ".pdf", lambda: pages_to_pdf(10_000))
    yield Case("自己的上级", ".pdf", lambda: pages_to_pdf(2).replace(b"[5 0 R", b"[2 0 R"))
    yield Case("极大的页", ".pdf", lambda: pages_to_pdf(1).replace(b"842", b"9" * 9))
    yield Case("套叠的括号", ".pdf", lambda: pages_to_pdf(1).replace(b"842", b"[" * 99_999))
    yield Case("压紧的内容", ".pdf", lambda: pages_to_pdf(1, b"q Q " * 8 * MEGABYTE))


def climbing() -> Iterator[Case]:
    yield Case("上级目录", ".zip", lambda: named("../../甲.txt", "../乙.txt"))
    yield Case("反斜杠", ".zip", lambda: named("..\\..\\甲.txt", "C:\\乙.txt"))
    yield Case("绝对路径", ".zip", lambda: named("/etc/甲.txt"))
    yield Case("两个点", ".zip", lambda: named("甲.txt", ".."))
    yield Case("很长的名字", ".zip", lambda: named("长" * 300 + ".txt"))
    yield Case("换行的名字", ".zip", lambda: named("甲\n乙\x1b[2J.txt"))
    yield Case("改写部件", ".docx", lambda: named("word/../../document.xml"))


def blank_picture(side: int) -> bytes:
    """A picture of so many pixels square that are all white."""

    def chunk(name: bytes, data: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + sum_

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + side // 8) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pages_to_pdf(count: int, content: bytes = b"BT /F 9 Tf 72 700 Td (2024 120.5) Tj ET") -> bytes:
    """A PDF of so many pages that all show one content."""
    stream = zlib.compress(content)
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(count))
    things = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *[
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>"
        ]
        * count,
    ]
    return b"".join(
        [
            b"%PDF-1.4\n",
            *(b"%d 0 obj%s\nendobj\n" % pair for pair in enumerate(things, 1)),
            b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n" % (len(things) + 1),
        ]
    )


CASES = (
    *truncated(),
    *with_flipped_bits(),
    *with_damaged_parts(),
    *old_word_files(),
    *with_entities(),
    *bombs(),
    *climbing(),
)


# ---------------------------------------------------------------- what becomes of them


class Desk:
    """`wenshu`, typed without a process for each command, over a library of one report."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.type("add", str(write_report(folder / "在库" / "a.txt", "财政局")))
        self.held = self.list()

    def type(self, *arguments: str) -> Said:
        """Run a command to its end; return all that it said."""
        out, err = StringIO(), StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(session, "SentenceEncoder", lambda *_, **__: ToyEncoder())
            patch.setattr(sys, "argv", ["wenshu", *arguments])
            patch.setenv("WENSHU_DATA", str(self.data))
            with pytest.raises(SystemExit) as ended:
                main()
        return Said(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def list(self) -> dict[str, object]:
        """Return what is held by id; the originals are those of what is held."""
        held = {one["id"]: one for one in json.loads(self.type("list", "--json").out)}
        kept = {path.stem for path in (self.data / "library" / "files").iterdir()}
        assert kept == held.keys()
        return held


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("data"))


def test_there_are_a_hundred_and_each_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_malformed_file_is_refused_in_a_sentence_or_read(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "报告" / case.name
    path.parent.mkdir()
    path.write_bytes(data := case.make())
    began = time.process_time()
    said = desk.type("add", str(path))
    assert time.process_time() - began < MOST_SECONDS
    now = desk.list()
    new = now.keys() - desk.held.keys()
    if new:
        desk.type("remove", "--yes", *new)
    assert {name: now.get(name) for name in desk.held} == desk.held == desk.list()
    assert [one.name for one in tmp_path.rglob("*")] == ["报告", case.name]
    refusals = said.err.splitlines()
    assert len(said.out.splitlines()) == len(new)
    assert all(line.endswith("。") and line.count("。") == 1 for line in refusals)
    assert said.code == (2 if refusals else 0)
    if case.suffix != ".zip":
        assert (len(refusals), new) in ((0, {sha256(data).hexdigest()}), (1, set()))
        assert all(case.name in line for line in refusals)
