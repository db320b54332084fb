"""What is counted once a year and said in several places: vehicles kept, people in post."""

import re
from collections.abc import Iterator

from corpus.checks.findings import Finding, place, running_text
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun, Report, Span, Table
from corpus.structure.segmentation import text_to_sentence_cuts

PATTERNS = patterns("checks.counts")
KEPT = PATTERNS["kept"]
KEPT_IN_ROW = PATTERNS["kept_in_row"]
CAR, KEPT_CARS = "公务用车", "公务用车保有量"
IN_POST = PATTERNS["in_post"]
YEAR = PATTERNS["year"]
DAY = PATTERNS["day"]
LAST_DAY = PATTERNS["last_day"]
BASIS = "口径"
NUMBER = re.compile(r"\d+")


class Count(Noun):
    """A number that is counted, what it was called, where it stands and in which words."""

    count: int
    what: str
    span: Span
    basis: bool = False
    where: str


def counts_to_findings(report: Report) -> Iterator[Finding]:
    """Yield the counts of one thing that differ between two places of a report."""
    said = list(said_counts(report))
    kept = [each for each in said if each.what == KEPT_CARS]
    kept += [each for table in report.tables for each in table_counts(table, report)]
    yield from unlike(kept, KEPT_CARS, "辆")
    yield from unlike([each for each in said if each not in kept], "年末在职人员", "人")


def said_counts(report: Report) -> Iterator[Count]:
    """Yield what the running text counts at the end of the report's own year."""
    for squeezed in running_text(report):
        for start, end in text_to_sentence_cuts(squeezed.text, ends="。；"):
            text = squeezed.text[start:end]
            for pattern in (KEPT, IN_POST):
                for match in pattern.finditer(text):
                    if is_of_report(text[: match.end()], report):
                        span = squeezed.span(
                            report, start + match.start("count"), start + match.end("count")
                        )
                        what = match["what"] if pattern is IN_POST else KEPT_CARS
                        yield Count(
                            count=int(match["count"]),
                            what=what,
                            span=span,
                            basis=BASIS in text,
                            where=f"正文{place(span)}" if span.page else "正文",
                        )


def is_of_report(text: str, report: Report) -> bool:
    """Tell whether what is counted is of the report's year and, where a day is said, its last."""
    years = {int(year) for year in YEAR.findall(text)}
    dated = DAY.search(text) and not LAST_DAY.search(text)
    return years <= {report.year} and not dated and "本级" not in text


def table_counts(table: Table, report: Report) -> Iterator[Count]:
    """Yield the vehicles of a table: a row that counts them, remarks beside them, notes."""
    title = f"《{table.title}》" if table.title else "表中"
    for row in table.lines.values():
        label = next(
            (cell.text for cell in row if cell.text and not NUMBER.fullmatch(cell.text)), ""
        )
        for cell in row if CAR in label else ():
            match = KEPT_IN_ROW.search(cell.text)
            bare = NUMBER.fullmatch(cell.text) if KEPT_CARS in label else None
            count = match["count"] if match else bare.group() if bare else ""
            if count:
                yield Count(
                    count=int(count),
                    what=KEPT_CARS,
                    span=cell.span,
                    where=f"{title}{place(cell.span)}" if cell.span.page else title,
                )
    for note in table.notes:
        if match := KEPT.search(note):
            at = report.text.find(note, table.span.start)
            span = report.span(at, at + len(note)) if at >= 0 else table.span
            yield Count(
                count=int(match["count"]),
                what=KEPT_CARS,
                span=span,
                where=f"{title}的注",
            )


def unlike(counts: list[Count], name: str, unit: str) -> Iterator[Finding]:
    """Yield the finding for the first count that is not the first one's."""
    other = next((each for each in counts if each.count != counts[0].count), None)
    if other is None:
        return
    first = counts[0]
    named = first.what == other.what and not (first.basis or other.basis)
    words = "" if named else "（两处说法或口径不同，请核对）"
    yield Finding(
        kind="前后不一" if named else "口径待核",
        text=f"“{name}”在{first.where}为{first.count}{unit}，在{other.where}为"
        f"{other.count}{unit}{words}。",
        spans=(first.span, other.span),
        difference=first.count - other.count,
    )
