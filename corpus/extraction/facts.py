"""Facts from sentences: the statements of a report's running text, with their proofs.

`report_to_statements` reads every block once; facts, equalities and reasons are made of that.
"""

from collections.abc import Iterable, Sequence

from corpus.extraction.discourse import Setting, Whole, level_to_whole
from corpus.extraction.roles import block_to_statements
from corpus.extraction.statements import LEVELS, Statement
from corpus.extraction.subjects.projects import Account, block_to_account, text_to_project
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Aspect, Base, Block, Fact, Noun, Report, Span, content_id
from corpus.structure.segmentation import MARKER, ONE_IS, text_to_sentence_cuts
from corpus.structure.sentences import Squeezed, block_to_squeezed, running_blocks
from corpus.tables.regions import table_to_parts

LONGEST_QUOTE = 250
# 收、支总计各减少26.11万元 is said of the income and of the spending.
BOTH_SIDES = {
    "收支总计": ("收入总计", "支出总计"),
    "财政拨款收支总计": ("财政拨款收入总计", "财政拨款支出总计"),
}
PATTERNS = patterns("extraction.facts")
EACH_SIDE = PATTERNS["each_side"]
BUDGET_OF = PATTERNS["budget_of"]
EXECUTED = ("执行", "完成")
OPENS_LIST = PATTERNS["opens_list"]


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
    whole: Whole | None = None
    for block in told_blocks(report):
        squeezed = block_to_squeezed(report, block)
        account = block_to_account(account, block.section, squeezed.text)
        project = text_to_project(squeezed.text)
        inherited = whole if is_marked_at(squeezed.text) else None
        setting = section_to_setting(block.section, report).model_copy(
            update={
                "project": project or account.project or project_of_note(report, block),
                "whole": inherited,
            }
        )
        statements = block_to_statements(squeezed.text, setting=setting, vocabulary=vocabulary)
        whole = block_to_whole(squeezed.text, statements, inherited=setting.whole)
        read.append(BlockStatements(block=block, squeezed=squeezed, statements=statements))
    return tuple(read)


def told_blocks(report: Report) -> tuple[Block, ...]:
    """Return the running text of a report with the notes under its tables, in reading order."""
    notes = (
        Block(
            kind="paragraph",
            span=report.span(table.cells[-1].span.end, table.span.end),
            section=(*table.section, table.title) if table.title else table.section,
        )
        for table in report.tables
        if table.notes and table.cells
    )
    return tuple(sorted((*running_blocks(report), *notes), key=lambda block: block.span.start))


def project_of_note(report: Report, block: Block) -> str:
    """Return the one project of the form that a note stands under, "" for any other paragraph."""
    if block.kind != "paragraph":
        return ""
    forms = (t for t in report.tables if t.notes and t.span.start <= block.span.start < t.span.end)
    projects = {part.project for form in forms for part in table_to_parts(form)} - {""}
    return projects.pop() if len(projects) == 1 else ""


def section_to_setting(section: Sequence[str], report: Report) -> Setting:
    """Return whose, which year and kind a section of a report is of by its headings."""
    told = (BUDGET_OF.search(title) for title in reversed(section))
    half = next((match for match in told if match), None) if report.kind == "预算" else None
    return Setting(
        organisation=report.organisation,
        year=int(half[1]) if half else report.year,
        kind=report.kind,
        executed=half is not None and half["half"] in EXECUTED,
        section=tuple(section),
    )


def is_marked_at(text: str) -> bool:
    """Tell whether a block is an item of a list."""
    return bool(MARKER.match(text) or ONE_IS.match(text))


def block_to_whole(
    text: str, statements: Sequence[Statement], *, inherited: Whole | None
) -> Whole | None:
    """Return what the list items after a block are parts of: the money before 如下：, or the same.

    Of an item's own whole, what the item takes is used up.
    """
    last = statements[-1] if statements else None
    if OPENS_LIST.search(text) and last and last.subject.known and last.aspect in LEVELS:
        return level_to_whole(last)
    if inherited is None:
        return None
    parts = (each for each in statements if each.row[-1:] == (inherited.name,))
    taken = (each.amount for each in parts if each.aspect in LEVELS and not each.subject.facet)
    used = sum((inherited.size_of(amount) for amount in taken if amount), inherited.used)
    return inherited.model_copy(update={"used": used})


def report_to_sentence_facts(report: Report, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Return a fact for each figure of the running text, in reading order."""
    return statements_to_facts(report, report_to_statements(report, vocabulary))


def statements_to_facts(report: Report, read: Iterable[BlockStatements]) -> tuple[Fact, ...]:
    """Return the facts of statements that hold a figure."""
    return tuple(
        fact
        for block in read
        for statement in block.statements
        if statement.amount is not None
        for fact in of_each_side(statement_to_fact(report, block, statement))
    )


def of_each_side(fact: Fact) -> tuple[Fact, ...]:
    """Return a figure of 收、支总计各 with those of the two sides: it is said of each of them."""
    sides = BOTH_SIDES.get(fact.measure, ())
    if not (sides and EACH_SIDE.search(fact.quote)):
        return (fact,)
    start = fact.spans[0].start
    return (
        fact,
        *(
            fact.model_copy(
                update={"id": content_id(fact.report, "text", start, side), "measure": side}
            )
            for side in sides
        ),
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
