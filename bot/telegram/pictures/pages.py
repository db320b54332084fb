"""The pages that an answer cites, as pictures with frames around what is cited. No sending."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from bot.telegram.pictures.page_cuts import Draw, page_to_closeup, page_to_whole
from bot.telegram.pictures.page_places import Cited
from bot.telegram.pictures.passage_cards import Card, card_to_png
from bot.telegram.views import related_figures, texts
from bot.telegram.views.rich_text import CAPTION_LIMIT, shorten
from bot.types import Answer, Citation
from corpus.model.types import Fact, Noun
from corpus.readers.detect import is_pdf, is_picture
from corpus.readers.scans.drawn import draw_pdf, draw_picture
from index.library import Library

_UNDER = " › "  # between the headings of a section
_BETWEEN = re.compile(r"[\s\d.,，。；;：:、|（）()%“”]+")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_SCALES = (Decimal(10_000), Decimal("0.0001"))  # 万元 beside 元 is the same figure
_FAR = 100  # one part in so many: what differs more is another figure, not a rounded one
_MOST_NEEDLES = 6
_SHARP, _WHOLE = 4.0, 2.0  # pixels to a point: of what is cut out, and of a page that is not
_PIECE = 6  # characters of a clause that are looked for on a page


class Shot(Noun):
    """A page, or what is `cut` out of it, as PNG, and what is said under it."""

    png: bytes
    caption: str
    cut: bool = False


def by_page(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Put together the citations that stand on one page."""
    pages: dict[tuple[str, int | None], list[Citation]] = {}
    for citation in citations:
        pages.setdefault((citation.report, citation.page), []).append(citation)
    return list(pages.values())


def is_loaded(library: Library, report_id: str) -> bool:
    """Whether a report is still there."""
    return any(report.id == report_id for report in library.reports())


def cited_to_shot(
    library: Library, answer: Answer, cited: list[Citation], *, whole: bool = False
) -> Shot | None:
    """Draw what these citations of a page cite, cut out to be read on a phone, or the whole page.

    None where their report has no pages or is gone. What cannot be found on its page is no reason
    for no picture: then it is the whole page.
    """
    first = cited[0]
    if first.page is None or not is_loaded(library, first.report):
        return None
    draw = _drawing(library.original(first.report), _WHOLE if whole else _SHARP)
    if draw is None:
        return None
    wanted = [_to_cited(library, answer, citation) for citation in cited]
    closeup = None if whole else page_to_closeup(draw, first.page, wanted)
    if closeup:
        caption = _caption(cited, closeup.framed, heads=closeup.heads)
        return Shot(png=closeup.png, caption=caption, cut=True)
    picture = page_to_whole(draw, first.page, wanted)
    return Shot(png=picture.png, caption=_caption(cited, picture.framed))


def _drawing(data: bytes, scale: float) -> Draw | None:
    """Return what draws a page of a report, None where it has none."""
    if is_pdf(data):
        return partial(draw_pdf, data, scale=scale)
    return partial(draw_picture, data) if is_picture(data) else None


def cited_to_card(library: Library, answer: Answer, citation: Citation) -> Shot | None:
    """Draw the passage that a citation quotes; None where its report is gone."""
    if not is_loaded(library, citation.report):
        return None
    needles = _needles(library, answer, citation)
    passage, quoted = _passage(library.report(citation.report).text, citation, needles[:1])
    card = Card(
        document=f"《{citation.document}》",
        section=citation.section,
        text=passage,
        quoted=quoted,
        figure=_figure_in(passage, quoted, needles),
    )
    where = texts.sources([citation.n], citation.document, citation.page)
    return Shot(png=card_to_png(card), caption=shorten(where, CAPTION_LIMIT))


def _passage(text: str, citation: Citation, figure: tuple[str, ...]) -> tuple[str, tuple[int, int]]:
    """Return the paragraph of a citation and where it is quoted; a row with the heads over it."""
    if "|" in citation.quote:
        row = _row_of(citation.quote.split("\n"), figure)
        start = sum(len(line) + 1 for line in citation.quote.split("\n")[:row])
        return citation.quote, (start, start + len(citation.quote.split("\n")[row]))
    start = text.rfind("\n", 0, citation.start) + 1
    end = text.find("\n", max(citation.end, start))
    passage = text[start : end if end >= 0 else len(text)]
    return passage, (citation.start - start, citation.end - start)


