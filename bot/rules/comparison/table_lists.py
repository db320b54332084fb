"""The rows of a list that a question names by its table: 重点项目表里的项目. No sums of them."""

import re

from bot.query.retrieval.scope import Case
from bot.rules.comparison.item_groups import GROUP, in_question
from corpus.entities.numbers import parse_number
from corpus.entities.units import unit_kind
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact

TOTAL_ROW = re.compile(r"(?:合计|总计|小计)$")
EVERY = re.compile(r"(?:各|所有|全部|每)(?:个|项)?(?:重点)?(?:项目|专项|单位|指标)")


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
