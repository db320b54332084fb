"""What a question names together must stand in its answer: bodies, levels, years, the month.

A filter, never a hint: a figure of the whole year is no answer to one month's, nor that of one body
to what is asked of two.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import combinations

from bot.evidence.asked_amounts import UNTOLD, WHY, is_reckoned, proof_of, tells_what_is_asked
from bot.evidence.asked_details import tells_details
from bot.parsing.annotations import AskedBase
from bot.parsing.clauses import operands_of
from bot.query.reckoned import told_amount
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import names_to_terms
from bot.types import Answer, Operation, Question
from corpus.entities.organisations import is_government
from corpus.entities.quantities import parse_number
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold, normalise
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import CHANGES, Fact
from corpus.tables.scopes import side_of

SEVERAL = 2
NAMED = 0.6  # of the pairs of characters of a name
HINTED = 0.3  # of those of what is said in other words
DIFFERENCE = "difference"
TOGETHER = ("sum", DIFFERENCE)  # what is reckoned of amounts that are named beside each other
PATTERNS = patterns("evidence.named_slots")
JOINED, INSIDE = PATTERNS["joined"], PATTERNS["inside"]
PART_WITHIN = PATTERNS["part_within"]
A_YEAR = PATTERNS["a_year"]
MONTHS = PATTERNS["months"]
QUARTERS = PATTERNS["quarters"]
OWN = "本级"
# Groups of terms that are looked up by their names, and the operations that look up.
CONCRETE = frozenset({"三公", "经济分类", "政府采购"})
SPENDING = ("基本支出", "项目支出")
LOOKED_UP: frozenset[Operation] = frozenset({"查数", "比较"})
WHOLE_BUDGET = PATTERNS["whole_budget"]
ZONE = PATTERNS["zone"]
WHOLE_REGION = PATTERNS["whole_region"]
HALVES = {"上半年": (1, 6), "下半年": (7, 12)}
YEAR_END = (12, 12)
Stretch = tuple[int, int]  # the first and the last month


def leaves_out(
    question: Question,
    answer: Answer,
    facts: Mapping[str, Fact],
    places: Iterable[str] = (),
    base: AskedBase | None = None,
) -> bool:
    """Tell whether an answer passes over what a question names; `facts` may be what it rests on.

    `places` are the regions and the rows of tables, of a place each, that the question names,
    `base` is what it compares with.
    """
    if answer.status != "answered":
        return False
    return not (
        are_spoken_of((question.unknown_organisation, *places), answer)
        and has_bodies(question, answer)
        and has_levels(question, answer, facts)
        and has_years(question, base, answer, facts)
        and is_of_own_budget(question, answer, facts)
        and has_things(question, answer, facts)
        and is_of_asked_side(question, answer, facts)
        and is_reason_of_named(question, answer)
        and tells_what_is_asked(question, answer)
        and tells_details(question, answer)
        and is_of_named_part(question, answer, facts)
        and is_reckoned_as_asked(question, answer, facts)
        and is_in_period(question, answer, facts)
    )


def are_spoken_of(names: Iterable[str], answer: Answer) -> bool:
    """Tell whether names stand in the answer or its proof: a body without reports, a row."""
    said = [name for name in names if name]
    if not said:
        return True
    proof = answer.text + proof_of(answer.citations)
    return all(name in proof for name in said)


def has_bodies(question: Question, answer: Answer) -> bool:
    """Tell whether each of several bodies is told of where they are named together."""
    if len(question.organisations) < SEVERAL or not JOINED.search(question.words):
        return True
    return all(body in answer.text for body in question.organisations)


def has_levels(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether figures of both levels are told where both are named together."""
    held = JOINED.search(question.words) or is_reckoned(answer)  # 全市减掉市本级
    if len(question.levels) < SEVERAL or not answer.figures or not held:
        return True
    known = (facts.get(figure.fact or "") for figure in answer.figures)
    told = {fact.level for fact in known if fact}
    return None in told or told >= set(question.levels)


def has_years(
    question: Question, base: AskedBase | None, answer: Answer, facts: Mapping[str, Fact]
) -> bool:
    """Tell whether an answer rests on each of two years that are named: 2025年比2024年.

    Where nothing is reckoned, each of those that are held against each other is to be told of.
    """
    named = {*question.years, *([base.year] if base and base.year else [])}
    reckoned = is_reckoned(answer)
    if len(named) < SEVERAL or not (reckoned or JOINED.search(question.words)):
        return True
    said = set() if reckoned else {int(year) for year in A_YEAR.findall(answer.text)}
    rests_on = [fact for figure in answer.figures if (fact := facts.get(figure.fact or ""))]
    told = said | {figure.year for figure in answer.figures} | {fact.year for fact in rests_on}
    return named <= told | {fact.base.year for fact in rests_on if fact.base}


