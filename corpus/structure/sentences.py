"""Sentences of a report: whole sentences of its running text, each with its place.

A sentence ends with its block at the latest. Tables and the table of contents hold no sentences.
"""

import re

from corpus.lexicon.grammar import patterns
from corpus.model.types import Block, Noun, Report, Span
from corpus.structure.plain_marks import note_mark_places, plain_text
from corpus.structure.segmentation import text_to_sentence_cuts

SPACE = re.compile(r"\s")
CONTENTS = "目录"
PATTERNS = patterns("structure.sentences")
BLANK = PATTERNS["blank"]


class Sentence(Noun):
    """A whole sentence as printed, under the headings of `section`."""

    span: Span
    section: tuple[str, ...]
    text: str


class Squeezed(Noun):
    """The text of a block without white space; `at[i]` is where character i stands in the report.

    Readers leave blanks beside figures ("2024 年", "0.39 万元") and line breaks inside a sentence;
    marks and digits are in plain form. One more entry in `at` is the end of the block.
    """

    text: str
    at: tuple[int, ...]

    def span(self, report: Report, start: int, end: int) -> Span:
        """Return the place in the report of `text[start:end]`, blanks at its ends left out."""
        if start == end:
            return report.span(self.at[start], self.at[start])
        return report.span(self.at[start], self.at[end - 1] + 1)


def block_to_squeezed(report: Report, block: Block) -> Squeezed:
    """Return the text of a block without its white space."""
    return span_to_squeezed(report, block.span)


def span_to_squeezed(report: Report, span: Span) -> Squeezed:
    """Return the text of a block or of a note without its white space."""
    places = [
        (char, place)
        for place, char in enumerate(report.quote(span), start=span.start)
        if not SPACE.match(char)
    ]
    text = plain_text("".join(char for char, _ in places))
    notes = note_mark_places(text)
    kept = [at for at in range(len(text)) if at not in notes]
    return Squeezed(
        text="".join(text[at] for at in kept),
        at=(*(places[at][1] for at in kept), span.end),
    )


def running_blocks(report: Report) -> tuple[Block, ...]:
    """Return the headings and paragraphs of a report, its table of contents left out."""
    return tuple(
        block
        for block in report.blocks
        if block.kind != "table" and block.section[:1] != (CONTENTS,)
    )


def filled_spans(report: Report, block: Block) -> tuple[Span, ...]:
    """Return the parts of a block between the sentences of a form that were left blank."""
    squeezed = block_to_squeezed(report, block)
    if not BLANK.search(squeezed.text):
        return (block.span,)
    cuts = text_to_sentence_cuts(squeezed.text)
    filled = [squeezed.span(report, *cut) for cut in cuts if not BLANK.search(squeezed.text, *cut)]
    return tuple(filled)


def report_to_sentences(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of the headings and paragraphs of a report, in reading order.

    One of a form whose figures were left blank (支出XX万元) says nothing and is left out.
    """
    sentences: list[Sentence] = []
    for block in running_blocks(report):
        squeezed = block_to_squeezed(report, block)
        for start, end in text_to_sentence_cuts(squeezed.text):
            if BLANK.search(squeezed.text, start, end):
                continue
            span = squeezed.span(report, start, end)
            sentences.append(Sentence(span=span, section=block.section, text=report.quote(span)))
    return tuple(sentences)
