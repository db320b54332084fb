"""A text without white space cut up once: sentences, clauses, figures, lists after 分别, years.

No meaning here. A sentence ends at 。！？； save inside a bracket or a quotation that closes again
soon. Clauses are the stretches between ，；：。 and 、 that hold a figure each, or words alone; one
inside a bracket that holds figures of its own is a clause too. "分别" gives each of the things that
were named before a figure, in their order: "会议费、培训费分别为2万元、3万元". What the words after
it say is said of every figure of the list, unless one has a change of its own: 分别增长5%、下降3%.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.entities.comparisons import COMPARISON, YEAR_WORDS
from corpus.entities.quantities import Amount, amounts_in
from corpus.entities.years import QUOTED, YearMention, said_years
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun

ENDS = "。！？；"
PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "【": "】", "〔": "〕", "「": "」"}
LONGEST_PAIR = 60  # a bracket that stays open longer was never closed by whoever typed it
SENTENCE_END = re.compile(f"[{ENDS}]")
BREAKS = ENDS + "，,：:"
PATTERNS = patterns("structure.segmentation")
AGES = PATTERNS["ages"]
MARKER = PATTERNS["marker"]
ONE_IS = PATTERNS["one_is"]
LIMIT = PATTERNS["limit"]
AFTER_FIGURE = PATTERNS["after_figure"]
MONEY_WORDS = PATTERNS["money_words"]
SCORE_WORDS = PATTERNS["score_words"]
AFTER_SCORE = re.compile(r"[，。；、（）]|$")
POINTS = "分"
AFTER_BARE = re.compile(r"[，。；、）]|$")
NO_UNIT = "（原文未印单位）"
FIGURES = frozenset({"money", "percent", "points", "people", "count", "score", "area"})
# Days of a month, weeks and ranks name a thing and count nothing.
NAMING = frozenset({"日", "周", "月", "周年", "级", "届"})
# The ends of a range; 由5万元到8万元 tells of two figures.
RANGE_BEFORE = PATTERNS["range_before"]
RANGE_AFTER = PATTERNS["range_after"]
FROM = PATTERNS["from"]
# A time is a figure where its phrase ends with it: 停工38天，but not 15分钟生活圈.
LASTING = frozenset({"小时", "分钟", "天"})
# In words, only what is spent or who and what is counted by the piece: not 八项规定, 四个意识.
IN_WORDS = frozenset({"人", "名", "人次", "家", "户", "次", "场", "场次", "批次", "辆", "台", "件"})
EACH = PATTERNS["each"]
GAP = PATTERNS["gap"]
EACH_CUT = re.compile(rf"[{ENDS}，：（）]")
BETWEEN = PATTERNS["between"]
EACH_OPENING = PATTERNS["each_opening"]
GOES_ON = PATTERNS["goes_on"]
COUNTED = PATTERNS["counted"]


class Clause(Noun):
    """A stretch of a text, its figures, and the mark that stands before it ("" at the start).

    `marked` where it is an item of a list: its number or 一是 stands before it. `close` is where
    its sentence or group of clauses ends.
    """

    start: int
    end: int
    text: str
    opener: str
    marked: bool
    close: int
    amounts: tuple[Amount, ...]


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


class Annotated(NamedTuple):
    """A text with what is found in it once and read again and again; offsets are in the text."""

    text: str
    years: Sequence[YearMention]
    amounts: tuple[Amount, ...]
    clauses: tuple[Clause, ...]
    each: Mapping[int, Each]


def annotate(text: str, this_year: int | None) -> Annotated:
    """Find the figures of a text, its clauses and lists, and the years that figures can be of."""
    amounts = text_to_amounts(text)
    return Annotated(
        text=text,
        years=said_years(text, this_year),
        amounts=amounts,
        clauses=text_to_clauses(text, amounts),
        each=text_to_each(text, amounts),
    )


def text_to_shelter(text: str) -> tuple[bool, ...]:
    """Tell for each character whether it stands inside a bracket or a quotation that closes."""
    inside = [False] * len(text)
    place = 0
    while place < len(text):
        close = PAIRS.get(text[place])
        end = text.find(close, place, place + LONGEST_PAIR) if close else -1
        if end < 0:
            place += 1
            continue
        for within in range(place, end + 1):
            inside[within] = True
        place = end + 1
    return tuple(inside)


def text_to_sentence_cuts(text: str, *, ends: str = ENDS) -> tuple[tuple[int, int], ...]:
    """Return the [start, end) of each sentence of a text without white space."""
    inside = text_to_shelter(text)
    cuts: list[tuple[int, int]] = []
    start = 0
    for place, char in enumerate(text):
        if char in ends and not inside[place]:
            cuts.append((start, place + 1))
            start = place + 1
    if start < len(text):
        cuts.append((start, len(text)))
    return tuple(cuts)


def text_to_amounts(text: str) -> tuple[Amount, ...]:
    """Return the figures of a text: no dates, numbers of documents or lists, limits or names."""
    names = (QUOTED, MARKER, AGES)
    barred = [match.span() for pattern in names for match in pattern.finditer(text)]
    return tuple(
        amount
        for amount in lend_units(text, amounts_in(text))
        if amount.kind in FIGURES
        and amount.unit not in NAMING
        and not is_named_after(text, amount)
        and not is_limit(text, amount)
        and not is_talk(amount)
        and not is_range_end(text, amount)
        and not any(start < amount.end and amount.start < end for start, end in barred)
    )


def lend_units(text: str, amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Give money that was printed without its unit that of the money before it in its sentence."""
    lent = []
    money: Amount | None = None
    for amount in amounts:
        if amount.kind == "money":
            money = amount
        elif money and "。" in text[money.end : amount.start]:
            money = None
        if money and amount.kind == "plain" and is_unitless_money(text, amount):
            update = {"unit": money.unit, "kind": "money", "vague": NO_UNIT}
            amount = amount.model_copy(update=update)
        elif amount.kind == "plain" and is_unitless_score(text, amount):
            amount = amount.model_copy(update={"unit": POINTS, "kind": "score"})
        lent.append(amount)
    return tuple(lent)


