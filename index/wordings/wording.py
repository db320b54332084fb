"""Wordings: what a fact or a sentence answers, as text without body, year and digits.

A learned reader compares a question with these. Who and when are slots, not words; so the wordings
of ten thousand reports are few, equal ones are one, and their vectors are made once.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import Cell, Fact, Noun, Report, Span, Table
from corpus.structure.sentences import report_to_sentences
from corpus.tables.regions import table_to_parts

CLAUSE_ENDS = "，。；：！？、,;:\n"
# What is kept of the sentence before the clause of a figure, and of the clause itself.
LEAD, CLAUSE, SENTENCE, PLACE = 24, 44, 120, 36
DIGITS = re.compile(r"\d[\d,，.]*")
PATTERNS = patterns("retrieval.wording")
YEAR = PATTERNS["year"]
KINDS = {
    "money": "钱",
    "people": "人数",
    "percent": "百分比",
    "points": "百分点",
    "score": "得分",
    "area": "面积",
}
SPACE = re.compile(r"\s+")
NUMBERING = PATTERNS["numbering"]
SHORTEST = 6  # characters of a sentence that says something
# A cell that says something: so many characters, and the marks of a sentence or so many more.
SHORTEST_CELL, LONG_CELL, LONGEST_LABEL = 12, 24, 20
MARK, CHINESE = PATTERNS["sentence_mark"], PATTERNS["chinese"]


class Told(Noun):
    """A sentence or list item that a question may be answered with, under its headings."""

    report: str
    span: Span
    section: tuple[str, ...]
    text: str


def plain(text: str) -> str:
    """Return a text without white space, years and the numbering before it; n for its digits."""
    bare = NUMBERING.sub("", SPACE.sub("", text))
    return DIGITS.sub("n", YEAR.sub("", bare))


def fact_to_wording(fact: Fact, offset: int) -> str:
    """Return the wording of a fact; its figure stands at `offset` in its quote.

    `measure facet aspect kind | row and column path | its clause with # for the figure`.
    """
    name = "".join((fact.measure, f"（{fact.facet}）" if fact.facet else ""))
    head = " ".join((name, aspect_words(fact), kind_word(fact)))
    if fact.table:
        path = [part for part in (*fact.row, *fact.column) if part != fact.measure]
        return " | ".join((head, plain(" ".join(path))[:PLACE], plain(fact.table)[-PLACE:]))
    path = [part for part in fact.row if part != fact.measure]
    place = plain(" ".join(path or fact.section[-1:]))[:PLACE]
    clause = clause_of(fact.quote, offset, len(fact.printed))
    return " | ".join((head, place, clause)).replace(fact.organisation or "\0", "")


def aspect_words(fact: Fact) -> str:
    """Return the aspect of a fact in words: 比预算增加, 决算, 数量."""
    if fact.aspect in ("增减额", "增减率") and fact.base is not None:
        against = fact.base.aspect if fact.base.aspect in ("预算", "执行数") else ""
        past = "上年" if fact.base.year and fact.base.year != fact.year else ""
        moved = {1: "增加", -1: "减少", 0: "变化"}[fact.direction]
        return f"比{past}{against}{moved}{'百分比' if fact.aspect == '增减率' else ''}"
    return str(fact.aspect)


def kind_word(fact: Fact) -> str:
    """Return what a figure counts, as a question would say it."""
    return KINDS.get(unit_kind(fact.unit), fact.unit)


def clause_of(quote: str, offset: int, length: int) -> str:
    """Return the clause in which a figure stands, # for the figure, led by how its sentence opens.

    The unit behind the figure stays: it says what is counted.
    """
    start = max((quote.rfind(mark, 0, offset) for mark in CLAUSE_ENDS), default=-1) + 1
    ends = [at for mark in CLAUSE_ENDS if (at := quote.find(mark, offset + length)) >= 0]
    end = min(ends, default=len(quote))
    before, after = plain(quote[start:offset])[-CLAUSE:], plain(quote[offset + length : end])
    opening = min((at for mark in CLAUSE_ENDS if (at := quote.find(mark)) >= 0), default=start)
    lead = plain(quote[:opening])[-LEAD:] + "…" if opening < start - 1 else plain(quote[:start])
    return f"{lead}{before}#{after[:CLAUSE]}"


def offset_in_quote(report: Report, fact: Fact) -> int:
    """Return where in its quote the figure of a fact stands; where unsure, its first place there.

    A quote may have lost the white space of the text that it was taken from.
    """
    number = fact.spans[0].start
    window = report.text[max(0, number - 2 * len(fact.quote)) : number]
    squeezed, quote = SPACE.sub("", window), SPACE.sub("", fact.quote)
    places = [m.start() for m in re.finditer(re.escape(fact.printed), fact.quote)]
    for place in places:
        before = SPACE.sub("", fact.quote[:place])
        if before and squeezed.endswith(before[-12:]) and len(before) <= len(quote):
            return place
    return places[0]


def report_to_told(report: Report) -> Iterator[Told]:
    """Yield the sentences of a report that say something; a heading says nothing of its own."""
    for one in report_to_sentences(report):
        text = SPACE.sub("", one.text)
        heads = {SPACE.sub("", head) for head in one.section}
        if len(text) >= SHORTEST and text not in heads and text != SPACE.sub("", report.title):
            yield Told(report=report.id, span=one.span, section=one.section, text=text)


def report_to_told_in_tables(report: Report) -> Iterator[Told]:
    """Yield the cells of tables that say something: what was reached, why something was not."""
    for table in report.tables:
        yield from table_to_told(report, table)


def table_to_told(report: Report, table: Table) -> Iterator[Told]:
    """Yield what cells and notes of a table say; cells stand under their project and row."""
    for part in table_to_parts(table):
        for cells in part.table.lines.values():
            for at, cell in enumerate(cells):
                if says_something(cell) and cell.text != part.project:
                    section = (part.project or table.title, label_before(cells[:at]))
                    yield Told(
                        report=report.id,
                        span=cell.span,
                        section=tuple(filter(None, section)),
                        text=SPACE.sub("", cell.text),
                    )
    yield from notes_to_told(report, table)


def notes_to_told(report: Report, table: Table) -> Iterator[Told]:
    """Yield the notes below a table, under its title."""
    section = tuple(filter(None, (table.title,)))
    for note in table.notes:
        at = report.text.find(note, table.span.start, table.span.end)
        if at >= 0:
            span = report.span(at, at + len(note))
            yield Told(report=report.id, span=span, section=section, text=SPACE.sub("", note))


def section_at(report: Report, place: int) -> tuple[str, ...]:
    """Return the headings over a place of a report; of a cell, its project and its row."""
    table = next((t for t in report.tables if t.span.start <= place < t.span.end), None)
    if table is not None:
        told = (one.section for one in table_to_told(report, table) if one.span.start == place)
        return next(told, table.section)
    blocks = (b for b in report.blocks if b.span.start <= place < b.span.end)
    return next((block.section for block in blocks), ())


def says_something(cell: Cell) -> bool:
    """Tell whether a cell holds words that are no label: a sentence, or as long as one."""
    text = SPACE.sub("", cell.text)
    words = len(CHINESE.findall(text))
    return words >= SHORTEST_CELL and (bool(MARK.search(text)) or words >= LONG_CELL)


def label_before(cells: Iterable[Cell]) -> str:
    """Return what a row is of by its cells up to one: the last short one of words."""
    texts = (SPACE.sub("", cell.text) for cell in cells)
    labels = [t for t in texts if CHINESE.match(t) and len(t) <= LONGEST_LABEL]
    return next((t for t in reversed(labels) if not DIGITS.search(t)), "")


def told_to_wording(told: Told, organisation: str) -> str:
    """Return the wording of a sentence: its heading and its words, body and years left out."""
    section = plain(told.section[-1])[-PLACE:] if told.section else ""
    text = NUMBERING.sub("", YEAR.sub("", told.text))
    return f"{section} | {text[:SENTENCE]}".replace(organisation or "\0", "")
