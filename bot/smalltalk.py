"""What people say that asks for no figure, and what is said back: the same wherever they ask.

The phrases and texts stand in smalltalk.toml. What there is to ask about (bodies, reports, what
does not add up in them) is read off the library; nothing else here looks into the reports.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib import import_module, resources

from pydantic import Field

from bot.presentation.answer_text import fact_to_question
from bot.types import Answer
from corpus.entities.organisations import core_of, find_organisations
from corpus.lexicon.data_files import read_toml, validate
from corpus.model.types import Noun, Report
from index.library import Library

_LONGEST = 40  # characters of small talk: what is longer says something
_ROOM = 780  # characters of an answer, with some left for the last line
_MOST_AUDITED = 40
_MOST_TRIED = 20
_OF_A_YEAR = (2, 4)  # digits: 2023 goes on with the talk, 123 is nothing that can be asked
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_LATIN_WORDS = 3  # fewer may be the initials of a name
_SLASHES = ("/", "／")  # a command, or one mistyped: no question begins so
_ABROAD = "english"
# 财政局有哪些单位 asks what belongs to it, 财政局信访 for a figure, 我要投诉财政局 for neither.
_OF_BODIES = ("reports", "findings", "export", "complaint")
_ASKS_FOR_A_FIGURE = 2  # characters beside the name of a body
_EXAMPLES = ("三公经费", "支出合计", "本年支出", "收入合计", "项目支出", "基本支出")
_NO_EXAMPLE = "财政局去年的决算支出是多少"


class Kind(Noun):
    """A kind of small talk: its phrases, and what is said back where that is always the same.

    One that `opens` is said before the first question: what can be asked may be shown with it.
    """

    name: str
    phrases: frozenset[str]
    text: str = ""
    opens: bool = False


class SmallTalk(Noun):
    """The whole of smalltalk.toml."""

    kinds: tuple[Kind, ...] = Field(alias="kind")  # as the file has it, to find its line by
    filler: frozenset[str]
    english: str
    no_reports: str

    def kind_of(self, name: str) -> Kind:
        """Return the kind of this name."""
        return next(kind for kind in self.kinds if kind.name == name)


@cache
def load_small_talk() -> SmallTalk:
    """Read smalltalk.toml."""
    source = resources.files("bot").joinpath("smalltalk.toml")
    return validate(SmallTalk, read_toml(source), source)


def small_talk(words: str, library: Library) -> Answer | None:
    """Return what is said back to small talk, None where a message asks for something else."""
    name = kind_of(words) or _kind_beside_bodies(words, library)
    if name is None:
        return None
    return Answer(status="answered", text=_text_for(name, words, library))


def said_of(name: str, library: Library, units: Collection[str]) -> str:
    """Return what is said of the reports of some units: units, reports or findings."""
    reports = [one for one in library.reports() if one.organisation in units]
    return _ABOUT[name](library, reports) if reports else load_small_talk().no_reports


def is_small_talk(answer: Answer) -> bool:
    """Whether an answer says nothing of what stands in a report."""
    return answer.status == "answered" and not (answer.figures or answer.citations)


def opens_a_talk(words: str) -> bool:
    """Whether a message is one before the first question, as a greeting is."""
    name = kind_of(words)
    return name not in (None, _ABROAD) and load_small_talk().kind_of(str(name)).opens


def kind_of(words: str) -> str | None:
    """Return the name of the small talk that a message is all made of, None for anything else.

    Emoji and marks alone are a nod, with a question mark among them they are puzzled, as a number
    alone is that is no year. What begins with a slash was meant as a command, and is told that it
    is none.
    """
    if words.lstrip().startswith(_SLASHES):
        return "command"
    if words.strip().isdecimal() and len(words.strip()) not in _OF_A_YEAR:
        return "puzzled"
    bare = _bare(words)
    if not bare:
        return "empty" if not words.strip() else "puzzled" if {"?", "？"} & set(words) else "nod"
    said = _phrases_in(bare)
    if said:
        kinds = (kind for kind in load_small_talk().kinds if kind.phrases & set(said))
        return next((kind.name for kind in kinds), None)
    abroad = not _HAN.search(words) and len(_LATIN.findall(words)) >= _LATIN_WORDS
    return _ABROAD if abroad else None


def _bare(words: str) -> str:
    return "".join(char for char in words.lower() if unicodedata.category(char)[0] in "LN")


def _phrases_in(bare: str) -> tuple[str, ...]:
    """Return the fewest phrases that a message is made of, none for one that says more."""
    if len(bare) > _LONGEST:
        return ()
    talk = load_small_talk()
    return pieces_of(bare, talk.filler.union(*(kind.phrases for kind in talk.kinds)))


def pieces_of(bare: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the fewest known words that make up a text, none where anything is left over."""
    made: list[tuple[str, ...] | None] = [()] + [None] * len(bare)
    for end in range(1, len(bare) + 1):
        ways = [
            (*before, bare[start:end])
            for start in range(end)
            if (before := made[start]) is not None and bare[start:end] in known
        ]
        made[end] = min(ways, key=len, default=None)
    return made[-1] or ()


