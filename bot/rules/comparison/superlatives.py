"""Which is the most or the least: bodies, items, parts of a whole, classes of one table."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.parsing.grammar import find_sign
from bot.presentation.answer_text import label_of, whose
from bot.presentation.names_said import figure_said, name_of, names_of, statement
from bot.query.retrieval.matching import DERIVED
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import amount_of
from bot.rules.comparison.item_groups import (
    asked_rate,
    changes_of_items,
    classes_of_table,
    parts_of_undertaking,
    wanted_direction,
)
from bot.rules.comparison.organisation_choice import lacking
from bot.rules.lookup.single_figure import FIRST
from bot.types import Answer, Ask, AskKind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.model.types import CHANGES, Aspect, Fact
from corpus.structure.grids import TOTAL

MOST = 6
MOST_ITEMS = 12
PATTERNS = patterns("rules.superlatives")
MONEY = PATTERNS["money"]
RANKED_KINDS = PATTERNS["ranked_kinds"]
BODIES = PATTERNS["bodies"]
# How the column of names is headed in a table whose rows are items of a kind.
HEADS = {
    "项目": PATTERNS["project_heads"],
    "科目": PATTERNS["subject_heads"],
    "单位": PATTERNS["body_heads"],
    "部门": PATTERNS["body_heads"],
    "指标": PATTERNS["indicator_heads"],
}
MEASURED: tuple[AskKind, ...] = ("金额", "人数", "数量", "百分比", "得分")
SCORES: tuple[Aspect, ...] = ("得分",)
SCORE = "绩效自评得分"
EACH_CLASS = PATTERNS["each_class"]
COUNT = PATTERNS["count"]
LEAST = PATTERNS["least"]
GREATEST = PATTERNS["greatest"]
BY_AMOUNT = PATTERNS["by_amount"]
SUPERLATIVE = PATTERNS["superlative"]


def ranked(case: Case) -> Answer | None:
    """Answer which body, item or year has the most or the least, all of them in order."""
    facts = ranked_facts(case)
    if len(facts) < 2:
        return None
    # "谁增得最多" is no question for levels, nor for rises and falls in one order.
    changes = all(fact.aspect in CHANGES for fact in facts)
    one_way = len({fact.direction for fact in facts}) == 1
    if find_sign("most_changed", case.question.words) and not (changes and one_way):
        return None
    rising = LEAST.search(case.question.words)
    facts.sort(key=lambda fact: amount_of(fact)[0], reverse=not rising)
    said = SUPERLATIVE.search(case.question.words)
    word = said.group() if said else "最少" if rising else "最多"
    first = [fact for fact in facts if amount_of(fact) == amount_of(facts[0])]
    page = case.page()
    some = "（只列前几项）" if len(facts) > MOST else ""
    page.lines.append(f"{'、'.join(map(item_name, first[:MOST]))}{word}，按大小排列{some}：")
    alone = len({whose(fact) for fact in facts}) == 1
    for fact in facts[:MOST]:
        n = page.add_fact(fact)
        name = item_name(fact).removeprefix(whose(fact) if alone else "")
        page.lines.append(f"· {name}{figure_said(fact)}[{n}]")
    have = {fact.organisation for fact in facts}
    if len(have) > 1:
        page.lines += lacking(name for name in case.scope.organisations if name not in have)
    return page.finish()


def ranked_facts(case: Case) -> list[Fact]:
    """Return one figure for each body and year, or for each undertaking of one body.

    Of the figures of one undertaking its total is meant, the largest.
    """
    facts = rankable(case)
    several = len({fact.organisation for fact in facts}) > 1
    items = [fact for fact in facts if not fact.total]
    if not several and len(items) > 1:
        facts = items  # what adds the items up is none of them
    best: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        if several and fact.measure != facts[0].measure:
            continue
        key = (fact.organisation, fact.year, "" if several else item_of(fact))
        if key not in best or (not several and amount_of(fact)[0] > amount_of(best[key])[0]):
            best[key] = fact
    return list(best.values())


def item_of(fact: Fact) -> object:
    """Return what a figure is of: its row in a table of items, else the undertaking above it."""
    return fact.row if fact.row[-1:] == (fact.measure,) else (*fact.row, fact.measure)[0]


def rankable(case: Case) -> list[Fact]:
    """Return the figures that may be ranked: alike in unit and aspect.

    A question that names only a kind of item ("哪个项目执行率最低") means the rows of one table.
    """
    ask = ranked_ask(case)
    aspects = SCORES if ask.kind == "得分" else None
    facts = [finding.headline for finding in case.find(ask, aspects=aspects)]
    if not (ask.terms or ask.words):
        facts = fullest_column(case, facts)
    if len({fact.organisation for fact in facts}) == 1 and facts[0].row:
        # "哪个专项最多": every undertaking that has such a figure, whatever it is called.
        facts += [f for f in case.facts if is_sister(f, facts[0])]
    lead = min(facts, key=lambda fact: FIRST.index(fact.aspect), default=None)
    return [
        fact
        for fact in facts
        if lead and amount_of(fact)[1] == amount_of(lead)[1] and fact.aspect == lead.aspect
    ]


def ranked_ask(case: Case) -> Ask:
    """Return what is ranked: of the kind asked for, else money where the question speaks of it."""
    question, ask = case.question, case.ask
    kind = ask.kind if ask.kind in MEASURED else None
    if kind is None and MONEY.search(question.words) and DERIVED.isdisjoint(question.aspects):
        kind = "金额"
    words = COUNT.sub("", RANKED_KINDS.sub("", ask.words)).strip()
    terms = ask.terms
    if kind == "得分" and not (terms or words) and BODIES.search(question.words):
        terms = (SCORE,)
    return ask.model_copy(update={"kind": kind, "counters": "", "words": words, "terms": terms})


def fullest_column(case: Case, facts: Sequence[Fact]) -> list[Fact]:
    """Return the figures of the fullest column of a table whose rows are the kind of item asked.

    Of one body: where several have such a table, which one is meant is not said.
    """
    kind = RANKED_KINDS.search(case.question.words)
    head = HEADS.get(kind.group()) if kind else None
    columns: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        if fact.row and fact.column and not TOTAL.match(fact.row[-1]):
            columns.setdefault((fact.report, fact.table, *fact.column), []).append(fact)
    fitting = [column for column in columns.values() if head and heads_rows(case, column[0], head)]
    if len({column[0].organisation for column in fitting}) != 1:
        return []
    column = max(fitting, key=len)
    depths = [len(fact.row) for fact in column]
    return [fact for fact in column if len(fact.row) == max(depths, key=depths.count)]


def heads_rows(case: Case, fact: Fact, head: re.Pattern[str]) -> bool:
    """Tell whether the column of names of a figure's table has such a head."""
    at = fact.spans[0].start
    return any(
        cell.row < table.header and head.search(cell.text)
        for table in case.report(fact.report).tables
        if table.span.start <= at < table.span.end
        for cell in table.cells
    )


