"""The data files, found in one place wherever the package is installed.

What is written wrongly in one is told with its file and line: they are long, and edited by hand.
"""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import ValidationError

from corpus.model.errors import BadData
from corpus.model.types import Noun

Made = TypeVar("Made", bound=Noun)
AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
WRONG = "数据文件 {name} 第 {line} 行写错了：{reason}"


def read_data(name: str) -> dict[str, Any]:
    """Read `data/NAME.toml`; raise `BadData` with its line where it is no TOML."""
    return read_toml(data_file(name))


def read_data_as(kind: type[Made], name: str) -> Made:
    """Read `data/NAME.toml` as a noun; raise `BadData` with the line of what does not fit."""
    return validate(kind, read_data(name), data_file(name))


def data_file(name: str) -> Traversable:
    """Return where `data/NAME.toml` is."""
    return files("corpus.lexicon").joinpath("data", f"{name}.toml")


def read_toml(source: Traversable) -> dict[str, Any]:
    """Read a data file of any package; raise `BadData` with its line where it is no TOML."""
    text = source.read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = AT_LINE.search(str(error))
        line = found[1] if found and found[1] else str(text.count("\n") + 1)
        reason = AT_LINE.sub("", str(error))
        raise BadData(WRONG.format(name=source.name, line=line, reason=reason)) from error


def validate(kind: type[Made], raw: dict[str, Any], source: Traversable) -> Made:
    """Return what a data file holds as a noun; raise `BadData` with the line that does not fit."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        wrong = error.errors()[0]
        line = place_to_line(source.read_text(encoding="utf-8"), wrong["loc"])
        reason = f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"
        raise BadData(WRONG.format(name=source.name, line=line, reason=reason)) from error


def place_to_line(text: str, place: Sequence[str | int]) -> int:
    """Return the line of a place in a TOML text, (term, 3, kind); as near as its lines tell."""
    lines = text.splitlines()
    at, end = 0, len(lines)
    for step, after in zip(place, (*place[1:], None), strict=True):
        if isinstance(step, int):
            continue
        name = rf"[\"']?{re.escape(step)}[\"']?"
        head = re.compile(rf"\s*(?:\[{{1,2}}{name}\]|{name}\s*=)")
        found = [row for row in range(at, end) if head.match(lines[row])]
        if not found:
            break
        at = found[after] if isinstance(after, int) and len(found) > after else found[0]
        # A key that is missing in its table must not be found in the next one.
        end = next((row for row in range(at + 1, end) if lines[row].startswith("[")), end)
    return at + 1
