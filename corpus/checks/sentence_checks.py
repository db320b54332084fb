"""Sentences that can be checked by themselves: parts after 其中, shares, growth, missing units."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.findings import (
    Finding,
    place_in_text,
    plain,
    running_text,
    step_of,
    tolerance,
)
from corpus.entities.quantities import Amount, amounts_in
from corpus.lexicon.grammar import patterns, words_of
from corpus.model.types import Noun, Report, Span
from corpus.structure.segmentation import text_to_sentence_cuts
from corpus.structure.sentences import Squeezed

PATTERNS = patterns("checks.sentence_checks")
AMONG = PATTERNS["among"]
PART_END = PATTERNS["part_end"]
CHANGE = PATTERNS["change"]
COMPARED = PATTERNS["compared"]
RATE = PATTERNS["rate"]
FELL = words_of("fall")
SHARE = PATTERNS["share"]
DONE = PATTERNS["done"]
BARE_RATE = PATTERNS["bare_rate"]
AGAINST = PATTERNS["against"]
MOVED = PATTERNS["moved"]
LONGEST_LEAD = 30
FEW = 3
NEAR = Decimal("0.02")
HUNDRED = Decimal(100)


class Line(Noun):
    """A sentence without its white space, with the figures it prints and their places."""

    text: str
    start: int
    amounts: tuple[Amount, ...]
    spans: tuple[Span, ...]


def text_to_findings(report: Report) -> Iterator[Finding]:
    """Yield what does not fit within single sentences of the running text."""
    for squeezed in running_text(report):
        yield from bare_rates(squeezed, report)
        before: Line | None = None
        for start, end in text_to_sentence_cuts(squeezed.text):
            line = cut_to_line(squeezed, report, start=start, end=end)
            yield from parts_of_line(line)
            yield from shares_of_line(line, before)
            yield from growth_of_line(line, before)
            yield from changes_of_line(line)
            before = line


def cut_to_line(squeezed: Squeezed, report: Report, *, start: int, end: int) -> Line:
    """Return a sentence with its exact figures; years, dates and ranks are no figures here."""
    text = squeezed.text[start:end]
    amounts = tuple(
        amount
        for amount in amounts_in(text)
        if amount.kind not in ("year", "date", "ordinal", "plain") and not amount.vague
    )
    spans = tuple(
        squeezed.span(report, start + amount.number_start, start + amount.number_end)
        for amount in amounts
    )
    return Line(text=text, start=start, amounts=amounts, spans=spans)


def before_of(line: Line, at: int) -> str:
    """Return the words right before a figure."""
    return line.text[: line.amounts[at].start][-LONGEST_LEAD:]


def parts_of_line(line: Line) -> Iterator[Finding]:
    """Yield a total whose parts after 其中 nearly make it, but not quite.

    Far off, the parts are no list of all; near by, they are meant to be. Up to three parts must
    match exactly, more may be off by their rounding.
    """
    for mark in AMONG.finditer(line.text):
        heads = [
            at
            for at, amount in enumerate(line.amounts)
            if amount.end <= mark.start() and not CHANGE.search(before_of(line, at))
        ]
        parts = listed_after(line, mark.end())
        unit = line.amounts[parts[0]].unit if parts else ""
        head = next((at for at in reversed(heads) if line.amounts[at].unit == unit), None)
        if head is not None and len(parts) > 1:
            yield from compare_parts(line, head, parts)


def listed_after(line: Line, start: int) -> list[int]:
    """Return the figures of a list after 其中: of one unit, no changes, up to a total or a stop."""
    stop = PART_END.search(line.text, start)
    end = stop.start() if stop else len(line.text)
    closing = line.text.find("）", start)
    opening = line.text.find("（", start)
    if 0 <= closing < end and not 0 <= opening < closing:
        end = closing
    inside = [at for at, amount in enumerate(line.amounts) if start <= amount.start < end]
    unit = line.amounts[inside[0]].unit if inside else ""
    return [
        at
        for at in inside
        if line.amounts[at].unit == unit and not CHANGE.search(before_of(line, at))
    ]


def compare_parts(line: Line, head: int, parts: Sequence[int]) -> Iterator[Finding]:
    """Yield the finding where a total and its listed parts differ a little."""
    whole = line.amounts[head]
    values = [line.amounts[at].value for at in parts]
    total = sum(values, Decimal(0))
    difference = whole.value - total
    exact = sum(1 for value in values if value) <= FEW
    limit = Decimal(0) if exact else tolerance(values, whole.value)
    if not limit < abs(difference) <= abs(whole.value) * NEAR:
        return
    yield Finding(
        kind="合计不符",
        text=f"{place_in_text(line.spans[head])}印为{whole.printed}{whole.unit}，其中所列{len(parts)}项"
        f"之和为{plain(total)}{whole.unit}，相差{plain(abs(difference))}{whole.unit}。",
        spans=(line.spans[head], *(line.spans[at] for at in parts)),
        difference=difference,
    )


def shares_of_line(line: Line, before: Line | None) -> Iterator[Finding]:
    """Yield shares (占 x %) and rates of completion that their two amounts do not give.

    A share is of a figure before 其中, or of one in the sentence before; it is wrong only where it
    is of none of them, and the report is blamed only where its own sentence says of what.
    """
    for at, amount in enumerate(line.amounts):
        if amount.kind != "percent" or at < 1:
            continue
        part = line.amounts[at - 1]
        wholes = [each for each in wholes_of(line, at) if each.unit == part.unit]
        others = before.amounts if before and SHARE.search(before_of(line, at)) else ()
        known = [*wholes, *(each for each in others if each.unit == part.unit)]
        if not wholes or part.kind != "money":
            continue
        if not any(rate_fits(amount, part.value, each.value) for each in known):
            yield from compare_rate(line, at, part.value, wholes[0].value)


def wholes_of(line: Line, at: int) -> list[Amount]:
    """Return the figures of a sentence that a percentage can be a share of."""
    words = before_of(line, at)
    if SHARE.search(words):
        among = AMONG.search(line.text[: line.amounts[at].start])
        head = among.start() if among else 0
        return [each for each in line.amounts[: at - 1] if each.end <= head]
    return [line.amounts[at - 2]] if DONE.search(words) and at > 1 else []


def growth_of_line(line: Line, before: Line | None) -> Iterator[Finding]:
    """Yield growth in per cent that neither the levels nor the difference beside it give."""
    for at, amount in enumerate(line.amounts):
        match = RATE.search(before_of(line, at))
        if amount.kind != "percent" or not match:
            continue
        sign = -1 if match["verb"] in FELL else 1
        pairs = list(growth_pairs(line, before, at, sign))
        if pairs and not any(rate_fits(amount, part, base) for part, base in pairs):
            yield from compare_rate(line, at, *pairs[0])


def growth_pairs(
    line: Line, before: Line | None, at: int, sign: int
) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield (change, base) as the amounts around a rate of growth give them."""
    money = [place for place in range(at) if line.amounts[place].kind == "money"]
    if not money:
        return
    last = line.amounts[money[-1]]
    if CHANGE.search(before_of(line, money[-1])):
        levels = [line.amounts[place] for place in money[:-1]]
        levels += [amount for amount in before.amounts if amount.kind == "money"] if before else []
        for level in levels:
            if level.unit == last.unit and level.value != sign * last.value:
                yield last.value, level.value - sign * last.value
    elif len(money) > 1 and COMPARED.search(line.text, last.end, line.amounts[at].start):
        base = line.amounts[money[-2]]
        if base.unit == last.unit and base.value:
            yield abs(last.value - base.value), base.value


