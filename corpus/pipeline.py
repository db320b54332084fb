"""The path of a report, from a file to its parts: read, identify, split, extract."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from corpus.extraction.cell_texts import report_to_output_facts
from corpus.extraction.facts import report_to_sentence_facts
from corpus.extraction.named_wholes import name_wholes, settle_parts
from corpus.extraction.subjects.governments import of_areas
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Fact, Noun, Passage, Report, Unsure
from corpus.readers.detect import read
from corpus.structure.outline import draft_to_report
from corpus.structure.passages import report_to_passages
from corpus.tables.cells import report_to_cell_facts


class Parts(Noun):
    """A report with all that is made of it."""

    report: Report
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]


def file_to_parts(path: Path) -> Parts:
    """Read a file and take it apart; a file that is no report raises BadReport."""
    data, draft = read(path)
    report = draft_to_report(draft, name=path.name, digest=sha256(data).hexdigest())
    vocabulary = load_vocabulary()
    said = settle_parts(report_to_sentence_facts(report, vocabulary))
    sentences = name_wholes(said, vocabulary)
    cells = report_to_cell_facts(report, vocabulary)
    told = report_to_output_facts(report, vocabulary)
    return Parts(
        report=report,
        passages=report_to_passages(report),
        facts=with_doubts(of_areas((*sentences, *cells, *told), report, vocabulary), report),
    )


def with_doubts(facts: tuple[Fact, ...], report: Report) -> tuple[Fact, ...]:
    """Mark the figures that were recognised with a low score or read in two ways that differ."""
    unsure, disputed = _places(report.unsure), _places(report.disputed)
    if not (unsure or disputed):
        return facts
    marked = []
    for fact in facts:
        place = (fact.spans[0].page, bare(fact.printed))
        doubts = {"unsure": place in unsure, "disputed": bool(fact.table) and place in disputed}
        marked.append(fact.model_copy(update=doubts) if any(doubts.values()) else fact)
    return tuple(marked)


def _places(numbers: Iterable[Unsure]) -> set[tuple[int | None, str]]:
    return {(each.page, bare(each.number)) for each in numbers}


def bare(printed: str) -> str:
    """Return the digits of a number and its point: what is read around them may differ."""
    return "".join(char for char in printed if char.isdecimal() or char == ".")
