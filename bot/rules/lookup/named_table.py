"""Looking a figure up in the table that a question names: "《支出决算表》中行政运行的合计".

What another table prints of the same thing is no answer then, however many places agree on it.
"""

from dataclasses import replace

from bot.parsing.dialogue import says_what
from bot.parsing.entity_linking import in_own_words
from bot.parsing.slots import TOTALS
from bot.query.retrieval.scope import Case
from bot.rules.lookup.cross_references import TOTAL_ROW, PrintPlace, text_to_places, without
from bot.rules.lookup.phrase_parsing import text_to_stretch
from bot.rules.lookup.single_figure import look_up
from bot.types import Answer, Ask
from corpus.lexicon.normalise import normalise
from corpus.model.types import Fact

NO_TABLE = "报告里没有所问的这张表，不能回答。"
NOT_THERE = "所问的表里没有印出这一项，不能回答。"


def look_up_in_table(case: Case) -> Answer | None:
    """Look a figure up in the one table named; a refusal where that does not print it."""
    text = normalise(case.question.words)
    if case.scope.open:
        return None
    named = text_to_places(case, text)
    places = [place for place in named if place.titles and not place.loose]
    if not places and any(is_unknown(case, text, place) for place in named):
        return Answer(status="not_found", text=NO_TABLE)
    if len(places) != 1:
        return None
    rest = without(text, tuple(places))
    if not (says_what(case.question) or TOTAL_ROW.search(rest)):
        return None
    narrow = narrowed(case, rest, places[0])
    return look_up(narrow) or Answer(status="not_found", text=NOT_THERE)


def narrowed(case: Case, text: str, place: PrintPlace) -> Case:
    """Return the case of the rest of a question and of the figures of the table alone."""
    stretch = text_to_stretch(case, text)
    facts = tuple(fact for fact in case.facts if fact.table in place.titles)
    ask = stretch.ask
    words = TOTAL_ROW.sub("", ask.words)
    if not (words or set(ask.terms) - TOTALS) and (
        stretch.empty or not any(fact.measure in ask.terms for fact in facts)
    ):
        facts = tuple(fact for fact in facts if is_total(fact))
        ask = Ask(terms=tuple(fact.measure for fact in facts[:1]))  # of all columns the first
    changes = {"asks": (ask,), "aspects": stretch.aspects}
    question = in_own_words(case.question.model_copy(update=changes), facts, case.vocabulary)
    return replace(case, question=question, pool=case.pool.of(facts))


def is_unknown(case: Case, text: str, place: PrintPlace) -> bool:
    """Tell whether a table is named by a term (政府采购表) or in 《》 that no title is like."""
    before = text[: place.start]
    marks = case.vocabulary.mentions(text, asked=True)
    return place.loose and (
        any(mark.end == place.start for mark in marks) or before.rfind("《") > before.rfind("》")
    )


def is_total(fact: Fact) -> bool:
    """Tell whether a figure is the total of its table and of all its columns."""
    return not fact.facet and bool(fact.row) and bool(TOTAL_ROW.search(fact.row[-1]))
