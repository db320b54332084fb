"""A figure in its clause, with what the words before it say.

What it is of is `corpus.extraction.subjects.resolution`.
"""

from corpus.entities.comparisons import Comparison, FigureKind
from corpus.entities.quantities import Amount
from corpus.model.types import Noun
from corpus.structure.segmentation import Clause


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