def has_things(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether each subject that is looked up is spoken of: 水费、电费各多少.

    By its name or by that of a part or a neighbour of it; what is reckoned is of the very thing.
    """
    worked = is_reckoned(answer)
    named = (tuple(set(ask.terms) - set(ask.within)) or ask.terms for ask in question.asks)
    asked = [own for terms in named if (own := _like_subjects(terms, strict=worked))]
    if not asked or UNTOLD in answer.text or not (worked or question.operation in LOOKED_UP):
        return True
    known = load_vocabulary()
    said = "" if worked else answer.text + proof_of(answer.citations)
    spoken = {mention.term for mention in known.mentions(said)}
    for figure in answer.figures:
        if fact := facts.get(figure.fact or ""):
            spoken |= names_to_terms(fact, known)
        elif figure.formula:  # a level that follows from others has no fact of its own
            spoken |= {mention.term for mention in known.mentions(figure.label)}
    return all(own & spoken for own in asked)


def is_of_named_part(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether a part that is named within its whole is told of: 三公里面的接待费."""
    if not _tells_part_within(question.words, answer, facts):
        return False
    told = _terms_told(answer, facts)
    pairs = [
        pair
        for pair in question.named_beside
        if INSIDE.fullmatch(question.words.partition(pair[0][1])[2].partition(pair[1][1])[0])
    ]
    return not told or not any(
        any(whole in own for own in told) and not any(part in own for own in told)
        for (whole, _), (part, _) in pairs
    )


def _tells_part_within(words: str, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether what is asked for within a whole is spoken of: of a check, who was found ill.

    A figure may bear another name than is said for it (上班的); in a passage it stands written.
    """
    asked = PART_WITHIN.search(words)
    if asked is None:
        return True
    told = " ".join((answer.text, proof_of(answer.citations)))
    named = {one.term for one in load_vocabulary().mentions(asked["part"], asked=True)}
    spoken = {one.term for one in load_vocabulary().mentions(told)}
    if any(named & terms for terms in (spoken, *_terms_told(answer, facts))):
        return True
    read_aloud = any(one.quote in answer.text for one in answer.citations)
    is_heard = coverage(fold(asked["part"]), fold(told)) >= HINTED
    return is_heard or not (named or read_aloud)


def is_reckoned_as_asked(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether what is to be added up or taken from another is not told one by one, or in part.

    A change that is printed is what is asked for, and so is the figure of a whole.
    """
    known = [fact for one in answer.figures if (fact := facts.get(one.fact or ""))]
    if not is_of_both_bodies(question, answer):
        return False
    if is_reckoned(answer) or any(fact.aspect in CHANGES for fact in known):
        return True
    asked = (one.asked for one in operands_of(question.words) if one.kind in TOGETHER)
    return not any(_tells_sides(sides, known) for sides in asked)


def is_of_both_bodies(question: Question, answer: Answer) -> bool:
    """Tell whether of two bodies it is reckoned how far they are apart, and not one with itself."""
    kinds = {one.kind for one in operands_of(question.words)}
    printed = [one for one in answer.figures if not one.formula]
    if len(question.organisations) != SEVERAL or DIFFERENCE not in kinds:
        return True
    apart = {
        abs(told_amount(one)[0] - told_amount(other)[0])
        for one, other in combinations(printed, 2)
        if one.organisation != other.organisation
    }
    made = {abs(told_amount(one)[0]) for one in answer.figures if one.formula}
    return not apart or bool(apart & made)


def _tells_sides(sides: Sequence[str], told: Sequence[Fact]) -> bool:
    """Tell whether figures are those of one of some things alone, or of each without their sum."""
    of_side = [[fact for fact in told if _is_named(fact, side, sides)] for side in sides]
    if all(of_side):
        amounts = {fact.value for fact in told}
        return not any(abs(one - other) in amounts for one, other in combinations(amounts, 2))
    return sum(map(bool, of_side)) == 1 and len(next(filter(None, of_side))) == len(told)


def _is_named(fact: Fact, side: str, sides: Sequence[str]) -> bool:
    """Tell whether one of some things is what a figure is of, and no other is."""
    known = load_vocabulary()
    terms = names_to_terms(fact, known)
    named = [
        bool(terms & {one.term for one in known.mentions(words, asked=True)})
        or coverage(fold(fact.measure), fold(words)) >= NAMED
        for words in (side, *(other for other in sides if other != side))
    ]
    return named[0] and not any(named[1:])


def _terms_told(answer: Answer, facts: Mapping[str, Fact]) -> list[Set[str]]:
    """Return the terms of each printed figure of an answer."""
    known = load_vocabulary()
    found = (facts.get(figure.fact or "") for figure in answer.figures)
    return [names_to_terms(fact, known) for fact in found if fact]


def is_reason_of_named(question: Question, answer: Answer) -> bool:
    """Tell whether a reason that is asked for is told of a thing that is named: 增值税为何少了."""
    said = [
        pair
        for ask in question.asks
        for pair in zip(ask.terms, ask.said, strict=False)
        if not any(pair[1] in body for body in question.organisations)
    ]
    if not said or not WHY.search(question.words):
        return True
    places = " ".join(str(cited.section or "") for cited in answer.citations)
    told = f"{answer.text} {proof_of(answer.citations)} {places}"
    spoken = {mention.term for mention in load_vocabulary().mentions(told)}
    return any(term in spoken or words in told for term, words in said)


def is_of_asked_side(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether spending is not answered with income alone, nor income with spending."""
    asked = side_of(question.words)
    known = (facts.get(figure.fact or "") for figure in answer.figures)
    told = {side_of(fact.measure) for fact in known if fact}
    return not asked or len(told) != 1 or "" in told or told == {asked}


@lru_cache(maxsize=4096)
def _like_subjects(names: tuple[str, ...], *, strict: bool) -> frozenset[str]:
    """Return the concrete subjects among some terms with what is near each of them."""
    known = load_vocabulary()
    found = [term for name in names if (term := known.term(name)) and term.group in CONCRETE]
    if strict:
        found += [term for name in names if (term := known.term(name)) and term.name in SPENDING]
        return frozenset(term.name for term in found)
    like = {term.name for term in found}
    for term in found:
        like |= {*term.near, *term.instead, *term.parts}
    return frozenset(like)


def is_of_own_budget(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether 市本级 is not answered with 全市 or a zone in it, nor 全市 with 市本级.

    By the levels of the figures, and where they have none by what is said around them.
    """
    known = (facts.get(figure.fact or "") for figure in answer.figures)
    levels = {fact.level for fact in known if fact and is_government(fact.organisation)}
    if levels - {None}:
        return not question.levels or bool(levels & {*question.levels})
    proof = proof_of(answer.citations[:1])
    if question.levels != ("单位",):
        return OWN not in proof or not WHOLE_REGION.search(question.words)
    return OWN in proof or not (WHOLE_BUDGET.search(proof) or ZONE.search(proof))


def is_in_period(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether a month, quarter or half of a year that is named is that of the answer.

    What there is of something is as of a day: at the end of the year where none is said.
    """
    said = stretches_in(normalise(question.words)) if question.as_of is None else frozenset()
    if not said:
        return True
    first = answer.figures[0] if answer.figures else None
    fact = facts.get(first.fact or "") if first else None
    if fact is not None and said <= as_of_stretches(fact):
        return True
    at = first.citation if first else 1
    proof = proof_of(one for one in answer.citations if one.n == at)
    return said <= stretches_in(normalise(proof))


def as_of_stretches(fact: Fact) -> frozenset[Stretch]:
    """Return the month that the stock of a figure is of; none for what was spent."""
    if fact.as_of is not None:
        return frozenset({(fact.as_of.month, fact.as_of.month)})
    stock = fact.aspect == "余额" or unit_kind(fact.unit) != "money"
    return frozenset({YEAR_END}) if stock else frozenset()


def stretches_in(text: str) -> frozenset[Stretch]:
    """Return the stretches of a year that a text names, each by its first and last month."""
    found = {stretch for words, stretch in HALVES.items() if words in text}
    for match in MONTHS.finditer(text):
        last = _number(match["last"])
        found.add((_number(match["first"]) if match["first"] else last, last))
    for match in QUARTERS.finditer(text):
        last = 3 * _number(match["quarter"])
        found.add((1 if match["since"] else last - 2, last))
    return frozenset(found)


def _number(words: str) -> int:
    return int(parse_number(words) or 0)
