"""Judging: the few likeliest candidates by cheap features, then those by the joint scorer as well.

The joint scorer reads the question and what a candidate says together; what it finds becomes
features beside the others, and a second model tells how likely each candidate is right.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.types import Answer
from bot.understanding.execution import Considered
from bot.understanding.ranking import load_ranking
from bot.understanding.reader import Understood

READ = 12  # candidates that the joint scorer reads
PROMPT = "query: "  # before a question, as the encoder learned it
LONGEST = 100  # characters of a message that are read
FARTHEST = -10.0  # where there is no rival
Scorer = Callable[[Sequence[Sequence[str]]], Sequence[float]]


def judge(understood: Understood, scorer: Scorer) -> Understood:
    """Put a probability on the likeliest candidates, the most probable first."""
    likely = shortlist(understood.considered)
    ranking = load_ranking()
    scores = scorer([pair(understood.text, one.says) for one in likely]) if likely else ()
    told = [told_by(one.answer) for one in likely]
    rows = joint_features(told, [one.probability for one in likely], scores)
    found = []
    for one, row in zip(likely, rows, strict=True):
        features = {**one.features, **row}
        found.append(replace(one, features=features, probability=ranking.probability(features)))
    found.sort(key=lambda one: -one.probability)
    chances = [(one.probability, told_by(one.answer)) for one in found]
    certainty = ranking.certainty(chances)
    return replace(understood, considered=tuple(found), certainty=certainty)


def shortlist(considered: Sequence[Considered]) -> list[Considered]:
    """Return the candidates that are likeliest by what is cheap to know, the likeliest first."""
    ranking = load_ranking("shortlist")
    found = [replace(one, probability=ranking.probability(one.features)) for one in considered]
    return sorted(found, key=lambda one: -one.probability)[:READ]


def pair(text: str, says: Sequence[str]) -> tuple[str, ...]:
    """Return the pieces that the joint scorer reads: the question and what a candidate says."""
    return (PROMPT + text[-LONGEST:], *says)


def joint_features(
    told: Sequence[str], cheap: Sequence[float], scores: Sequence[float]
) -> Iterator[dict[str, float]]:
    """Yield what the joint scorer found of each candidate and its rivals, as features.

    `told` is what each candidate tells, `cheap` its probability before the scorer read it.
    `joint_told` and `joint_none` are shares of a softmax over all and "no answer", whose score is
    0; candidates that tell the same are one.
    """
    odds = [math.exp(min(score, 50.0)) for score in scores]
    whole = 1.0 + sum(odds)
    shares: defaultdict[str, float] = defaultdict(float)
    for name, own in zip(told, odds, strict=True):
        shares[name] += own / whole
    for name, chance, score in zip(told, cheap, scores, strict=True):
        others = [at for at, other in enumerate(told) if other != name]
        yield {
            "joint": score,
            "joint_gap": score - max((scores[at] for at in others), default=FARTHEST),
            "joint_told": shares[name],
            "joint_none": 1.0 / whole,
            "joint_place": float(sum(other > score for other in scores)),
            "cheap": chance,
            "cheap_gap": chance - max((cheap[at] for at in others), default=0.0),
        }


def told_by(answer: Answer) -> str:
    """Return what an answer tells, so that two that tell the same can be known."""
    if answer.status == "clarify":
        return "clarify"
    if answer.figures:
        first = answer.figures[0]
        return f"{first.value}{first.unit}"
    return answer.citations[0].quote[:40] if answer.citations else answer.text[:40]
