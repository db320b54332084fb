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
    scope by their ids, `nearest` those near the question, which go first among what is shown. What
    the answer tells goes before what else its clauses say.
    """
    if answer.status != "answered":
        return answer
    told = {figure.fact for figure in answer.figures}
    ranks = {fact.id: at for at, fact in enumerate(nearest)}
    shown: list[Figure] = []
    for figure in answer.figures:
        fact = facts.get(figure.fact or "")
        beside = _beside(figure, fact, answer.text, facts) if fact else ()
        others = {one.fact: one for one in beside if one.fact not in told}
        told |= set(others)
        shown += sorted(others.values(), key=lambda one: ranks.get(one.fact or "", len(ranks)))
    return answer.model_copy(update={"figures": (*answer.figures, *shown)})


def _beside(figure: Figure, fact: Fact, text: str, facts: Mapping[str, Fact]) -> Iterator[Figure]:
    """Yield the other figures of the clause of a fact, where the answer quotes that clause."""
    said = own_words(fact)
    if not said or said not in text:
        return
    for other in facts.values():
        same = other.report == fact.report and other.quote == fact.quote
        if same and show_printed(other) in said:
            yield fact_to_figure(other, figure.citation)
