"""The figures inside a reason: of what the reason tells, not of what it explains."""

import re

from corpus.extraction.subject_terms import Subject

EXPLAINED = re.compile(
    r"^.{2,}?(?:的|其)?(?:主要)?原因(?:主要)?(?:是因为|是由于|是|为|在于)(?P<rest>.{2,})$"
)


def inside_reason(subject: Subject) -> Subject:
    """Take off what a reason explains: 增加的主要原因是新增教师 names teachers."""
    match = None if subject.known else EXPLAINED.match(subject.measure)
    if match is None:
        return subject
    start = subject.start + match.start("rest")
    moved = start if start < subject.end else subject.start
    return subject.model_copy(update={"measure": match["rest"], "start": moved})
