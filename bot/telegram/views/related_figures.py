"""What can be shown beside a figure: other years, other aspects, other units. No sending.

Everything is read off the fact table by the slots of the fact that is shown; nothing is searched.
"""

from collections.abc import Iterable, Sequence

from bot.presentation.answer_text import Page, fact_to_statement, label_of, plain, show, whose
from bot.presentation.names_said import state
from bot.query.arithmetic import Worked, in_unit, percent, subtract
from bot.query.retrieval.settlement import agree, amount_of
from bot.telegram.views import texts
from bot.types import Answer
from corpus.entities.units import MONEY, convert, to_yuan
from corpus.lexicon.grammar import words_of
from corpus.model.types import Fact, Noun
from index.library import Library

UNITS = sorted(words_of("yuan"), key=MONEY.__getitem__)  # the smallest first


class Point(Noun):
    """One year of a series: the fact shown and those of the same year that contradict it."""

    fact: Fact
    against: tuple[Fact, ...] = ()


def find_fact(library: Library, fact_id: str | None) -> Fact | None:
    """Return the fact with this id, or None where its report is no longer there."""
    found = library.facts.get((fact_id,)) if fact_id else ()
    return found[0] if found else None


def fact_to_answer(library: Library, fact: Fact) -> Answer:
    """Return the answer that shows one fact, with its proof."""
    page = Page(library.report)
    state(page, fact)
    return page.finish()


def relatives(library: Library, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts of the same item of the same body, in every year, aspect and level."""
    found = library.facts.find(organisations=(fact.organisation,), measures=(fact.measure,))
    return tuple(other for other in found if (other.facet, other.base) == (fact.facet, fact.base))


def siblings(library: Library, fact: Fact) -> tuple[Fact, ...]:
    """Return the relatives of a fact of its own level."""
    return of_level(relatives(library, fact), fact)


def of_level(kin: Iterable[Fact], fact: Fact) -> tuple[Fact, ...]:
    """Return those of the relatives of a fact that have its level."""
    return tuple(other for other in kin if other.level == fact.level)


def series(library: Library, fact: Fact) -> tuple[Point, ...]:
    """Return the same figure of every year, oldest first; same aspect, same kind of unit."""
    return series_among(siblings(library, fact), fact)


def series_among(kin: Iterable[Fact], fact: Fact) -> tuple[Point, ...]:
    """Return the series of a fact out of its siblings."""
    years: dict[int, list[Fact]] = {}
    for other in kin:
        same = other.aspect == fact.aspect and amount_of(other)[1] == amount_of(fact)[1]
        if same and other.year is not None:
            years.setdefault(other.year, []).append(other)
    if fact.year is not None:  # the figure that was shown stands for its year
        years[fact.year] = [fact, *years.get(fact.year, [])]
    return tuple(_settle(years[year], fact) for year in sorted(years))


def _settle(facts: list[Fact], like: Fact) -> Point:
    best = min(facts, key=lambda fact: (fact.id != like.id, fact.kind != like.kind))
    against = tuple(other for other in facts if not agree(best, other))
    return Point(fact=best, against=against)


def aspects(library: Library, fact: Fact) -> tuple[Fact, ...]:
    """Return the same item of the same year in its other aspects, one fact for each.

    The figure of the department beside that of its own office, 部门 beside 单位, is one of them.
    """
    return aspects_among(relatives(library, fact), fact)


def aspects_among(kin: Sequence[Fact], fact: Fact) -> tuple[Fact, ...]:
    """Return the other aspects of a fact, and the same one of another level, of its relatives."""
    others = {
        (other.aspect, other.level): other
        for other in reversed(kin)
        if other.year == fact.year and (other.aspect == fact.aspect) != (other.level == fact.level)
    }
    return tuple(others.values())


def by_body(library: Library, fact: Fact) -> tuple[tuple[Fact, ...], ...]:
    """Return the facts that a fact can be compared with, body by body, of its level first."""
    years = (fact.year,) if fact.year is not None else ()
    found = library.facts.find(years=years, measures=(fact.measure,))
    bodies = {fact.organisation: [fact]}
    for other in sorted(found, key=lambda one: one.level != fact.level):
        slots = (other.facet, other.aspect, other.base, amount_of(other)[1])
        if slots == (fact.facet, fact.aspect, fact.base, amount_of(fact)[1]):
            bodies.setdefault(other.organisation, []).append(other)
    return tuple(map(tuple, bodies.values()))


def before_answer(library: Library, fact: Fact) -> Answer:
    """Return the figure beside that of the year before, with difference and rate computed."""
    points = [point for point in series(library, fact) if point.fact.year == (fact.year or 0) - 1]
    if not points:
        return Answer(status="not_found", text=texts.no_year_before(whose(fact), label_of(fact)))
    old = points[0].fact
    page = Page(library.report)
    worked = subtract(fact, old)
    if worked:
        _write_difference(page, fact, worked)
    for one in (fact, old):
        page.lines.append(f"{fact_to_statement(one)}。[{page.add_fact(one)}]")
    if worked and old.value:
        _write_rate(page, fact, old)
    if points[0].against:
        page.lines.append(texts.CONTRADICTED)
    return page.finish()


def _write_difference(page: Page, fact: Fact, worked: Worked) -> None:
    sign = "增加" if worked.value > 0 else "减少" if worked.value < 0 else "变化"
    label = f"{whose(fact)}{label_of(fact)}比上年{sign}"
    size = abs(worked.value)
    page.add_computed(size, worked.unit, label=label, formula=worked.formula, like=fact)
    page.lines.append(texts.computed(f"{label}{plain(size)}{worked.unit}", worked.formula))


def _write_rate(page: Page, new: Fact, old: Fact) -> None:
    a, b = new.value, in_unit(old, new.unit)
    rate = percent(a - b, b)
    formula = f"({plain(a)} - {plain(b)}) / {plain(b)} × 100 = {plain(rate)}"
    page.add_computed(rate, "%", label="比上年增减率", formula=formula, like=new)
    said = f"比上年{'增长' if rate >= 0 else '下降'}{plain(abs(rate))}%"
    page.lines.append(texts.computed(said, formula))


def aspects_answer(library: Library, fact: Fact) -> Answer:
    """Return the same item in every aspect that the reports have for its year."""
    page = Page(library.report)
    for one in (fact, *aspects(library, fact)):
        page.lines.append(f"{whose(one)}{label_of(one)}：{show(one)}[{page.add_fact(one)}]")
    return page.finish()


def other_units(fact: Fact) -> tuple[str, ...]:
    """Return the figure in the other units of money, each with its formula; none for a count."""
    if to_yuan(fact.value, fact.unit) is None:
        return ()
    lines, digits = [], fact.correction.said if fact.correction else fact.printed
    for unit in UNITS:
        value = convert(fact.value, fact.unit, unit)
        if value == fact.value:
            continue
        bigger = value < fact.value
        factor = plain(fact.value / value if bigger else value / fact.value) if value else "1"
        lines.append(
            f"{plain(value)} {unit} = {digits} {fact.unit} {'÷' if bigger else '×'} {factor}"
        )
    return tuple(lines)
