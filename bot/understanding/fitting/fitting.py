"""Which of the things that a message names a form is of, and whether it leaves one for another."""

from collections.abc import Iterator, Set
from functools import cached_property
from itertools import chain, product

from bot.query.forms import count_word, is_plain, selects_of
from bot.query.retrieval.lexical_overlap import coverage, without_shared
from bot.query.retrieval.matching import names_to_terms
from bot.query.retrieval.scope import Case
from bot.understanding.candidates import Candidate, Sieve
from bot.understanding.features import JOINS as SEPARATES
from bot.understanding.features import Asked
from bot.understanding.fitting.asked import (
    BESIDE_ONE_ANOTHER,
    LISTED,
    OF_ONE_THING,
    PATTERNS,
    asks_for_all,
    is_of_another_aspect,
    measures_of,
    names_table,
)
from bot.understanding.found import Near
from corpus.entities.comparisons import BEFORE_CHANGE
from corpus.lexicon.normalise import fold
from corpus.lexicon.terms import Term
from corpus.model.types import Fact

BOTH = 2
SHARED_BY = ("和", "与", "及", "跟", "、", "加")  # between things that are counted together
CLOSE = 12  # characters between two things that are joined
LEAST_NAMED = 3  # characters of a name that is said word for word
SCORE, POINTS, SCORES = "得分", "分", {"得分", "分值"}
HINTED = 0.3  # of the pairs of characters of an indicator that is said in short
NAMED, MOSTLY = 0.6, 0.8  # of the pairs of characters of a name that is said


