"""Turns of phrase that say a figure's subject beside its own clause. Only wording, no state.

"由88人增加到112人" holds two figures of one thing; "执行率偏低，仅87%" and "结转下年实施" are told
by the words around them.
"""

from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun

PATTERNS = patterns("entities.comparison_phrases")
ORIGIN, RESULT, _MOVES_TO = PATTERNS["origin"], PATTERNS["result"], PATTERNS["moves_to"]
_OTHER_CHANGE = PATTERNS["other_change"]
BEFORE_CHANGE = "变化前"
JUDGED, _BLANK, CARRIED = PATTERNS["judged"], PATTERNS["blank"], PATTERNS["carried"]


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
