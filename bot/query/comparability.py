"""Which figures may be reckoned with one another: of one kind, and two things at all.

What a table prints twice is not held against itself, what is for each of something is of one body
and year, and one body's part is not held against the whole of another.
"""

from collections.abc import Sequence

from bot.query.arithmetic import counter_of, in_unit
from bot.query.forms import is_plain
from bot.query.retrieval.settlement import amount_of, slot_of
from bot.query.selection import key_of, within_of
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import CHANGES, Fact

PATTERNS = patterns("retrieval.comparability")
TOTAL, EACH = PATTERNS["total"], PATTERNS["each"]
RATES = ("percent", "points", "score")


def holds_part_of_another(facts: Sequence[Fact]) -> bool:
    """Tell whether one figure is a part of another: 防汛中的项目支出 beside 防汛 counts twice."""
    wholes = {slot_of(fact)[:-1] for fact in facts if not fact.facet}
    parts = (fact for fact in facts if fact.facet and not TOTAL.search(fact.facet))
    return any(slot_of(fact)[:-1] in wholes for fact in parts)


def are_one_thing(one: Fact, other: Fact) -> bool:
    """Tell whether two figures are one amount under one name: 信息化建设, and its 收入合计.

    What a table prints in two columns is neither added up nor held against itself.
    """
    slots = ("measure", "organisation", "level", "year", "aspect")
    alike = all(getattr(one, slot) == getattr(other, slot) for slot in slots)
    return alike and one.value == in_unit(other, one.unit)


def says_nothing(part: Fact, whole: Fact) -> bool:
    """Tell whether an average is of things for each of the same: machines a machine, 0.3 人 a 人.

    Pupils for each teacher are more than one.
    """
    if unit_kind(part.unit) == unit_kind(whole.unit) == "people":
        return part.value < in_unit(whole, part.unit)
    return counter_of(part.unit) == counter_of(whole.unit)


def are_unlike(one: Fact, other: Fact) -> bool:
    """Tell whether a part of one body is held against the whole of another."""
    return (
        one.organisation != other.organisation
        and one.measure == other.measure
        and one.facet != other.facet
    )


def say_nothing_together(one: Fact, other: Fact) -> bool:
    """Tell whether nobody asks which is more: a sum or a row of it, a score or its full mark."""
    if one.organisation != other.organisation:
        return False
    if key_of(one)[2] == "score" and one.measure == other.measure and one.year == other.year:
        return True
    column = bool(one.table) and (one.table, one.column) == (other.table, other.column)
    return column and is_total(one) != is_total(other)


def is_total(fact: Fact) -> bool:
    """Tell whether a cell stands in a row of a sum."""
    return any(TOTAL.search(label) for label in fact.row)


def are_one_change(one: Fact, other: Fact) -> bool:
    """Tell whether two changes are one that is told of a whole and of what makes it up."""
    both = one.aspect in CHANGES and other.aspect in CHANGES
    return both and one.year == other.year and one.value == in_unit(other, one.unit)


def are_named_alike(one: Fact, other: Fact) -> bool:
    """Tell whether two amounts have one name, as 上年结转 of two undertakings has."""
    slots = ("organisation", "level", "year", "measure", "facet", "aspect", "base", "project")
    alike = all(getattr(one, slot) == getattr(other, slot) for slot in slots)
    return alike and key_of(one) == key_of(other) and one.value != in_unit(other, one.unit)


def are_of_others(one: Fact, other: Fact) -> bool:
    """Tell whether two figures are of two bodies and two kinds: guests of one, money of another."""
    return one.organisation != other.organisation and key_of(one)[2] != key_of(other)[2]


def may_be_shared_out(amount: Fact, among: Fact) -> bool:
    """Tell whether an amount may be told for each of what is counted.

    Both are of one body and year: what one body pays is not shared out among another's guests.
    A price of one is shared out already.
    """
    alike = (amount.organisation, amount.year) == (among.organisation, among.year)
    counts = not is_plain(key_of(among)[2]) and unit_kind(amount.unit) not in RATES
    shared = amount.aspect == "人均" or EACH.search(f"{amount.measure}{amount.facet}")
    return alike and counts and not shared and not says_nothing(amount, among)


def counts_twice(one: Fact, other: Fact) -> bool:
    """Tell whether to add two figures up would count one of them twice: 在职人员, 其中公务员."""
    return is_below(one, other) or is_below(other, one)


def is_below(fact: Fact, head: Fact) -> bool:
    """Tell whether a figure is a part of another: named under it, in one place, of one kind."""
    above = within_of(fact)
    place = fact.table == head.table if head.table else fact.quote == head.quote
    return (
        place
        and bool(above)
        and above[-1] == head.measure
        and (fact.report, fact.year, fact.aspect) == (head.report, head.year, head.aspect)
        and amount_of(fact)[1] == amount_of(head)[1]
    )
