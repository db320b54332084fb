"""Wholes that a report calls by its own words, known by their parts.

"整体支出绩效目标为8万元，其中基本支出5万元，项目支出3万元": what has all the parts of 支出合计
and is their sum is 支出合计, whatever it is called there.

"预算9万元，实际支出8万元，比预算少1万元。其中：甲5万元；乙3万元": what adds up to the account is
of the account, whichever of the two was named last.
"""

from collections.abc import Sequence
from decimal import Decimal

from corpus.entities.units import to_yuan
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Aspect, Fact

LEVELS = 2
NAMED_BY_PARTS = ("支出合计", "收入合计")


def name_wholes(facts: Sequence[Fact], vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Give each whole in a report's own words the term whose parts it is the sum of."""
    by_quote: dict[str, list[Fact]] = {}
    for fact in facts:
        by_quote.setdefault(fact.quote, []).append(fact)
    named = []
    for fact in facts:
        term = whole_term(fact, by_quote[fact.quote], vocabulary)
        told = {"measure": term, "aspect": "决算", "row": (*fact.row, fact.measure)}
        named.append(fact.model_copy(update=told) if term else fact)  # its own words stay in `row`
    return tuple(named)


def settle_parts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Give parts whose aspect no word says the aspect of the level that they add up to."""
    moved: dict[tuple[str, Aspect], Aspect] = {}
    for (quote, whole, year, aspect), parts in unsaid_parts(facts).items():
        total = sum((to_yuan(p.value, p.unit) or Decimal() for p in parts), Decimal())
        levels = {
            fact.aspect: to_yuan(fact.value, fact.unit)
            for fact in facts
            if (fact.measure, fact.year, fact.section) == (whole, year, parts[0].section)
            and fact.aspect in ("预算", "决算")
            and not fact.table
        }
        fitting = [level for level, value in levels.items() if value == total]
        if len(levels) == LEVELS and len(fitting) == 1 and fitting[0] != aspect:
            moved[quote, aspect] = fitting[0]
    return tuple(
        fact.model_copy(update={"aspect": moved[fact.quote, fact.aspect]})
        if not fact.said and (fact.quote, fact.aspect) in moved
        else fact
        for fact in facts
    )


def unsaid_parts(
    facts: Sequence[Fact],
) -> dict[tuple[str, str, int | None, Aspect], list[Fact]]:
    """Return the parts of each whole in each sentence whose aspect is only carried along."""
    groups: dict[tuple[str, str, int | None, Aspect], list[Fact]] = {}
    for fact in facts:
        if fact.row and not fact.said and fact.aspect in ("预算", "决算"):
            key = (fact.quote, fact.row[-1], fact.year, fact.aspect)
            groups.setdefault(key, []).append(fact)
    return groups


def whole_term(fact: Fact, beside: Sequence[Fact], vocabulary: Vocabulary) -> str | None:
    """Return the term whose parts stand beside the fact and add up to it, if there is one."""
    if vocabulary.term_of(fact.measure) or fact.aspect != "其他":
        return None
    parts = {f.measure: f for f in beside if f.row[-1:] == (fact.measure,) and f.year == fact.year}
    value = to_yuan(fact.value, fact.unit)
    for term in NAMED_BY_PARTS:
        names = vocabulary.parts_of(term)
        values = [to_yuan(parts[n].value, parts[n].unit) for n in names if n in parts]
        known = [amount for amount in values if amount is not None]
        if names and len(known) == len(names) and sum(known) == value:
            return term
    return None
