"""The buttons under an answer: which there are, and the data that a press sends back."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args
from zlib import crc32

from bot.telegram.views import texts
from bot.telegram.views.answer import is_of_one_figure, label
from bot.telegram.views.chart_figures import charts_of
from bot.telegram.views.related_figures import (
    aspects_among,
    find_fact,
    of_level,
    other_units,
    relatives,
    series_among,
)
from bot.telegram.views.rich_text import Button
from bot.types import Answer, Choice
from corpus.entities.organisations import core_of
from corpus.model.types import Fact, Noun
from index.library import Library

Pick = Literal["suggest", "compare", "trend_of", "source", "home", "subscribe"]
Action = Literal[
    "choose", "why", "suggest", "next", "compare", "trend_of", "source", "home", "subscribe",
    "passage", "picture", "page", "before", "trend", "parts", "bodies", "unit", "aspect", "copy",
    "up", "down",
]  # fmt: skip

Rows = tuple[tuple[Action, ...], ...]

LABELS: dict[Action, str] = {
    "passage": "原文",
    "picture": "出处图",
    "page": "看整页",
    "before": "对比上年",
    "trend": "趋势图",
    "parts": "组成图",
    "bodies": "各单位对比图",
    "unit": "换单位",
    "aspect": "换口径",
    "copy": "复制答复",
    "up": "👍",
    "down": "👎",
}
NEXT = "问："
_ABREAST = 3  # buttons that a phone shows beside each other without cutting their labels
_SEEN = 21  # characters of a label that a phone shows
_DATA = re.compile(rf"({'|'.join(get_args(Action))}):(\d+)(?::(\d+))?(?::([0-9a-f]{{8}}))?")


class Press(Noun):
    """A press of a button: what it does, for which answer, and for which of its choices.

    `choice` tells a choice from the one that took its place when the answer was asked back on.
    """

    action: Action
    answer: int
    at: int = 0
    choice: str = ""


def press_to_data(press: Press) -> str:
    """Write a press as the data of its button, far below the 64 bytes of the Bot API."""
    data = f"{press.action}:{press.answer}:{press.at}"
    return f"{data}:{press.choice}" if press.choice else data


def data_to_press(data: str) -> Press | None:
    """Read the data of a button, or None where it is not one of these."""
    match = _DATA.fullmatch(data)
    if match is None:
        return None
    return Press.model_validate(
        {
            "action": match[1],
            "answer": int(match[2]),
            "at": int(match[3] or 0),
            "choice": match[4] or "",
        }
    )


def is_there(press: Press, answer: Answer) -> bool:
    """Whether the choice that was pressed is one that the answer still offers."""
    offered = answer.onward if press.action == "next" else answer.choices
    choices = offered[press.at : press.at + 1]
    return not press.choice or press.choice in map(_mark, choices)


def _mark(choice: Choice) -> str:
    return f"{crc32(choice.question.encode()):08x}"


def answer_to_rows(library: Library, answer: Answer) -> Rows:
    """Return what can be done with an answer, row by row; nothing for one that asks back."""
    return tuple(_rows(library, answer)) if answer.status != "clarify" else ()


def _rows(library: Library, answer: Answer) -> Iterator[tuple[Action, ...]]:
    if answer.citations:
        yield ("passage", "picture")
    yield from _evenly([*_beside(library, answer)])
    if answer.status == "answered":
        yield ("copy", "up", "down")
    else:
        yield ("up", "down")


def _beside(library: Library, answer: Answer) -> Iterator[Action]:
    """Give what can be shown beside the figure that is meant, and the charts that there are."""
    meant = answer.figures[0].fact if answer.figures and is_of_one_figure(answer) else None
    fact = find_fact(library, meant)
    kin = relatives(library, fact) if fact else ()
    if fact:
        yield from _over_time(kin, fact)
    if answer.status == "answered":
        yield from charts_of(library, answer)
    if fact and other_units(fact):
        yield "unit"
    if fact and aspects_among(kin, fact):
        yield "aspect"


def _over_time(kin: Sequence[Fact], fact: Fact) -> Iterator[Action]:
    years = [point.fact.year for point in series_among(of_level(kin, fact), fact)]
    if (fact.year or 0) - 1 in years:
        yield "before"
    if len(years) > 1:
        yield "trend"


def _evenly(actions: Sequence[Action]) -> Iterator[tuple[Action, ...]]:
    """Put actions in rows of three at most, as even as they come out."""
    rows = math.ceil(len(actions) / _ABREAST)
    size = math.ceil(len(actions) / max(1, rows))
    yield from (tuple(actions[at : at + size]) for at in range(0, len(actions), max(1, size)))


def rows_to_buttons(answer_id: int, answer: Answer, rows: Rows) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of an answer: its choices, or one for each thing that can be done.

    What may be asked next stands below, a row each.
    """
    if answer.status == "clarify":
        return choice_buttons("choose", answer_id, answer)
    doing = tuple(tuple(_buttons(answer_id, row)) for row in rows)
    asking = tuple(
        (Button(label=_next_label(answer, one), data=_data("next", answer_id, at, _mark(one))),)
        for at, one in enumerate(answer.onward)
    )
    return doing + asking


def _next_label(answer: Answer, choice: Choice) -> str:
    """Label what may be asked next, without the body of the answer where that would be too long."""
    bodies = {core_of(figure.organisation) for figure in answer.figures}
    long = len(NEXT + choice.label) > _SEEN and len(bodies) == 1
    return label(NEXT + (choice.label.removeprefix(*bodies) if long else choice.label))


def choice_buttons(
    action: Action, answer_id: int, answer: Answer
) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each choice of an answer, a row each."""
    return tuple(
        (Button(label=text, data=_data(action, answer_id, at, _mark(answer.choices[at]))),)
        for at, text in enumerate(_short_labels(answer.choices))
    )


def _short_labels(choices: Iterable[Choice]) -> list[str]:
    """Return the labels without the region that a name begins with, where they stay different.

    A phone shows some twenty characters of a button, and 某市某区 would take most of them.
    """
    whole = [choice.label for choice in choices]
    names = [text.split(" ")[0] for text in whole]
    short = [
        core_of(name) + text.removeprefix(name) for name, text in zip(names, whole, strict=True)
    ]
    return [label(text) for text in (short if len(set(short)) == len(short) else whole)]


def reason_buttons(answer_id: int) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons under the question why, two in a row."""
    made = [
        Button(label=reason, data=_data("why", answer_id, at))
        for at, reason in enumerate(texts.REASONS)
    ]
    return tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))


def page_button(answer_id: int, at: int) -> tuple[tuple[Button, ...], ...]:
    """Return the button under a cut of a page that shows the whole page."""
    return ((Button(label=LABELS["page"], data=_data("page", answer_id, at)),),)


def _buttons(answer_id: int, actions: Iterable[Action]) -> Iterable[Button]:
    return (Button(label=LABELS[action], data=_data(action, answer_id)) for action in actions)


def _data(action: Action, answer: int, at: int = 0, choice: str = "") -> str:
    return press_to_data(Press(action=action, answer=answer, at=at, choice=choice))
