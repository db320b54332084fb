"""Sums over the talk: "两项加起来" adds the figures that the last turns told."""

from collections.abc import Sequence

from bot.parsing.grammar import find_sign
from bot.query.retrieval.scope import LEVELS, Case
from bot.query.retrieval.settlement import amount_of, slot_of
from bot.rules.calculation.sums import counted_twice, figure_of, write_total
from bot.rules.comparison.side_by_side import sides
from bot.rules.lookup.single_figure import list_operands
from bot.types import Answer
from corpus.entities.quantities import parse_number
from corpus.lexicon.grammar import patterns
from corpus.model.types import CHANGES, Fact

PATTERNS = patterns("rules.dialogue_sums")
COUNTED = PATTERNS["counted"]
TWO = 2
UNLIKE = "几家的数字年份或预决算口径不同，不能合计。"
WHICH = "说不准要把哪几个数加在一起：请写明要合计的项目。"


def adds_talk(case: Case) -> bool:
    """Tell whether a message that names nothing wants what was talked of added up."""
    words = case.question.words
    summed = find_sign("adding", words) or find_sign("group_sum", words)
    return case.bare and bool(summed) and len(sides(case)) < TWO and count_of(case) > 1


def count_of(case: Case) -> int:
    """Return how many figures of the talk are meant, 0 where that is open."""
    words, several = case.question.words, len(case.question.asks)
    if match := COUNTED.search(words):
        return int(parse_number(match["count"]) or 0)
    if several > 1:
        return several
    return TWO if find_sign("adding", words) or len(case.talked) == TWO else 0


def talked_total(case: Case) -> Answer | None:
    """Answer the sum of the last figures talked of; a refusal where they do not add up."""
    if not adds_talk(case):
        return None
    facts = facts_of_talk(case)
    alike = len({amount_of(fact)[1] for fact in facts}) == 1
    levels = all(fact.aspect in LEVELS for fact in facts) or are_alike_changes(facts)
    # The budget and the account of one thing, or one figure twice, are no sum.
    things = {(*slot_of(fact)[:3], *slot_of(fact)[4:]) for fact in facts}
    if len(facts) < TWO or not alike or not levels or len(things) < len(facts):
        return Answer(status="not_found", text=WHICH)
    several = len({fact.organisation for fact in facts}) > 1
    if several and len({(fact.year, fact.aspect) for fact in facts}) > 1:
        return Answer(status="not_found", text=UNLIKE)
    page = case.page()
    write_total(page, facts)
    page.lines += counted_twice(case, facts)
    return list_operands(page, case, facts)


def talked_change(case: Case) -> Answer | None:
    """Answer by how much the last figures talked of changed together: 两项一共超了多少."""
    facts = facts_of_talk(case) if adds_talk(case) else ()
    return talked_total(case) if len(facts) >= TWO and are_alike_changes(facts) else None


def are_alike_changes(facts: Sequence[Fact]) -> bool:
    """Tell whether figures are changes one way from one base: both above their budgets."""
    return facts[0].aspect in CHANGES and len({(f.aspect, f.direction, f.base) for f in facts}) == 1


def facts_of_talk(case: Case) -> tuple[Fact, ...]:
    """Return the figures meant in the order of the talk: of one message, else of several."""
    count = count_of(case)
    asks = case.question.asks
    if len(asks) == count:
        found = [figure_of(case, ask) for ask in asks]
        return tuple(fact for fact in found if fact) if all(found) else ()
    return case.last(count)[::-1]
