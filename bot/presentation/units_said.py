"""An amount in the unit of money that the question asks for, beside the one that is printed."""

from collections.abc import Iterator
from decimal import Decimal

from bot.presentation.answer_text import CONVERTED, plain
from bot.types import Answer, Figure
from corpus.entities.units import convert, to_yuan
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("answers.units_said")
ASKS_UNIT = PATTERNS["asks_unit"]
AROUND = " ，,。？?呢啊呀吧是的请那"
AMOUNT = PATTERNS["amount"]


def asked_unit(words: str) -> str:
    """Return the unit of money that a message asks for, "" for none."""
    found = ASKS_UNIT.search(words)
    unit = next(filter(None, found.groups()), "") if found else ""
    return unit if unit.endswith("元") or not unit else f"{unit}元"


def asks_unit_alone(words: str) -> bool:
    """Tell whether a message asks for nothing but a unit: 换算成元."""
    return bool(asked_unit(words)) and not ASKS_UNIT.sub("", words).strip(AROUND)


def with_unit(answer: Answer, words: str) -> Answer:
    """Return an answer that says its printed amounts in the unit that is asked for as well."""
    unit = asked_unit(words)
    if not unit or answer.status != "answered":
        return answer
    text, done, added = answer.text, 0, list[Figure]()
    for figure in _printed(answer, unit):
        found = next(
            (at for at in AMOUNT.finditer(text, done) if _is_of(figure, at[1], at[2])), None
        )
        if found:
            one = _converted(figure, unit)
            said = f"（合{Decimal(one.value):,}{unit}）"
            text, done = text[: found.end()] + said + text[found.end() :], found.end() + len(said)
            added.append(one)
    return answer.model_copy(update={"text": text, "figures": (*answer.figures, *added)})


def _printed(answer: Answer, unit: str) -> Iterator[Figure]:
    """Yield the amounts that are printed in another unit; nothing in whatever unit stays so."""
    for figure in answer.figures:
        if figure.formula or figure.unit == unit or to_yuan(Decimal(1), figure.unit) is None:
            continue
        if Decimal(figure.value):
            yield figure


def _is_of(figure: Figure, digits: str, unit: str) -> bool:
    return unit == figure.unit and Decimal(digits.replace(",", "")) == Decimal(figure.value)


def _converted(figure: Figure, unit: str) -> Figure:
    value, before = convert(Decimal(figure.value), figure.unit, unit), Decimal(figure.value)
    larger = value < before
    factor = f"/ {plain(before / value)}" if larger else f"× {plain(value / before)}"
    return figure.model_copy(
        update={
            "value": plain(value),
            "unit": unit,
            "label": f"{figure.label}{CONVERTED}",
            "aspect": "计算",
            "fact": None,
            "correction": "",
            "formula": f"{figure.value}{figure.unit} {factor} = {plain(value)}{unit}",
        }
    )
