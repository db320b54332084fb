"""Points of an evaluation in running text: full marks, points got, taken off, and targets missed.

"投入类10分得9分", "满意度未达到95%的目标值扣3分": each figure is told by the words around it.
"""

import re
from collections.abc import Sequence

from corpus.entities.quantities import Amount
from corpus.extraction.indicators import TARGETED, WEIGHTED, Indicator, part_name
from corpus.lexicon.grammar import patterns
from corpus.structure.segmentation import ENDS

TAKEN = "扣分"
PATTERNS = patterns("extraction.evaluation_scores")
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
