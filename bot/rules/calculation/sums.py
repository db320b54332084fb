"""Totals: of the items, bodies or years that a question names, of counted groups, of changes.

A sum keeps the printed places; its formula is shown.
"""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import Page, formula_words, label_of, plain, whose
from bot.presentation.names_said import FOUR, figure_said, name_of, sum_said
from bot.query.arithmetic import in_unit
from bot.query.comparability import is_below
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import fact_to_context
from bot.query.retrieval.scope import LEVELS, Case, asks_of_each
from bot.query.retrieval.settlement import amount_of
from bot.rules.calculation.changes import level_before, new_and_old, of_asked_year, printed_changes
from bot.rules.comparison.item_groups import group_of_undertakings, in_question
from bot.rules.comparison.side_by_side import (
    STATED,
    asks_of_sides,
    figures_alike,
    figures_of_sides,
    is_mixed,
    sides,
)
from bot.rules.comparison.table_lists import rows_of_named_list
from bot.rules.lookup.single_figure import choose, list_operands
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.model.types import Aspect, Fact

WORKED_BACK = "报告没有直接列出每一项，由报告里的数推算："
NO_SUM = "报告没有逐项印出可以相加的同口径数字，不能给出合计的增减。"
NOT_OF_EACH = "不是每家单位都印出了同一年份、同一口径的这项数字，不能合计。"
PATTERNS = patterns("rules.sums")
TWO_YEARS, TWO = PATTERNS["two_years"], 2
NAMED = 0.75  # of what a question says beside the quarters
WHOLE_YEAR = PATTERNS["whole_year"]


def level_choice(case: Case) -> tuple[Aspect, ...]:
    """Return the level aspects asked for, none where the question names none."""
    return tuple(a for a in case.question.aspects if a in LEVELS)


def figure_of(case: Case, ask: Ask) -> Fact | None:
    """Return the best figure of an ask under the question's year and aspect."""
    found = choose(case, case.find(ask, aspects=level_choice(case)))
    return found[0].headline if found else None


def totalled(case: Case) -> Answer | None:
    """Answer a sum over the items, bodies or years that a question names, or the four quarters."""
    if WHOLE_YEAR.search(case.question.words):
        facts = quarters(case)
    else:
        case = with_years_counted(case)
        facts = tuple(figures_alike(case))
        asked = level_choice(case)
        facts = tuple(f for f in facts if not asked or f.aspect in asked or f.aspect not in STATED)
        if len(facts) < len(sides(case)) or is_mixed(case, facts):
            return Answer(status="not_found", text=NOT_OF_EACH) if asks_of_each(case) else None
    if len(facts) < 2 or len({amount_of(fact)[1] for fact in facts}) != 1:
        return None
    page = case.page()
    write_total(page, facts)
    page.lines += counted_twice(case, facts)
    return list_operands(page, case, facts)


def totalled_levels(case: Case) -> Answer | None:
    """Answer a sum of levels of which some are not printed and follow from a change of theirs."""
    asks, aspects = asks_of_sides(case.ask), level_choice(case)
    if len(asks) < TWO or len(aspects) != 1 or case.scope.open:
        return None
    steps = [level_of(with_ask(case, ask), aspects[0]) for ask in asks]
    known = [step for step in steps if step is not None]
    facts = tuple(fact for _, _, found in known for fact in found)
    if len(known) < len(asks) or len({fact.unit for fact in facts}) != 1:
        return None
    total, unit = sum((value for value, _, _ in known), Decimal()), facts[0].unit
    formula = " + ".join(said for _, said, _ in known) + f" = {plain(total)}{unit}"
    names = "、".join(ask.terms[-1] for ask in asks)
    label = f"{whose(facts[0])}{names}{aspects[0]}合计"
    page = case.page()
    page.lines.append(WORKED_BACK)
    page.add_computed(total, unit, label=label, formula=formula, like=facts[0])
    page.lines.append(f"{label}{plain(total)}{unit}{formula_words(formula)}。")
    return list_operands(page, case, dict.fromkeys(facts))


