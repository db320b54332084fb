"""What a text states, as values: a figure with its meaning, where it stands, what it is a part of.

Nothing here reads a text; `corpus.extraction.discourse` makes these values from left to right.
"""

from datetime import date
from decimal import Decimal

from corpus.entities.quantities import Amount
from corpus.entities.units import MONEY
from corpus.extraction.subject_terms import Subject
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Base, Kind, Noun

SLACK = Decimal("0.05")  # parts are rounded one by one and may exceed their whole by this much
LEVELS: frozenset[Aspect] = frozenset({"预算", "调整预算", "决算", "执行数", "其他", "余额"})
LIMITS = frozenset(("以内", "之内", "不超过", "不高于"))  # a bound is no level
PATTERNS = patterns("extraction.statements")
EACH = PATTERNS["each"]


class Statement(Noun):
    """A figure or an equality with its meaning; all offsets are in the text of its block."""

    subject: Subject
    row: tuple[str, ...]
    aspect: Aspect
    said: str
    direction: int = 0
    base: Base | None = None
    year: int | None
    year_at: tuple[int, int] | None = None
    as_of: date | None = None
    amount: Amount | None
    start: int
    end: int


class Whole(Noun):
    """What the figures after 其中 are parts of, and how much of it they have used up."""

    name: str
    row: tuple[str, ...] = ()
    amount: Amount | None = None
    aspect: Aspect | None = None
    used: Decimal = Decimal(0)

    @property
    def is_used_up(self) -> bool:
        """Whether its parts have added up to it, so that what comes next is something else."""
        return self.amount is not None and self.used + SLACK >= self.amount.value > 0

    def takes(self, amount: Amount) -> bool:
        """Tell whether a figure can be a part: of the same kind, and not more than is left."""
        if self.amount is None:
            return True
        alike = amount.kind == self.amount.kind and (
            amount.kind != "count" or amount.unit == self.amount.unit
        )
        return alike and self.used + self.size_of(amount) <= self.amount.value + SLACK

    def size_of(self, amount: Amount) -> Decimal:
        """Return how much of the whole an amount is, in the unit of the whole."""
        unit = self.amount.unit if self.amount else amount.unit
        if unit == amount.unit or not {unit, amount.unit} <= MONEY.keys():
            return amount.value
        return amount.value * MONEY[amount.unit] / MONEY[unit]


class Setting(Noun):
    """What a block inherits: whose, which year and kind, under which headings, of which whole.

    `executed` where its section says how a budget was carried out.
    """

    organisation: str
    year: int | None
    kind: Kind
    section: tuple[str, ...]
    executed: bool = False
    project: str = ""
    whole: Whole | None = None


def level_to_whole(level: Statement) -> Whole:
    """Return a figure as the whole of what follows."""
    subject = level.subject
    return Whole(name=subject.measure, row=subject.row, amount=level.amount, aspect=level.aspect)


def is_level(statement: Statement) -> bool:
    """Tell whether a statement is of a level, and no bound of one: 控制在15万元以内."""
    bound = statement.amount is not None and statement.amount.vague in LIMITS
    return statement.aspect in LEVELS and not bound
