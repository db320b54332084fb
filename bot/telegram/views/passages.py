"""The place in a report that proves an answer, as text with its neighbours or as a picture."""

from collections.abc import Iterable

from bot.telegram.views import texts
from bot.telegram.views.answer import citation_to_text
from bot.telegram.views.rich_text import Run, fit
from bot.types import Citation
from corpus.model.types import Passage
from index.library import Library


def citations_to_passages(
    library: Library, citations: Iterable[Citation], *, most: int = 4
) -> tuple[tuple[Run, ...], ...]:
    """Write the passages of citations, `most` of them; one within another passage comes with it."""
    loaded = {report.id for report in library.reports()}
    seen: list[tuple[str, int, int]] = []
    written = []
    for citation in citations:
        if any(citation.report == r and start <= citation.start < end for r, start, end in seen):
            continue
        if citation.report in loaded:
            stretch = _stretch(library.passages(citation.report), citation.start)
            seen.append((citation.report, *stretch))
        written.append(passage_to_runs(library, citation))
    return tuple(written[:most])


def passage_to_runs(library: Library, citation: Citation) -> tuple[Run, ...]:
    """Write the whole passage of a citation with the ones before and after; the cited part bold.

    A citation whose report is no longer there is written as it was quoted, and said to be gone.
    """
    if citation.report not in {report.id for report in library.reports()}:
        quote = Run(text=citation_to_text(citation), style="quote")
        return fit([Run(text=f"{texts.TAKEN_DOWN}\n"), quote])
    report = library.report(citation.report)
    start, end = _stretch(library.passages(report.id), citation.start)
    head = citation.model_copy(update={"quote": ""})
    cited = max(citation.start, start), min(max(citation.end, citation.start), end)
    return fit(
        [
            Run(text=f"{citation_to_text(head)}\n"),
            Run(text=report.text[start : cited[0]]),
            Run(text=report.text[cited[0] : cited[1]], style="bold"),
            Run(text=report.text[cited[1] : end]),
        ]
    )


def _stretch(passages: Iterable[Passage], at: int) -> tuple[int, int]:
    """Return where the passage around a place starts and ends, its neighbours taken along."""
    spans = sorted((p.span.start, p.span.end) for p in passages)
    here = [i for i, (start, end) in enumerate(spans) if start <= at < end] or [
        i for i, (start, _) in enumerate(spans) if start <= at
    ][-1:]
    if not here:
        return (at, at)
    before, after = max(0, here[0] - 1), min(len(spans) - 1, here[-1] + 1)
    return spans[before][0], max(end for _, end in spans[before : after + 1])
