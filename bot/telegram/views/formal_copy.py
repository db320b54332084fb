"""An answer as the inquiry desk would send it: the statement, where it stands, the date."""

from collections.abc import Mapping
from datetime import date

from bot.presentation.answer_text import label_of, show, whose
from bot.presentation.digit_guard import MARKER
from bot.telegram.views import texts
from bot.types import Answer, Citation
from corpus.entities.organisations import core_of
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact

_READING = patterns("answers.formal_copy")["reading"]
_ITEM = "\n· "


def formal_reply(
    answer: Answer, fact: Fact | None, organisations: Mapping[str, str], *, today: date
) -> str:
    """Word an answer formally: everything that it states, every source, the date.

    `organisations` are the bodies by the id of their report: titles do not always name theirs.
    """
    places = [_place(citation, organisations) for citation in answer.citations]
    said = _READING.sub("", answer.text, count=1).strip()
    if len(places) > 1:
        numbered = zip(answer.citations, places, strict=True)
        sources = "".join(f"\n[{citation.n}] {place}" for citation, place in numbered)
    else:
        said, sources = MARKER.sub("", said), places[0] if places else "—"
    when = texts.date_in_words(today.year, today.month, today.day)
    return texts.formal_figure(_as_statement(said, fact), sources, when)


def _as_statement(said: str, fact: Fact | None) -> str:
    """Put 为 before the one figure where that is all that is said; otherwise keep the words."""
    if fact and not _says_change(fact):
        of_what = f"{whose(fact)}{label_of(fact)}"
        if MARKER.sub("", said) == f"{of_what}{show(fact)}。":
            return f"{of_what}为{show(fact)}。"
    ended = _ITEM in said or MARKER.sub("", said).endswith(("。", "…", "）", "”"))
    return said if ended else f"{said}。"


def _says_change(fact: Fact) -> bool:
    return bool(fact.direction) or fact.aspect in ("增减额", "增减率")


def _place(citation: Citation, organisations: Mapping[str, str]) -> str:
    """Name the source of a citation, with the body where the title leaves that open."""
    body = organisations.get(citation.report, "")
    named = not body or core_of(body) in citation.title
    place = texts.formal_source(citation.title, citation.section, citation.page)
    return place if named else f"{body}{place}"
