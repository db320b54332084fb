"""Which of two contradicting figures the sums of the report back."""

from collections.abc import Sequence
from decimal import Decimal

from bot.query.retrieval.fact_pool import Facts
from bot.query.retrieval.settlement import Finding, amount_of, step_of
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Fact


def backed(
    findings: Sequence[Finding], facts: Facts, vocabulary: Vocabulary
) -> tuple[Finding, ...]:
    """Return the findings, those with a contradiction led by the figure that a sum agrees with.

    A correction was made by somebody who knows: no sum is held against it.
    """
    return tuple(
        _led_by_sum(finding, facts, vocabulary)
        if finding.against and not finding.headline.correction
        else finding
        for finding in findings
    )


def _led_by_sum(finding: Finding, facts: Facts, vocabulary: Vocabulary) -> Finding:
    rivals = [finding.headline, *finding.against]
    fitting = [fact for fact in rivals if sum_agrees(fact, facts, vocabulary)]
    values = {amount_of(fact)[0] for fact in fitting}
    if len(values) != 1:
        return finding
    lead = amount_of(fitting[0])[0]
    everything = (*finding.facts, *finding.against)
    with_it = tuple(fact for fact in everything if amount_of(fact)[0] == lead)
    others = tuple(fact for fact in everything if amount_of(fact)[0] != lead)
    if with_it[:1] == finding.facts[:1]:
        return finding.model_copy(update={"reason": BY_SUM})
    return finding.model_copy(update={"facts": with_it, "against": others, "reason": BY_SUM})


BY_SUM = "与各部分的合计相符"


def sum_agrees(fact: Fact, facts: Facts, vocabulary: Vocabulary) -> bool:
    """Tell whether a figure and its sister parts add up to their whole, all as printed."""
    whole = vocabulary.whole_of(fact.measure)
    if whole is None:
        return False
    same = [
        other
        for other in facts.beside(fact)
        if (other.year, other.aspect, other.facet) == (fact.year, fact.aspect, fact.facet)
    ]
    totals = [other for other in same if other.measure == whole]
    total, slack = amount_of(fact)[0], step_of(fact)
    for part in vocabulary.parts_of(whole):
        if part == fact.measure:
            continue
        sisters = [other for other in same if other.measure == part]
        if not sisters:
            return False
        total += amount_of(sisters[0])[0]
    return any(abs(amount_of(other)[0] - total) <= slack for other in totals) and total > Decimal()
