"""Evaluations in running text: lines of indicators, points got and taken off, targets missed.

"病床使用率：目标值≥85%，实际88.4%，分值3分，得3分。" The name stands once, before the first figure;
each figure is told by the label right before it. Tables of indicators are read as tables.
"投入类10分得9分", "满意度未达到95%的目标值扣3分": each figure is told by the words around it.
"""

import re
from collections.abc import Sequence

from corpus.entities.quantities import Amount
from corpus.extraction.subject_terms import SCORE as WHOLE
from corpus.extraction.subject_terms import WHOLE_SCORE, strip_ours
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Noun
from corpus.structure.segmentation import ENDS, text_to_sentence_cuts

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
EVALUATED = PATTERNS["evaluated"]  # what a text with targets or points speaks of
TAKEN = "扣分"
TAKEN_OFF = PATTERNS["taken_off"]
OF_ALL = PATTERNS["of_all"]
SCORED = PATTERNS["scored"]
OUTSIDE = re.compile(r"(?P<name>[^，。；：、（）]{2,})（$")
OUT_OF = PATTERNS["out_of"]
GOT = PATTERNS["got"]
FULL = PATTERNS["full"]
AIM = PATTERNS["aim"]
AIM_BEFORE = PATTERNS["aim_before"]
RATE_BEFORE = PATTERNS["rate_before"]
AIM_AFTER = PATTERNS["aim_after"]
OPENING = PATTERNS["opening"]
GROUPS = re.compile(rf"[{ENDS}：（）]")
CUTS = re.compile(rf"[{ENDS}，：:、（）]")


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
    """Return what the figures of indicators and of points are, by where each figure starts.

    A sentence is an indicator's line if its first figure is a target and a later one the result.
    """
    found = text_to_points(text, amounts)
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


def text_to_points(text: str, amounts: Sequence[Amount]) -> dict[int, Indicator]:
    """Return what the figures of an evaluation's points are, by where each figure starts."""
    found: dict[int, Indicator] = {}
    for at, amount in enumerate(amounts):
        before = amounts[at - 1].end if at else 0
        start = clause_start(text, amount.start)
        if amount.kind == "score":
            found |= points_taken(text, start, amount)
            found |= points_got(text, start, amounts[at : at + 2])
            found |= points_of_full(text, start, amounts[at : at + 2])
        elif amount.kind == "percent" and start >= before:
            found |= target_missed(text, start, amount)
    return found


def clause_start(text: str, place: int) -> int:
    """Return where the words of the clause start that `place` stands in, its opening dropped."""
    start = max((cut.end() for cut in CUTS.finditer(text, 0, place)), default=0)
    opening = OPENING.match(text[start:place])
    return start + (opening.end() if opening else 0)


def points_taken(text: str, start: int, amount: Amount) -> dict[int, Indicator]:
    """Read points taken off, with what they are taken off for: 预算调整率偏高扣2分."""
    taken = TAKEN_OFF.search(text, start, amount.start)
    if taken is None:
        return {}
    end = taken.start()
    if end <= start and not OF_ALL.match(taken[0]):  # 满意度为88%，扣1分
        start = max((cut.end() for cut in GROUPS.finditer(text, 0, end)), default=0)
    name = text[start:end].strip("“”，、") or TAKEN
    facet = "" if name == TAKEN else TAKEN
    return {amount.start: Indicator(name=name, start=start, end=end, aspect="其他", facet=facet)}


def points_got(text: str, start: int, pair: Sequence[Amount]) -> dict[int, Indicator]:
    """Read full marks with the points got right behind them: 投入类10分得9分."""
    full, got = pair[0], pair[-1]
    label = FULL.search(text, start, full.start)
    if len(pair) == 1 or got.kind != "score" or not SCORED.match(text[full.end : got.start]):
        return {}
    end = label.start() if label else full.start
    if outside := OUTSIDE.search(text, 0, start):
        start, end = outside.span("name")
    if end <= start:
        return {}
    whole = Indicator(
        name=part_name(text[start:end]), start=start, end=end, aspect="其他", facet=WEIGHTED
    )
    part = whole.model_copy(update={"aspect": "得分", "facet": ""})
    return {full.start: whole, got.start: part}


def points_of_full(text: str, start: int, pair: Sequence[Amount]) -> dict[int, Indicator]:
    """Read points got with the full marks in a bracket behind them: 产出指标47分（满分50分）."""
    got, full = pair[0], pair[-1]
    if len(pair) == 1 or full.kind != "score" or got.start <= start:
        return {}
    if not OUT_OF.fullmatch(text, got.end, full.start):
        return {}
    name = GOT.sub("", text[start : got.start])
    end = start + len(name)
    part = Indicator(name=name, start=start, end=end, aspect="得分")
    whole = part.model_copy(update={"aspect": "其他", "facet": WEIGHTED})
    return {got.start: part, full.start: whole} if name else {}


def target_missed(text: str, start: int, amount: Amount) -> dict[int, Indicator]:
    """Read a target that was not met: 满意度未达到95%的目标值."""
    aim = AIM.fullmatch(text, start, amount.start)
    stated = AIM_BEFORE.fullmatch(text, start, amount.start)
    if not stated and (aim is None or not AIM_AFTER.match(text, amount.end)):
        return {}
    found = stated or aim
    name, end = (found["name"], found.end("name")) if found else ("", start)
    name = name or rate_before(text, start) or TARGETED
    return {amount.start: Indicator(name=name, start=start, end=end, aspect="其他", facet=TARGETED)}


def rate_before(text: str, start: int) -> str:
    """Return the rate of the clause before, whose target this one states."""
    rate = RATE_BEFORE.search(text, 0, start)
    return rate["name"] if rate else ""
