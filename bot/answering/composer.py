"""Composing: the values of a form as a short cited text. The composer cannot see the question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.presentation.answer_text import (
    Page,
    aspect_word,
    cut,
    fact_to_figure,
    fact_to_question,
    formula_words,
    plain,
    show,
    year_word,
)
from bot.presentation.names_said import (
    Told,
    equal_said,
    figure_said,
    full_stop,
    label_said,
    name_of,
    names_of,
    own_words,
    said_plainly,
    subject_of,
    tell,
    told_beside,
)
from bot.query.forms import (
    Compare,
    Difference,
    Form,
    Growth,
    Lookup,
    Parts,
    Passage,
    Rank,
    Ratio,
    Series,
    Several,
    Sum,
    Together,
)
from bot.query.retrieval.settlement import Finding, agree
from bot.query.selection import key_of, within_of
from bot.query.values import Computed, Printed, Result, Value
from bot.types import Answer, Choice
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Report, Span
from index.wordings.wording import section_at

MOST_VARIANTS = 3  # years, levels or bodies of one figure that are told
PROOFS = 3
DIFFER = "相差"  # the label of a difference that a verdict stands before
NEIGHBOURS = 260  # characters of a passage with the sentences around it
MOST_CHOICES = 6
MOST_TOLD = 700  # characters of a passage that are read aloud
FEW = 1  # items that are no list
MOST_INSIDE = 12  # figures of a passage that are told as figures; a corrected one always is
SPACE = re.compile(r"\s+")
SENTENCE_END = "。！？"
PATTERNS = patterns("answers.composer")
OPENS = PATTERNS["opens"]


@dataclass(frozen=True)
class Holdings:
    """What a composer may cite: reports by id, the facts of the scope, whether bodies are open."""

    report_of: Callable[[str], Report]
    facts: Sequence[Fact]
    open: bool = False
    both_aspects: bool = True  # the budget beside the account, where no aspect was asked for


def compose(form: Form, result: Result, holdings: Holdings) -> Answer:
    """Return the answer that tells the values of a form."""
    if isinstance(form, Lookup) and holdings.open and len(_bodies(result.values)) > 1:
        return ask_which_body(result.values, holdings)
    page = Page(holdings.report_of)
    if isinstance(form, Compare) and _are_equal(result.values):
        _write_equal(page, result.values)
        return page.finish()
    if result.note:
        page.lines.append(result.note)
    _write_form(page, form, result.values, holdings)
    page.lines = list(dict.fromkeys(page.lines))
    return page.finish()


def _write_form(page: Page, form: Form, values: Sequence[Value], holdings: Holdings) -> None:
    """Write what a form gives in its template: a sentence for each, a list, a calculation."""
    match form:
        case Lookup():
            _write_values(page, values[:MOST_VARIANTS], holdings)
        case Several() | Compare() | Series() | Parts() | Rank():
            _write_list(page, values)
        case Difference() | Growth() | Ratio() | Sum():
            _write_computed(page, values, holdings)
        case Passage() | Together():  # they have no values: the one is read aloud, the other
            pass  # is joined of what each part tells
        case _:
            assert_never(form)


def _bodies(values: Sequence[Value]) -> set[str]:
    return {value.fact.organisation for value in values if isinstance(value, Printed)}


def ask_which_body(values: Sequence[Value], holdings: Holdings) -> Answer:
    """Ask which body is meant, with a whole question for each that has the figure."""
    choices: dict[str, Choice] = {}
    for value in values:
        if isinstance(value, Printed):
            fact = value.fact
            label = f"{fact.organisation} {year_word(fact.year)}{name_of(fact)}"
            choices.setdefault(
                fact.organisation, Choice(label=label, question=fact_to_question(fact))
            )
    page = Page(holdings.report_of)
    page.lines.append("已收录的报告里有几家单位都有这个数，请问要哪一家的？")
    return page.finish("clarify", list(choices.values())[:MOST_CHOICES])


def _are_equal(values: Sequence[Value]) -> bool:
    """Tell whether the figures of a comparison are all the same amount, nothing against any."""
    found = [value.finding for value in values if isinstance(value, Printed)]
    agreeing = all(agree(found[0].headline, one.headline) for one in found)
    return len(values) == len(found) > 1 and agreeing and not any(one.against for one in found)


def _write_equal(page: Page, values: Sequence[Value]) -> None:
    facts = [value.fact for value in values if isinstance(value, Printed)]
    told = [Told(fact, figure_said(fact), f"[{page.add_fact(fact)}]") for fact in facts]
    page.lines.append(f"一样，{equal_said(told)}")


def _write_values(page: Page, values: Sequence[Value], holdings: Holdings) -> None:
    """Write each value; those with names together, so that what they share is said once."""
    told: list[Told] = []
    for value in values:
        if isinstance(value, Computed):
            _write_worked(page, value)
        elif said := own_words(value.fact):
            marks = f"[{page.add_fact(value.fact)}]" + _more_proofs(page, value.finding)
            page.lines.append(f"{said}。{marks}")
            page.lines += contradictions(page, value.finding)
        else:
            told.append(_told(page, value, holdings))
    page.lines += tell(told)


def _told(page: Page, value: Printed, holdings: Holdings) -> Told:
    fact = value.fact
    marks = f"[{page.add_fact(fact)}]" + _more_proofs(page, value.finding)
    beside = _other_aspect(fact, holdings) if holdings.both_aspects else None
    amount = figure_said(fact) + page.converted(fact)
    if beside is not None:
        mark = f"[{page.add_fact(beside)}]"
        marks += mark if mark not in marks else ""
        amount += f"（{aspect_word(beside)}{show(beside)}）"
    return Told(fact, amount, marks, tuple(contradictions(page, value.finding)))


def _more_proofs(page: Page, finding: Finding) -> str:
    others = [fact for fact in finding.facts[1:] if fact.quote != finding.headline.quote]
    return "".join(f"[{n}]" for n in dict.fromkeys(map(page.cite_fact, others[: PROOFS - 1])))


def _other_aspect(fact: Fact, holdings: Holdings) -> Fact | None:
    """Return the budget beside the account of the same thing, or the account beside the budget."""
    other = {"决算": "预算", "预算": "决算"}.get(fact.aspect)
    if other is None or fact.year is None:
        return None
    return next(
        (
            one
            for one in holdings.facts
            if one.aspect == other
            and key_of(one) == key_of(fact)
            and within_of(one) == within_of(fact)
            and (one.organisation, one.level, one.year)
            == (fact.organisation, fact.level, fact.year)
            and (one.table == fact.table or one.quote == fact.quote)
        ),
        None,
    )


def contradictions(page: Page, finding: Finding) -> list[str]:
    """Return a line for each other amount that is printed for the same thing, with its place."""
    shown: list[Fact] = []
    for fact in finding.against:
        if not any(agree(fact, other) for other in shown):
            shown.append(fact)
    lines = []
    for fact in shown[:2]:
        n = page.add_fact(fact)
        place = f"“{fact.table}”" if fact.table else "另一处文字"
        lines.append(f"注意：{place}写的是{show(fact)}[{n}]，两处不一致，请以原文核对。")
    return [*lines, *told_beside(page, finding.beside)]


def _write_list(page: Page, values: Sequence[Value]) -> None:
    named = [v.fact for v in values if isinstance(v, Printed) and not own_words(v.fact)]
    names = names_of(named)
    tails = {fact.id: tail for fact, tail in zip(named, names.tails, strict=True)}
    if names.head and not any(names.head in line for line in page.lines):
        page.lines.append(f"{names.head}：")
    for value in values:
        if isinstance(value, Computed):
            _write_worked(page, value)
            continue
        fact = value.fact
        n = page.add_fact(fact)
        said = own_words(fact) or f"{tails[fact.id]}{figure_said(fact)}"
        page.lines.append(f"· {said}。[{n}]")
        page.lines += contradictions(page, value.finding)


def _write_computed(page: Page, values: Sequence[Value], holdings: Holdings) -> None:
    """Write what is worked out with what it rests on; what is printed of it goes before."""
    _write_values(page, [v for v in values[:1] if isinstance(v, Printed)], holdings)
    computed = [value for value in values if isinstance(value, Computed)]
    for value in computed:
        _write_worked(page, value)
    told = {fact.id for value in computed for fact in value.operands}
    told |= {figure.fact for figure in page.figures if figure.fact}
    facts = [fact for value in computed for fact in value.operands]
    facts += [v.fact for v in values if isinstance(v, Printed) and v.fact.id not in told]
    unique = list(dict.fromkeys(facts))
    for fact, tail in zip(unique, names_of(unique).tails, strict=True):
        n = page.add_fact(fact)
        page.lines.append(f"· {tail}{figure_said(fact)}[{n}]")


def _write_worked(page: Page, value: Computed) -> None:
    first = value.operands[0]
    page.add_computed(
        value.value,
        value.unit,
        label=value.label,
        formula=value.formula,
        like=first if value.year is None else first.model_copy(update={"year": value.year}),
    )
    label = label_said(value.label, value.operands)
    subject = "" if label == DIFFER else subject_of(value.operands, label)
    said = f"{subject}{label}{plain(value.value)}{value.unit}{formula_words(value.formula)}"
    page.lines.append(f"{said}。{page.marks(value.operands)}")


def passage_to_answer(
    form: Passage, holdings: Holdings, rank: Callable[[Fact], int] = lambda _: 0
) -> Answer:
    """Return the answer that reads a sentence aloud, with what it opens or leans on.

    `rank` puts its figures in order: those that were asked for are listed first.
    """
    report = holdings.report_of(form.report)
    span = report.span(*_widened(report, form.start, form.end))
    section = section_at(report, form.start)
    in_table = any(t.span.start <= form.start < t.span.end for t in report.tables)
    page = Page(holdings.report_of)
    n = page.cite_span(report, span, section)
    name = report.organisation or report.title
    year = year_word(report.year) if name else ""
    # A cell does not say what it is of.
    of = f"（{'，'.join(section)}）" if in_table and section else ""
    page.lines.append(
        f"{name}{year}{of}：{full_stop(said_plainly(_read_aloud(report, span)))}[{n}]"
    )
    inside = [
        fact
        for fact in holdings.facts
        if fact.report == report.id and span.start <= fact.spans[0].start < span.end
    ]
    inside.sort(key=rank)
    for at, fact in enumerate(inside):
        if fact.correction or not span.start <= fact.spans[0].end <= span.end:
            page.add_fact(fact)
        elif at < MOST_INSIDE:  # what is quoted is its proof
            page.figures.append(fact_to_figure(fact, n))
    return page.finish()


def _read_aloud(report: Report, span: Span) -> str:
    """Return the words of a stretch of a report; of a list that is too long each item's lead.

    A list of offices with their duties is told by its offices, not by the first few of them.
    """
    text = SPACE.sub("", report.quote(span))
    if len(text) <= MOST_TOLD:
        return text
    inside = [b for b in report.blocks if b.span.start < span.end and span.start < b.span.end]
    parts = (SPACE.sub("", report.quote(block.span)) for block in inside)
    first, *items = parts
    listed = len(items) > FEW and OPENS.search(first)
    return cut("".join((first, *map(lead_of, items))) if listed else text, MOST_TOLD)


def lead_of(text: str) -> str:
    """Return the first sentence of a paragraph, and a mark where more follows."""
    at = text.find("。") + 1
    return text if at in (0, len(text)) else f"{text[:at]}……"


def _widened(report: Report, start: int, end: int) -> tuple[int, int]:
    """Return the place of a sentence with the neighbours of its block that it needs.

    A sentence that opens a list takes the list; a short one takes what follows it in its block.
    """
    block = next((b for b in report.blocks if b.span.start <= start < b.span.end), None)
    if block is None or block.kind == "table" or end > block.span.end:
        return start, end
    whole = block.span.end - block.span.start
    if whole <= NEIGHBOURS:
        start, end = block.span.start, block.span.end
    text = report.text
    while end < block.span.end and end - start < NEIGHBOURS:
        after = min(
            (at for mark in SENTENCE_END if (at := text.find(mark, end, block.span.end)) >= 0),
            default=block.span.end - 1,
        )
        if after + 1 - start > NEIGHBOURS:
            break
        end = after + 1
    if OPENS.search(text[start:end].strip()):
        end = _list_behind(report, end, block.section)
    return start, end


def _list_behind(report: Report, end: int, section: tuple[str, ...]) -> int:
    """Return the end of the list that stands behind a sentence: the paragraphs of its section."""
    own = len(section)
    behind = [b for b in report.blocks if b.span.start >= end - 1 and b.kind == "paragraph"]
    for block in behind:
        if block.section[:own] != section or block.span.end - end > 2 * NEIGHBOURS:
            break
        end = block.span.end
    return end
