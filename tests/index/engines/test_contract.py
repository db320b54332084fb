"""One contract for every engine: what a person types comes to the same, byte for byte."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.terminal import COMMAND, Terminal
from scripts.toy_reports import FINANCE_2024, REPORTS, UNION_2024

QUESTIONS = (
    "临江区财政局2024年三公经费决算多少",
    "临江区财政局2024年支出合计比2023年多多少",
    "河口县总工会2024年三公经费人均多少",
    "2024年哪个单位的支出合计最多",
    "河口县总工会2024年人员经费为什么增加",
    "临江区教育局2024年三公经费多少",
    "机关运行经费\0是什么；DROP TABLE reports; --",
)
# These the learned reader answers, from the vectors of wordings and of passages.
READ = ("河口县总工会的预算工作有什么毛病",)
TIMES = re.compile(
    r'(?<="elapsed_ms": )[\d.]+|20\d\d-\d\d-\d\d(?:[T ][\d:+]+)?|20\d\d年\d+月\d+日(?=更正)'
)
Answer = dict[str, Any]


class Story:
    """What was typed over one engine, and all that came back, times left out."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.terminal = Terminal(folder)
        self.env = env
        self.told: list[tuple[str, ...]] = []

    def type(self, *arguments: str) -> str:
        """Type a command; return what it printed."""
        said = self.terminal.type(*arguments, env=self.env)
        out = TIMES.sub("0", said.out.replace(str(self.terminal.folder), ""))
        self.told.append((*arguments, str(said.code), out, said.err))
        return said.out

    def write(self, name: str, text: str) -> str:
        (self.terminal.folder / name).write_text(text, encoding="utf-8")
        return name

    def ask(self, *questions: str) -> list[Answer]:
        return [json.loads(self.type("ask", "--json", "--", words)) for words in questions]

    def figure(self, question: str) -> str:
        """Return the first figure of the answer to a question, "" where there is none."""
        (answer,) = self.ask(question)
        return str(answer["figures"][0]["value"]) if answer["figures"] else ""


def tell(story: Story) -> list[str]:
    """Add reports, ask, correct, replace, remove, add again; return a figure at every step."""
    story.type("add", *(story.write(name, text) for name, text in REPORTS.items()))
    story.type("list")
    story.type("audit")
    story.ask(*QUESTIONS)
    rows = csv.DictReader(io.StringIO(story.type("facts", "--csv")))
    fact = next(row["编号"] for row in rows if row["原文数字"] == "1000")
    asked, figures = "临江区财政局2024年支出合计多少", []
    figures.append(story.figure(asked))
    story.type("correct", fact[:8], "1001万元", "--reason", "更正公告")
    figures.append(story.figure(asked))
    story.type("add", "财政2024.txt")  # the very bytes: they are there
    story.type("add", story.write("新.txt", FINANCE_2024.replace("1000万元", "1010万元")))
    figures.append(story.figure(asked))
    story.type("correct", "--list")
    story.type("add", "财政2024.txt")
    figures.append(story.figure(asked))
    story.type("correct", "--undo", fact[:8])
    figures.append(story.figure(asked))
    story.type("show", fact)
    story.type("remove", "--yes", "工会2024.txt")
    story.type("remove", "--yes", "工会2024.txt")
    figures.append(story.figure("河口县总工会2024年三公经费人均多少"))
    story.type("list")
    return figures


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The story of a library in its own folder."""
    story = Story(tmp_path_factory.mktemp("embedded"), {})
    assert tell(story) == ["1000", "1001", "1010", "1001", "1000", ""]
    return story


def test_what_is_typed_comes_to_the_same(
    engine: Callable[[], dict[str, str]], embedded: Story, tmp_path: Path
) -> None:
    story = Story(tmp_path, engine())
    assert tell(story) == ["1000", "1001", "1010", "1001", "1000", ""]
    for ours, theirs in zip(story.told, embedded.told, strict=True):
        assert ours == theirs
    assert not (story.terminal.data / "library" / "library.sqlite").exists()


def test_a_backup_that_would_not_hold_the_reports_is_refused(terminal: Terminal) -> None:
    for name, address in (
        ("WENSHU_STORE", "postgresql://a:geheim@127.0.0.1:9/b"),
        ("WENSHU_VECTORS", "http://a:geheim@127.0.0.1:9"),
    ):
        for command in ("backup", "restore"):
            code, out, err = terminal.type(command, "b.zip", env={name: address})
            assert (code, out) == (2, "")
            assert err.startswith("库不全在数据文件夹里（设了 WENSHU_STORE 或 WENSHU_VECTORS）")
            assert "geheim" not in err


def read(folder: Path, models: Path, env: dict[str, str]) -> list[str]:
    """Return the answers to what the reader is needed for, by the real encoder."""
    terminal = Terminal(folder, COMMAND)
    terminal.data.mkdir()
    (terminal.data / "models").symlink_to(models)
    (folder / "工会2024.txt").write_text(UNION_2024, encoding="utf-8")
    added = terminal.type("add", "工会2024.txt", env=env)
    answers = [terminal.type("ask", "--json", "--", words, env=env) for words in READ]
    assert [added.code, *(one.code for one in answers)] == [0] * (1 + len(READ))
    return [TIMES.sub("0", one.out) for one in answers]


@pytest.fixture(scope="module")
def embedded_answers(tmp_path_factory: pytest.TempPathFactory, models: Path) -> list[str]:
    """The reader's answers over a library in its own folder."""
    answers = read(tmp_path_factory.mktemp("read"), models, {})
    assert [json.loads(one)["status"] for one in answers] == ["answered"]
    return answers


@pytest.mark.model
def test_what_the_reader_answers_is_the_same(
    engine: Callable[[], dict[str, str]],
    embedded_answers: list[str],
    tmp_path: Path,
    models: Path,
) -> None:
    assert read(tmp_path, models, engine()) == embedded_answers


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        (
            "WENSHU_STORE",
            "mysql://a:geheim@localhost/b",
            "WENSHU_STORE 要写成 postgresql://用户:口令@主机/数据库。",
        ),
        (
            "WENSHU_VECTORS",
            "redis://a:geheim@localhost",
            "WENSHU_VECTORS 要写成 http://主机:19530，或以 .db 结尾的文件名。",
        ),
        (
            "WENSHU_STORE",
            "postgresql://a:geheim@127.0.0.1:9/b",
            "PostgreSQL（127.0.0.1）连不上：请检查它开着没有，WENSHU_STORE 里的地址和口令。",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_one_sentence(
    terminal: Terminal, name: str, address: str, said: str
) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install wenshu[engines]")
    asked = terminal.type("ask", "三公经费多少", env={name: address})
    assert asked == (2, "", said + "\n")
