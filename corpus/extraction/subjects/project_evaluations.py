"""The project that an evaluation in running text is of, where no heading of its own names it.

"“X”项目绩效自评综述：项目全年预算数…" gives its paragraph to X; "对“X”1个项目开展重点绩效评价，…，
评价得分91.60分" gives the rest of its sentence to X. Accounts under headings are
those of `subject_terms`.
"""

import re

from corpus.extraction.discourse import Scene
from corpus.extraction.figures import Figure
from corpus.extraction.subject_terms import SCORE, Subject

SUMMARY = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]+)?[“\"]?(?P<name>[^，。；：“”\"]{2,40}?)[”\"]?"
    r"(?:项目)?(?:支出)?绩效(?:自评|评价)(?:情况)?(?:综述|概述)[：:。]"
)
EVALUATED = re.compile(
    r"对(?:[“\"](?P<quoted>[^“”\"、]{2,40})[”\"](?:[1一]个)?(?:重点)?(?:项目)?"
    r"|(?P<plain>[^，。；：“”\"、\d]{4,40}?(?:工程|专项|项目|资金))(?:[1一]个项目)?)"
    r"(?:支出)?(?:进行|开展|组织)了?[^，。；：]{0,15}评价"
)
# All projects, or those of a kind, are no project.
ANY = re.compile(
    r"^(?:.*(?:部门|单位|重点|一般|预算|年度|所有|全部|各类?))?(?:项目|资金|专项)$"
    r"|^[本我各]?(?:部门|单位|局|级)?(?:整体|预算)?(?:支出)?$"
)
THIS = re.compile(r"^(?:[本该])?项目$")


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
