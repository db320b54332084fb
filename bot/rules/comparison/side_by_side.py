"""Several figures side by side: years, organisations, items, aspects; and trends."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP
from functools import partial
from itertools import product

from bot.parsing.annotations import OVER_BUDGET
from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import Page, label_of, level_word, plain
from bot.presentation.names_said import Told, equal_said, figure_said, label_said, names_of, tell
from bot.query.arithmetic import CENT, in_unit, subtract
from bot.query.retrieval.scope import LEVELS, Case
from bot.query.retrieval.settlement import agree, amount_of, slot_of
from bot.rules.lookup.phrase_parsing import text_to_stretch
from bot.rules.lookup.single_figure import choose, more_proofs
from bot.types import Answer, Ask
from corpus.entities.organisations import is_government
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold, normalise
from corpus.model.types import CHANGES, Aspect, Fact

PAIR = 2
MOST = 6
STATED: tuple[Aspect, ...] = ("决算", "预算", "调整预算", "执行数")
RATES: tuple[Aspect, ...] = ("增减率",)
UNLIKE = "几个数的年份或预决算口径不同，不能直接比较大小。"
PATTERNS = patterns("rules.side_by_side")
VERSUS = PATTERNS["versus"]
TIMES = PATTERNS["times"]


Side = tuple[Ask, tuple[str, ...], tuple[int, ...], tuple[Aspect, ...]]


def sides(case: Case) -> list[Side]:
    """Return what is to be set side by side: every combination of what the question names twice."""
    question = case.question
    compared_aspects = tuple(a for a in question.aspects if a not in CHANGES)
    levels = tuple(a for a in compared_aspects if a in LEVELS)
    organisations = [(name,) for name in case.scope.organisations] if not case.scope.open else [()]
    years: list[tuple[int, ...]] = [(year,) for year in question.years] or [()]
    aspects = [(aspect,) for aspect in levels] if len(levels) > 1 else [compared_aspects]
    if find_sign("faster", question.words):
        aspects = [RATES]
    asks = asks_of_places(case) or asks_of_sides(case.ask)
    if question.pairs:
        pairs = [((name,), (year,)) for name, year in question.pairs]
        return [(ask, n, y, a) for ask in asks for n, y in pairs for a in aspects]
    return list(product(asks, organisations, years, aspects))


def asks_of_places(case: Case) -> list[Ask]:
    """Return an ask for each of several places that are rows of tables: 古城区和玉龙县谁高."""
    words = case.ask.words.split()
    places = [fold(place) for place in case.places]
    named = [word for word in words if any(word in (p, p[:-1]) for p in places)]
    if len(named) < PAIR:
        return []
    rest = [word for word in words if word not in named]
    return [case.ask.model_copy(update={"words": " ".join((*rest, one))}) for one in named]


def asks_of_sides(ask: Ask) -> list[Ask]:
    """Return an ask for each item of a comparison; the whole that they are parts of goes along."""
    plain_ask = ask.model_copy(update={"kind": None if ask.kind == "百分比" else ask.kind})
    said = dict(zip(ask.terms, ask.said, strict=False))
    items = [term for term in ask.terms if term not in ask.within]
    if len(items) < 2:
        return [plain_ask]
    return [
        plain_ask.model_copy(
            update={"terms": terms, "said": tuple(said.get(term, term) for term in terms)}
        )
        for item in items
        for terms in [(*ask.within, item)]
    ]


def figures_of_sides(case: Case) -> list[Fact]:
    """Return the figure of each side, sides without one left out."""
    found: list[Fact] = []
    for ask, organisations, years, aspects in sides(case):
        named = partial(case.find, ask, organisations=organisations, years=years)
        # One side may be planned where the other is spent: each then in the aspect that it has.
        chosen = choose(case, named(aspects=aspects) or named(aspects=()))
        bodies = {(f.headline.year, f.headline.level): f.headline for f in reversed(chosen)}
        found += list(reversed(bodies.values()))[: 2 if case.question.levels else 1 if years else 3]
    return list({fact.id: fact for fact in found}.values())


def figures_of_one_year(case: Case) -> list[Fact]:
    """Return the figure of each side; where no year is asked, those of the latest that all have."""
    if case.question.years or case.question.pairs:
        return figures_of_sides(case)
    wanted = len(sides(case))
    for year in sorted({report.year for report in case.reports if report.year}, reverse=True):
        question = case.question.model_copy(update={"years": (year,)})
        facts = figures_of_sides(replace(case, question=question))
        if len(facts) >= wanted > 1:
            return facts
    return figures_of_sides(case)


def figures_alike(case: Case) -> list[Fact]:
    """Return the figure of each side in one year and one aspect, as far as all are printed so."""
    facts = figures_of_one_year(case)
    asked = any(aspect in LEVELS for aspect in case.question.aspects)
    for aspect in () if asked else STATED:
        if not is_mixed(case, facts):
            break
        question = case.question.model_copy(update={"aspects": (aspect,)})
        again = figures_of_one_year(replace(case, question=question))
        if len(again) >= len(facts) and not is_mixed(case, again):
            return again
    return facts


def is_mixed(case: Case, facts: Sequence[Fact]) -> bool:
    """Tell whether figures differ in year or in 预算 and 决算 though the question names no two."""
    question = case.question
    asked = len([aspect for aspect in question.aspects if aspect in LEVELS])
    between = len(question.years) > 1 or bool(case.base and case.base.in_years)
    years = len({fact.year for fact in facts}) > 1 and not between
    stated = {fact.aspect for fact in facts if fact.aspect in STATED}
    return years or (len(stated) > 1 and asked < 2 and not (case.base and case.base.aspect))


def equal_or_not(case: Case) -> Answer | None:
    """Answer whether two things named are the same figure; None where not both are printed."""
    two = find_sign("same", case.question.words) and len(sides(case)) == 2
    return compared(case) if two else None


def compared(case: Case) -> Answer | None:
    """Answer a comparison: each side with its proof, and for two sides the difference.

    A message that names nothing compares the last two figures of the talk: 哪个多.
    """
    talked = case.last(PAIR) if case.bare and case.base is None else ()
    alike = len(talked) == PAIR and subtract(*talked) is not None
    facts = list(reversed(talked)) if alike else figures_alike(case)
    if len(facts) < 2 or OVER_BUDGET.search(case.question.words):
        return None  # which of two things went further over its budget is no matter of levels
    page = case.page()
    mixed = is_mixed(case, facts)
    asked = len(facts) == 2 and bool(find_sign("same", case.question.words))
    told = told_sides(page, case, facts[:MOST])
    if len({one.amount for one in told}) == 1 and (asked or not mixed):
        page.lines.append(f"一样，{equal_said(told)}")
        return page.finish()
    if asked and not mixed:
        page.lines.append("一样。" if agree(*facts) else "不一样。")
    page.lines += tell(told)
    if mixed:
        page.lines.append(UNLIKE)
    elif len(facts) == 2 and TIMES.search(case.question.words):
        write_times(page, facts[0], facts[1])
    elif len(facts) == 2:
        write_difference(page, facts[0], facts[1])
    elif len({amount_of(fact)[1] for fact in facts}) == 1:
        write_most(page, facts)
    return page.finish()


def write_most(page: Page, facts: Sequence[Fact]) -> None:
    """Write which of several figures is the most; a whole beside its parts is none of them."""
    wholes = {name for fact in facts for name in fact.row if name != fact.measure}
    parts = [fact for fact in facts if fact.measure not in wholes]
    tails = dict(zip((fact.id for fact in facts), names_of(facts).tails, strict=True))
    most = max(parts, key=lambda fact: amount_of(fact)[0], default=None)
    if most is not None and len(parts) > 1:
        page.lines.append(f"其中最多的是{tails[most.id]}。")


def told_sides(page: Page, case: Case, facts: Sequence[Fact]) -> list[Told]:
    """Return the figure of each side with its proofs."""
    told = []
    for fact in facts:
        marks = f"[{page.add_fact(fact)}]" + more_proofs(page, case, fact)
        told.append(Told(fact, f"{figure_said(fact)}{page.converted(fact)}", marks))
    return told


def compared_sides(case: Case) -> Answer | None:
    """Answer by how much 甲 is more than 乙 in "甲比乙多多少", each side read by itself."""
    match = VERSUS.search(normalise(case.question.words))
    if match is None or case.scope.open or case.base or len(case.scope.organisations) > 1:
        return None
    read = [text_to_stretch(case, match.group(side)) for side in ("one", "other")]
    if any(side.empty for side in read):
        return None
    found = [figure_of_side(case, side.ask, side.aspects) for side in read]
    one, other = found
    if one is None or other is None or slot_of(one) == slot_of(other):
        return None
    worked = subtract(one, other) if one.report == other.report else None
    if worked is None:
        return None
    page = case.page()
    page.lines += tell(told_sides(page, case, [one, other]))
    write_difference(page, one, other)
    return page.finish()


def figure_of_side(case: Case, ask: Ask, aspects: tuple[Aspect, ...]) -> Fact | None:
    """Return the amount of money of one side, None where several fit as well."""
    wanted = ask.model_copy(update={"kind": "金额", "counters": ""})
    found = choose(case, case.find(wanted, aspects=aspects))
    return found[0].headline if len(found) == 1 and not found[0].against else None


def write_difference(page: Page, one: Fact, other: Fact) -> None:
    """Write which of two figures is larger, and by how much."""
    if (one.year or 0) < (other.year or 0):
        one, other = other, one
    worked = subtract(one, other)
    if worked is None:
        return
    names = [side_name(one, other), side_name(other, one)]
    if not worked.value:
        page.lines.append(f"两者相同，{names[0]}与{names[1]}持平。")
        return
    later = one.year != other.year
    words = ("增加", "减少") if later and one.organisation == other.organisation else ("多", "少")
    larger = worked.value > 0
    if not later and not larger:
        names.reverse()
        one, other = other, one
        flipped = subtract(one, other)
        worked, larger = (flipped or worked), True
    word = words[0] if larger else words[1]
    label = f"{names[0]}比{names[1]}{word}"
    value = abs(worked.value)
    unit = "个百分点" if worked.unit == "%" else worked.unit
    formula = (
        worked.formula.replace(f"{worked.unit}", unit) if unit != worked.unit else worked.formula
    )
    page.add_computed(value, unit, label=label, formula=formula, like=one)
    said = label_said(label, (one, other))
    page.lines.append(f"{said}{plain(value)}{unit}（{formula}）。")


def write_times(page: Page, one: Fact, other: Fact) -> None:
    """Write how many times the one is of the other."""
    if amount_of(one)[1] != amount_of(other)[1] or not other.value:
        return
    base = in_unit(other, one.unit)
    times = (one.value / base).quantize(CENT, ROUND_HALF_UP)
    formula = f"{plain(one.value)} / {plain(base)} = {plain(times)}倍"
    label = f"{side_name(one, other)}是{side_name(other, one)}的倍数"
    page.add_computed(times, "倍", label=label, formula=formula, like=one)
    page.lines.append(f"{label.removesuffix('倍数')}{plain(times)}倍（{formula}）。")


def side_name(fact: Fact, other: Fact) -> str:
    """Return a short name for a side: only what tells it from the other."""
    parts = []
    if fact.organisation != other.organisation:
        parts.append(fact.organisation)
    elif fact.level != other.level:
        parts.append(level_of_side(fact))
    if fact.year != other.year:
        parts.append(f"{fact.year}年")
    if (fact.measure, fact.facet) != (other.measure, other.facet):
        parts.append(fact.measure + fact.facet)
    if fact.aspect != other.aspect:
        parts.append(fact.aspect)
    return "".join(parts) or label_of(fact)


def level_of_side(fact: Fact) -> str:
    """Return the level of a side that differs from the other in it."""
    if is_government(fact.organisation):
        return level_word(fact)
    return "本级" if fact.level == "单位" else "部门"


def trended(case: Case) -> Answer | None:
    """Answer how a figure ran over the years that the reports print."""
    years = {fact.year for fact in case.facts if fact.year}
    found: dict[int, Fact] = {}
    for year in sorted(years):
        chosen = choose(case, case.find(case.ask, years=(year,)))
        if chosen and not case.scope.open:
            found[year] = chosen[0].headline
    if len(found) < 2:
        return None
    page = case.page()
    told = [Told(fact, figure_said(fact), f"[{page.add_fact(fact)}]") for fact in found.values()]
    page.lines += tell(told)
    return page.finish()
