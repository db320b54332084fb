"""What the running text of a report gives away: residue, swapped columns, scores, rates, shares."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.findings import Finding, number, place_in_text, plain, running_text, step_of
from corpus.entities.quantities import Amount, amounts_in
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Noun, Report, Span
from corpus.structure.segmentation import text_to_sentence_cuts
from corpus.structure.sentences import Squeezed
from corpus.tables.scopes import AREA, Scopes

PATTERNS = patterns("checks.text_checks")
RESIDUE = PATTERNS["residue"]
SWAPPED = PATTERNS["swapped"]
SCORED = PATTERNS["scored"]
SCORE = PATTERNS["score"]
FULL = Decimal(100)
ARRIVED = "到位"
ARRIVAL = PATTERNS["arrival"]
SHARE = PATTERNS["share"]
CLAUSE = PATTERNS["clause"]
SIDES = ("", "收入", "支出")
ONE = 1


class Money(Noun):
    """An amount of the running text with the words of its clause before it."""

    lead: str
    amount: Amount
    span: Span


def text_checks(report: Report, facts: Sequence[Fact], scopes: Scopes) -> Iterator[Finding]:
    """Yield what does not fit in the running text as a whole."""
    said = [fact for fact in facts if scopes.table_at(fact) is None]
    money: list[Money] = []
    rates: list[tuple[re.Match[str], Span]] = []
    for squeezed in running_text(report):
        yield from residues(squeezed, report)
        yield from swaps(squeezed, report, said)
        yield from scores(squeezed, report)
        money.extend(amounts_of(squeezed, report))
        rates.extend(
            (match, squeezed.span(report, *match.span("rate")))
            for match in ARRIVAL.finditer(squeezed.text)
        )
    for match, span in rates:
        yield from arrival(match, span, money)
    yield from shares(said, scopes)


def residues(squeezed: Squeezed, report: Report) -> Iterator[Finding]:
    """Yield the words of a form of which one should have been struck: 下降（增长）27.78%."""
    for match in RESIDUE.finditer(squeezed.text):
        span = squeezed.span(report, *match.span("number"))
        yield Finding(
            kind="文字残留",
            text=f"{place_in_text(span)}“{match.group()}”两个方向都写着，可能是模板没有删改。",
            spans=(span,),
            difference=Decimal(0),
        )


def swaps(squeezed: Squeezed, report: Report, said: Sequence[Fact]) -> Iterator[Finding]:
    """Yield what a report itself says was swapped: both figures, and where they still stand."""
    for start, end in text_to_sentence_cuts(squeezed.text):
        text = squeezed.text[start:end]
        mark = SWAPPED.search(text)
        pair = [each for each in amounts_in(text[: mark.start()] if mark else "") if each.unit][-2:]
        if (
            len(pair) < len(("one", "other"))
            or pair[0].kind != "money"
            or pair[0].unit != pair[1].unit
        ):
            continue
        spans = tuple(
            squeezed.span(report, start + each.number_start, start + each.number_end)
            for each in pair
        )
        printed = [
            fact
            for fact in said
            if fact.unit == pair[0].unit
            and fact.value in (pair[0].value, pair[1].value)
            and fact.spans[0].end <= spans[0].start
        ]
        named = "、".join(
            dict.fromkeys(f"{f.year}年“{f.measure}”{f.aspect}{f.printed}{f.unit}" for f in printed)
        )
        yield Finding(
            kind="前后不一",
            text=f"{place_in_text(spans[0])}自述{pair[0].printed}{pair[0].unit}与"
            f"{pair[1].printed}{pair[1].unit}{mark.group() if mark else ''}了"
            + (f"，正文所印的{named}可能是调换后的数。" if named else "，请核对文中的数。"),
            spans=(*spans, *(fact.spans[0] for fact in printed)),
            difference=pair[0].value - pair[1].value,
        )


def scores(squeezed: Squeezed, report: Report) -> Iterator[Finding]:
    """Yield a score that is not the sum of its parts, where their full marks make a hundred."""
    for start, end in text_to_sentence_cuts(squeezed.text):
        text = squeezed.text[start:end]
        parts = list(SCORED.finditer(text))
        whole = SCORE.search(text, parts[-1].end()) if parts else None
        if whole is None or sum(number(part["full"]) for part in parts) != FULL:
            continue
        total = sum((number(part["score"]) for part in parts), Decimal(0))
        stated = number(whole["score"])
        if total == stated:
            continue
        rounded = total.quantize(step_of(stated)) == stated
        spans = [
            squeezed.span(report, start + m.start("score"), start + m.end("score"))
            for m in (whole, *parts)
        ]
        yield Finding(
            kind="合计不符",
            text=f"{place_in_text(spans[0])}得分印为{whole['score']}分，{len(parts)}项得分之和为"
            f"{plain(total)}分，相差{plain(abs(stated - total))}分"
            f"{'（可能是四舍五入）' if rounded else ''}。",
            spans=tuple(spans),
            difference=stated - total,
        )


def amounts_of(squeezed: Squeezed, report: Report) -> Iterator[Money]:
    """Yield the exact amounts of money of a block with the words of their clauses before them."""
    text = squeezed.text
    for amount in amounts_in(text):
        if amount.kind == "money" and not amount.vague:
            cuts = [match.end() for match in CLAUSE.finditer(text, 0, amount.start)]
            yield Money(
                lead=text[cuts[-1] if cuts else 0 : amount.start],
                amount=amount,
                span=squeezed.span(report, amount.number_start, amount.number_end),
            )


def arrival(match: re.Match[str], span: Span, money: Sequence[Money]) -> Iterator[Finding]:
    """Yield a rate of money that arrived where the text gives both amounts, and another rate."""
    name = match["name"].removesuffix("资金")
    same = [each for each in money if name in each.lead]
    parts = {each.amount.value: each for each in same if ARRIVED in each.lead}
    wholes = {each.amount.value: each for each in same if ARRIVED not in each.lead}
    if len(parts) != ONE or len(wholes) != ONE:
        return
    (part,), (whole,) = parts.values(), wholes.values()
    if not whole.amount.value or part.amount.unit != whole.amount.unit:
        return
    rate = number(match["rate"])
    right = part.amount.value / whole.amount.value * FULL
    if abs(right - rate) <= step_of(rate):
        return
    yield Finding(
        kind="占比不符",
        text=f"{place_in_text(span)}“{match.group()}”，按文中数字计算（{part.amount.printed} ÷ "
        f"{whole.amount.printed}）应为{plain(right.quantize(step_of(rate)))}%。",
        spans=(span, part.span, whole.span),
        difference=rate - right.quantize(step_of(rate)),
    )


def shares(said: Sequence[Fact], scopes: Scopes) -> Iterator[Finding]:
    """Yield a share told by its name alone (税收占比) that another sentence tells otherwise."""
    rates = [fact for fact in said if fact.aspect == "占比" and not fact.vague and not fact.facet]
    for fact in rates:
        match = SHARE.search(fact.quote[: fact.quote.find(fact.printed)])
        name = AREA.sub("", match["name"]) if match else ""
        others = [
            other
            for other in rates
            if name
            and other is not fact
            and other.year == fact.year
            and other.row
            and any(other.row[-1].endswith(side) for side in SIDES[1:])
            and other.measure in [name + side for side in SIDES]
            and scopes.of_area(other) == scopes.of_area(fact)
        ]
        if len({other.value for other in others}) == ONE and others[0].value != fact.value:
            other = others[0]
            yield Finding(
                kind="前后不一",
                text=f"{fact.year}年“{name}占比”在{place_in_text(fact.spans[0])}为{fact.printed}%，"
                f"“{other.measure}”占{other.row[-1]}的比重在{place_in_text(other.spans[0])}为"
                f"{other.printed}%。",
                spans=(fact.spans[0], other.spans[0]),
                difference=fact.value - other.value,
            )
