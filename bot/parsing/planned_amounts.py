"""Money that a question calls spent though the reports of its year only plan it."""

from collections.abc import Collection

from bot.parsing.grammar import find_sign
from bot.types import Question
from corpus.model.types import Fact


def as_planned(question: Question, facts: Collection[Fact]) -> Question:
    """Return a question without the aspect that a loose word gave it (办公费花多少).

    Only where the reports print nothing as spent in the year asked for; 花了, 实际 and the like
    are meant as said.
    """
    loose = question.aspects == ("决算",) and not find_sign("spent", question.words)
    if not loose or any(fact.aspect == "决算" and of_year(fact, question) for fact in facts):
        return question
    return question.model_copy(update={"aspects": ()})


def of_year(fact: Fact, question: Question) -> bool:
    """Tell whether a figure is of a year asked for, any where none is."""
    return not question.years or fact.year in question.years
