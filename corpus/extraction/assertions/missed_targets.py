"""Why an indicator was not met, as the table of indicators says in a column of its own."""

from corpus.extraction.assertions.reasons import Reason
from corpus.extraction.cell_texts import WHY_HEAD, Remark, report_to_remarks
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Report


def report_to_shortfalls(report: Report, vocabulary: Vocabulary) -> tuple[Reason, ...]:
    """Return the reasons that the tables of a report give for what was not met."""
    remarks = report_to_remarks(report, WHY_HEAD)
    return tuple(remark_to_reason(remark, report, vocabulary) for remark in remarks)


def remark_to_reason(remark: Remark, report: Report, vocabulary: Vocabulary) -> Reason:
    """Make the reason of a remark: what its row names fell short."""
    name = remark.path[-1]
    first = remark.row.cells[-1].span.start
    span = report.span(first, remark.cell.span.end)
    return Reason(
        measure=vocabulary.term_of(name) or name,
        year=report.year,
        aspect=None,
        direction=-1,
        base=None,
        subject="".join((remark.project, *remark.row.path)),
        text=remark.cell.text,
        quote=report.quote(span),
        span=span,
        section=(*remark.table.section, remark.table.title),
    )
