"""An answer as lines for a terminal: the text, then the proofs, numbered as in the text."""

import re
from collections.abc import Iterator, Sequence

from bot.types import Answer, Choice, Citation

SPACE = re.compile(r"\s+")
# The marks of a quote inside a quote.
INNER = str.maketrans("“”", "‘’")
RELATED = "报告里相近的内容："
CHOICES = "请选一个："
ONWARD = "接着可以问（输入序号）："


def answer_to_text(answer: Answer) -> str:
    """Return what a person reads of an answer: text, choices, quotes with their places."""
    return "\n".join(_lines(answer))


def onward_to_text(choices: Sequence[Choice]) -> str:
    """Return the questions to go on with, numbered; "" where there are none."""
    lines = (f"  {number}. {one.label}" for number, one in enumerate(choices, start=1))
    return "\n".join((ONWARD, *lines)) if choices else ""


def _lines(answer: Answer) -> Iterator[str]:
    yield answer.text
    if answer.choices:
        yield ""
        yield CHOICES
        for number, choice in enumerate(answer.choices, start=1):
            yield f"  {number}. {choice.label}"
    told = SPACE.sub("", answer.text)
    for citation in answer.citations:
        yield ""
        yield from _citation_lines(citation, told)
    if answer.related:
        yield ""
        yield RELATED
        for citation in answer.related:
            yield from _citation_lines(citation)


def _citation_lines(citation: Citation, told: str = "") -> Iterator[str]:
    """Yield the quote and its place, the place alone where the answer itself reads it aloud."""
    if SPACE.sub("", citation.quote) in told:
        yield f"[{citation.n}] {place(citation)}"
        return
    yield f"[{citation.n}] “{citation.quote.translate(INNER)}”"
    yield f"    {place(citation)}"


def place(citation: Citation) -> str:
    """Return where a citation stands: document, page where there is one, section."""
    page = f"第{citation.page}页" if citation.page else ""
    return "　".join(part for part in (f"《{citation.document}》", page, citation.section) if part)
