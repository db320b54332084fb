"""Judging: the few likeliest candidates by cheap features, then those by the joint scorer as well.

The joint scorer reads the question and what a candidate says together; what it finds becomes
features beside the others, and a second model tells how likely each candidate is right. How certain
the best of them is, a third one tells from what speaks for it and from its rivals; that and the
chance of the best count alike, with those that tell the same amount and against the next rival.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from bot.query.reckoned import told_amount
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
# What weighs how much in the log odds of certainty, and what takes their sum back to a probability.
# Chosen on the validation sets, as the thresholds are: tables print one amount in many places.
ALLIES, MOST_ALLIES, RIVAL = 0.5, 3.0, 0.3
SLOPE, SHIFT = 0.5, -0.4
LEAST = 1e-3  # of a chance whose odds are taken
# Kinds that tell an amount among others, and how far apart two roundings of one may be.
PROSE = ("passage", "section")
TELLS_SEVERAL = (OF_RULES, "several", *PROSE)
MARK = re.compile(r"^· |\[\d+\]", re.MULTILINE)
SAME = Decimal("0.00006")
Scorer = Callable[[Sequence[Sequence[str]]], Sequence[float]]


def judge(understood: Understood, scorer: Scorer) -> Understood:
    """Put a probability on the likeliest candidates, the most probable first."""
    likely = shortlist(understood.considered)
    ranking = load_ranking()
    scores = scorer([pair(understood.text, one.says) for one in likely]) if likely else ()
    told = told_of(likely)
    rows = joint_features(told, [one.probability for one in likely], scores)
    features = [{**one.features, **row} for one, row in zip(likely, rows, strict=True)]
    found = [
        replace(one, features=own, probability=chance)
        for one, own, chance in zip(likely, features, ranking.probabilities(features), strict=True)
    ]
    found.sort(key=lambda one: -one.probability)
    return replace(understood, considered=tuple(found), certainty=certainty_of(found))


def certainty_of(found: Sequence[Considered]) -> float:
    """Return how certain the best of some candidates is right, the most probable first."""
    if not found:
        return 0.0
    judged = [
        Judged(one.probability, told, one.kind, one.features)
        for one, told in zip(found, told_of(found), strict=True)
    ]
    alone = load_ranking("certainty").probability(certainty_features(judged))
    best, *others = found
    alike = [tells_alike(best, one) for one in others]
    rival = max(
        (one.probability for one, own in zip(others, alike, strict=True) if not own), default=0.0
    )
    allied = sum(one.probability for one, own in zip(others, alike, strict=True) if own)
    return blended(alone, best.probability, allied=allied, rival=rival)


def blended(alone: float, best: float, *, allied: float, rival: float) -> float:
    """Return a certainty from the model's own, the chance of the best, its allies and its rival."""
    odds = log_odds(alone) + log_odds(best) - RIVAL * log_odds(rival)
    odds += ALLIES * min(allied, MOST_ALLIES)
    return 1 / (1 + math.exp(-(SLOPE * odds + SHIFT)))


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a chance, which is never quite 0 or 1."""
    held = min(max(chance, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))


def tells_alike(best: Considered, other: Considered) -> bool:
    """Tell whether another candidate tells the amount of the best: 0.2亿元 as 2,000.00万元."""
    if len(set(told_of((best, other)))) == 1:
        return True
    mine, its = amounts_of(best.answer), amounts_of(other.answer)
    if not mine or not its:
        return False
    among = its if other.kind in TELLS_SEVERAL else its[:1]
    if any(is_same(mine[0], one) for one in among):
        return True
    return best.kind in PROSE and any(is_same(its[0], one) for one in mine)


def amounts_of(answer: Answer) -> list[tuple[Decimal, str]]:
    """Return the figures of an answer as amounts: money in 元, the rest by its counter."""
    return [told_amount(one) for one in answer.figures] if answer.status == "answered" else []


def is_same(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> bool:
    """Tell whether two amounts are the same but for rounding."""
    apart = abs(one[0] - other[0])
    return one[1] == other[1] and apart <= SAME * max(abs(one[0]), abs(other[0]))


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
    """Return the candidates that are likeliest by what is cheap to know, the likeliest first.

    What the rules answer, who read every word, is always among them.
    """
    ranking = load_ranking("shortlist")
    chances = ranking.probabilities([one.features for one in considered])
    found = [
        replace(one, probability=chance) for one, chance in zip(considered, chances, strict=True)
    ]
    found.sort(key=lambda one: -one.probability)
    rules = [one for one in found[READ:] if one.kind == OF_RULES]
    return [*found[: READ - len(rules)], *rules]


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


def told_of(found: Sequence[Considered]) -> list[str]:
    """Return what each of some candidates tells; those that say the same words tell the same.

    A clause that is read aloud says all its figures, whichever of them a candidate is of.
    """
    by_words: dict[str, str] = {}
    return [
        by_words.setdefault(MARK.sub("", one.answer.text), told_by(one.answer)) for one in found
    ]


def told_by(answer: Answer) -> str:
    """Return what an answer tells, so that two that tell the same can be known."""
    if answer.status == "clarify":
        return "clarify"
    if answer.figures:
        first = answer.figures[0]
        return f"{first.value}{first.unit}"
    return answer.citations[0].quote[:40] if answer.citations else answer.text[:40]
