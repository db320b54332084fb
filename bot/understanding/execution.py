"""Execution: what a candidate answers over one library, with what is known of it before ranking."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bot.answering.composer import Holdings, compose, passage_to_answer
from bot.answering.joining import join_answers
from bot.evidence.named_slots import leaves_out
from bot.evidence.sections import is_of_topic_apart
from bot.parsing.annotations import YEAR_BEFORE
from bot.parsing.clauses import last_asking
from bot.parsing.grammar import find_sign, find_signs, text_to_kind
from bot.presentation.digit_guard import unproved
from bot.query.executor import run
from bot.query.forms import (
    Compare,
    Difference,
    Form,
    Growth,
    Lookup,
    Passage,
    Rank,
    Ratio,
    Select,
    Together,
    selects_of,
)
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import fits_kind, names_to_terms
from bot.query.retrieval.scope import Case
from bot.query.selection import key_of
from bot.query.values import Result
from bot.types import Answer
from bot.understanding.candidates import Candidate
from bot.understanding.features import (
    Asked,
    candidate_features,
    question_features,
    rules_features,
)
from bot.understanding.form_text import answer_to_text, candidate_to_text
from bot.understanding.recall import asking_parts
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact
from corpus.structure.sentences import BLANK
from index.wordings.wording import fact_to_wording, offset_in_quote

NAMED = 0.6  # of the pairs of characters of a name
HINTED = 0.35  # of a name that is said otherwise: 收入总共 of 学校收入总计
SHARED_NAME, LEAST_NAMED = 0.25, 3  # of a name that is said in short: 总支出 of 支出合计
PATTERNS = patterns("questions.execution")
WHOLE_SAID = PATTERNS["whole_said"]
LISTED, PAIR = "、", 2
# What some kinds of question ask for, as the kind of unit of a figure.
KIND_OF: Mapping[str, str] = {"得分": "score", "百分比": "percent", "金额": "money"}
BY_A_RATE = re.compile(r" / \(1 [+-] ")  # how a level before a change in percent is worked back


@dataclass(frozen=True)
class Considered:
    """A candidate with the answer that it gives and how likely it is right."""

    kind: str
    form: Form | None
    answer: Answer
    features: Mapping[str, float]
    says: tuple[str, ...] = ()  # the pieces that the joint scorer holds against the question
    probability: float = 0.0


class Execution:
    """Answers the candidates of one message."""

    def __init__(self, case: Case, asked: Asked) -> None:
        self._case = case
        self._asked = asked
        self._wordings: dict[str, str] = {}
        self._holdings = Holdings(
            report_of=case.report,
            facts=case.facts,
            open=case.scope.open,
            both_aspects=not asked.slots.aspects,
        )

    def wording_of(self, fact: Fact) -> str:
        """Return how a figure is worded in the index."""
        if fact.id not in self._wordings:
            report = self._case.report(fact.report)
            self._wordings[fact.id] = fact_to_wording(fact, offset_in_quote(report, fact))
        return self._wordings[fact.id]

    @cached_property
    def _places(self) -> Mapping[tuple[object, ...], int]:
        """Where the near figures stand, those first whose kind and name the message asks for.

        A rate that is asked for goes before its counts.
        """
        known, kind = self._case.vocabulary, text_to_kind(self._asked.wording)
        clause = last_asking(self._case.question.words)
        named = {mention.term for mention in known.mentions(clause, asked=True)}
        near = sorted(
            self._asked.near,
            key=lambda one: (
                not fits_kind(one.fact, kind),
                named.isdisjoint(names_to_terms(one.fact, known)),
            ),
        )
        return {figure_key(one.fact): at for at, one in reversed(tuple(enumerate(near)))}

    def _rank(self, fact: Fact) -> int:
        return self._places.get(figure_key(fact), len(self._places))

    @cached_property
    def _shared(self) -> Mapping[str, float]:
        return question_features(self._asked)

    def of_rules(self, answer: Answer) -> Considered:
        """Return what the rules answer as a candidate."""
        told = [self._asked.facts.get(one.fact or "") for one in answer.figures]
        return Considered(
            kind="rules",
            form=None,
            answer=answer,
            features={**self._shared, **rules_features(self._asked, answer)},
            says=answer_to_text(answer, [one for one in told if one], self.wording_of),
        )

    def considered(self, one: Candidate) -> Considered | None:
        """Execute a candidate; None where it gives nothing, or nothing that may be said."""
        answer = self._answer(one.form)
        if answer is None:
            return None
        parts = one.form.parts if isinstance(one.form, Together) else (one.form,)
        if not self._may_be_said(one, answer) or any(
            self._is_other_operation(part, answer) for part in parts
        ):
            return None
        return Considered(
            kind=one.kind,
            form=one.form,
            answer=answer,
            features={**self._shared, **candidate_features(self._asked, one, answer)},
            says=candidate_to_text(one, answer, self.wording_of),
        )

    def _may_be_said(self, one: Candidate, answer: Answer) -> bool:
        """Tell whether an answer tells all that is asked, proved, and nothing told before."""
        case = self._case
        if leaves_out(case.question, answer, self._asked.facts, case.whereabouts, case.base):
            return False
        if unproved(answer, case.question.words) or quotes_blank(one, answer):
            return False
        if is_of_topic_apart(case.question, answer) or case.tells_again(answer):
            return False
        if isinstance(one.form, Passage) and leaves_kind(asking_parts(self._asked.wording), answer):
            return False
        return not self._is_of_other_years(one, answer)

    def _is_other_operation(self, form: Form, answer: Answer) -> bool:
        """Tell whether a form reckons what nobody asks for."""
        words = self._case.asked_words
        if isinstance(form, Compare | Difference) and is_one_amount(form, answer):
            return find_sign("same", words) is None  # 收入和支出一样吗
        if isinstance(form, Rank):
            known = (self._asked.facts.get(figure.fact or "") for figure in answer.figures)
            return ranks_unlisted(words, [fact.measure for fact in known if fact])
        if isinstance(form, Compare):
            return not compares(words, form)  # which is more does not say what each of them is
        if isinstance(form, Ratio) and form.manner == "share":
            return is_share_of_another(words, form)
        if isinstance(form, Ratio) and form.manner == "per":
            said = "".join(ask.words for ask in self._case.question.asks)
            return bool(PATTERNS["amount"].search(said)) and not self._names(form.part)
        if isinstance(form, Lookup) and any(figure.formula for figure in answer.figures):
            return not self._names(form.of)  # what is not printed is told of what is named alone
        if not isinstance(form, Growth):
            return False
        # By how much one thing grew is asked, not how two are apart; and the level before is not
        # to be worked back from the very rate that is printed.
        return not names_both(words, form) or bool(BY_A_RATE.search(answer.text))

    def _names(self, of: Select) -> bool:
        """Tell whether a message, or the talk before, names what a query is of."""
        question = self._case.question
        if any(of.concept.measure in (*ask.terms, *ask.said) for ask in question.asks):
            return True
        names = (of.concept.measure, of.concept.facet, *of.concept.within)
        said = fold(f"{self._case.words_before} {question.words}")
        return any(coverage(fold(name), said) >= HINTED for name in names if name)

    def _is_of_other_years(self, one: Candidate, answer: Answer) -> bool:
        if not isinstance(one.form, Passage):
            return False
        quote = " ".join(cited.quote for cited in answer.citations)
        years, year = self._case.question.years, self._case.report(one.form.report).year
        return is_silent_on(years, quote, year) or tells_of_others(years, quote, answer)

    def _answer(self, form: Form) -> Answer | None:
        if isinstance(form, Passage):
            return passage_to_answer(form, self._holdings, self._rank)
        if isinstance(form, Together):
            parts = [answer for part in form.parts if (answer := self._answer(part))]
            told = len(parts) == len(form.parts) and all(a.status == "answered" for a in parts)
            return join_answers(parts) if told else None
        result = run(form, self._case.facts)
        return compose(form, result, self._holdings) if isinstance(result, Result) else None


def figure_key(fact: Fact) -> tuple[object, ...]:
    """Return what a figure is of, alike for each place where it is printed."""
    return (key_of(fact), fact.aspect, fact.year, fact.organisation, fact.level)


def leaves_kind(parts: Iterable[str], answer: Answer) -> bool:
    """Tell whether one of several questions wants a score, a rate or money, and none is told."""
    told = {unit_kind(figure.unit) for figure in answer.figures}
    wanted = (KIND_OF.get(text_to_kind(part) or "") for part in parts)
    return any(kind is not None and kind not in told for kind in wanted)


def is_one_amount(form: Compare | Difference, answer: Answer) -> bool:
    """Tell whether two names of one amount are held against each other: 补贴农机, 农机台数."""
    selects = selects_of(form)
    measures, bodies = {one.concept.measure for one in selects}, {one.who for one in selects}
    if len(measures) == 1 or len(bodies) > 1:
        return False
    reckoned = [Decimal(figure.value) for figure in answer.figures if figure.formula]
    if reckoned:
        return not any(reckoned)
    return len({Decimal(figure.value) for figure in answer.figures}) == 1


def compares(words: str, form: Compare) -> bool:
    """Tell whether words ask which is more, by more than the name of what is held up: 压减资金."""
    concepts = [select.concept for select in form.parts]
    names = "".join(name for one in concepts for name in (one.measure, one.facet, *one.within))
    return any(sign[0] not in names for sign in find_signs("compares", words))


def is_share_of_another(words: str, form: Ratio) -> bool:
    """Tell whether words name another whole behind 占, or name ahead of it what is the whole here.

    占比多少 names no whole: it stands ahead (基本支出里发给人的占多少).
    """
    said = WHOLE_SAID.search(words)
    if said is None or len(said["whole"]) < LEAST_NAMED:
        return False
    part, whole = (fold(one.concept.measure) for one in (form.part, form.whole))
    ahead, behind = fold(words[: said.start()]), fold(said["whole"])
    turned = coverage(whole, ahead) >= NAMED > coverage(part, ahead)
    return turned or coverage(whole, behind) < SHARED_NAME


def ranks_unlisted(words: str, measures: Sequence[str]) -> bool:
    """Tell whether of things that words list some are ranked with others: 甲县、乙县里谁多."""
    said = [fold(measure) in fold(words) for measure in measures]
    return LISTED in words and sum(said) >= PAIR and not all(said)


def names_both(words: str, form: Growth) -> bool:
    """Tell whether the two things of a growth are one, or each is named."""
    names = {form.new.concept.measure, form.old.concept.measure}
    return len(names) == 1 or all(coverage(fold(one), fold(words)) >= NAMED for one in names)


def quotes_blank(one: Candidate, answer: Answer) -> bool:
    """Tell whether a passage holds what a form left to be filled in: 支出XX万元."""
    if not isinstance(one.form, Passage):
        return False
    return any(BLANK.search("".join(cited.quote.split())) for cited in answer.citations)


def is_silent_on(years: Sequence[int], quote: str, told_of: int | None) -> bool:
    """Tell whether a passage of a report later than the years asked for says nothing of them."""
    if not years or told_of is None or told_of <= max(years):
        return False
    return not any(str(year) in quote for year in years) and not YEAR_BEFORE.search(quote)


def tells_of_others(years: Sequence[int], quote: str, answer: Answer) -> bool:
    """Tell whether all figures of a passage are of other years than those asked for."""
    told = {figure.year for figure in answer.figures if figure.year}
    said = any(str(year) in quote for year in years)
    return bool(years and told) and told.isdisjoint(years) and not said
