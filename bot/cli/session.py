"""What the commands work over: the library of the settings, and an assistant over it.

The assistant is loaded by name: `wenshu list` should not wait for it, and nothing but another
encoder than the default one may load torch.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from bot.cli.console import Bar, warn
from bot.settings.environment import Settings
from bot.settings.locations import make_folder
from corpus.model.errors import BadIndex
from index.backup.swapping import finish
from index.encoder.encoder import SentenceEncoder
from index.library import Library

if TYPE_CHECKING:
    from bot.assistant import Assistant

EMPTY = "还没有报告：请先用 wenshu add 添加（数据文件夹是 {folder}，见 wenshu where）。"


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Library, Bar]]:
    """Open the library of the settings with a bar for what takes long; close both at the end."""
    make_folder(settings.data)
    finish(settings.data)
    with (
        Bar() as bar,
        Library.open(
            settings.library,
            encoder=lambda: SentenceEncoder(
                settings.model, models=settings.models, notice=bar.notice
            ),
            progress=bar.show,
            engines=settings.engines,
        ) as library,
    ):
        yield library, bar


def assistant_over(library: Library, settings: Settings) -> "Assistant":
    """Return the assistant over a library, its home settled; `BadIndex` where no report is.

    A home that fits no body is said on standard error.
    """
    if not library.reports():
        raise BadIndex(EMPTY.format(folder=settings.data))
    home, unfit = import_module("bot.organisations").settle_home(library, settings.home)
    if unfit:
        warn(unfit)
    ours = import_module("bot.assistant")
    assistant: Assistant = ours.Assistant(library, home, ours.adviser_of(settings))
    return assistant
