"""The logical forms: what a question can ask, as a closed set of frozen, printable values.

A form holds no text of the question. Two forms are equal where they ask the same.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from corpus.entities.units import unit_base, unit_kind
from corpus.model.types import Aspect, Base, Fact, Level, Noun

# Units whose figures are told apart by their kind; a count is told apart by its counter as well.
PLAIN = ("money", "percent", "points", "score")
VISITS = "人次"  # people who may be the same ones, and no heads
HEADS = "人"
BASES = ("元", "%", "个百分点", "百分点", "分")  # of those, the ones that are reckoned with


class Concept(Noun):
    """What a figure is of: its measure, the part singled out, what it counts, the rows above it."""

    measure: str
    facet: str = ""
    counts: str = ""
    within: tuple[str, ...] = ()


class Select(Noun):
    """The slots that choose figures; an empty slot is open."""

    concept: Concept
    aspect: Aspect
    base: Base | None = None
    who: tuple[str, ...] = ()
    level: Level | None = None
    when: tuple[int, ...] = ()
    table: str = ""

    def in_year(self, year: int | None) -> "Select":
        """Return the same figures of another year."""
        return self.model_copy(update={"when": (year,) if year else (), "base": None})

    def of_aspect(self, aspect: Aspect) -> "Select":
        """Return the same figures in another aspect."""
        return self.model_copy(update={"aspect": aspect, "base": None})

    def of_rate(self, aspect: Aspect) -> "Select":
        """Return the rate that is printed of the same figures: how much of them, how much more."""
        concept = self.concept.model_copy(update={"counts": "percent"})
        return self.of_aspect(aspect).model_copy(update={"concept": concept})

    def of_level(self, level: Level) -> "Select":
        """Return the same figures of another level."""
        return self.model_copy(update={"level": level})

    def of_body(self, body: str) -> "Select":
        """Return the same figures of another body."""
        return self.model_copy(update={"who": (body,), "level": None})


class Lookup(Noun):
    """The figure itself, of each year, level and body that the slots leave open."""

    op: Literal["lookup"] = "lookup"
    of: Select


class Several(Noun):
    """Several figures of one message, each for itself."""

    op: Literal["several"] = "several"
    parts: tuple[Select, ...]


class Difference(Noun):
    """By how much the first differs from the second."""

    op: Literal["difference"] = "difference"
    new: Select
    old: Select


class Growth(Noun):
    """By how many percent the first is above the second."""

    op: Literal["growth"] = "growth"
    new: Select
    old: Select


class Ratio(Noun):
    """The first over the second: a share, how many times, an amount for each, a completion."""

    op: Literal["ratio"] = "ratio"
    part: Select
    whole: Select
    manner: Literal["share", "times", "per", "completion"]


class Sum(Noun):
    """Several figures added up."""

    op: Literal["sum"] = "sum"
    parts: tuple[Select, ...]


class Compare(Noun):
    """Several figures of one kind side by side, the largest named."""

    op: Literal["compare"] = "compare"
    parts: tuple[Select, ...]


class Series(Noun):
    """One figure over the years, in their order."""

    op: Literal["series"] = "series"
    of: Select


class Rank(Noun):
    """A figure among its sisters (the rows of its table, the items of its section), in order.

    The largest goes first, with `least` the smallest.
    """

    op: Literal["rank"] = "rank"
    of: Select
    least: bool = False


class Parts(Noun):
    """What a figure is made up of: the figures printed below it."""

    op: Literal["parts"] = "parts"
    of: Select


class Passage(Noun):
    """A sentence or more of a report: reasons, duties, problems, who and where."""

    op: Literal["passage"] = "passage"
    report: str
    start: int
    end: int


class Together(Noun):
    """What one message asks of one figure: itself, and its change, its share or the reason."""

    op: Literal["together"] = "together"
    parts: tuple[
        Annotated[
            Lookup | Difference | Growth | Ratio | Passage,
            Field(discriminator="op"),
        ],
        ...,
    ]


Form = Annotated[
    Lookup
    | Several
    | Difference
    | Growth
    | Ratio
    | Sum
    | Compare
    | Series
    | Rank
    | Parts
    | Passage
    | Together,
    Field(discriminator="op"),
]


def count_word(fact: Fact) -> str:
    """Return what a figure counts, so that people are not taken for meetings of the same name.

    Money is renminbi, and what is said of another currency or by the head is of its own kind.
    Heads are counted alike as 人 and as 名.
    """
    kind = unit_kind(fact.unit)
    if kind in PLAIN and unit_base(fact.unit) in BASES:
        return kind
    counter = fact.unit.removeprefix("万").removeprefix("亿")
    heads = kind == "people" and counter != VISITS and "/" not in counter
    return f"{kind}:{HEADS if heads else counter}"


def is_plain(counts: str) -> bool:
    """Tell whether what is counted is no people and no things: money, shares, points."""
    return counts.partition(":")[0] in PLAIN


def fact_to_select(fact: Fact) -> Select:
    """Return the query that this figure answers, all its slots filled."""
    concept = Concept(
        measure=fact.measure,
        facet=fact.facet,
        counts=count_word(fact),
        within=tuple(part for part in fact.row if part != fact.measure),
    )
    return Select(
        concept=concept,
        aspect=fact.aspect,
        base=fact.base,
        who=(fact.organisation,),
        level=fact.level,
        when=(fact.year,) if fact.year else (),
        table=fact.table,
    )


def selects_of(form: Form) -> tuple[Select, ...]:
    """Return the selections that a form is made of, in its order; none of a passage."""
    if isinstance(form, Together):
        return tuple(dict.fromkeys(one for part in form.parts for one in selects_of(part)))
    slots = (slot if isinstance(slot, tuple) else (slot,) for _, slot in form)
    return tuple(one for slot in slots for one in slot if isinstance(one, Select))


def _two(make: Callable[[Select, Select], Form]) -> Callable[[Sequence[Select]], Form]:
    return lambda of: make(of[0], of[1])


def _ratio(manner: Literal["share", "times", "per", "completion"]) -> Callable[..., Form]:
    return _two(lambda part, whole: Ratio(part=part, whole=whole, manner=manner))


# Of each operation: how many figures it needs at least, and the form that it makes of them.
FORMS: Mapping[str, tuple[int, Callable[[Sequence[Select]], Form]]] = {
    "lookup": (1, lambda of: Lookup(of=of[0])),
    "several": (2, lambda of: Several(parts=tuple(of))),
    "difference": (2, _two(lambda new, old: Difference(new=new, old=old))),
    "growth": (2, _two(lambda new, old: Growth(new=new, old=old))),
    "share": (2, _ratio("share")),
    "completion": (2, _ratio("completion")),
    "times": (2, _ratio("times")),
    "per": (2, _ratio("per")),
    "sum": (2, lambda of: Sum(parts=tuple(of))),
    "compare": (2, lambda of: Compare(parts=tuple(of))),
    "series": (1, lambda of: Series(of=of[0])),
    "rank": (1, lambda of: Rank(of=of[0])),
    "parts": (1, lambda of: Parts(of=of[0])),
}
