"""How an amount is made up: its parts with their figures, from one sentence or from the terms."""

from bot.evidence.quotation import in_years
from bot.parsing.annotations import EACH
from bot.presentation.answer_text import whose
from bot.presentation.names_said import name_of, state
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import fact_to_context
from bot.query.retrieval.scope import Case
from bot.rules.comparison.item_groups import classes_of_table
from bot.rules.comparison.table_lists import listed
from bot.rules.lookup.single_figure import choose
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold, normalise
from corpus.model.types import Fact

ENOUGH = 0.75
LEAST = 2
PATTERNS = patterns("rules.breakdown")
MONEY = PATTERNS["money"]


def divided(case: Case) -> Answer | None:
    """Answer how an amount is divided: by its terms, else by the sentence that lists its parts."""
    return parts_of_terms(case) or parts_of_sentence(case)


def money_divided(case: Case) -> Answer | None:
    """Answer how money is divided, where the question speaks of money."""
    return divided(case) if MONEY.search(case.question.words) else None


def classes_divided(case: Case) -> Answer | None:
    """List the classes of spending of one table: 分哪几类，各多少."""
    facts = classes_of_table(case, normalise(case.question.words))
    if len(facts) < LEAST:
        return None
    heading = f"{whose(facts[0])}（“{facts[0].table}”）各类："
    return listed(case, heading, [(name_of(fact), fact) for fact in facts])


def classes_each(case: Case) -> Answer | None:
    """List the classes of spending where each is asked for: 有几类，分别多少."""
    return classes_divided(case) if EACH.search(case.question.words) else None


def parts_of_sentence(case: Case) -> Answer | None:
    """Quote the sentence of the thing asked for that prints the most figures of its parts."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in case.facts:
        report = case.report(fact.report)
        if not fact.table and in_years(case, report) and is_part(case, fact):
            groups.setdefault((fact.report, fact.quote), []).append(fact)
    best = max(groups.values(), key=len, default=[])
    bodies = {facts[0].organisation for facts in groups.values()}
    if len(best) < LEAST or case.fits_several(bodies):
        return None
    page = case.page()
    n = page.cite_fact(best[0])
    page.lines.append(f"{best[0].organisation}：{best[0].quote}[{n}]")
    for fact in sorted(best, key=lambda fact: fact.aspect == "占比"):
        page.add_fact(fact)
    return page.finish()


def is_part(case: Case, fact: Fact) -> bool:
    """Tell whether a figure is printed as a part of what is asked for."""
    ask = case.ask
    whole = [case.vocabulary.term_of(name) or name for name in fact.row]
    if ask.terms and not set(ask.terms) & set(whole):
        return False
    if not ask.terms and (not fact.row or coverage(ask.words, fold("".join(fact.row))) < ENOUGH):
        return False
    return coverage(ask.words, fact_to_context(fact)) >= ENOUGH


def parts_of_terms(case: Case) -> Answer | None:
    """List the figures of the terms that add up to the one asked for."""
    names = [part for term in case.ask.terms for part in case.vocabulary.parts_of(term)]
    facts: list[Fact] = []
    for name in names:
        found = choose(case, case.find(Ask(terms=(name,))))
        facts += [finding.headline for finding in found[:1]]
    if len(facts) < LEAST or case.scope.open:
        return None
    page = case.page()
    for fact in facts:
        state(page, fact)
    return page.finish()
