"""How figures are said aloud: their names without the seams of a table, what they share only once.

A label (`label_of`) tells one figure from every other; this is what a person says of it. Only texts
are made of it: the labels of an answer's figures stay as they are.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.presentation.answer_text import Page, common_sign, label_of, show, whose
from bot.presentation.digit_guard import MARKER
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import CHANGES, Aspect, Fact
from corpus.structure.plain_marks import without_notes

LEVELS: tuple[Aspect, ...] = ("预算", "调整预算", "决算")
PATTERNS = patterns("answers.names_said")
TOTAL_AHEAD = PATTERNS["total_ahead"]
TOTAL_GLUED = PATTERNS["total_glued"]
TOTAL_END = PATTERNS["total_end"]
LEVEL_TOTAL = PATTERNS["level_total"]
COLUMN_END = PATTERNS["column_end"]
VERB_END = PATTERNS["verb_end"]
DONE = "完成"
SAYABLE_PART = PATTERNS["sayable_part"]
QUARTER = PATTERNS["quarter"]
MORE_THAN, SAID_PLAINLY = PATTERNS["more_than"], r"\g<0>（即超过\g<number>\g<unit>）"
BETWEEN_CELLS = " | "  # as the text of a report parts the cells of a row
# 接待批次2批次, 在职人员人数11名: the count is named by its unit already.
PEOPLE, HEADS = ("人", "名", "人次"), "人数"
QUARTER_IN = PATTERNS["quarter_in"]
FOUR = ("第一季度", "第二季度", "第三季度", "第四季度")
MOST_IN_LINE = 3
QUOTED = 150
SPACE = re.compile(r"\s+")
NAMED_IN_SUM = 3
MOST_BESIDE = 2


def name_of(fact: Fact) -> str:
    """Return what a figure is, as a person says it: 支出决算合计, not 支出合计决算."""
    measure = _bare(fact.measure)
    if fact.aspect == "数量":
        return label_of(fact.model_copy(update={"measure": _uncounted(measure, fact)}))
    if measure.endswith(DONE) and fact.aspect == "执行数":
        return measure
    if measure.endswith(DONE) and fact.aspect == "完成率":
        measure = measure.removesuffix(DONE)
    if (total := TOTAL_END.match(measure)) and fact.aspect in LEVELS and not fact.facet:
        return _total(fact, *total.groups())
    name = label_of(fact.model_copy(update={"measure": measure}))
    return _with_part(name, fact.facet)


def _bare(measure: str) -> str:
    """Return a name without the totals and column heads that a table glued to it."""
    name = COLUMN_END.sub("", measure)
    name = TOTAL_AHEAD.sub(r"\1", name) + ("合计" if TOTAL_AHEAD.match(name) else "")
    name = LEVEL_TOTAL.sub(r"\1合计", name)
    return VERB_END.sub("", TOTAL_GLUED.sub("", name))


def _total(fact: Fact, money: str, total: str) -> str:
    """Return the name of a total with its aspect before it: 支出决算合计, 实际支出合计."""
    if fact.kind == "绩效自评" and fact.aspect == "决算":
        return f"实际{money}{total}"
    return f"{label_of(fact.model_copy(update={'measure': money}))}{total}"


def _with_part(name: str, facet: str) -> str:
    """Say the part that a name has in brackets: 教育支出中的基本支出预算."""
    if SAYABLE_PART.search(facet):
        return name.replace(f"（{facet}）", f"中的{facet}", 1)
    if QUARTER.match(facet):
        return facet + name.replace(f"（{facet}）", "", 1)
    return name


def _uncounted(measure: str, fact: Fact) -> str:
    """Return the name of a count without the word that its unit says: 接待, of 接待批次2批次."""
    tail = HEADS if fact.unit in PEOPLE and measure.endswith(HEADS) else fact.unit
    bare = measure.removesuffix(tail)
    return bare if tail and len(bare) >= len("接待") else measure


def figure_said(fact: Fact) -> str:
    """Return a figure as it stands in a sentence: a change has its sign in words before it."""
    said = said_plainly(show(fact))
    return said.lstrip("-－﹣−") if fact.aspect in CHANGES and fact.direction else said


def said_plainly(text: str) -> str:
    """Return a text that says of 200多万元 what it comes to, the number beside its unit."""
    return MORE_THAN.sub(SAID_PLAINLY, text)


def statement(fact: Fact) -> str:
    """Return a figure in words: whose and when, what it is, and how much."""
    return f"{whose(fact)}{name_of(fact)}{figure_said(fact)}"


def spoken(fact: Fact) -> str:
    """Return a figure as a sentence: in the report's own words where it has no name."""
    return own_words(fact) or statement(fact)


