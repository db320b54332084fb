"""The decision: answer, answer and say how it was read, ask back, or refuse."""

from dataclasses import dataclass, replace

from bot.case import Case
from bot.nouns import Answer, Memory
from bot.understanding.ranking import Ranking, load_ranking
from bot.understanding.reader import Reader, Understood


@dataclass(frozen=True)
class Decision:
    """What is answered, None for a refusal, and all that was considered."""

    answer: Answer | None
    understood: Understood


def ranked(understood: Understood, ranking: Ranking) -> Understood:
    """Put a probability on each candidate; the most probable comes first."""
    found = [
        replace(one, probability=ranking.probability(one.features)) for one in understood.considered
    ]
    found.sort(key=lambda one: -one.probability)
    return replace(understood, considered=tuple(found))


def decide(reader: Reader, case: Case, memory: Memory, rules: Answer | None) -> Decision:
    """Choose what is answered to a message; what the rules are sure of needs no encoder."""
    if rules is not None and rules.status == "answered":
        alone = load_ranking("rules")
        if alone.probability(reader.by_rules(case, memory, rules)) >= alone.sure:
            return Decision(answer=rules, understood=Understood(wording=reader.wording(case)))
    ranking = load_ranking()
    understood = ranked(reader.consider(case, memory, rules), ranking)
    best = understood.considered[0] if understood.considered else None
    if best is None or best.probability < ranking.fair:
        return Decision(answer=None, understood=understood)
    return Decision(answer=best.answer, understood=understood)
