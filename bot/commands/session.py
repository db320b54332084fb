"""What the commands work over: the library of the settings, and a desk that answers from it.

The desk is loaded by name: `wenshu list` should not wait for it, and nothing but an encoder may
load torch.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from bot.console import Bar, warn
from bot.settings import Settings
from corpus.model.errors import BadIndex
from index.backup.swapping import finish
from index.encoder.encoder import SentenceEncoder
from index.library import Library

if TYPE_CHECKING:
    from bot.desk import Desk

EMPTY = "还没有报告：请先用 wenshu add 添加（数据文件夹是 {folder}，见 wenshu where）。"


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Library, Bar]]:
    """Open the library of the settings with a bar for what takes long; close both at the end."""
    finish(settings.data)
    with (
        Bar() as bar,
        Library.open(
            settings.library,
            encoder=lambda: SentenceEncoder(
                settings.model, models=settings.models, notice=bar.notice
            ),
            progress=bar.show,
        ) as library,
    ):
        yield library, bar


def desk_over(library: Library, settings: Settings) -> "Desk":
    """Return the desk over a library, its home settled; raise `BadIndex` where there is no report.

    A home that fits no body is said on standard error.
    """
    if not library.reports():
        raise BadIndex(EMPTY.format(folder=settings.data))
    home, unfit = import_module("bot.home").settle_home(library, settings.home)
    if unfit:
        warn(unfit)
    desk: Desk = import_module("bot.desk").Desk(library, home)
    return desk
