"""The desk that answers: one message and the talk so far in, a cited answer out."""

import re
import time
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from functools import partial

from bot import (
    changes,
    compare,
    definitions,
    lookup,
    narrate,
    parts,
    rates,
    reasons,
    sections,
    sums,
    truth,
)
from bot.case import Case, Scope
from bot.cues import QUANTITY
from bot.followup import fill_up, says_what
from bot.guard import unproved
from bot.nouns import Answer, Memory, Operation, Question, Reply
from bot.refuse import not_found
from bot.understand import Reading, words_to_reading
from corpus.nouns import Passage, Report
from corpus.vocabulary import load_vocabulary
from index.library import Library

Way = Callable[[Case], Answer | None]

WAYS: dict[Operation, tuple[Way, ...]] = {
    "查数": (
        lookup.look_up,
        lookup.look_up_sister,
        changes.worked_back,
        truth.denied,
        narrate.measured,
    ),
    "差额": (changes.changed, changes.unchanged, compare.compared),
    "增长率": (rates.grown,),
    "占比": (sums.shared,),
    "比值": (sums.averaged,),
    "合计": (sums.totalled,),
    "比较": (compare.compared,),
    "排名": (compare.ranked,),
    "趋势": (compare.trended,),
    "是否": (
        truth.consistent,
        narrate.told_of_duty,
        truth.said_to_be,
        truth.yes_or_no,
        truth.told_so,
    ),
    "原因": (reasons.explained, narrate.told),
    "定义": (definitions.defined, narrate.told),
    "列举": (parts.money_divided, sections.section_told, parts.divided, narrate.told),
    "说明": (sections.section_told, narrate.told, lookup.look_up_term),
}
NEAREST = 12
THIS_YEAR_NOTE = "“今年”按最新一份报告的年份理解。"
YEARS_TOGETHER = re.compile(r"[两三几]年.*(?:合计|一共|总共|共)")
TOGETHER = re.compile(
    r"加上|加起来|加在一|合起来|总和|(?<!收入)(?<!支出)(?<!本年)合计|[两三几]年.*合计"
    r"|(?:和|与|、).*(?:一共|总共|共)"
)
# "甲加乙合计": a sum of things that may have no terms; a part of it would be a wrong answer.
PLUS = re.compile(r"[\u4e00-\u9fff]加(?![强快大装班油工入])[\u4e00-\u9fff].*(?:合计|一共|总共|共)")


def today() -> date:
    """Return the day of today in UTC; 今年 and 去年 in a question are counted from it."""
    return datetime.now(UTC).date()


class Desk:
    """Answers questions over a library; `home` is the organisation meant where none is named."""

    def __init__(self, library: Library, home: str | None = None) -> None:
        self.library = library
        self.home = home

    def answer(self, words: str, memory: Memory | None = None, *, home: str | None = None) -> Reply:
        """Answer a message; `home` overrides the desk's own for this message (/home in a chat)."""
        started = time.perf_counter()
        before = memory or Memory()
        reports = self.library.reports()
        reading, note = self._read(words, before, home or self.home)
        question = fill_up(reading, before)
        answer, facts = self._settle(reading, question, before, home or self.home, reports)
        if note and answer.status == "answered":
            answer = answer.model_copy(update={"text": note + answer.text})
        spent = round((time.perf_counter() - started) * 1000, 1)
        kept = Memory(question=question, facts=(*facts[:1], *before.facts)[:6])
        return Reply(answer=answer.model_copy(update={"elapsed_ms": spent}), memory=kept)

    def _read(self, words: str, before: Memory, home: str | None) -> tuple[Reading, str]:
        """Read a message; 今年 is today's year, else with a note that of the latest report."""
        reports = self.library.reports()
        read = partial(
            words_to_reading,
            words,
            known=[report.organisation for report in reports],
            vocabulary=load_vocabulary(),
            talk_year=max(before.question.years, default=None) if before.question else None,
        )
        reading = read(today=today())
        if not reading.relative:
            return reading, ""
        asked = fill_up(reading, before)
        inside = reports_in_scope(asked, question_to_scope(asked, reports, home), reports)
        years = [report.year for report in inside if report.year]
        if not years or today().year in years:
            return reading, ""
        return read(today=date(max(years), 12, 31)), THIS_YEAR_NOTE

    def _settle(
        self,
        reading: Reading,
        question: Question,
        memory: Memory,
        home: str | None,
        reports: tuple[Report, ...],
    ) -> tuple[Answer, tuple[str, ...]]:
        question = drop_carried_years(reading, question, reports)
        scope = question_to_scope(question, reports, home)
        case = self._case(reading, question, memory, scope, reports)
        if not says_what(question) and question.operation not in ("说明", "列举", "原因"):
            return not_found(case), ()
        answer = None if question.unknown_organisation else respond(case)
        if answer is None or unproved(answer, " ".join((question.words, reading.question.words))):
            return not_found(case), ()
        return with_notes(answer, case), tuple(f.fact for f in answer.figures if f.fact)

    def _case(
        self,
        reading: Reading,
        question: Question,
        memory: Memory,
        scope: Scope,
        reports: tuple[Report, ...],
    ) -> Case:
        inside = reports_in_scope(question, scope, reports)
        # Without a report nothing is known; the table would take no filter for all reports.
        facts = self.library.facts.find(reports=[r.id for r in inside]) if inside else ()
        return Case(
            question=question,
            scope=scope,
            base=reading.base,
            facts=facts,
            reports=inside,
            loaded=reports,
            remembered=self.library.facts.get(memory.facts),
            bare=names_nothing(reading.question),
            search=self._search,
        )

    def _search(self, words: str, reports: Collection[str]) -> tuple[tuple[Passage, float], ...]:
        hits = self.library.search(words, k=NEAREST, reports=reports) if reports else ()
        return tuple((hit.passage, hit.score) for hit in hits)


