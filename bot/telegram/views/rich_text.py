"""A message as runs of styled text: as Telegram HTML, measured and cut. Not what it says."""

from collections.abc import Callable, Iterable
from html import escape
from itertools import accumulate
from typing import Literal

from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun

Style = Literal["plain", "bold", "code", "pre", "quote", "link"]

TEXT_LIMIT = 4096  # Bot API: characters of a message after its entities are parsed, in UTF-16
CAPTION_LIMIT = 1024  # the same of a picture or a file
ENTITY_LIMIT = 100  # Telegram silently drops the styles beyond

_TAGS: dict[Style, tuple[str, str]] = {
    "plain": ("", ""),
    "bold": ("<b>", "</b>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "quote": ("<blockquote expandable>", "</blockquote>"),
}
_ELLIPSIS = "…"
_FIGURE = patterns("answers.rich_text")["figure"]


class Run(Noun):
    """A stretch of text in one style; `url` is where a link leads."""

    text: str
    style: Style = "plain"
    url: str = ""


class Button(Noun):
    """A button under a message: its label and the data that a press sends back (1-64 bytes)."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


class Outgoing(Noun):
    """A message that is ready to be sent: its text and its rows of buttons.

    Where a reply to it is wanted, `reply` is what stands in the field that the reply is typed in.
    """

    runs: tuple[Run, ...]
    buttons: Rows = ()
    reply: str = ""


def plain(text: str, buttons: Rows = ()) -> Outgoing:
    """Make a message of one unstyled text, cut to what a message holds."""
    return Outgoing(runs=fit([Run(text=text)]), buttons=buttons)


def listing(lines: Iterable[str], more: Callable[[int], str]) -> Outgoing:
    """Make a message of lines; where it does not hold all of them, the last one says how many."""
    whole = list(lines)
    ends = list(accumulate(units(line) + 1 for line in whole))
    if not ends or ends[-1] - 1 <= TEXT_LIMIT:
        return plain("\n".join(whole))
    room = TEXT_LIMIT - units(more(len(whole)))
    count = sum(end <= room for end in ends)
    return plain("\n".join([*whole[:count], more(len(whole) - count)]))


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def runs_to_text(runs: Iterable[Run]) -> str:
    """Return what is read when the styles are taken away."""
    return "".join(run.text for run in runs)


def runs_to_html(runs: Iterable[Run]) -> str:
    """Write runs as the HTML that the Bot API parses; every character of theirs is escaped."""
    return "".join(_run_to_html(run) for run in runs if run.text)


def _run_to_html(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.style == "link":
        return f'<a href="{escape(run.url)}">{text}</a>'
    start, end = _TAGS[run.style]
    return f"{start}{text}{end}"


def fit(runs: Iterable[Run], limit: int = TEXT_LIMIT) -> tuple[Run, ...]:
    """Cut runs to `limit` UTF-16 units with an ellipsis, never within a figure or a style.

    Styles beyond the hundredth are taken away, as Telegram would do.
    """
    shown = _first_styles(runs)
    if units(runs_to_text(shown)) <= limit:
        return shown
    kept: list[Run] = []
    room = limit - units(_ELLIPSIS)
    for run in shown:
        text = _head(run.text, room)
        kept.append(run.model_copy(update={"text": text}))
        room -= units(text)
        if text != run.text:
            break
    return (*kept, Run(text=_ELLIPSIS))


def _first_styles(runs: Iterable[Run]) -> tuple[Run, ...]:
    shown: list[Run] = []
    styled = 0
    for run in runs:
        styled += run.style != "plain"
        shown.append(run if styled <= ENTITY_LIMIT else Run(text=run.text))
    return tuple(shown)


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its longest start that ends in an ellipsis, fits and breaks no figure."""
    if units(text) <= limit:
        return text
    return _head(text, limit - units(_ELLIPSIS)).rstrip() + _ELLIPSIS


def _head(text: str, limit: int) -> str:
    """Return the longest start of a text that fits and does not end inside a figure."""
    end = _prefix(text, limit)
    for figure in _FIGURE.finditer(text):
        if figure.start() < end < figure.end():
            return text[: figure.start()]
        if figure.start() >= end:
            break
    return text[:end]


def _prefix(text: str, limit: int) -> int:
    """Return how many characters of `text` fit into `limit` UTF-16 units."""
    used = 0
    for at, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return at
    return len(text)
