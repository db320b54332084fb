"""Precision and recall of the headline figure by dimension: organisation, year, measure, aspect.

The known answers name a figure and its document, not its slots. These come from the facts of that
document: those whose printed figure is the one asked for, and among them those that the evidence
quotes. A dimension counts where all such facts agree on it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.types import Answer, Figure
from corpus.model.types import Fact, Noun
from scripts.marks import Gold, figure, squash, to_list

DIMENSIONS = ("organisation", "year", "measure", "aspect")
Slots = Mapping[str, str]


class Tally(Noun):
    """How often a dimension was asked for, said, and said right."""

    dimension: str
    wanted: int
    said: int
    right: int


def tally(pairs: Sequence[tuple[Gold, Answer]], facts: Mapping[str, Sequence[Fact]]) -> list[Tally]:
    """Count the dimensions over questions whose answer is a figure; `facts` by document."""
    every = {fact.id: fact for some in facts.values() for fact in some}
    compared = [
        (gold_to_slots(gold, facts), figures_to_slots(answer.figures[:1], every))
        for gold, answer in pairs
        if gold.figures
    ]
    return [
        Tally(
            dimension=name,
            wanted=sum(name in wanted for wanted, _ in compared),
            said=sum(name in wanted and name in said for wanted, said in compared),
            right=sum(
                name in wanted and wanted[name] == said.get(name) for wanted, said in compared
            ),
        )
        for name in DIMENSIONS
    ]


def gold_to_slots(gold: Gold, facts: Mapping[str, Sequence[Fact]]) -> Slots:
    """Return the slots of the first figure asked for, as far as they are beyond doubt."""
    wanted = {figure(way.value, way.unit) for way in gold.figures[0]}
    some = [fact for document in to_list(gold.doc)[:1] for fact in facts.get(document, ())]
    fitting = [fact for fact in some if figure(str(abs(fact.value)), fact.unit) in wanted]
    evidence = squash("".join(to_list(gold.evidence)[:1]))
    quoted = [fact for fact in fitting if evidence and evidence in squash(fact.quote)]
    return agreed(quoted or fitting)


def figures_to_slots(figures: Iterable[Figure], facts: Mapping[str, Fact]) -> Slots:
    """Return the slots of figures that go back to a fact."""
    return agreed([facts[one.fact] for one in figures if one.fact and one.fact in facts])


def agreed(facts: Collection[Fact]) -> Slots:
    """Return the dimensions in which some facts all agree."""
    every = [
        {
            "organisation": fact.organisation,
            "year": str(fact.year or ""),
            "measure": fact.measure,
            "aspect": fact.aspect,
        }
        for fact in facts
    ]
    return {
        name: every[0][name]
        for name in DIMENSIONS
        if every and all(slots[name] == every[0][name] for slots in every)
    }
