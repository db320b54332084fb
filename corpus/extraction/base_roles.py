"""The figure of a base: 比上年29.75万元减少, 较年初80万元增加, 比预算数75万元节约."""

from corpus.entities.comparisons import Held, strip_words, words_to_level
from corpus.entities.quantities import Amount
from corpus.extraction.discourse import Scene
from corpus.extraction.statements import LEVELS, LIMITS, Spot, Statement
from corpus.extraction.subject_terms import Subject
from corpus.extraction.subjects.totals import whole_side
from corpus.model.types import Aspect, Base
from corpus.structure.segmentation import Clause
from corpus.tables.rows import CARRIED


def held_to_statement(scene: Scene, clause: Clause, held: Held, spot: Spot) -> Statement:
    """Return the figure of a base: of what is compared, in the year that it is compared with."""
    lead, place, amount = spot.lead, spot.place, spot.amount
    against = held.comparison
    before = lead[: against.start]
    named = scene.names.of(before, place) or whole_side(scene, clause, before, place)
    if named is None:
        at = place + against.start
        named = whole_side(scene, clause, lead[against.start :], at) or scene.names.of(
            held.words, at
        )
    named = named or scene.subject or scene.names.heading()
    if named is None:
        named = Subject(
            measure=strip_words(held.words) or lead, known=False, start=place, end=amount.start
        )
    said = words_to_level(strip_words(before)).aspect
    year, _ = scene.year_at(amount.start)
    levels = (each for each in reversed(scene.statements) if each.aspect in LEVELS)
    last = next(
        (each for each in levels if not (each.amount and each.amount.vague in LIMITS)), None
    )
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


def is_bound(statement: Statement) -> bool:
    """Tell whether a figure is a bound and no level: 控制在15万元以内."""
    return statement.amount is not None and statement.amount.vague in LIMITS
