"""The same thing said twice: tables against tables, sentences against the tables.

Two figures are compared only where both are of one scope, aspect and year, and where each table
gives one figure for the thing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.findings import Finding, blur_in_yuan, fact_in_yuan, place, plain
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Fact
from corpus.tables.scopes import FEW, Scope, Scopes

PATTERNS = patterns("checks.same_things")
OF_FUND = PATTERNS["of_fund"]
# Totals that a sentence and a table call by different names.
SAME_TOTAL = {
    "收入": "收入合计",
    "支出": "支出合计",
    "收入总计": "收支总计",
    "支出总计": "收支总计",
}
GRAND = PATTERNS["grand"]
# A sentence that says 支出预算 may mean either total of a side.
TOTALS_OF_SIDE = {
    "收入合计": ("收入合计", "收支总计"),
    "支出合计": ("支出合计", "收支总计"),
    "收支总计": ("收支总计",),
}
MANY = 10  # times as much is no misprint
LEVELS: tuple[Aspect, ...] = ("预算", "调整预算", "决算", "执行数")
GOALS, PROJECTS = "编报绩效目标项目金额", "项目支出"
Key = tuple[object, ...]


def tables_to_findings(facts: Sequence[Fact], scopes: Scopes) -> Iterator[Finding]:
    """Yield the rows that have different figures in different tables of the same scope."""
    groups: dict[Key, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        scope = scopes.of(fact) if fact.table and is_row_of_money(fact) else None
        if scope is not None and scopes.table_at(fact) is not None:
            path = (fact.measure,) if fact.row[-1].endswith("计") else fact.row
            groups[(scope, fact.aspect, fact.year, path)][fact.table].append(fact)
    told: set[Key] = set()
    for key, tables in groups.items():
        # Under one title two figures for one row: a form for each project, or misunderstood.
        whole = [same[0] for same in tables.values() if len({fact_in_yuan(x) for x in same}) == 1]
        for other in unlike(whole):
            tale = (key[-1], *sorted((whole[0].printed, other.printed)))
            if tale not in told:
                told.add(tale)
                yield pair_to_finding(whole[0], other)


def is_row_of_money(fact: Fact) -> bool:
    """Tell whether a figure of a table is an amount of its row's own, for no part of it."""
    stated = bool(fact.row) and fact.aspect in LEVELS
    return stated and not fact.facet and fact_in_yuan(fact) is not None


