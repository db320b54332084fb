"""Looking up what a message names only beside the last answer: its sister, or a part of it."""

import re
from difflib import SequenceMatcher

from bot.case import Case
from bot.followup import PART_OF
from bot.lookup import choose, write_findings
from bot.match import coverage
from bot.nouns import Answer, Ask
from corpus.nouns import Fact
from corpus.units import unit_kind
from corpus.wording import fold, normalise

SISTER = 0.75


def look_up_sister(case: Case) -> Answer | None:
    """Look up what a message names by the one word that differs: "小企业的呢", after 大企业贷款.

    The figure's name is that of the last answer with the new words in place of others.
    """
    words = case.ask.words
    if not case.remembered or case.ask.terms or not words or " " in words:
        return None
    last = case.remembered[0]
    sisters = [
        fact
        for fact in case.facts
        if is_sister(fact, last) and words in fold(fact.measure) and words not in fold(last.measure)
    ]
    names = {fact.measure for fact in sisters}
    if len(names) != 1:
        return None
    page = case.page()
    found = choose(case, case.find(Ask(terms=tuple(names), said=tuple(names)), facts=sisters))
    write_findings(page, case, case.ask, found)
    return page.finish() if page.lines else None


def look_up_part(case: Case) -> Answer | None:
    """Look up the part of the last figure that a message names: "其中给小企业的呢".

    What its sentence says right before the part, whatever the part is called, has all the words.
    """
    words = case.ask.words
    if not case.remembered or case.ask.terms or not words:
        return None
    if not PART_OF.match(normalise(case.question.words)):
        return None
    last = case.remembered[0]
    parts = [
        fact
        for fact in case.facts
        if fact.report == last.report
        and fact.row[-1:] == (last.measure,)
        and (fact.year, fact.aspect) == (last.year, last.aspect)
        and coverage(words, fold(clause_of(fact))) == 1
    ]
    if len({(fact.measure, fact.facet) for fact in parts}) != 1:
        return None
    page = case.page()
    write_findings(page, case, case.ask, case.find(Ask(), facts=parts))
    return page.finish() if page.lines else None


def clause_of(fact: Fact) -> str:
    """Return the name of a figure of running text and the words printed right before it."""
    before = fact.quote.partition(fact.printed)[0]
    return fact.measure + re.split(r"[，。；：,;:]", before)[-1]


def is_sister(fact: Fact, last: Fact) -> bool:
    """Tell whether a figure's name is another's with no more than a word or two changed."""
    if fact.report != last.report or fact.measure == last.measure or fact.aspect != last.aspect:
        return False
    same = SequenceMatcher(a=fact.measure, b=last.measure, autojunk=False).ratio()
    return same >= SISTER and unit_kind(fact.unit) == unit_kind(last.unit)
