"""Changes that are told, against the levels that tables print and against those of the parts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.findings import (
    Finding,
    blur_in_yuan,
    fact_in_yuan,
    number,
    place_in_text,
    plain,
    running_text,
)
from corpus.checks.same_things import LEVELS, OF_FUND, of_one_scope, where
from corpus.entities.units import MONEY
from corpus.lexicon.grammar import patterns, words_of
from corpus.model.types import CARRIED_OUT, Aspect, Fact, Noun, Report, Span
from corpus.structure.segmentation import text_to_sentence_cuts
from corpus.structure.sentences import Squeezed
from corpus.tables.scopes import Scopes

PATTERNS = patterns("checks.changes")
AMONG = PATTERNS["among"]
LEVEL = PATTERNS["level"]
CHANGE = PATTERNS["change"]
FELL = words_of("fall")


class Step(Noun):
    """A level with what it changed by, from the same base as the others of its list."""

    level: Decimal
    change: Decimal
    base: str
    unit: str
    span: Span


def levels_to_findings(facts: Sequence[Fact], scopes: Scopes) -> Iterator[Finding]:
    """Yield the differences of sentences that the two levels of a table's row do not give."""
    rows: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        at = scopes.table_at(fact)
        if at is None and fact.aspect == "增减额" and not (fact.facet or fact.vague):
            told[OF_FUND.sub("", fact.measure)].append(fact)
        elif at is not None and fact.aspect in LEVELS and not fact.facet:
            rows[(OF_FUND.sub("", fact.measure), at, fact.row)].append(fact)
    for (measure, *_), cells in rows.items():
        for said in told.get(str(measure), ()):
            pair = pair_of(said, cells)
            if pair and of_one_scope(said, pair[0], scopes):
                yield from compare_levels(said, *pair)


def pair_of(said: Fact, cells: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Return the level and its base in one row, where the row has one of each."""
    if said.base is None or said.base.year is None or said.year is None:
        return None
    aspects = alike(said.base.aspect or ("决算" if said.kind == "决算" else "预算"))
    now, then = (
        [cell for cell in cells if cell.year == year and cell.aspect in aspects]
        for year in (said.year, said.base.year)
    )
    return (now[0], then[0]) if len(now) == len(then) == 1 and now != then else None


def alike(aspect: Aspect) -> tuple[Aspect, ...]:
    """Return the aspects that are one in a table of several years."""
    return CARRIED_OUT if aspect in CARRIED_OUT else (aspect,)


def compare_levels(said: Fact, now: Fact, then: Fact) -> Iterator[Finding]:
    """Yield the finding where a difference is not that of the two levels."""
    change, level, base = (fact_in_yuan(fact) for fact in (said, now, then))
    if change is None or level is None or base is None or not said.direction:
        return
    stated = abs(change) * said.direction
    if abs(stated - (level - base)) <= sum(map(blur_in_yuan, (said, now, then))):
        return
    right = (level - base) / MONEY[said.unit]
    verb = "增加" if right > 0 else "减少"
    yield Finding(
        kind="前后不一",
        text=f"{said.year}年“{said.measure}”在{where(said)}写为"
        f"{'增加' if said.direction > 0 else '减少'}{said.printed}{said.unit}，{where(now)}印的是"
        f"{now.printed}{now.unit}和上期{then.printed}{then.unit}，应为{verb}{plain(abs(right))}{said.unit}。",
        spans=(said.spans[0], now.spans[0], then.spans[0]),
        difference=said.moved - right,
    )


# ---------------------------------------------------------------- a change and those of its parts


def parts_to_findings(report: Report) -> Iterator[Finding]:
    """Yield the totals said to be 持平, or to change, otherwise than all their parts together."""
    for squeezed in running_text(report):
        for mark in AMONG.finditer(squeezed.text):
            before = text_to_sentence_cuts(squeezed.text[: mark.start()].rstrip("。；，"))
            after = text_to_sentence_cuts(squeezed.text[mark.end() :], ends="。")
            if not before or not after:
                continue
            head = stretch_to_step(squeezed, report, *before[-1])
            end = mark.end() + after[0][1]
            steps = list_to_steps(squeezed, report, mark.end(), end)
            if head and len(steps) > 1 and all(steps):
                yield from compare_steps(head, [step for step in steps if step])


def list_to_steps(squeezed: Squeezed, report: Report, start: int, end: int) -> list[Step | None]:
    """Return the items of a list after 其中：, None for one that tells no level or no change."""
    cuts = text_to_sentence_cuts(squeezed.text[start:end], ends="；。")
    return [stretch_to_step(squeezed, report, start + low, start + high) for low, high in cuts]


def stretch_to_step(squeezed: Squeezed, report: Report, start: int, end: int) -> Step | None:
    """Read a level and its one change in a stretch of text."""
    text = squeezed.text[start:end]
    level = LEVEL.search(text)
    changes = list(CHANGE.finditer(text))
    if level is None or len(changes) != 1 or level.start() > changes[0].start():
        return None
    change = changes[0]
    if not change["same"] and change["unit"] != level["unit"]:
        return None
    size = Decimal(0) if change["same"] else number(change["number"])
    return Step(
        level=number(level["number"]),
        change=-size if change["verb"] in FELL else size,
        base=change["base"],
        unit=level["unit"],
        span=squeezed.span(report, start + level.start("number"), start + level.end("number")),
    )


def compare_steps(head: Step, steps: Sequence[Step]) -> Iterator[Finding]:
    """Yield the finding where parts that make the level do not make its change."""
    alike = all((step.base, step.unit) == (head.base, head.unit) for step in steps)
    if not alike or sum(step.level for step in steps) != head.level:
        return
    change = sum((step.change for step in steps), Decimal(0))
    if change == head.change:
        return
    yield Finding(
        kind="前后不一",
        text=f"{place_in_text(head.span)}写{plain(head.level)}{head.unit}与{head.base}相比"
        f"{step_words(head.change, head.unit)}，其中{len(steps)}个分项合起来"
        f"{step_words(change, head.unit)}。",
        spans=(head.span, *(step.span for step in steps)),
        difference=head.change - change,
    )


def step_words(change: Decimal, unit: str) -> str:
    """Say a change in words."""
    if not change:
        return "持平"
    return f"{'增加' if change > 0 else '减少'}{plain(abs(change))}{unit}"
