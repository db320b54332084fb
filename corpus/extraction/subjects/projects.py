"""The project that figures are of: whose account a block belongs to, or whose evaluation.

An account may take several blocks under its headings. "“X”项目绩效自评综述：项目全年预算数…" gives
its paragraph to X; "对“X”1个项目开展重点绩效评价，…，评价得分91.60分" the rest of its sentence.
"""

from corpus.extraction.discourse import Scene
from corpus.extraction.statements import Figure
from corpus.extraction.subject_terms import (
    SCORE,
    Subject,
    overview_to_project,
    section_to_project,
)
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun
from corpus.structure.headings import Style, text_to_numbering

PATTERNS = patterns("extraction.projects")
FUNDS = PATTERNS["funds"]
SUMMARY = PATTERNS["summary"]
EVALUATED = PATTERNS["evaluated"]
ANY = PATTERNS["any"]
THIS = PATTERNS["this"]


class Account(Noun):
    """The project that is told of, and the headings under which it is."""

    project: str = ""
    home: tuple[str, ...] = ()


def block_to_account(account: Account, section: tuple[str, ...], text: str) -> Account:
    """Return whose account a block belongs to: its heading's, else the one that is still open."""
    if section[:1] != account.home[:1] or is_past(section, account.home):
        account = Account(home=section[:1])
    if (named := section_to_project(section)) and not FUNDS.match(named):
        return Account(project=named, home=section)
    if not account.project and (told := overview_to_project(section, text)):
        return Account(project=told, home=section[:-1] or section)
    return account


def is_past(section: tuple[str, ...], home: tuple[str, ...]) -> bool:
    """Tell whether the headings have moved on: 八、 follows 七、, under which the account began."""
    for heading, before in zip(section, home, strict=False):
        if heading != before:
            style = style_of(heading)
            return style is not None and style == style_of(before)
    return False


def style_of(heading: str) -> Style | None:
    """Return how a heading is numbered."""
    numbering = text_to_numbering(heading.strip())
    return numbering.style if numbering else None


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
