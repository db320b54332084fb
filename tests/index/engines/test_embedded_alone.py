"""What is not asked for is not loaded: an answer from a folder imports no engine."""

import subprocess
import sys

from scripts.terminal import ROOT

LOADED = """
import sys
import bot.cli.app, bot.assistant, index.search, index.wordings.table
print(sorted(sys.modules.keys() & {"psycopg", "pymilvus", "milvus_lite", "grpc", "pandas"}))
"""


def test_no_engine_is_imported_where_none_is_set() -> None:
    said = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"
