"""The audit of a report: sums that do not add up and figures that contradict each other.

Only what is printed is compared. A difference that rounding explains is no finding; where most
sums of a kind fail in a table, the table was not understood and nothing is said of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.findings import Finding, blur_in_yuan, fact_in_yuan, place, plain
from corpus.checks.sentence_checks import text_to_findings
from corpus.checks.table_sums import Sum, signed, table_to_sums
from corpus.model.types import Aspect, Fact, Report

FUNDS = ("一般公共预算", "政府性基金", "国有资本经营", "财政拨款")
OF_FUND = re.compile(r"^(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?财政拨款(?=.)")
# Totals that a sentence and a table call by different names.
SAME_TOTAL = {
    "收入": "收入合计",
    "支出": "支出合计",
    "收入总计": "收支总计",
    "支出总计": "收支总计",
}
EMPTY_NOTE = re.compile(r"本表(?:为空表|无数据)|无数据|空表")
NEAR = Decimal("0.1")
MANY = 10  # times as much is no misprint
LEVELS: tuple[Aspect, ...] = ("预算", "调整预算", "决算", "执行数")
Key = tuple[str, ...]


def audit(report: Report, facts: Sequence[Fact]) -> tuple[Finding, ...]:
    """Return what does not fit in a report; `facts` are those of its tables and sentences."""
    found = [
        *sums_to_findings(report, facts),
        *sides_to_findings(report, facts),
        *tables_to_findings(facts),
        *sentences_to_findings(facts),
        *empty_to_findings(report, facts),
        *text_to_findings(report),
    ]
    unique = {finding.text: finding for finding in found}
    return tuple(sorted(unique.values(), key=lambda finding: finding.spans[0].start))


# ---------------------------------------------------------------- sums


def sums_to_findings(report: Report, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the totals that their parts do not make."""
    for table in report.tables:
        families: dict[str, list[Sum]] = defaultdict(list)
        for entry in table_to_sums(table, report, facts):
            families[entry.family].append(entry)
        for entries in families.values():
            wrong = [entry for entry in entries if not entry.fits]
            if is_understood(entries, wrong):
                yield from map(sum_to_finding, wrong)


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


def name_of(fact: Fact) -> str:
    """Name a fact by its row and, where it has one, its part."""
    name = fact.row[-1] if fact.row else fact.measure
    return f"{name}·{fact.column[-1]}" if fact.column and fact.row else name


