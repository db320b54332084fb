"""What a question is asked of: whose reports, of which year, level and project."""

from collections.abc import Iterator
from functools import lru_cache

from bot.parsing.dialogue import says_what
from bot.parsing.parser import Reading
from bot.parsing.undertakings import says_beside, without_words
from bot.query.retrieval.fact_pool import Pool
from bot.query.retrieval.projects import of_named_projects
from bot.query.retrieval.scope import Scope, is_of_each
from bot.types import Memory, Question
from corpus.entities.organisations import is_government
from corpus.entities.years import years_in
from corpus.model.types import Report
from index.store import Reports


def question_to_scope(question: Question, reports: Reports, home: str | None) -> Scope:
    """Return whose reports are asked: those named, else the home, else all and open."""
    loaded = reports.bodies
    if question.organisations:
        return Scope(organisations=question.organisations)
    if question.operation == "排名" or is_of_each(question.words):
        return Scope(organisations=loaded)
    if home in loaded and home is not None:
        return Scope(organisations=(home,))
    return Scope(organisations=loaded, open=len(loaded) > 1)


def drop_carried_years(reading: Reading, question: Question, reports: Reports) -> Question:
    """Drop a year that only the talk so far says where the body now named has no report of it."""
    if reading.question.years or not reading.question.organisations or not question.years:
        return question
    held = {year for report in reports.of(question.organisations) for year in years_of(report)}
    return question if held & set(question.years) else question.model_copy(update={"years": ()})


def years_of(report: Report) -> Iterator[int]:
    """Yield the years that a report is of: its own, and those that its title names.

    A government tells in one report how a year's budget was executed and what the next one's is.
    """
    yield from (report.year,) if report.year else ()
    yield from _years_named(report.title)


@lru_cache(maxsize=65536)
def _years_named(title: str) -> tuple[int, ...]:
    """Return the years of a title; of many reports each is read once."""
    return tuple(found.value for found in years_in(title, this_year=None) if found.value)


def reports_in_scope(question: Question, scope: Scope, reports: Reports) -> tuple[Report, ...]:
    """Return the reports of the scope, of the level and the document named where there are such.

    A level may be that of one body alone: 水务局本级与城管局.
    """
    inside = list(reports.of(scope.organisations))
    if len(question.levels) == 1:
        levels = (*question.levels, None)
        having = {report.organisation for report in inside if report.level in levels}
        inside = [r for r in inside if r.level in levels or r.organisation not in having]
    if question.documents:
        inside = [report for report in inside if report.year in question.documents]
    return tuple(inside)


def of_level(pool: Pool, question: Question) -> Pool:
    """Return the figures of the level that is named, of reports that hold figures of both.

    So a government's do: 全市 is told apart from 市本级 in one and the same report.
    """
    if len(question.levels) != 1 or not any(
        is_government(fact.organisation) for fact in pool.facts
    ):
        return pool
    held = (*question.levels, None)
    return pool.of(
        tuple(f for f in pool.facts if f.level in held or not is_government(f.organisation))
    )


def of_project(
    pool: Pool, question: Question, memory: Memory, reports: Reports
) -> tuple[Pool, Question]:
    """Return the figures of the projects that a question names, and what else it says.

    A question that names another project, or another body that carries it out, and nothing else is
    what was asked of the one before: 那附小的呢.
    """
    narrowed = of_named_projects(pool, question.words, reports.bodies)
    said, before = (*narrowed.names, *narrowed.carriers), memory.question
    if before is None or not said or says_beside(question, said):
        kept = without_words(question, narrowed.carriers) if narrowed.names else question
        return narrowed.pool, kept
    past = of_named_projects(pool, before.words, reports.bodies)
    said = (*(narrowed.names or past.names), *(narrowed.carriers or past.carriers))
    asked = without_words(before, (*past.names, *past.carriers))
    if not says_what(asked):  # the project itself was asked for
        asked = without_words(before, past.carriers) if narrowed.carriers else question
    carried = {"asks": asked.asks, "operation": asked.operation, "aspects": asked.aspects}
    now = of_named_projects(pool, " ".join(said), ())
    return now.pool, question.model_copy(update=carried)
