"""The mark of one answer against the known answer: right, cited, and nothing without a source."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from bot.assistant import today
from bot.types import Answer, Citation
from corpus.entities.years import years_in
from corpus.model.types import Noun, Report

READ = 800  # characters of an answer that are read
SCALE = {"元": 0, "千元": 3, "万元": 4, "万": 4, "百万元": 6, "亿元": 8, "亿": 8}
SHARES = frozenset({"%", "个百分点", "百分点"})
# Of figure and table questions one figure more than asked for may stand first, of the rest four.
EXTRA = {"figure": 1, "table": 1}
EXTRA_ELSE = 4
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
WITH_UNIT = re.compile(
    r"(-?\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|千元|百万元|元|亿|万[名人个户]?|%|个百分点)?"
)
RUN_TOGETHER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d+)?")
MARKS = str.maketrans("“”‘’", "\"\"''")


class Wanted(NamedTuple):
    """A figure in its smallest unit: yuan, percent, or a bare count."""

    value: Decimal
    sort: str


class Alternative(Noun):
    """One way to write a required figure."""

    value: str
    unit: str = ""


class Gold(BaseModel):
    """A question with its known answer, as a line of a set holds it; other fields are let be."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    turns: tuple[str, ...]
    kind: str
    expect: str | tuple[str, ...]
    figures: tuple[tuple[Alternative, ...], ...] = ()
    contains: tuple[tuple[str, ...], ...] = ()
    forbid: tuple[str, ...] = ()
    doc: str | tuple[str, ...] | None = None
    evidence: str | tuple[str, ...] | None = None
    note: str = ""


class Mark(Noun):
    """What an answer is worth; `why` says what is amiss, empty where nothing is."""

    right: bool
    cited: bool
    confident: bool
    unsourced: tuple[str, ...]
    invented: int
    why: str
    elapsed_ms: float


def to_list(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return one, several or no texts as a tuple."""
    if value is None or value == "":
        return ()
    return (value,) if isinstance(value, str) else value


def squash(text: str) -> str:
    """Return a text without white space and differences of width or quotation marks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(MARKS).split())


def figure(value: str, unit: str) -> Wanted:
    """Return a figure in its smallest unit."""
    number = Decimal(value.replace(",", ""))
    unit = squash(unit)
    if unit in SCALE:
        return Wanted(number.scaleb(SCALE[unit]), "元")
    if unit in SHARES:
        return Wanted(number, "%")
    many = {"万": 4, "亿": 8}.get(unit[:1], 0)
    return Wanted(number.scaleb(many), "")


def answer_to_mark(gold: Gold, answer: Answer, reports: Mapping[str, Report]) -> Mark:
    """Mark one answer; `reports` are the loaded ones by file name."""
    fault = answer_to_fault(gold, answer)
    answerable = "answered" in to_list(gold.expect)[:1]
    cited = answerable and is_cited(gold, answer)
    loose = tuple(unsourced(gold, answer)) if answer.status == "answered" else ()
    invented = sum(not is_verbatim(citation, reports) for citation in answer.citations)
    uncited = "right, but not cited from the right place" if answerable and not cited else ""
    remarks = [fault or uncited, f"unsourced: {', '.join(loose)}" if loose else ""]
    return Mark(
        right=not fault,
        cited=cited,
        confident=answer.status == "answered",
        unsourced=loose,
        invented=invented,
        why="; ".join(remark for remark in remarks if remark),
        elapsed_ms=answer.elapsed_ms,
    )


def answer_to_fault(gold: Gold, answer: Answer) -> str:
    """Say why an answer is not right; empty where it is."""
    if answer.status not in to_list(gold.expect):
        return f"status {answer.status}, wanted {' or '.join(to_list(gold.expect))}"
    if answer.status != "answered":
        return ""
    text = answer.text[:READ]
    said = [figure(one.value, one.unit) for one in answer.figures]
    first = said[: len(gold.figures) + EXTRA.get(gold.kind, EXTRA_ELSE)]
    written = set(text_to_figures(text))
    for ways in gold.figures:
        wanted = {figure(way.value, way.unit) for way in ways}
        if not (wanted & set(first) and wanted & written):
            return "figure missing: " + " / ".join(way.value + way.unit for way in ways)
    if said and gold.figures and gold.kind in EXTRA and is_trap(gold, said[0]):
        return f"the headline is the trap {said[0].value:f}"
    flat = squash(text)
    missing = [ways for ways in gold.contains if not any(squash(way) in flat for way in ways)]
    return "text missing: " + " / ".join(missing[0]) if missing else ""