def sides_to_findings(report: Report, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the tables whose 收入总计 and 支出总计 differ."""
    for table in report.tables:
        inside = [
            fact
            for fact in facts
            if fact.table and table.span.start <= fact.spans[0].start < table.span.end
        ]
        sides = [
            next((fact for fact in inside if fact.measure == side and not fact.facet), None)
            for side in ("收入总计", "支出总计")
        ]
        income, spending = sides
        if income and spending and income.value != spending.value:
            yield Finding(
                kind="合计不符",
                text=f"《{table.title}》收入总计{income.printed}{income.unit}"
                f"（{place(income.spans[0])}）与支出总计{spending.printed}{spending.unit}"
                f"（{place(spending.spans[0])}）不等。",
                spans=(income.spans[0], spending.spans[0]),
                difference=income.value - spending.value,
            )


# ---------------------------------------------------------------- the same thing said twice


def scope_of(fact: Fact) -> str:
    """Name the fund that a fact is of, "" for all: by its table, or by heading and words before.

    A measure that names a fund itself (财政拨款收入) is of that fund wherever it stands.
    """
    own = fact.table or "".join((*fact.section[-1:], fact.quote[: fact.quote.find(fact.printed)]))
    words = fact.measure if OF_FUND.match(fact.measure) else own
    return next((fund for fund in FUNDS if fund in words), "")


def tables_to_findings(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the rows that have different figures in different tables of the same scope."""
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.table and fact.row and fact.aspect in LEVELS and fact_in_yuan(fact) is not None:
            path = (fact.measure,) if fact.row[-1].endswith("计") else fact.row
            key = (scope_of(fact), fact.facet, fact.aspect, str(fact.year), *path)
            groups[key].append(fact)
    told: set[Key] = set()
    for key, group in groups.items():
        first = group[0]
        other = next((fact for fact in group[1:] if not agree(first, fact)), None)
        if other is None or first.table == other.table:
            continue
        tale = (*key[4:], *sorted((first.printed, other.printed)))
        if tale not in told and not key[1]:
            told.add(tale)
            yield pair_to_finding(first, other)


def agree(one: Fact, other: Fact) -> bool:
    """Tell whether two amounts are the same as far as they are printed."""
    values = fact_in_yuan(one), fact_in_yuan(other)
    if values[0] is None or values[1] is None:
        return True
    # Two figures of the same precision must be equal; a coarser one may be the other rounded.
    blurs = blur_in_yuan(one), blur_in_yuan(other)
    allowed = Decimal(0) if blurs[0] == blurs[1] else max(blurs)
    return abs(values[0] - values[1]) <= allowed


def sentences_to_findings(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the figures of sentences that differ from the one that the tables agree on."""
    cells: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.table and not fact.facet:
            cells[thing_of(fact)].append(fact)
    for fact in facts:
        if fact.table or fact.facet or fact.vague or fact.direction:
            continue
        same = [cell for cell in cells[thing_of(fact)] if fact_in_yuan(cell) is not None]
        scope = scope_of(fact)
        if any(agree(fact, cell) for cell in same if not scope or scope_of(cell)):
            continue
        if scope:
            same = [cell for cell in same if scope_of(cell) == scope]
        certain = len({fact_in_yuan(cell) for cell in same}) == 1
        if certain and not agree(fact, same[0]) and is_of_one_size(fact, same[0]):
            yield pair_to_finding(fact, same[0])


def is_of_one_size(one: Fact, other: Fact) -> bool:
    """Tell whether two figures can be the same thing misprinted: near by, or in another unit.

    What is many times the other is another thing that goes by the same name.
    """
    values = fact_in_yuan(one) or Decimal(0), fact_in_yuan(other) or Decimal(0)
    low, high = sorted(map(abs, values))
    return not low or high <= low * MANY or is_unit_slip(*values)


def is_unit_slip(one: Decimal, other: Decimal) -> bool:
    """Tell whether one amount is the other in 元 for 万元, or the like."""
    return bool(other) and any(one / other == Decimal(10) ** power for power in (-8, -4, 4, 8))


def thing_of(fact: Fact) -> Key:
    """Return what a fact is of, as far as a sentence and a table can be compared."""
    measure = OF_FUND.sub("", fact.measure)
    return (SAME_TOTAL.get(measure, measure), fact.aspect, str(fact.year))


def pair_to_finding(one: Fact, other: Fact) -> Finding:
    """Say that two places give different figures for the same thing."""
    values = fact_in_yuan(one) or Decimal(0), fact_in_yuan(other) or Decimal(0)
    wrong_unit = is_unit_slip(*values)
    return Finding(
        kind="单位可疑" if wrong_unit else "前后不一",
        text=f"{one.year or ''}{'年' if one.year else ''}“{one.measure}”{one.aspect}"
        f"在{where(one)}为{one.printed}{one.unit}，在{where(other)}为"
        f"{other.printed}{other.unit}{'，两者单位可疑' if wrong_unit else ''}。",
        spans=(one.spans[0], other.spans[0]),
        difference=one.value - other.value if one.unit == other.unit else values[0] - values[1],
    )


def where(fact: Fact) -> str:
    """Name the place of a fact: its table and page, or the page of the running text."""
    title = f"《{fact.table}》" if fact.table else "正文"
    return f"{title}{place(fact.spans[0])}" if fact.spans[0].page else title


def empty_to_findings(report: Report, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the tables that a note calls empty although they hold figures."""
    for table in report.tables:
        note = next((note for note in table.notes if EMPTY_NOTE.search(note)), None)
        inside = [
            fact
            for fact in facts
            if fact.table and table.span.start <= fact.spans[0].start < table.span.end
        ]
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
