"""What a question names must stand in its answer: each body, both levels, the month.

A filter, never a hint: a figure of the whole year is no answer to one month's, nor that of one body
to what is asked of two.
"""

import re
from collections.abc import Mapping

from bot.types import Answer, Question
from corpus.lexicon.normalise import normalise
from corpus.model.types import Fact

SEVERAL = 2
NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
# A month as a stretch of the year, no day of it and no end that a balance is as of.
MONTH = re.compile(
    r"(?<![\d一二三四五六七八九十个])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"(?:份|(?![\d一二三四五六七八九十]*[日号]|[底末]))"
)
QUARTER = re.compile(r"第?(?P<quarter>[1-4一二三四])季度?")
HALF = re.compile(r"(?P<half>[上下]半年)")


def leaves_out(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether an answer passes over what a question names; `facts` may be what it rests on."""
    if answer.status != "answered":
        return False
    missing = not all(body in answer.text for body in question.organisations)
    if len(question.organisations) >= SEVERAL and missing:
        return True
    return not has_levels(question, answer, facts) or not is_in_period(question, answer)


def has_levels(question: Question, answer: Answer, facts: Mapping[str, Fact]) -> bool:
    """Tell whether figures of both levels are told where both are named."""
    if len(question.levels) < SEVERAL or not answer.figures:
        return True
    known = (facts.get(figure.fact or "") for figure in answer.figures)
    told = {fact.level for fact in known if fact}
    return None in told or told >= set(question.levels)


def is_in_period(question: Question, answer: Answer) -> bool:
    """Tell whether a month, quarter or half of a year that is named is said where the answer is."""
    said = periods_in(normalise(question.words)) if question.as_of is None else frozenset()
    if not said:
        return True
    proof = " ".join(f"{one.section} {one.quote}" for one in answer.citations)
    return said <= periods_in(normalise(proof))


def periods_in(text: str) -> frozenset[str]:
    """Return the months, quarters and halves of a year that a text names, in digits."""
    found = [f"{_to_digits(match['month'])}月" for match in MONTH.finditer(text)]
    found += [f"{_to_digits(match['quarter'])}季度" for match in QUARTER.finditer(text)]
    found += [match["half"] for match in HALF.finditer(text)]
    return frozenset(found)


def _to_digits(number: str) -> int:
    return int(number) if number.isdecimal() else NUMERALS.index(number)