class Fitting:
    """Tells which forms one message may mean, before anything is looked up."""

    def __init__(self, case: Case, asked: Asked) -> None:
        self._case = case
        self._asked = asked

    @property
    def sieve(self) -> Sieve:
        """What the message lets be considered."""
        return Sieve(self.fits, self.names, self._nearest_of_each)

    @property
    def _nearest_of_each(self) -> tuple[Near, ...]:
        """The nearest figure of each of several terms that the message names."""
        known, near = self._case.vocabulary, self._asked.near
        found = (
            next((one for one in near if name in names_to_terms(one.fact, known)), None)
            for name in self._named
        )
        return tuple(one for one in found if one is not None)

    def names(self, one: Near) -> bool:
        """Tell whether a message names a figure, by a term or word for word."""
        known = names_to_terms(one.fact, self._case.vocabulary)
        return bool(known & self._named) or one.fact.measure in self._said_names

    def fits(self, one: Candidate) -> bool:
        """Tell whether a message may mean a form, by its words alone: nothing is looked up."""
        said = f"{self._case.words_before}→{self._case.typed}→{self._asked.wording}"
        return asks_for_all(one, said, self._asked.wording) and not (
            self._is_of_another_term(one)
            or any(self._is_part(near.fact) for near in one.operands if one.kind == "lookup")
            or self._is_of_another_than_named(one)
            or self._holds_up_unnamed(one)
            or self._leaves_joined(one)
            or self._holds_whole_against_part(one)
            or self._shares_joined(one)
            or self._is_score_of_indicator(one)
            or self._tells_twice(one)
            or self._leaves_said(one)
            or self._is_more_than_asked(one)
            or self._is_of_table(one)
            or is_of_another_aspect(self._asked.slots.aspects, one)
        )

    def _is_of_table(self, one: Candidate) -> bool:
        """Tell whether one of several things is said only as the name of a table."""
        words, measures = self._case.asked_words, measures_of(one)
        return len(measures) > 1 and any(names_table(words, name) for name in measures)

    @cached_property
    def _in_vain(self) -> frozenset[str]:
        """The terms that the question names where no figure of the scope bears one of them.

        With them stands what is near them: who asks for 工资 may be told of 人员经费.
        """
        known, pool = self._case.vocabulary, self._case.pool
        unheld = {term for term in self._qualifying if not pool.named({term})}
        told_of = unheld or self._named
        if pool.named(told_of):
            return frozenset()
        found = [term for name in told_of if (term := known.term(name))]
        return frozenset(told_of | {near for term in found for near in term.near})

    @property
    def _qualifying(self) -> Iterator[str]:
        """The terms that say of which kind another one is: 预留给中小企业的采购预算."""
        words = self._case.question.words
        for (term, said), (_, other) in self._case.question.named_beside:
            if f"{said}{other}" in words or f"{said}的{other}" in words:
                yield term

    def _is_of_another_term(self, one: Candidate) -> bool:
        """Tell whether a figure of another term stands for one that the scope does not have."""
        terms = (self._case.vocabulary.term_of(near.fact.measure) for near in one.operands)
        return bool(self._in_vain) and any(term and term not in self._in_vain for term in terms)

    @cached_property
    def _named(self) -> Set[str]:
        """The terms that the question names, in their order."""
        asks = self._case.question.asks
        return dict.fromkeys(term for ask in asks for term in ask.terms).keys()

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        found = (self._case.vocabulary.term(name) for name in self._named)
        return tuple(term for term in found if term)

    @cached_property
    def _named_in_full(self) -> Set[str]:
        """Those of the terms that the question names as reports do."""
        names = {term.name: (term.name, *term.aliases) for term in self._terms}
        return {own for own, said in names.items() if any(fold(n) in self._words for n in said)}

    def _holds_up_unnamed(self, one: Candidate) -> bool:
        """Tell whether another thing is held up than the several that a message names.

        人员经费比公用经费多多少 is not of 三公经费, nor is one figure of two bodies of two things,
        nor are several things of one that is named and another. The whole of a share may be named
        otherwise.
        """
        several_bodies = len({near.fact.organisation for near in one.operands}) > 1
        if not self._named or one.kind not in (*BESIDE_ONE_ANOTHER, "share", "per"):
            return False
        held = one.operands[:1] if one.kind == "share" else one.operands
        if len(self._named) < BOTH and not several_bodies:
            if one.kind != "several":
                return False
            held = tuple(near for near in held if near.found != "piece")  # which are said otherwise
        known = (near.fact for near in held if self._case.vocabulary.term(near.fact.measure))
        terms = (names_to_terms(fact, self._case.vocabulary) for fact in known)
        return any(own.isdisjoint(self._like_any) for own in terms)

    def _holds_whole_against_part(self, one: Candidate) -> bool:
        """Tell whether it is told which is more, a whole or what is in it: nobody asks that."""
        known = self._case.vocabulary
        names = ((near.fact.facet, near.fact.measure) for near in one.operands)
        own = [next((term for name in both if (term := known.term_of(name))), "") for both in names]
        return one.kind == "compare" and any(known.whole_of(term) in own for term in own if term)

    def _shares_joined(self, one: Candidate) -> bool:
        """Tell whether of two things that are joined one alone is told as a share.

        教授和副教授一共占多少 asks what both of them are of a third.
        """
        if one.kind != "share":
            return False
        part = fold(one.operands[0].fact.measure)
        others = {fold(near.fact.measure) for near in self._asked.near} - {part}
        pairs = product(SHARED_BY, others)
        return any(part + by + o in self._words or o + by + part in self._words for by, o in pairs)

    def _is_score_of_indicator(self, one: Candidate) -> bool:
        """Tell whether the score of an indicator stands for that of the project that is named.

        What both have in common (农机购置补贴, 补贴购置农机台数) names neither.
        """
        fact = one.operands[0].fact if one.kind == "lookup" else None
        if fact is None or SCORES.isdisjoint((fact.aspect, fact.facet)):
            return False
        project = fact.row[0] if fact.row else fact.measure
        if project == fact.measure or project not in self._scored:
            return False
        rest = without_shared(self._words, fold(project))
        return coverage(fold(fact.measure), rest) < HINTED

    @cached_property
    def _scored(self) -> Set[str]:
        """The projects that are scored as a whole."""
        facts = self._case.pool.facts
        return {fact.measure for fact in facts if fact.aspect == SCORE and fact.unit == POINTS}

    def _leaves_joined(self, one: Candidate) -> bool:
        """Tell whether of two things that a message joins one alone is told of, in two years."""
        if one.kind not in BESIDE_ONE_ANOTHER:
            return False
        terms = [names_to_terms(near.fact, self._case.vocabulary) for near in one.operands]
        told_of = [name for name in self._joined if any(own & self._like(name) for own in terms)]
        return len(told_of) < min(BOTH, len(self._joined))

    @cached_property
    def _joined(self) -> tuple[str, ...]:
        """The terms that a message joins, of which there are figures: 人员经费比公用经费."""
        words, joined = self._case.question.words, []
        for (one, said), (two, other) in self._case.question.named_beside:
            between = words.partition(said)[2].partition(other)[0]
            if len(between) <= CLOSE and PATTERNS["joins"].search(between):
                joined += [one, two]
        return tuple(n for n in dict.fromkeys(joined) if self._case.pool.named(self._like(n)))

    def _is_part(self, fact: Fact) -> bool:
        """Tell whether money is that of a part of what is named: 一般债务余额 of 政府债务余额.

        Who says 公车 may mean the buying of one; 公务用车购置及运行维护费 is that and nothing else.
        """
        known = self._case.vocabulary
        terms = [term for name in (fact.measure, fact.facet) if (term := known.term_of(name))]
        wholes = {whole for term in terms if (whole := known.whole_of(term))}
        said = any(coverage(fold(term), self._words) >= MOSTLY for term in terms)
        of_part = bool(wholes & self._named_in_full) and self._named.isdisjoint(terms)
        return of_part and not said and is_plain(count_word(fact))

    def _is_of_another_than_named(self, one: Candidate) -> bool:
        """Tell whether all of a form is of other terms than the one named, of which there is some.

        The term of a row that is a place stands in its column: 江达县（一般债务余额）.
        """
        if len(self._named) >= BOTH or one.kind not in OF_ONE_THING:
            return False
        vocabulary = self._case.vocabulary
        names = ((near.fact.measure, near.fact.facet) for near in one.operands)
        terms = [next(filter(vocabulary.term, both), "") for both in names]
        of_others = all(term and term not in self._told_for for term in terms)
        return bool(terms and of_others and self._case.pool.named(self._named))

    def _tells_twice(self, one: Candidate) -> bool:
        """Tell whether one thing is told as two: as another table has it, or in a part unsaid."""
        selects = selects_of(one.form)
        told = [
            (own.concept.measure, own.aspect, own.base, own.who, own.level, own.when)
            for own in selects
        ]
        if one.kind not in LISTED or len(set(told)) == len(told):
            return False
        facets = {own.concept.facet for own in selects} - {"", BEFORE_CHANGE}
        said = all(coverage(fold(facet), self._words) >= NAMED for facet in facets)
        alike = {(*key, own.concept.facet) for key, own in zip(told, selects, strict=True)}
        return not said or len(alike) < len(told)

    @cached_property
    def _said_names(self) -> Set[str]:
        """The names of near figures that a message says word for word, the longest of each."""
        near = (*self._asked.near, *self._asked.recalled.beside, *chain(*self._asked.recalled.told))
        names = {one.fact.measure for one in near if len(one.fact.measure) >= LEAST_NAMED}
        said = {name for name in names if fold(name) in self._words}
        return {name for name in said if not any(name != other and name in other for other in said)}

    @cached_property
    def _words(self) -> str:
        return fold(self._case.question.words)

    def _leaves_said(self, one: Candidate) -> bool:
        """Tell whether of two or more things that are named one is left for another: 教师, 导师."""
        measures = measures_of(one)
        told_of_several = len(measures) > 1 and one.kind in (*BESIDE_ONE_ANOTHER, "share")
        if not told_of_several or len(self._said_names) < BOTH:
            return False
        return any(
            name not in self._said_names and coverage(fold(name), self._words) < MOSTLY
            for name in measures
        )

    def _is_more_than_asked(self, one: Candidate) -> bool:
        """Tell whether several things are told of where a message names one and joins nothing."""
        if one.kind != "several" or len(measures_of(one)) <= 1:
            return False
        pieces = sum(near.found == "piece" for near in self._asked.recalled.beside)
        joins = self._asked.wanted > 1 or pieces > 1 or SEPARATES.search(self._asked.wording)
        return not (joins or PATTERNS["lists"].search(self._case.asked_words))

    def _like(self, name: str) -> Set[str]:
        """Return a term with those that are told for it: 离退休人员, who are more than 退休人员."""
        known = self._case.vocabulary
        term, whole = known.term(name), known.whole_of(name)
        return {name, *(term.instead if term else ()), *([whole] if whole else ())}

    @cached_property
    def _told_for(self) -> Set[str]:
        """The terms named with those that are told for them."""
        return {other for name in self._named for other in self._like(name)}

    @cached_property
    def _like_any(self) -> Set[str]:
        """The terms named with those that are told for them or easily taken for them."""
        return self._told_for | {like for term in self._terms for like in term.near}
