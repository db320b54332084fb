"""The pages that an answer cites, as pictures with frames around what is cited. No sending."""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.nouns import Answer, Citation
from bot.telegram import figures, words
from bot.telegram.runs import CAPTION_LIMIT, shorten
from corpus.model.types import Fact, Noun
from corpus.readers.pdf.pdfium import render_page
from index.library import Library

_PDF = b"%PDF-"
_BETWEEN = re.compile(r"[\s\d.,，。；;：:、|（）()%“”]+")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_SCALES = (Decimal(1), Decimal(10_000), Decimal("0.0001"))  # 万元 beside 元 is the same figure
_MOST_NEEDLES = 6
_PIECE = 6  # characters of a clause that are looked for on a page


class Shot(Noun):
    """A page as PNG, and what is said under it."""

    png: bytes
    caption: str


def by_page(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Put together the citations that stand on one page."""
    pages: dict[tuple[str, int | None], list[Citation]] = {}
    for citation in citations:
        pages.setdefault((citation.report, citation.page), []).append(citation)
    return list(pages.values())


def is_loaded(library: Library, report_id: str) -> bool:
    """Whether a report is still there."""
    return any(report.id == report_id for report in library.reports())


def cited_to_shot(library: Library, answer: Answer, cited: list[Citation]) -> Shot | None:
    """Draw the page of these citations, None where their report has no pages or is gone."""
    first = cited[0]
    if first.page is None or not is_loaded(library, first.report):
        return None
    data = library.original(first.report)
    if not data[:1024].lstrip().startswith(_PDF):
        return None
    finds = [_needles(library, answer, citation) for citation in cited]
    picture = render_page(data, first.page, finds=finds)
    return Shot(png=picture.png, caption=_caption(cited, picture.framed))


def _caption(cited: list[Citation], framed: tuple[bool, ...]) -> str:
    """Say where a picture is from, and which of its citations have no frame."""
    numbers = [citation.n for citation in cited]
    where = words.sources(numbers, cited[0].document, cited[0].page)
    missing = [n for n, found in zip(numbers, framed, strict=True) if not found]
    if not missing:
        return shorten(where, CAPTION_LIMIT)
    note = words.frameless(missing if len(missing) < len(numbers) else [])
    return f"{shorten(where, CAPTION_LIMIT - len(note) - 1)}\n{note}"


def _needles(library: Library, answer: Answer, citation: Citation) -> tuple[str, ...]:
    """Return the figure to frame, then the words beside it that tell it from its like.

    Words without a figure are cut into pieces: a whole clause may go on in the next line.
    """
    fact = _proved(library, answer, citation)
    printed = fact.printed if fact else _same_figure(answer, citation.quote)
    cells = (*fact.row, *fact.column) if fact else ()
    around = _words_near(citation.quote, printed)
    if not printed:
        return tuple(words[:_PIECE] for words in around)
    return (printed, *cells, *around)


def _proved(library: Library, answer: Answer, citation: Citation) -> Fact | None:
    facts = (figure.fact for figure in answer.figures if figure.citation == citation.n)
    return figures.find_fact(library, next(facts, None))


def _same_figure(answer: Answer, quote: str) -> str:
    """Return a figure of the answer as a further proof prints it, nothing where it has none."""
    values = {Decimal(figure.value) * scale for figure in answer.figures for scale in _SCALES}
    numbers = (match.group() for match in _NUMBER.finditer(quote))
    same = (one for one in numbers if Decimal(re.sub("[,，]", "", one)) in values)
    return next(same, "")


def _words_near(quote: str, printed: str) -> list[str]:
    """Return words of a quote, those of the line with the figure first, else of the last row."""
    lines = quote.split("\n")
    place = next((line for line in lines if printed and printed in line), lines[-1])
    found = _BETWEEN.split(f"{place}\n{quote}")
    return [words for words in dict.fromkeys(found) if len(words) > 1][:_MOST_NEEDLES]
