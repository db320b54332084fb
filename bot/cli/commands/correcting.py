"""`wenshu correct`: the right figure in the place of one that is printed wrongly.

What reads the vocabulary is loaded by name where it is used: no other command waits for it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Annotated

import typer

from bot.cli import session
from bot.cli.commands.showing import SHORTEST_ID, find_fact
from bot.presentation.answer_text import correction_words, show_printed, whose
from bot.settings.environment import load_settings
from corpus.model.errors import BadIndex
from corpus.model.types import Correction, Fact
from index.corrections import Standing
from index.library import Library

AMOUNT = re.compile(r"(?P<digits>[-−]?\d[\d,]*(?:\.\d+)?)(?P<unit>.*)")
LONGEST_REASON = 100  # characters: every answer with the figure shows them
NOTHING_SAID = "请写上数字的编号和正确的数，例如 wenshu correct 91dbe804 1.96 --reason 更正公告。"
NO_AMOUNT = "“{words}”不是一个数：请只写数字，例如 1.96。"
OTHER_UNIT = "这个数的计量单位是“{unit}”：请按它写，不要写“{words}”。"
NO_REASON = "请用 --reason 写明更正的原因，每个用到这个数的回答都会写出来。"
LONG_REASON = "原因太长了：请写在 {most} 个字以内。"
SAME = "报告印的就是{printed}，不用更正。"
DONE = "已更正：{what}。{how}"
ALSO = "同一个数还印在别处，没有更正：{fact}　“{quote}”"
NONE_KEPT = "没有更正过数字。"
NOT_CORRECTED = "没有更正过这个数字：“{words}”，见 wenshu correct --list。"
SEVERAL = "“{words}”开头、更正过的数字不止一个：{names}；请把编号写全。"
UNDONE = "已取消更正：{what}，仍按报告印的{printed}。"
HOLDS, FITS_NO_MORE, NOT_LOADED = "生效", "不再适用", "报告不在库里"


def correct(
    fact: Annotated[str, typer.Argument(metavar="编号", help="数字的编号，见 wenshu facts")] = "",
    value: Annotated[
        str, typer.Argument(metavar="正确的数", help="按原文的计量单位写，负数写成 “-- 编号 -1.5”")
    ] = "",
    *,
    reason: Annotated[str, typer.Option(help="更正的原因，会写在回答里")] = "",
    listed: Annotated[bool, typer.Option("--list", help="列出全部更正")] = False,
    undo: Annotated[str, typer.Option(metavar="编号", help="取消这个数字的更正")] = "",
) -> None:
    """更正报告里印错的数字：原来的数保留，回答用更正后的数并说明。"""
    with session.opened(load_settings()) as (library, _):
        if listed:
            lines = standings_to_lines(library.corrections())
        elif undo:
            lines = undone(library, undo)
        elif fact and value:
            lines = corrected(library, find_fact(library, fact), value, reason)
        else:
            raise BadIndex(NOTHING_SAID)
        for line in lines:
            typer.echo(line)


def corrected(library: Library, fact: Fact, value: str, reason: str) -> Iterator[str]:
    """Correct a figure; yield what was done, and where else the same figure is printed."""
    library.correct(fact, to_correction(fact.as_printed(), value, " ".join(reason.split())))
    now = find_fact(library, fact.id)
    yield DONE.format(what=named(now), how=correction_words(now))
    for other in same_elsewhere(library, fact.as_printed()):
        yield ALSO.format(fact=other.id, quote=" ".join(other.quote.split()))


def to_correction(printed: Fact, value: str, reason: str) -> Correction:
    """Return the correction of a figure; raise `BadIndex` where it cannot be one."""
    words = unicodedata.normalize("NFKC", value).strip()
    found = AMOUNT.fullmatch(words)
    if found is None:
        raise BadIndex(NO_AMOUNT.format(words=value))
    unit, digits = found["unit"].strip(), found["digits"].replace("−", "-")
    if unit not in ("", printed.unit):
        raise BadIndex(OTHER_UNIT.format(unit=printed.unit, words=unit))
    if not reason:
        raise BadIndex(NO_REASON)
    if len(reason) > LONGEST_REASON:
        raise BadIndex(LONG_REASON.format(most=LONGEST_REASON))
    amount = Decimal(digits.replace(",", ""))
    if amount == printed.value and not printed.vague:
        raise BadIndex(SAME.format(printed=show_printed(printed)))
    return Correction(
        value=amount,
        said=digits,
        reason=reason,
        made=datetime.now(UTC).astimezone().date(),
        instead_of=printed.value,
    )


def same_elsewhere(library: Library, printed: Fact) -> Iterator[Fact]:
    """Yield the figures of the same thing that are printed with the same amount, not corrected."""
    kin = library.facts.find(organisations=(printed.organisation,), measures=(printed.measure,))
    settle = import_module("bot.query.retrieval.settlement")
    for other in kin:
        same = settle.slot_of(other) == settle.slot_of(printed) and settle.agree(other, printed)
        if same and not other.correction:
            yield other


def undone(library: Library, words: str) -> Iterator[str]:
    """Undo the correction of a figure; yield what was done."""
    found = {
        one.number: one
        for one in library.corrections()
        if len(words) >= SHORTEST_ID and any(name.startswith(words) for name in ids_of(one))
    }
    if not found:
        raise BadIndex(NOT_CORRECTED.format(words=words))
    if len(found) > 1:
        names = "、".join(ids_of(one)[0] for one in found.values())
        raise BadIndex(SEVERAL.format(words=words, names=names))
    ((number, one),) = found.items()
    library.undo_correction(number)
    yield UNDONE.format(what=named(one.kept.fact), printed=show_printed(one.kept.fact))


def ids_of(standing: Standing) -> tuple[str, ...]:
    """Return the ids that a corrected figure goes by: those of today, then that of the time."""
    return (*(fact.id for fact in standing.facts), standing.kept.fact.id)


def standings_to_lines(standings: Iterable[Standing]) -> Iterator[str]:
    """Yield a line for each correction, with what has become of it."""
    none = True
    for one in standings:
        none = False
        fact = one.kept.fact.corrected(one.kept.correction)
        said = correction_words(fact).removeprefix("更正：")
        yield f"{ids_of(one)[0]}　{state_of(one)}　{named(fact)}：{said}《{one.kept.file}》"
    if none:
        yield NONE_KEPT


def state_of(standing: Standing) -> str:
    """Return whether a correction is in force, and else why not."""
    if standing.facts:
        return HOLDS
    if not standing.is_loaded:
        return NOT_LOADED
    now = "、".join(dict.fromkeys(show_printed(fact) for fact in standing.now))
    return f"{FITS_NO_MORE}（现在印的是{now}）" if now else FITS_NO_MORE


def named(fact: Fact) -> str:
    """Return whose figure it is and of what."""
    name: str = import_module("bot.presentation.names_said").name_of(fact)
    return f"{whose(fact)}{name}"
