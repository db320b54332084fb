"""What a figure is of: named before it, after it, by its unit, or by what came before.

`figure_to_subject` is the one way in; it reads a `Scene` and changes nothing.
"""

import re

from corpus.amounts import Amount
from corpus.clauses import Clause
from corpus.leads import OPENING_BUDGET, YEAR_WORDS, Comparison, FigureKind, strip_words
from corpus.nouns import Noun
from corpus.scene import LEVELS, MOVES, RELATIVE, Scene
from corpus.topics import (
    GENERIC,
    OURS,
    Subject,
    counted_term,
    drop_organisation,
    fits,
)

NOT_OWN = re.compile(r"^(?:与|和|及|、|，|；)")
ASIDE = re.compile(r"（[^（）]*）")
WORTH = re.compile(r"(?:价值|总额|金额|总值|资金)$")
WORTH_OF = re.compile(r"(?:价值|总值)的")
STARTING = re.compile(
    r"^(?:积极|大力|扎实|切实|深入|不断|持续|严格|全面|认真|着力|抓好|做好|推动|推进|开展|落实|组织|实施|部署|创新|完善|加强)+"
)
EACH = "分别"
SUM = re.compile(r"^(?:以上|上述)?(?:合计|共计|总计|总共)(?:为|是)?$")
OF_GROUP = re.compile(r"^(?:涉及|平均|累计涉及)")
TOTAL, RATE = "支出合计", "部门预算执行率"
TWINS = {"支出总计": "收入总计", "支出合计": "收入合计"}
# What the account of one project calls by the name of all: 全年预算数…，绩效自评得分….
OF_PROJECT = ("绩效自评得分", "项目支出", RATE)
SIDES = {"收入": "支出", "支出": "收入"}


class Figure(Noun):
    """A figure in its clause: `lead` is the text from `place` up to it, `kind` what that says."""

    clause: Clause
    amount: Amount
    lead: str
    place: int
    comparison: Comparison | None
    kind: FigureKind


def figure_to_subject(scene: Scene, figure: Figure) -> Subject:
    """Return what a figure is of; a doubtful subject keeps the report's own words."""
    if each := one_of_each(scene, figure):
        return each
    words, place = subject_words(scene, figure)
    relative = figure.kind.aspect in RELATIVE
    named = scene.name(words, place) or total(scene, words, place)
    if named and named.known and (relative or suits(scene, named, figure.amount)):
        return named
    if not relative and (other := sum_of_parts(scene, figure) or counted(scene, figure, words)):
        return other
    own = None
    if figure.kind.aspect is None or named is not None:
        own = own_subject(scene, figure, named)
    found = own or inherited(scene, figure) or unnamed_total(scene, figure) or said_before(figure)
    return rate_of_total(found, figure)


def of_project(scene: Scene, subject: Subject) -> Subject:
    """Name the project in whose account a figure of no other subject stands."""
    project = scene.setting.project
    if not project or subject.measure not in OF_PROJECT or project in subject.row:
        return subject
    return subject.model_copy(update={"measure": project, "known": False, "row": ()})


def unnamed_total(scene: Scene, figure: Figure) -> Subject | None:
    """Return all spending for a 全年预算数 of nothing, as a self-evaluation opens with."""
    rate = figure.kind.aspect == "完成率" and figure.lead.startswith("预算执行率")
    levels = figure.kind.aspect in LEVELS or rate
    evaluation = scene.setting.kind == "绩效自评" and levels
    lead = figure.lead[: figure.kind.start] if rate else figure.lead
    words = drop_organisation(lead, scene.setting.organisation)
    if not evaluation or not GENERIC.match(OURS.sub("", strip_words(words))):
        return None
    return Subject(measure=TOTAL, known=True, start=figure.place, end=figure.amount.start)


def rate_of_total(subject: Subject, figure: Figure) -> Subject:
    """Name the rate at which all spending was executed: reports give it a name of its own."""
    if subject.measure != TOTAL or figure.kind.aspect != "完成率" or "率" not in figure.kind.said:
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
    side = strip_words(figure.lead)
    other = SIDES.get(side, "")
    if not other or len(before) <= len(other) or not before.endswith(other):
        return None
    term = scene.vocabulary.term_of(before.removesuffix(other) + side)
    if term is None:
        return None
    return Subject(measure=term, known=True, start=figure.place, end=figure.amount.start)


def one_of_each(scene: Scene, figure: Figure) -> Subject | None:
    """Return the subject of one figure of a list: 人员经费、公用经费分别为2万元、3万元."""
    clause = figure.clause
    head, each, _ = clause.text.partition(EACH)
    if not each or len(clause.amounts) < 2:
        return None
    mentions = scene.vocabulary.mentions(head)
    if len(mentions) == 1:
        mention = mentions[0]
    elif len(mentions) == len(clause.amounts):
        mention = mentions[clause.amounts.index(figure.amount)]
    else:
        return None if figure.place == clause.start else said_before(figure, clause.text)
    start = clause.start + mention.start
    return Subject(measure=mention.term, known=True, start=start, end=clause.start + mention.end)


def inherited(scene: Scene, figure: Figure) -> Subject | None:
    """Return the subject in force, else the heading's.

    A rate of execution is not of what was scored or counted before it; an aspect that is said
    (实际支出) is of the sentence's topic, not of a remark made on the way (年中追加).
    """
    last = scene.statements[-1] if scene.statements else None
    if last is not None and last.amount is not None:
        rate = figure.kind.aspect == "完成率" and "率" in figure.kind.said
        scored = last.amount.kind == "score" and not last.subject.known  # a project, by its name
        if rate and last.amount.kind not in ("money", "percent") and not scored:
            return None
        remark = not last.said and not last.subject.known and scene.whole is None
        remark = remark and scene.group != last.subject
        if remark and figure.kind.aspect in LEVELS and scene.topic is not None:
            return scene.topic
    return scene.subject or scene.heading()


