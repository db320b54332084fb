"""The command line over a toy library: what each command prints, and its exit code."""

import io
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from bot.cli import app, report_lines, session
from bot.cli.answer_lines import answer_to_text
from bot.settings.environment import load_settings
from bot.types import Answer, Choice, Citation, Memory, Reply
from corpus.model.errors import BadSettings
from corpus.model.types import Origin
from index.library import Library
from index.rules import pipeline_version
from scripts.toy_library import FINANCE, ToyEncoder, read_toy, write_toy

HEAD = f"{FINANCE}|2024|决算|甲"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with toys for reports and their encoder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENSHU_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(session, "SentenceEncoder", lambda *_, **__: ToyEncoder())
    real = Library.open
    monkeypatch.setattr(
        session,
        "Library",
        SimpleNamespace(open=lambda *a, **options: real(*a, read=read_toy, **options)),
    )
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["wenshu", *arguments])
    with pytest.raises(SystemExit) as ended:
        app.main()
    return int(ended.value.code or 0)


def test_add_tells_what_was_understood(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_toy(folder / "a.txt", HEAD, "三公1.95万元", "车")
    assert run(monkeypatch, "add", str(path)) == 0
    line = f"{FINANCE} 部门 2024年 决算（a.txt）：2 段，1 个数字"
    assert capsys.readouterr().out == line + "\n"
    assert run(monkeypatch, "add", str(folder)) == 0
    assert capsys.readouterr().out == line + "，已经在库里\n"
    write_toy(folder / "a.txt", HEAD, "三公2万元")
    assert run(monkeypatch, "add", str(path)) == 0
    assert capsys.readouterr().out.endswith("1 段，1 个数字，取代了旧文件“a.txt”\n")


def test_a_bad_file_is_one_sentence_and_exit_code_two(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write_toy(folder / "a.txt", HEAD, "车")
    bad = folder / "b.txt"
    bad.write_text("无", encoding="utf-8")
    assert run(monkeypatch, "add", str(bad), str(good)) == 2
    said = capsys.readouterr()
    assert said.err == "“b.txt”不是一份报告。\n"
    line = f"{FINANCE} 部门 2024年 决算（a.txt）：1 段，0 个数字"
    assert said.out == f"{line}；{report_lines.NO_FIGURES}\n"


def test_list_shows_the_reports_and_remove_takes_one_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "list") == 0
    empty = session.EMPTY.format(folder=folder / "data")
    assert capsys.readouterr() == ("", f"{empty}\n")
    run(monkeypatch, "add", str(write_toy(folder / "a.txt", HEAD, "车")))
    capsys.readouterr()
    assert run(monkeypatch, "list") == 0
    assert "a.txt" in capsys.readouterr().out
    assert run(monkeypatch, "remove", "b.txt") == 2
    assert capsys.readouterr().err == "没有这份报告：“b.txt”，请用 wenshu list 里的编号。\n"
    assert run(monkeypatch, "remove", "--yes", "a.txt") == 0
    assert capsys.readouterr().out == f"已移除：{FINANCE} 部门 2024年 决算（a.txt）\n"


def test_facts_are_filtered_and_exported(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "add", str(write_toy(folder / "a.txt", HEAD, "三公1.95万元", "会议费2万元")))
    capsys.readouterr()
    arguments = ("facts", "--org", "财政", "--year", "2024", "--measure", "三公", "--csv")
    assert run(monkeypatch, *arguments) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.startswith("单位,层级,报告年,类型,年份,项目")
    digest = sha256((folder / "a.txt").read_bytes()).hexdigest()
    row, _, at = row.rpartition(",")
    assert row == (
        f"{FINANCE},部门,2024,决算,2024,三公,,决算,1.95,万元,1.95,,,,,,,三公1.95万元,甲,a.txt,"
        f"91dbe8040a28e72c,,,,,{digest},{pipeline_version()}"
    )
    assert timedelta(0) <= datetime.now(UTC) - datetime.fromisoformat(at) < timedelta(hours=1)
    assert run(monkeypatch, "facts", "--year", "1999") == 0
    assert capsys.readouterr() == ("", "没有这样的数字。\n")


def test_what_is_printed_and_in_no_figure_is_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "add", str(write_toy(folder / "a.txt", HEAD, "三公1.95万元", "会议费2万元")))
    capsys.readouterr()
    assert run(monkeypatch, "facts", "--unread", "--year", "2024") == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].startswith(f"{FINANCE} 部门 2024年 决算（a.txt）：印着 ")
    assert run(monkeypatch, "facts", "--unread", "--csv") == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "文件,页,位置,印着的数,原因,前后文"
    assert "印着" in said.err
    assert run(monkeypatch, "facts", "--unread", "--year", "1999") == 0
    assert capsys.readouterr().err == "没有读漏的数字。\n"


