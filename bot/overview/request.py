"""Whether a message asks for an overview: it names a body, years and nothing that has a figure."""

import re
from collections.abc import Collection, Iterable
from typing import Literal

from bot.overview.wording import load_wording
from bot.parsing.annotations import Marks, blanked, mark_text
from bot.parsing.parser import words_to_plain_text
from bot.smalltalk import pieces_of
from corpus.entities.organisations import OrganisationMention
from corpus.entities.years import YearMention
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Level, Noun

Kind = Literal["overview", "comparison"]
LONGEST = 60  # characters of a request, with the name of a body in full
GAP = re.compile(r"[\W_]+")


class Request(Noun):
    """An overview that is asked for.

    `bodies` are those that the one name in it may mean. It is `sure` where its words ask for an
    overview whatever was talked of before; else they may be a question for the same thing again.
    `rest` is the message without the body, to ask it of another one.
    """

    kind: Kind
    bodies: tuple[str, ...]
    years: tuple[YearMention, ...]
    level: Level | None
    sure: bool
    says_so: bool
    rest: str
    corrections: tuple[str, ...] = ()


def words_to_request(words: str, known: Collection[str], year: int) -> Request | None:
    """Return the overview that a message asks for, None where it asks for anything else."""
    if len(words) > LONGEST:
        return None
    vocabulary = load_vocabulary()
    text, corrections = words_to_plain_text(words, known, vocabulary)
    marks = mark_text(text, known, vocabulary, year)
    named = {(one.start, one.end) for one in marks.organisations}
    said = _words_said(marks)
    if len(named) > 1 or said is None or not (named or said or marks.years):
        return None
    wording = load_wording()
    compares = bool(said & wording.comparison) or len(_values(marks.years)) > 1
    return Request(
        kind="comparison" if compares else "overview",
        bodies=_bodies(marks.organisations),
        years=marks.years,
        level=marks.levels[0][0] if marks.levels else None,
        sure=bool(said & wording.overview),
        says_so=bool(said & (wording.overview | wording.comparison)),
        rest=blanked(text, named, "").strip(" ，,。.、"),
        corrections=corrections,
    )


def _bodies(mentions: Iterable[OrganisationMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in mentions))


def _values(years: Iterable[YearMention]) -> set[int | None]:
    return {one.value for one in years}


def _words_said(marks: Marks) -> frozenset[str] | None:
    """Return the words that ask for an overview; None where anything else is said."""
    wording = load_wording()
    known = wording.overview | wording.vague | wording.comparison | wording.filler
    places = [(one.start, one.end) for one in marks.organisations]
    places += [(one.start, one.end) for one in marks.years]
    places += [(place.start, place.end) for _, place in marks.levels]
    found: set[str] = set()
    for chunk in filter(None, GAP.split(blanked(marks.text, places, " "))):
        pieces = pieces_of(chunk, known)
        if not pieces:
            return None
        found |= {*pieces}
    return frozenset(found - wording.filler)
