"""Figures told by another name than was asked: a sister's, or what a report has in its stead."""

from difflib import SequenceMatcher

from bot.query.retrieval.scope import Case
from bot.rules.lookup.single_figure import choose, write_findings
from bot.types import Answer, Ask
from corpus.entities.units import unit_kind
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact

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


def is_sister(fact: Fact, last: Fact) -> bool:
    """Tell whether a figure's name is another's with no more than a word or two changed."""
    if fact.report != last.report or fact.measure == last.measure or fact.aspect != last.aspect:
        return False
    same = SequenceMatcher(a=fact.measure, b=last.measure, autojunk=False).ratio()
    return same >= SISTER and unit_kind(fact.unit) == unit_kind(last.unit)


def look_up_instead(case: Case) -> Answer | None:
    """Tell, under its own name, what stands in for a thing that the reports do not single out."""
    term = case.vocabulary.term(case.ask.terms[0]) if len(case.ask.terms) == 1 else None
    if term is None or not term.instead or case.scope.open:
        return None
    ask = case.ask.model_copy(update={"terms": term.instead, "said": term.instead})
    found = choose(case, case.find(ask))
    if not found:
        return None
    page = case.page()
    page.lines.append(f"报告没有单列{term.name}。列出的是：")
    write_findings(page, case, ask, found)
    return page.finish()
