"""Reasons: why a figure rose, fell or stayed, in the report's own words.

A reason belongs to the subject that its own clause says ("公务接待费减少的主要原因是"), else
to the difference, equality or figure that was stated last before it.
"""

import re
from collections.abc import Sequence
from functools import partial

from corpus.entities.comparisons import (
    Comparison,
    drop_verdict,
    is_even,
    words_to_change,
    words_to_comparison,
    words_to_level,
)
from corpus.extraction.discourse import MOVES
from corpus.extraction.facts import LONGEST_QUOTE, BlockStatements, report_to_statements
from corpus.extraction.statements import Statement
from corpus.extraction.subject_terms import BOTH, Subject, words_to_subject, words_to_total
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Aspect, Base, Noun, Report, Span
from corpus.structure.headings import text_to_numbering
from corpus.structure.segmentation import text_to_amounts, text_to_sentence_cuts
from corpus.structure.sentences import BLANK

PATTERNS = patterns("extraction.reasons")
MARK = PATTERNS["mark"]
LOOSE = PATTERNS["loose"]
TURNED = PATTERNS["turned"]
NEXT = PATTERNS["next"]
LACK = PATTERNS["lack"]
CAUSE = PATTERNS["cause"]


class Reason(Noun):
    """Why something is as it is. `subject` is the clause that says what is explained.

    `direction` is 1 for a rise, -1 for a fall, 0 where nothing moved; `text` is the reason itself.
    """

    measure: str
    year: int | None
    aspect: Aspect | None
    direction: int
    base: Base | None
    subject: str
    text: str
    quote: str
    span: Span
    section: tuple[str, ...]


class Found(Noun):
    """A reason in a block: its subject stands in [start, mark), the reason in [text, end).

    `sentence` is where the sentence of the subject begins.
    """

    sentence: int
    start: int
    mark: int
    text: int
    end: int
    words: str


class Cause(Noun):
    """A reason found, its place, the subject that its clause names and what was stated of it."""

    found: Found
    text: Span
    named: Subject | None
    stated: Statement | None


def report_to_reasons(report: Report, vocabulary: Vocabulary) -> tuple[Reason, ...]:
    """Return the reasons that the running text of a report gives, in reading order."""
    reasons: list[Reason] = []
    blocks = report_to_statements(report, vocabulary)
    for at, read in enumerate(blocks):
        earlier = [statement for block in blocks[:at] for statement in block.statements]
        for found in text_to_found(read.squeezed.text):
            text = reason_span(report, blocks, at, found)
            if text is None:
                continue
            for named in explained_subjects(found, report.organisation, vocabulary):
                stated = explained_statement(read.statements, found, named)
                if stated is None and named is not None:
                    stated = explained_statement(earlier, found, named, above=True)
                elif stated is None:
                    stated = change_above(blocks[:at], read, found)
                cause = Cause(found=found, text=text, named=named, stated=stated)
                reasons.append(cause_to_reason(report, read, cause))
    return tuple(reasons)


def change_above(
    blocks: Sequence[BlockStatements], read: BlockStatements, found: Found
) -> Statement | None:
    """Return the change above that a paragraph explains: "下降的主要原因是"."""
    direction = words_to_change(found.words.removesuffix("的"))
    alike = [
        statement
        for block in blocks
        if block.block.section == read.block.section
        for statement in block.statements
        if direction and statement.aspect in MOVES and statement.direction == direction
    ]
    return alike[-1] if alike else None


def text_to_found(text: str) -> tuple[Found, ...]:
    """Find the reasons of a text without white space."""
    found: list[Found] = []
    for start, end in text_to_sentence_cuts(text, ends="。！？"):
        if BLANK.search(text, start, end):  # of a form that was not filled in
            continue
        for match in marks_of(text, start, end):
            words = re.split(r"[，；：。]", text[start : match.start()])[-1]
            found.append(
                Found(
                    sentence=start,
                    start=match.start() - len(words),
                    mark=match.start(),
                    text=match.end(),
                    end=reason_end(text, match.end(), end),
                    words=words,
                )
            )
        found += [
            Found(
                sentence=start,
                start=match.start(),
                mark=match.start(),
                text=match.start(),
                end=match.end(),
                words=match["what"],
            )
            for match in CAUSE.finditer(text, start, end)
        ]
    return tuple(found)


