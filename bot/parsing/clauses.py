"""The questions of one message: 预算多少，实际多少？人均呢 is three, each leaning on the last."""

import re
from collections.abc import Iterator

CLAUSE = re.compile(r"[^，,。！!？?；;]+[，,。！!？?；;]*")
ASKS = re.compile(
    r"多[少大高长久远]|几|[哪谁啥]|什么|何|怎|咋|是否|是不是|有没有|[吗么呢][，,。！!？?；;]*$|[？?]$"
)
# 预算、实际和人均各多少 asks for three things in one clause.
EACH = re.compile(
    r"(?P<things>.+?)(?:各自|各|分别|每一?[个项样])(?P<asks>(?:[是为有]|花了?|用了?)?(?:多少|几).*)"
)
AND = re.compile(r"、|以及|[和与及跟]")


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


def _each_asked(clause: str) -> Iterator[str]:
    """Yield a question for each thing that one clause asks for."""
    found = EACH.fullmatch(clause)
    if found is None:
        yield clause
        return
    for thing in AND.split(found["things"]):
        yield thing + found["asks"]
