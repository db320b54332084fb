"""A message taken apart: into its questions, and into what it reckons with.

预算多少，实际多少？人均呢 is three questions, each leaning on the last. 高中教育比小学教育多多少 is
reckoned of two sides, each a question of its own: 24年预算比23年执行数少多少.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import load_vocabulary

PATTERNS = patterns("questions.clauses")
CLAUSE, ASKS = PATTERNS["clause"], PATTERNS["asks"]
EACH, AND = PATTERNS["each"], PATTERNS["and"]
OPERANDS = patterns("questions.operands")
JOINED, COUNTED, AMOUNT = OPERANDS["and"], OPERANDS["counted"], OPERANDS["amount"]
LEAD = OPERANDS["lead"]
FRAMES = ("growth", "share", "times", "per", "difference", "sum")
AMOUNTS = ("difference", "sum")  # which are in the unit of their operands
PLAIN = "多少"
HELD = str.maketrans("和与及跟同、比较", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007")
FREED = {there: here for here, there in HELD.items()}


def asking_clauses(text: str) -> tuple[str, ...]:
    """Return the questions of a message, each with the clauses before it that do not ask.

    What comes last without asking belongs to the question before it.
    """
    asking: list[str] = []
    before = ""
    for clause in CLAUSE.findall(text):
        if ASKS.search(clause):
            asking += _each_asked(before + clause)
            before = ""
        else:
            before += clause
    if asking:
        asking[-1] += before
    return tuple(asking)


def last_asking(text: str) -> str:
    """Return the last clause of a message that asks, alone; all of it where none does."""
    return next((one for one in reversed(CLAUSE.findall(text)) if ASKS.search(one)), text)


def _each_asked(clause: str) -> Iterator[str]:
    """Yield a question for each thing that one clause asks for."""
    found = EACH.fullmatch(clause)
    if found is None:
        yield clause
        return
    for thing in AND.split(found["things"]):
        yield thing + found["asks"]


class Operands(NamedTuple):
    """What is reckoned, and the questions for what it is reckoned of, in their order."""

    kind: str
    asked: tuple[str, ...]


@lru_cache(maxsize=256)  # each candidate for a message is held against it
def operands_of(words: str) -> tuple[Operands, ...]:
    """Return the ways to take a message apart into an operation and what it is done with."""
    return tuple(_frames_in(with_names_held(words)))


def _frames_in(held: str) -> Iterator[Operands]:
    for kind in FRAMES:
        found = OPERANDS[kind].search(held)
        if found is not None and not names_more(behind(kind, found, held)):
            yield Operands(kind, tuple(one.translate(FREED) for one in _asked(kind, found, held)))


def behind(kind: str, found: re.Match[str], words: str) -> str:
    """Return what stands between the operands and how much is asked for: 加起来,年初预算是多少."""
    if kind not in AMOUNTS or AMOUNT.search(found.group()):
        return ""
    asking = AMOUNT.search(words, found.end())
    return words[found.end() : asking.start() if asking else None]


def names_more(words: str) -> bool:
    """Tell whether what stands behind the operands narrows them: 加起来,年初预算总共多少."""
    known = load_vocabulary()
    return bool(known.aspect_mentions(words, asked=True) or known.mentions(words, asked=True))


def with_names_held(words: str) -> str:
    """Return a message in which no name of a thing holds a word that joins: 商品和服务支出."""
    for one in load_vocabulary().mentions(words, asked=True):
        name = words[one.start : one.end].translate(HELD)
        words = words[: one.start] + name + words[one.end :]
    return words


def _asked(kind: str, found: re.Match[str], words: str) -> tuple[str, ...]:
    """Return the question for each side: what it names, what both share, and how much it is."""
    named = {name.rstrip("234"): said for name, said in found.groupdict().items() if said}
    second = JOINED.split(named["second"]) if kind == "sum" else [named["second"]]
    shared = named.get("shared", "") + named.get("what", "")
    how_many = AMOUNT.search(words, found.start()) if kind in AMOUNTS else None
    asks = how_many.group() if how_many else PLAIN
    sides = [COUNTED.sub("", side) for side in (LEAD.sub("", named["first"]), *second)]
    level = _level(sides[-1]) if kind in ("sum", "share") else ""
    return tuple(
        side + shared + ("" if _level(side) else level) + ("" if AMOUNT.search(side) else asks)
        for side in sides
        if side
    )


def _level(words: str) -> str:
    """Return the aspect that words name, as it is said: 决算 of 农村低保决算."""
    known = load_vocabulary()
    names = [(one.start, one.end) for one in known.mentions(words, asked=True)]
    found = [
        one
        for one in known.aspect_mentions(words, asked=True)
        if not any(start <= one.start < end for start, end in names)
    ]
    return words[found[-1].start : found[-1].end] if found else ""
