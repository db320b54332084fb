"""Recall: what of a library is near a message, by the vectors of it and of its pieces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.evidence.quotation import in_years
from bot.query.forms import Passage
from bot.query.retrieval.matching import is_of_budget_asked
from bot.query.retrieval.scope import Case
from bot.understanding.found import Near, NearPassage, Recalled, group_to_near, nearest
from corpus.entities.years import said_years
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Fact
from corpus.structure.plain_marks import plain_text
from index.wordings.wording import section_at

if TYPE_CHECKING:
    from index.wordings.table import Scored  # which loads faiss

NEAR = 60  # figures that are looked at
NEAREST_OF_PIECE = 4  # figures among which one of the aspect asked for is looked for
TALKED = 2  # figures of the talk before that a message may lean on
PATTERNS = patterns("questions.recall")
BREAK = PATTERNS["break"]
ASKS = PATTERNS["asks"]
MOST_PARTS = 4
LED = 3  # sentences whose sections are considered as a whole
TELLING = 2  # figures and sentences whose other figures are considered
TOLD_BESIDE = 5  # figures of a sentence beside the one that is nearest
AS_NEAR = 0.9  # of the score of a figure, what those of its sentence have at least
SEVERAL = 2  # paragraphs that make a section
LONGEST_SECTION = 1200


def recall(
    case: Case,
    whole: "Sequence[Scored]",
    parts: "Sequence[Sequence[Scored]]",
    pieces: "Sequence[Sequence[Scored]]",
) -> Recalled:
    """Return what is near a message: `whole` is scored for all of it, the others for its parts."""
    facts = case.pool.by_id
    years = case.question.years
    figures = [
        (fact, score)
        for fact, score in _figures(whole, facts)
        if is_of_budget_asked(fact, case.question.aspects)
        and (not case.places or any(place in fact.quote for place in case.places))
    ]
    passages = _passages(case, whole)
    near, scores = nearest(figures, years)[:NEAR], {fact.id: score for fact, score in figures}
    return Recalled(
        near=near,
        wide=_wide(figures)[:NEAR],
        beside=(
            *_of_talk(case, facts, scores),
            *_of_pieces(pieces, facts, years, case.question.aspects),
        ),
        told=tuple(_of_sentences(case, near, passages, scores)),
        parts=_best_of_parts(parts, facts, years),
        passages=passages,
        sections=tuple(_sections(case, passages[:LED])),
    )


def _of_talk(case: Case, facts: Mapping[str, Fact], scores: Mapping[str, float]) -> Iterator[Near]:
    """Yield the figures that the last answers told, the latest first."""
    for fact in case.remembered[:TALKED]:
        if fact.id in facts:
            near = group_to_near([(fact, scores.get(fact.id, 0.0))])
            yield replace(near, found="talk")


def _of_pieces(
    pieces: "Sequence[Sequence[Scored]]",
    facts: Mapping[str, Fact],
    years: Sequence[int],
    aspects: Sequence[Aspect],
) -> Iterator[Near]:
    """Yield the figure nearest to each piece of a message, each once, of the aspect it names."""
    seen = set()
    for scored in pieces:
        figures = _figures(scored, facts)[:NEAR]
        near = nearest(figures, years) or _wide(figures)
        fitting = (one for one in near[:NEAREST_OF_PIECE] if one.select.aspect in aspects)
        best = next(fitting, near[0] if near else None)
        if best is not None and best.single not in seen:
            seen.add(best.single)
            yield replace(best, found="piece")


def _of_sentences(
    case: Case,
    near: Sequence[Near],
    passages: Sequence[NearPassage],
    scores: Mapping[str, float],
) -> Iterator[tuple[Near, ...]]:
    """Yield the figures of each of the nearest sentences, in their order: 参保18480人, 其中5000人.

    What a message reckons with, or asks for together, is mostly told together.
    """
    leading = [(one.fact, one.score) for one in near[:TELLING]]
    for passage in passages[:TELLING]:
        form = passage.form
        inside = case.facts.within(form.report, form.start, form.end)
        leading += [(fact, passage.score) for fact in inside[:1]]
    seen = set()
    for lead, score in leading:
        if (lead.report, lead.quote) in seen:
            continue
        seen.add((lead.report, lead.quote))
        own = [fact for fact in case.facts.beside(lead) if fact.quote == lead.quote]
        own.sort(key=lambda fact: (fact is not lead, -scores.get(fact.id, 0.0)))
        kept = sorted(own[: TOLD_BESIDE + 1], key=lambda fact: fact.spans[0].start)
        least = AS_NEAR * score
        yield tuple(
            replace(group_to_near([(fact, max(scores.get(fact.id, 0.0), least))]), found="sentence")
            for fact in kept
        )


def asking_parts(wording: str) -> tuple[str, ...]:
    """Return the parts of a message that each ask for something; none where it asks one thing."""
    pieces = [piece for piece in BREAK.split(wording) if piece]
    asking = [piece for piece in pieces if ASKS.search(piece)]
    return tuple(asking[:MOST_PARTS]) if len(asking) > 1 else ()


def _best_of_parts(
    parts: "Sequence[Sequence[Scored]]", facts: Mapping[str, Fact], years: Sequence[int]
) -> tuple[Near, ...]:
    """Return the figure nearest to each part of a message, of the years that it names."""
    best: list[Near] = []
    for scored in parts:
        best += nearest(_figures(scored, facts)[:NEAR], years)[:1]
    return tuple(best) if len(best) == len(parts) else ()


def _figures(scored: "Sequence[Scored]", facts: Mapping[str, Fact]) -> list[tuple[Fact, float]]:
    """Return the figures among what was scored, those of the scope."""
    return [(facts[one.fact], one.score) for one in scored if one.fact and one.fact in facts]


def _wide(figures: Sequence[tuple[Fact, float]]) -> tuple[Near, ...]:
    return nearest(figures, sorted({fact.year for fact, _ in figures if fact.year}))


def says_year(text: str, years: Sequence[int], own: int | None) -> bool:
    """Tell whether a text puts figures in one of some years; one it compares with is none."""
    return any(mention.value in years for mention in said_years(plain_text(text), own))


def _sections(case: Case, passages: Sequence[NearPassage]) -> Iterator[NearPassage]:
    """Yield the whole sections of the nearest sentences, where they are several paragraphs."""
    seen = set()
    for one in passages:
        report = case.report(one.form.report)
        blocks = [b for b in report.blocks if b.section == one.section and b.kind != "heading"]
        inside = [b for b in blocks if b.span.start <= one.form.start < b.span.end]
        if len(blocks) < SEVERAL or not inside or (report.id, one.section) in seen:
            continue
        seen.add((report.id, one.section))
        start, end = blocks[0].span.start, blocks[-1].span.end
        if end - start <= LONGEST_SECTION:
            form = Passage(report=report.id, start=start, end=end)
            yield replace(one, form=form, text=report.text[start:end])


def _passages(case: Case, scored: "Sequence[Scored]") -> tuple[NearPassage, ...]:
    """Return the sentences of the reports that a question is asked of, best first."""
    reports = {report.id: report for report in case.reports}
    found = []
    for one in scored:
        report = reports.get(one.report)
        if one.fact is not None or report is None:
            continue
        text = report.text[one.start : one.end]
        if not in_years(case, report) and not says_year(text, case.question.years, report.year):
            continue  # a year that is named is a filter, never a hint
        found.append(
            NearPassage(
                form=Passage(report=one.report, start=one.start, end=one.end),
                text=text,
                section=section_at(report, one.start),
                score=one.score,
                organisation=report.organisation,
                level=report.level,
            )
        )
        if len(found) >= 12:
            break
    return tuple(found)
