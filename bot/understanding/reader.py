"""The reader: from a message and what the rules make of it to ranked answers, and a decision.

Everything that was considered is kept, so that `wenshu ask --explain` can print it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.answering.composer import Holdings, compose, passage_to_answer
from bot.case import Case
from bot.guard import unproved
from bot.marks import mark_text
from bot.match import is_of_budget_asked
from bot.nouns import Answer, Memory
from bot.query.executor import run
from bot.query.forms import Form, Passage, selects_of
from bot.query.values import Result
from bot.quoting import in_years
from bot.understand import words_to_plain_text
from bot.understanding.candidates import (
    STATED,
    Candidate,
    Near,
    NearPassage,
    Slots,
    candidates,
    each_part,
    nearest,
)
from bot.understanding.features import (
    Asked,
    candidate_features,
    question_features,
    rules_features,
    without_reader,
)
from bot.understanding.form_text import WordingOf, answer_to_text, candidate_to_text
from bot.understanding.question_text import marks_to_wording
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Aspect, Fact
from index.library import Library
from index.wordings.wording import fact_to_wording, offset_in_quote

if TYPE_CHECKING:
    from index.wordings.table import Scored  # which loads faiss

FOLLOWS = "→"  # between the message before and this one, as the reader learned it
NEAR = 60  # figures that are looked at
LONGEST = 120  # characters of a message that the reader sees
LEAST = 0.3
BREAK = re.compile(r"[，,；;。？?！!]|还有|以及|另外")
ASKS = re.compile(r"多少|几[个名家次人批辆台场项处件]|好多|幾|呢$|咋样|怎么样|为[什啥何]|哪")
MOST_PARTS = 4
CARRIED_OUT: frozenset[Aspect] = frozenset({"决算", "执行数"})
LED = 3  # sentences whose sections are considered as a whole
SEVERAL = 2  # paragraphs that make a section
LONGEST_SECTION = 1200


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
        vector = self._library.read_question(text[-LONGEST:])
        operations = self._library.operations(vector)
        reports = [report.id for report in case.reports]
        scored = self._library.wordings(vector, reports, least=LEAST)
        parts = [
            self._library.wordings(self._library.read_question(part), reports, least=LEAST)
            for part in asking_parts(wording)
        ]
        asked = _to_asked(case, scored, operations, wording=wording, rules=rules)
        asked = replace(asked, follows=bool(memory.said), parts=_best_of_parts(asked, parts))
        return Understood(
            wording=wording, text=text, asked=asked, considered=self._run(case, asked)
        )

    def by_rules(
        self, case: Case, memory: Memory, rules: Answer, wording: str
    ) -> Mapping[str, float]:
        """Return the features of what the rules answer, before anything is encoded."""
        asked = _to_asked(case, (), {}, wording=wording, rules=rules)
        asked = replace(asked, follows=bool(memory.said))
        return without_reader(question_features(asked) | rules_features(asked, rules))

    def wording(self, case: Case) -> str:
        """Return what the reader sees of the message by itself."""
        known = tuple(dict.fromkeys(report.organisation for report in case.loaded))
        vocabulary = load_vocabulary()
        text, _ = words_to_plain_text(case.asked_words, known, vocabulary)
        return marks_to_wording(mark_text(text, known, vocabulary, 0))

    def _run(self, case: Case, asked: Asked) -> tuple[Considered, ...]:
        """Execute the candidates; what cannot be executed is not considered."""
        made = candidates(
            asked.near,
            asked.wide,
            (asked.passages, asked.sections),
            asked.slots,
            asked.operations,
        )
        made = (*made, *each_part(asked.parts))
        shared = question_features(asked)
        holdings = Holdings(
            report_of=case.report,
            facts=case.facts,
            open=case.scope.open,
            both_aspects=not asked.slots.aspects,
        )
        wanted = figures_wanted(asked)
        wording_of = _wording_of(case)
        found = []
        if asked.rules is not None:
            row = shared | rules_features(asked, asked.rules)
            told = [asked.facts.get(one.fact or "") for one in asked.rules.figures]
            says = answer_to_text(asked.rules, [one for one in told if one], wording_of)
            found.append(
                Considered(kind="rules", form=None, answer=asked.rules, features=row, says=says)
            )
        for one in made:
            answer = _answer(one, case, holdings)
            if answer is None or leaves_out(wanted, one, answer):
                continue
            if is_of_another_aspect(asked.slots.aspects, one):
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


def asking_parts(wording: str) -> tuple[str, ...]:
    """Return the parts of a message that each ask for something; none where it asks one thing."""
    pieces = [piece for piece in BREAK.split(wording) if piece]
    asking = [piece for piece in pieces if ASKS.search(piece)]
    return tuple(asking[:MOST_PARTS]) if len(asking) > 1 else ()


def _best_of_parts(asked: Asked, parts: "Sequence[Sequence[Scored]]") -> tuple[Near, ...]:
    """Return the figure nearest to each part of a message, of the years that it names."""
    best: list[Near] = []
    for scored in parts:
        figures = _figures(scored, asked.facts)
        best += nearest(figures[:NEAR], asked.slots.years)[:1]
    return tuple(best) if len(best) == len(parts) else ()


def _figures(scored: "Sequence[Scored]", facts: Mapping[str, Fact]) -> list[tuple[Fact, float]]:
    """Return the figures among what was scored, those of the scope."""
    return [(facts[one.fact], one.score) for one in scored if one.fact and one.fact in facts]


def _to_asked(
    case: Case,
    scored: "Sequence[Scored]",
    operations: Mapping[str, float],
    *,
    wording: str,
    rules: Answer | None,
) -> Asked:
    question = case.question
    slots = Slots(
        years=question.years,
        aspects=question.aspects,
        bodies=question.organisations,
        base=case.base,
    )
    by_id = {fact.id: fact for fact in case.facts}
    figures = [
        (fact, score)
        for fact, score in _figures(scored, by_id)
        if is_of_budget_asked(fact, question.aspects)
    ]
    return Asked(
        question=question,
        wording=wording,
        slots=slots,
        operations=operations,
        near=nearest(figures, question.years)[:NEAR],
        wide=_wide(figures)[:NEAR],
        passages=(passages := _passages(case, scored)),
        sections=tuple(_sections(case, passages[:LED])),
        open=case.scope.open,
        follows=False,
        rules=rules,
        facts=by_id,
        bodies=tuple(dict.fromkeys(report.organisation for report in case.reports)),
    )


def figures_wanted(asked: Asked) -> int:
    """Return how many figures a message asks for at least: one for each part or aspect."""
    aspects = set(asked.slots.aspects) & set(STATED)
    return max(len(asking_parts(asked.wording)), len(aspects))


def leaves_out(wanted: int, candidate: Candidate, answer: Answer) -> bool:
    """Tell whether a look-up tells fewer figures than are asked for."""
    told = {(one.value, one.unit, one.label) for one in answer.figures}
    return candidate.kind == "lookup" and answer.status == "answered" and len(told) < wanted


def is_of_another_aspect(aspects: Sequence[Aspect], candidate: Candidate) -> bool:
    """Tell whether a form takes budgets alone where what was carried out is named: 实际花掉多少.

    As with years, what is named is a filter. A budget that is named is none: it may be what a
    figure is held against (超没超预算).
    """
    if set(aspects) & set(STATED) - CARRIED_OUT or not CARRIED_OUT & set(aspects):
        return False
    taken = {select.aspect for select in selects_of(candidate.form)} & set(STATED)
    return bool(taken) and not taken & CARRIED_OUT


def _answer(candidate: Candidate, case: Case, holdings: Holdings) -> Answer | None:
    if isinstance(candidate.form, Passage):
        return passage_to_answer(candidate.form, holdings)
    result = run(candidate.form, case.facts)
    return compose(candidate.form, result, holdings) if isinstance(result, Result) else None


def _wide(figures: Sequence[tuple[Fact, float]]) -> tuple[Near, ...]:
    return nearest(figures, sorted({fact.year for fact, _ in figures if fact.year}))


def _sections(case: Case, passages: Sequence[NearPassage]) -> Iterator[NearPassage]:
    """Yield the whole sections of the nearest sentences, where they are several paragraphs."""
    seen = set()
    for one in passages:
        report = case.report(one.form.report)
        blocks = [b for b in report.blocks if b.section == one.section and b.kind != "heading"]
        inside = [b for b in blocks if b.span.start <= one.form.start < b.span.end]
        if len(blocks) < SEVERAL or not inside or (report.id, one.section) in seen:
            continue
        seen.add((report.id, one.section))
        start, end = blocks[0].span.start, blocks[-1].span.end
        if end - start <= LONGEST_SECTION:
            form = Passage(report=report.id, start=start, end=end)
            yield replace(one, form=form, text=report.text[start:end])


def _passages(case: Case, scored: "Sequence[Scored]") -> tuple[NearPassage, ...]:
    """Return the sentences of the reports that a question is asked of, best first."""
    reports = {report.id: report for report in case.reports}
    found = []
    for one in scored:
        report = reports.get(one.report)
        if one.fact is not None or report is None:
            continue
        text = report.text[one.start : one.end]
        if not in_years(case, report) and not any(str(y) in text for y in case.question.years):
            continue  # a year that is named is a filter, never a hint
        section = next(
            (b.section for b in report.blocks if b.span.start <= one.start < b.span.end), ()
        )
        found.append(
            NearPassage(
                form=Passage(report=one.report, start=one.start, end=one.end),
                text=text,
                section=section,
                score=one.score,
                organisation=report.organisation,
                level=report.level,
            )
        )
        if len(found) >= 12:
            break
    return tuple(found)