def reports_in_scope(
    question: Question, scope: Scope, reports: tuple[Report, ...]
) -> tuple[Report, ...]:
    """Return the reports of the scope, of the level and the document named where there are such."""
    inside = [report for report in reports if report.organisation in scope.organisations]
    if len(question.levels) == 1:
        fitting = [r for r in inside if r.level in (*question.levels, None)]
        inside = fitting or inside
    if question.documents:
        inside = [report for report in inside if report.year in question.documents]
    return tuple(inside)


def names_nothing(asked: Question) -> bool:
    """Tell whether a message by itself names no thing, year or body."""
    return not (says_what(asked) or asked.years or asked.organisations)


def drop_carried_years(
    reading: Reading, question: Question, reports: tuple[Report, ...]
) -> Question:
    """Drop a year that only the talk so far says where the body now named has no report of it."""
    if reading.question.years or not reading.question.organisations or not question.years:
        return question
    held = {r.year for r in reports if r.organisation in question.organisations}
    return question if held & set(question.years) else question.model_copy(update={"years": ()})


def question_to_scope(question: Question, reports: tuple[Report, ...], home: str | None) -> Scope:
    """Return whose reports are asked: those named, else the home, else all and open."""
    loaded = tuple(dict.fromkeys(report.organisation for report in reports))
    if question.organisations:
        return Scope(organisations=question.organisations)
    if question.operation == "排名":
        return Scope(organisations=loaded)
    if home in loaded and home is not None:
        return Scope(organisations=(home,), home=True)
    return Scope(organisations=loaded, home=len(loaded) == 1, open=len(loaded) > 1)


def respond(case: Case) -> Answer | None:
    """Try the ways of the operation in order; the first that has an answer gives it."""
    operation = case.question.operation
    sides = max(len(case.question.levels), len(case.question.organisations))
    if sides > 1 and operation == "差额" and case.base is None:
        operation = "比较"
    if sums.PER.search(case.question.words) and operation == "查数":
        operation = "比值"
    elif adds_up(case):
        operation = "合计"
    if operation == "查数" and not looks_for_figure(case):
        operation = "说明" if case.question.topic else operation
    ways = WAYS[operation]
    if operation == "查数" and not case.ask.terms and not looks_for_figure(case):
        ways = (*ways, narrate.told)
    return next((answer for way in ways if (answer := way(case)) is not None), None)


def looks_for_figure(case: Case) -> bool:
    """Tell whether a question wants a figure: it says 多少 or 几, an aspect, a kind of amount."""
    return bool(QUANTITY.search(case.question.words) or case.question.aspects or case.ask.kind)


def adds_up(case: Case) -> bool:
    """Tell whether a question asks for the sum of several items, bodies or years."""
    question, words = case.question, case.question.words
    several = max(len(case.ask.terms), len(question.organisations), len(question.years)) > 1
    several = several or bool(YEARS_TOGETHER.search(words))
    added = PLUS.search(words) or (several and TOGETHER.search(words))
    return bool(added or sums.WHOLE_YEAR.search(words))


def with_notes(answer: Answer, case: Case) -> Answer:
    """Say how a mistyped term was understood, and whose figures a nameless question was given."""
    notes = [f"按“{term}”理解。" for term in case.question.corrections]
    if not notes:
        return answer
    return answer.model_copy(update={"text": "".join(notes) + answer.text})