def changes_of_line(line: Line) -> Iterator[Finding]:
    """Yield a difference that is not that of the two levels right before it.

    28.0万元，较上年的30.0万元减少2.0万元: nothing else may stand between the three.
    """
    for at in range(2, len(line.amounts)):
        level, base, change = line.amounts[at - 2 : at + 1]
        alike = level.unit == base.unit == change.unit and change.kind == "money"
        against = AGAINST.search(line.text[level.end : base.start])
        verb = MOVED.match(line.text[base.end : change.start])
        if not alike or not against or not verb:
            continue
        sign = -1 if verb["verb"] in FELL else 1
        right = level.value - base.value
        if right != sign * change.value:
            yield Finding(
                kind="前后不一",
                text=f"{place_in_text(line.spans[at])}写为{verb['verb']}{change.printed}{change.unit}，"
                f"按同句数字（{level.printed} - {base.printed}）应为"
                f"{'增加' if right > 0 else '减少'}{plain(abs(right))}{change.unit}。",
                spans=(line.spans[at], line.spans[at - 2], line.spans[at - 1]),
                difference=sign * change.value - right,
            )


def rate_fits(rate: Amount, part: Decimal, base: Decimal) -> bool:
    """Tell whether a percentage is part / base, as exactly as the three are printed."""
    if not base:
        return True
    blur = step_of(rate.value) + (step_of(part) + step_of(base)) / abs(base) * HUNDRED
    return abs(abs(part / base) * HUNDRED - abs(rate.value)) <= blur


def compare_rate(line: Line, at: int, part: Decimal, base: Decimal) -> Iterator[Finding]:
    """Yield the finding where a printed percentage is not part / base."""
    rate = line.amounts[at]
    if rate_fits(rate, part, base):
        return
    right = (abs(part / base) * HUNDRED).quantize(step_of(rate.value))
    yield Finding(
        kind="占比不符",
        text=f"{place_in_text(line.spans[at])}印为{rate.printed}%，按同句数字计算"
        f"（{plain(part)} ÷ {plain(base)}）应为{plain(right)}%。",
        spans=(line.spans[at],),
        difference=abs(rate.value) - right,
    )


def bare_rates(squeezed: Squeezed, report: Report) -> Iterator[Finding]:
    """Yield growth that is printed without its unit: 增长13.95。"""
    for match in BARE_RATE.finditer(squeezed.text):
        span = squeezed.span(report, *match.span("number"))
        yield Finding(
            kind="单位可疑",
            text=f"{place_in_text(span)}“{match.group(0)}”没有单位，可能漏印“%”。",
            spans=(span,),
            difference=Decimal(0),
        )
