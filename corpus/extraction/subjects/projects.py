"""The project that figures are of: whose account a block belongs to, or whose evaluation.

An account may take several blocks under its headings. "“X”项目绩效自评综述：项目全年预算数…" gives
its paragraph to X; "对“X”1个项目开展重点绩效评价，…，评价得分91.60分" the rest of its sentence.
"""

import re

from corpus.extraction.discourse import Scene
from corpus.extraction.statements import Figure
from corpus.extraction.subject_terms import NUMBERING, SCORE, Subject
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun
from corpus.structure.headings import Style, run_in_title, text_to_numbering

PATTERNS = patterns("extraction.projects")
FUNDS = PATTERNS["funds"]
PROJECT = PATTERNS["project"]
PAGE_OF_PROJECT = PATTERNS["page_of_project"]
ANY_PROJECT = PATTERNS["any_project"]
OPENS_PROJECT = PATTERNS["opens_project"]
BUILT = PATTERNS["built"]
OVERVIEW = PATTERNS["overview"]
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


def section_to_project(section: tuple[str, ...]) -> str:
    """Return the project that a heading is the account of: X专项经费情况说明; "" if none."""
    if section and (run_in := run_in_title(section[-1] + "。…")):
        return NUMBERING.sub("", run_in)
    for title in reversed(section):
        name = NUMBERING.sub("", title.strip())
        if match := PROJECT.match(name) or PAGE_OF_PROJECT.match(name):
            return "" if ANY_PROJECT.match(match["name"]) else match["name"]
    return ""


def overview_to_project(section: tuple[str, ...], text: str) -> str:
    """Return the project that the first clause under 项目概况 names; "" if it names none."""
    if not section or not OVERVIEW.search(section[-1].strip("。：: ")):
        return ""
    built = BUILT.match(re.split(r"[，。；：]", text)[0])
    return built["name"] if built else ""


def text_to_project(text: str) -> str:
    """Return the project whose evaluation a paragraph sums up, or that an item opens with."""
    for pattern, any_one in ((SUMMARY, ANY), (OPENS_PROJECT, ANY_PROJECT)):
        named = pattern.match(text)
        if named and not any_one.match(named["name"]):
            return named["name"]
    return ""


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
