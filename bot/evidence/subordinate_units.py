"""The units of a body that are of one kind: 下面有哪几家医院, by the names that a report lists."""

import re
from collections.abc import Iterator

from bot.evidence.quotation import in_years
from bot.evidence.sections import section_told
from bot.parsing.grammar import name_to_topic
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Block, Report, Span

UNITS = "下属单位"
PATTERNS = patterns("evidence.subordinate_units")
ASKED = PATTERNS["asked"]
KIND = PATTERNS["kind"]
ITEM = re.compile(r"(?:^|(?<=[。；\n]))\s*\d{1,2}[.、．]\s*(?P<name>[^。；\n]{4,60})")
ASIDE = re.compile(r"[（(][^（）()]*[）)]?$")
LEAST, MOST = 2, 15


def units_of_kind(case: Case) -> Answer | None:
    """List the units whose names end in the kind that is asked for, each with its proof."""
    kind = case.ask.words
    general = set(case.ask.terms) <= {UNITS} and KIND.search(kind) and " " not in kind
    if not general or len(kind) < LEAST or case.scope.open or case.question.aspects:
        return None
    if not ASKED.search(case.question.words):
        return None
    page = case.page()
    told: list[list[str]] = []
    for report in case.texts:
        found: dict[str, Span] = {}
        for name, span in units_listed(report) if in_years(case, report) else ():
            if fold(name).endswith(kind):
                found.setdefault(name, span)
        if not found or list(found) in told:
            continue
        told.append(list(found))
        names = "、".join(
            f"{name}[{page.cite_span(report, span, (UNITS,))}]"
            for name, span in list(found.items())[:MOST]
        )
        page.lines.append(f"{report.organisation}列出的单位中，名称以“{kind}”结尾的有：{names}。")
    return page.finish() if page.lines else None


def units_told(case: Case) -> Answer | None:
    """Quote the section that lists the units where a question asks how many there are."""
    counted = case.question.topic == UNITS and ASKED.search(case.question.words)
    return section_told(case) if counted and not case.ask.words else None


def units_listed(report: Report) -> Iterator[tuple[str, Span]]:
    """Yield the units that a report covers: rows of its table of units, items of a list."""
    for table in report.tables:
        for cell in table.cells if lists_units(table.section) else ():
            if cell.row >= table.header and len(cell.text) > LEAST:
                yield ASIDE.sub("", cell.text.strip()), cell.span
    for block in report.blocks:
        if block.kind == "paragraph" and lists_units(block.section):
            yield from items_of(report, block)


def lists_units(section: tuple[str, ...]) -> bool:
    """Tell whether a heading is that of the units of a body."""
    topic = name_to_topic(UNITS)
    return topic is not None and any(map(topic.heading.search, section[-2:]))


def items_of(report: Report, block: Block) -> Iterator[tuple[str, Span]]:
    """Yield the items of a numbered list in a block."""
    for match in ITEM.finditer(report.quote(block.span)):
        start = block.span.start
        span = report.span(start + match.start("name"), start + match.end("name"))
        yield ASIDE.sub("", match["name"].strip()), span