def level_of(case: Case, aspect: Aspect) -> "Step | None":
    """Return a level, how it is written and what it rests on: printed, or before its change."""
    printed = figure_of(case, case.ask)
    if printed is not None:
        return printed.value, plain(printed.value), (printed,)
    found = next(level_before(case, (aspect,)), None)
    if found is None:
        return None
    worked = found[1]
    return worked.value, f"({worked.formula.split(' = ')[0]})", worked.facts


def wholes_of(case: Case, name: str) -> list[str]:
    """Return the terms that a term is a part of, the nearest first."""
    found: list[str] = []
    while (whole := case.vocabulary.whole_of(name)) and whole not in found:
        found.append(whole)
        name = whole
    return found


def with_years_counted(case: Case) -> Case:
    """Return a case with the years of "两年合计": those of the reports, as many as it says."""
    years = sorted({report.year for report in case.reports if report.year})
    if case.question.years or not TWO_YEARS.search(case.question.words) or len(years) != TWO:
        return case
    return replace(case, question=case.question.model_copy(update={"years": tuple(years)}))


def counted_twice(case: Case, facts: tuple[Fact, ...]) -> list[str]:
    """Return a warning for each figure of a sum that is a part of another one in it."""
    names = dict.fromkeys(fact.measure for fact in facts)
    doubles = [(name, whole) for name in names for whole in wholes_of(case, name) if whole in names]
    doubles += [(a.measure, b.measure) for a, b in permutations(facts, TWO) if is_below(a, b)]
    return [
        f"注意：{name}是{whole}的一部分，相加会重复计算。" for name, whole in dict.fromkeys(doubles)
    ]


def write_total(page: Page, facts: tuple[Fact, ...]) -> Decimal:
    """Write the sum of figures with its formula; return it in the unit of the first."""
    unit = facts[0].unit
    values = [in_unit(fact, unit) for fact in facts]
    total = sum(values, Decimal())
    formula = " + ".join(map(plain, values)) + f" = {plain(total)}{unit}"
    whole = len({whose(fact) for fact in facts}) == 1
    names = [label_of(fact) if whole else whose(fact) + label_of(fact) for fact in facts]
    label = f"{whose(facts[0]) if whole else ''}{'、'.join(dict.fromkeys(names))}合计"
    page.add_computed(total, unit, label=label, formula=formula, like=facts[0])
    page.lines.append(f"{sum_said(facts)}{plain(total)}{unit}{formula_words(formula)}。")
    return total


def summed_change(case: Case) -> Answer | None:
    """Answer how far the new levels of several things together are from the old ones."""
    asks = asks_of_sides(case.ask)
    words = normalise(case.question.words)
    for said in case.ask.said:
        words = words.replace(said, " ")
    if len(asks) < 2 or case.scope.open or not find_sign("group_sum", words):
        return None
    steps = [step for ask in asks if (step := change_of(with_ask(case, ask)))]
    facts = [fact for _, _, found in steps for fact in found]
    if len(steps) < len(asks) or len({amount_of(fact)[1] for fact in facts}) != 1:
        return Answer(status="not_found", text=NO_SUM)
    unit = facts[0].unit
    gap = sum((value for value, _, _ in steps), Decimal())
    formula = " + ".join(said for _, said, _ in steps) + f" = {plain(gap)}{unit}"
    if any(fact.unit != unit for fact in facts):
        return Answer(status="not_found", text=NO_SUM)
    word = "增加" if gap > 0 else "减少" if gap < 0 else "持平"
    names = "、".join(ask.terms[-1] for ask in asks)
    base = case.base.aspect if case.base and case.base.aspect else ""
    label = f"{whose(facts[0])}{names}合计{f'比{base}' if base else ''}{word}"
    page = case.page()
    page.add_computed(abs(gap), unit, label=label, formula=formula, like=facts[0])
    page.lines.append(f"{label}{plain(abs(gap))}{unit}{formula_words(formula)}。")
    return list_operands(page, case, facts)


Step = tuple[Decimal, str, tuple[Fact, ...]]


def change_of(case: Case) -> Step | None:
    """Return by how much one thing changed, how that is written, and the figures behind it."""
    printed = of_asked_year(case, printed_changes(case, case.ask, "增减额"))
    if printed and not printed[0].against:
        head = printed[0].headline
        value = head.moved
        return value, plain(value) if value >= 0 else f"({plain(value)})", (head,)
    worked = new_and_old(case)
    if worked is None:
        return None
    return worked.value, f"({worked.formula.split(' = ')[0]})", worked.facts


