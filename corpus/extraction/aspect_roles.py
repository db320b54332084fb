"""Which aspect a figure of running text has: by words, by its unit, by what holds around it."""

from corpus.extraction.discourse import MOVES, Scene
from corpus.extraction.figures import Figure
from corpus.extraction.statements import EACH
from corpus.extraction.subject_terms import Subject
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect
from corpus.tables.rows import CARRIED

PATTERNS = patterns("extraction.aspect_roles")
JOINED = PATTERNS["joined"]
BUDGETED = PATTERNS["budgeted"]


def figure_aspect(scene: Scene, figure: Figure, named: Subject) -> Aspect:
    """Return the aspect that the words, the unit or the kind of report give a figure."""
    amount, kind = figure.amount, figure.kind
    if amount.kind == "money" or kind.aspect in (*MOVES, "完成率", "占比", "人均"):
        return kind.aspect or money_aspect(scene, figure, named)
    if amount.kind == "score":
        return "得分"
    return "其他" if amount.kind in ("percent", "points") else "数量"


def money_aspect(scene: Scene, figure: Figure, named: Subject) -> Aspect:
    """Return the aspect of money that no word of its own tells."""
    if EACH.match(named.facet):
        return "其他"  # a rate of payment, no sum that was planned or spent
    if BUDGETED.search(figure.bare):
        return "预算"
    last = scene.statements[-1] if scene.statements else None
    if last is not None and last.start == figure.clause.start and JOINED.match(figure.lead):
        return last.aspect
    if CARRIED.search(named.measure):
        return "余额"
    term = scene.vocabulary.term(named.measure)
    if term is not None and term.group == "国有资产":
        return "其他"  # what is owned is neither planned nor spent
    whole = scene.whole
    if whole is not None and whole.aspect in ("预算", "调整预算", "决算", "执行数"):
        return whole.aspect
    return scene.default_aspect(named, None)
