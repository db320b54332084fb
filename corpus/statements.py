"""Facts from sentences: the statements of a report's running text, with their proofs.

`report_to_statements` reads every block once; facts, equalities and reasons are made of that.
"""

from collections.abc import Iterable

from corpus.accounts import Account, block_to_account
from corpus.evaluations import summary_to_project
from corpus.nouns import Aspect, Base, Block, Fact, Noun, Report, Span, content_id
from corpus.scene import Setting, Statement
from corpus.sentences import (
    Squeezed,
    block_to_squeezed,
    running_blocks,
    text_to_sentence_cuts,
)
from corpus.vocabulary import Vocabulary
from corpus.walk import block_to_statements

LONGEST_QUOTE = 250


class Parity(Noun):
    """Something said to equal its base without a figure: "与2024年预算持平"."""

    measure: str
    year: int | None
    aspect: Aspect
    base: Base | None
    quote: str
    span: Span
    section: tuple[str, ...]


class BlockStatements(Noun):
    """A block without its white space, and the statements read in it."""

    block: Block
    squeezed: Squeezed
    statements: tuple[Statement, ...]


def report_to_statements(report: Report, vocabulary: Vocabulary) -> tuple[BlockStatements, ...]:
    """Read the running text of a report; tables and the table of contents are left out."""
    read: list[BlockStatements] = []
    account = Account()
    for block in running_blocks(report):
        squeezed = block_to_squeezed(report, block)
        account = block_to_account(account, block.section, squeezed.text)
        setting = Setting(
            organisation=report.organisation,
            year=report.year,
            kind=report.kind,
            section=block.section,
            project=summary_to_project(squeezed.text) or account.project,
        )
        statements = block_to_statements(squeezed.text, setting=setting, vocabulary=vocabulary)
        read.append(BlockStatements(block=block, squeezed=squeezed, statements=statements))
    return tuple(read)


def report_to_sentence_facts(report: Report, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Return a fact for each figure of the running text, in reading order."""
    return statements_to_facts(report, report_to_statements(report, vocabulary))


def statements_to_facts(report: Report, read: Iterable[BlockStatements]) -> tuple[Fact, ...]:
    """Return the facts of statements that hold a figure."""
    return tuple(
        statement_to_fact(report, block, statement)
        for block in read
        for statement in block.statements
        if statement.amount is not None
    )


def statement_to_fact(report: Report, read: BlockStatements, statement: Statement) -> Fact:
    """Make the fact of a figure: its number first among the spans, then what it rests on."""
    amount, squeezed, subject = statement.amount, read.squeezed, statement.subject
    if amount is None:
        raise ValueError("an equality without a figure is no fact")
    number = squeezed.span(report, amount.number_start, amount.number_end)
    spans = [number]
    if subject.start < subject.end:
        spans.append(squeezed.span(report, subject.start, subject.end))
    if statement.year_at:
        spans.append(squeezed.span(report, *statement.year_at))
    return Fact(
        id=content_id(report.id, "text", number.start, number.end),
        report=report.id,
        organisation=report.organisation,
        level=report.level,
        kind=report.kind,
        year=statement.year,
        report_year=report.year,
        as_of=statement.as_of,
        measure=subject.measure,
        facet=subject.facet,
        aspect=statement.aspect,
        said=statement.said,
        direction=statement.direction,
        base=statement.base,
        value=amount.value,
        printed=report.quote(number),
        unit=amount.unit,
        vague=amount.vague,
        quote=report.quote(quote_span(report, squeezed, statement)),
        spans=tuple(spans),
        section=read.block.section,
        row=statement.row,
    )


def quote_span(report: Report, squeezed: Squeezed, statement: Statement) -> Span:
    """Return the sentence of a statement, from the sentence that names its subject where it fits.

    A longer sentence is cut to the clauses from the one that names the subject to the figure's.
    """
    sentences = text_to_sentence_cuts(squeezed.text, ends="。！？")
    start, end = next(cut for cut in sentences if cut[0] <= statement.start < cut[1])
    subject = statement.subject
    if subject.start < subject.end:
        named, _ = next(cut for cut in sentences if cut[0] <= subject.start < cut[1])
        if end - min(named, start) <= LONGEST_QUOTE:
            return squeezed.span(report, min(named, start), end)
    if end - start <= LONGEST_QUOTE:
        return squeezed.span(report, start, end)
    year_at = statement.year_at[0] if statement.year_at else statement.start
    first = min(statement.start, *(at for at in (subject.start, year_at) if at >= start))
    marks = [at + 1 for at in range(start, first) if squeezed.text[at] in "，；：、。"]
    first = max([start, *marks])
    if statement.end - first > LONGEST_QUOTE:
        first = statement.start
    return squeezed.span(report, first, statement.end)


def report_to_parities(report: Report, vocabulary: Vocabulary) -> tuple[Parity, ...]:
    """Return what the running text says to be equal to something without printing a figure."""
    parities: list[Parity] = []
    for read in report_to_statements(report, vocabulary):
        for statement in read.statements:
            if statement.amount is None:
                span = quote_span(report, read.squeezed, statement)
                parities.append(
                    Parity(
                        measure=statement.subject.measure,
                        year=statement.year,
                        aspect=statement.aspect,
                        base=statement.base,
                        quote=report.quote(span),
                        span=span,
                        section=read.block.section,
                    )
                )
    return tuple(parities)
