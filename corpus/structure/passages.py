"""Passages: pieces of one section that read by themselves, for the search by meaning and words."""

from collections.abc import Iterator

from corpus.model.types import Noun, Passage, Report, Span, content_id
from corpus.structure.outline import CONTENTS
from corpus.structure.sentences import filled_spans

LONGEST = 400
HEAD = 80


class Stretch(Noun):
    """A stretch of text of one section: a block, or what of a form is filled in."""

    start: int
    end: int
    section: tuple[str, ...]


def report_to_passages(report: Report) -> tuple[Passage, ...]:
    """Cut a report into passages of one section each, at most about `LONGEST` characters.

    The text of a passage is its section path, a line break, and the verbatim text of its span.
    Ids depend on the content and the place alone, so the same report has the same ids again.
    """
    made = []
    for start, end, section in _pieces(report):
        span = report.span(start, end)
        body = report.text[start:end].strip()
        if not body:
            continue
        head = " › ".join(section)[-HEAD:]
        text = f"{head}\n{body}" if head else body
        made.append(
            Passage(
                id=content_id(report.id, start, end, text),
                report=report.id,
                section=section,
                text=text,
                span=span,
            )
        )
    return tuple(made)


def _stretches(report: Report) -> Iterator[Stretch]:
    """Yield what can be quoted: no headings, no contents, no sentence left blank."""
    for block in report.blocks:
        if block.section == (CONTENTS,) or block.kind == "heading":
            continue
        spans: tuple[Span, ...] = (block.span,)
        if block.kind == "paragraph":
            spans = filled_spans(report, block)
        for span in spans:
            yield Stretch(start=span.start, end=span.end, section=block.section)


def _pieces(report: Report) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the stretches of text that become passages: those of a section, joined or cut."""
    run: list[Stretch] = []
    for stretch in _stretches(report):
        if run and not _joins(report, run, stretch):
            yield from _cut(report, run)
            run = []
        run.append(stretch)
    if run:
        yield from _cut(report, run)


def _joins(report: Report, run: list[Stretch], stretch: Stretch) -> bool:
    """Tell whether a stretch goes on a passage: of its section, nothing left out, not too long."""
    if run[-1].section != stretch.section:
        return False
    length = stretch.end - stretch.start + run[-1].end - run[0].start
    return length <= LONGEST and not report.text[run[-1].end : stretch.start].strip()


def _cut(report: Report, run: list[Stretch]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield a run of stretches, cut at sentence and row ends where it is too long."""
    start, end = run[0].start, run[-1].end
    while end - start > LONGEST:
        window = report.text[start : start + LONGEST]
        at = max(window.rfind(mark) for mark in "。；\n")
        stop = start + (at + 1 if at > LONGEST // 3 else LONGEST)
        yield start, stop, run[0].section
        start = stop
    yield start, end, run[0].section
