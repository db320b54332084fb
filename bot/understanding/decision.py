"""The decision: answer, answer and say how it was read, ask back, or refuse."""

from dataclasses import dataclass, replace

from bot.case import Case
from bot.nouns import Answer, Memory
from bot.query.forms import Passage
from bot.understanding.ranking import Ranking, load_ranking
from bot.understanding.reader import Considered, Reader, Understood
from corpus.model.types import Fact

RELATED = 3
LONGEST_LABEL = 24
NEAR_ENOUGH = 0.6  # the cosine of a figure that a refusal may show


@dataclass(frozen=True)
class Decision:
    """What is answered, None for a refusal, and all that was considered."""

    answer: Answer | None
    understood: Understood

    @property
    def nearest(self) -> tuple[Fact, ...]:
        """The figures that the reader found nearest, where they are near at all."""
        near = self.understood.asked.near if self.understood.asked else ()
        return tuple(one.fact for one in near[:RELATED] if one.score >= NEAR_ENOUGH)


def ranked(understood: Understood, ranking: Ranking) -> Understood:
    """Put a probability on each candidate; the most probable comes first."""
    found = [
        replace(one, probability=ranking.probability(one.features)) for one in understood.considered
    ]
    found.sort(key=lambda one: -one.probability)
    chances = [(one.probability, told_by(one.answer)) for one in found]
    certainty = ranking.certainty(chances)
    return replace(understood, considered=tuple(found), certainty=certainty)


def told_by(answer: Answer) -> str:
    """Return what an answer tells, so that two that tell the same can be known."""
    if answer.status == "clarify":
        return "clarify"
    if answer.figures:
        first = answer.figures[0]
        return f"{first.value}{first.unit}"
    return answer.citations[0].quote[:40] if answer.citations else answer.text[:40]


def decide(reader: Reader, case: Case, memory: Memory, rules: Answer | None) -> Decision:
    """Choose what is answered to a message; what the rules are sure of needs no encoder."""
    if rules is not None and rules.status == "answered":
        alone = load_ranking("rules")
        if alone.probability(reader.by_rules(case, memory, rules)) >= alone.sure:
            return Decision(answer=rules, understood=Understood(wording=reader.wording(case)))
    ranking = load_ranking()
    understood = ranked(reader.consider(case, memory, rules), ranking)
    best = understood.considered[0] if understood.considered else None
    if best is None or understood.certainty < ranking.fair:
        return Decision(answer=None, understood=understood)
    answer = best.answer
    if understood.certainty < ranking.sure and (note := reading_note(best)):
        answer = answer.model_copy(update={"text": note + answer.text})
    return Decision(answer=answer, understood=understood)


def reading_note(chosen: Considered) -> str:
    """Return how a message was read, where that is not said by the answer itself."""
    if isinstance(chosen.form, Passage):
        return "报告里相关的原文："
    if chosen.form is None or chosen.answer.status != "answered" or not chosen.answer.figures:
        return ""
    label = chosen.answer.figures[0].label
    return f"按“{label}”理解：" if label and len(label) <= LONGEST_LABEL else ""
