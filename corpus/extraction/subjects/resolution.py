"""What a figure is of: named before it, after it, by its unit, or by what came before.

`figure_to_subject` is the one way in; it reads a `Scene` and changes nothing. What a figure leaves
out because the one before it said it, 国家级项目1个、省级3个, is put back here.
"""

import re

from corpus.entities.comparisons import (
    BEFORE_CHANGE,
    OPENING_BUDGET,
    OPENING_STATE,
    YEAR_WORDS,
    strip_words,
)
from corpus.extraction.discourse import MOVES, RELATIVE, Scene
from corpus.extraction.statements import EACH, LEVELS, Figure, Statement
from corpus.extraction.subject_terms import GENERIC, OURS, QUARTER, SCORE, VALUED, Subject
from corpus.extraction.subjects.colon_heads import before_colon, of_head
from corpus.extraction.subjects.counts import OF_GROUP, counted, offices
from corpus.extraction.subjects.each_of import one_of_each
from corpus.extraction.subjects.projects import of_evaluation
from corpus.extraction.subjects.totals import (
    FUND_SIDES,
    RATE,
    SIDES,
    TOTAL,
    TWINS,
    cannot_be_executed,
    fund_of_side,
    money_of_project,
    of_fund,
    of_twin,
    rate_of_total,
    said_side,
    total,
    unnamed_total,
)
from corpus.lexicon.grammar import patterns
from corpus.structure.segmentation import bracket_close

PATTERNS = patterns("extraction.resolution")
NOT_OWN, SIDE_SAID = PATTERNS["not_own"], PATTERNS["side_said"]
ASIDE = re.compile(r"（[^（）]*）")
WORTH = PATTERNS["worth"]
WORTH_OF = PATTERNS["worth_of"]
STARTING = PATTERNS["starting"]
REACHED = PATTERNS["reached"]
RATES = PATTERNS["rates"]
PASSING = frozenset((BEFORE_CHANGE, OPENING_STATE))  # of one figure, none after it
SUM = PATTERNS["sum"]
EXPLAINED = PATTERNS["explained"]
RANK = PATTERNS["rank"]
RANKED = PATTERNS["ranked"]
SO_FAR = PATTERNS["so_far"]
NEW = PATTERNS["new"]
SO_FAR_SAID = "累计"
LONGEST_EACH = 10
FEW = 4  # characters of a word that repeats a name
# What the account of one project calls by the name of all: 全年预算数…，绩效自评得分….
OF_PROJECT = (SCORE, "项目支出", RATE)


def figure_to_subject(scene: Scene, figure: Figure) -> Subject:
    """Return what a figure is of, with the facet that the words around it give it."""
    subject = of_quarter(figure, named_subject(scene, figure))
    facet = figure.facet or ("" if subject.facet in PASSING else subject.facet)
    if facet != subject.facet:
        subject = subject.model_copy(update={"facet": facet})
    return refined(scene, figure, subject)


def refined(scene: Scene, figure: Figure, subject: Subject) -> Subject:
    """Name a subject by what tells of it: a reason, a fund, a project; each where it can."""
    if not subject.known:
        subject = inside_reason(subject)
    if figure.bare in SIDES or subject.measure in TWINS:
        subject = of_twin(scene, figure, subject)
    subject = of_project(scene, subject)
    if subject.measure == SCORE or scene.setting.project:
        subject = of_evaluation(scene, figure, subject)
    return of_fund(scene, figure, subject) if subject.measure in FUND_SIDES else subject


def of_quarter(figure: Figure, subject: Subject) -> Subject:
    """Give a figure of 第四季度支出 that quarter, and not the one of the figure before it."""
    quarter = QUARTER.match(figure.bare)
    if quarter is None or not GENERIC.match(strip_words(quarter["rest"])):
        return subject
    return subject.model_copy(update={"facet": quarter["part"]})


