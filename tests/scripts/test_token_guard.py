"""A test that shows or leaves the token fails; one that keeps it where it belongs does not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAILED = re.compile(r"ERROR at teardown of test_(\w+) _+\nthe token is in: (.*)")
PLANTED = """
import logging, subprocess, sys
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from scripts.tgrig import TOKEN, Call

INSIDE = f"the token is {TOKEN}, as it were"

def pack(path):
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", INSIDE)
    return path.read_bytes()

@pytest.fixture
def stage():
    return SimpleNamespace(rig=SimpleNamespace(calls=[]))

def test_printed():
    print(INSIDE)

def test_logged():
    logging.getLogger("bot").warning(INSIDE)

def test_said_by_a_process():
    subprocess.run([sys.executable, "-c", f"raise SystemExit({INSIDE!r})"])

def test_kept(tmp_path):
    (tmp_path / "telegram.sqlite").write_text(INSIDE)

def test_packed(tmp_path):
    pack(tmp_path / "wenshu.zip")

def test_sent(stage):
    stage.rig.calls.append(Call("sendMessage", {"text": INSIDE}))

def test_sent_in_a_table(stage, tmp_path_factory):
    content = pack(tmp_path_factory.mktemp("table") / "a.xlsx")
    stage.rig.calls.append(Call("sendDocument", {}, {"a.xlsx": content}))

def test_settings_may_hold_it(tmp_path):
    (tmp_path / ".env").write_text(f"WENSHU_TOKEN={TOKEN}")

def test_struck_out(tmp_path, stage):
    print(INSIDE.replace(TOKEN, "***"))
    (tmp_path / "a.txt").write_text("4711")
    stage.rig.calls.append(Call("sendMessage", {"text": "4711"}))

def test_damaged_archives_are_no_matter(tmp_path, tmp_path_factory):
    content = pack(tmp_path_factory.mktemp("whole") / "a.zip")
    for cut in range(len(content)):
        (tmp_path / f"{cut}.zip").write_bytes(content[:cut] + content[cut + 1:])
"""


def test_a_token_that_is_shown_or_left_fails_the_test(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("planted")  # no tmp_path: the guard looks into that here too
    (folder / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-m", "pytest", "-p", "scripts.token_guard", "-p", "no:cacheprovider",
         "-c", os.devnull, "--rootdir", folder, "--basetemp", folder / "left", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert dict(FAILED.findall(ended.stdout)) == {
        "printed": "Captured stdout call",
        "logged": "Captured log call",
        "said_by_a_process": "Captured stderr call",
        "kept": "telegram.sqlite",
        "packed": "wenshu.zip",
        "sent": "what was sent by sendMessage",
        "sent_in_a_table": "what was sent by sendDocument",
    }
    assert "10 passed, 7 errors" in ended.stdout
