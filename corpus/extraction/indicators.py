"""Indicators in running text: one line that holds target, result, weight and score of a thing.

"病床使用率：目标值≥85%，实际88.4%，分值3分，得3分。" The name stands once, before the first figure;
each figure is told by the label right before it. Tables of indicators are read as tables.
"""

from collections.abc import Sequence

from corpus.entities.quantities import Amount
from corpus.extraction.subject_terms import SCORE as WHOLE
from corpus.extraction.subject_terms import WHOLE_SCORE, strip_ours
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Noun
from corpus.structure.segmentation import text_to_sentence_cuts

PATTERNS = patterns("extraction.indicators")
LEAD = PATTERNS["lead"]
TARGET = PATTERNS["target"]
RESULT = PATTERNS["result"]
RATE = PATTERNS["rate"]
WEIGHT = PATTERNS["weight"]
SCORE = PATTERNS["score"]
NAME = PATTERNS["name"]
PART = PATTERNS["part"]
PART_SCORE = PATTERNS["part_score"]
TARGETED = "目标值"
WEIGHTED = "分值"


class Indicator(Noun):
    """What one figure of an indicator's line is: the thing at [start, end), aspect and label."""

    name: str
    start: int
    end: int
    aspect: Aspect
    facet: str = ""
    said: str = ""
    limit: str = ""


def text_to_indicators(text: str, amounts: Sequence[Amount]) -> dict[int, Indicator]:
    """Return what the figures of indicator lines are, by where each figure starts.

    A sentence is such a line if its first figure is a target and a later one the result.
    """
    found: dict[int, Indicator] = {}
    for start, end in text_to_sentence_cuts(text):
        inside = [amount for amount in amounts if start <= amount.start < end]
        if len(inside) > 1:
            found |= sentence_to_indicators(text, start, inside)
    return found


def sentence_to_indicators(
    text: str, start: int, amounts: Sequence[Amount]
) -> dict[int, Indicator]:
    """Read one sentence; nothing where it is no line of an indicator."""
    lead = LEAD.match(text, start)
    begin = lead.end() if lead else start
    match = NAME.match(text[begin : amounts[0].start])
    if match is None:
        return part_to_indicators(text, begin, amounts)
    name = (begin, begin + match.end("name"))
    place, found, told = name[1], {}, False
    for amount in amounts:
        if indicator := label_to_indicator(text[place : amount.start], amount, name, text):
            found[amount.start] = indicator
            told = told or indicator.said != "" or indicator.aspect == "得分"
        place = amount.end + len(counter_after(text, amount))
    return found if told else {}


def part_to_indicators(text: str, begin: int, amounts: Sequence[Amount]) -> dict[int, Indicator]:
    """Read the heading of a part of an evaluation with its points and its score."""
    full, scored = amounts[:2]
    match = PART.match(text[begin : full.start])
    if match is None or not PART_SCORE.match(text[full.end : scored.start]):
        return {}
    if full.kind != "score" or scored.kind != "score":
        return {}
    end = begin + match.end("name")
    name = part_name(match["name"])
    whole = Indicator(name=name, start=begin, end=end, aspect="其他", facet=WEIGHTED)
    part = whole.model_copy(update={"aspect": "得分", "facet": ""})
    return {full.start: whole, scored.start: part}


def label_to_indicator(
    label: str, amount: Amount, name: tuple[int, int], text: str
) -> Indicator | None:
    """Tell by the label before a figure what it is of the indicator; None for a remark."""
    start, end = name
    aspect: Aspect = "其他"
    facet = said = limit = ""
    if target := TARGET.match(label):
        aspect, facet, limit = amount_aspect(amount, "预算"), TARGETED, target["limit"]
    elif RATE.search(label):
        aspect = "完成率"
    elif WEIGHT.search(label):
        facet = WEIGHTED
    elif SCORE.search(label) and amount.kind == "score":
        aspect = "得分"
    elif result := RESULT.search(label):
        aspect, said = amount_aspect(amount, "决算"), result.group().strip("，；：:、")
    else:
        return None
    return Indicator(
        name=text[start:end],
        start=start,
        end=end,
        aspect=aspect,
        facet=facet,
        said=said,
        limit=limit,
    )


def amount_aspect(amount: Amount, money: Aspect) -> Aspect:
    """Return the aspect of a target or a result by what it is measured in."""
    if amount.kind == "money":
        return money
    return "其他" if amount.kind in ("percent", "points", "score") else "数量"


def counter_after(text: str, amount: Amount) -> str:
    """Return a character that ends the counter of a figure and no label: 次, in 台次."""
    after = text[amount.end : amount.end + 1]
    return after if after and after not in "，。；：:、" else ""


def part_name(words: str) -> str:
    """Return the name of a part of an evaluation, the term where it is all of it."""
    bare = strip_ours(words)
    return WHOLE if WHOLE_SCORE.fullmatch(bare) else bare
