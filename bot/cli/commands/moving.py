"""`wenshu migrate`: a library from the data folder into the engines that are set, and back.

What does the work is loaded by name: no other command should wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import Bar
from bot.settings.environment import load_settings
from bot.settings.locations import make_folder
from corpus.model.errors import BadSettings
from index.backup.swapping import finish
from index.engines.opening import EMBEDDED

if TYPE_CHECKING:
    from index.engines.migration import Moved

NOT_SET = "没有设要搬去的地方：请在 .env 里写 WENSHU_STORE，有 Milvus 的再写 WENSHU_VECTORS。"
LINE = "{name}　{before} → {after}　{digest:.16}"
DONE = "已搬好，两边逐条核对过，一模一样；原来的没有动，不需要时可以删掉。"


def migrate(
    *,
    back: Annotated[bool, typer.Option("--back", help="从 WENSHU_STORE 搬回数据文件夹")] = False,
) -> None:
    """把数据文件夹里的库搬进 WENSHU_STORE 设的 PostgreSQL（和 Milvus），或搬回来；逐条核对。"""
    settings = load_settings()
    if settings.engines == EMBEDDED:
        raise BadSettings(NOT_SET)
    make_folder(settings.library)
    finish(settings.data)
    source, target = EMBEDDED, settings.engines
    with Bar() as bar:
        moved: Moved = import_module("index.engines.migration").migrate(
            settings.library,
            *((target, source) if back else (source, target)),
            progress=bar.show,
        )
    for name, before in moved.before.items():
        after = moved.after[name]
        said = LINE.format(name=name, before=before.count, after=after.count, digest=after.digest)
        typer.echo(said)
    typer.echo(DONE)