def state(page: Page, fact: Fact) -> None:
    """Write the line of a printed figure with its proof."""
    n = page.add_fact(fact)
    page.lines.append(f"{spoken(fact)}。[{n}]")


def told_beside(page: Page, facts: Sequence[Fact]) -> list[str]:
    """Return a line for each table of another fund or side that prints another figure of it."""
    shown: dict[str, Fact] = {}
    for fact in facts:
        shown.setdefault(f"{fact.value}{fact.unit}", fact)
    return [
        f"另外，“{fact.table}”里是{show(fact)}[{page.add_fact(fact)}]。"
        for fact in [*shown.values()][:MOST_BESIDE]
    ]


def own_words(fact: Fact) -> str:
    """Return the report's own clause about a figure without a name, nothing for one with a name.

    A name in the report's own words reads badly beside its number: 送去爱心营养餐3000名. What was
    corrected is no longer what the clause says.
    """
    if fact.correction or is_named(fact) or fact.printed != common_sign(fact.printed):
        return ""  # nobody reads (38.60) aloud
    quote = without_notes(SPACE.sub("", fact.quote)).rstrip("。；;，,")
    if len(quote) > QUOTED:
        quote = _clauses_around(quote, SPACE.sub("", fact.printed))
    return f"{whose(fact)}：{said_plainly(quote)}"


def is_named(fact: Fact) -> bool:
    """Tell whether a figure has a name that can be said: a term, or the labels of its cell."""
    in_cell = fact.table or fact.column or BETWEEN_CELLS in fact.quote
    return bool(in_cell or load_vocabulary().term(fact.measure))


def _clauses_around(quote: str, printed: str) -> str:
    """Return the clauses around a figure, as many as a line holds."""
    at = quote.find(printed)
    start = max((quote.rfind(mark, 0, max(0, at - 40)) for mark in "，；。："), default=-1) + 1
    ends = [place for mark in "；。" if (place := quote.find(mark, at)) >= 0]
    return quote[start : min(ends, default=len(quote))][:QUOTED]


def full_stop(text: str) -> str:
    """Return a clause that was cut out of a longer sentence as a sentence of its own."""
    return f"{text.rstrip('；;，,')}。" if text.endswith(("；", ";", "，", ",")) else text


def body_of(fact: Fact) -> str:
    """Return whose figure it is, without the year."""
    return whose(fact.model_copy(update={"year": None, "as_of": None}))


def when_of(fact: Fact) -> str:
    """Return of when a figure is."""
    return whose(fact).removeprefix(body_of(fact))


class Names(NamedTuple):
    """What figures share, to be said once, and what tells each of them from the others.

    `pause` stands between the two where they do not run on: 2024年三公经费决算：甲局5万元.
    """

    head: str
    tails: tuple[str, ...]
    pause: bool


def names_of(facts: Sequence[Fact]) -> Names:
    """Return the shared name of some figures and the name that is left of each.

    What they are of is shared only where whose or when tells them apart: 三公经费, 甲局, 乙局.
    """
    stems, rests = _stems_of(facts)
    columns = [[body_of(fact) for fact in facts], [when_of(fact) for fact in facts], stems, rests]
    shared = [len(set(column)) == 1 for column in columns]
    if all(shared):
        return Names("", tuple(map("".join, zip(*columns, strict=True))), pause=False)
    # A head with a hole in it says nothing by itself: 2024年 of two bodies' two figures.
    if shared[:3] == [False, True, False]:
        shared = [False, False, False, False]
    kept = [c for c, same in zip(columns, shared, strict=True) if not same]
    head = "".join(c[0] for c, same in zip(columns, shared, strict=True) if same)
    pause = bool(head) and (not shared[0] or (shared[2] and shared[3]))
    return Names(head, tuple(map("".join, zip(*kept, strict=True))), pause=pause)


def _stems_of(facts: Sequence[Fact]) -> tuple[list[str], list[str]]:
    """Return the names of figures, split behind the thing where only their aspects differ.

    三公经费预算 and 三公经费实际支出 are 三公经费, 预算 and 实际支出; quarters of one plan are that
    plan, 第一季度 and 第二季度.
    """
    names = [name_of(fact) for fact in facts]
    quarters = [QUARTER_IN.findall(name) for name in names]
    plans = [QUARTER_IN.sub("", name) for name in names]
    if len(set(plans)) == 1 < len(facts) and all(len(found) == 1 for found in quarters):
        return plans, [found[0] for found in quarters]
    stems = {_bare(fact.measure) for fact in facts}
    stem = stems.pop() if len(stems) == 1 else ""
    split = stem and all(name.startswith(stem) and name != stem for name in names)
    if len(set(names)) == 1 or not split:
        return names, [""] * len(names)
    return [stem] * len(names), [name.removeprefix(stem) for name in names]


