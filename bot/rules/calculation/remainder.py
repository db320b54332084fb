"""What the units below a body have together: the figure of the 部门 less that of its 本级."""

from bot.presentation.answer_text import label_of, whose
from bot.query.arithmetic import subtract
from bot.query.retrieval.scope import LEVELS, Case
from bot.rules.calculation.changes import write_worked
from bot.rules.lookup.single_figure import choose
from bot.types import Answer, Ask
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact

UNITS, WHOLE = "下属单位", "支出合计"
PATTERNS = patterns("rules.remainder")
COUNTED, TAKEN, PLAIN = PATTERNS["counted"], PATTERNS["taken"], PATTERNS["plain"]
LEFT, SPENDING = "年末结转和结余", "支出"  # 还剩 asks for no balance where a level is taken away
LEVELS_NAMED, TWO_NAMED = 2, 2
NOTE = "报告没有单列下属单位的数，按部门数减去本级数推算："


def rest_of_body(case: Case) -> Answer | None:
    """Answer how much the units below a body have, where both its reports print the item.

    Asked for by their name, or as what is left of the 部门 without its 本级.
    """
    levels = len(case.question.levels) == LEVELS_NAMED and TAKEN.search(case.question.words)
    if not (UNITS in case.ask.terms or levels) or case.scope.open:
        return None
    if PLAIN.sub("", case.ask.words).strip():
        return None
    if COUNTED.search(case.question.words):
        return None
    item = item_asked(case)
    pair = figures_of_levels(case, item) if item else None
    worked = subtract(*pair) if pair else None
    if pair is None or worked is None or worked.value < 0:
        return None
    page = case.page()
    page.lines.append(NOTE)
    label = f"{pair[0].organisation}下属单位{pair[0].year or ''}年{label_of(pair[0])}"
    write_worked(page, case, worked, label=label)
    return page.finish()


def rest_of_item(case: Case) -> Answer | None:
    """Answer what is left of one item without another that is named behind: 收入里扣掉税收."""
    said, words = case.ask.said, case.question.words
    if len(said) != TWO_NAMED or case.scope.open or UNITS in case.ask.terms:
        return None
    between = words.partition(said[0])[2].partition(said[1])
    if not (between[1] and TAKEN.search(between[0])):
        return None
    aspects = tuple(a for a in case.question.aspects if a in LEVELS)
    whole, part = (
        [f.headline for f in choose(case, case.find(ask, aspects=aspects)) if not f.against]
        for ask in (Ask(terms=(term,), said=(term,)) for term in case.ask.terms)
    )
    slots = ("organisation", "level", "year", "aspect", "report")
    pairs = (
        (one, other)
        for one in whole
        for other in part
        if all(getattr(one, slot) == getattr(other, slot) for slot in slots)
    )
    pair = next(pairs, None)
    worked = subtract(*pair) if pair else None
    if pair is None or worked is None or worked.value < 0:
        return None
    page = case.page()
    label = f"{whose(pair[0])}{label_of(pair[0])}扣除{label_of(pair[1])}后"
    write_worked(page, case, worked, label=label)
    return page.finish()


def item_asked(case: Case) -> str | None:
    """Return what is asked of the units: the other term, what was talked of, or all spending."""
    others = [term for term in case.ask.terms if term not in (UNITS, LEFT)]
    if others:
        return others[0] if len(others) == 1 else None
    if case.remembered:
        return case.remembered[0].measure
    return WHOLE if case.question.aspects or SPENDING in case.ask.words else None


def figures_of_levels(case: Case, item: str) -> tuple[Fact, Fact] | None:
    """Return the figures of the 部门 and of its 本级 for an item, alike in all but the level."""
    aspects = tuple(a for a in case.question.aspects if a in LEVELS)
    found = choose(case, case.find(Ask(terms=(item,), said=(item,)), aspects=aspects))
    heads = [f.headline for f in found if not f.against and unit_kind(f.headline.unit) == "money"]
    for whole in heads:
        for own in heads:
            alike = (whole.year, whole.aspect, whole.kind) == (own.year, own.aspect, own.kind)
            if alike and (whole.level, own.level) == ("部门", "单位"):
                return whole, own
    return None
