"""Where the command `wenshu` begins: what is wrong in a data file is one sentence, too.

The words and patterns are read as modules are loaded, before `app` can say anything.
"""

import sys
from importlib import import_module

from corpus.model.errors import WenshuError

FAILED = 2


def main() -> None:
    """Load the program and run the command; exit code 2 where it cannot be loaded."""
    try:
        run = import_module("bot.cli.app").main
    except WenshuError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(FAILED)
    run()
