"""How well a fact answers one thing asked: hard slots first, then the words that are left over.

A fact is a candidate only if everything that the question says of it is borne out: organisation,
year, aspect, every term named, the kind of thing, and most of the words left over. What the fact
says beyond the question counts against it.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from bot.parsing.slots import MEASURE, TOTALS
from bot.query.retrieval.lexical_overlap import coverage, missing, pairs_of
from bot.types import Ask, AskKind
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import PLANS, Aspect, Fact, Noun

# The share of the leftover words that a fact must bear out to be a candidate at all.
ENOUGH = 0.64
# Without a term: this much must be in the figure's own name, or this many characters be asked.
HALF = 0.5
MANY = 6
A_LITTLE = 0.2
# A name that merely holds the term asked for is another thing unless the question says the rest.
TERM_INSIDE_ENOUGH = 0.75
A_WORD_OR_TWO = 3
PATTERNS = patterns("retrieval.matching")
PURPOSE = PATTERNS["purpose"]
# What an own-words name is worth where the question says none of it but its sentence.
SOME = 0.3
SPENT: frozenset[Aspect] = frozenset({"决算", "余额", "数量", "得分", "其他"})
# What a budget report calls executed, an account calls 决算.
ACTUAL: frozenset[Aspect] = frozenset({"决算", "执行数"})
PLANS_SET = frozenset(PLANS)
DERIVED: frozenset[Aspect] = frozenset({"增减额", "增减率", "占比", "完成率", "人均"})
KIND_UNITS: dict[AskKind, frozenset[str]] = {
    "金额": frozenset({"money"}),
    "人数": frozenset({"people"}),
    "百分比": frozenset({"percent", "points"}),
    "得分": frozenset({"score", "plain"}),
    "数量": frozenset({"count", "people", "area", "plain"}),
}
# Counters that stand for each other in a question.
COUNTERS: tuple[tuple[str, ...], ...] = (
    ("名", "位", "人"),
    ("个", "家", "项", "处"),
    ("批", "批次"),
    ("场", "场次", "次", "期"),
    ("辆", "台"),
    ("米",),
)


class Evidence(Noun):
    """A fact with the score it has for one question; the score lives here, never on the fact."""

    fact: Fact
    score: float


class Wanted(Noun):
    """What a fact is held against: the ask with the slots of its question."""

    ask: Ask
    years: tuple[int, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    words: str = ""  # leftover words of the whole message, for those who weigh context


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=65536)
def fact_to_context(fact: Fact) -> str:
    """Return all the words that a fact stands among: names, paths, title, headings, sentence."""
    parts = (fact.measure, fact.facet, fact.table, *fact.row, *fact.column, *fact.section)
    return _folded("\n".join((*parts, fact.quote)))


@lru_cache(maxsize=65536)
def fact_to_names(fact: Fact) -> tuple[str, ...]:
    """Return the names of the figure itself: measure, facet, the rows and columns it stands in."""
    names = (fact.measure, fact.facet, *fact.row, *fact.column)
    return tuple(_folded(name) for name in dict.fromkeys(names) if name)


def name_coverage(words: str, fact: Fact) -> float:
    """Return how far the names of a figure bear out the words, each phrase by one of the names."""
    pieces = words.split()
    total = sum(map(len, pieces))
    if not total:
        return 1.0
    names = fact_to_names(fact)
    return sum(len(p) * max(coverage(p, name) for name in names) for p in pieces) / total


def fits_kind(fact: Fact, kind: AskKind | None) -> bool:
    """Tell whether a figure is of the kind asked for; 人名, 日期 and 文字 are never figures."""
    if kind is None:
        return True
    return unit_kind(fact.unit) in KIND_UNITS.get(kind, frozenset())


def fits_aspect(fact: Fact, aspects: Collection[Aspect], kind: AskKind | None) -> bool:
    """Tell whether a figure is of an aspect asked for; a count or a balance is an actual state."""
    if not aspects:
        return fact.aspect not in DERIVED
    if fact.aspect in aspects:
        return True
    stated = fact.aspect in SPENT and fact.kind != "预算"
    planned = fact.aspect == "数量" and fact.kind == "预算" and kind in ("数量", "人数")
    spent = "决算" in aspects or "执行数" in aspects  # what an account reports was executed
    actual = fact.aspect in ACTUAL and not ACTUAL.isdisjoint(aspects)
    other_plan = fact.aspect in PLANS and not PLANS_SET.isdisjoint(aspects)
    return (
        (spent and stated)
        or actual
        or ("预算" in aspects and planned)
        or (other_plan and is_of_budget_asked(fact, aspects))
    )


def is_of_budget_asked(fact: Fact, aspects: Collection[Aspect]) -> bool:
    """Tell whether a figure can be of the budget asked for, where no better one is printed.

    What a year's budget became stands for the budget; what it was as the year began, and is
    called so, is never what it became.
    """
    became = "调整预算" in aspects and "预算" not in aspects
    return not (became and fact.aspect == "预算" and "年初" in fact.said)


def fits_year(fact: Fact, years: Collection[int]) -> bool:
    """Tell whether a figure is of a year asked for; with none asked, of its report's own year."""
    if years:
        return fact.year in years
    return fact.year == fact.report_year or fact.as_of is not None


