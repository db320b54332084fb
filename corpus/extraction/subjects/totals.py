"""Totals of income and of spending that a figure names by general words, or by none.

全年收入 and 支出总额 are all income and all spending, unless something narrower is talked of.
"""

from corpus.entities.comparisons import strip_words
from corpus.extraction.discourse import Scene
from corpus.extraction.statements import LEVELS, Figure
from corpus.extraction.subject_terms import (
    GENERIC,
    OURS,
    QUARTER,
    Subject,
    drop_organisation,
    strip_ours,
)
from corpus.lexicon.grammar import patterns
from corpus.structure.segmentation import Clause

TOTAL, RATE, INCOME = "支出合计", "部门预算执行率", "收入合计"
TWINS = {"支出总计": "收入总计", "支出合计": "收入合计"}
SIDES = {"收入": "支出", "支出": "收入"}
SIDE_TOTALS = {"收入": INCOME, "支出": TOTAL}
FUND = "财政拨款"
# What the line of a fund lists: 政府性基金预算财政拨款年初结转和结余0万元，本年收入9万元.
FUND_SIDES = {"收入合计": "收入", "支出合计": "支出", "年末结转和结余": "年末结转和结余"}
PATTERNS = patterns("extraction.totals")
LAID_OUT = PATTERNS["laid_out"]
WHOLE_SIDE = PATTERNS["whole_side"]
OF_YEAR = PATTERNS["of_year"]
ALL = PATTERNS["all"]
AMONG_TOTALS = PATTERNS["among_totals"]
LEFT = PATTERNS["left"]
NO_SPENDING = PATTERNS["no_spending"]
FUND_OPENING = PATTERNS["fund_opening"]
FUND_HEAD = PATTERNS["fund_head"]


def total(scene: Scene, clause: Clause, words: str, place: int) -> Subject | None:
    """Return the total of income or of spending, where no narrower subject can be meant."""
    if side := whole_side(scene, clause, words, place):
        return side
    if scene.subject is not None:
        side_word = next((each for each in SIDES if each in words), "")
        measure = scene.subject.measure
        if not side_word or side_word in measure or SIDES[side_word] not in measure:
            return None
    return scene.names.total(words, place)


def said_side(scene: Scene, words: str) -> Subject | None:
    """Return the total of a side that the paragraph has named, for the bare side in a change.

    "收入总计9万元，支出总计8万元，与上年相比，收入增加2万元，支出增加1万元".
    """
    side = strip_words(words)
    if side not in SIDES:
        return None
    totals = [
        each.subject
        for each in scene.statements
        if ALL.search(each.subject.measure.removeprefix(FUND))
    ]
    sides = {each.measure[:-2].removeprefix(FUND) for each in totals}
    found = [each for each in totals if side in each.measure]
    return found[-1] if found and SIDES[side] in sides else None


def whole_side(scene: Scene, clause: Clause, words: str, place: int) -> Subject | None:
    """Return all income or all spending for 全年收入, or for 支出 at the head of a sentence."""
    bare = strip_ours(drop_organisation(words, scene.setting.organisation))
    quarter = QUARTER.match(bare)
    named = WHOLE_SIDE.fullmatch(strip_words(quarter["rest"]) if quarter else bare)
    first = clause.opener in "。；：" and place == clause.start
    said = first or quarter or OF_YEAR.search(scene.text[clause.start : place + len(words)])
    if named is None or not said or is_narrow(scene):
        return None
    at = place + max(words.find(named["side"]), 0)
    return Subject(
        measure=SIDE_TOTALS[named["side"]],
        facet=quarter["part"] if quarter else "",
        known=True,
        start=at,
        end=at + len(named["side"]),
    )


def fund_of_side(scene: Scene, words: str, place: int) -> Subject | None:
    """Return 财政拨款收入 or 财政拨款支出 for 财政拨款, by what it is a part of."""
    of = scene.whole.name if scene.whole else scene.topic.measure if scene.topic else ""
    side = next((side for side, total in SIDE_TOTALS.items() if total == of), "")
    if not side or strip_words(words) != FUND:
        return None
    return Subject(measure=FUND + side, known=True, start=place, end=place + len(words))


def is_narrow(scene: Scene) -> bool:
    """Tell whether what is talked of is narrower than all income and all spending."""
    if scene.setting.project or scene.item is not None:
        return True
    heading = scene.names.heading()
    if heading is not None and not ALL.search(heading.measure):
        return True
    talked = (scene.topic, scene.subject, scene.group)
    return any(each and not is_among_totals(each) for each in talked)


def is_among_totals(subject: Subject) -> bool:
    """Tell whether a subject is a total, a part of one or what is left of it."""
    left = bool(LEFT.match(subject.measure))
    return left or (subject.known and bool(AMONG_TOTALS.search(subject.measure)))


