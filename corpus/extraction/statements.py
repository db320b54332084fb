"""What a text states, as values: a figure in its clause, and a statement with its meaning.

Nothing here reads a text; `corpus.extraction.discourse` holds what they inherit from each other.
"""

from datetime import date
from typing import NamedTuple

from corpus.entities.comparisons import Comparison, FigureKind
from corpus.entities.quantities import Amount
from corpus.extraction.subject_terms import Subject
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Base, Noun
from corpus.structure.segmentation import Clause

LEVELS: frozenset[Aspect] = frozenset({"预算", "调整预算", "决算", "执行数", "其他", "余额"})
LIMITS = frozenset(("以内", "之内", "不超过", "不高于"))  # a bound is no level
PATTERNS = patterns("extraction.statements")
EACH = PATTERNS["each"]


class Spot(NamedTuple):
    """A figure with the words before it, which start at `place`."""

    lead: str
    place: int
    amount: Amount


class Figure(Noun):
    """A figure in its clause: `lead` is the text from `place` up to it, `kind` what that says.

    `bare` is what is left of the lead, the words of a subject. `facet` is what the words around the
    figure make of it: the figure before a change.
    """

    clause: Clause
    amount: Amount
    lead: str
    place: int
    comparison: Comparison | None
    kind: FigureKind
    bare: str
    facet: str = ""


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
