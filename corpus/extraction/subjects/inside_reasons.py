"""The figures inside a reason: of what the reason tells, not of what it explains."""

from corpus.extraction.subject_terms import Subject
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("extraction.inside_reasons")
EXPLAINED = PATTERNS["explained"]


def inside_reason(subject: Subject) -> Subject:
    """Take off what a reason explains: 增加的主要原因是新增教师 names teachers."""
    match = None if subject.known else EXPLAINED.match(subject.measure)
    if match is None:
        return subject
    start = subject.start + match.start("rest")
    moved = start if start < subject.end else subject.start
    return subject.model_copy(update={"measure": match["rest"], "start": moved})
