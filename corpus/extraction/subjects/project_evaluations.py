"""The project that an evaluation in running text is of, where no heading of its own names it.

"“X”项目绩效自评综述：项目全年预算数…" gives its paragraph to X; "对“X”1个项目开展重点绩效评价，…，
评价得分91.60分" gives the rest of its sentence to X. Accounts under headings are
those of `subject_terms`.
"""

from corpus.extraction.discourse import Scene
from corpus.extraction.figures import Figure
from corpus.extraction.subject_terms import SCORE, Subject
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("extraction.project_evaluations")
SUMMARY = PATTERNS["summary"]
EVALUATED = PATTERNS["evaluated"]
ANY = PATTERNS["any"]
THIS = PATTERNS["this"]


def summary_to_project(text: str) -> str:
    """Return the project whose evaluation a paragraph sums up; "" where it names none."""
    match = SUMMARY.match(text)
    return "" if match is None or ANY.match(match["name"]) else match["name"]


def sentence_to_project(text: str, place: int) -> str:
    """Return the one project that the sentence up to a place says was evaluated."""
    start = max(text.rfind(mark, 0, place) for mark in "。！？") + 1
    match = EVALUATED.search(text[start:place])
    name = (match["quoted"] or match["plain"]) if match else ""
    return "" if ANY.match(name) else name


def of_evaluation(scene: Scene, figure: Figure, subject: Subject) -> Subject:
    """Name the project for 项目 in its summary, and for the score of its evaluation."""
    project = scene.setting.project if THIS.match(subject.measure) else ""
    if subject.measure == SCORE:
        project = sentence_to_project(scene.text, figure.amount.start)
    if not project:
        return subject
    return subject.model_copy(update={"measure": project, "known": False, "row": ()})
