"""`wenshu backup` and `wenshu restore`: the whole of the data in one file, and back again.

What does the work is loaded by name: no other command should wait for it.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import Bar, warn
from bot.settings.environment import Settings, load_settings
from corpus.model.errors import BadIndex, BadSettings
from index.database import ORIGINALS
from index.engines.opening import EMBEDDED

if TYPE_CHECKING:
    from index.backup.archive import Manifest
    from index.backup.restoring import Restored

MEGABYTE = 1024 * 1024
MOST_NAMED = 10
TAKEN = "已备份 {reports} 份报告到“{path}”（{size:.1f} MB）；里面没有 .env 和模型。"
LOST = "注意：{count} 份报告的原件缺失或已损坏，备份里没有完好的：{names}；请重新添加。"
RESTORED = "已恢复 {reports} 份报告，是 {at} 的备份。"
KEPT = "原来的数据移到了 {folder}，不需要时可以删掉。"
ELSEWHERE = (
    "库不全在数据文件夹里（设了 WENSHU_STORE 或 WENSHU_VECTORS）：请用 PostgreSQL 和 Milvus"
    " 自己的工具备份，再复制 {files} 里的原件。"
)
SERVED = "机器人正在用数据文件夹 {data}，没有恢复：请先停下它。"


def backup(
    file: Annotated[Path, typer.Argument(metavar="文件", help="备份写到哪里，例如 wenshu.zip")],
) -> None:
    """把报告、索引和机器人的数据备份成一个文件；机器人可以开着。"""
    settings = load_settings()
    check_is_here(settings)
    with Bar() as bar:
        manifest: Manifest = import_module("index.backup.taking").take(
            settings.data, file.absolute(), progress=bar.show
        )
    about, size = manifest.about, file.stat().st_size / MEGABYTE
    typer.echo(TAKEN.format(reports=about.reports, path=file, size=size))
    warn_of_lost(about.lost)


def check_is_here(settings: Settings) -> None:
    """Raise `BadIndex` where the library is not in the data folder."""
    if settings.engines != EMBEDDED:
        raise BadIndex(ELSEWHERE.format(files=settings.library / ORIGINALS))


def warn_of_lost(names: tuple[str, ...]) -> None:
    """Say whose originals are missing, if any are."""
    if names:
        rest = "等" if len(names) > MOST_NAMED else ""
        warn(LOST.format(count=len(names), names="、".join(names[:MOST_NAMED]) + rest))


def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="wenshu backup 做的备份")],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="已有数据时也恢复，原来的留在带日期的文件夹里")
    ] = False,
) -> None:
    """从备份恢复；先核对每个文件的哈希，不对就什么也不动。"""
    settings = load_settings()
    check_is_here(settings)
    known = {
        "library/library.sqlite": import_module("index.store").LAYOUT,
        "telegram.sqlite": import_module("bot.telegram.state.database").VERSION,
    }
    restoring = import_module("index.backup.restoring")
    with Bar() as bar, restoring.checked(file, known=known) as archive:
        try:
            with import_module("bot.serve").alone(settings.data):
                done: Restored = restoring.restore(
                    archive, settings.data, replace=yes, progress=bar.show
                )
        except BadSettings as error:
            raise BadIndex(SERVED.format(data=settings.data)) from error
    about = done.manifest.about
    typer.echo(RESTORED.format(reports=about.reports, at=about.at))
    if done.kept:
        typer.echo(KEPT.format(folder=done.kept))
