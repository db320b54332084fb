"""What a candidate says, as text: the side of it that a learned scorer holds against the question.

Its pieces are what is done, to which aspects and years, and the wordings of the figures or the
sentence that it rests on. Body, year and digits are left out, as in a question.
"""

import re
from collections.abc import Callable, Sequence

from bot.evidence.asked_amounts import is_reckoned
from bot.query.forms import Form, Select, selects_of
from bot.query.selection import key_of
from bot.types import Answer
from bot.understanding.candidates import KINDS, Candidate
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact

WordingOf = Callable[[Fact], str]

RULES, ASKS_BACK = "回答", "反问"
LONGEST_WORDING, LONGEST_TOLD, LONGEST_ANSWER = 72, 100, 80
DIGITS = re.compile(r"\d[\d,，.]*")
MARKS = re.compile(r"\[\d+\]|\s+")
PATTERNS = patterns("questions.form_text")
BESIDE = PATTERNS["beside"]
PAIR = 2
SHOWN = 3  # figures of an answer whose wordings are shown


def candidate_to_text(
    candidate: Candidate, answer: Answer, wording_of: WordingOf
) -> tuple[str, ...]:
    """Return what a candidate says; `answer` is what it gives."""
    if candidate.passage is not None:
        heading = "".join(candidate.passage.section[-1:])[-24:]
        words = f"{heading}：{MARKS.sub('', candidate.passage.text)[:LONGEST_TOLD]}"
        return (KINDS[candidate.kind].name, plain(words))
    name = ASKS_BACK if answer.status == "clarify" else KINDS[candidate.kind].name
    wordings = [wording_of(one.fact)[:LONGEST_WORDING] for one in candidate.operands]
    own = candidate.operands[0].fact.year if candidate.operands else None
    return (f"{name} {_slots(candidate.form, own)}", *wordings[:SHOWN])


def answer_to_text(answer: Answer, facts: Sequence[Fact], wording_of: WordingOf) -> tuple[str, ...]:
    """Return what an answer of the rules says: the wordings of its figures, or its own text."""
    if answer.status == "clarify":
        return (ASKS_BACK, plain(answer.text)[:LONGEST_ANSWER])
    if facts and not is_reckoned(answer):
        beside = len(facts) == PAIR and is_beside(*facts) and BESIDE.search(answer.text)
        told = facts[: 1 if beside else SHOWN]
        name = KINDS["lookup" if len(told) == 1 else "several"].name
        return (name, *(wording_of(one)[:LONGEST_WORDING] for one in told))
    return (RULES, plain(answer.text)[:LONGEST_ANSWER])


def is_beside(one: Fact, other: Fact) -> bool:
    """Tell whether two figures are the account and the budget of one thing, told together."""
    slots = ("organisation", "level", "year")
    alike = all(getattr(one, slot) == getattr(other, slot) for slot in slots)
    return alike and key_of(one) == key_of(other) and one.aspect != other.aspect


def plain(text: str) -> str:
    """Return a text with n for its digits, without white space and the marks of citations."""
    return DIGITS.sub("n", MARKS.sub("", text))


def _slots(form: Form, own: int | None) -> str:
    """Return the aspects and the relative years of the figures that a form takes."""
    return " ".join(dict.fromkeys(_slot(one, own) for one in selects_of(form)))


def _slot(select: Select, own: int | None) -> str:
    year = select.when[-1] if len(select.when) == 1 else None
    back = own - year if own and year else 0
    past = {0: "", 1: "上年", 2: "前年", -1: "次年"}.get(back, "别年")
    return f"{past}{select.aspect}"
