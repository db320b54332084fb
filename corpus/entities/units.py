"""Units of measure of Chinese reports: what each one counts and, for money, how much it is.

A unit is a scale and a base: 万人次 is 万 and 人次. A bare 万 or 亿 is taken for money. The
counters are data, `units.toml`.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from corpus.lexicon.data_files import read_data_as
from corpus.model.types import Noun

AmountKind = Literal[
    "money", "percent", "points", "people", "count", "score", "area",
    "year", "date", "ordinal", "plain",
]  # fmt: skip

SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}


def scale_factor(scale: str) -> Decimal:
    """Return what 万, 千万, 万亿 and the like multiply by; 1 for no word at all."""
    factor = Decimal(1)
    for word in scale:
        factor *= SCALES[word]
    return factor


_SCALES = ("", "百", "千", "万", "十万", "百万", "千万", "亿", "万亿")
MONEY = {scale + "元": scale_factor(scale) for scale in _SCALES}
MONEY |= {scale: scale_factor(scale) for scale in _SCALES if scale.endswith(("万", "亿"))}
_SQUARE_METRES = {
    "平方米": 1, "平米": 1, "㎡": 1, "m²": 1, "m2": 1, "平方公里": 1_000_000, "公顷": 10_000,
}  # fmt: skip


class _UnitFile(Noun):
    """The units of `units.toml` by kind, each with what it must not run into."""

    money: dict[str, str]
    people: dict[str, str]
    count: dict[str, str]
    area: dict[str, str]
    score: dict[str, str]


_FILE = read_data_as(_UnitFile, "units")
_UNITS: dict[AmountKind, dict[str, str]] = {
    "money": _FILE.money,
    "people": _FILE.people,
    "count": _FILE.count,
    "area": _FILE.area,
    "score": _FILE.score,
}
_BASES: dict[str, AmountKind] = {unit: kind for kind, units in _UNITS.items() for unit in units}
# How often in so many: 4.1/10万.
_AMONG = ("/10万人", "/10万", "/十万", "/万人", "/万", "/千人", "/1000", "/100")
_BASES |= dict.fromkeys(_AMONG, "percent")
_BASES |= {"%": "percent", "‰": "percent", "个百分点": "points", "百分点": "points"}

_SCALE = r"[十百千]?[万亿]+|[百千]"
# What a rate is per: 万元/人, 元/平方米.
_RATE = r"(?:/(?:人次|人|年|月|天|日|次|户|平方米|㎡|台|辆|家|个))?"
# 8万里 and 3万科 are no figures: what follows a bare 万 must not make a name of it.
_BARE_SCALE = r"(?:[十百千]?万亿?|[十百千]?亿)(?![里科达象事物宝州福家国利])"


def _counters() -> str:
    """Return a pattern of all bases, longer ones first, none running into a longer word."""
    forbidden = {unit: after for units in _UNITS.values() for unit, after in units.items()}
    return "|".join(
        re.escape(unit) + (rf"(?![{forbidden[unit]}])" if forbidden[unit] else "")
        for unit in sorted(forbidden, key=len, reverse=True)
    )


UNIT_PATTERN = (
    rf"个?百分点|(?:{'|'.join(_AMONG)})(?![\d元人])"
    rf"|[%‰]|(?:(?:{_SCALE})[多余]?)?(?:{_counters()}){_RATE}|{_BARE_SCALE}"
)


def _split(unit: str) -> tuple[Decimal, str]:
    """Return the factor of a unit's scale and its base: 万人次 is 10000 and 人次."""
    scale = re.match(_SCALE, unit)
    if not scale:
        return Decimal(1), unit
    factor, base = _split(unit[scale.end() :] or "元")  # 万千瓦时: 千 is a scale of its own
    return scale_factor(scale[0]) * factor, base


@lru_cache(maxsize=4096)
def unit_kind(unit: str) -> AmountKind:
    """Return what a unit counts; "plain" for no unit, "count" for a counter that is not known."""
    if not unit:
        return "plain"
    base = _split(unit.replace("％", "%"))[1].partition("/")[0]
    return _BASES.get(base, "count") if unit not in _BASES else _BASES[unit]


def unit_base(unit: str) -> str:
    """Return the base of a unit without its scale: 人次 of 万人次, 美元 of 亿美元, 元 of 万."""
    return _split(unit)[1]


def to_yuan(value: Decimal, unit: str) -> Decimal | None:
    """Return an amount of money in 元, exactly; None where the unit is not one of renminbi."""
    return value * MONEY[unit] if unit in MONEY else None


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """Return `value` counted in `to` instead of `unit`, exactly.

    Raises ValueError where the two do not measure the same thing (元 and 人).
    """
    have, base = _split(unit)
    want, wanted = _split(to)
    have *= _SQUARE_METRES.get(base, 1)
    want *= _SQUARE_METRES.get(wanted, 1)
    if base != wanted and not (base in _SQUARE_METRES and wanted in _SQUARE_METRES):
        raise ValueError(f"{unit} and {to} do not measure the same thing")
    return _plain(value * have / want)


def _plain(value: Decimal) -> Decimal:
    """Drop the zeros that a change of unit appends: 1.9500 is 1.95, 1E+2 is 100."""
    return Decimal(f"{value.normalize():f}")
