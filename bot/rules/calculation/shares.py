"""What share one figure is of another: part / whole in percent, rounded half up to two places."""

from decimal import Decimal

from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import Page, formula_words, label_of, plain, whose
from bot.presentation.names_said import label_said, state
from bot.query.arithmetic import in_unit, percent
from bot.query.retrieval.matching import names_of
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import amount_of, names_fund, of_fund, slot_of
from bot.rules.calculation.sums import figure_of, level_choice, wholes_of
from bot.rules.comparison.organisation_choice import narrowed
from bot.rules.comparison.side_by_side import asks_of_sides
from bot.rules.lookup.phrase_parsing import text_to_stretch
from bot.rules.lookup.single_figure import list_operands
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold, normalise
from corpus.model.types import Aspect, Fact

TWO, NEW = 2, "新增"
ROUNDED = Decimal("0.5")  # what a share in percent may be rounded by
PATTERNS = patterns("rules.shares")
SHARE_OF, OF_WHOLE, PLACED = PATTERNS["share_of"], PATTERNS["of_whole"], PATTERNS["placed"]
SHARE: tuple[Aspect, ...] = ("占比",)


def shared(case: Case) -> Answer | None:
    """Answer what share one figure is of another: computed from both, else as printed."""
    if len(case.question.organisations) > 1:
        return shared_by_each(case)
    if case.scope.open:
        return None
    if find_sign("each_share", case.question.words) and len(case.question.asks) < TWO:
        return shares_of_whole(case)
    if pair := part_and_whole(case):
        page = case.page()
        if printed := share_beside(case, *pair):
            state(page, printed)
            return list_operands(page, case, pair)
        return list_operands(page, case, pair) if write_share(page, *pair) else None
    return printed_share(case)


def share_beside(case: Case, part: Fact, whole: Fact) -> Fact | None:
    """Return the share that the report prints of a part, whose sentence names the whole or none.

    It goes before the one that is worked out where it is that one, rounded as the report likes.
    """
    known, worked = case.vocabulary, percent(part.value, in_unit(whole, part.unit) or part.value)
    names = [fold(name) for name in (whole.measure, *names_of(whole.measure, known))]
    slots = ("report", "organisation", "level", "year")
    for fact in case.facts:
        if fact.aspect not in SHARE or not 0 < abs(fact.value - worked) <= ROUNDED:
            continue
        alike_in_all = all(getattr(fact, slot) in (getattr(part, slot), None) for slot in slots)
        if not alike_in_all or thing_of(case, fact) != thing_of(case, part):
            continue
        of = OF_WHOLE.search(fold(fact.quote[: fact.quote.index(fact.printed)]))
        if of is None or any(name in of["whole"] for name in names):
            return fact
    return None


def thing_of(case: Case, fact: Fact) -> str:
    """Return what a figure is of, by the term for it."""
    name = fact.facet or fact.measure
    return case.vocabulary.term_of(name) or name


def printed_share(case: Case) -> Answer | None:
    """Answer a share as printed, with the amount where that is asked for as well."""
    page = case.page()
    for ask in asks_of_sides(case.ask):
        found = case.find(ask.of_any_kind(), aspects=SHARE)
        if not found:
            return None
        if find_sign("level_and_share", case.question.words):
            level = figure_of(case, ask.of_any_kind())
            if level is None:
                return None
            state(page, level)
        state(page, found[0].headline)
    return page.finish()


def shared_by_each(case: Case) -> Answer | None:
    """Answer what share it is of each body named; None where one of them does not tell."""
    page = case.page()
    facts: list[Fact] = []
    for name in case.question.organisations:
        pair = part_and_whole(narrowed(case, name))
        if pair is None or not write_share(page, *pair):
            return None
        facts += pair
    return list_operands(page, case, facts)


def part_and_whole(case: Case) -> tuple[Fact, Fact] | None:
    """Return the two figures of a share, the smaller as the part, of one year and body."""
    asks = case.question.asks
    if len(asks) != TWO and SHARE_OF.search(case.question.words):
        return talked_and_whole(case)
    if len(asks) != TWO:
        terms = case.ask.terms[:2]
        whole = case.vocabulary.whole_of(terms[0]) if len(terms) == 1 else None
        if len(terms) > 1 and not in_one_line(case, *terms):
            return None  # two parts of something: neither is a share of the other
        asks = tuple(Ask(terms=(term,)) for term in (*terms, whole) if term)
    sides = [fact for ask in asks if (fact := figure_of(case, ask))]
    if len(sides) != 2 or not alike(case, *sides) or any(is_new(case, fact) for fact in sides):
        return None
    one, other = sides
    if amount_of(one)[0] > amount_of(other)[0]:
        one, other = other, one
    return in_one_table(case, one, other)


