"""Passages: pieces of one section that read by themselves, for the search by meaning and words."""

from collections.abc import Iterator

from corpus.model.types import Block, Passage, Report, content_id
from corpus.structure.outline import CONTENTS

LONGEST = 400
HEAD = 80


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


def _pieces(report: Report) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the stretches of text that become passages: blocks of a section, joined or cut."""
    run: list[Block] = []
    for block in report.blocks:
        if block.section == (CONTENTS,) or block.kind == "heading":
            continue
        length = block.span.end - block.span.start
        if run and (
            run[-1].section != block.section
            or length + run[-1].span.end - run[0].span.start > LONGEST
        ):
            yield from _cut(report, run)
            run = []
        run.append(block)
    if run:
        yield from _cut(report, run)


def _cut(report: Report, run: list[Block]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield a run of blocks, cut at sentence and row ends where it is too long."""
    start, end = run[0].span.start, run[-1].span.end
    while end - start > LONGEST:
        window = report.text[start : start + LONGEST]
        at = max(window.rfind(mark) for mark in "。；\n")
        stop = start + (at + 1 if at > LONGEST // 3 else LONGEST)
        yield start, stop, run[0].section
        start = stop
    yield start, end, run[0].section