def fact_to_evidence(fact: Fact, wanted: Wanted, vocabulary: Vocabulary) -> Evidence | None:
    """Score a fact for an ask, None where it is no candidate."""
    ask = wanted.ask
    mine = names_to_terms(fact, vocabulary)
    if ask.terms and mine.isdisjoint(ask.terms):  # first: it tells most facts apart
        return None
    if not (
        fits_year(fact, wanted.years)
        and fits_aspect(fact, wanted.aspects, ask.kind)
        and fits_unit(fact, ask)
        and bears_terms(fact, ask, mine, vocabulary)
    ):
        return None
    around = coverage(ask.words, fact_to_context(fact))
    if around < ENOUGH:
        return None
    in_name = name_coverage(ask.words, fact)
    own = own_words_borne_out(fact, ask, vocabulary)
    if not (own and is_meant(ask, in_name, fact)):
        return None
    if (
        not ask.terms
        and ask.kind is not None
        and not head_stands_in(ask.words, fact_to_context(fact))
    ):
        return None
    score = 2.0 * around + in_name + own + 0.3 * coverage(wanted.words, fact_to_context(fact))
    score += 1.0 * (fact.measure in ask.terms) + 0.5 * is_facet_asked(fact, ask)
    score += 1.0 * len(mine & set(ask.terms)) / max(1, len(ask.terms))
    score += 0.5 * fits_counter(fact, ask.counters) + 2.0 * is_said_closer(fact, ask)
    score += 0.2 * (fact.aspect in wanted.aspects)
    score -= 0.8 * is_other_plan(fact, wanted.aspects)
    score -= 0.8 * has_other_facet(fact, ask)
    score -= 0.2 * bool(fact.vague) + 0.1 * len(fact.row)
    return Evidence(fact=fact, score=round(score, 4))


def is_other_plan(fact: Fact, aspects: Collection[Aspect]) -> bool:
    """Tell whether a figure is of another budget than the one asked for."""
    asked = PLANS_SET.intersection(aspects)
    return fact.aspect in PLANS and bool(asked) and fact.aspect not in asked


def is_facet_asked(fact: Fact, ask: Ask) -> bool:
    """Tell whether a question speaks of the very part that a figure is of: 实际到位."""
    if not fact.facet or fact.facet in ask.terms:
        return bool(fact.facet)
    return coverage(_folded(fact.facet).removeprefix("实际"), _folded(ask.words)) == 1


def has_other_facet(fact: Fact, ask: Ask) -> bool:
    """Tell whether a figure is of a part that the question does not speak of."""
    if not fact.facet or fact.facet in ask.terms:
        return False
    facet, words = _folded(fact.facet), _folded(ask.words)
    if facet.startswith("第"):
        return facet not in words  # 第一季度 shares all but one character with 第二季度
    return coverage(facet, words) < HALF


def is_said_closer(fact: Fact, ask: Ask) -> bool:
    """Tell whether a question says a name that a term is but the head of, and not the term alone.

    国内公务接待费 is the report's own name for a part of what the term covers.
    """
    heads = [t for t in ask.terms if fact.measure != t and is_headed_by(fact.measure, t)]
    said = _folded(" ".join((*ask.said, ask.words)))
    return any(_folded(fact.measure[: -len(term)]) in said for term in heads)


def is_meant(ask: Ask, in_name: float, fact: Fact) -> bool:
    """Tell whether leftover words that stand around a figure mean it.

    Beside a term they may stand anywhere around the figure. Without one they must be the figure's
    own name, be what it is spent on, or be many, stand in its sentence and share a word with its
    name; a change or a share is of its name alone, for its sentence goes on to tell why.
    """
    if ask.terms or not ask.words:
        return True
    many = len(ask.words.replace(" ", "")) >= MANY and fact.aspect not in DERIVED
    return in_name >= HALF or (many and in_name >= A_LITTLE) or is_purpose(ask.words, fact)


def is_purpose(words: str, fact: Fact) -> bool:
    """Tell whether all the words stand in what the sentence of a figure says that it is for."""
    what = PURPOSE.search(fact.quote)
    return what is not None and coverage(words, _folded(what["what"])) == 1


def head_stands_in(words: str, context: str) -> bool:
    """Tell whether the head of a noun phrase, its last two characters, stands in a text.

    A Chinese noun phrase ends in its head: 中心总投资 is an investment and no centre.
    """
    return not words or set(words.split()[-1][-2:]) <= pairs_of(context)


