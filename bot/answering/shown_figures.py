"""The figures that an answer shows beside the one it tells: those of the clause that it quotes."""

from collections.abc import Iterator, Mapping, Sequence

from bot.presentation.answer_text import fact_to_figure, show_printed
from bot.presentation.names_said import own_words
from bot.types import Answer, Figure
from corpus.model.types import Fact


def with_shown_figures(
    answer: Answer, facts: Mapping[str, Fact], nearest: Sequence[Fact] = ()
) -> Answer:
    """Return an answer whose figures are all that it shows of the report's own words.

    A figure without a name is told by its clause, in which others stand; `facts` are those of the
    scope by their ids, `nearest` those near the question, which go first within a clause.
    """
    if answer.status != "answered":
        return answer
    told = {figure.fact for figure in answer.figures}
    ranks = {fact.id: at for at, fact in enumerate(nearest)}
    figures: list[Figure] = []
    for at, figure in enumerate(answer.figures):
        figures.append(figure)
        fact = facts.get(figure.fact or "")
        later = (facts.get(one.fact or "") for one in answer.figures[at + 1 :])
        if fact is None or any(other and other.quote == fact.quote for other in later):
            continue  # all that is told of a clause goes before what else it says
        shown = _beside(figure, fact, answer.text, facts)
        beside = {one.fact: one for one in shown if one.fact not in told}
        told |= set(beside)
        figures += sorted(beside.values(), key=lambda one: ranks.get(one.fact or "", len(ranks)))
    return answer.model_copy(update={"figures": tuple(figures)})


def _beside(figure: Figure, fact: Fact, text: str, facts: Mapping[str, Fact]) -> Iterator[Figure]:
    """Yield the other figures of the clause of a fact, where the answer quotes that clause."""
    said = own_words(fact)
    if not said or said not in text:
        return
    for other in facts.values():
        same = other.report == fact.report and other.quote == fact.quote
        if same and show_printed(other) in said:
            yield fact_to_figure(other, figure.citation)
