"""The figures that may answer an ask: those that fit it as it stands, else as it may be meant."""

from collections.abc import Sequence
from functools import partial

from bot.parsing.grammar import ways_to_say
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import PURPOSE, fits_kind
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import Finding
from bot.types import Ask
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact

NEAR = 0.6  # of a name, so much at least is said in a question that means it


def candidates(case: Case, ask: Ask) -> Sequence[Finding]:
    """Return the figures that fit an ask, else those of its kind printed right beside one.

    "绩效自评的项目4个，涉及金额8万元": asked for the money of the projects, it is that. A figure
    that has a name of its own is none of these unless the question says that name.
    """
    ways = (case.find, partial(as_reports_write, case), partial(without_carried, case),
            partial(with_people_as_words, case))  # fmt: skip
    found: Sequence[Finding] = next((fit for way in ways if (fit := way(ask))), ())
    kind = ask.kind or ("金额" if case.question.aspects else None)
    if found or kind is None or not ask.terms:
        return found
    said = fold(" ".join((*ask.said, ask.words)))
    beside: list[Fact] = []
    for finding in case.find(ask.of_any_kind(), aspects=()):
        head = finding.headline
        after = [
            fact
            for fact in case.facts
            if fact.quote == head.quote
            and fact.spans[0].start > head.spans[0].start
            and fact.year == head.year
            and fits_kind(fact, kind)
            and (
                not case.vocabulary.term(fact.measure) or coverage(said, fold(fact.measure)) > NEAR
            )
        ]
        beside += sorted(after, key=lambda fact: fact.spans[0].start)[:1]
    plain_ask = Ask(kind=kind)
    return case.find(plain_ask, facts=beside) if beside else ()


def as_reports_write(case: Case, ask: Ask) -> Sequence[Finding]:
    """Return the figures of an ask in other words of the same meaning: 孩子上学 as 子女求学."""
    for words in ways_to_say(ask.words):
        if found := case.find(ask.model_copy(update={"words": words})):
            return found
    return ()


def without_carried(case: Case, ask: Ask) -> Sequence[Finding]:
    """Return the figures of a part that no report prints beside the whole talked of.

    Not where it is a column of other things as well: 项目支出 by itself is another figure than the
    项目支出 of one subject.
    """
    own = tuple(term for term in ask.terms if term not in ask.carried)
    if not ask.carried or any(fact.facet in own for fact in case.facts):
        return ()
    said = tuple(s for term, s in zip(ask.terms, ask.said, strict=False) if term in own)
    within = tuple(term for term in ask.within if term not in ask.carried)
    return case.find(
        ask.model_copy(update={"terms": own, "said": said, "within": within, "carried": ()})
    )


def with_people_as_words(case: Case, ask: Ask) -> Sequence[Finding]:
    """Return the money for people that are no figure of their own: 退休人员开展活动花了多少."""
    pairs = tuple(zip(ask.terms, ask.said, strict=False))
    people = [said for term, said in pairs if kind_of(case, term) == "people"]
    if ask.kind != "金额" or not people:
        return ()
    left = tuple((term, said) for term, said in pairs if said not in people)
    words = " ".join((*map(fold, people), ask.words)).strip()
    found = case.find(
        ask.model_copy(
            update={
                "terms": tuple(term for term, _ in left),
                "said": tuple(said for _, said in left),
                "words": words,
            }
        )
    )
    fitting = [f for f in found if all(is_of(f.headline, fold(said)) for said in people)]
    return fitting if len({finding.headline.measure for finding in fitting}) == 1 else ()


def is_of(fact: Fact, people: str) -> bool:
    """Tell whether people stand in a figure's own name or in what it is spent on."""
    what = PURPOSE.search(fact.quote)
    return people in fold(fact.measure) or (what is not None and people in fold(what["what"]))


def kind_of(case: Case, name: str) -> str:
    """Return what a term is measured in."""
    term = case.vocabulary.term(name)
    return term.kind if term else ""
