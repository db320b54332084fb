"""Items that belong together: undertakings of one kind, classes of one table, printed changes."""

from collections.abc import Sequence
from decimal import Decimal

from bot.parsing.grammar import find_sign
from bot.parsing.slots import TOTALS
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import fact_to_context
from bot.query.retrieval.scope import LEVELS, Case
from bot.query.retrieval.settlement import agree
from bot.rules.lookup.single_figure import FIRST
from corpus.entities.quantities import parse_number
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold, normalise
from corpus.model.types import CARRIED_OUT, Aspect, Fact

PATTERNS = patterns("rules.item_groups")
GROUP = PATTERNS["group"]
OF_KIND = PATTERNS["of_kind"]
FUNDS = ("年度资金总额", "资金总额")  # of one undertaking, in the form of its self-evaluation
CLASSES = PATTERNS["classes"]
CLASS_WORDS = PATTERNS["class_words"]
TOTAL = PATTERNS["total"]
FUND = PATTERNS["fund"]
BOUNDED_RATE = PATTERNS["bounded_rate"]
OVER, UNDER = PATTERNS["over"], PATTERNS["under"]
# Codes of the classes (类) of spending: by function 201 to 234, by economy 301 to 399.
BY_FUNCTION = range(201, 235)
BY_ECONOMY = range(301, 400)


def group_of_undertakings(case: Case, text: str) -> tuple[Fact, ...]:
    """Return one figure for each undertaking of "四个专项": as many as the question says."""
    match = GROUP.search(text)
    if match is None or case.scope.open or set(case.ask.terms) - TOTALS:
        return ()
    kind = match.group("kind")
    rest = OF_KIND.sub(" ", GROUP.sub("", case.ask.words)).strip()
    count = parse_number(match.group("count"))
    groups: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in in_question(case):
        named = len(fact.row) == 1 and fact.row[0].endswith(kind) and is_total(fact)
        if (named or is_whole_of(fact, kind)) and coverage(rest, fact_to_context(fact)) == 1:
            own = fact.measure if named else ""  # a cell is named as its undertaking
            key = (fact.report, own, fact.facet, fact.aspect, fact.year)
            group = groups.setdefault(key, {})
            if not agree(group.setdefault(fact.row[0], fact), fact):
                return ()  # one undertaking with two totals: which is meant is not said
    fitting = [tuple(group.values()) for group in groups.values() if len(group) == count]
    return fitting[0] if len(fitting) == 1 else ()


def is_whole_of(fact: Fact, kind: str) -> bool:
    """Tell whether a cell is the money of one undertaking: in a table of such, each under its name.

    A form for each of them has a row for all of its funds.
    """
    if (not fact.table and not fact.column) or unit_kind(fact.unit) != "money" or not fact.row:
        return False
    alone = fact.row == (fact.measure,) or (fact.row[0] == fact.measure and fact.row[-1] in FUNDS)
    about = (fact.table, *fact.row[1:], *fact.column, *fact.section[-1:])
    return alone and not fact.facet and any(kind in label for label in about)


def is_total(fact: Fact) -> bool:
    """Tell whether a figure of an undertaking is the whole of it: 项目总预算, 总投资, 预算."""
    return unit_kind(fact.unit) == "money" and bool(TOTAL.search(fact.measure))


def in_question(case: Case) -> list[Fact]:
    """Return the figures of the years and levels that a question asks for."""
    question = case.question
    aspects = {a for a in question.aspects if a in LEVELS}
    if aspects & {*CARRIED_OUT}:  # 实际花了 is 执行数 in a form
        aspects |= {*CARRIED_OUT}
    return [
        fact
        for fact in case.facts
        if (fact.year in question.years if question.years else fact.year == fact.report_year)
        and (fact.aspect in aspects if aspects else fact.aspect in LEVELS)
    ]


