"""The queue of uploads: several processes over one library, and each upload is indexed once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.engine_servers import engines_of
from scripts.terminal import ROOT, WITH_TOYS, Terminal, write_report
from scripts.toy_library import FINANCE, open_toys, write_toy

BUREAUS = "财政水务民政教育卫生审计统计司法"
NAMES = [f"{BUREAUS[at : at + 2]}局" for at in range(0, len(BUREAUS), 2)]
# A bot that was sent a file: as many of them at once as are started.
TAKING = """
import os, sys
from pathlib import Path
from scripts.engine_servers import engines_of
from scripts.toy_library import open_toys
with open_toys(Path(sys.argv[1]), engines=engines_of(os.environ)) as library:
    print("ready", flush=True)
    sys.stdin.readline()
    added = library.take_in(Path(sys.argv[2]))
    print(added.report.name, added.passages, added.facts, flush=True)
"""


@pytest.fixture
def env(new_database: Callable[[], str]) -> dict[str, str]:
    """Settings of a library in PostgreSQL that is empty."""
    return {"WENSHU_STORE": new_database()}


def test_two_processes_index_what_waits_each_file_once(
    terminal: Terminal, env: dict[str, str]
) -> None:
    files = [write_report(terminal.folder / "in" / f"{name}.txt", name) for name in NAMES]
    (terminal.folder / "in" / "坏.pdf").write_bytes(b"%PDF-1.7 and no more")
    waiting = terminal.type("add", "--queue", "in", env=env)
    assert waiting == (0, f"已排进队列：{len(files) + 1} 个文件。\n", "")
    assert "还没有报告" in terminal.type("list", env=env).err
    command = [sys.executable, "-c", WITH_TOYS, "index", "--once"]
    workers = [
        subprocess.Popen(  # noqa: S603 - our own interpreter and text
            command, cwd=terminal.folder, env=terminal.env(env), stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    lines = [worker.communicate()[0].splitlines() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    every = sorted(line for own in lines for line in own)
    said = sorted(line.split("（")[0] for line in every)
    assert len(every) == len(files) + 1
    for name in NAMES:
        assert sum(f"临江区{name} " in line for line in said) == 1
    assert terminal.type("list", env=env).out.count("\n") == 1 + len(files)
    assert terminal.type("index", "--once", env=env) == (0, "", "")


def test_one_file_that_two_bots_are_sent_is_indexed_once(
    tmp_path: Path, env: dict[str, str]
) -> None:
    file = write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元", "会")
    bots = [
        subprocess.Popen(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", TAKING, str(tmp_path / "library"), str(file)],
            cwd=ROOT, env={**os.environ, **env}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    for bot in bots:
        assert bot.stdout is not None
        assert bot.stdout.readline() == "ready\n"
    for bot in bots:
        assert bot.stdin is not None
        bot.stdin.write("\n")
        bot.stdin.flush()
    assert [bot.communicate()[0] for bot in bots] == ["a.txt 2 1\n"] * 2
    with open_toys(tmp_path / "library", engines=engines_of(env)) as library:
        assert library._store.manifest().revision == 1  # type: ignore[union-attr]
        (row,) = library._store.database.read("SELECT count(*) FROM uploads")
        assert row[0] == 1


def test_an_upload_that_died_with_its_process_is_taken_by_the_next(
    tmp_path: Path, env: dict[str, str]
) -> None:
    file = write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元")
    dying = (
        "import os; from pathlib import Path; from scripts.engine_servers import engines_of;"
        "from scripts.toy_library import open_toys;"
        f"library = open_toys(Path({str(tmp_path / 'library')!r}), engines=engines_of(os.environ));"
        f"library.queue_up(Path({str(file)!r}));"
        "library._encoder.encode_passages = lambda _: os.kill(os.getpid(), 9);"
        "library.work_queue()"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", dying], cwd=ROOT, env={**os.environ, **env}, check=False
    )
    assert ended.returncode == -9
    with open_toys(tmp_path / "library", engines=engines_of(env)) as library:
        assert not library.reports()
        outcome = library.work_queue()
        assert outcome is not None
        assert [one.id for one in library.reports()] == [outcome.report]
        assert library.work_queue() is None


def test_without_a_shared_library_there_is_no_queue(terminal: Terminal) -> None:
    said = (2, "", "没有设 WENSHU_STORE，没有队列：请直接添加。\n")
    assert terminal.type("index", "--once") == said
    write_report(terminal.folder / "a.txt", "财政局")
    assert terminal.type("add", "--queue", "a.txt") == said