def is_trap(gold: Gold, headline: Wanted) -> bool:
    """Tell whether the first figure is a forbidden number, in any unit, and none of those asked."""
    if any(figure(way.value, way.unit) == headline for ways in gold.figures for way in ways):
        return False
    numbers = [
        Decimal(found.replace(",", "")) for one in gold.forbid for found in NUMBER.findall(one)[:1]
    ]
    return any(headline.value in (number, number.scaleb(4)) for number in numbers)


def text_to_figures(text: str) -> Iterator[Wanted]:
    """Yield the figures that a text writes."""
    for found in WITH_UNIT.finditer(unicodedata.normalize("NFKC", text)):
        yield figure(found[1], found[2] or "")


def is_cited(gold: Gold, answer: Answer) -> bool:
    """Tell whether every document that holds the answer is cited with a quote that proves it."""
    evidence = to_list(gold.evidence) or ("",)
    for at, document in enumerate(to_list(gold.doc)):
        proof = evidence[min(at, len(evidence) - 1)]
        quotes = [one.quote for one in answer.citations if PurePath(one.document).name == document]
        if not any(proves(quote, proof) for quote in quotes):
            return False
    return True


def proves(quote: str, evidence: str) -> bool:
    """Tell whether a quote holds the evidence, or one of its numbers beside its words."""
    flat, wanted = (re.sub(r"[|｜¦]", "", squash(text)) for text in (quote, evidence))
    if wanted in flat:
        return True
    words, said = (re.sub(r"[^\u4e00-\u9fff]", "", text) for text in (wanted, flat))
    numbers = set(RUN_TOGETHER.findall(wanted))
    if not numbers:
        return common(words, said) >= min(10, int(len(words) * 0.6) + 1)
    plain = unicodedata.normalize("NFKC", quote)
    there = set(RUN_TOGETHER.findall(plain)) | set(RUN_TOGETHER.findall(flat))
    return bool(numbers & there) and common(words, said) >= min(4, len(words))


def common(one: str, other: str) -> int:
    """Return the length of the longest piece that two texts share."""
    longest = 0
    for start in range(len(one)):
        while one[start : start + longest + 1] in other and start + longest < len(one):
            longest += 1
    return longest


def unsourced(gold: Gold, answer: Answer) -> Iterator[str]:
    """Yield the numbers of the text that no quote, formula, locator or question carries."""
    # 去年 carries the year that it is, where an answer says that no report is of it.
    meant = (one for turn in gold.turns for one in years_in(turn, this_year=today().year))
    carried = [*gold.turns, *(str(one.value) for one in meant if one.offset is not None)]
    for one in answer.citations:
        carried += [one.quote, one.title, one.section, str(one.page or ""), str(one.n)]
    for said in answer.figures:
        carried += [str(said.year or "")]
        carried += [said.formula, said.value] if said.formula else []
    known = {number for text in carried for number in numbers_in(text)}
    text = re.sub(r"\[\d+\]", "", unicodedata.normalize("NFKC", answer.text))
    for found in NUMBER.findall(text):
        if Decimal(found.replace(",", "")) not in known:
            yield found


def numbers_in(text: str) -> Iterator[Decimal]:
    """Yield every number of a text, also those of table cells that ran together."""
    plain = unicodedata.normalize("NFKC", text)
    for found in (*NUMBER.findall(plain), *RUN_TOGETHER.findall(plain)):
        yield Decimal(found.replace(",", ""))


def is_verbatim(citation: Citation, reports: Mapping[str, Report]) -> bool:
    """Tell whether every number of a quote stands in the document it is said to be from."""
    report = reports.get(PurePath(citation.document).name)
    if report is None:
        return False
    body = squash(report.text)
    return all(found in body for found in RUN_TOGETHER.findall(squash(citation.quote)))