def classes_of_table(case: Case, text: str) -> tuple[Fact, ...]:
    """Return the figures of the classes of spending of one table, the total ones of each row.

    Of several tables the one that the question's words fit best, then the fullest and the first.
    """
    match = CLASSES.search(text)
    words = f"{case.ask.words} {' '.join(case.ask.said)}"
    by_economy = "经济" in text
    if by_economy:  # the table of 基本支出 is by economy
        words = words.replace("基本支出", "")
    if match is None or case.scope.open or CLASS_WORDS.sub("", words).strip():
        return ()
    codes = BY_ECONOMY if by_economy else BY_FUNCTION
    names = {case.vocabulary.term_of_code(str(code)) for code in codes} - {None}
    tables: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in in_question(case):
        top = len(fact.row) == 1 and fact.measure in names and not fact.facet and fact.value
        if top and fact.table and unit_kind(fact.unit) == "money":
            key = (fact.report, fact.table, fact.aspect)
            tables.setdefault(key, {}).setdefault(fact.measure, fact)
    groups = [tuple(group.values()) for group in tables.values() if len(group) > 1]
    if match.group("count"):
        groups = [g for g in groups if len(g) == parse_number(match.group("count"))]
    return max(groups, key=lambda group: table_rank(text, group), default=())


def table_rank(text: str, group: Sequence[Fact]) -> tuple[float, float, int, int]:
    """Order tables: that of the fund a question names, else of all funds; spent before planned."""
    fact = group[0]
    fund = FUND.search(text)
    named = bool(fund) == bool(FUND.search(fact.table))
    exact = fund is not None and fund.group() in fact.table
    return named + exact, -FIRST.index(fact.aspect), len(group), fact.report_year or 0


def parts_of_undertaking(case: Case) -> tuple[Fact, ...]:
    """Return the parts into which one sentence divides what the question names."""
    words = " ".join((case.ask.words, *map(fold, case.ask.terms))).strip()
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in in_question(case):
        named = any(coverage(words, fold(name)) >= 1 for name in fact.row[:-1] or fact.row)
        if words and fact.row and named and unit_kind(fact.unit) == "money" and not fact.table:
            groups.setdefault((fact.report, fact.quote), []).append(fact)
    best: list[Fact] = max(groups.values(), key=len, default=[])
    depth = max((len(fact.row) for fact in best), default=0)
    parts = [fact for fact in best if len(fact.row) == depth]
    bodies = {facts[0].organisation for facts in groups.values()}
    return tuple(parts) if len(bodies) == 1 and len(parts) > 1 else ()


def changes_of_items(case: Case, aspect: Aspect) -> list[Fact]:
    """Return the printed changes of the items of one level, counted from what is compared with."""
    question = case.question
    bases = [case.base.year] if case.base and case.base.year else list(question.years[1:])
    if len(question.years) > 1:
        bases = [min(question.years)]
    now = max(question.years, default=None)
    found = [
        fact
        for fact in case.facts
        if fact.aspect == aspect
        and fact.row
        and fact.direction
        and (fact.year == now if now else fact.year == fact.report_year)
        and (not bases or (fact.base and fact.base.year in bases))
    ]
    # 哪些科目 holds 哪些科, a way to ask for offices.
    named = dict(zip(case.ask.terms, case.ask.said, strict=False))
    for term in {term for term, said in named.items() if not said.startswith("哪")} - TOTALS:
        found = [f for f in found if term in {case.vocabulary.term_of(n) or n for n in f.row}]
    depths = [len(fact.row) for fact in found]
    level = max(set(depths), key=depths.count, default=0)
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in found:
        if len(fact.row) == level and not fact.facet:
            kept.setdefault((fact.report, *fact.row), fact)
    alike = {(fact.organisation, fact.base) for fact in kept.values()}
    return list(kept.values()) if len(alike) == 1 else []


def asked_rate(text: str) -> tuple[str, Decimal] | None:
    """Return how a rate of change is bounded in a question: =, > or <, and the percentage."""
    match = BOUNDED_RATE.search(normalise(text))
    if match is None:
        return None
    word = (match.group("before") or "") + (match.group("after") or "")
    over = OVER.search(word)
    under = UNDER.search(word)
    return ">" if over else "<" if under else "=", Decimal(match.group("rate"))


def wanted_direction(text: str) -> int:
    """Return 1 where a question asks for rises, -1 for falls, 0 where it does not tell."""
    rises, falls = find_sign("rise", text), find_sign("fall", text)
    return 0 if bool(rises) == bool(falls) else 1 if rises else -1
