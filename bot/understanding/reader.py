"""The reader: from a message and what the rules make of it to ranked answers, and a decision.

Everything that was considered is kept, so that `wenshu ask --explain` can print it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.answering.composer import Holdings, compose, passage_to_answer
from bot.evidence.named_slots import leaves_out
from bot.parsing.annotations import blanked, mark_text
from bot.parsing.parser import words_to_plain_text
from bot.presentation.digit_guard import unproved
from bot.query.executor import run
from bot.query.forms import Form, Passage, selects_of
from bot.query.retrieval.scope import Case
from bot.query.values import Result
from bot.types import Answer, Memory
from bot.understanding.candidates import STATED, Candidate, Recalled, Slots, candidates
from bot.understanding.features import (
    Asked,
    candidate_features,
    question_features,
    rules_features,
    without_reader,
)
from bot.understanding.form_text import WordingOf, answer_to_text, candidate_to_text
from bot.understanding.pieces import SHORTEST, message_to_pieces
from bot.understanding.question_text import marks_to_wording
from bot.understanding.recall import asking_parts, recall
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import CARRIED_OUT, Aspect
from index.library import Library
from index.wordings.wording import fact_to_wording, offset_in_quote

FOLLOWS = "→"  # between the message before and this one, as the reader learned it
LONGEST = 120  # characters of a message that the reader sees
LEAST = 0.3
HOW_MANY = re.compile(r"[一二两三四五六七八九十几\d]+[个项样种类笔块家地处年]")


@dataclass(frozen=True)
class Considered:
    """A candidate with the answer that it gives and how likely it is right."""

    kind: str
    form: Form | None
    answer: Answer
    features: Mapping[str, float]
    says: tuple[str, ...] = ()  # the pieces that the joint scorer holds against the question
    probability: float = 0.0


@dataclass(frozen=True)
class Understood:
    """All that was considered for a message, the most probable first."""

    wording: str
    text: str = ""  # with the message before it, as the reader sees both
    asked: Asked | None = None
    considered: tuple[Considered, ...] = ()
    certainty: float = 0.0  # that the most probable is right


class Reader:
    """Ranks what a message may mean over one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def scorer(self, pairs: Sequence[Sequence[str]]) -> Sequence[float]:
        """Return how well candidates answer, each read together with the question."""
        return [float(score) for score in self._library.joint_scores(pairs)]

    def consider(
        self, case: Case, memory: Memory, rules: Answer | None, wording: str
    ) -> Understood:
        """Return the candidates for a message with their answers and features, not yet ranked."""
        text = FOLLOWS.join((memory.said, wording)) if memory.said else wording
        parts, pieces = asking_parts(wording), self._pieces(case, memory, wording)
        texts = (text[-LONGEST:], *parts, *pieces)
        vectors = self._library.read_questions(texts)
        reports = [report.id for report in case.reports]
        scored = [self._library.wordings(one, reports, least=LEAST) for one in vectors]
        recalled = recall(case, scored[0], scored[1 : len(parts) + 1], scored[len(parts) + 1 :])
        operations = self._library.operations(vectors[0])
        asked = _to_asked(case, recalled, operations, wording=wording, rules=rules)
        asked = replace(asked, follows=bool(memory.said))
        return Understood(
            wording=wording, text=text, asked=asked, considered=self._run(case, asked)
        )

    def _pieces(self, case: Case, memory: Memory, wording: str) -> tuple[str, ...]:
        """Return what a message names, and after another one what each of the two does."""
        pieces = message_to_pieces(self._marked(case, gap=" "))
        pieces = tuple(piece for piece in pieces if not says_aspect_alone(piece))
        if not memory.said:
            return pieces
        return (memory.said, *(pieces or (wording,)))

    def by_rules(
        self, case: Case, memory: Memory, rules: Answer, wording: str
    ) -> Mapping[str, float]:
        """Return the features of what the rules answer, before anything is encoded."""
        asked = _to_asked(case, Recalled(), {}, wording=wording, rules=rules)
        asked = replace(asked, follows=bool(memory.said))
        return without_reader(question_features(asked) | rules_features(asked, rules))

    def wanted(self, case: Case, wording: str) -> int:
        """Return how many figures a message asks for at least."""
        return figures_wanted(wording, _to_slots(case))

    def wording(self, case: Case) -> str:
        """Return what the reader sees of the message by itself."""
        return self._marked(case)

    def _marked(self, case: Case, gap: str = "") -> str:
        known = tuple(dict.fromkeys(report.organisation for report in case.loaded))
        vocabulary = load_vocabulary()
        text, _ = words_to_plain_text(case.asked_words, known, vocabulary)
        return marks_to_wording(mark_text(text, known, vocabulary, 0), gap)

    def _run(self, case: Case, asked: Asked) -> tuple[Considered, ...]:
        """Execute the candidates; what cannot be executed is not considered."""
        made = candidates(asked.recalled, asked.slots, asked.operations)
        shared = question_features(asked)
        holdings = Holdings(
            report_of=case.report,
            facts=case.facts,
            open=case.scope.open,
            both_aspects=not asked.slots.aspects,
        )
        wording_of = _wording_of(case)
        found = []
        if asked.rules is not None:
            row = shared | rules_features(asked, asked.rules)
            told = [asked.facts.get(one.fact or "") for one in asked.rules.figures]
            says = answer_to_text(asked.rules, [one for one in told if one], wording_of)
            found.append(
                Considered(kind="rules", form=None, answer=asked.rules, features=row, says=says)
            )
        ranks = {one.fact.id: at for at, one in enumerate(asked.near)}
        for one in made:
            answer = _answer(one, case, holdings, ranks)
            if answer is None or is_of_another_aspect(asked.slots.aspects, one):
                continue
            if leaves_out(case.question, answer, asked.facts):
                continue
            if not unproved(answer, case.question.words):
                row = shared | candidate_features(asked, one, answer)
                says = candidate_to_text(one, answer, wording_of)
                found.append(
                    Considered(kind=one.kind, form=one.form, answer=answer, features=row, says=says)
                )
        return tuple(found)


