"""An answer as a message: figure first, what it is, then the passages that prove it. No sending."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.telegram.views import texts
from bot.telegram.views.rich_text import Run, fit, shorten
from bot.types import Answer, Citation, Figure
from corpus.entities.organisations import core_of
from corpus.model.types import Report

_NUMBER = re.compile(r"(?<![\[\d])[-−]?\d[\d,，]*(?:\.\d+)?")  # [1] is the mark of a proof
_LISTED = "：\n· "
_STOPS = "。；;，"
_SHORT_QUOTE = 12  # characters: a quotation as short is a name with its figure
_QUOTE_LIMIT = 600
_LABEL_LIMIT = 60  # a longer label is cut by the phone


def answer_to_runs(answer: Answer, link: str = "") -> tuple[Run, ...]:
    """Write an answer; `link` reopens its figure and stands at the end where there is one."""
    runs = [*_headline(answer), *mark_figures(answer.text, answer.figures)]
    runs += citations_to_runs(answer.citations)
    if answer.related:
        runs.append(Run(text=f"\n\n{texts.RELATED}"))
        runs += citations_to_runs(answer.related)
    if link:
        alone = is_of_one_figure(answer) or len(answer.figures) == 1
        words = texts.LINK if alone else texts.LINK_OF_FIRST
        runs += [Run(text="\n"), Run(text=words, style="link", url=link)]
    return fit(runs)


def _headline(answer: Answer) -> Iterator[Run]:
    """Write the figure that is asked for by itself, with the digits that the text has it in."""
    if answer.status == "answered" and answer.figures and is_of_one_figure(answer):
        first = answer.figures[0]
        yield Run(text=_as_said(answer.text, first), style="code")
        yield Run(text=f" {first.unit}\n" if first.unit else "\n")


def is_of_one_figure(answer: Answer) -> bool:
    """Tell whether the first figure of an answer is the one meant.

    It is none of a list, of several bodies each with its own, and none of a passage that is quoted.
    """
    listed = _LISTED in answer.text or _is_of_several_bodies(answer)
    return not listed and not _is_quotation(answer)


def _is_of_several_bodies(answer: Answer) -> bool:
    """Tell whether figures of several bodies are told and none that is worked out of them."""
    worked_out = any(figure.formula for figure in answer.figures[:1])
    return not worked_out and len({figure.organisation for figure in answer.figures}) > 1


def _is_quotation(answer: Answer) -> bool:
    said = _bare(answer.text)
    quotes = (_bare(citation.quote).rstrip(_STOPS) for citation in answer.citations)
    return any(len(quote) > _SHORT_QUOTE and quote in said for quote in quotes)


def _bare(text: str) -> str:
    return "".join(text.split())


def _as_said(text: str, figure: Figure) -> str:
    """Return a figure with the digits and commas that a text says it in."""
    value = Decimal(figure.value)
    said = (match.group() for match in _NUMBER.finditer(text))
    return next((one for one in said if _value(one) == value), figure.value)


def mark_figures(text: str, figures: Iterable[Figure]) -> Iterator[Run]:
    """Split a text so that each of the figures in it is code, which a tap copies."""
    values = {Decimal(figure.value).copy_abs() for figure in figures}
    at = 0
    for number in _NUMBER.finditer(text):
        if _value(number.group()).copy_abs() not in values:
            continue
        yield Run(text=text[at : number.start()])
        yield Run(text=number.group(), style="code")
        at = number.end()
    yield Run(text=text[at:])


def _value(number: str) -> Decimal:
    return Decimal(number.replace("−", "-").replace(",", "").replace("，", ""))


def citations_to_runs(citations: Iterable[Citation]) -> Iterator[Run]:
    """Write each citation as an expandable quotation: number, document, page, section, passage."""
    for citation in citations:
        yield Run(text="\n")
        yield Run(text=citation_to_text(citation), style="quote")


def citation_to_text(citation: Citation, limit: int = _QUOTE_LIMIT) -> str:
    """Return the place of a citation and its passage, the passage cut at `limit` UTF-16 units.

    The section comes last: a folded quotation shows three lines, and a path can take them all.
    """
    place = texts.source(citation.n, citation.document, citation.page)
    lines = (place, shorten(citation.quote, limit), citation.section)
    return "\n".join(line for line in lines if line)


def report_to_name(report: Report) -> str:
    """Name a report by its title, with its body where the title leaves that open."""
    named = core_of(report.organisation) in report.title
    return f"{'' if named else report.organisation}《{report.title or report.name}》"


def label(text: str) -> str:
    """Cut a text to what fits on a button."""
    return shorten(text, _LABEL_LIMIT)
