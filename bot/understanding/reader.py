"""The reader: from a message and what the rules make of it to ranked answers, and a decision.

Everything that was considered is kept, so that `wenshu ask --explain` can print it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.parsing.annotations import blanked, mark_text
from bot.parsing.grammar import find_sign, load_cues
from bot.parsing.parser import words_to_plain_text
from bot.query.retrieval.scope import Case
from bot.types import Answer, Memory
from bot.understanding.advice.prompt import Offer, to_offer
from bot.understanding.advice.reading import Advice, Adviser, advice_to_candidate
from bot.understanding.candidates import STATED, Slots, candidates, reckoning
from bot.understanding.execution import Considered, Execution
from bot.understanding.features import (
    Asked,
    question_features,
    rules_features,
    without_reader,
)
from bot.understanding.fitting.fitting import Fitting
from bot.understanding.found import Recalled
from bot.understanding.question_text import SHORTEST, marks_to_wording, message_to_pieces
from bot.understanding.recall import asking_parts, recall
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Fact
from index.encoder.operations import asked_for
from index.library import Library

FOLLOWS = "→"  # between the message before and this one, as the reader learned it
LONGEST = 120  # characters of a message that the reader sees
LEAST = 0.3
# What words of a message promise, as the operation that it is, and how likely that is at least.
PROMISED = {"和": "sum", "占比": "share", "幅度": "growth", "差额": "difference", "平均": "per"}
TRIED = 0.2
PATTERNS = patterns("questions.reader")
HOW_MANY = PATTERNS["how_many"]


@dataclass(frozen=True)
class Understood:
    """All that was considered for a message, the most probable first."""

    wording: str
    text: str = ""  # with the message before it, as the reader sees both
    asked: Asked | None = None
    considered: tuple[Considered, ...] = ()
    certainty: float = 0.0  # that the most probable is right


class Reader:
    """Ranks what a message may mean over one library; where it is not sure, an adviser is asked."""

    def __init__(self, library: Library, adviser: Adviser | None = None) -> None:
        self._library = library
        self.adviser = adviser

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
        operations = asked_for(self._library.operations(vectors[0]))
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
        known, vocabulary = case.loaded.bodies, load_vocabulary()
        text, _ = words_to_plain_text(case.asked_words, known, vocabulary)
        return marks_to_wording(mark_text(text, known, vocabulary, 0), gap)

    def _run(self, case: Case, asked: Asked) -> tuple[Considered, ...]:
        """Execute the candidates; what cannot be executed is not considered."""
        execution, fitting = Execution(case, asked), Fitting(case, asked)
        likely = with_promised(asked.operations, asked.wording)
        made = candidates(asked.recalled, asked.slots, likely, fitting.sieve)
        found = (execution.considered(one) for one in made)
        by_rules = () if asked.rules is None else (execution.of_rules(asked.rules),)
        return (*by_rules, *(one for one in found if one is not None))

    def reckoned(self, case: Case, kind: str, facts: Sequence[Fact]) -> Answer | None:
        """Return what comes of figures that were each asked for, None where it may not be told."""
        asked = _to_asked(case, Recalled(), {}, wording=self.wording(case), rules=None)
        one = reckoning(kind, facts)
        if not Fitting(case, asked).fits(one):
            return None
        found = Execution(case, asked).considered(one)
        return found.answer if found else None

    def offer(self, case: Case, asked: Asked, memory: Memory) -> Offer:
        """Return what a large model may choose from for a message."""
        wording_of = Execution(case, asked).wording_of
        return to_offer(asked, memory.said, case.typed, case.reports, wording_of)

    def advised(self, case: Case, asked: Asked, offer: Offer, advice: Advice) -> Considered | None:
        """Execute what a large model reads in a message, under the rules that hold for all."""
        made = advice_to_candidate(advice, offer.figures, offer.sentences, offer.bodies)
        if made is None or not Fitting(case, asked).fits(made):
            return None
        return Execution(case, asked).considered(made)


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


def with_promised(operations: Mapping[str, float], wording: str) -> Mapping[str, float]:
    """Return the operations, those that words of the message name likely enough to be tried."""
    promises = load_cues().promises
    named = (name for said, name in PROMISED.items() if promises[said].search(wording))
    return {**operations, **{name: max(TRIED, operations.get(name, 0.0)) for name in named}}


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
        least=find_sign("least", case.asked_words) is not None,
    )


def figures_wanted(wording: str, slots: Slots) -> int:
    """Return how many figures a message asks for at least: one for each part or aspect."""
    return max(len(asking_parts(wording)), len(set(slots.aspects) & set(STATED)))