def named_subject(scene: Scene, figure: Figure) -> Subject:
    """Return what a figure is of; a doubtful subject keeps the report's own words."""
    words, place = subject_words(scene, figure)
    relative, named = figure.kind.aspect in RELATIVE, None
    if told := told_around(scene, figure, words):
        return told
    if words:
        named = scene.names.of(words, place) or total(scene, figure.clause, words, place)
        kind = figure.amount.kind
        if named and named.known and (relative or scene.vocabulary.fits(named.measure, kind)):
            return named
        if fund := fund_of_side(scene, words, place):
            return fund
    if not relative and (other := sum_of_parts(scene, figure) or counted(scene, figure, words)):
        return other
    if item := of_item(scene, figure, words) if words else None:
        return item
    if scene.setting.project and (money := money_of_project(scene, figure)):
        return money
    found = unnamed(scene, figure, named)
    return rate_of_total(found, figure) if found.measure == TOTAL else found


def unnamed(scene: Scene, figure: Figure, named: Subject | None) -> Subject:
    """Return what a figure is of whose words are no name: by its place, in own words, as before."""
    own = None
    if figure.clause.opener in ("：", "（"):
        own = before_colon(scene, figure) or after_bracket(scene, figure)
    if own is None and (figure.kind.aspect is None or named is not None):
        own = own_subject(scene, figure, named)
    if own is None and figure.amount.kind == "score" and scene.whole is not None:
        own = said_before(figure) if figure.bare else None
    own = own or of_side_said(figure, inherited(scene, figure))
    return own or unnamed_total(scene, figure) or said_before(figure)


