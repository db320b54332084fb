"""`wenshu ask` with a large model set: it chooses, the report answers; without it, a refusal."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.large_model import Server, asked_in, numbered

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[4]
REPORT = """甲县文化馆2024年度部门决算

一、收支情况
2024年支出合计120万元，公用经费支出30万元。其中书画长廊布展支出7.5万元，流动舞台车油料支出3.2万元。

二、工作情况
全年送戏下乡48场，夜校开班9个。夜校推迟到五月开班，主要原因是教室漏雨维修。
"""
ODD = "那台到处跑的家伙吃油吃掉多少"
WHY = "天上掉水"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("office")
    (made / "报告.txt").write_text(REPORT, encoding="utf-8")
    assert wenshu(made, {}, "add", "报告.txt")[0].endswith("3 段，6 个数字\n")
    return made


@pytest.fixture
def server() -> Iterator[Server]:
    with Server({}) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def wenshu(folder: Path, more: Mapping[str, str], *arguments: str) -> tuple[str, str]:
    """Run the command with nothing set but the data folder and `more`; return what it printed."""
    kept = {name: said for name, said in os.environ.items() if not name.startswith("WENSHU_")}
    own = {"WENSHU_DATA": str(folder / "data"), "WENSHU_ENV": os.devnull, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        env={**kept, **own, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stdout, ended.stderr


def ask(folder: Path, words: str, more: Mapping[str, str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(wenshu(folder, more, "ask", "--json", words)[0])
    return answer


def settings_of(server: Server) -> dict[str, str]:
    return {"WENSHU_LLM_URL": server.url, "WENSHU_LLM_MODEL": "any", "WENSHU_LLM_KEY": "k-1"}


def answer_with(server: Server, operation: str, kind: str, holding: str) -> None:
    """Let the server choose the line that holds a word, by what it was asked last."""
    text = server.prompts[-1]
    head = {"figures": "数：", "sentences": "句子："}[kind]
    lines = text.split(head)[1].splitlines()
    (line,) = (one for one in lines if holding in one and one[:1].isdigit())
    name = numbered(text, head)[int(line.split(". ")[0])]
    picked: list[Any] = [{"number": name}] if kind == "figures" else [name]
    server.kept = {asked_in(text): {"operation": operation, kind: picked}}


def test_what_the_reader_is_not_sure_of_is_read_by_the_model_and_told_from_the_report(
    folder: Path, server: Server
) -> None:
    alone = ask(folder, ODD, {})
    assert (alone["status"], alone["figures"]) == ("not_found", [])
    first = ask(folder, ODD, settings_of(server))
    assert first["text"] == alone["text"]  # "unclear" costs nothing
    assert server.keys == ["Bearer k-1"]
    (prompt,) = server.prompts
    assert f"这一句：{ODD}\n" in prompt
    assert "甲县文化馆（2024年）" in prompt
    told = prompt[prompt.index("数：") :]
    assert [figure for figure in ("7.5", "3.2", "120", "48") if figure in told] == []

    answer_with(server, "lookup", "figures", "流动舞台车油料")
    read = ask(folder, ODD, settings_of(server))
    assert read["status"] == "answered"
    assert (read["figures"][0]["value"], read["figures"][0]["unit"]) == ("3.2", "万元")
    assert "流动舞台车油料支出3.2万元" in read["citations"][0]["quote"]

    answer_with(server, "none", "figures", "流动舞台车油料")
    assert ask(folder, ODD, settings_of(server))["status"] == "not_found"


def test_a_sentence_is_quoted_word_by_word(folder: Path, server: Server) -> None:
    ask(folder, WHY, settings_of(server))
    answer_with(server, "sentence", "sentences", "教室漏雨")
    read = ask(folder, WHY, settings_of(server))
    assert read["status"] == "answered"
    assert "主要原因是教室漏雨维修" in read["citations"][0]["quote"]
    assert read["citations"][0]["quote"] in REPORT


def test_a_model_that_is_not_there_costs_the_answer_nothing(folder: Path) -> None:
    away = {"WENSHU_LLM_URL": "http://127.0.0.1:9/v1", "WENSHU_LLM_MODEL": "any"}
    alone, asked = ask(folder, ODD, {}), ask(folder, ODD, away)
    assert {**asked, "elapsed_ms": 0} == {**alone, "elapsed_ms": 0}


def test_settings_that_are_not_whole_are_one_sentence(folder: Path) -> None:
    said = wenshu(folder, {"WENSHU_LLM_URL": "http://127.0.0.1:9/v1"}, "ask", ODD)
    assert said == ("", "设了 WENSHU_LLM_URL，还要在 WENSHU_LLM_MODEL 里写大模型的名称。\n")


def test_no_other_figure_stands_for_a_term_that_no_report_has(folder: Path, server: Server) -> None:
    asked = "因公出国花了多少钱"
    alone = ask(folder, asked, {})
    assert (alone["status"], alone["figures"]) == ("not_found", [])
    ask(folder, asked, settings_of(server))
    answer_with(server, "lookup", "figures", "公用经费")
    assert ask(folder, asked, settings_of(server))["text"] == alone["text"]