def is_unitless_score(text: str, amount: Amount) -> bool:
    """Tell whether a bare number stands as what was scored: 自评得分94.6."""
    scored = SCORE_WORDS.search(text, 0, amount.start)
    return bool(scored) and bool(AFTER_SCORE.match(text, amount.end))


def is_unitless_money(text: str, amount: Amount) -> bool:
    """Tell whether a bare number with decimals stands as the money of the words before it."""
    before = text[: amount.start]
    return (
        "." in amount.printed
        and bool(MONEY_WORDS.search(before))
        and bool(AFTER_BARE.match(text, amount.end))
    )


def is_named_after(text: str, amount: Amount) -> bool:
    """Tell whether a time stands in the name of a thing and is no figure."""
    return amount.unit in LASTING and not AFTER_FIGURE.match(text, amount.end)


def is_limit(text: str, amount: Amount) -> bool:
    """Tell whether an amount is a limit inside a name and no figure."""
    limit = LIMIT.match(text, amount.number_end + len(amount.unit))
    return bool(limit) and not AFTER_FIGURE.match(text, limit.end() if limit else 0)


def is_range_end(text: str, amount: Amount) -> bool:
    """Tell whether a figure is one end of a range, which is no figure: 800-1200元, 90%至95%."""
    if before := RANGE_BEFORE.search(text, 0, amount.number_start):
        return not FROM.search(text, 0, before.start())
    after = RANGE_AFTER.match(text, amount.end)
    return bool(after) and not FROM.search(text, 0, amount.start)


def is_talk(amount: Amount) -> bool:
    """Tell whether a count in Chinese numerals is a manner of speaking."""
    return (
        amount.kind in ("people", "count")
        and not re.search(r"\d", amount.printed)
        and amount.unit not in IN_WORDS
    )


def text_to_clauses(text: str, amounts: tuple[Amount, ...]) -> tuple[Clause, ...]:
    """Cut a text without white space into its clauses, in reading order, with its figures."""
    marked = {match.end(): match.start() for match in MARKER.finditer(text)}
    cuts = sorted({0, len(text), *marked, *clause_cuts(text, amounts)})
    clauses: list[Clause] = []
    for start, end in pairwise(cuts):
        inner = text[start:end].rstrip(BREAKS + "、（")
        if inner.strip("）") and not MARKER.fullmatch(text, start, end):
            clauses.append(
                Clause(
                    start=start,
                    end=start + len(inner),
                    text=inner,
                    opener=text[before - 1] if (before := marked.get(start, start)) else "",
                    marked=start in marked or bool(ONE_IS.match(text, start)),
                    close=sentence_close(text, start),
                    amounts=tuple(a for a in amounts if start <= a.start and a.end <= end),
                )
            )
    return tuple(clauses)


def clause_cuts(text: str, amounts: tuple[Amount, ...]) -> set[int]:
    """Return where clauses start: after a mark outside brackets, and around brackets of figures."""
    inside = list(text_to_shelter(text))
    cuts: set[int] = set()
    for match in re.finditer(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）", text):
        if any(match.start() < a.start and a.end < match.end() for a in amounts):
            cuts |= {match.start() + 1, match.end()}
            inside[match.start() : match.end()] = text_to_shelter(
                " " + text[match.start() + 1 : match.end() - 1] + " "
            )
    after = {bracket_end(text, amount.end) for amount in amounts}
    for place, char in enumerate(text):
        ends = char in BREAKS and not (char == "," and text[place - 1 : place].isdigit())
        if not inside[place] and (ends or (char == "、" and place in after)):
            cuts.add(place + 1)
    return cuts


def bracket_end(text: str, place: int) -> int:
    """Return the place after a bracket that follows at `place`, or `place` itself."""
    match = re.match(r"（[^（）]{0,20}）", text[place:])
    return place + match.end() if match else place


def sentence_close(text: str, place: int) -> int:
    """Return where the sentence or the group of clauses ends that `place` stands in."""
    found = SENTENCE_END.search(text, place)
    return found.start() if found else len(text)


def bracket_close(text: str, place: int) -> int:
    """Return where the bracket closes that `place` stands in."""
    depth = 1
    for at in range(place, len(text)):
        depth += {"（": 1, "）": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)


def text_to_each(text: str, amounts: Sequence[Amount]) -> dict[int, Each]:
    """Return the figures that stand in a list after 分别, by where each of them starts."""
    found: dict[int, Each] = {}
    for match in EACH.finditer(text):
        run = list(run_after(text, match.end(), amounts))
        if len(run) < 2:
            continue
        cuts = [cut.end() for cut in EACH_CUT.finditer(text, 0, match.start())]
        start = max(cuts, default=0)
        opening = EACH_OPENING.match(text[start : match.start()])
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
    if not later or EACH_CUT.search(text[place : later[0].start].replace("：", "")):
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
