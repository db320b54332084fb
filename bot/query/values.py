"""What comes of running a form: printed and computed values, or the kind of failure."""

from decimal import Decimal
from typing import Literal

from bot.query.retrieval.settlement import Finding
from corpus.model.types import Fact, Noun


class Printed(Noun):
    """A figure as printed, with all its proofs and what contradicts it."""

    finding: Finding

    @property
    def fact(self) -> Fact:
        """The figure to show."""
        return self.finding.headline


class Computed(Noun):
    """A figure worked out from printed ones; `formula` shows how, `label` says what it is.

    `year` is its own where that is not the year of the first figure it is made of.
    """

    value: Decimal
    unit: str
    formula: str
    label: str
    operands: tuple[Fact, ...]
    year: int | None = None


Value = Printed | Computed


class Result(Noun):
    """The values of a form, those that answer it first; `note` is said before them."""

    values: tuple[Value, ...]
    note: str = ""


class Failure(Noun):
    """Why a form has no value."""

    kind: Literal["missing", "ambiguous", "incomparable"]
    options: tuple[Fact, ...] = ()
