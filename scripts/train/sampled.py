"""Plain questions over the sample reports, whose tables are as large as real ones.

The worlds are small: in them the rules never meet two hundred rows. So the ranking is also fitted
on what an office would type about the samples, made from their facts by templates.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.desk import Desk
from bot.nouns import Answer, Memory
from bot.query.selection import key_of
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Fact
from scripts.train.judging import canonical, figures_of, holds
from scripts.train.plain import SAID, SHAPES
from scripts.train.ranking import Row, considered_to_row

LOOK_UPS, NONE = 220, 60
NEVER = range(2008, 2016)  # years that no sample tells of


def sampled_rows(desk: Desk, *, seed: int = 5) -> Iterator[Row]:
    """Yield rows of features of plain questions over the reports of a library."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    facts = _plain_facts(desk)
    asked = [*_look_ups(facts, rng), *_none(facts, rng)]
    for place, (words, fact) in enumerate(asked):
        understood = desk.consider(words, Memory())
        for one in understood.considered:
            right = _is_right(one.answer, fact)
            op = "lookup" if fact else "none"
            # Folds go by world: a few groups, so that each is judged by what the others taught.
            row = considered_to_row(one, right, world=f"样本{place % 4}", place=place, op=op)
            yield row | {"asked": understood.text}


def _plain_facts(desk: Desk) -> list[Fact]:
    """Return the figures with a name of the vocabulary that tells them from all others."""
    facts = desk.library.facts.find()

    def key(fact: Fact) -> tuple[object, ...]:
        return (fact.organisation, fact.year, fact.aspect, key_of(fact))

    values: dict[object, set[object]] = {}
    for fact in facts:
        values.setdefault(key(fact), set()).add(canonical(fact.value, fact.unit))
    named = Counter(key(fact) for fact in facts)
    known = load_vocabulary()
    return [
        fact
        for fact in facts
        if fact.aspect in SAID or fact.aspect == "数量"
        if len(values[key(fact)]) == 1 and named[key(fact)] and not fact.facet
        if known.term(fact.measure) and fact.year == fact.report_year
    ]


def _look_ups(facts: Sequence[Fact], rng: random.Random) -> Iterator[tuple[str, Fact | None]]:
    for fact in rng.sample(facts, min(LOOK_UPS, len(facts))):
        yield _words(fact, f"{fact.year}年", rng), fact


def _none(facts: Sequence[Fact], rng: random.Random) -> Iterator[tuple[str, Fact | None]]:
    for fact in rng.sample(facts, min(NONE, len(facts))):
        yield _words(fact, f"{rng.choice(NEVER)}年", rng), None


def _words(fact: Fact, year: str, rng: random.Random) -> str:
    body = rng.choice((fact.organisation, fact.organisation[-6:]))
    said = rng.choice(SAID.get(fact.aspect, ("",)))
    shape = rng.choice([one for one in SHAPES if "{body}" in one])
    return shape.format(body=body, year=year, item=fact.measure, aspect=said)


def _is_right(answer: Answer, fact: Fact | None) -> bool:
    if fact is None:
        return answer.status != "answered"
    shown = figures_of(answer, 1)
    return answer.status == "answered" and holds(
        shown, canonical(fact.value, fact.unit), exact=True
    )