def subject_words(scene: Scene, figure: Figure) -> tuple[str, int]:
    """Return the words before a figure that name its subject, and where they start."""
    lead, place, kind, comparison = figure.lead, figure.place, figure.kind, figure.comparison
    if kind.aspect in MOVES:
        if comparison is None:
            return lead[: kind.start], place
        if comparison.start:
            return lead[: comparison.start], place
        return lead[comparison.end : kind.start], place + comparison.end
    if kind.aspect in RELATIVE:
        return lead[: kind.start].rstrip("较比"), place
    words = OPENING_BUDGET.sub("", strip_words(lead)) if kind.said else lead
    before = scene.before
    if before is not None and before.text.endswith("的"):
        return before.text + words, before.start
    return words, place


def total(scene: Scene, words: str, place: int) -> Subject | None:
    """Return the total of income or of spending, where no narrower subject can be meant."""
    if scene.subject is not None:
        side = next((each for each in SIDES if each in words), "")
        measure = scene.subject.measure
        if not side or side in measure or SIDES[side] not in measure:
            return None
    return scene.total(words, place)


def suits(scene: Scene, named: Subject, amount: Amount) -> bool:
    """Tell whether a known subject can be measured by a figure of this kind."""
    return fits(named.measure, amount.kind, scene.vocabulary)


def sum_of_parts(scene: Scene, figure: Figure) -> Subject | None:
    """Return the whole for the 合计 that closes a list of its parts."""
    if scene.whole is None or not SUM.match(figure.lead):
        return None
    at = figure.place
    return Subject(measure=scene.whole.name, row=scene.whole.row, known=True, start=at, end=at)


def counted(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return the term for what is counted in the figure's unit, by its words or the subject."""
    amount = figure.amount
    if amount.kind not in ("people", "count"):
        return money_of_group(scene, figure, words)
    subject = scene.subject.measure if scene.subject else ""
    # 接待, said of 国（境）外公务接待费, is no reception at home.
    stem = strip_words(words)
    stem = subject if stem in subject else stem
    term = counted_term(stem, unit=amount.unit, kind=amount.kind, vocabulary=scene.vocabulary)
    if not term and stem == subject:
        stem = strip_words(words)
        term = counted_term(stem, unit=amount.unit, kind=amount.kind, vocabulary=scene.vocabulary)
    if not term:
        return None
    return Subject(measure=term, known=True, start=figure.place, end=amount.start)


def money_of_group(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return the money of the projects that were just counted: 涉及预算金额."""
    group = scene.group
    if group is None or not OF_GROUP.match(strip_words(words)) or group.measure[-1:] != "数":
        return None
    term = scene.vocabulary.term_of(group.measure[:-1] + "金额")
    if term is None:
        return None
    return Subject(measure=term, known=True, start=figure.place, end=figure.amount.start)


def own_subject(scene: Scene, figure: Figure, named: Subject | None) -> Subject | None:
    """Build a subject from the report's own words on both sides of a figure."""
    words = named.measure if named else ""
    tail = "" if figure.kind.aspect else words_after(scene.text, figure, bare=len(words) <= 2)
    if tail.startswith("的"):
        words, tail = WORTH.sub("", words), tail[1:]
    words = YEAR_WORDS.sub("", WORTH_OF.sub("", words + tail.split("以及")[0]))
    if not words:
        return None
    term = scene.vocabulary.term_of(words)
    if term and fits(term, figure.amount.kind, scene.vocabulary):
        return Subject(measure=term, known=True, start=figure.place, end=figure.amount.start)
    start = named.start if named else figure.place
    return Subject(
        measure=words,
        facet=named.facet if named else "",
        row=own_context(scene, figure, words),
        known=False,
        start=start,
        end=named.end if named else max(start, figure.amount.start),
    )


def words_after(text: str, figure: Figure, *, bare: bool) -> str:
    """Return the words after a figure that belong to its subject.

    With `bare`, the words before it say little (为, 投入) and the rest of the clause is taken,
    over the figures in it.
    """
    later = [each for each in figure.clause.amounts if each.start > figure.amount.start]
    starts = [*(each.start for each in later), figure.clause.end]
    words = text[figure.amount.end : starts[0]]
    if bare:
        words += "".join(text[each.end : end] for each, end in zip(later, starts[1:], strict=True))
    words = ASIDE.sub("", words).strip("（）")
    return "" if NOT_OWN.match(words) else words


def own_context(scene: Scene, figure: Figure, words: str) -> tuple[str, ...]:
    """Return what a subject in own words belongs to: the undertaking, or what a rate is of."""
    group, percent = scene.group, figure.amount.kind == "percent"
    if group is not None and (OF_GROUP.match(words) or words.endswith("的")):
        return (group.measure,)
    if scene.whole is not None and not percent:
        return ()
    if scene.before is not None and (start := STARTING.match(scene.before.text)):
        return (strip_words(scene.before.text[start.end() :]),)
    if percent and group is not None and not group.known:
        return (*group.row, group.measure)
    return ()


def said_before(figure: Figure, words: str = "") -> Subject:
    """Return all the words before a figure as its subject: better too many than wrong ones."""
    clause = figure.clause
    bare = OURS.sub("", strip_words(words or figure.lead))
    return Subject(measure=bare or clause.text, known=False, start=clause.start, end=clause.end)
