"""What changed, by how much, and what follows from it: 差额, and a base worked back.

Three figures hang together: new = old + change. Where two of them are printed, the third is
computed and its formula shown.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.parsing.annotations import AskedBase
from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import Page, cut, formula_words, label_of, plain, whose, year_word
from bot.presentation.names_said import (
    figure_said,
    label_said,
    name_of,
    names_of,
    spoken,
    state,
    when_of,
)
from bot.query.arithmetic import Worked, subtract, work_back
from bot.query.retrieval.scope import LEVELS, Case
from bot.query.retrieval.settlement import Finding, agree
from bot.rules.comparison.side_by_side import asks_of_sides
from bot.rules.lookup.single_figure import choose, more_proofs
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.model.types import CARRIED_OUT, PLANS, Aspect, Base, Fact

STATED: tuple[Aspect, ...] = ("决算", "预算")
PATTERNS = patterns("rules.changes")
OF_MONEY = PATTERNS["of_money"]
DIFFER = "相差"
AMOUNT_WORDS = {1: "增加", -1: "减少", 0: "变化"}
RATE_WORDS = {1: "增长", -1: "下降", 0: "变化"}
DERIVED: tuple[Aspect, ...] = ("人均", "占比", "完成率")


def base_fits(fact: Fact, base: AskedBase | None) -> bool:
    """Tell whether a printed change is counted from what the question compares with."""
    if base is None:
        return True
    own = fact.base or Base(year=None, aspect=None)
    if base.year is not None and own.year is not None and own.year != base.year:
        return False
    if base.aspect is not None and base.year is None:
        before = own.year not in (None, fact.year)
        return own.aspect == base.aspect and before == base.relative
    if base.aspect is not None and own.aspect is not None:
        return own.aspect == base.aspect
    if base.year is None and base.aspect is None:
        return own.year is not None and own.year != fact.year
    return True


def printed_changes(case: Case, ask: Ask, aspect: Aspect) -> tuple[Finding, ...]:
    """Return the changes that a report prints for an ask, those of the right base.

    Where the whole is asked for and one part is all of it ("支出预算8万元，其中：财政拨款支出
    预算8万元，比上年增加1万元"), the change of the part is the change of the whole.
    """
    if derived_aspects(case):
        return ()  # a change of the whole is none of what it comes to a head
    plain_ask = ask.of_any_amount()
    for same in (plain_ask, *equal_parts(case, plain_ask)):
        found = case.find(same, years=wider(case), aspects=(aspect,))
        fitting = tuple(f for f in found if base_fits(f.headline, case.base))
        if fitting:
            return fitting
    return ()


def derived_aspects(case: Case) -> tuple[Aspect, ...]:
    """Return the aspects asked for that are worked out of others: 人均, 占比."""
    return tuple(aspect for aspect in case.question.aspects if aspect in DERIVED)


def of_asked_year(case: Case, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Keep the changes of the year asked for, of two years from the one to the other.

    Where no year is asked for, those of all years are kept.
    """
    years = sorted(case.question.years)
    if len(years) < 2:
        return tuple(f for f in found if not years or f.headline.year in years)
    return tuple(
        f
        for f in found
        if f.headline.year == years[-1] and f.headline.base and f.headline.base.year == years[0]
    )


def equal_parts(case: Case, ask: Ask) -> list[Ask]:
    """Return asks for the parts that make up the whole of an ask by themselves."""
    parts: list[str] = []
    for whole in case.find(ask, years=wider(case), aspects=LEVELS)[:4]:
        head = whole.headline
        parts += [
            fact.measure
            for fact in case.facts
            if fact.row[:1] == (head.measure,)
            and fact.quote == head.quote
            and fact.aspect == head.aspect
            and agree(fact, head)
            and fact.value
        ]
    return [Ask(terms=(part,)) for part in dict.fromkeys(parts)]


def changed(case: Case) -> Answer | None:
    """Answer by how much something changed: the printed change, else new minus old."""
    page = case.page()
    if case.bare and case.base is None and (worked := talked_of(case)):
        write_worked(page, case, worked, label=difference_label(worked))
        return page.finish()
    printed = of_asked_year(case, printed_changes(case, case.ask, "增减额"))
    if printed and not case.fits_several(f.headline.organisation for f in printed):
        head = printed[0].headline
        page.add_fact(head)
        marks = page.marks(printed[0].facts[:3])
        page.lines.append(f"{spoken(head)}{counterpart_said(page, case, head)}。{marks}")
        add_level(page, case, head)
        return page.finish()
    worked = new_and_old(case)
    if worked is None:
        return rate_alone(case)
    write_worked(page, case, worked, label=difference_label(worked))
    return page.finish()


def rate_alone(case: Case) -> Answer | None:
    """Answer by the rate of a change whose amount is not printed, with the level beside it."""
    printed = of_asked_year(case, printed_changes(case, case.ask, "增减率"))
    if not printed or case.fits_several(f.headline.organisation for f in printed):
        return None
    page = case.page()
    state(page, printed[0].headline)
    add_level(page, case, printed[0].headline)
    return page.finish()


def counterpart_said(page: Page, case: Case, change: Fact) -> str:
    """Return the rate that is printed with an amount of change, or the amount with a rate.

    It is said in the sentence of the change itself, for it has no other subject.
    """
    for fact in case.facts:
        same = (fact.quote, fact.measure, fact.year) == (change.quote, change.measure, change.year)
        if same and fact.aspect in ("增减额", "增减率") and fact.aspect != change.aspect:
            page.add_fact(fact)
            words = RATE_WORDS if fact.aspect == "增减率" else AMOUNT_WORDS
            return f"，{words[fact.direction]}{figure_said(fact)}"
    return ""


def add_level(page: Page, case: Case, change: Fact) -> None:
    """Add the level that the change belongs to, where the same sentence prints it.

    Of a row with both, what was carried out has grown, and not its budget.
    """
    same = [
        f
        for f in case.facts
        if f.quote == change.quote
        and f.year == change.year
        and f.measure == change.measure
        and f.aspect in LEVELS
    ]
    if same:
        level = next((f for f in same if f.aspect in CARRIED_OUT), same[0])
        n = page.add_fact(level)
        page.lines.append(f"{when_of(level)}{name_of(level)}{figure_said(level)}。[{n}]")


def difference_label(worked: Worked) -> str:
    """Return what a computed difference of two levels is."""
    new, old = worked.facts
    word = "多" if worked.value > 0 else "少" if worked.value < 0 else "相差"
    other = old.organisation if old.organisation != new.organisation else ""
    return f"{whose(new)}{label_of(new)}比{other}{year_word(old.year)}{label_of(old)}{word}"


def difference_said(worked: Worked, label: str, amount: str) -> str:
    """Return the sentence of a computed amount; of no difference at all it says so in words."""
    if worked.value or label != difference_label(worked):
        return f"{label_said(label, worked.facts)}{amount}"
    names = names_of(worked.facts)
    return f"{names.head}{names.tails[0]}和{names.tails[1]}持平，{DIFFER}{amount}"


def write_worked(page: Page, case: Case, worked: Worked, *, label: str) -> None:
    """Write a computed amount: the result, the formula, the printed figures under it."""
    value = abs(worked.value)
    page.add_computed(value, worked.unit, label=label, formula=worked.formula, like=worked.facts[0])
    amount = f"{plain(value)}{worked.unit}{formula_words(worked.formula)}"
    page.lines.append(f"{difference_said(worked, label, amount)}。{page.marks(worked.facts)}")
    for fact, tail in zip(worked.facts, names_of(worked.facts).tails, strict=True):
        n = page.add_fact(fact)
        more = more_proofs(page, case, fact)
        page.lines.append(f"· {tail}{figure_said(fact)}[{n}]{more}")


def new_and_old(case: Case) -> Worked | None:
    """Return the difference between the two levels that a question compares."""
    ask = case.ask.of_any_amount()
    if OF_MONEY.search(case.question.words):
        ask = ask.model_copy(update={"kind": "金额"})
    years = sorted(case.question.years, reverse=True)
    base = case.base or AskedBase(year=None, aspect=None)
    aspects = derived_aspects(case) or tuple(a for a in case.question.aspects if a in LEVELS)
    pairs: list[tuple[int | None, tuple[Aspect, ...]]]
    if len(years) >= 2:
        pairs = [(years[0], aspects), (years[-1], aspects)]
    elif base.aspect and base.year is None and not base.relative:
        pairs = [(None, aspects or ("决算",)), (None, (base.aspect,))]
    elif base.year or years:
        now = years[0] if years else None
        then = base.year or (now - 1 if now else None)
        backwards = now is not None and then is not None and now < then
        pairs = [(now, aspects), (then, (base.aspect,) if base.aspect else aspects)]
        pairs = pairs[::-1] if backwards else pairs  # the later year is held against the earlier
    else:
        return None
    worked = difference_of(case, ask, pairs)
    if worked is None or aspects or base.aspect or len({f.aspect for f in worked.facts}) == 1:
        return worked
    # Spent against spent, or planned against planned, where both are printed.
    alike = (difference_of(case, ask, [(y, (a,)) for y, _ in pairs]) for a in STATED)
    return next((pair for pair in alike if pair), worked)


def difference_of(
    case: Case, ask: Ask, pairs: Sequence[tuple[int | None, tuple[Aspect, ...]]]
) -> Worked | None:
    """Return the first level minus the second, each of its year and aspect."""
    new, old = (level_of(case, ask, year, wanted) for year, wanted in pairs)
    return None if new is None or old is None or new.id == old.id else subtract(new, old)


def level_of(case: Case, ask: Ask, year: int | None, aspects: tuple[Aspect, ...]) -> Fact | None:
    """Return the printed level of an ask in a year, None where there is none."""
    years = None if year is None else (year,)
    found = choose(case, case.find(ask, years=years, aspects=aspects))
    return found[0].headline if found else None


def talked_of(case: Case) -> Worked | None:
    """Return the difference between the last two figures of the talk, if they are alike."""
    last = case.last(2)
    if len(last) < 2 or last[0].id == last[1].id:
        return None
    # "差多少" is asked of any two figures, "增加多少" of one thing at two times.
    same = last[0].measure == last[1].measure
    gap = find_sign("difference", case.question.words) and last[0].aspect == last[1].aspect
    return subtract(last[0], last[1]) if same or gap else None


def unchanged(case: Case) -> Answer | None:
    """Answer that something stayed the same, where a report says so in words."""
    page = case.page()
    if len(asks_of_sides(case.ask)) > 1:
        return None  # that one of them stayed as it was tells nothing of the other
    for report, parity in case.parities():
        same_year = not case.question.years or parity.year in case.question.years
        if parity.measure not in (*case.ask.terms, case.ask.words) or not same_year:
            continue
        if case.base and parity.base and case.base.aspect not in (None, parity.base.aspect):
            continue
        n = page.cite_span(report, parity.span, parity.section)
        page.lines.append(f"持平，没有变化。{report.organisation}：{cut(parity.quote, 300)}[{n}]")
        for fact in case.facts:
            if fact.measure == parity.measure and fact.quote == parity.quote:
                page.add_fact(fact)
        return page.finish()
    return None


def worked_back(case: Case) -> Answer | None:
    """Answer for a level that is not printed but follows from a later level and its change."""
    aspects = tuple(a for a in case.question.aspects if a in LEVELS) or ("决算", "预算")
    found = next(level_before(case, aspects), None)
    if found is None:
        return None
    label, worked = found
    page = case.page()
    page.lines.append("报告没有直接列出这个数，由报告里的两个数推算：")
    write_worked(page, case, worked, label=label)
    return page.finish()


def level_before(case: Case, aspects: Iterable[Aspect]) -> Iterator[tuple[str, Worked]]:
    """Yield the levels that follow from a later level and its change, each with what it is of."""
    for aspect in aspects:
        for change in printed_changes(case, case.ask.of_any_kind(), "增减额"):
            head = change.headline
            new = level_beside(case, head, aspect) if reaches(case, head, aspect) else None
            worked = work_back(new, head) if new else None
            if worked is not None and head.base is not None:
                year = year_word(head.base.year or head.year)
                yield f"{head.organisation}{year}{head.measure}{aspect}", worked


def wider(case: Case) -> tuple[int, ...]:
    """Return the years in which a change could tell of the years asked for."""
    return tuple(dict.fromkeys(y + d for y in case.question.years for d in (0, 1)))


def reaches(case: Case, change: Fact, aspect: Aspect) -> bool:
    """Tell whether a printed change is counted from the very level asked for."""
    base = change.base
    if base is None:
        return False
    year = base.year or change.year
    asked = case.question.years or (change.report_year,)
    return year in asked and (base.aspect or aspect) == aspect


def level_beside(case: Case, change: Fact, aspect: Aspect) -> Fact | None:
    """Return the level that a change was added to: of the same thing and year, the nearest."""
    base = change.base or Base(year=None, aspect=None)
    same_year = base.year in (None, change.year)
    wanted: Aspect = "决算" if same_year and base.aspect in PLANS else aspect
    levels = [
        fact
        for fact in case.facts
        if (fact.report, fact.measure, fact.facet) == (change.report, change.measure, change.facet)
        and (fact.year, fact.aspect) == (change.year, wanted)
    ]
    return min(levels, key=lambda fact: _distance(fact, change), default=None)


def _distance(level: Fact, change: Fact) -> tuple[bool, int]:
    """Order levels by how near they are printed: the same sentence first."""
    apart = abs(level.spans[0].start - change.spans[0].start)
    return level.quote != change.quote, apart
