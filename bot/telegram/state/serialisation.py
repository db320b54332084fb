"""Nouns as a line of JSON with all of their fields, for another process or for the state.

The public JSON of an answer leaves out what only the bot works with: the fact behind a figure, the
place of a quote. Whoever gets an answer through here needs these as much as whoever made it.
"""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel
from pydantic_core import to_json

Made = TypeVar("Made", bound=BaseModel)


def to_wire(noun: BaseModel) -> bytes:
    """Write a noun whole, on one line."""
    return to_json(_whole(noun))


def from_wire(kind: type[Made], line: str | bytes) -> Made:
    """Read what `to_wire` wrote of a noun of this kind; it equals the one that was written."""
    return kind.model_validate_json(line)


def _whole(value: object) -> object:
    """Take nouns apart by their declared fields: what `exclude` keeps out of a dump is in here."""
    if isinstance(value, BaseModel):
        return {name: _whole(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {key: _whole(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_whole(part) for part in value]
    return value