def sum_said(facts: Sequence[Fact]) -> str:
    """Return what was added up, as the subject of a sentence: 某局2024年用款计划四个季度合计."""
    said = [name_of(fact) for fact in facts]
    found = tuple(quarter for name in said for quarter in QUARTER_IN.findall(name))
    bare = {whose(fact) + QUARTER_IN.sub("", name) for fact, name in zip(facts, said, strict=True)}
    if found == FOUR and len(bare) == 1:
        return f"{bare.pop().replace('（）', '')}四个季度合计"
    names = names_of(facts)
    tails = tuple(dict.fromkeys(names.tails))
    listed = "、".join(tails) if len(tails) <= NAMED_IN_SUM else f"{tails[0]}、{tails[1]}等各项"
    comma = "，" if names.pause and body_of(facts[0]) not in names.head else ""
    return f"{names.head}{comma}{listed}合计"


def subject_of(facts: Sequence[Fact], label: str) -> str:
    """Return the subject that a label of a worked figure leaves out: 某局三公经费决算2024年比…

    A label that says whose it is has its subject.
    """
    bodies, times, names = (
        list(dict.fromkeys(map(part, facts))) for part in (body_of, when_of, name_of)
    )
    if not facts or (len(bodies) == 1 and bodies[0] in label):
        return ""
    said = [one[0] for one in (bodies, times, names) if len(one) == 1 and one[0] not in label]
    apart = "，" if len(bodies) > 1 and len(names) == 1 else ""
    return "".join(said) + apart if said else ""


def label_said(label: str, facts: Sequence[Fact]) -> str:
    """Return the label of a worked figure with the names of figures in it as they are said."""
    for fact in facts:
        label = label.replace(label_of(fact), name_of(fact))
    return label


class Told(NamedTuple):
    """A figure that is to be told: the amount as said, its marks, the lines that go with it."""

    fact: Fact
    amount: str
    marks: str
    after: tuple[str, ...] = ()


def tell(told: Sequence[Told], *, bullets: bool = False) -> list[str]:
    """Return the lines that tell figures, what they share said once.

    Equal amounts are one sentence; up to three figures of one kind stand in one; more are a list.
    """
    if not told:
        return []
    if len(told) == 1:
        (one,) = told
        return [f"{whose(one.fact)}{name_of(one.fact)}{one.amount}。{one.marks}", *one.after]
    names = names_of([one.fact for one in told])
    if len({one.amount for one in told}) == 1 and not any(one.after for one in told):
        return [equal_said(told)]
    if bullets or len(told) > MOST_IN_LINE or any(one.after for one in told):
        return _listed(told, names)
    return [_in_line(told, names)]


def _listed(told: Sequence[Told], names: Names) -> list[str]:
    lines = [f"{names.head}："] if names.head else []
    for one, tail in zip(told, names.tails, strict=True):
        lines += [f"· {tail}{one.amount}。{one.marks}", *one.after]
    return lines


def _in_line(told: Sequence[Told], names: Names) -> str:
    if not names.head and len(set(names.tails)) == 1:  # one thing counted twice: 2批次、26人次
        amounts = "、".join(dict.fromkeys(one.amount for one in told))
        return f"{names.tails[0]}{amounts}。{_marks(told)}"
    colon = "：" if names.pause else ""
    alike = len({one.marks for one in told}) == 1
    parts = (
        f"{tail}{one.amount}{'' if alike else one.marks}"
        for one, tail in zip(told, names.tails, strict=True)
    )
    return f"{names.head}{colon}{'，'.join(parts)}。{told[0].marks if alike else ''}"


def equal_said(told: Sequence[Told]) -> str:
    """Return the sentence that tells equal figures once: 2024年、2023年都是25万元."""
    names = names_of([one.fact for one in told])
    tails = tuple(dict.fromkeys(names.tails))
    if len(tails) == 1:
        return f"{names.head}{tails[0]}{told[0].amount}。{_marks(told)}"
    listed = f"{'、'.join(tails[:-1])}和{tails[-1]}"
    comma = "，" if names.pause and body_of(told[0].fact) not in names.head else ""
    return f"{names.head}{comma}{listed}都是{told[0].amount}。{_marks(told)}"


def _marks(told: Sequence[Told]) -> str:
    """Return the marks of some figures, each once."""
    found = (mark for one in told for mark in MARKER.findall(one.marks))
    return "".join(dict.fromkeys(found))
