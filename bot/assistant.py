"""The assistant that answers: one message and the talk so far in, a cited answer out."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module

from bot.answering.shown_figures import with_shown_figures
from bot.decomposition import Decomposition, Part, told
from bot.evidence.asked_amounts import tells_what_is_asked
from bot.evidence.named_slots import leaves_out
from bot.overview.desk import Desk, Overview
from bot.parsing.clauses import asking_clauses
from bot.parsing.dialogue import fill_up, is_of_part, says_what, spell_out
from bot.parsing.entity_linking import in_own_words
from bot.parsing.messages import to_text
from bot.parsing.parser import Reading, words_to_reading
from bot.parsing.planned_amounts import as_planned
from bot.parsing.undertakings import of_undertaking
from bot.presentation.digit_guard import unproved
from bot.presentation.pages_said import asks_page, with_pages, without_page
from bot.presentation.units_said import asks_unit_alone, with_unit
from bot.presentation.wording_said import (
    NOTHING_ASKED,
    asks_wording,
    with_wording,
    without_wording,
)
from bot.query.reckoned import figures_told
from bot.query.retrieval.fact_pool import MOST_READ, Holdings
from bot.query.retrieval.narrowing import (
    drop_carried_years,
    of_level,
    of_project,
    question_to_scope,
    reports_in_scope,
    years_of,
)
from bot.query.retrieval.scope import WORKED_OUT, Case, Scope, of_regions
from bot.rules.calculation.overall_totals import respond_without_thing
from bot.rules.comparison.organisation_choice import asked_back
from bot.rules.operations import Way, respond
from bot.rules.refusal import not_found, too_long
from bot.rules.verification import is_kept
from bot.settings.environment import Settings
from bot.smalltalk import small_talk
from bot.types import Answer, Memory, Question, Reply
from bot.understanding.advice.reading import Adviser
from bot.understanding.decision import decide, needs_no_reader, tells
from bot.understanding.explain import explain
from bot.understanding.judging import judge
from bot.understanding.reader import Reader, Understood
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Passage
from index.library import Library
from index.store import Reports

NEAREST = 12
LONGEST = 300  # characters of a question; beyond it is a text, and slow to hold against facts
YEAR_NOTE = "{asked}的报告没有收录，最新的是{newest}{meant}："
YEAR_MEANT = "，这里指{years}"
SAID_FROM_TODAY = {0: "今年", -1: "去年", -2: "前年", 1: "明年"}


def adviser_of(settings: Settings) -> Adviser | None:
    """Return the large model that the settings name, None where they name none."""
    if not settings.llm_url:
        return None
    adviser: Adviser = import_module("bot.understanding.advice.client").model_of(settings)
    return adviser


def today() -> date:
    """Return the day of today in UTC; 今年 and 去年 in a question are counted from it."""
    return datetime.now(UTC).date()


class Assistant:
    """Answers questions over a library; `home` is the organisation meant where none is named.

    An `adviser` is asked where the reader is not sure.
    """

    def __init__(
        self, library: Library, home: str | None = None, adviser: Adviser | None = None
    ) -> None:
        self.library = library
        self.home = home
        self._holdings = Holdings(library.facts, ())
        self._reader = Reader(library, adviser)
        self._desk = Desk(library)

    def answer(self, words: str, memory: Memory | None = None, *, home: str | None = None) -> Reply:
        """Answer a message; `home` is meant instead of the own one (/home in a chat)."""
        started = time.perf_counter()
        words, before = to_text(words), memory or Memory()
        talk = small_talk(words, self.library)
        if talk:
            return Reply(answer=talk, memory=before)
        if len(words) > LONGEST:
            return Reply(answer=too_long(LONGEST), memory=before)
        overview = self._desk.asked(words, before, home or self.home, today())
        if overview and overview.first and (card := self._card(overview, words, before, started)):
            return card
        reports = self.library.reports()
        asked, words = words, spell_out(of_which_proof(words, before), before)
        if not words:
            return Reply(answer=Answer(status="clarify", text=NOTHING_ASKED), memory=before)
        whole, note = self._part(words, before, home or self.home, reports)
        answer = self._decided(whole, asking_clauses(words), home or self.home, reports)
        if overview and overview.request.says_so and answer.status != "answered":
            card = self._card(overview, asked, before, started)
            if card:
                return card
        answer = with_wording(with_pages(with_unit(answer, asked), asked), asked)
        if note:
            answer = answer.model_copy(update={"text": note + answer.text})
        # To be asked back is no turn of its own: the choice that is made next is.
        kept = whole.remembered(answer, self._reader.wording(whole.case))
        return Reply(answer=timed(answer, started), memory=kept)

    def overview(self, words: str, *, home: str | None = None) -> Answer | None:
        """Return the card of a body that a message asks for by itself, None where it asks else."""
        asked = self._desk.asked(words, Memory(), home or self.home, today())
        card = self._desk.card(asked, words, today()) if asked else None
        return card[0] if card and card[0].status == "answered" else None

    def _card(self, overview: Overview, words: str, before: Memory, started: float) -> Reply | None:
        """Return a card; the talk goes on from its body, or as it was where that is asked back."""
        card = self._desk.card(overview, words, today())
        if card is None:
            return None
        answer, question = card
        kept = Memory(question=question, facts=told(answer, before))
        clarify = answer.status == "clarify"
        return Reply(answer=timed(answer, started), memory=before if clarify else kept)

    def told_at_once(self, words: str) -> Answer | None:
        """Return what is answered to a message by itself where nothing is to be encoded for it."""
        whole, _ = self._part(words, Memory(), self.home, self.library.reports())
        # A passage is looked for by the encoder.
        case = replace(whole.case, search=lambda _words, _reports: ())
        rules = self._by_rules(replace(whole, case=case))
        if rules is None or self._is_stranger(case):
            return None
        said = self._reader.wording(case)
        certain = not self.library.is_read or needs_no_reader(self._reader, case, rules, said)
        return rules if certain else None

    def consider(self, words: str, memory: Memory, *, home: str | None = None) -> Understood:
        """Return all that a message may mean, with the features that it is ranked by."""
        words = spell_out(to_text(words), memory)
        whole, _ = self._part(words, memory, home or self.home, self.library.reports())
        case, rules = whole.case, self._by_rules(whole)
        return self._reader.consider(case, memory, rules, self._reader.wording(case))

    def explain(self, words: str, memory: Memory | None = None) -> str:
        """Return what was understood of a message, the readings considered and the choice."""
        return explain(judge(self.consider(words, memory or Memory()), self._reader.scorer))

    def _decided(
        self, whole: Part, clauses: Sequence[str], home: str | None, reports: Reports
    ) -> Answer:
        """Choose with what the rules answer to the parts of a message, else to it as a whole.

        `clauses` are those that ask. Where the whole is refused, or tells less than is asked for,
        each is read by itself: what all of them tell is more than the whole, or nothing. What is
        refused then is taken apart into what it reckons with.
        """
        apart = self._apart(home, reports)
        by_rules = self._by_rules(whole)
        parts = apart.in_parts(clauses, whole.before, apart.told_alone)
        if parts and (by_rules is None or figures_told(by_rules) < figures_told(parts)):
            answer = self._decide(whole, parts)
            if answer.status == "answered":
                return answer
        answer = self._decide(whole, by_rules)
        refused = answer.status == "not_found"
        several = len(clauses) > 1 and (refused or answer.status == "answered")
        read = apart.in_parts(clauses, whole.before, apart.read_alone) if several else None
        asked = whole.case.question
        more = read and tells(read, answer) and not tells(answer, read)
        if read and tells_what_is_asked(asked, read) and (refused or more):
            return read
        apart_too = refused and self.library.is_read and not whole.case.wide
        return (apart.reckoned(whole) if apart_too else None) or answer

    def _apart(self, home: str | None, reports: Reports) -> Decomposition:
        """Return how parts of a message are answered, as it is itself."""
        return Decomposition(
            read=lambda words, before: self._part(words, before, home, reports)[0],
            wording=self._reader.wording,
            by_rules=self._by_rules,
            decide=self._decide,
            reckon=self._reader.reckoned,
            considered=self._answers_of,
            is_stranger=self._is_stranger,
        )

    def _answers_of(self, part: Part, kind: str) -> Iterator[Answer]:
        """Yield what the reader considers of one kind for a message, the likeliest first."""
        said = self._reader.wording(part.case)
        found = self._reader.consider(part.case, part.before, None, said)
        considered = judge(found, self._reader.scorer).considered
        yield from (one.answer for one in considered if one.kind == kind)

    def _part(
        self, words: str, before: Memory, home: str | None, reports: Reports
    ) -> tuple[Part, str]:
        """Return a message or a part of one as it is read, with the note on its years."""
        reading, note = self._read(words, before, home, reports)
        question = fill_up(reading, before)
        case = self._case_of(reading, question, before, home, reports)
        return Part(case, reading, question, before), note

    def _decide(self, part: Part, rules: Answer | None) -> Answer:
        """Choose among what the rules answer and what the reader finds, or refuse.

        Over a wide scope the reader finds nothing: near to a question are the same words of all.
        """
        case = part.case
        if not self.library.is_read or case.wide or self._is_stranger(case):
            return with_notes(rules, case) if rules else not_found(case)
        decision = decide(self._reader, case, part.before, rules, self._reader.wording(case))
        if decision.answer is None:
            return not_found(case, decision.nearest)
        asked = decision.understood.asked
        near = [one.fact for one in asked.near] if asked else []
        shown = with_shown_figures(decision.answer, case.pool.by_id, near)
        return with_notes(asked_back(case, shown), case)

    def _is_stranger(self, case: Case) -> bool:
        """Tell whether a body is named that neither a report is of nor one speaks of."""
        name = case.question.unknown_organisation
        return bool(name) and not self.library.is_spoken_of(name)

    def _read(
        self, words: str, before: Memory, home: str | None, reports: Reports
    ) -> tuple[Reading, str]:
        """Read a message; 今年 is counted from today, where no report is so new with a note."""
        read = partial(
            words_to_reading,
            words,
            known=reports.bodies,
            vocabulary=load_vocabulary(),
            talk_year=max(before.question.years, default=None) if before.question else None,
        )
        reading = read(today=today())
        if not reading.relative:
            return reading, ""
        asked = fill_up(reading, before)
        inside = reports_in_scope(asked, question_to_scope(asked, reports, home), reports)
        held = [year for report in inside for year in years_of(report)]
        late = max(reading.question.years, default=None)
        if not held or (late is None and today().year in held):
            return reading, ""
        newest = max(held)
        if late is None:  # 比去年多多少 compares the newest with the year before it
            return read(today=date(newest, 12, 31)), ""
        if late <= newest:
            return reading, ""
        meant = read(today=date(today().year - (late - newest), 12, 31))
        return meant, year_note(reading.question.years, meant.question.years, newest)

    def _case_of(
        self,
        reading: Reading,
        question: Question,
        memory: Memory,
        home: str | None,
        reports: Reports,
    ) -> Case:
        question = drop_carried_years(reading, question, reports)
        scope = question_to_scope(question, reports, home)
        return self._case(reading, question, memory, scope, reports)

    def _by_rules(self, part: Part) -> Answer | None:
        """Return what the rules answer, None where it is unproved or not what the words promise."""
        case, question = part.case, part.case.question
        ways: Way = respond if can_be_told(question) else respond_without_thing
        answer = None if question.unknown_organisation else ways(case)
        asked = " ".join((question.words, part.reading.question.words))
        if answer is None or unproved(answer, asked) or not is_kept(question, answer):
            return None
        if case.tells_again(answer):
            return None
        if leaves_out(question, answer, case.pool.by_id, case.whereabouts, case.base):
            return None
        return answer

    def _case(
        self,
        reading: Reading,
        question: Question,
        memory: Memory,
        scope: Scope,
        reports: Reports,
    ) -> Case:
        inside = reports_in_scope(question, scope, reports)
        wide, held, about = len(inside) > MOST_READ, self._held(reports), ""
        if not wide:
            scope = of_regions(scope, question.words, held.pool(inside).facts)
            inside = reports_in_scope(question, scope, reports)
            question, inside, about = of_undertaking(
                question, inside, lambda others: held.pool(tuple(others)).rows
            )
            scope = scope.of_bodies({report.organisation for report in inside})
        pool = held.bearing(inside, question) if wide else held.pool(inside)
        pool, question = of_project(of_level(pool, question), question, memory, reports)
        return Case(
            question=as_planned(in_own_words(question, pool.facts, load_vocabulary()), pool.facts),
            scope=scope,
            base=reading.base,
            pool=pool,
            reports=inside,
            loaded=reports,
            recall=partial(self.library.facts.get, printed_of(memory)),
            talked=memory.facts,
            bare=names_nothing(reading.question),
            other=names_other(reading.question) or is_of_part(reading.question),
            search=self._search,
            asked_words=reading.question.words.replace(about, "", 1),
            typed=reading.typed,
            words_before=gone_on_from(reading, memory),
            wide=wide,
        )

    def _held(self, reports: Reports) -> Holdings:
        """Return what these reports hold; the library gives the same tuple until it changes."""
        holdings = self._holdings
        if holdings.reports is not reports:
            self._holdings = holdings = Holdings(self.library.facts, reports)
        return holdings

    def _search(self, words: str, reports: Collection[str]) -> tuple[tuple[Passage, float], ...]:
        hits = self.library.search(words, k=NEAREST, reports=reports) if reports else ()
        return tuple((hit.passage, hit.score) for hit in hits)


def timed(answer: Answer, started: float) -> Answer:
    """Return an answer with the time that it took."""
    spent = round((time.perf_counter() - started) * 1000, 1)
    return answer.model_copy(update={"elapsed_ms": spent})


def of_which_proof(words: str, before: Memory) -> str:
    """Return what a question for a page or the wording is of: the rest, or else what was asked.

    It is empty where nothing was asked before and the question says nothing. One for another unit
    and nothing else is of what was asked as well.
    """
    asked_before = before.question.words if before.question else ""
    if asks_unit_alone(words):
        return asked_before or words
    if not asks_wording(words) and not asks_page(words):
        return words
    rest = without_page(without_wording(words) if asks_wording(words) else words)
    return rest or asked_before


def year_note(asked: Sequence[int], meant: Sequence[int], newest: int) -> str:
    """Say which of the years asked for no report is of, and which are told in their place."""
    missing = [year for year in asked if year > newest]
    said = (SAID_FROM_TODAY.get(year - today().year, f"{year}年") for year in missing)
    told = "、".join(f"{year}年" for year in meant)
    others = YEAR_MEANT.format(years=told) if meant != (newest,) else ""
    return YEAR_NOTE.format(asked="、".join(said), newest=f"{newest}年", meant=others)


def printed_of(memory: Memory) -> tuple[str, ...]:
    """Return the ids of the printed figures that a talk has told, the latest first."""
    return tuple(name for name in memory.facts if name not in ("", WORKED_OUT))


def can_be_told(question: Question) -> bool:
    """Tell whether a question names a thing, or wants words or a rank of scores."""
    scores = question.operation == "排名" and any(ask.kind == "得分" for ask in question.asks)
    return says_what(question) or scores or question.operation in ("说明", "列举", "原因")


def gone_on_from(reading: Reading, memory: Memory) -> str:
    """Return the message before one that names no body of its own."""
    before = memory.question
    return before.words if before and not reading.question.organisations else ""


def names_other(asked: Question) -> bool:
    """Tell whether a message by itself names a thing by words that are no term: 空调呢."""
    named = [ask for ask in asked.asks if ask.terms or ask.words]
    return bool(named) and not any(ask.terms for ask in named)


def names_nothing(asked: Question) -> bool:
    """Tell whether a message by itself names no thing, year or body."""
    return not (says_what(asked) or asked.years or asked.organisations)


def with_notes(answer: Answer, case: Case) -> Answer:
    """Say how a mistyped term was understood."""
    notes = [f"按“{term}”理解。" for term in case.question.corrections]
    if not notes:
        return answer
    return answer.model_copy(update={"text": "".join(notes) + answer.text})