def told_around(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return what a figure is of by its place: in a list, after its like, under a name."""
    told = one_of_each(scene, figure.amount) if figure.amount.start in scene.each else None
    if told is None and figure.kind.aspect is None:
        told = echoed(scene, figure)
    if told is None and scene.head is not None:
        told = of_head(scene, figure)
    side = words and figure.kind.aspect in RELATIVE
    return told or (said_side(scene, words) if side else None)


def after_bracket(scene: Scene, figure: Figure) -> Subject | None:
    """Return what is named behind a bracket at the opening: 2024年（上年为9万元）会议费8万元."""
    before = scene.before.text if scene.before else ""
    if figure.clause.opener != "（" or figure.bare or strip_words(before):
        return None
    close = bracket_close(scene.text, figure.amount.end)
    later = next((each for each in scene.amounts if each.start > close), None)
    return None if later is None else scene.names.of(scene.text[close + 1 : later.start], close + 1)


def of_project(scene: Scene, subject: Subject) -> Subject:
    """Name the project in whose account a figure of no other subject stands."""
    project = scene.setting.project
    if not project or subject.measure not in OF_PROJECT or project in subject.row:
        return subject
    return subject.model_copy(update={"measure": project, "known": False, "row": ()})


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
    if figure.kind.aspect == "人均" and (shared := shared_money(scene, figure)):
        return shared
    if figure.kind.aspect == "完成率" and scene.subject and cannot_be_executed(scene.subject):
        return scene.names.heading()
    return scene.subject or scene.names.heading()


def of_side_said(figure: Figure, subject: Subject | None) -> Subject | None:
    """Name the other side of what is talked of where the words of a figure say that alone.

    "全市一般公共预算收入安排149亿元，…。支出预算安排596亿元" goes on with that budget's spending.
    """
    said = SIDE_SAID.fullmatch(figure.bare)
    if said is None or subject is None:
        return subject
    side, other = said["side"], SIDES[said["side"]]
    before, found, after = subject.measure.rpartition(other)
    if not found or side in subject.measure:
        return subject
    return subject.model_copy(update={"measure": before + side + after, "known": False})


def shared_money(scene: Scene, figure: Figure) -> Subject | None:
    """Return the money that a figure for each person is a share of: the item's, or the last."""
    if scene.item is not None:
        return scene.item.subject
    for each in reversed(scene.statements):
        if "。" in scene.text[each.start : figure.amount.start]:
            return None
        if each.amount is not None and each.amount.kind == "money":
            return each.subject
    return None


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
    words = OPENING_BUDGET.sub("", figure.bare) if kind.said else lead
    before = scene.before
    if before is not None and before.text.endswith("的"):
        return before.text + words, before.start
    return words, place


def sum_of_parts(scene: Scene, figure: Figure) -> Subject | None:
    """Return the whole for the 合计 that closes a list of its parts."""
    if scene.whole is None or not SUM.match(figure.lead):
        return None
    at = figure.place
    return Subject(measure=scene.whole.name, row=scene.whole.row, known=True, start=at, end=at)


def own_subject(scene: Scene, figure: Figure, named: Subject | None) -> Subject | None:
    """Build a subject from the report's own words on both sides of a figure."""
    words = named.measure if named else ""
    tail = (
        ""
        if figure.kind.aspect or figure.facet
        else words_after(scene.text, figure, bare=len(words) <= 2)
    )
    if tail.startswith("的"):
        words, tail = WORTH.sub("", words), tail[1:]
    words = YEAR_WORDS.sub("", WORTH_OF.sub("", words + tail.split("以及")[0]))
    if not words:
        return None
    term = scene.vocabulary.term_of(words) or offices(words, figure.amount.unit)
    if term and scene.vocabulary.fits(term, figure.amount.kind):
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
    item = scene.item.subject if scene.item else None
    if item is not None and item.measure != words:
        return (*item.row, item.measure)
    if group is not None and (OF_GROUP.match(words) or words.endswith("的")):
        return (group.measure,)
    if group is not None and REACHED.match(words):
        return (*group.row, group.measure)
    if scene.whole is not None and not percent:
        return ()
    if scene.before is not None and (start := STARTING.match(scene.before.text)):
        return (strip_words(scene.before.text[start.end() :]),)
    if percent and group is not None and not group.known and not RATES.search(group.measure):
        return (*group.row, group.measure)
    return ()


def said_before(figure: Figure, words: str = "") -> Subject:
    """Return all the words before a figure as its subject: better too many than wrong ones."""
    clause = figure.clause
    bare = OURS.sub("", strip_words(words) if words else figure.bare)
    return Subject(measure=bare or clause.text, known=False, start=clause.start, end=clause.end)


def inside_reason(subject: Subject) -> Subject:
    """Take off what a reason explains: 增加的主要原因是新增教师 names teachers."""
    match = None if subject.known else EXPLAINED.match(subject.measure)
    if match is None:
        return subject
    start = subject.start + match.start("rest")
    moved = start if start < subject.end else subject.start
    return subject.model_copy(update={"measure": match["rest"], "start": moved})


def echoed(scene: Scene, figure: Figure) -> Subject | None:
    """Return the subject of a figure that says only how it differs from the one before."""
    last = scene.statements[-1] if scene.statements else None
    if last is None or last.amount is None:
        return None
    words = figure.bare
    if ranked := of_rank(words, figure, last):
        return ranked
    fresh = NEW.match(last.subject.measure)
    if fresh and SO_FAR.match(figure.lead) and last.amount.unit == figure.amount.unit:
        name = last.subject.measure[fresh.end() :]
        return last.subject.model_copy(update={"measure": name, "facet": SO_FAR_SAID})
    return of_asset(words, figure, last)


def of_rank(words: str, figure: Figure, last: Statement) -> Subject | None:
    """Return 省级项目 for 省级 after 国家级项目."""
    rank, named = RANK.fullmatch(words), RANKED.search(last.subject.measure)
    if rank is None or named is None or last.amount is None:
        return None
    if last.amount.unit != figure.amount.unit:
        return None
    return Subject(
        measure=rank["rank"] + named["of"],
        row=last.subject.row,
        known=False,
        start=figure.place,
        end=figure.amount.start,
    )


def of_asset(words: str, figure: Figure, last: Statement) -> Subject | None:
    """Return the asset whose 净值 or 累计折旧 follows its 原值."""
    valued = VALUED.match(words)
    if valued is None or valued["rest"] or not VALUED.match(last.subject.facet):
        return None
    at = {"start": figure.place, "end": figure.amount.start}
    return last.subject.model_copy(update={"facet": valued["part"], **at})


def of_item(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return the item of a list for what repeats its name or is said per piece of it."""
    head = scene.item.subject if scene.item else scene.group
    bare = strip_words(words)
    if head is None or not bare or figure.kind.aspect is not None:
        return None
    if EACH.match(bare) and len(bare) <= LONGEST_EACH and not head.known:
        return head.model_copy(update={"facet": bare, "known": False})
    used = [each for each in scene.statements if each.subject.measure == head.measure]
    again = not head.known and len(bare) <= FEW and bare in head.measure
    again = again and any(each.end <= figure.clause.start for each in used)
    if again and figure.amount.unit not in {each.amount.unit for each in used if each.amount}:
        return head.model_copy(update={"known": False})
    return None
