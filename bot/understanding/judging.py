"""Judging: the few likeliest candidates by cheap features, then those by the joint scorer as well.

The joint scorer reads the question and what a candidate says together; what it finds becomes
features beside the others, and a second model tells how likely each candidate is right. How certain
the best of them is, a third one tells from what speaks for it and from its rivals.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.types import Answer
from bot.understanding.candidates import KINDS
from bot.understanding.execution import Considered
from bot.understanding.features import OF_RULES
from bot.understanding.ranking import load_ranking
from bot.understanding.reader import Understood

READ = 12  # candidates that the joint scorer reads
PROMPT = "query: "  # before a question, as the encoder learned it
LONGEST = 100  # characters of a message that are read
FARTHEST = -10.0  # where there is no rival
# What the best candidate is held against its nearest rival by.
AGAINST_RIVAL = (
    "joint", "score", "aspect", "terms_borne", "clause", "clause_said", "covered", "named", "kind",
    "values", "own_year", "tabled", "cheap", "left_out",
)  # fmt: skip
Scorer = Callable[[Sequence[Sequence[str]]], Sequence[float]]


def judge(understood: Understood, scorer: Scorer) -> Understood:
    """Put a probability on the likeliest candidates, the most probable first."""
    likely = shortlist(understood.considered)
    ranking = load_ranking()
    scores = scorer([pair(understood.text, one.says) for one in likely]) if likely else ()
    told = [told_by(one.answer) for one in likely]
    rows = joint_features(told, [one.probability for one in likely], scores)
    features = [{**one.features, **row} for one, row in zip(likely, rows, strict=True)]
    found = [
        replace(one, features=own, probability=chance)
        for one, own, chance in zip(likely, features, ranking.probabilities(features), strict=True)
    ]
    found.sort(key=lambda one: -one.probability)
    judged = [Judged(one.probability, told_by(one.answer), one.kind, one.features) for one in found]
    certainty = load_ranking("certainty").probability(certainty_features(judged)) if judged else 0.0
    return replace(understood, considered=tuple(found), certainty=certainty)


class Judged(NamedTuple):
    """A candidate with its probability, what it tells, its kind and its features."""

    chance: float
    told: str
    kind: str
    features: Mapping[str, float]


def certainty_features(judged: Sequence[Judged]) -> dict[str, float]:
    """Return what tells how certain the best of some candidates is, the most probable first.

    That others tell the same speaks for it, a rival that tells something else against it.
    """
    best, *others = judged
    allies = [one for one in others if one.told == best.told]
    rivals = [one for one in others if one.told != best.told]
    rival = rivals[0] if rivals else Judged(0.0, "", "", {})
    return {
        **best.features,
        "chance": best.chance,
        "rival": rival.chance,
        "rivals": sum(one.chance for one in rivals[1:4]),
        "allies": sum(one.chance for one in allies),
        "allied": float(len(allies)),
        "allied_kinds": float(len({one.kind for one in allies})),
        "told_apart": float(len({one.told for one in judged})),
        **{
            f"over_{name}": best.features.get(name, 0.0) - rival.features.get(name, 0.0)
            for name in AGAINST_RIVAL
        },
        **{f"rival_{kind}": float(rival.kind == kind) for kind in (*KINDS, OF_RULES)},
    }


def shortlist(considered: Sequence[Considered]) -> list[Considered]:
    """Return the candidates that are likeliest by what is cheap to know, the likeliest first."""
    ranking = load_ranking("shortlist")
    chances = ranking.probabilities([one.features for one in considered])
    found = [
        replace(one, probability=chance) for one, chance in zip(considered, chances, strict=True)
    ]
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
