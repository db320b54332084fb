"""Figures after 分别, one for each of the things that were named before: in their order.

"收入总计9万元，支出总计8万元，分别比上年增加2万元、1万元", "会议费、培训费分别为2万元、3万元".
What the words after 分别 say is said of every figure of the list, unless one has a change of its
own: 分别增长5%、下降3%.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.entities.comparisons import COMPARISON, YEAR_WORDS
from corpus.entities.quantities import Amount
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun
from corpus.structure.sentences import ENDS

PATTERNS = patterns("structure.each_lists")
EACH = PATTERNS["each"]
GAP = PATTERNS["gap"]
CUT = re.compile(rf"[{ENDS}，：（）]")
BETWEEN = PATTERNS["between"]
OPENING = PATTERNS["opening"]
GOES_ON = PATTERNS["goes_on"]
COUNTED = PATTERNS["counted"]


class Each(Noun):
    """One figure of a list after 分别: the words before 分别, what is said of all, its number.

    `head` begins at `start`; it is "" where the things stand in the clauses before. `origin` where
    a second list says what the figures became.
    """

    head: str
    start: int
    lead: str
    own: str
    at: int
    count: int
    origin: bool = False


def text_to_each(text: str, amounts: Sequence[Amount]) -> dict[int, Each]:
    """Return the figures that stand in a list after 分别, by where each of them starts."""
    found: dict[int, Each] = {}
    for match in EACH.finditer(text):
        run = list(run_after(text, match.end(), amounts))
        if len(run) < 2:
            continue
        cuts = [cut.end() for cut in CUT.finditer(text, 0, match.start())]
        start = max(cuts, default=0)
        opening = OPENING.match(text[start : match.start()])
        start += opening.end() if opening else 0
        head = text[start : match.start()]
        lead = head + text[match.end() : run[0][0].start]
        if compared := COMPARISON.search(head + "，"):
            head = head[: compared.start()]
        first = Each(head=head, start=start, lead=lead, own="", at=0, count=len(run))
        again = [amount for amount in amounts if amount.start >= run[-1][0].end][:1]
        on = GOES_ON.fullmatch(text, run[-1][0].end, again[0].start) if again else None
        second = list(run_after(text, again[0].start, amounts)) if on else []
        goes_on = on if len(second) == len(run) else None
        origin = bool(goes_on and goes_on["to"])
        found |= run_to_each(run, first.model_copy(update={"origin": origin}))
        if goes_on:
            lead = goes_on["own"] or ""
            found |= run_to_each(second, first.model_copy(update={"lead": lead}))
    return found


def run_to_each(run: Sequence[tuple[Amount, str]], first: Each) -> dict[int, Each]:
    """Return the figures of one list, numbered, by where each of them starts."""
    return {
        amount.start: first.model_copy(update={"own": own, "at": at})
        for at, (amount, own) in enumerate(run)
    }


def run_after(text: str, place: int, amounts: Sequence[Amount]) -> Iterator[tuple[Amount, str]]:
    """Yield the figures of a list that begins after a place, each with its own change or ""."""
    later = [amount for amount in amounts if amount.start >= place]
    if not later or CUT.search(text[place : later[0].start].replace("：", "")):
        return
    yield later[0], ""
    for before, amount in pairwise(later):
        gap = GAP.fullmatch(text, before.end, amount.start)
        if gap is None or (gap["mark"] == "，" and gap["own"]):
            return
        yield amount, gap["own"] or ""


def head_to_names(head: str, count: int) -> tuple[tuple[str, int], ...]:
    """Return the `count` names that stand before 分别, each with its place in the words, or ()."""
    words = YEAR_WORDS.sub(lambda match: "\0" * len(match[0]), COUNTED.sub("", head))
    parts, place = [], 0
    for mark in BETWEEN.finditer(words):
        parts.append((words[place : mark.start()], place))
        place = mark.end()
    parts.append((words[place:], place))
    kept = tuple((part.strip("\0"), at + len(part) - len(part.lstrip("\0"))) for part, at in parts)
    return kept if len(kept) == count and all(name for name, _ in kept) else ()
