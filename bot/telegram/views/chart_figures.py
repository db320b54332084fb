"""Which figures a chart shows: one over the years, a whole with its parts, bodies side by side.

Every label is a figure as its report prints it; only the lengths of the bars are computed.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from bot.presentation.answer_text import aspect_word, caution_mark, label_of, show, whose, year_word
from bot.query.retrieval.settlement import agree, amount_of, step_of
from bot.telegram.views import texts
from bot.telegram.views.related_figures import (
    Point,
    by_body,
    find_fact,
    of_level,
    relatives,
    series_among,
)
from bot.types import Answer
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Aspect, Fact, Noun
from index.library import Library

ChartName = Literal["parts", "bodies"]

_BESIDE: dict[str, Aspect] = {"预算": "决算", "决算": "预算"}
_LEVELS: tuple[Aspect, ...] = ("预算", "调整预算", "决算", "执行数")  # of which parts add up
_FEWEST = 2  # bars


class Bar(Noun):
    """One bar: what it is, its length in a common unit, its figure as printed.

    One without a name belongs with the bar above; a pale one is of the other aspect, or a part.
    """

    name: str
    length: float
    text: str
    pale: bool = False


class Chart(Noun):
    """A chart: its title, its bars from the top, what dark and pale bars are, where all is from.

    `lines` say the same in words, each figure with its source.
    """

    title: str
    bars: tuple[Bar, ...]
    key: tuple[str, ...]
    sources: tuple[str, ...]
    lines: tuple[str, ...]


class _Told(NamedTuple):
    """A figure of a chart, under the name that it has there and in the words beneath."""

    fact: Fact
    name: str
    said: str
    pale: bool = False
    doubted: bool = False


# ---------------------------------------------------------------- over the years


def trend_chart(library: Library, fact: Fact) -> Chart | None:
    """Return the chart of a figure over the years, its budget beside its account if both are there.

    None where there is one year only.
    """
    kin = of_level(relatives(library, fact), fact)
    own = series_among(kin, fact)
    if len(own) < _FEWEST:
        return None
    other = _other_aspect(kin, fact)
    told = list(_by_year(own, other))
    label = fact.measure if other else label_of(fact)
    key = tuple(aspect_word(point.fact) for point in (own[-1], other[-1])) if other else ()
    return _chart(library, f"{fact.organisation}{label}", told, key)


def _other_aspect(kin: Sequence[Fact], fact: Fact) -> tuple[Point, ...]:
    """Return the series of the other aspect, of what is nearest in time to the figure shown."""
    aspect = _BESIDE.get(fact.aspect)
    others = [other for other in kin if other.aspect == aspect]
    if not others:
        return ()
    like = min(others, key=lambda other: abs((other.year or 0) - (fact.year or 0)))
    alike = amount_of(like)[1] == amount_of(fact)[1]
    return series_among(kin, like) if alike else ()


def _by_year(own: Sequence[Point], other: Sequence[Point]) -> Iterator[_Told]:
    points = [(point, False) for point in own] + [(point, True) for point in other]
    points.sort(key=lambda one: (one[0].fact.year or 0, one[1]))
    before = None
    for point, pale in points:
        year = year_word(point.fact.year)
        said = f"{year}{aspect_word(point.fact) if other else ''}"
        name = "" if year == before else year
        yield _Told(point.fact, name, said, pale, doubted=bool(point.against))
        before = year


# ---------------------------------------------------------------- parts of a whole


def parts_chart(library: Library, answer: Answer) -> Chart | None:
    """Return the chart of the whole that an answer tells, with the parts that add up to it."""
    facts = _facts_of(library, answer)
    if len({(one.organisation, one.year, one.measure) for one in facts}) == 1:
        facts = facts[:1]  # told in several aspects: the first is the one meant
    slots = {(one.organisation, one.year, one.aspect) for one in facts}
    if len(slots) != 1 or facts[0].aspect not in _LEVELS:
        return None
    whole = _whole_of(library, facts)
    parts = _parts_of(library, whole) if whole else ()
    if whole is None or not parts:
        return None
    whole = _in_unit_of(library, whole, parts)
    told = [_Told(whole, whole.measure, whole.measure)]
    told += [_Told(part, part.measure, part.measure, pale=True) for part in parts]
    title = f"{whose(whole)}{label_of(whole)}{texts.AND_PARTS}"
    return _chart(library, title, told, texts.WHOLE_AND_PART)


def _whole_of(library: Library, facts: Sequence[Fact]) -> Fact | None:
    """Return the whole of figures: one that the others are parts of, or what all are parts of."""
    vocabulary = load_vocabulary()
    measures = {fact.measure for fact in facts}
    for fact in facts:
        if measures - {fact.measure} <= {*vocabulary.parts_of(fact.measure)}:
            return fact
    wholes = {vocabulary.whole_of(measure) for measure in measures}
    whole = next(iter(wholes))
    return _like(library, facts[0], whole) if whole and len(wholes) == 1 else None


def _parts_of(library: Library, whole: Fact) -> tuple[Fact, ...]:
    """Return the parts of a whole, none unless they add up to it as they are printed."""
    names = load_vocabulary().parts_of(whole.measure)
    parts = tuple(part for name in names if (part := _like(library, whole, name)))
    if len(parts) < _FEWEST:
        return ()
    gap = abs(sum(amount_of(part)[0] for part in parts) - amount_of(whole)[0])
    return parts if gap * 2 <= sum(map(step_of, (whole, *parts))) else ()


def _in_unit_of(library: Library, whole: Fact, parts: Sequence[Fact]) -> Fact:
    """Return a whole as it is printed beside its parts, where it is: in their unit."""
    beside = _like(library, parts[0], whole.measure)
    return beside if beside and agree(beside, whole) else whole


def _like(library: Library, fact: Fact, measure: str) -> Fact | None:
    """Return the figure of another measure with the slots of a fact, of its own report first."""
    found = library.facts.find(
        organisations=(fact.organisation,), measures=(measure,),
        years=(fact.year,) if fact.year else (),
    )  # fmt: skip
    slots = (fact.facet, fact.aspect, fact.level, fact.base, amount_of(fact)[1])
    alike = (
        one for one in found
        if (one.facet, one.aspect, one.level, one.base, amount_of(one)[1]) == slots
    )  # fmt: skip
    return min(
        alike,
        key=lambda one: (one.report != fact.report, one.table != fact.table, one.unit != fact.unit),
        default=None,
    )


# ---------------------------------------------------------------- bodies side by side


def bodies_chart(library: Library, answer: Answer) -> Chart | None:
    """Return the chart of a figure of several bodies: those told, or those that have the same."""
    facts = _facts_of(library, answer)
    if not facts or facts[0].direction:
        return None
    first = facts[0]
    if len({fact.organisation for fact in facts}) == 1 == len({fact.measure for fact in facts}):
        facts = tuple(found[0] for found in by_body(library, first))
    same = {(fact.measure, fact.year, amount_of(fact)[1]) for fact in facts}
    bodies = {fact.organisation for fact in facts}
    if len(same) > 1 or not _FEWEST <= len(bodies) == len(facts):
        return None
    alike = len({aspect_word(fact) for fact in facts}) == 1
    ordered = sorted(facts, key=amount_of, reverse=True)
    names = [_body_name(fact, with_aspect=not alike) for fact in ordered]
    told = [_Told(fact, name, name) for fact, name in zip(ordered, names, strict=True)]
    what = label_of(first) if alike else first.measure
    return _chart(library, f"{year_word(first.year)}{what}", told, ())


def _body_name(fact: Fact, *, with_aspect: bool) -> str:
    """Name the body of a figure, with its level, and its aspect where these differ."""
    body = whose(fact).removesuffix(year_word(fact.year))
    return f"{body}（{aspect_word(fact)}）" if with_aspect else body


# ---------------------------------------------------------------- what all have


def _facts_of(library: Library, answer: Answer) -> tuple[Fact, ...]:
    """Return the printed figures that an answer tells, none where it tells others too."""
    found = [find_fact(library, figure.fact) for figure in answer.figures]
    known = tuple(dict.fromkeys(fact for fact in found if fact))
    return known if len(found) == sum(fact is not None for fact in found) else ()


def _chart(
    library: Library, title: str, told: Sequence[_Told], key: tuple[str, ...]
) -> Chart | None:
    if not any(one.fact.value for one in told):
        return None
    return Chart(
        title=title,
        bars=tuple(
            Bar(name=one.name, length=float(amount_of(one.fact)[0]), text=show(one.fact),
                pale=one.pale)
            for one in told
        ),
        key=key,
        sources=tuple(dict.fromkeys(_source(library, one.fact) for one in told)),
        lines=tuple(_line(library, one) for one in told),
    )  # fmt: skip


def _line(library: Library, told: _Told) -> str:
    doubt = texts.doubt() if told.doubted else ""
    mark = caution_mark(told.fact)
    return f"{told.said} {show(told.fact)}{mark}{_source(library, told.fact)}{doubt}"


def _source(library: Library, fact: Fact) -> str:
    return texts.source_short(library.report(fact.report).title, fact.spans[0].page)


CHARTS: dict[ChartName, Callable[[Library, Answer], Chart | None]] = {
    "parts": parts_chart,
    "bodies": bodies_chart,
}


def charts_of(library: Library, answer: Answer) -> tuple[ChartName, ...]:
    """Return the names of the charts that an answer leads to beside a trend."""
    return tuple(name for name, chart in CHARTS.items() if chart(library, answer))
