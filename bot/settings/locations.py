"""Where the settings and the data lie: in one place, wherever the command is called from.

That place is the folder of the project where it runs from its sources, `~/.wenshu` where it is
installed. It never is the current folder: the reports of yesterday must be there today.
"""

import errno
import os
from pathlib import Path

from corpus.model.errors import BadIndex, BadSettings
from corpus.model.types import Noun

ENV, DATA = "WENSHU_ENV", "WENSHU_DATA"
SOURCES = Path(__file__).resolve().parents[2]
NOT_MADE = "数据文件夹“{path}”建不了（{reason}）：请用 WENSHU_DATA 换一个地方。"
# What keeps a folder from being made there at all; a full disk and rights are said as such.
NO_PLACE = {
    errno.ENOENT: "那里建不了文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
}
NO_SUCH_ENV = "{name} 指的设置文件不存在：{path}。"


class Place(Noun):
    """A path and why it is the one."""

    path: Path
    why: str


class Places(Noun):
    """Where the settings are read from and where the data lies."""

    env: Place
    data: Place


def base() -> Place:
    """Return the folder that holds `.env` and, unless it is set, the data."""
    if (SOURCES / "pyproject.toml").is_file():
        return Place(path=SOURCES, why="项目所在的文件夹")
    return Place(path=Path.home() / ".wenshu", why="个人文件夹")


def env_place() -> Place:
    """Return the `.env`, there or not; raise `BadSettings` where one is named and missing."""
    named = os.environ.get(ENV, "")
    if not named:
        return Place(path=base().path / ".env", why=base().why)
    path = Path(named).expanduser().absolute()
    if not path.exists():
        raise BadSettings(NO_SUCH_ENV.format(name=ENV, path=path))
    return Place(path=path, why=f"由 {ENV} 指定")


def data_place(said: Path | None, env: Path) -> Place:
    """Return the data folder; `said` is what the settings say, None for nothing.

    What the environment says counts from the current folder, as a person typed it there; what an
    `.env` says counts from the folder of that file.
    """
    if said is None:
        root = base()
        inside = ".wenshu" if root.path == SOURCES else ""
        return Place(path=root.path / inside, why=f"没有设 {DATA}，用{root.why}里的")
    if os.environ.get(DATA):
        return Place(path=said.expanduser().absolute(), why=f"由环境变量 {DATA} 指定")
    return Place(path=(env.parent / said.expanduser()).absolute(), why=f"由 {env} 里的 {DATA} 指定")


def make_folder(path: Path) -> None:
    """Make the data folder where it is missing; raise `BadIndex` where there is no place for it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        raise BadIndex(NOT_MADE.format(path=path, reason=NO_PLACE[error.errno])) from error