def unlike(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield one of each value that is not the first one's."""
    seen: set[Decimal | None] = set()
    for fact in facts[1:]:
        value = fact_in_yuan(fact)
        if value not in seen and not agree(facts[0], fact):
            seen.add(value)
            yield fact


def agree(one: Fact, other: Fact) -> bool:
    """Tell whether two amounts are the same as far as they are printed."""
    values = fact_in_yuan(one), fact_in_yuan(other)
    if values[0] is None or values[1] is None:
        return True
    # Two figures of the same precision must be equal; a coarser one may be the other rounded.
    blurs = blur_in_yuan(one), blur_in_yuan(other)
    allowed = Decimal(0) if blurs[0] == blurs[1] else max(blurs)
    return abs(values[0] - values[1]) <= allowed


def sentences_to_findings(facts: Sequence[Fact], scopes: Scopes) -> Iterator[Finding]:
    """Yield the figures of sentences that differ from the one that the tables agree on."""
    cells: dict[Key, list[Fact]] = defaultdict(list)
    said: list[Fact] = []
    for fact in facts:
        if fact.facet:
            continue
        if scopes.table_at(fact) is None:
            said.append(fact)
        elif fact_in_yuan(fact) is not None:
            cells[thing_of(fact)].append(fact)
    for fact in said:
        if fact.vague or fact.direction or thing_of(fact) not in cells:
            continue
        same = [cell for cell in cells[thing_of(fact)] if of_one_scope(fact, cell, scopes)]
        # Any table that has it, whatever its fund, may be what the sentence speaks of.
        named = [cell for thing in things_of(fact) for cell in cells.get(thing, ())]
        backed = any(agree(fact, cell) for cell in named if is_near(fact, cell, scopes))
        certain = len({fact_in_yuan(cell) for cell in same}) == 1 and not backed
        if certain and is_of_one_size(fact, same[0]):
            yield pair_to_finding(fact, same[0])


def of_one_scope(said: Fact, cell: Fact, scopes: Scopes) -> bool:
    """Tell whether a sentence and a cell are of one area and fund, the table of all of it."""
    own, its = scopes.of(said), scopes.of(cell)
    if own is None or its is None or any(share in FEW for share in its.shares):
        return False
    return (own.area, own.fund) == (its.area, its.fund)


def is_near(said: Fact, cell: Fact, scopes: Scopes) -> bool:
    """Tell whether a cell that agrees with a sentence clears it.

    A sentence that names no fund may speak of any; one that names its fund is not cleared by the
    figure of all funds.
    """
    own, its = scopes.of(said), scopes.of(cell)
    return own is None or its is None or not own.fund or bool(its.fund)


def is_of_one_size(one: Fact, other: Fact) -> bool:
    """Tell whether two figures can be the same thing misprinted: near by, or in another unit.

    What is many times the other is another thing that goes by the same name, but for the total of
    a report: there is one only.
    """
    values = fact_in_yuan(one) or Decimal(0), fact_in_yuan(other) or Decimal(0)
    low, high = sorted(map(abs, values))
    total = GRAND.search(one.measure) and GRAND.search(other.measure)
    return bool(total) or not low or high <= low * MANY or is_unit_slip(*values)


def is_unit_slip(one: Decimal, other: Decimal) -> bool:
    """Tell whether one amount is the other in 元 for 万元, or the like."""
    return bool(other) and any(one / other == Decimal(10) ** power for power in (-8, -4, 4, 8))


def thing_of(fact: Fact) -> Key:
    """Return what a fact is of, as far as a sentence and a table can be compared."""
    measure = OF_FUND.sub("", fact.measure)
    return (SAME_TOTAL.get(measure, measure), fact.aspect, str(fact.year))


def things_of(fact: Fact) -> list[Key]:
    """Return what a sentence's figure may be of, as the tables name it."""
    measure, *rest = thing_of(fact)
    return [(name, *rest) for name in TOTALS_OF_SIDE.get(str(measure), (measure,))]


def goals_to_findings(facts: Sequence[Fact], scopes: Scopes) -> Iterator[Finding]:
    """Yield the money of projects that have goals where it is not that of all projects."""
    totals = [
        fact
        for fact in facts
        if fact.measure == PROJECTS and fact.total and scopes.table_at(fact) is not None
        if fact.aspect in LEVELS and not fact.facet and scopes.of(fact) == Scope(area="", fund="")
    ]
    for said in facts:
        if said.measure != GOALS or scopes.table_at(said) is not None or said.vague:
            continue
        same = [fact for fact in totals if (fact.year, fact.aspect) == (said.year, said.aspect)]
        if len({fact_in_yuan(fact) for fact in same}) == 1 and not agree(said, same[0]):
            yield goal_to_finding(said, same[0])


def goal_to_finding(said: Fact, total: Fact) -> Finding:
    """Say that the money of projects with goals is not that of all projects."""
    value, whole = fact_in_yuan(said) or Decimal(0), fact_in_yuan(total) or Decimal(0)
    short = abs(whole - value) / 10000
    return Finding(
        kind="口径待核",
        text=f"编报绩效目标的项目预算资金在{where(said)}为{said.printed}{said.unit}，{PROJECTS}合计在"
        f"{where(total)}为{total.printed}{total.unit}，相差{plain(short)}万元：是否有项目没有编报"
        "绩效目标，原文没有说明。",
        spans=(said.spans[0], total.spans[0]),
        difference=(value - whole) / 10000,
    )


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
    title = f"《{fact.table}》" if fact.table else "表中" if fact.column else "正文"
    return f"{title}{place(fact.spans[0])}" if fact.spans[0].page else title
