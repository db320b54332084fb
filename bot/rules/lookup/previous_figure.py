"""Looking up a part of the figure that was talked of last."""

import re

from bot.parsing.dialogue import PART_OF
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.scope import Case
from bot.rules.lookup.single_figure import write_findings
from bot.types import Answer, Ask
from corpus.lexicon.normalise import fold, normalise
from corpus.model.types import Fact


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
