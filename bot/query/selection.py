"""From slots to figures: which facts a query means, settled by what makes two the same thing."""

from functools import lru_cache

from bot.query.forms import Select, count_word
from bot.query.retrieval.fact_pool import Facts
from bot.query.retrieval.matching import Evidence
from bot.query.retrieval.settlement import Finding, agree, evidence_to_findings
from corpus.model.types import Base, Fact


@lru_cache(maxsize=65536)
def key_of(fact: Fact) -> tuple[str, str, str]:
    """Return what a figure is of, whoever's and whenever: measure, part, what it counts."""
    return (fact.measure, fact.facet, count_word(fact))


def same_base(one: Base | None, other: Base | None) -> bool:
    """Tell whether two changes are counted from the same; an unsaid year or aspect is any."""
    if one is None or other is None:
        return True
    years = one.year is None or other.year is None or one.year == other.year
    return years and (one.aspect is None or other.aspect is None or one.aspect == other.aspect)


def fits(fact: Fact, select: Select) -> bool:
    """Tell whether a fact fills all the slots of a query."""
    concept = select.concept
    return (
        key_of(fact) == (concept.measure, concept.facet, concept.counts)
        and fact.aspect == select.aspect
        and (not select.when or fact.year in select.when)
        and (not select.who or fact.organisation in select.who)
        and (select.level is None or fact.level in (select.level, None))
        and same_base(fact.base, select.base)
    )


def within_of(fact: Fact) -> tuple[str, ...]:
    """Return the rows above a figure."""
    return tuple(part for part in fact.row if part != fact.measure)


def select_facts(select: Select, facts: Facts) -> tuple[Fact, ...]:
    """Return the facts of a query, those under the same rows first.

    Of two figures of one name under different rows only those that print the same amount as one
    under the rows asked for are kept: 得分 of one project is not that of another.
    """
    named = facts.of(select.concept.measure, select.concept.facet)
    found = [fact for fact in named if fits(fact, select)]
    own = [fact for fact in found if within_of(fact) == select.concept.within]
    if not own:
        return tuple(found)
    rest = [
        fact
        for fact in found
        if fact not in own and any(_same_slot(fact, one) and agree(fact, one) for one in own)
    ]
    titled = [fact for fact in own if fact.table == select.table]
    return (*titled, *(fact for fact in own if fact not in titled), *rest)


def _same_slot(one: Fact, other: Fact) -> bool:
    return (one.organisation, one.level, one.year) == (other.organisation, other.level, other.year)


def find(select: Select, facts: Facts) -> tuple[Finding, ...]:
    """Return the figures of a query, settled; the latest year first, then the whole department."""
    chosen = select_facts(select, facts)
    evidence = [Evidence(fact=fact, score=1.0 - 0.001 * place) for place, fact in enumerate(chosen)]
    findings = evidence_to_findings(evidence)
    return tuple(sorted(findings, key=lambda one: _in_order(one.headline)))


def _in_order(fact: Fact) -> tuple[int, str, bool]:
    """Order figures: the latest year first, a department before its own office."""
    return (-(fact.year or 0), fact.organisation, fact.level == "单位")
