"""What a library holds near a message: figures and sentences with the reader's scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.query.forms import Passage, Select, fact_to_select
from bot.query.retrieval.matching import fits_year
from bot.query.selection import key_of, within_of
from corpus.model.types import Fact, Level


@dataclass(frozen=True)
class Near:
    """A figure with the reader's score, and the levels and bodies that have the same thing.

    It was found by the whole message, by a piece of it, in the talk before, or in the sentence of
    one that was.
    """

    select: Select
    fact: Fact
    score: float
    levels: tuple[Level, ...] = ()
    bodies: tuple[str, ...] = ()
    found: Literal["whole", "piece", "talk", "sentence"] = "whole"

    @cached_property
    def single(self) -> Select:
        """The query of one figure alone: of one body, one level and the latest of its years."""
        level = "部门" if "部门" in self.levels else self.fact.level
        return self.select.model_copy(
            update={
                "who": (self.fact.organisation,),
                "level": level,
                "when": self.select.when[-1:],
            }
        )


@dataclass(frozen=True)
class NearPassage:
    """A sentence with the reader's score for the question."""

    form: Passage
    text: str
    section: tuple[str, ...]
    score: float
    organisation: str = ""
    level: Level | None = None


def nearest(scored: Iterable[tuple[Fact, float]], years: Sequence[int]) -> tuple[Near, ...]:
    """Group figures by what they are of, best first; with years asked, those of the years alone."""
    groups: dict[object, list[tuple[Fact, float]]] = {}
    for fact, score in scored:
        if fits_year(fact, years):
            key = (key_of(fact), fact.aspect, within_of(fact), fact.direction, fact.base)
            groups.setdefault(key, []).append((fact, score))
    found = [group_to_near(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda near: -near.score))


def group_to_near(group: Sequence[tuple[Fact, float]]) -> Near:
    """Return figures of one thing, with their scores, as one."""
    fact, score = max(group, key=lambda pair: pair[1])
    years = tuple(sorted({one.year for one, _ in group if one.year}))
    select = fact_to_select(fact).model_copy(update={"who": (), "level": None, "when": years})
    levels: tuple[Level, ...] = tuple(sorted({one.level for one, _ in group if one.level}))
    bodies = tuple(dict.fromkeys(one.organisation for one, _ in group))
    return Near(select=select, fact=fact, score=score, levels=levels, bodies=bodies)


@dataclass(frozen=True)
class Recalled:
    """What was found for a message: figures of its years and of every year, and what is said.

    `beside` are the figures of its pieces and of the talk before, `told` those of each of the
    nearest sentences, `parts` the nearest figure of each of its parts that ask.
    """

    near: Sequence[Near] = ()
    wide: Sequence[Near] = ()
    beside: Sequence[Near] = ()
    told: Sequence[tuple[Near, ...]] = ()
    parts: tuple[Near, ...] = ()
    passages: Sequence[NearPassage] = ()
    sections: Sequence[NearPassage] = ()