def _wording_of(case: Case) -> WordingOf:
    return cache(
        lambda fact: fact_to_wording(fact, offset_in_quote(case.report(fact.report), fact))
    )


def _to_asked(
    case: Case,
    recalled: Recalled,
    operations: Mapping[str, float],
    *,
    wording: str,
    rules: Answer | None,
) -> Asked:
    slots = _to_slots(case)
    return Asked(
        question=case.question,
        wording=wording,
        slots=slots,
        operations=operations,
        recalled=recalled,
        open=case.scope.open,
        follows=False,
        rules=rules,
        facts=case.pool.by_id,
        bodies=tuple(dict.fromkeys(report.organisation for report in case.reports)),
        wanted=figures_wanted(wording, slots),
    )


def says_aspect_alone(piece: str) -> bool:
    """Tell whether a piece names an aspect or counts, and names no thing: 年初预算, 四项决算."""
    said = load_vocabulary().aspect_mentions(piece, asked=True)
    left = blanked(piece, [(one.start, one.end) for one in said])
    return len(HOW_MANY.sub("", left.replace("_", ""))) < SHORTEST


def _to_slots(case: Case) -> Slots:
    question = case.question
    return Slots(
        years=question.years,
        aspects=question.aspects,
        bodies=question.organisations,
        base=case.base,
    )


def figures_wanted(wording: str, slots: Slots) -> int:
    """Return how many figures a message asks for at least: one for each part or aspect."""
    return max(len(asking_parts(wording)), len(set(slots.aspects) & set(STATED)))


def is_of_another_aspect(aspects: Sequence[Aspect], candidate: Candidate) -> bool:
    """Tell whether a form takes budgets alone where what was carried out is named: 实际花掉多少.

    As with years, what is named is a filter. A budget that is named is none: it may be what a
    figure is held against (超没超预算).
    """
    if set(aspects) & set(STATED) - {*CARRIED_OUT} or not {*CARRIED_OUT} & set(aspects):
        return False
    taken = {select.aspect for select in selects_of(candidate.form)} & set(STATED)
    return bool(taken) and taken.isdisjoint(CARRIED_OUT)


def _answer(
    candidate: Candidate, case: Case, holdings: Holdings, ranks: Mapping[str, int]
) -> Answer | None:
    if isinstance(candidate.form, Passage):
        return passage_to_answer(candidate.form, holdings, ranks)
    result = run(candidate.form, case.facts)
    return compose(candidate.form, result, holdings) if isinstance(result, Result) else None
