"""Clauses of a text: the stretches between ，；：。 and 、 that hold a figure each, or words alone.

No meaning here. A clause inside a bracket that holds figures of its own is a clause too.
"""

import re
from itertools import pairwise

from corpus.entities.quantities import Amount, amounts_in
from corpus.entities.years import QUOTED
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun
from corpus.structure.sentences import ENDS, text_to_shelter

SENTENCE_END = re.compile(f"[{ENDS}]")
BREAKS = ENDS + "，,：:"
PATTERNS = patterns("structure.clauses")
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


class Clause(Noun):
    """A stretch of a text, its figures, and the mark that stands before it ("" at the start).

    `marked` where it is an item of a list: its number or 一是 stands before it.
    """

    start: int
    end: int
    text: str
    opener: str
    marked: bool
    amounts: tuple[Amount, ...]


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
