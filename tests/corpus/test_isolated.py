"""Files are read in a process beside, and what happens there is one sentence here."""

import os
import signal
import time
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Paragraph, Segment
from corpus.readers.detect import bytes_to_draft, read
from corpus.readers.files import worker
from corpus.readers.files.isolated import WORKER, Worker
from corpus.readers.files.worker import answer

DRAFT = Draft(pages=1, pieces=(Paragraph(segments=(Segment(page=1, text="决算"),)),))


def word_file(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    document.add_table(1, 2).rows[0].cells[0].text = "合计"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_draft_comes_back_whole() -> None:
    data = word_file("青山市民政局2024年度部门决算")
    assert Worker.read(WORKER, data, ".docx") == bytes_to_draft(data, ".docx")


def test_one_process_reads_file_after_file_and_a_new_one_where_it_has_ended(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_file("甲"))
    read(tmp_path / "a.docx")
    process = WORKER.process
    read(tmp_path / "a.docx")
    assert WORKER.process is process
    assert process is not None
    process.kill()
    process.wait()
    assert read(tmp_path / "a.docx")[1].pieces[0] == Paragraph(
        segments=(Segment(page=None, text="甲"),)
    )


def test_a_refusal_comes_back_as_its_sentence() -> None:
    with pytest.raises(BadReport, match="不是完整的 Word 文档"):
        WORKER.read(word_file("甲").replace(b"word/document.xml", b"word/document.xmx"), ".docx")


def test_a_draft_is_answered_as_json() -> None:
    said = answer(lambda data, suffix: DRAFT, b"", "")
    assert said[:1] == worker.READ
    assert Draft.model_validate_json(said[1:]) == DRAFT


def test_a_reader_that_lags_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS", 0.3)

    def lag(data: bytes, suffix: str) -> Draft:
        time.sleep(60)
        return DRAFT

    started = time.monotonic()
    assert "还没有读完" in answer(lag, b"", "").decode()
    assert time.monotonic() - started < 30


def test_a_reader_that_fills_the_memory_is_ended() -> None:
    def fill(data: bytes, suffix: str) -> Draft:
        assert bytearray(worker.MEMORY)
        return DRAFT

    assert "占用内存超过 4 GB" in answer(fill, b"", "").decode()


def test_a_reader_that_falls_takes_nothing_down(capfd: pytest.CaptureFixture[str]) -> None:
    def fall(data: bytes, suffix: str) -> Draft:
        os.kill(os.getpid(), signal.SIGKILL)
        return DRAFT

    def fail(data: bytes, suffix: str) -> Draft:
        raise ZeroDivisionError("planted")

    assert "读取时出错" in answer(fall, b"", "").decode()
    assert "读取时出错" in answer(fail, b"", "").decode()
    assert "ZeroDivisionError: planted" in capfd.readouterr().err