def cannot_be_executed(subject: Subject) -> bool:
    """Tell whether a rate of execution cannot be of a subject: what came in, what is left."""
    left = bool(LEFT.match(subject.measure))
    return left or (subject.known and bool(NO_SPENDING.search(subject.measure)))


def unnamed_total(scene: Scene, figure: Figure) -> Subject | None:
    """Return all spending for a 全年预算数 of nothing, as a self-evaluation opens with."""
    rate = figure.kind.aspect == "完成率" and "执行率" in figure.lead[:8]
    levels = figure.kind.aspect in LEVELS or rate
    evaluation = scene.setting.kind == "绩效自评" and levels
    evaluation = evaluation or (levels and speaks_of_spending(scene, figure))
    lead = figure.lead[: figure.kind.start] if rate else figure.lead
    words = drop_organisation(lead, scene.setting.organisation)
    if not evaluation or not GENERIC.match(OURS.sub("", strip_words(words))):
        return None
    return Subject(measure=TOTAL, known=True, start=figure.place, end=figure.amount.start)


def speaks_of_spending(scene: Scene, figure: Figure) -> bool:
    """Tell whether a sentence that names nothing is of all spending: 年初预算…，支出决算….."""
    if figure.amount.kind != "money" or is_narrow(scene):
        return False
    start = scene.text.rfind("。", 0, figure.amount.start) + 1
    end = scene.text.find("。", figure.amount.end)
    sentence = scene.text[start : end if end >= 0 else len(scene.text)]
    return "支出" in sentence and "收入" not in sentence


def money_of_project(scene: Scene, figure: Figure) -> Subject | None:
    """Return the project in whose account 支出, 投资 or 实际到位 names no subject of its own."""
    project = scene.setting.project
    words = figure.bare
    laid_out = LAID_OUT.fullmatch(words)
    if not project or laid_out is None or figure.kind.aspect or figure.amount.kind != "money":
        return None
    at = {"start": figure.place, "end": figure.amount.start}
    if laid_out["spent"]:
        return Subject(measure=f"{project}支出", known=False, **at)
    return Subject(measure=project, facet=words, known=False, **at)


def rate_of_total(subject: Subject, figure: Figure) -> Subject:
    """Name the rate at which all spending was executed: reports give it a name of its own."""
    if figure.kind.aspect != "完成率" or "率" not in figure.kind.said:
        return subject
    return subject.model_copy(update={"measure": RATE})


def of_twin(scene: Scene, figure: Figure, subject: Subject) -> Subject:
    """Name the spending after an income of the same fund: 财政拨款收入总计9万元，支出总计9万元."""
    last = scene.statements[-1] if scene.statements else None
    if last is None or "。" in scene.text[last.start : figure.amount.start]:
        return subject
    if bare := of_bare_side(scene, figure, last.subject.measure):
        return bare
    twin = TWINS.get(subject.measure)
    if twin is None:
        return subject
    fund = last.subject.measure.removesuffix(twin)
    if not fund or fund == last.subject.measure:
        return subject
    return subject.model_copy(update={"measure": fund + subject.measure, "known": False})


def of_bare_side(scene: Scene, figure: Figure, before: str) -> Subject | None:
    """Name the bare 支出 after an income: 政府性基金预算财政拨款收入9万元，支出9万元."""
    side = figure.bare
    other = SIDES.get(side, "")
    if not other or len(before) <= len(other) or not before.endswith(other):
        return None
    term = scene.vocabulary.term_of(before.removesuffix(other) + side)
    if term is None:
        return None
    return Subject(measure=term, known=True, start=figure.place, end=figure.amount.start)


def fund_before(scene: Scene, figure: Figure) -> tuple[str, int] | None:
    """Return the fund that a figure's sentence opens with, and where it has been named.

    Else the one that the paragraph has as its heading: 六、政府性基金预算支出决算情况。
    """
    start = max(scene.text.rfind(mark, 0, figure.amount.start) for mark in "。！？") + 1
    if opening := FUND_OPENING.match(scene.text[start : figure.amount.start]):
        return opening["fund"], start + opening.end("fund")
    head = FUND_HEAD.match(scene.text)
    return (head["fund"], head.end()) if head else None


def of_fund(scene: Scene, figure: Figure, subject: Subject) -> Subject:
    """Give 本年收入, 本年支出 and what is left to the fund that is named before them."""
    side = FUND_SIDES.get(subject.measure)
    named = fund_before(scene, figure) if side else None
    if side is None or named is None or subject.start < named[1]:
        return subject
    fund, _ = named
    measure = f"{fund.removesuffix('财政拨款')}财政拨款{side}"
    term = scene.vocabulary.term_of(measure)
    return subject.model_copy(update={"measure": term or measure, "known": bool(term), "row": ()})
