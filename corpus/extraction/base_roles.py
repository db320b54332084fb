"""The figure of a base: 比上年29.75万元减少, 较年初80万元增加, 比预算数75万元节约."""

from corpus.entities.comparisons import Held, strip_words, words_to_level
from corpus.entities.quantities import Amount
from corpus.extraction.discourse import Scene
from corpus.extraction.statements import Statement, is_level
from corpus.extraction.subject_terms import Subject
from corpus.extraction.subjects.totals import whole_side
from corpus.model.types import Aspect, Base, Noun
from corpus.structure.segmentation import Clause
from corpus.tables.rows import CARRIED


class Spot(Noun):
    """A figure with the words before it, which start at `place`."""

    lead: str
    place: int
    amount: Amount


def held_to_statement(scene: Scene, clause: Clause, held: Held, spot: Spot) -> Statement:
    """Return the figure of a base: of what is compared, in the year that it is compared with."""
    lead, place, amount = spot.lead, spot.place, spot.amount
    against = held.comparison
    before = lead[: against.start]
    named = scene.name(before, place) or whole_side(scene, clause, before, place)
    if named is None:
        at = place + against.start
        named = whole_side(scene, clause, lead[against.start :], at) or scene.name(held.words, at)
    named = named or scene.subject or scene.heading()
    if named is None:
        named = Subject(
            measure=strip_words(held.words) or lead, known=False, start=place, end=amount.start
        )
    said = words_to_level(strip_words(before)).aspect
    year, _ = scene.year_at(amount.start)
    last = next((each for each in reversed(scene.statements) if is_level(each)), None)
    base = against.to_base(year=year, aspect=said or scene.default_aspect(named, last))
    row = scene.row_of(named, None)
    return Statement(
        subject=named.model_copy(update={"row": row, "facet": held.facet or named.facet}),
        row=row,
        aspect=held_aspect(held, named, base, amount),
        said=words_to_level(held.words).said,
        year=base.year,
        amount=amount,
        start=place,
        end=amount.end,
    )


def held_aspect(held: Held, named: Subject, base: Base, amount: Amount) -> Aspect:
    """Return the aspect of the figure of a base; what there was at the start is no plan."""
    if amount.kind != "money":
        return "数量"
    if held.facet:
        return "余额" if CARRIED.search(named.measure) else "其他"
    return base.aspect or "其他"
