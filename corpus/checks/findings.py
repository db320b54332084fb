"""Findings of the audit: what in a report does not add up, and how exact a printed figure is."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from corpus.entities.quantities import parse_number
from corpus.entities.units import MONEY
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Noun, Report, Span, content_id
from corpus.structure.sentences import Squeezed, block_to_squeezed, running_blocks

# 口径待核 is told where the two sides may be of different things and the report does not say so,
# 读法不一 where a figure is not read alike in two ways: it says nothing of the report.
FindingKind = Literal[
    "合计不符", "前后不一", "占比不符", "单位可疑", "空表有数", "文字残留", "口径待核", "读法不一"
]
PATTERNS = patterns("checks.findings")
PLACES = PATTERNS["places"]
HALF = Decimal("0.5")


class Finding(Noun):
    """One thing that does not fit: a Chinese sentence with both figures and their pages.

    `difference` is the stated figure less the one it should be, in the unit of the sentence.
    `spans` has the stated figure first, then what it was compared with.
    """

    kind: FindingKind
    text: str
    spans: tuple[Span, ...]
    difference: Decimal

    @property
    def id(self) -> str:
        """The same for the same contradiction of a file, also where it is read on another page."""
        return content_id(self.spans[0].report, self.kind, PLACES.sub("", self.text))


@lru_cache(maxsize=2)
def running_text(report: Report) -> tuple[Squeezed, ...]:
    """Return the running text of a report without white space, for all checks at once."""
    return tuple(block_to_squeezed(report, block) for block in running_blocks(report))


def number(printed: str) -> Decimal:
    """Return the value of digits that a pattern found."""
    value = parse_number(printed)
    if value is None:
        raise ValueError(f"no number: {printed!r}")
    return value


def step_of(value: Decimal) -> Decimal:
    """Return one unit of the last printed digit: 0.01 for 326.71."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def tolerance(parts: Sequence[Decimal], whole: Decimal) -> Decimal:
    """Return how far a sum may be off by rounding: half a last digit for each part but a zero."""
    inexact = [part for part in parts if part]
    coarsest = max((step_of(value) for value in (*inexact, whole)), default=Decimal(0))
    return coarsest * HALF * len(inexact)


def fact_in_yuan(fact: Fact) -> Decimal | None:
    """Return an amount of money in 元, None for anything else."""
    scale = MONEY.get(fact.unit)
    return fact.value * scale if scale is not None else None


def blur_in_yuan(fact: Fact) -> Decimal:
    """Return half a unit of the last printed digit in 元."""
    return step_of(fact.value) * HALF * MONEY.get(fact.unit, 1)


def place(span: Span) -> str:
    """Name the page of a span: 第9页, or 文中 where there are no pages."""
    return f"第{span.page}页" if span.page else "文中"


def place_in_text(span: Span) -> str:
    """Name the place of running text: 正文第9页, or 正文中 where there are no pages."""
    return f"正文{place(span)}" if span.page else "正文中"


def plain(value: Decimal) -> str:
    """Print a decimal without exponent and without zeros that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
