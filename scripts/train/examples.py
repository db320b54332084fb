"""Examples for the reader: the questions of a world beside what its printed reports hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.parsing.annotations import mark_text
from bot.parsing.parser import words_to_plain_text
from bot.understanding.question_text import marks_to_wording
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Fact, Report
from corpus.pipeline import Parts, file_to_parts
from index.wordings.wording import (
    Told,
    fact_to_wording,
    offset_in_quote,
    report_to_told,
    told_to_wording,
)
from scripts.train.judging import canonical
from scripts.train.worlds import (
    World,
    WorldFact,
    WorldQuestion,
    WorldSentence,
    row_name,
    world_to_files,
)

# The share of the character triples of a sentence that one read from the file must have.
SAME = 0.6
THIS_YEAR = 2026


@dataclass(frozen=True)
class Item:
    """Something that a question may be answered with: a fact or a sentence, and its wording."""

    wording: str
    report: str
    fact: Fact | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Example:
    """A question of a world: what the reader sees of each turn, and the items that answer it."""

    question: WorldQuestion
    wordings: tuple[str, ...]
    gold: tuple[tuple[int, ...], ...]  # for each argument, the items that print it


@dataclass(frozen=True)
class Examples:
    """All items of a world and its questions over them."""

    items: tuple[Item, ...]
    examples: tuple[Example, ...]


def report_to_items(report: Report, facts: Sequence[Fact]) -> Iterator[Item]:
    """Yield the facts and the sentences of a report with their wordings."""
    for fact in facts:
        wording = fact_to_wording(fact, offset_in_quote(report, fact))
        yield Item(wording=wording, report=report.id, fact=fact)
    for told in report_to_told(report):
        wording = told_to_wording(told, report.organisation)
        yield Item(wording=wording, report=report.id, told=told)


def world_to_parts(world: World) -> tuple[Parts, ...]:
    """Print the reports of a world and read them, in their order."""
    with TemporaryDirectory() as folder:
        return tuple(map(file_to_parts, world_to_files(world, Path(folder))))


def world_to_examples(world: World) -> Examples:
    """Return the items of a world and its questions tied to them."""
    parts = world_to_parts(world)
    items = tuple(item for one in parts for item in report_to_items(one.report, one.facts))
    of_report = {
        own.id: one.report.id for own, one in zip(world.reports, parts, strict=True)
    }  # the reports were printed in their order
    facts = {fact.id: _items_of_fact(world, fact, items, of_report) for fact in world.facts}
    told = {one.id: _items_of_sentence(one, items, of_report) for one in world.sentences}
    places = {**facts, **told}
    known = tuple(dict.fromkeys(one.report.organisation for one in parts))
    examples = tuple(
        Example(
            question=question,
            wordings=tuple(words_to_wording(turn, known) for turn in question.said),
            gold=tuple(places.get(name, ()) for name in question.args),
        )
        for question in world.questions
    )
    return Examples(items=items, examples=examples)


def words_to_wording(words: str, known: Sequence[str]) -> str:
    """Return what the reader sees of a message."""
    vocabulary = load_vocabulary()
    text, _ = words_to_plain_text(words, known, vocabulary)
    return marks_to_wording(mark_text(text, known, vocabulary, THIS_YEAR))


def _items_of_fact(
    world: World, fact: WorldFact, items: Sequence[Item], of_report: dict[str, str]
) -> tuple[int, ...]:
    """Return the items that print a fact: the same amount in the same sentence, row or column."""
    wanted = canonical(fact.value, fact.unit)
    sentence = next((one.text for one in world.sentences if one.id == fact.where), "")
    row = _row(fact)
    found = []
    for at, item in enumerate(items):
        if item.fact is None or item.report != of_report[fact.report]:
            continue
        if canonical(item.fact.value, item.fact.unit) != wanted:
            continue
        if fact.year and item.fact.year and item.fact.year != fact.year:
            continue
        inside = bool(sentence) and _overlap(item.fact.quote, sentence) >= SAME
        tabled = bool(item.fact.table) and row in "".join((item.fact.quote, *item.fact.row))
        if inside or (not sentence and tabled):
            found.append(at)
    return tuple(found)


def _row(fact: WorldFact) -> str:
    parts = [part.split(":", 1)[-1].strip() for part in fact.where.split("|")]
    return row_name(parts[1]) if len(parts) == 3 else ""


def _items_of_sentence(
    sentence: WorldSentence, items: Sequence[Item], of_report: dict[str, str]
) -> tuple[int, ...]:
    """Return the sentences that were read from a written one; its first piece comes first."""
    return tuple(
        at
        for at, item in enumerate(items)
        if item.told is not None
        and item.report == of_report[sentence.report]
        and _overlap(item.told.text, sentence.text) >= SAME
    )


def _overlap(part: str, whole: str) -> float:
    """Return the share of the character triples of a part that the whole has."""
    bare, text = re.sub(r"\s", "", part), re.sub(r"\s", "", whole)
    triples = [bare[at : at + 3] for at in range(max(1, len(bare) - 2))]
    return sum(one in text for one in triples) / len(triples)
