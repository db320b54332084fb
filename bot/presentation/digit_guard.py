"""The digit guard: no digit leaves that no quote, formula, locator or question carries."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from bot.types import Answer
from corpus.structure.plain_marks import without_notes

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MARKER = re.compile(r"\[\d+\]")


@lru_cache(maxsize=4096)  # the candidates of one message cite the same sentences
def numbers_in(text: str) -> frozenset[Decimal]:
    """Return every number written in digits in a text, thousands separators taken out."""
    flat = unicodedata.normalize("NFKC", text)
    found = (match.group().replace(",", "") for match in NUMBER.finditer(flat))
    return frozenset(Decimal(number) for number in found)


def unproved(answer: Answer, question: str) -> frozenset[Decimal]:
    """Return the numbers in an answer's text that nothing carries; empty for a sound answer.

    A number is carried by a citation's quote, title, section or page, by a formula with its
    figure's value, by the year of a figure, by a stored correction, by the label of a choice, or by
    the question.
    """
    carried = set(numbers_in(question))
    for citation in (*answer.citations, *answer.related):
        carried |= numbers_in(f"{citation.quote} {citation.title} {citation.section}")
        carried |= numbers_in(without_notes(citation.quote))  # 2936.48① prints 2936.48
        if citation.page is not None:
            carried.add(Decimal(citation.page))
    for figure in answer.figures:
        if figure.formula:
            carried |= numbers_in(f"{figure.formula} {figure.value}")
        if figure.year is not None:
            carried.add(Decimal(figure.year))
    for correction in answer.corrections:
        carried |= numbers_in(correction)
    for choice in answer.choices:
        carried |= numbers_in(choice.label)
    return frozenset(numbers_in(MARKER.sub("", answer.text)) - carried)