def test_asking_an_empty_library_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, code in (("ask 三公经费多少", 2), ("list", 0), ("facts", 0), ("audit", 0)):
        assert run(monkeypatch, *command.split()) == code
        said = capsys.readouterr()
        assert said == ("", session.EMPTY.format(folder=folder / "data") + "\n")


CLARIFY = Answer(
    status="clarify",
    text="您问的是哪个单位？",
    choices=(Choice(label="财政局", question="财政局三公经费多少"),),
)


class EchoAssistant:
    """Asks back at first, then repeats what it was asked and the talk it was asked in."""

    def told_at_once(self, words: str) -> None:
        return None

    def answer(self, words: str, memory: Memory) -> Reply:
        if words == "三公经费多少":
            return Reply(answer=CLARIFY, memory=Memory(facts=("f",)))
        text = f"{words}（{'接着' if memory.facts else '新的'}）"
        return Reply(answer=Answer(status="answered", text=text), memory=memory)


def test_a_chat_takes_the_number_of_a_choice_and_forgets_on_new(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(session, "assistant_over", lambda *_: EchoAssistant())
    monkeypatch.setattr(sys, "stdin", io.StringIO("三公经费多少\n1\n\n/new\n1\n"))
    assert run(monkeypatch, "chat") == 0
    said = capsys.readouterr().out
    assert "  1. 财政局\n" in said
    assert "财政局三公经费多少（接着）\n" in said
    assert "问：1（新的）\n" in said


def test_an_answer_shows_quote_and_place() -> None:
    citation = Citation(
        n=1, document="a.pdf", title="甲", section="三、决算", page=3, quote="支出1.95万元"
    )
    answer = Answer(status="answered", text="1.95万元。[1]", citations=(citation,))
    assert answer_to_text(answer).splitlines() == [
        "1.95万元。[1]",
        "",
        "[1] “支出1.95万元”",
        "    《a.pdf》　第3页　三、决算",
    ]


def test_settings_come_from_the_environment_and_hide_the_token(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENSHU_TOKEN", "12:hidden")
    monkeypatch.setenv("WENSHU_ADMINS", "7, 8")
    (folder / "own.env").write_text(f"WENSHU_HOME={FINANCE}\n", encoding="utf-8")
    monkeypatch.setenv("WENSHU_ENV", "own.env")
    settings = load_settings()
    assert (settings.admins, settings.home, settings.log_questions) == ((7, 8), FINANCE, False)
    assert settings.library == folder / "data" / "library"
    assert "hidden" not in repr(settings)


def test_a_setting_that_makes_no_sense_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENSHU_RETRIES", "many")
    with pytest.raises(BadSettings, match="WENSHU_RETRIES"):
        load_settings()


def test_the_command_and_the_assistant_load_no_torch() -> None:
    """A question that a fact answers must not wait for torch, nor for faiss or a reader of PDF."""
    code = (
        "import sys, bot.cli.app, bot.assistant;"
        " print({'torch', 'faiss', 'pdfplumber'} & {*sys.modules})"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "set()\n"


def test_add_opens_archives_and_says_what_of_them_was_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_toy(folder / "a.txt", HEAD, "三公1.95万元")
    with ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("决算/a.txt", path.read_bytes())
        archive.write(path, "内.zip")
    path.unlink()
    with ZipFile(folder / "空.zip", "w"):
        pass
    assert run(monkeypatch, "add", str(folder)) == 2
    out, err = capsys.readouterr()
    assert f"{FINANCE} 部门 2024年 决算（a.txt）：1 段，1 个数字" in out
    assert "空.zip：是压缩包，里面没有文件；请换一份。" in err


def test_what_of_a_file_was_not_read_is_told(tmp_path: Path) -> None:
    report = read_toy(write_toy(tmp_path / "a.txt", HEAD, "三公1.95万元")).report
    origin = Origin(address="http://example.gov.cn/1.html", published=date(2025, 8, 29))
    page = report.model_copy(update={"origin": origin, "notices": ("正文里有 1 张图片",)})
    assert report_lines.report_to_notices(page, facts=1) == [
        "发布于2025年8月29日",
        "来自 http://example.gov.cn/1.html",
        "正文里有 1 张图片",
    ]
    assert report_lines.report_to_notices(report, facts=0) == [report_lines.NO_FIGURES]
