"""What is counted in the unit of a figure: 公务接待 in 批次, 在职 in 人, 内设 in 个. No money."""

from corpus.entities.comparisons import strip_words
from corpus.entities.units import AmountKind
from corpus.extraction.discourse import Scene
from corpus.extraction.statements import Figure
from corpus.extraction.subject_terms import OURS, Subject
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary

PATTERNS = patterns("extraction.counts")
OF_GROUP = PATTERNS["of_group"]
POSTS = "编制"
IN_POST = PATTERNS["in_post"]
ALL_POSTS, PRESENT = "编制人数", "实有人数"
PEOPLE = ("人员", "人数")
NO_STEM = PATTERNS["no_stem"]
OFFICES = PATTERNS["offices"]
UNITS = PATTERNS["units"]


def counted(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return the term for what is counted in the figure's unit, by its words or the subject."""
    amount = figure.amount
    if amount.kind not in ("people", "count"):
        return money_of_group(scene, figure, words)
    own = OURS.sub("", strip_words(words))
    subject = scene.subject.measure if scene.subject else ""
    # 接待, said of 国（境）外公务接待费, is no reception at home.
    stem = subject if own in subject else own
    term = counted_term(stem, unit=amount.unit, kind=amount.kind, vocabulary=scene.vocabulary)
    if not term and stem == subject:
        term = counted_term(own, unit=amount.unit, kind=amount.kind, vocabulary=scene.vocabulary)
    if own and not term and amount.kind == "people":
        term = short_term(own, scene)
    if not own and POSTS in subject and (filled := IN_POST.search(words)):
        if scene.subject and (amount.kind != "people" or subject != ALL_POSTS):
            return scene.subject.model_copy(update={"facet": filled[0], "known": False})
        term = counted_term(PRESENT, unit="", kind=amount.kind, vocabulary=scene.vocabulary)
    if not term:
        return None
    return Subject(measure=term, known=True, start=figure.place, end=amount.start)


def counted_term(words: str, *, unit: str, kind: AmountKind, vocabulary: Vocabulary) -> str:
    """Return the term for what is counted in a unit: 公务接待 counted in 批次 is 公务接待批次."""
    unit = "批次" if unit == "批" else unit
    for stem in (words, NO_STEM.sub("", words)):
        term = vocabulary.term_of(stem + unit)
        if stem and term and vocabulary.fits(term, kind):
            return term
    return ""


def short_term(words: str, scene: Scene) -> str:
    """Return the term of people said in short: 在职 20人, and after 编制 行政 8名 the posts."""
    last = scene.statements[-1] if scene.statements else None
    posts = last is not None and (POSTS in last.subject.measure or POSTS in "".join(last.row))
    for tail in (POSTS, *PEOPLE) if posts else PEOPLE:
        term = scene.vocabulary.term_of(words + tail)
        if term and scene.vocabulary.fits(term, "people"):
            return term
    return ""


def offices(words: str, unit: str) -> str:
    """Return the term for one's own offices or units where all the words say no more than that."""
    if unit != "个":
        return ""
    return "内设机构" if OFFICES.fullmatch(words) else "下属单位" if UNITS.fullmatch(words) else ""


def money_of_group(scene: Scene, figure: Figure, words: str) -> Subject | None:
    """Return the money of the projects that were just counted: 涉及预算金额."""
    group = scene.group
    if group is None or not OF_GROUP.match(strip_words(words)) or group.measure[-1:] != "数":
        return None
    term = scene.vocabulary.term_of(group.measure[:-1] + "金额")
    if term is None:
        return None
    return Subject(measure=term, known=True, start=figure.place, end=figure.amount.start)
