"""The audit of a report: sums that do not add up and figures that contradict each other.

Only what is printed is compared. A difference that rounding explains is no finding; where most
sums of a kind fail in a table, the table was not understood and nothing is said of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.changes import levels_to_findings, parts_to_findings
from corpus.checks.counts import counts_to_findings
from corpus.checks.findings import Finding, place, plain
from corpus.checks.same_things import goals_to_findings, sentences_to_findings, tables_to_findings
from corpus.checks.sentence_checks import text_to_findings
from corpus.checks.table_sums import Sum, signed, table_to_sums
from corpus.checks.text_checks import text_checks
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Report, Table
from corpus.tables.scopes import Scopes

PATTERNS = patterns("checks.audit")
EMPTY_NOTE = PATTERNS["empty_note"]
NEAR = Decimal("0.1")


def audit(report: Report, facts: Sequence[Fact]) -> tuple[Finding, ...]:
    """Return what does not fit in a report; `facts` are those of its tables and sentences.

    What was read unsurely accuses nobody; what two ways of reading show otherwise is told.
    """
    sure = [fact for fact in facts if not fact.doubtful]
    scopes = Scopes(report)
    cells: dict[int, list[Fact]] = defaultdict(list)
    for fact in sure:
        if (at := scopes.table_at(fact)) is not None:
            cells[at].append(fact)
    tables = [(table, cells[at]) for at, table in enumerate(report.tables)]
    found = [
        *(each for table, inside in tables for each in sums_to_findings(table, report, inside)),
        *(each for table, inside in tables for each in sides_to_findings(table, inside)),
        *tables_to_findings(sure, scopes),
        *sentences_to_findings(sure, scopes),
        *goals_to_findings(sure, scopes),
        *(each for table, inside in tables for each in empty_to_findings(table, inside)),
        *levels_to_findings(sure, scopes),
        *parts_to_findings(report),
        *counts_to_findings(report),
        *text_to_findings(report),
        *text_checks(report, sure, scopes),
        *(disputed_to_finding(fact) for fact in facts if fact.disputed),
    ]
    unique = {finding.text: finding for finding in found}
    return tuple(sorted(unique.values(), key=lambda finding: finding.spans[0].start))


# ---------------------------------------------------------------- sums


def sums_to_findings(table: Table, report: Report, inside: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the totals of a table that their parts do not make."""
    families: dict[str, list[Sum]] = defaultdict(list)
    for entry in table_to_sums(table, report, inside):
        families[entry.family].append(entry)
    for entries in families.values():
        wrong = [entry for entry in entries if not entry.fits]
        if is_understood(entries, wrong):
            yield from (sum_to_finding(entry) for entry in wrong if entry.whole_list)


def is_understood(entries: Sequence[Sum], wrong: Sequence[Sum]) -> bool:
    """Tell whether sums that fail are the report's fault: most others fit, or they nearly do."""
    if len(wrong) * 2 < len(entries):
        return True
    return all(abs(entry.difference) <= abs(entry.whole.value) * NEAR for entry in wrong)


def sum_to_finding(entry: Sum) -> Finding:
    """Say that a total is not the sum of its parts."""
    whole = entry.whole
    total = sum(map(signed, entry.parts), Decimal(0))
    return Finding(
        kind="合计不符",
        text=f"《{whole.table}》{place(whole.spans[0])}“{name_of(whole)}”印为"
        f"{whole.printed}{whole.unit}，其{len(entry.parts)}个分项之和为{plain(total)}{whole.unit}"
        f"（{'、'.join(sorted({place(part.spans[0]) for part in entry.parts}))}），"
        f"相差{plain(abs(entry.difference))}{whole.unit}。",
        spans=(whole.spans[0], *(part.spans[0] for part in entry.parts)),
        difference=entry.difference,
    )


def disputed_to_finding(fact: Fact) -> Finding:
    """Say that the rules of a table and its words show a figure otherwise."""
    return Finding(
        kind="读法不一",
        text=f"《{fact.table}》{place(fact.spans[0])}“{name_of(fact)}”读作{fact.printed}{fact.unit}，"
        "按表格线和按字距读出来不一致，请核对原件。",
        spans=(fact.spans[0],),
        difference=Decimal(0),
    )


def name_of(fact: Fact) -> str:
    """Name a fact by its row and, where it has one, its part."""
    name = fact.row[-1] if fact.row else fact.measure
    return f"{name}·{fact.column[-1]}" if fact.column and fact.row else name


def sides_to_findings(table: Table, inside: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the 收入总计 and 支出总计 of a table where they differ."""
    sides = [
        [fact for fact in inside if fact.measure == side and not fact.facet]
        for side in ("收入总计", "支出总计")
    ]
    pairs = (
        (income, spending)
        for income in sides[0][:1]
        for spending in sides[1]
        if (income.year, income.aspect) == (spending.year, spending.aspect)
    )
    income, spending = next(pairs, (None, None))
    if income and spending and income.value != spending.value:
        yield Finding(
            kind="合计不符",
            text=f"《{table.title}》收入总计{income.printed}{income.unit}"
            f"（{place(income.spans[0])}）与支出总计{spending.printed}{spending.unit}"
            f"（{place(spending.spans[0])}）不等。",
            spans=(income.spans[0], spending.spans[0]),
            difference=income.value - spending.value,
        )


def empty_to_findings(table: Table, inside: Sequence[Fact]) -> Iterator[Finding]:
    """Yield a table that a note calls empty although it holds figures."""
    note = next((note for note in table.notes if EMPTY_NOTE.search(note)), None)
    figures = [fact for fact in inside if fact.value]
    if note and figures:
        first = figures[0]
        yield Finding(
            kind="空表有数",
            text=f"《{table.title}》{place(first.spans[0])}的注写明“{note}”，"
            f"表中却印有{len(figures)}个数，如{name_of(first)}{first.printed}{first.unit}。",
            spans=(first.spans[0], table.span),
            difference=first.value,
        )
