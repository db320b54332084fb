"""Points of an evaluation in running text: full marks, points got, taken off, and targets missed.

"投入类10分得9分", "满意度未达到95%的目标值扣3分": each figure is told by the words around it.
"""

import re
from collections.abc import Sequence

from corpus.entities.quantities import Amount
from corpus.extraction.indicators import TARGETED, WEIGHTED, Indicator, part_name
from corpus.structure.sentences import ENDS

TAKEN = "扣分"
TAKEN_OFF = re.compile(r"(?:共|合计|累计|总共|各|酌情|予以)?扣(?:减|除|掉)?(?:了|分)?(?:为|：)?$")
OF_ALL = re.compile(r"^(?:本次|此次)?(?:共|合计|累计|总共)")
SCORED = re.compile(r"^[，（）]?(?:实际|自评|评价)?(?:得分?|自评|自评分)(?:为|：)?$")
OUTSIDE = re.compile(r"(?P<name>[^，。；：、（）]{2,})（$")
_MOST = r"(?:满分|分值|总分|权重|标准分)"
OUT_OF = re.compile(rf"[（，](?:本项|该项)?{_MOST}(?:为|：)?")
GOT = re.compile(r"(?:得分?|自评得?分?|评分|实得)(?:为|：)?$")
FULL = re.compile(rf"{_MOST}?(?:为|：|（)?$")
_PLANNED = r"(?:年度|预期|绩效|年初)*"
AIM = re.compile(
    r"(?P<name>[^，。；：、]*?)(?:(?:未|没有?|尚未)(?:能)?(?:达到?|完成|实现)(?:了)?|[均都])$"
)
AIM_BEFORE = re.compile(
    rf"(?P<name>)(?:未达到?|没有达到|不及|低于|小于|高于){_PLANNED}(?:目标|指标)值?(?:的)?"
)
RATE_BEFORE = re.compile(
    r"(?P<name>[^，。；：、\d]{2,}?(?:率|度))(?:仅?为|达到?|仅|是)?\d[\d.]*[%％]，$"
)
AIM_AFTER = re.compile(rf"的?{_PLANNED}(?:目标|指标|预期|要求)值?")
OPENING = re.compile(r"^(?:[一二三四五六七八九十]是|其中[：:]?|主要是?|因|由于|原因是)+")
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
