"""Evidence that speaks of one and the same figure, put together: corroborated or contradicted."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.query.retrieval.matching import Evidence
from corpus.entities.units import to_yuan, unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Fact, Noun
from corpus.tables.scopes import nature_of, side_of

PATTERNS = patterns("retrieval.settlement")
FUND = PATTERNS["fund"]
SCOPES = PATTERNS["scopes"]
# Tables that share no money with those that are not of the same.
APART = frozenset({"基本支出", "政府性基金", "国有资本经营"})
CELLS = "|"  # between the cells of a row
WHOLES = {"支出合计", "收入合计", "收支总计", "支出总计", "收入总计"}

Slot = tuple[str, str | None, int | None, Aspect, str, str, str]


class Finding(Noun):
    """One figure with all its proofs, the one to show first; and what contradicts it.

    `facts` agree with the headline within the rounding of what is printed; `against` are the
    facts of the same slot that do not; `reason` says why the headline leads. `beside` are those of
    another fund or side of the books, which say nothing against it.
    """

    facts: tuple[Fact, ...]
    against: tuple[Fact, ...] = ()
    beside: tuple[Fact, ...] = ()
    reason: str = ""
    score: float

    @property
    def headline(self) -> Fact:
        """The fact to show."""
        return self.facts[0]


def amount_of(fact: Fact) -> tuple[Decimal, str]:
    """Return a figure in its base unit: money in 元, anything else as it is."""
    yuan = to_yuan(fact.value, fact.unit)
    return (yuan, "元") if yuan is not None else (fact.value, unit_kind(fact.unit))


def step_of(fact: Fact) -> Decimal:
    """Return the worth of one unit in the last printed place, in the base unit."""
    exponent = fact.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return to_yuan(step, fact.unit) or step


def agree(one: Fact, other: Fact) -> bool:
    """Tell whether two figures are the same once the finer is rounded as the coarser is printed."""
    (a, kind_a), (b, kind_b) = amount_of(one), amount_of(other)
    if kind_a != kind_b:
        return False
    step = max(step_of(one), step_of(other))
    return a.quantize(step, ROUND_HALF_UP) == b.quantize(step, ROUND_HALF_UP) or (
        abs(a - b) * 2 <= step
    )


def slot_of(fact: Fact) -> Slot:
    """Return what makes two figures the same thing: whose, when, of what, in which aspect.

    What a form has of its project is of that alone; the project itself stands elsewhere as well.
    """
    project = fact.project if fact.project != fact.measure else ""
    whose = (fact.organisation, fact.level, fact.year, fact.aspect)
    return (*whose, fact.measure, project, fact.facet)


def of_fund(fact: Fact) -> bool:
    """Tell whether a figure is of one fund alone, by its table or by the whole it is a part of."""
    return names_fund("".join((fact.table, *(n for n in fact.row if n != fact.measure))))


def names_fund(words: str) -> bool:
    """Tell whether words name a fund that pays."""
    return FUND.search(words) is not None


def evidence_to_findings(evidence: Sequence[Evidence]) -> tuple[Finding, ...]:
    """Group the evidence by slot; in each, the value with the best backing is shown first."""
    slots: dict[Slot, list[Evidence]] = {}
    for item in evidence:
        slots.setdefault(slot_of(item.fact), []).append(item)
    findings = (_settle(items) for items in slots.values())
    return tuple(sorted(findings, key=lambda finding: -finding.score))


def _settle(items: list[Evidence]) -> Finding:
    """Choose among the values of one slot: a corrected one, then most proofs, then best score."""
    camps: list[list[Evidence]] = []
    for item in items:
        camp = next((camp for camp in camps if agree(camp[0].fact, item.fact)), None)
        if camp is None:
            camps.append([item])
        else:
            camp.append(item)
    best_score = max(item.score for item in items)
    near = [camp for camp in camps if max(i.score for i in camp) > best_score - 0.5]
    best = max(near, key=_backing)
    against = [item.fact for camp in near if camp is not best for item in camp]
    ordered = sorted(
        best,
        key=lambda item: (item.fact.correction is None, bool(item.fact.table), -item.score),
    )
    facts = tuple(item.fact for item in ordered)
    alike = {f.id for f in against if any(is_of_one_scope(f, own) for own in facts)}
    return Finding(
        facts=facts,
        against=tuple(fact for fact in against if fact.id in alike),
        beside=tuple(fact for fact in against if fact.id not in alike and fact.table),
        score=best_score,
    )


def _backing(camp: list[Evidence]) -> tuple[bool, int, float]:
    corrected = any(item.fact.correction for item in camp)
    return corrected, len(camp), max(item.score for item in camp)


def is_part_of_fund(one: Fact, other: Fact) -> bool:
    """Tell whether one of two figures, of which one stands in running text, is a fund's share."""
    if (one.table and other.table) or of_fund(one) == of_fund(other):
        return False
    part, whole = (one, other) if of_fund(one) else (other, one)
    return amount_of(part) < amount_of(whole)


def has_no_head(fact: Fact) -> bool:
    """Tell whether a figure is a cell of a table whose title and heads are not printed there."""
    return CELLS in fact.quote and not (fact.table or fact.column)


def is_of_one_scope(one: Fact, other: Fact) -> bool:
    """Tell whether two figures can contradict each other: of one fund and one side of the books.

    A table of 基本支出 or of 财政拨款 holds less than the whole, and one of 收入 has the money that
    came in for what another lists as spent. What is always paid by one fund is one and the same.
    So is a part of 财政拨款支出 in running text a part of that fund alone.
    """
    scopes = [frozenset(SCOPES.findall(fact.table)) for fact in (one, other)]
    if (one.report, one.quote) == (other.report, other.quote) and not one.table:
        return False  # 城乡标准分别为745元和608元
    if is_part_of_fund(one, other) or has_no_head(one) != has_no_head(other):
        return False
    if not APART.isdisjoint(scopes[0] ^ scopes[1]):
        return False
    if one.measure in WHOLES:
        return scopes[0] == scopes[1]
    if not (one.table and other.table) or nature_of(one.measure):
        return True
    sides = [side_of(fact.table) for fact in (one, other)]
    return bool(scopes[0]) == bool(scopes[1]) and (sides[0] == sides[1] or "" in sides)