def with_ask(case: Case, ask: Ask) -> Case:
    """Return a case that asks for one thing alone."""
    return replace(case, question=case.question.model_copy(update={"asks": (ask,)}))


def total_of_group(case: Case) -> Answer | None:
    """Answer the sum of a counted group: "四个专项一共", each of them printed with its total."""
    text = normalise(case.question.words)
    facts: tuple[Fact, ...] = ()
    if find_sign("group_sum", text):
        facts = group_of_undertakings(case, text) or rows_of_named_list(case, text)
        facts = facts or (quarters(case) if WHOLE_YEAR.search(text) else ())
    if len(facts) < 2 or len({amount_of(fact)[1] for fact in facts}) != 1:
        return None
    page = case.page()
    write_total(page, facts)
    return list_operands(page, case, facts)


def against_whole(case: Case) -> Answer | None:
    """Answer how far the sum of the parts that a question names is from their printed whole."""
    words = case.question.words
    held_against = find_sign("same", words) or find_sign("difference", words)
    named = tuple(figures_of_sides(case))
    if not (find_sign("adding", words) and held_against) or len(named) < len(sides(case)):
        return None
    wholes = {case.vocabulary.whole_of(fact.measure) for fact in named}
    parts = tuple(fact for fact in named if fact.measure not in wholes)
    if len(parts) < 2:
        return None
    whole = whole_of_parts(case, parts)
    if whole is None or len({amount_of(fact)[1] for fact in (*parts, whole)}) != 1:
        return None
    page = case.page()
    total = write_total(page, parts)
    unit, printed = parts[0].unit, in_unit(whole, parts[0].unit)
    gap = abs(total - printed)
    high, low = sorted((total, printed), reverse=True)
    formula = f"{plain(high)} - {plain(low)} = {plain(gap)}{unit}"
    label = f"{whose(whole)}{label_of(whole)}与各部分之和相差"
    page.add_computed(gap, unit, label=label, formula=formula, like=whole)
    verdict = f"相差{plain(gap)}{unit}" if gap else "两者一致"
    page.lines.append(
        f"报告所列{name_of(whole)}{figure_said(whole)}，{verdict}{formula_words(formula)}。"
    )
    return list_operands(page, case, (*parts, whole))


def whole_of_parts(case: Case, parts: tuple[Fact, ...]) -> Fact | None:
    """Return the printed figure that all of some figures are parts of, of the same report."""
    wholes = {case.vocabulary.whole_of(fact.measure) for fact in parts}
    wholes = (
        wholes
        if len(wholes) == 1 and None not in wholes
        else {f.row[0] if f.row else None for f in parts}
    )
    name = next(iter(wholes)) if len(wholes) == 1 else None
    if name is None:
        return None
    head = parts[0]
    found = [
        fact
        for fact in case.facts
        if (fact.measure, fact.facet, fact.report, fact.year, fact.aspect)
        == (name, head.facet, head.report, head.year, head.aspect)
    ]
    # The whole that is printed with the parts, else any.
    found.sort(key=lambda fact: fact.quote != head.quote)
    return found[0] if found else None


def quarters(case: Case) -> tuple[Fact, ...]:
    """Return the figures of the four quarters of one item, in order; none unless all are there.

    Of the items that bear out what a question names; of several years the last is meant.
    """
    words = WHOLE_YEAR.sub("", case.ask.words).strip()
    items: dict[tuple[str, ...], dict[str, Fact]] = {}
    for fact in in_question(case):
        said = next((quarter for quarter in FOUR if quarter in fact.measure + fact.facet), None)
        if said and coverage(words, fact_to_context(fact)) >= NAMED:
            items.setdefault((fact.report, *fact.row[:1]), {}).setdefault(said, fact)
    whole = [found for found in items.values() if len(found) == len(FOUR)]
    newest = max((found[FOUR[0]].year or 0 for found in whole), default=0)
    last = [found for found in whole if (found[FOUR[0]].year or 0) == newest]
    return tuple(last[0][quarter] for quarter in FOUR) if len(last) == 1 else ()
