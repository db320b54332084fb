"""Denials: what a report says that there is none of ("无项目支出"), with no figure printed."""

from collections.abc import Iterator

from corpus.entities.comparisons import strip_words
from corpus.entities.years import said_years
from corpus.extraction.subject_terms import BOTH, words_to_term
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Noun, Report, Span
from corpus.structure.segmentation import text_to_amounts, text_to_clauses, text_to_sentence_cuts
from corpus.structure.sentences import Squeezed, running_blocks, span_to_squeezed

PATTERNS = patterns("extraction.absences")
DENIAL = PATTERNS["denial"]
WORDS = PATTERNS["words"]
ENDING = PATTERNS["ending"]
PLACEHOLDER = PATTERNS["placeholder"]
INSTRUCTION = PATTERNS["instruction"]
SAMPLE_FOLLOWS = PATTERNS["sample_follows"]
CONDITION = PATTERNS["condition"]
OF_SOME = PATTERNS["of_some"]
FILLER = frozenset({"数据", "内容", "变化", "其他"})


class Denial(Noun):
    """Something that a report says it has none of; `terms` are those of the vocabulary, if any."""

    terms: tuple[str, ...]
    words: str
    year: int | None
    quote: str
    span: Span
    section: tuple[str, ...]


def report_to_denials(report: Report, vocabulary: Vocabulary) -> tuple[Denial, ...]:
    """Return what the running text and the notes under the tables deny, in reading order."""
    denials: list[Denial] = []
    sample = False
    for squeezed, section in stretches(report):
        instructed, sample = sample, bool(SAMPLE_FOLLOWS.search(squeezed.text))
        if instructed:
            continue
        sentences = text_to_sentence_cuts(squeezed.text, ends="。！？；")
        for clause in text_to_clauses(squeezed.text, text_to_amounts(squeezed.text)):
            words = clause_to_denied(clause.text) if not clause.amounts else ""
            if not words:
                continue
            start, end = next(cut for cut in sentences if cut[0] <= clause.start < cut[1])
            if is_form(squeezed.text[start:end]):
                continue
            span = squeezed.span(report, start, end)
            said = said_years(squeezed.text[start : clause.end], report.year)
            denials.append(
                Denial(
                    terms=words_to_terms(words, vocabulary),
                    words=words,
                    year=said[-1].value if said else report.year,
                    quote=report.quote(span),
                    span=span,
                    section=section,
                )
            )
    return tuple(denials)


def stretches(report: Report) -> Iterator[tuple[Squeezed, tuple[str, ...]]]:
    """Yield the blocks of the running text, then the notes of the tables, with their sections."""
    for block in running_blocks(report):
        yield span_to_squeezed(report, block.span), block.section
    for table in report.tables:
        for note in table.notes:
            start = report.text.find(note, table.span.start, table.span.end)
            if start >= 0:
                yield span_to_squeezed(report, report.span(start, start + len(note))), table.section


def is_form(sentence: str) -> bool:
    """Tell whether a sentence is of a form not filled in: what it says is said of nobody."""
    return bool(PLACEHOLDER.search(sentence) or INSTRUCTION.search(sentence))


def clause_to_denied(clause: str) -> str:
    """Return the words for what a clause denies, "" where it denies nothing."""
    match = DENIAL.search(clause)
    if match is None or WORDS.search(clause[max(match.start() - 1, 0) : match.start() + 5]):
        return ""
    if CONDITION.match(clause) or OF_SOME.search(match["what"]):
        return ""
    words = strip_words(ENDING.sub("", match["what"]))
    return "" if words in FILLER or len(words) < 2 else words


def words_to_terms(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the terms that the denied words name: the whole, or each one named in them."""
    if whole := words_to_term(words, vocabulary):
        return (whole,)
    readings = (
        [BOTH.sub(side, words) for side in ("收入", "支出")] if BOTH.search(words) else [words]
    )
    terms: list[str] = []
    for reading in readings:
        whole = words_to_term(reading, vocabulary)
        named = [mention.term for mention in vocabulary.mentions(reading)]
        terms += [whole] if whole else named
    return tuple(dict.fromkeys(terms))
