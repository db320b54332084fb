"""Figures that fit a question equally well though they are of different things: which is meant."""

from collections.abc import Sequence

from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import HALF
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import Finding, agree
from bot.types import Ask
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold

# How much less a figure may fit and still be taken for possible.
RIVAL = 0.2
JOINING = "里中内的"
PATTERNS = patterns("rules.ambiguity")
TOTAL = PATTERNS["total"]


def rivals_of(case: Case, best: Finding) -> tuple[Finding, ...]:
    """Return other figures that fit as well as the best though they are of something else.

    Only where the question names no term: there nothing but its words tells figures apart.
    """
    head = best.headline
    if case.ask.terms or fold(head.measure) == case.ask.words:
        return ()
    return tuple(
        finding
        for finding in case.find()
        if finding.score > best.score - RIVAL
        and finding.headline.measure != head.measure
        and finding.headline.year == head.year
        and not agree(finding.headline, head)
    )


def namesakes_of(case: Case, best: Finding) -> tuple[Finding, ...]:
    """Return the figures of the same name under other headings: 一般行政管理事务 of each 款.

    They contradict nothing: a name that stands under several is several things.
    """
    head = best.headline
    if len(head.row) == 1 or head.row[-1:] != (head.measure,) or len(case.question.asks) > 1:
        return ()
    others: dict[str, Finding] = {}
    for fact in best.against:
        above = fact.row[-2:-1]
        if fact.row[-1:] == (head.measure,) and above and above != head.row[-2:-1]:
            others.setdefault(above[0], Finding(facts=(fact,), score=best.score))
    return tuple(others.values())


def meant(ask: Ask, findings: Sequence[Finding]) -> Sequence[Finding]:
    """Return the findings, the one among equals first that the words single out.

    Of the figures of one undertaking that is the one whose own name has what is said beside the
    undertaking's (…中心地下几层), without such words its total.
    """
    if ask.terms or not findings:
        return findings
    best = findings[0].headline
    equals = [finding for finding in findings if finding.score > findings[0].score - RIVAL]
    alone = all(finding.headline.row[:1] == best.row[:1] for finding in equals)
    several = len({finding.headline.measure for finding in equals}) > 1
    if not (best.row and alone and several):
        return findings
    rest = beyond(ask.words, fold(best.row[0]))
    fitting = [f for f in equals if is_singled_out(rest, f)]
    if not (fitting or rest):
        fitting = widest(ask, equals)
    if len({finding.headline.measure for finding in fitting}) != 1:
        return findings
    top = findings[0].score + 2 * RIVAL
    lead = [finding.model_copy(update={"score": top}) for finding in fitting]
    return (*lead, *(finding for finding in findings if finding not in fitting))


def beyond(words: str, name: str) -> str:
    """Return what words say beyond a name: the characters that no pair shares with it."""
    left: list[str] = []
    for piece in words.split():
        shared = [piece[at : at + 2] in name for at in range(len(piece) - 1)]
        kept = [
            char if not any(shared[max(at - 1, 0) : at + 1]) else " "
            for at, char in enumerate(piece)
        ]
        left += "".join(kept).split()
    return " ".join(bare for piece in left if (bare := piece.strip(JOINING)))


def is_singled_out(rest: str, finding: Finding) -> bool:
    """Tell whether what is said beside the undertaking is of this figure alone."""
    fact = finding.headline
    if not rest:
        return unit_kind(fact.unit) == "money" and bool(TOTAL.search(fact.measure))
    return coverage(rest, fold(fact.measure)) == 1


def widest(ask: Ask, equals: Sequence[Finding]) -> list[Finding]:
    """Return the one that all the others are printed as parts of, where the parts go unsaid."""
    return [
        whole
        for whole in equals
        if all(
            whole.headline.measure in part.headline.row
            and coverage(fold(part.headline.measure), ask.words) < HALF
            for part in equals
            if part.headline.measure != whole.headline.measure
        )
    ]
