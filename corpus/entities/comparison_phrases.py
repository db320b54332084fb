"""Turns of phrase that say a figure's subject beside its own clause. Only wording, no state.

"由88人增加到112人" holds two figures of one thing; "执行率偏低，仅87%" and "结转下年实施" are told
by the words around them.
"""

import re

from corpus.model.types import Noun

_MOVED = "增加|增长|提高|上升|提升|扩大|调整|减少|下降|降低|压缩|压减|缩短|增|升|降|减"
_EACH = r"(?P<each>每[^，。；：、]{1,4})?"
ORIGIN = re.compile(rf"(?:由|从)(?:(?:原来|原先|上年|去年|(?:19|20)\d\d年)的?)?{_EACH}$")
_TO = rf"^(?:逐步|已|大幅)?(?:{_MOVED})(?:至|到|为)"
_MOVES_TO = re.compile(_TO)
RESULT = re.compile(rf"{_TO}(?:了)?(?:(?:19|20)\d\d年的?)?{_EACH}$")
_OTHER_CHANGE = re.compile(r"^.*(?:增加|增长|减少|提高|降低|上升|下降|增多)(?:以及|和|及|与|、)")
BEFORE_CHANGE = "变化前"
# A rate that is judged before it is printed: 资金执行率偏低，仅87.12%.
JUDGED = re.compile(
    r"^(?P<head>.*(?:率|比例|比重|进度|额|数|量|支出|收入))"
    r"(?:仍|还|均|都)?(?:偏|较|不|过|略|很|比较)[低高少大小足快慢]$"
)
_BLANK = re.compile(r"^(?:仅|只|仅有|只有|为|达|达到|约|是)*$")
CARRIED = re.compile(r"(?:结转|转入|顺延|留|推迟|延续|延)(?:至|到|入)?$")


class Lead(Noun):
    """The words before a figure as they name its subject, where they start, and a facet."""

    words: str
    place: int
    facet: str = ""


def lead_of(words: str, *, place: int, after: str, judged: str, judged_at: int) -> Lead:
    """Return the words before a figure, those of a turn of phrase replaced by what they mean.

    `judged` is the clause before, where that holds no figure.
    """
    if result := RESULT.match(words):
        return Lead(words="", place=place, facet=result["each"] or "")
    if (origin := ORIGIN.search(words)) and _MOVES_TO.match(after):
        head = words[: origin.start()]
        cut = _OTHER_CHANGE.match(head)
        start = cut.end() if cut else len(head) - len(head.lstrip("将把"))
        return Lead(words=head[start:], place=place + start, facet=BEFORE_CHANGE)
    if _BLANK.match(words) and (rated := JUDGED.match(judged)):
        return Lead(words=rated["head"], place=judged_at)
    return Lead(words=words, place=place)