def _kind_beside_bodies(words: str, library: Library) -> str | None:
    """Return what is asked about the library where a message names bodies besides."""
    talk = load_small_talk()
    asked = [phrase for name in _OF_BODIES for phrase in talk.kind_of(name).phrases]
    if len(words) > _LONGEST or not any(phrase in words for phrase in asked):
        return None
    rest = words
    for start, end, _ in reversed(_bodies_in(words, library)):
        rest = rest[:start] + rest[end:]
    name = kind_of(rest)
    is_talk = name in _ABOUT or len(_bare(rest)) > _ASKS_FOR_A_FIGURE
    return name if name in _OF_BODIES and is_talk else None


def _bodies_in(words: str, library: Library) -> list[tuple[int, int, str]]:
    found = find_organisations(words, library.reports().bodies)
    return sorted({(mention.start, mention.end, mention.name) for mention in found})


# ---------------------------------------------------------------- what is said back


def _text_for(name: str, words: str, library: Library) -> str:
    if name in _ABOUT:
        return _about(name, words, library)
    talk = load_small_talk()
    lines = [] if name == _ABROAD else [talk.kind_of(name).text.strip()]
    if _LATIN.search(words) and not _HAN.search(words):
        lines.append(talk.english)
    said = "\n".join(lines)
    if "{" not in said:
        return said
    named = [core_of(body) for _, _, body in _bodies_in(words, library)]
    return said.format(example=_example(library), body=(*named, _body(library))[0])


def _about(name: str, words: str, library: Library) -> str:
    named = {body for _, _, body in _bodies_in(words, library)}
    return said_of(name, library, named or {one.organisation for one in library.reports()})


def _units(_: Library, reports: list[Report]) -> str:
    """Name the bodies with the kinds and years that there are of each."""
    bodies: dict[str, dict[str, set[int]]] = {}
    for report in reports:
        kinds = bodies.setdefault(report.organisation or "（没有认出单位）", {})
        kinds.setdefault(report.kind, set()).update({report.year} if report.year else ())
    lines = (
        f"{body}：{'；'.join(f'{kind} {_years(kinds[kind])}'.strip() for kind in sorted(kinds))}"
        for body, kinds in sorted(bodies.items())
    )
    return _within(f"收录了 {len(bodies)} 个单位的报告：", lines, "个单位")


def _years(years: Iterable[int]) -> str:
    return "、".join(str(year) for year in sorted(years))


def _reports(_: Library, reports: list[Report]) -> str:
    """Name the reports, the newest first."""
    ordered = sorted(reports, key=lambda one: (-(one.year or 0), one.organisation, one.kind))
    lines = (f"《{report.title or report.name}》" for report in ordered)
    return _within(f"收录了 {len(reports)} 份报告：", lines, "份")


def _findings(library: Library, reports: list[Report]) -> str:
    """Say what does not add up, in the newest reports where there are many."""
    audit = import_module("corpus.checks.audit").audit  # a question should not wait for it
    newest = sorted(reports, key=lambda one: -(one.year or 0))[:_MOST_AUDITED]
    lines = [
        f"{report.organisation}《{report.title or report.name}》{finding.text}"
        if core_of(report.organisation) not in report.title
        else f"《{report.title}》{finding.text}"
        for report in newest
        for finding in audit(report, library.printed(report.id))
    ]
    which = "" if len(newest) == len(reports) else f"（只看了最新的 {len(newest)} 份报告）"
    if not lines:
        return f"没有发现合计不符、前后矛盾的数字。{which}"
    numbered = (f"{number}. {line}" for number, line in enumerate(lines, start=1))
    return _within(f"有 {len(lines)} 处数字对不上，请核对原文{which}：", numbered, "处")


_ABOUT: dict[str, Callable[[Library, list[Report]], str]] = {
    "units": _units,
    "reports": _reports,
    "findings": _findings,
}


def _within(head: str, lines: Iterable[str], counted: str) -> str:
    """Write as many lines under a head as an answer has room for, and say how many are left."""
    listed = list(lines)
    shown: list[str] = []
    for line in listed:
        if len("\n".join((head, *shown, line))) > _ROOM:
            break
        shown.append(line)
    left = len(listed) - len(shown)
    end = [f"……还有 {left} {counted}列不下，问的时候写上单位名称。"] if left else []
    return "\n".join((head, *shown, *end))


def _newest(library: Library) -> Iterator[Report]:
    yield from sorted(library.reports(), key=lambda one: -(one.year or 0))[:_MOST_TRIED]


def _example(library: Library) -> str:
    """Return a question that a figure of a loaded report answers."""
    for report in _newest(library):
        facts = library.facts.find(reports=(report.id,), measures=_EXAMPLES)
        asked = [fact for fact in facts if fact.year == report.year and not fact.facet]
        asked = [fact for fact in asked if fact.aspect in ("决算", "预算")]
        if asked:
            best = min(asked, key=lambda fact: (_EXAMPLES.index(fact.measure), fact.aspect))
            return fact_to_question(best)
    return _NO_EXAMPLE


def _body(library: Library) -> str:
    return next((core_of(one.organisation) for one in _newest(library)), "财政局")
