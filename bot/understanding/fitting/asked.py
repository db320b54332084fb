"""What the words of a message ask for: a way of reckoning, an aspect, a place, several things."""

import re
from collections.abc import Mapping, Sequence, Set

from bot.parsing.annotations import TABLE
from bot.query.forms import Ratio, Several, Together, selects_of
from bot.understanding.candidates import STATED, Candidate
from corpus.lexicon.grammar import patterns
from corpus.model.types import CARRIED_OUT, CHANGES, PLANS, Aspect, Fact

PATTERNS = patterns("questions.fitting")
# The ways of reckoning, and what in a message asks for each.
RECKONED = ("difference", "growth", "times", "share", "completion", "per", "rank")
# What in a message asks for a figure of some aspects: one of these ways of reckoning, or a score.
ASKED_BY: Mapping[Aspect, tuple[str, ...]] = {
    "人均": ("per",),
    "增减额": ("difference", "growth"),
    "增减率": ("difference", "growth"),
    "完成率": ("completion",),
    "得分": ("score",),
}
# The kinds that tell of several things of one sort beside one another.
BESIDE_ONE_ANOTHER = (
    "difference", "growth", "times", "completion", "compare", "several", "sum",
)  # fmt: skip
# Those that tell of one thing, or of what it is to another of its name.
OF_ONE_THING = (
    "rank", "series", "compare", "difference", "growth", "completion", "times", "share",
)  # fmt: skip
CHANGED = ("difference", "growth")
HELD_UP = ("difference", "compare")
AMONG_ROWS = ("rank", "parts")  # those that tell of all rows of a table
LISTED = ("several", "sum", "compare")  # of them, those that say nothing of a budget's being kept


def measures_of(one: Candidate) -> Set[str]:
    """Return the names of what a form is of."""
    return {select.concept.measure for select in selects_of(one.form)}


def asks_for_all(one: Candidate, said: str, wording: str) -> bool:
    """Tell whether words may ask for all that a form tells: what it reckons, its aspects, its rows.

    `said` is the message as it was typed and as it is read, behind what it goes on from; `wording`
    is the message alone without names of bodies and projects, 高标准农田 say.
    """
    if isinstance(one.form, Several) and mixes_changes(one.form):
        return False
    if holds_changes(one) and not PATTERNS["moves"].search(said):
        return False  # 哪家高，高多少 is of what each has, and not of how each changed
    if one.kind not in AMONG_ROWS and any(is_unsaid_place(n.fact, said) for n in one.operands):
        return False
    if not (asks_to_reckon(one.kind, said) and asks_for_parts(one, wording)):
        return False
    return all(asks_for(select.aspect, said) for select in selects_of(one.form))


def asks_for_parts(one: Candidate, wording: str) -> bool:
    """Tell whether a message asks for each of the several things that are told of one figure."""
    parts = one.form.parts if isinstance(one.form, Together) else ()
    kinds = (part.manner if isinstance(part, Ratio) else part.op for part in parts)
    return all(asks_to_reckon(kind, wording) for kind in kinds)


def asks_to_reckon(kind: str, said: str) -> bool:
    """Tell whether words ask for what a kind of form reckons, if it does.

    What is reckoned unasked shows beside it the very figure that was asked for, and looks right.
    """
    return kind not in RECKONED or bool(PATTERNS[kind].search(said))


def asks_for(aspect: Aspect, said: str) -> bool:
    """Tell whether words may ask for a figure of an aspect: a change, an average, a score."""
    ways = ASKED_BY.get(aspect, ())
    return not ways or any(PATTERNS[way].search(said) for way in ways)


def holds_changes(one: Candidate) -> bool:
    """Tell whether changes are held against each other, and not what there is."""
    held = one.kind in HELD_UP
    return held and any(select.aspect in CHANGES for select in selects_of(one.form))


def mixes_changes(form: Several) -> bool:
    """Tell whether changes of some things are told beside amounts of others."""
    moved = {one.concept.measure for one in form.parts if one.aspect in CHANGES}
    levels = {one.concept.measure for one in form.parts if one.aspect not in CHANGES}
    return bool(moved and levels) and moved != levels


def is_unsaid_place(fact: Fact, said: str) -> bool:
    """Tell whether a figure is the row of a place that nobody names: 青禾县（限额）."""
    row = bool(fact.table and fact.facet) and bool(PATTERNS["place"].search(fact.measure))
    return row and fact.measure not in said and fact.measure[:-1] not in said


def names_table(words: str, measure: str) -> bool:
    """Tell whether words say a name only as that of a table: 基本支出表里电费加物业费."""
    ends = [found.end() for found in re.finditer(re.escape(measure), words)]
    return bool(ends) and all(TABLE.match(words, end) for end in ends)


def is_of_another_aspect(aspects: Sequence[Aspect], candidate: Candidate) -> bool:
    """Tell whether a form takes budgets alone where what was carried out is named: 实际花掉多少.

    As with years, what is named is a filter. A budget that is named is none: it may be what a
    figure is held against (超没超预算).
    """
    if is_between_others(aspects, candidate):
        return True
    if set(aspects) & set(STATED) - {*CARRIED_OUT} or not {*CARRIED_OUT} & set(aspects):
        return False
    taken = {select.aspect for select in selects_of(candidate.form)} & set(STATED)
    if candidate.kind in LISTED and not taken <= {*CARRIED_OUT}:
        return True
    return bool(taken) and taken.isdisjoint(CARRIED_OUT)


def is_between_others(aspects: Sequence[Aspect], candidate: Candidate) -> bool:
    """Tell whether a budget and its account are named, and a change is of one of them alone."""
    named = {*aspects}
    if candidate.kind not in CHANGED or not (named & {*PLANS} and named & {*CARRIED_OUT}):
        return False
    taken = {select.aspect for select in selects_of(candidate.form)}
    return taken.isdisjoint(PLANS) or taken.isdisjoint(CARRIED_OUT)
