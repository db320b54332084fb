"""What a message says beside its question: greetings, thanks, who asks and what for.

A clause is left out only where nothing in it can be asked for: no figure, no word that asks, and
nothing that the caller marks; or where it says itself that it is not what is asked for.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.parsing.grammar import load_cues
from corpus.lexicon.grammar import patterns

# A blank between Chinese characters parts clauses as a comma does.
CLAUSE = re.compile(
    r"(?:[^，,。！!？?；;~～ ]|(?<![\u4e00-\u9fff]) | (?![\u4e00-\u9fff]))+[，,。！!？?；;~～ ]*"
)
BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
MANY = 6  # clauses of a message that tells a story around its question
PATTERNS = patterns("questions.asides")
ASKS = PATTERNS["asks"]
TELLING = PATTERNS["telling"]


def parted(text: str) -> str:
    """Return a message with commas for the blanks between things that are each asked for.

    项目有几个 总共多少钱 is two questions to whoever types no commas.
    """
    pieces = BLANK.split(text)
    joined = pieces[0]
    for before, piece in pairwise(pieces):
        joined += ("," if ASKS.search(before) and ASKS.search(piece) else " ") + piece
    return joined


def without_asides(text: str, marked: Iterable[tuple[int, int]]) -> str:
    """Return a message without the clauses that are beside the question; all where none is left.

    `marked` are the places of what is named: bodies, years, terms.
    """
    clauses = list(CLAUSE.finditer(text))
    places = tuple(marked)
    asked = [at for at, one in enumerate(clauses) if ASKS.search(one.group())]
    end = asked[-1] if asked else len(clauses)
    kept = [
        one.group()
        for at, one in enumerate(clauses)
        if not (_is_aside(one, places) or (at > end and _is_left_behind(one, places)))
    ]
    return "".join(kept) if kept and len(kept) < len(clauses) else text


def question_alone(text: str, bodies: Iterable[int], things: Iterable[int]) -> str:
    """Return the one clause of a long message that asks all by itself; all where there is none.

    `bodies` and `things` are where bodies and terms are named. The clause names both and asks, and
    no other names a thing.
    """
    clauses = list(CLAUSE.finditer(text))
    whose, what = tuple(bodies), tuple(things)
    naming = [one for one in clauses if any(one.start() <= at < one.end() for at in what)]
    if len(clauses) < MANY or len(naming) != 1:
        return text
    (clause,) = naming
    own = any(clause.start() <= at < clause.end() for at in whose)
    return clause.group() if own and ASKS.search(clause.group()) else text


def _is_left_behind(clause: re.Match[str], marked: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a clause behind the question comments on it, or says what it is not of."""
    return bool(load_cues().excluding.search(clause.group())) or _is_comment(clause, marked)


def _is_comment(clause: re.Match[str], marked: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a clause behind the question says nothing that narrows it: 莫哄我老头子."""
    said = clause.group()
    named = any(start < clause.end() and end > clause.start() for start, end in marked)
    return not (named or TELLING.search(said) or load_cues().narrowing.search(said))


def _is_aside(clause: re.Match[str], marked: Iterable[tuple[int, int]]) -> bool:
    if load_cues().unwanted.search(clause.group()):
        return True
    if any(start < clause.end() and end > clause.start() for start, end in marked):
        return False
    said = clause.group()
    return bool(load_cues().aside.search(said)) and not TELLING.search(said)
