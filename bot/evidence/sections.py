"""Whole sections as answers: duties, bodies, problems, measures, whatever has a heading."""

import re
from collections.abc import Iterable, Iterator

from bot.evidence.quotation import ROOM, Found, answer_with, in_years
from bot.parsing.grammar import Topic, name_to_topic
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.scope import Case
from bot.types import Answer, Question
from corpus.lexicon.normalise import fold
from corpus.model.types import Block, Report, Span
from corpus.structure.outline import CONTENTS

HEADING_ENOUGH = 0.75
# Where the money goes is told of the whole; asked of one item, the item's own sentence tells.
SPENDING = "支出方面"
WHOLE = {"支出合计", "一般公共预算财政拨款支出", "财政拨款支出"}


def section_told(case: Case) -> Answer | None:
    """Quote the section that the question asks for, by its topic or by the words of its heading.

    Where no body is named, only a section that one body alone has is an answer.
    """
    topic = name_to_topic(case.question.topic)
    if topic and topic.name == SPENDING and set(case.ask.terms) - WHOLE:
        topic = None
    found: list[Found] = []
    for report in case.texts:
        if in_years(case, report):
            found += condensed(report, best_section(case, report, topic))
    if case.fits_several(item.report.organisation for item in found):
        return None
    return answer_with(case, found)


def is_of_topic_apart(question: Question, answer: Answer) -> bool:
    """Tell whether an answer stands under the heading of what its topic is no part of.

    Where both are asked for (有什么问题，怎么改) either may be told.
    """
    topic = name_to_topic(question.topic)
    other = name_to_topic(topic.apart) if topic else None
    if topic is None or other is None or other.asked.search(question.words):
        return False
    headings = [cited.section for cited in answer.citations]
    return any(other.heading.search(one) and not topic.heading.search(one) for one in headings)


def best_section(case: Case, report: Report, topic: Topic | None) -> list[Block]:
    """Return the blocks of the section that fits best, none where no heading does."""
    sections: dict[tuple[str, ...], list[Block]] = {}
    for block, section in contents_of(report):
        sections.setdefault(section, []).append(block)
    scored = [
        (section_score(case, report, section, blocks, topic), blocks)
        for section, blocks in sections.items()
    ]
    best = max(scored, key=lambda item: item[0], default=(0.0, []))
    return best[1] if best[0] > 0 else []


def contents_of(report: Report) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Yield the blocks with the section that they are read in; the contents are left out.

    A heading with nothing under it is itself what its section says: a list of one item.
    """
    full = {
        block.section[:depth]
        for block in report.blocks
        if block.kind != "heading"
        for depth in range(1, len(block.section) + 1)
    }
    for block in report.blocks:
        if not block.section or block.section == (CONTENTS,):
            continue
        if block.kind != "heading":
            yield block, block.section
        elif len(block.section) > 1 and block.section not in full:
            yield block, block.section[:-1]


def section_score(
    case: Case,
    report: Report,
    section: tuple[str, ...],
    blocks: list[Block],
    topic: Topic | None,
) -> float:
    """Score a section for a question, 0 where its heading is of another topic."""
    path = fold("".join(section))
    words = " ".join((case.ask.words, *map(fold, case.ask.terms))).strip()
    if topic is None:
        said, deepest = coverage(words, path), coverage(words, fold(section[-1]))
        return said + deepest if words and said >= HEADING_ENOUGH and deepest else 0.0
    if not any(topic.heading.search(heading) for heading in section[-2:]):
        return 0.0
    text = "".join(report.quote(block.span) for block in blocks)
    holds = len(topic.sentence.findall(text)) if topic.sentence else 0
    if topic.sentence and not holds:
        return 0.0
    deepest = bool(topic.heading.search(section[-1]))
    return 1.0 + deepest + min(holds, 5) / 5 + coverage(words, fold(text) + path)


def condensed(report: Report, blocks: Iterable[Block]) -> list[Found]:
    """Return the blocks of a section in reading order; of long ones only the lead sentence each."""
    ordered = sorted(blocks, key=lambda block: block.span.start)
    total = sum(block.span.end - block.span.start for block in ordered)
    if total <= ROOM and ordered:
        whole = report.span(ordered[0].span.start, ordered[-1].span.end)
        return [Found(report=report, span=whole, section=ordered[0].section, score=1.0)]
    return [
        Found(report=report, span=lead_span(report, block), section=block.section, score=1.0)
        if block.kind == "paragraph" and len(ordered) > 1
        else Found(report=report, span=block.span, section=block.section, score=1.0)
        for block in ordered
    ]


def lead_span(report: Report, block: Block) -> Span:
    """Return the span of the first sentence of a block."""
    stop = re.search(r"。|\n|$", report.quote(block.span))
    end = stop.end() if stop else block.span.end - block.span.start
    return report.span(block.span.start, block.span.start + end)