def is_new(case: Case, fact: Fact) -> bool:
    """Tell whether a figure is of what came anew where nobody asks for that: 新增债务限额."""
    return fact.measure.startswith(NEW) and NEW not in case.question.words


def talked_and_whole(case: Case) -> tuple[Fact, Fact] | None:
    """Return the figure that was told last and the whole that a message names: 占三公经费多少."""
    said = case.question.words.split("占", 1)[1]
    whole = figure_of(case, text_to_stretch(case, normalise(said)).ask.of_any_kind())
    part = next(iter(case.last(1)), None) if case.told_last else None
    if part is None or whole is None or not alike(case, part, whole):
        return None
    return (part, whole) if amount_of(part)[0] <= amount_of(whole)[0] else None


def in_one_table(case: Case, part: Fact, whole: Fact) -> tuple[Fact, Fact]:
    """Return a part and its whole from one column of a table where both stand there.

    All spending has other parts than the spending of one fund: 占总支出 is read from tables of all
    funds, and from those of a fund only where the question names it.
    """
    fund = names_fund(case.question.words)
    for other in same_elsewhere(case, whole):
        if not other.table or of_fund(other) != fund:
            continue
        for one in same_elsewhere(case, part):
            if (one.table, one.column) == (other.table, other.column):
                return one, other
    return part, whole


def same_elsewhere(case: Case, fact: Fact) -> list[Fact]:
    """Return the figures of the same thing, year and aspect of one report, wherever printed."""
    named = case.pool.named((case.vocabulary.term_of(fact.measure) or fact.measure,))
    return [f for f in named if f.report == fact.report and slot_of(f) == slot_of(fact)]


def alike(case: Case, one: Fact, other: Fact) -> bool:
    """Tell whether two figures may be a part and its whole: of one body, year, kind and aspect."""
    same = (one.organisation, one.year) == (other.organisation, other.year)
    same = same and slot_of(one) != slot_of(other)  # nothing is a share of itself
    stated = {one.aspect, other.aspect} & {"预算", "调整预算", "决算"}
    mixed = len(stated) > 1 and len(level_choice(case)) < 2
    apart = are_of_other_places(one, other)
    return same and amount_of(one)[1] == amount_of(other)[1] and not (mixed or apart)


def are_of_other_places(one: Fact, other: Fact) -> bool:
    """Tell whether the name of one of two figures begins with a place that the other is not of.

    高新区税收收入 is no share of the income of the city, whose name says no place.
    """
    places = {found.group() if (found := PLACED.match(f.measure)) else "" for f in (one, other)}
    return len(places) > 1


def in_one_line(case: Case, one: str, other: str) -> bool:
    """Tell whether one of two terms is a part of the other, or a part of its part."""
    return other in wholes_of(case, one) or one in wholes_of(case, other)


def write_share(page: Page, part: Fact, whole: Fact) -> bool:
    """Write a computed share with its formula; a whole of nothing has no shares."""
    whole_value = in_unit(whole, part.unit)
    if not whole_value:
        return False
    rate = percent(part.value, whole_value)
    formula = f"{plain(part.value)} / {plain(whole_value)} × 100% = {plain(rate)}%"
    label = f"{whose(part)}{label_of(part)}占{label_of(whole)}的比例"
    page.add_computed(rate, "%", label=label, formula=formula, like=part)
    said = label_said(label, (part, whole))
    page.lines.append(f"{said}为{plain(rate)}%{formula_words(formula)}。")
    return True


def shares_of_whole(case: Case) -> Answer | None:
    """Answer what share each of several things is of the whole that they are all parts of."""
    asks = [ask for asked in case.question.asks for ask in asks_of_sides(asked)]
    wholes = {case.vocabulary.whole_of(term) for ask in asks for term in ask.terms}
    name = wholes.pop() if len(wholes) == 1 else None
    whole = figure_of(case, Ask(terms=(name,))) if name else None
    parts = [fact for ask in asks if (fact := figure_of(case, ask.of_any_kind()))]
    if whole is None or len(parts) < len(asks) or not all(alike(case, p, whole) for p in parts):
        return None
    page = case.page()
    written = sum(write_share(page, part, whole) for part in parts)
    return list_operands(page, case, (*parts, whole)) if written == len(parts) else None
