"""From a message that asks for an overview to its card: which body, which years, which reports."""

from datetime import date

from bot.overview.card import comparison_card, year_card
from bot.overview.figures import Figures
from bot.overview.request import Request, words_to_request
from bot.overview.wording import load_wording
from bot.presentation.answer_text import year_word
from bot.presentation.digit_guard import unproved
from bot.types import Answer, Choice, Memory, Question
from corpus.entities.years import YearMention
from corpus.model.types import Level, Noun, Report
from index.library import Library
from index.store import Reports

MOST_CHOICES = 8
LEVELS: tuple[Level, ...] = ("部门", "单位")
YEAR_NOTE = "以最新的报告为准，这里指{years}。"
CORRECTED = "按“{name}”理解。"


class Overview(Noun):
    """An overview that a message asks for, of one body or of one that is still to be chosen.

    `first` where it is to be given before anything else is tried; else the message may as well be a
    question for a figure, and is an overview where it finds none.
    """

    request: Request
    bodies: tuple[str, ...]
    first: bool


def is_open(memory: Memory) -> bool:
    """Tell whether a talk has come to a body alone: there is no thing that more is asked of."""
    before = memory.question
    if before is None:
        return True
    named = any(ask.terms or ask.words or ask.kind for ask in before.asks)
    return not (named or before.topic or before.aspects) and before.operation in ("查数", "说明")


class Desk:
    """Gives the cards of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def asked(self, words: str, memory: Memory, home: str | None, today: date) -> Overview | None:
        """Return the overview that a message asks for, None where it asks for anything else."""
        loaded = self._library.reports().bodies
        request = words_to_request(words, loaded, today.year)
        if request is None:
            return None
        bodies = self._bodies(request, memory, home, loaded)
        free = is_open(memory)
        if not bodies or (not request.bodies and not request.sure and not free):
            return None
        # A year alone goes on from a card; 怎么样 of nobody in particular asks for none.
        if not (request.bodies or request.says_so or len(bodies) == 1):
            return None
        return Overview(request=request, bodies=bodies, first=request.sure or free)

    def _bodies(
        self, request: Request, memory: Memory, home: str | None, loaded: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return the bodies that may be meant: named, talked of, the own one, else all."""
        named = tuple(name for name in request.bodies or loaded if name)
        for likely in (self._talked_of(memory), home):
            if likely in named and likely is not None:
                return (likely,)
        return named

    def _talked_of(self, memory: Memory) -> str | None:
        """Return the one body that a talk has come to: named, or that of the figure told last."""
        named = memory.question.organisations if memory.question else ()
        if named:
            return named[0] if len(named) == 1 else None
        told = self._library.facts.get(tuple(filter(None, memory.facts[:1])))
        return told[0].organisation if told else None

    def card(self, overview: Overview, words: str, today: date) -> tuple[Answer, Question] | None:
        """Return the card and what is to be remembered as asked, None where nothing is printed."""
        request = overview.request
        if len(overview.bodies) > 1:
            return _which(overview), Question(words=words)
        body = overview.bodies[0]
        reports = _of_level(self._library.reports(), body, request.level)
        years, note = _years(request.years, reports, today)
        figures = self._figures(body, reports)
        answer = (
            self._compared(body, years, figures)
            if request.kind == "comparison"
            else self._of_year(body, years, figures)
        )
        if answer is None:
            return None
        notes = "".join(CORRECTED.format(name=name) for name in request.corrections) + note
        told = "\n".join(filter(None, (notes, answer.text)))
        answer = answer.model_copy(update={"text": told})
        return answer, Question(words=words, organisations=(body,), years=years)

    def _figures(self, body: str, reports: tuple[Report, ...]) -> Figures:
        ids = tuple(report.id for report in reports)
        facts = self._library.facts.find(reports=ids, organisations=(body,)) if ids else ()
        return Figures(reports=reports, facts=facts)

    def _of_year(self, body: str, years: tuple[int, ...], figures: Figures) -> Answer | None:
        held = {report.year for report in figures.reports if report.year}
        year = years[0] if years else max(held, default=None)
        if year is None or year not in held:
            return None
        latest = not years and len(held) > 1
        card = year_card(body, year, figures, latest=latest, printed=self._library.printed)
        return _proved(card)

    def _compared(self, body: str, years: tuple[int, ...], figures: Figures) -> Answer | None:
        pair = _pair(years, {report.year for report in figures.reports if report.year})
        if pair is None:
            return None
        card = _proved(comparison_card(body, *pair, figures))
        return card or self._of_new_year(body, *pair, figures)

    def _of_new_year(self, body: str, old: int, new: int, figures: Figures) -> Answer | None:
        """Return the card of the later year, which tells the changes, where it has a report."""
        card = self._of_year(body, (new,), figures) if new - old == 1 else None
        if card is None:
            return None
        note = load_wording().text["missing"].format(old=year_word(old), new=year_word(new))
        return card.model_copy(update={"text": f"{note}\n{card.text}"})


def _proved(card: Answer | None) -> Answer | None:
    """Return a card whose every digit has its proof, None for any other."""
    return None if card is None or unproved(card, "") else card


def _which(overview: Overview) -> Answer:
    """Ask which body is meant, the whole request for each."""
    words = overview.request.rest
    choices = tuple(
        Choice(label=name, question=f"{name}{words}") for name in overview.bodies[:MOST_CHOICES]
    )
    return Answer(status="clarify", text=load_wording().text["which"], choices=choices)


def _of_level(loaded: Reports, body: str, level: Level | None) -> tuple[Report, ...]:
    """Return the reports of a body: of the level named, else of the whole department first."""
    own = loaded.of((body,))
    for wanted in (level,) if level else LEVELS:
        found = tuple(report for report in own if report.level in (wanted, None))
        if found:
            return found
    return own


def _years(
    said: tuple[YearMention, ...], reports: tuple[Report, ...], today: date
) -> tuple[tuple[int, ...], str]:
    """Return the years that are meant; 今年 is today's, else that of the latest report, and told.

    What a message says as a number stands as it is.
    """
    held = {report.year for report in reports if report.year}
    this_year = today.year if today.year in held else max(held, default=today.year)
    years = tuple(
        dict.fromkeys(
            this_year + one.offset if one.offset is not None else one.value
            for one in said
            if one.offset is not None or one.value
        )
    )
    moved = this_year != today.year and any(one.offset is not None for one in said)
    named = "、".join(f"{year}年" for year in years)
    kept = tuple(year for year in years if year is not None)
    return kept, YEAR_NOTE.format(years=named) if moved else ""


def _pair(years: tuple[int, ...], held: set[int]) -> tuple[int, int] | None:
    """Return the two years to be compared, the earlier one first; None for any other number.

    Of one year, it and the latest one; of the latest one, it and the one before.
    """
    if len(years) == 2:
        return min(years), max(years)
    if len(years) > 2 or not held:
        return None
    latest = max(held)
    year = years[0] if years else latest
    return (year, latest) if year < latest else (year - 1, year)
