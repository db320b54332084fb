"""What a large model says of a message: an operation and the numbers of what it rests on.

Its answer holds no text and no figure of ours; what is read from it is a form like any other.
"""

from collections.abc import Sequence
from typing import Protocol

from pydantic import Field, TypeAdapter

from bot.query.forms import FORMS, Lookup, Passage, Select
from bot.understanding.candidates import Candidate
from bot.understanding.found import Near, NearPassage
from corpus.model.types import Aspect, Noun

MOST_PICKED = 12
LONGEST = 1200  # characters of sentences that follow each other and are quoted as one
NONE = "none"  # the operation of a message that asks for what was not found


class Pick(Noun):
    """A figure by its number, from 1; a year, an aspect or a body stands for that of the figure."""

    number: int = Field(ge=1)
    year: int | None = Field(default=None, ge=1949, le=2100)
    aspect: Aspect | None = None
    body: str | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the figure is meant as it was found."""
        return self.year is None and self.aspect is None and self.body is None


class Advice(Noun):
    """What a message asks: the operation, and the figures or sentences that it is of."""

    operation: str
    figures: tuple[Pick, ...] = Field(default=(), max_length=MOST_PICKED)
    sentences: tuple[int, ...] = Field(default=(), max_length=MOST_PICKED)


class Adviser(Protocol):
    """Who reads a message where the local reader is not sure."""

    def advise(self, text: str, revision: str) -> Advice | None:
        """Return what is read from an offer over a revision of the library; None for nothing."""


def text_to_advice(text: str) -> Advice:
    """Read the reply of a model, which may stand in a block of code; ValueError for nonsense."""
    start, end = text.find("{"), text.rfind("}")
    return TypeAdapter(Advice).validate_json(text[start : end + 1] if 0 <= start < end else text)


def advice_to_candidate(
    advice: Advice,
    figures: Sequence[Near],
    sentences: Sequence[NearPassage],
    bodies: Sequence[str],
) -> Candidate | None:
    """Return the form that an advice means; None where it names what was not offered."""
    if advice.operation == "sentence":
        return _to_passage(advice.sentences, sentences)
    if advice.operation not in FORMS or any(p.number > len(figures) for p in advice.figures):
        return None
    least, make = FORMS[advice.operation]
    if any(pick.body is not None and pick.body not in bodies for pick in advice.figures):
        return None
    operands = tuple(figures[pick.number - 1] for pick in advice.figures)
    if advice.operation == "lookup" and [pick.is_bare for pick in advice.figures] == [True]:
        return Candidate(form=Lookup(of=operands[0].select), kind="lookup", operands=operands)
    selects = tuple(
        dict.fromkeys(_picked(p, n) for p, n in zip(advice.figures, operands, strict=True))
    )
    if advice.operation == "several" and len(selects) == 1:
        return Candidate(form=Lookup(of=selects[0]), kind="lookup", operands=operands)
    if len(selects) < least:
        return None
    return Candidate(form=make(selects), kind=advice.operation, operands=operands)


def _picked(pick: Pick, near: Near) -> Select:
    select = near.single
    if pick.year is not None:
        select = select.in_year(pick.year)
    if pick.aspect is not None and pick.aspect != select.aspect:
        select = select.of_aspect(pick.aspect)
    return select if pick.body is None else select.of_body(pick.body)


def _to_passage(numbers: Sequence[int], sentences: Sequence[NearPassage]) -> Candidate | None:
    """Return the sentence that was picked first, with others of its section that lie near it."""
    if not numbers or not all(0 < number <= len(sentences) for number in numbers):
        return None
    first, *others = (sentences[number - 1] for number in numbers)
    beside = [one.form for one in others if one.section == first.section]
    forms = [first.form, *(one for one in beside if one.report == first.form.report)]
    start, end = min(one.start for one in forms), max(one.end for one in forms)
    form = Passage(report=first.form.report, start=start, end=end)
    kept = form if end - start <= LONGEST else first.form
    return Candidate(form=kept, kind="passage", passage=first)
