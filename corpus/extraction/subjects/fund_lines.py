"""The line of a fund that lists what came in and went out: each figure is of that fund.

"政府性基金预算财政拨款年初结转和结余0万元，本年收入9万元，本年支出9万元" names the fund once.
"""

from corpus.extraction.discourse import Scene
from corpus.extraction.figures import Figure
from corpus.extraction.subject_terms import Subject
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("extraction.fund_lines")
OPENING = PATTERNS["opening"]
SIDES = {"收入合计": "收入", "支出合计": "支出", "年末结转和结余": "年末结转和结余"}


def of_fund(scene: Scene, figure: Figure, subject: Subject) -> Subject:
    """Give 本年收入, 本年支出 and what is left to the fund that the sentence opens with."""
    side = SIDES.get(subject.measure)
    start = max(scene.text.rfind(mark, 0, figure.amount.start) for mark in "。！？") + 1
    opening = OPENING.match(scene.text[start : figure.amount.start]) if side else None
    if opening is None or side is None or subject.start < start + opening.end("fund"):
        return subject
    measure = f"{opening['fund'].removesuffix('财政拨款')}财政拨款{side}"
    term = scene.vocabulary.term_of(measure)
    return subject.model_copy(update={"measure": term or measure, "known": bool(term), "row": ()})
