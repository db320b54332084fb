"""What does not add up in the reports of a card: findings of the audit in few words, with proof."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from bot.overview.wording import load_wording
from bot.presentation.answer_text import Page
from bot.presentation.names_said import figure_said, name_of
from corpus.model.types import Fact, Report, Span

if TYPE_CHECKING:
    from corpus.checks.findings import Finding

STOPS = "。；！？\n"
QUOTED = 40  # characters of a clause that a phone shows in two lines


def write_doubts(page: Page, report: Report, printed: Sequence[Fact], room: int) -> None:
    """Write what does not add up in a report, `room` lines of it, and say where there is more.

    `printed` are the figures as the report prints them.
    """
    places = {fact.spans[0].start: fact for fact in printed}
    told: dict[str, None] = {}
    # Loaded by name: a question for a figure should not wait for the audit.
    found: Sequence[Finding] = import_module("corpus.checks.audit").audit(report, printed)
    for finding in found[:room]:
        told.setdefault(_said(page, report, finding, places))
    if told and len(found) > room:
        *others, last = told
        told = dict.fromkeys((*others, last + load_wording().text["more"]))
    page.lines += [f"· {line}" for line in told]


def _said(page: Page, report: Report, finding: "Finding", places: Mapping[int, Fact]) -> str:
    """Return a finding in few words with the marks of its proofs."""
    facts = [places[span.start] for span in finding.spans[:2] if span.start in places]
    if not facts or facts[0].spans[0].start != finding.spans[0].start:
        return _quoted(page, report, finding)
    first, other = facts[0], facts[-1]
    said = (
        load_wording()
        .finding[finding.kind]
        .format(name=f"“{_name(first)}”", said=figure_said(first), other=figure_said(other))
    )
    told = facts if figure_said(other) in said else facts[:1]
    return said + "".join(dict.fromkeys(f"[{page.add_fact(fact)}]" for fact in told))


def _name(fact: Fact) -> str:
    return name_of(fact).replace("“", "‘").replace("”", "’")


def _quoted(page: Page, report: Report, finding: "Finding") -> str:
    """Return a finding about words that are no figure of the fact table: the clause itself."""
    span = _sentence(report, finding.spans[0])
    section = next(
        (b.section for b in report.blocks if b.span.start <= span.start < b.span.end), ()
    )
    n = page.cite_span(report, span, section)
    clause = report.quote(finding.spans[0])
    before = report.text[max(span.start, finding.spans[0].start - QUOTED) : finding.spans[0].start]
    tail = before.rpartition("，")[2]
    said = load_wording().finding[finding.kind]
    return said.format(name=f"“{tail.strip()}{clause}”", said="", other="") + f"[{n}]"


def _sentence(report: Report, span: Span) -> Span:
    """Return the sentence around a place."""
    text = report.text
    start = max(text.rfind(stop, 0, span.start) for stop in STOPS) + 1
    ends = [at for stop in STOPS if (at := text.find(stop, span.end)) >= 0]
    return report.span(start, min(ends, default=len(text)))
