"""The questions of one message: 预算多少，实际多少？人均呢 is three, each leaning on the last."""

from collections.abc import Iterator

from corpus.lexicon.grammar import patterns

PATTERNS = patterns("questions.clauses")
CLAUSE, ASKS = PATTERNS["clause"], PATTERNS["asks"]
EACH, AND = PATTERNS["each"], PATTERNS["and"]


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
