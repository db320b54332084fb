"""`wenshu migrate`: into the engines and back, the same on both sides or not at all."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.terminal import Terminal, write_report

ASKED = ("财政局2024年支出合计多少", "水务局2024年支出合计多少")
SAME = "已搬好，两边逐条核对过，一模一样；原来的没有动，不需要时可以删掉。"
LINE = re.compile(r"(\S+)　(\d+) → (\d+)　([0-9a-f]{16})")


@pytest.fixture
def filled(terminal: Terminal) -> Terminal:
    """A terminal over two reports, one of them corrected, and one that came and went."""
    for name in ("财政局", "水务局", "民政局"):
        terminal.type("add", str(write_report(terminal.folder / f"{name}.txt", name)))
    terminal.type("remove", "--yes", "民政局.txt")
    (answer,) = answers(terminal, {}, ASKED[:1])
    assert answer["figures"][0]["value"] == "120.5"  # type: ignore[index]
    fact = terminal.type("facts").out.splitlines()[1].split("\t")[0]
    assert terminal.type("correct", fact, "121万元", "--reason", "更正公告").code == 0
    return terminal


def answers(
    terminal: Terminal, env: dict[str, str], questions: tuple[str, ...] = ASKED
) -> list[dict[str, object]]:
    said = [terminal.type("ask", "--json", "--", words, env=env) for words in questions]
    return [json.loads(one.out) | {"elapsed_ms": 0} for one in said]


def lines(out: str) -> dict[str, tuple[str, str, str]]:
    return {name: (before, after, digest) for name, before, after, digest in LINE.findall(out)}


def test_what_goes_out_and_comes_back_is_the_same(
    filled: Terminal, engine: Callable[[], dict[str, str]]
) -> None:
    env, database = engine(), filled.data / "library" / "library.sqlite"
    before = answers(filled, {})
    out = filled.type("migrate", env=env)
    assert (out.code, out.err) == (0, "")
    assert out.out.splitlines()[-1] == SAME
    told = lines(out.out)
    counts = {name: (before, after) for name, (before, after, _) in told.items()}
    assert counts == {
        "报告": ("2", "2"),
        "读取记录": ("2", "2"),
        "段落": ("4", "4"),
        "数字": ("2", "2"),
        "说法": counts["说法"],
        "向量": counts["向量"],
        "更正": ("1", "1"),
        "生效的更正": ("1", "1"),
    }
    assert int(counts["向量"][0]) > 0
    assert filled.type("migrate", env=env) == (
        2,
        "",
        "要搬去的地方已经有 2 份报告，没有搬：请先清空，或换一个地方。\n",
    )
    database.rename(database.with_suffix(".old"))
    assert answers(filled, env) == before
    back = filled.type("migrate", "--back", env=env)
    assert lines(back.out) == told
    assert answers(filled, {}) == before


def test_a_difference_is_refused(filled: Terminal, new_database: Callable[[], str]) -> None:
    psycopg = pytest.importorskip("psycopg")
    address = new_database()
    env = {"WENSHU_STORE": address}
    filled.type("list", env=env)  # makes the tables
    with psycopg.connect(address) as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS TRIGGER LANGUAGE plpgsql AS $$"
            " BEGIN NEW.year := NEW.year + 1; RETURN NEW; END $$"
        )
        connection.execute(
            "CREATE TRIGGER spoil BEFORE INSERT ON facts FOR EACH ROW EXECUTE FUNCTION spoil()"
        )
    assert filled.type("migrate", env=env) == (
        2,
        "",
        "搬过去的和原来的不一样（数字），没有搬成，原来的没有动。\n",
    )
    assert "还没有报告" in filled.type("list", env=env).err
    assert [one["status"] for one in answers(filled, {})] == ["answered", "answered"]


def test_without_engines_there_is_nowhere_to_go(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.type("migrate") == (
        2,
        "",
        "没有设要搬去的地方：请在 .env 里写 WENSHU_STORE，有 Milvus 的再写 WENSHU_VECTORS。\n",
    )
