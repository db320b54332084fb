"""`wenshu where`: which data folder and which `.env` are used, and why."""

from collections.abc import Iterator
from pathlib import Path

import typer

from bot.settings.environment import load_with_places
from bot.settings.locations import DATA, ENV, Places

MISSING = "（还没有）"
UNUSED = "注意　　当前文件夹里的 {path} 没有用：要用，请设 {name}={path}"


def where() -> None:
    """说明用的是哪个数据文件夹、哪个设置文件，为什么。"""
    _, places = load_with_places()
    for line in where_lines(places):
        typer.echo(line)


def where_lines(places: Places) -> Iterator[str]:
    """Yield where data and settings lie, and what of the current folder is not used."""
    for name, place in (("数据", places.data), ("设置", places.env)):
        yield f"{name}　　{shown(place.path)}　{place.why}"
    for name, path, used in (
        (DATA, Path(".wenshu").absolute(), places.data.path),
        (ENV, Path(".env").absolute(), places.env.path),
    ):
        if path.exists() and path != used:
            yield UNUSED.format(path=path, name=name)


def shown(path: Path) -> str:
    """Return a path, marked where nothing is there yet."""
    return f"{path}{'' if path.exists() else MISSING}"
