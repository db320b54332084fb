"""An answer as lines for a terminal: the text, then the proofs, numbered as in the text."""

from collections.abc import Iterator

from bot.nouns import Answer, Citation

RELATED = "报告里相近的内容："
CHOICES = "请选一个："


def answer_to_text(answer: Answer) -> str:
    """Return what a person reads of an answer: text, choices, quotes with their places."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    yield answer.text
    if answer.choices:
        yield ""
        yield CHOICES
        for number, choice in enumerate(answer.choices, start=1):
            yield f"  {number}. {choice.label}"
    for citation in answer.citations:
        yield ""
        yield from _citation_lines(citation)
    if answer.related:
        yield ""
        yield RELATED
        for citation in answer.related:
            yield from _citation_lines(citation)


def _citation_lines(citation: Citation) -> Iterator[str]:
    yield f"[{citation.n}] “{citation.quote}”"
    yield f"    {place(citation)}"


def place(citation: Citation) -> str:
    """Return where a citation stands: document, page where there is one, section."""
    page = f"第{citation.page}页" if citation.page else ""
    return "　".join(part for part in (f"《{citation.document}》", page, citation.section) if part)
