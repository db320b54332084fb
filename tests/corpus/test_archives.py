"""Archives of reports: what is in them, within limits."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from docx import Document

from corpus.model.errors import BadReport
from corpus.readers.files import archives
from corpus.readers.files.archives import unpacked


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def taken(*paths: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return the files that paths stand for with what they hold, and the refusals."""
    refused: list[str] = []
    with unpacked(paths, lambda _, error: refused.append(str(error))) as found:
        held = {path.name: path.read_bytes() for path in found}
    assert not any(path.exists() for path in found if path not in paths)
    return held, refused


def test_the_files_of_an_archive_stand_in_its_place(tmp_path: Path) -> None:
    plain = tmp_path / "c.txt"
    plain.write_bytes(b"3")
    path = zipped(tmp_path / "a.zip", {"决算/a.txt": b"1", "b.txt": b"2", "__MACOSX/x": b"0"})
    assert taken(path, plain) == ({"a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}, [])


def test_an_office_file_is_no_archive(tmp_path: Path) -> None:
    written = BytesIO()
    Document().save(written)
    (tmp_path / "a.docx").write_bytes(written.getvalue())
    assert list(taken(tmp_path / "a.docx")[0]) == ["a.docx"]


def test_files_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"1/决算.txt": b"1", "2/决算.txt": b"2"})
    with unpacked([path], lambda _, error: None) as found:
        assert [one.read_bytes() for one in found] == [b"1", b"2"]


def test_names_of_a_chinese_windows_are_read() -> None:
    entry = ZipInfo("决算/附表.txt".encode("gb18030").decode("cp437"))
    assert archives.name_of(entry) == "决算/附表.txt"


def test_what_cannot_be_printed_is_left_out_of_a_name() -> None:
    assert archives.name_of(ZipInfo("甲\n乙\x1b[2J.txt")) == "甲乙[2J.txt"


def test_a_name_that_climbs_stays_in_the_folder(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"../../etc/a.txt": b"1", "..\\b.txt": b"2", "/c.txt": b"3"})
    assert taken(path)[0] == {"a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "in.zip", {"a.txt": b"1"}).read_bytes()
    path = zipped(tmp_path / "out.zip", {"in.zip": inner, "b.txt": b"2"})
    held, refused = taken(path)
    assert held == {"b.txt": b"2"}
    assert refused == [f"in.zip：{archives.NESTED}"]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "里面没有文件"),
        ({f"{number}.txt": b"1" for number in range(201)}, "有 201 个文件"),
        ({"炸弹.txt": bytes(20 * 1024 * 1024)}, "“炸弹.txt”压缩得异常紧"),
        ({f"{number}.txt": bytes(21 * 1024 * 1024) for number in range(10)}, "超过 200 MB"),
    ],
)
def test_an_archive_beyond_the_limits_is_refused(
    tmp_path: Path, members: dict[str, bytes], words: str
) -> None:
    held, refused = taken(zipped(tmp_path / "a.zip", members))
    assert held == {}
    (sentence,) = refused
    assert sentence.startswith("a.zip：")
    assert words in sentence
    assert sentence.count("。") == 1


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"1"})
    data = bytearray(path.read_bytes())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flag] |= 1
    path.write_bytes(bytes(data))
    assert taken(path) == ({}, [f"a.zip：{archives.LOCKED}"])


def test_an_archive_that_is_damaged_within_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"2024" * 100})
    data = bytearray(path.read_bytes())
    data[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(data))
    assert taken(path) == ({}, [f"a.zip：{archives.BROKEN}"])


def test_the_refusals_are_errors_for_people() -> None:
    with pytest.raises(BadReport, match="没有文件"):
        archives.check([])