def fits_unit(fact: Fact, ask: Ask) -> bool:
    """Tell whether a figure is of the kind asked for; 多少万吨 wants no money."""
    kind = unit_kind(fact.unit)
    uncounted = kind in ("money", "percent", "points") or (kind == "score" and ask.counters != "分")
    measured = MEASURE.fullmatch(ask.counters) and not fact.unit.startswith(ask.counters)
    return fits_kind(fact, ask.kind) and not (ask.counters and uncounted) and not measured


def fits_counter(fact: Fact, counter: str) -> int:
    """Return 1 where a count is in the counter asked with, -1 where in another, 0 where untold."""
    if not counter or not fact.unit:
        return 0
    same = next((group for group in COUNTERS if counter in group), (counter,))
    return 1 if fact.unit.startswith(same) else -1


@lru_cache(maxsize=65536)
def names_to_terms(fact: Fact, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the terms that name a fact: of its measure, facet, row and column."""
    names = {fact.facet, *fact.row, *fact.column} - {"", fact.measure}
    mine = {vocabulary.term_of(name) or name for name in names}
    return measure_to_terms(fact.measure, vocabulary) | mine


@lru_cache(maxsize=65536)
def measure_to_terms(measure: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the terms that a measure is or holds; one that is no term stands for itself."""
    own = {vocabulary.term_of(measure) or measure} if measure else set()
    return frozenset(own | {mention.term for mention in vocabulary.mentions(measure)})


def bears_terms(fact: Fact, ask: Ask, mine: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Tell whether every term stands in the fact: one as its name, the others in its context.

    Of 基本支出中人员经费 the name is no mere 基本支出.
    """
    if not ask.terms:
        return True
    context = fact_to_context(fact)
    said = {term: _folded(words) for term, words in zip(ask.terms, ask.said, strict=False)}
    needed = [term for term in ask.terms if term not in TOTALS] or ask.terms
    own = set(needed) - set(ask.within) or set(needed)
    return bool(mine & own) and all(
        term in mine or said.get(term, term) in context or term_stands_in(term, context, vocabulary)
        for term in needed
    )


def term_stands_in(term: str, context: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a term, or a way to write it, stands in a folded text."""
    return any(_folded(name) in context for name in names_of(term, vocabulary))


def names_of(term: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the ways in which reports write a term, longest first."""
    known = vocabulary.term(term)
    aliases = known.aliases if known else ()
    return tuple(sorted((term, *aliases), key=len, reverse=True))


def own_words_borne_out(fact: Fact, ask: Ask, vocabulary: Vocabulary) -> float:
    """Return how much of a fact's name the question says: 1 for its term, 0 where too little.

    A name in the report's own words that merely holds the term asked for is another thing; so is
    a term of which a question says neither the name nor what it is spent on.
    """
    if fact.measure in ask.terms or fact.facet in ask.terms or not (ask.terms or ask.words):
        return 1.0
    asked = _folded(" ".join((ask.words, *ask.said)))
    borne_out = coverage(re.sub(r"\d+", "", _folded(fact.measure)), asked)
    if ask.terms:
        headed = any(is_headed_by(fact.measure, term) for term in ask.terms)
        return borne_out if borne_out >= TERM_INSIDE_ENOUGH or headed else 0.0
    if vocabulary.term_of(fact.measure):
        meant = SOME if is_purpose(ask.words, fact) else 0.0
        return borne_out if borne_out >= HALF else meant
    return max(borne_out, SOME)


def is_headed_by(name: str, term: str) -> bool:
    """Tell whether a name is a term with a word or two before it: 机关设内设机构."""
    return name.endswith(term) and len(name) - len(term) <= A_WORD_OR_TWO


def is_of_another(fact: Fact, words: str, facts: Collection[Fact]) -> bool:
    """Tell whether a figure lacks a word of what is asked that a figure nearly as like it has.

    慰问困难职工 is no visit to other 职工 where the report speaks of 困难职工 as well.
    """
    lacking = missing(words, fact_to_context(fact))
    return bool(lacking) and any(
        any(word in context for word in lacking) and coverage(words, context) >= HALF
        for context in map(fact_to_context, facts)
    )


def rank(facts: Collection[Fact], wanted: Wanted, vocabulary: Vocabulary) -> tuple[Evidence, ...]:
    """Return the candidates among the facts, best first; ties keep the order of the report."""
    found = [e for fact in facts if (e := fact_to_evidence(fact, wanted, vocabulary))]
    if not wanted.ask.terms:
        found = [e for e in found if not is_of_another(e.fact, wanted.ask.words, facts)]
    return tuple(sorted(found, key=lambda evidence: -evidence.score))