def is_sister(fact: Fact, lead: Fact) -> bool:
    """Tell whether a figure is the same measure of another undertaking of the same report."""
    alike = (fact.report, fact.measure, fact.aspect, fact.year)
    return bool(fact.row) and alike == (lead.report, lead.measure, lead.aspect, lead.year)


def item_name(fact: Fact) -> str:
    """Return whose figure it is, with the undertaking that it belongs to where that is not said."""
    above = "".join(f"“{name}”" for name in fact.row[:1] if name not in label_of(fact))
    return f"{whose(fact)}{above}{name_of(fact)}"


def ranked_classes(case: Case) -> Answer | None:
    """Answer which class of spending of a table is the most, the least, or both."""
    text = normalise(case.question.words)
    note = "类级科目，" if "科目" in text else ""
    return write_order(case, classes_of_table(case, text), note)


def each_class(case: Case) -> Answer | None:
    """List the classes of spending of a table where each of them is asked for."""
    return ranked_classes(case) if EACH_CLASS.search(case.question.words) else None


def ranked_pieces(case: Case) -> Answer | None:
    """Answer which part of an undertaking is the most, all of its parts in order."""
    if not find_sign("pieces", case.question.words):
        return None
    return write_order(case, parts_of_undertaking(case))


def write_order(case: Case, facts: Sequence[Fact], note: str = "") -> Answer | None:
    """Write items in order of their amounts, the ends that are asked for first."""
    words = case.question.words
    if len(facts) < 2 or find_sign("most_changed", words):
        return None
    rising = bool(LEAST.search(words)) and not GREATEST.search(words)
    order = sorted(facts, key=lambda fact: amount_of(fact)[0], reverse=not rising)
    ends = [("最少" if rising else "最多", order[0])]
    if LEAST.search(words) and GREATEST.search(words):
        ends.append(("最少", order[-1]))
    page = case.page()
    for word, fact in ends:
        n = page.add_fact(fact)
        said = f"{statement(fact)}{page.converted(fact)}"
        page.lines.append(f"{word}的是{said}。[{n}]")
    title = f"（“{order[0].table}”）" if order[0].table else ""
    page.lines.append(f"{note}按大小排列{title}：")
    for fact in order[:MOST_ITEMS]:
        page.lines.append(f"· {name_of(fact)}{figure_said(fact)}[{page.add_fact(fact)}]")
    return page.finish()


def changed_most(case: Case) -> Answer | None:
    """Answer which item rose or fell the most, or by a given rate, from the printed changes."""
    words = case.question.words
    asked = asked_rate(words)
    most = find_sign("most_changed", words)
    if case.scope.open or not (most or asked) or not find_sign("which_items", words):
        return None
    aspect: Aspect = "增减额" if BY_AMOUNT.search(words) and not asked else "增减率"
    way = wanted_direction(words)
    facts = [f for f in changes_of_items(case, aspect) if way in (0, f.direction)]
    if asked:
        facts = [fact for fact in facts if is_bounded(fact.value, *asked)]
    if not facts or (not asked and len(facts) < 2):
        return None
    if not asked:
        facts.sort(key=lambda fact: amount_of(fact)[0], reverse=True)
    page = case.page()
    head = (
        "符合的有："
        if asked
        else f"按{'金额' if aspect == '增减额' else '比率'}从大到小，最大的是："
    )
    shown = facts[: MOST_ITEMS if asked else 3]
    names = names_of(shown)
    page.lines.append(f"{names.head}{'，' if names.head else ''}{head}")
    for fact, tail in zip(shown, names.tails, strict=True):
        n = page.add_fact(fact)
        page.lines.append(f"· {tail}{figure_said(fact)}[{n}]")
    return page.finish()


def is_bounded(value: Decimal, relation: str, rate: Decimal) -> bool:
    """Tell whether a rate is equal to, above or below a bound."""
    return value == rate if relation == "=" else value > rate if relation == ">" else value < rate
