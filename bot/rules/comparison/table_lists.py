"""The rows of a list that a question names by its table or by what that is of. No sums of them."""

from collections.abc import Sequence

from bot.presentation.answer_text import whose
from bot.presentation.names_said import figure_said
from bot.query.retrieval.scope import Case
from bot.rules.comparison.item_groups import GROUP, in_question
from bot.types import Answer
from corpus.entities.quantities import parse_number
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact

PATTERNS = patterns("rules.table_lists")
TOTAL_ROW = PATTERNS["total_row"]
EVERY = PATTERNS["every"]

YEAR, OF_THING = PATTERNS["year"], PATTERNS["of_thing"]
FEWEST, MOST = 2, 30  # rows of a list that is told


def rows_of_named_list(case: Case, text: str) -> tuple[Fact, ...]:
    """Return the money of each row of the named list: as many as the question says, or all.

    None where the table prints several columns of that kind, or another number of rows.
    """
    counted, title = GROUP.search(text), named_table(case, text)
    if not title or case.scope.open or not (counted or EVERY.search(text)):
        return ()
    columns: dict[tuple[object, ...], list[Fact]] = {}
    for fact in in_question(case):
        listed = len(fact.row) == 1 and not TOTAL_ROW.search(fact.row[0])
        if fact.table == title and listed and unit_kind(fact.unit) == "money":
            columns.setdefault((fact.report, fact.column), []).append(fact)
    if len(columns) != 1:
        return ()
    (rows,) = columns.values()
    wanted = parse_number(counted["count"]) if counted else len(rows)
    return tuple(rows) if len(rows) == wanted else ()


def named_table(case: Case, text: str) -> str:
    """Return the title of the table that a question names in full, the longest; "" if none."""
    said = fold(text)
    titles = {fact.table for fact in case.facts if fact.table and fold(fact.table) in said}
    return max(titles, key=len, default="")


def rows_told(case: Case) -> Answer | None:
    """List the rows of the table that is of the very thing asked for: 预备费都用在哪.

    2025年市本级预备费安排情况表 is of 预备费. None where it prints several columns of money.
    """
    if case.scope.open:
        return None
    asked = fold("".join((*case.ask.said, *case.ask.words.split())))
    tables: dict[tuple[str, str], list[Fact]] = {}
    for fact in in_question(case):
        if fact.table and fact.row and asked and asked == thing_of_table(fact):
            tables.setdefault((fact.report, fact.table), []).append(fact)
    facts = max(tables.values(), key=len, default=[])
    items = [fact for fact in facts if not (fact.total or TOTAL_ROW.search(fact.row[-1]))]
    columns = {fact.column for fact in items}
    if not FEWEST <= len(items) <= MOST or len(columns) != 1:
        return None
    heading = f"{whose(facts[0])}（“{facts[0].table}”）："
    return listed(case, heading, [(fact.row[-1], fact) for fact in items])


def listed(case: Case, heading: str, named: Sequence[tuple[str, Fact]]) -> Answer:
    """Write figures under a heading, a line each: the name, the figure and its passage."""
    page = case.page()
    page.lines.append(heading)
    for name, fact in named:
        n = page.add_fact(fact)
        page.lines.append(f"· {name}{figure_said(fact)}{page.converted(fact)}[{n}]")
    return page.finish()


def thing_of_table(fact: Fact) -> str:
    """Return what the table of a figure is a table of, folded, "" where its title says no such."""
    title = YEAR.sub("", fact.table).replace(fact.organisation, "")
    found = OF_THING.fullmatch(title)
    return fold(found["thing"]) if found else ""