def _figure_in(
    passage: str, quoted: tuple[int, int], needles: tuple[str, ...]
) -> tuple[int, int] | None:
    """Return where the figure stands in what is quoted of a passage."""
    figure = needles[0] if needles else ""
    for match in _NUMBER.finditer(passage, *quoted):
        if match.group() == figure:
            return match.span()
    return None


def _to_cited(library: Library, answer: Answer, citation: Citation) -> Cited:
    needles = _needles(library, answer, citation)
    fact = _proved(library, answer, citation)
    return Cited(
        quote=citation.quote,
        heading=citation.section.split(_UNDER)[-1],
        needles=needles,
        heads=(*_heads(citation.quote, needles[:1]), *(fact.column if fact else ())),
    )


def _heads(quote: str, figure: tuple[str, ...]) -> tuple[str, ...]:
    """Return the heads over a row of a table, as its quotation gives them in the lines above."""
    lines = quote.split("\n")
    row = next(
        (at for at, line in enumerate(lines) if figure and figure[0] in line), len(lines) - 1
    )
    cells = (cell.strip() for line in lines[:row] for cell in line.split("|"))
    return tuple(cell for cell in cells if len(cell) > 1 and not cell[0].isdigit())


def _caption(cited: list[Citation], framed: tuple[bool, ...], *, heads: int | None = None) -> str:
    """Say where a picture is from, and which of its citations have no frame."""
    numbers = [citation.n for citation in cited]
    where = texts.sources(numbers, cited[0].document, cited[0].page)
    where += texts.heads_from(heads) if heads else ""
    missing = [n for n, found in zip(numbers, framed, strict=True) if not found]
    if not missing:
        return shorten(where, CAPTION_LIMIT)
    note = texts.frameless(missing if len(missing) < len(numbers) else [])
    return f"{shorten(where, CAPTION_LIMIT - len(note) - 1)}\n{note}"


def _row_of(lines: list[str], figure: tuple[str, ...]) -> int:
    """Return which line of a quotation has the figure, the last where it is on none."""
    return next((n for n, line in enumerate(lines) if figure and figure[0] in line), len(lines) - 1)


def _needles(library: Library, answer: Answer, citation: Citation) -> tuple[str, ...]:
    """Return the figure to frame, then the words beside it that tell it from its like.

    Words without a figure are cut into pieces: a whole clause may go on in the next line.
    """
    fact = _proved(library, answer, citation)
    printed = fact.printed if fact else _same_figure(answer, citation.quote)
    around = _words_near(citation.quote, printed)
    if not printed:
        return tuple(words[:_PIECE] for words in around)
    # Heads of columns stand above every row alike: they would choose the uppermost.
    return (printed, *(fact.row if fact else ()), *around)


def _proved(library: Library, answer: Answer, citation: Citation) -> Fact | None:
    facts = (figure.fact for figure in answer.figures if figure.citation == citation.n)
    return related_figures.find_fact(library, next(facts, None))


def _same_figure(answer: Answer, quote: str) -> str:
    """Return a figure of the answer as a further proof prints it, nothing where it has none."""
    values = [Decimal(figure.value) for figure in answer.figures]
    numbers = [match.group() for match in _NUMBER.finditer(quote)]
    for same in (_is_same, _is_same_in_other_unit):
        for one in numbers:
            if any(same(Decimal(re.sub("[,，]", "", one)), value) for value in values):
                return one
    return ""


def _is_same(number: Decimal, value: Decimal) -> bool:
    return number == value


def _is_same_in_other_unit(number: Decimal, value: Decimal) -> bool:
    """Tell whether a number is a figure in 元 where that is in 万元, or the other way, rounded."""
    for scale in _SCALES:
        gap = abs(number * scale - value)
        if (
            value
            and gap * 2 <= max(_step(value), _step(number) * scale)
            and gap * _FAR <= abs(value)
        ):
            return True
    return False


def _step(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _words_near(quote: str, printed: str) -> list[str]:
    """Return words of a quote's line with the figure, of a table's row; else of the whole quote."""
    lines = quote.split("\n")
    place = next((line for line in lines if printed and printed in line), lines[-1])
    found = [words for words in dict.fromkeys(_BETWEEN.split(place)) if len(words) > 1]
    found = found or [words for words in dict.fromkeys(_BETWEEN.split(quote)) if len(words) > 1]
    return found[:_MOST_NEEDLES]
