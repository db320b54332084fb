"""The path of the README from a clone to a figure with its picture, walked as it is written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## 不用 Telegram 先试一下机器人")[2].partition("\n## ")[0]
ONE_SCREEN = 30  # lines


def recipe(target: str) -> str:
    """Return the last command of a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(rf"^{target}:[^\n]*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert found
    return found[1].strip().splitlines()[-1].strip()


def run(folder: Path, *arguments: str) -> str:
    """Run Python as the Makefile does, over a data folder of its own and nobody's settings."""
    env = {name: said for name, said in os.environ.items() if not name.startswith("WENSHU_")}
    own = {"WENSHU_DATA": str(folder / "data"), "WENSHU_ENV": os.devnull, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, *arguments],
        cwd=folder, env=env | own, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ended.stdout


def test_path_is_shorter_than_a_screen_and_what_make_does() -> None:
    assert len(SECTION.strip().splitlines()) <= ONE_SCREEN
    assert recipe("try") == '@$(BIN)/python -m scripts.try_bot "$$Q"'


@pytest.mark.model
def test_path_leads_to_the_figure_and_its_picture(tmp_path: Path) -> None:
    asked = re.search(r'make try Q="(.*)"', SECTION)
    shown = re.search(r"```text\n(.*)\n```", SECTION, re.DOTALL)
    assert asked
    assert shown
    run(tmp_path, "-m", "bot.cli", "add", str(ROOT / "corpus" / "reports"))
    said = run(tmp_path, "-m", "scripts.try_bot", asked[1])
    pieces = [re.escape(piece.strip()) for piece in shown[1].split("…")]
    assert re.fullmatch("\\s*.*?\\s*".join(pieces), said.strip(), re.DOTALL), said
    assert (tmp_path / "出处图.png").read_bytes().startswith(b"\x89PNG")
