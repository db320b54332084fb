"""A data file that is written wrongly is told in one sentence, however early it is read."""

import subprocess
import sys

SPOILED = """
import corpus.lexicon.data_files as files
from corpus.model.errors import BadData

def spoiled(name, *rest):
    raise BadData("数据文件 units.toml 第 3 行写错了：没有这一项")

files.read_data = files.read_data_as = spoiled
from bot.cli.entry import main
main()
"""


def test_a_mistake_in_a_data_file_is_one_sentence() -> None:
    run = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", SPOILED, "--version"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "数据文件 units.toml 第 3 行写错了：没有这一项\n"