def marks_of(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the words that a reason follows; loose ones where a group has no others."""
    marks: list[re.Match[str]] = []
    for low, high in text_to_sentence_cuts(text[:end], ends="；。！？"):
        if low < start:
            continue
        firm = list(MARK.finditer(text, low, high))
        loose = None if firm else LOOSE.search(text, low, high)
        marks += firm
        if loose and TURNED.search(text, low, loose.start()):
            marks.append(loose)
    return marks


def reason_end(text: str, start: int, end: int) -> int:
    """Return where a reason ends: at a ； after which other figures are stated, else at `end`.

    A further reason of a list (二是) goes with it, whatever it counts.
    """
    for match in re.finditer("；", text[start:end]):
        rest = text[start + match.end() : end].split("；")[0]
        if NEXT.match(rest):
            continue
        if text_to_amounts(rest) or is_even(rest.rstrip("。")):
            return start + match.start()
    return end


def reason_span(
    report: Report, blocks: tuple[BlockStatements, ...], at: int, found: Found
) -> Span | None:
    """Return the place of a reason; the next paragraph where the mark ends its own."""
    block = blocks[at]
    if found.text < found.end:
        return block.squeezed.span(report, found.text, found.end)
    if at + 1 < len(blocks) and blocks[at + 1].block.section == block.block.section:
        return blocks[at + 1].block.span
    return None


def explained_subjects(
    found: Found, organisation: str, vocabulary: Vocabulary
) -> tuple[Subject | None, ...]:
    """Return what the clause of a reason names: nothing, one subject, or income and spending."""
    words = found.words.removesuffix("的")
    comparison = words_to_comparison(words)
    words = words[: comparison.start] if comparison else LACK.sub("", drop_verdict(words))
    subject, total = (
        partial(way, vocabulary=vocabulary, organisation=organisation, at=found.start)
        for way in (words_to_subject, words_to_total)
    )
    named = subject(words)
    if (named and named.known) or not BOTH.search(words):
        return (named,)
    sides = [BOTH.sub(side, words) for side in ("收入", "支出")]
    return tuple(subject(each) or total(each) for each in sides)


def cause_to_reason(report: Report, read: BlockStatements, cause: Cause) -> Reason:
    """Make the reason of what it explains: the subject its clause names and its last statement."""
    squeezed, found, stated = read.squeezed, cause.found, cause.stated
    subject = found.words
    if stated is not None and stated in read.statements:
        subject = subject or squeezed.text[stated.start : stated.end]
    known = cause.named or (stated.subject if stated else None)
    span = report.span(squeezed.at[quote_start(read, cause, known)], cause.text.end)
    comparison = words_to_comparison(found.words.removesuffix("的"))
    said = words_to_level(found.words[: comparison.start]).aspect if comparison else None
    return Reason(
        measure=known.measure if known else subject,
        year=stated.year if stated else report.year,
        aspect=said or (stated.aspect if stated else None),
        direction=explained_direction(found, comparison, stated),
        base=explained_base(comparison, stated, report),
        subject=subject,
        text=report.quote(cause.text).rstrip("。；"),
        quote=report.quote(span),
        span=span,
        section=read.block.section,
    )


def quote_start(read: BlockStatements, cause: Cause, known: Subject | None) -> int:
    """Return where the quote of a reason begins: at what it explains.

    What no term names is explained by its whole sentence: "目标40场，实际30场，原因是". So is what
    its own clause does not name: "下降5.62%，主要原因是".
    """
    found, stated = cause.found, cause.stated
    clause = read.squeezed.text[found.start : found.mark]
    told = known is not None and known.known and known.measure in clause
    lead = found.start
    if stated is not None and stated in read.statements:
        lead = min(stated.start, found.start)
    starts = [lead] if told else [sentence_start(read.squeezed.text, lead), lead]
    at = read.squeezed.at
    near = (start for start in starts if cause.text.end - at[start] <= LONGEST_QUOTE)
    return next(near, found.start)


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence begins in which a place stands, behind its number."""
    start = max(text.rfind(mark, 0, at) for mark in "。！？") + 1
    numbering = text_to_numbering(text[start:at])
    return start + numbering.start if numbering else start


def explained_direction(
    found: Found, comparison: Comparison | None, stated: Statement | None
) -> int:
    """Return the direction of what is explained: as its own words say, else as it was stated."""
    said = words_to_change(found.words.removesuffix("的"))
    if said or (comparison and comparison.direction):
        return said or (comparison.direction if comparison else 0)
    return stated.direction if stated else 0


def explained_base(
    comparison: Comparison | None, stated: Statement | None, report: Report
) -> Base | None:
    """Return what the thing explained is held against."""
    if comparison:
        return comparison.to_base(
            year=stated.year if stated else report.year, aspect=stated.aspect if stated else None
        )
    return stated.base if stated else None


def explained_statement(
    statements: Sequence[Statement], found: Found, named: Subject | None, *, above: bool = False
) -> Statement | None:
    """Return the statement that a reason explains: the last difference before it, of its subject.

    "因…导致…" explains what is stated first inside it; `above` looks in the blocks before.
    """
    inside = [each for each in statements if found.start <= each.start < found.end]
    if found.start == found.text and inside and not above:
        return inside[0]
    before = [each for each in statements if above or said_at(each) < found.mark]
    if named is not None:
        before = [each for each in before if each.subject.measure == named.measure]
    moves = [each for each in before if each.aspect in MOVES or each.amount is None]
    if moves and moves[-1].subject.measure == before[-1].subject.measure:
        return moves[-1]
    return before[-1] if before else None


def said_at(statement: Statement) -> int:
    """Return where a statement is made: a figure inside a reason is not what it explains."""
    return statement.amount.start if statement.amount else statement.start
