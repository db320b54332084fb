"""Which is the most or the least: bodies, items, parts of a whole, classes of one table."""

import re

from bot.case import Case
from bot.compose import label_of, show, whose
from bot.lookup import FIRST
from bot.nouns import Answer, AskKind
from bot.settle import amount_of
from corpus.nouns import Fact

MOST = 6
MONEY = re.compile(r"钱|资金|预算|经费|金额|支出|花")
# What a ranked item may be called; such a word says nothing of which items.
RANKED_KINDS = re.compile(r"项目|单位|部门|科目|年份|方面")
LEAST = re.compile(r"最(?:少|低|小)|从[低少小]到")


def ranked(case: Case) -> Answer | None:
    """Answer which body, item or year has the most or the least, all of them in order."""
    facts = ranked_facts(case)
    if len(facts) < 2:
        return None
    rising = LEAST.search(case.question.words)
    facts.sort(key=lambda fact: amount_of(fact)[0], reverse=not rising)
    page = case.page()
    word = "最少" if rising else "最多"
    page.lines.append(f"{item_name(facts[0])}{word}，按大小排列：")
    for fact in facts[:MOST]:
        n = page.add_fact(fact)
        page.lines.append(f"· {item_name(fact)}{show(fact)}[{n}]")
    return page.finish()


def ranked_facts(case: Case) -> list[Fact]:
    """Return one figure for each body and year, or for each undertaking of one body.

    Of the figures of one undertaking its total is meant, the largest.
    """
    facts = rankable(case)
    several = len({fact.organisation for fact in facts}) > 1
    best: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        if several and fact.measure != facts[0].measure:
            continue
        item = "" if several else (*fact.row, fact.measure)[0]
        key = (fact.organisation, fact.year, item)
        if key not in best or (not several and amount_of(fact)[0] > amount_of(best[key])[0]):
            best[key] = fact
    return list(best.values())


def rankable(case: Case) -> list[Fact]:
    """Return the figures that may be ranked: alike in unit and aspect.

    A question that names only a kind of item ("哪个项目执行率最低") means the rows of one table.
    """
    words = RANKED_KINDS.sub("", case.ask.words).strip()
    kind: AskKind | None = "金额" if MONEY.search(case.question.words) else None
    ask = case.ask.model_copy(update={"kind": kind, "counters": "", "words": words})
    facts = [finding.headline for finding in case.find(ask)]
    if not (ask.terms or ask.words):
        tables: dict[tuple[str, ...], list[Fact]] = {}
        for fact in facts:
            if fact.table and fact.column:
                tables.setdefault((fact.report, fact.table, *fact.column), []).append(fact)
        facts = max(tables.values(), key=len, default=[])
    if len({fact.organisation for fact in facts}) == 1 and facts[0].row:
        # "哪个专项最多": every undertaking that has such a figure, whatever it is called.
        facts += [f for f in case.facts if is_sister(f, facts[0])]
    lead = min(facts, key=lambda fact: FIRST.index(fact.aspect), default=None)
    return [
        fact
        for fact in facts
        if lead and amount_of(fact)[1] == amount_of(lead)[1] and fact.aspect == lead.aspect
    ]


def is_sister(fact: Fact, lead: Fact) -> bool:
    """Tell whether a figure is the same measure of another undertaking of the same report."""
    alike = (fact.report, fact.measure, fact.aspect, fact.year)
    return bool(fact.row) and alike == (lead.report, lead.measure, lead.aspect, lead.year)


def item_name(fact: Fact) -> str:
    """Return whose figure it is, with the undertaking that it belongs to where that is not said."""
    above = "".join(f"“{name}”" for name in fact.row[:1] if name not in label_of(fact))
    return f"{whose(fact)}{above}{label_of(fact)}"
