"""What a header path says of the figures under it: which part, which aspect, which year and unit.

The words are data, `grammar/tables.toml`; the order of `ASPECTS` decides where several fit. Tables
that print no unit, or several in one line (单位：万亩、万元、人), are given theirs here too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Base, Kind, Noun, Report, Table

PATTERNS = patterns("tables.headers")
UNIT_IN_HEAD = PATTERNS["unit_in_head"]
# 全年预算数（A）, 执行率（B/A）: the letters of a formula name nothing.
PERCENT_IN_HEAD = re.compile(r"[%％][）)]")
FORMULA = re.compile(r"[（(][A-Za-zＡ-Ｚ0-9①-⑳/÷×=＝*+\-－%％]{1,9}[）)]")
THIS_YEAR = PATTERNS["this_year"]
LEFT, LEFT_OVER = PATTERNS["left"], PATTERNS["left_over"]
WEIGHT = PATTERNS["weight"]
PERCENT, SCORE = "%", "分"
YEAR = PATTERNS["year"]
LAST_YEAR = PATTERNS["last_year"]
AGAINST = PATTERNS["against"]
ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("增减率", PATTERNS["change_rate"]),
    ("完成率", PATTERNS["completion"]),
    ("占比", PATTERNS["share"]),
    ("增减额", PATTERNS["change_amount"]),
    ("得分", PATTERNS["score"]),
    ("执行数", PATTERNS["executed"]),
    ("决算", PATTERNS["final"]),
    ("调整预算", PATTERNS["adjusted_budget"]),
    ("预算", PATTERNS["budget"]),
    ("增减率", PATTERNS["bare_rate"]),
)
TITLES: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("决算", PATTERNS["final_title"]),
    ("执行数", PATTERNS["execution_title"]),
    ("预算", PATTERNS["budget_title"]),
)
TOTALS = PATTERNS["totals"]
GROUPS = PATTERNS["groups"]
WHOSE = PATTERNS["whose"]
OF_DEBT, BARE_DEBT = PATTERNS["of_debt"], PATTERNS["bare_debt"]
KIND_ASPECT: dict[Kind, Aspect] = {
    "决算": "决算",
    "预算": "预算",
    "绩效自评": "其他",
    "其他": "其他",
}
AMOUNT = PATTERNS["amount"]
FIGURE = re.compile(r"\d[\d,]*\.\d+")
LEAST_AGREED = 3
SEVERAL = PATTERNS["several"]
DIVIDER = re.compile(r"[、，,/]")
# What the name of a column says of its figures, and the units that such figures have.
KINDS = tuple((PATTERNS[kind], PATTERNS[f"{kind}_unit"]) for kind in ("area", "people", "count"))


class Reading(Noun):
    """What a column says. `part` is what it singles out, "" for a column of totals.

    `parts` are the words of its groups and its own, without aspect, year and unit; `said` the words
    that named the aspect.
    """

    part: str
    parts: tuple[str, ...]
    aspect: Aspect
    said: str
    year: int | None
    base: Base | None
    unit: str


def path_to_reading(
    path: Sequence[str], *, title: str, kind: Kind, year: int | None, unit: str
) -> Reading:
    """Read a header path; `title`, `kind`, `year` and `unit` hold where the header is silent."""
    aspect, said = words_to_aspect(path)
    own = title_to_aspect(title, kind)
    if path and LEFT.search(path[-1]) and kind == "绩效自评":
        own = "余额"
    last = next((word for word in reversed(path) if UNIT_IN_HEAD.search(word)), "")
    found = UNIT_IN_HEAD.search(last)
    bare = tuple(word for part in path if (word := strip_words(part)))
    against = aspect in ("增减额", "增减率")
    if aspect in ("增减率", "完成率", "占比"):
        unit = PERCENT
    elif aspect == "得分" or (path and WEIGHT.search(path[-1])):
        unit = SCORE
    elif found:
        unit = found.group(1).replace("％", PERCENT)
    return Reading(
        part=bare_to_part(bare),
        parts=bare,
        aspect=aspect or ("其他" if unit == SCORE else own),
        said=said,
        year=year if against else words_to_year(path, year),
        base=Base(year=year - 1 if year else None, aspect=None) if against else None,
        unit=unit,
    )


def words_to_aspect(path: Sequence[str]) -> tuple[Aspect | None, str]:
    """Return the aspect that the lowest header names, with its words."""
    for word in reversed(path):
        for aspect, pattern in ASPECTS:
            if match := pattern.search(without_unit(word)):
                return aspect, match.group(0)
    return None, ""


def without_unit(word: str) -> str:
    """Take the unit off a header text; a sign of percent is of the words of a rate: 占预算(%)."""
    return word if PERCENT_IN_HEAD.search(word) else UNIT_IN_HEAD.sub("", word)


def title_to_aspect(title: str, kind: Kind) -> Aspect:
    """Return the aspect that a table's title gives its figures, else that of the report's kind."""
    for aspect, pattern in TITLES:
        if pattern.search(title):
            return aspect
    return KIND_ASPECT[kind]


def words_to_year(path: Sequence[str], year: int | None) -> int | None:
    """Return the year that a header names: 2023年, or 上年 before the report's own year."""
    for word in reversed(path):
        if match := YEAR.search(word):
            return int(match.group(1))
        if LAST_YEAR.search(word) and not LEFT_OVER.search(word):
            return year - 1 if year else None
    return year


def strip_words(word: str) -> str:
    """Take unit, year and the words of an aspect off a header text."""
    bare = YEAR.sub("", without_unit(word))
    if not LEFT_OVER.search(bare):
        bare = LAST_YEAR.sub("", bare)
    for _, pattern in ASPECTS:
        bare = pattern.sub("", bare)
    bare = UNIT_IN_HEAD.sub("", FORMULA.sub("", bare))
    bare = bare.strip(" 的（）()：:比较与")
    return "" if THIS_YEAR.match(bare) else bare


def bare_to_part(parts: Sequence[str]) -> str:
    """Return what a column singles out: its own words, or its group's over a 小计."""
    parts = [part for part in parts if not WHOSE.match(part)]
    if not parts:
        return ""
    if not TOTALS.match(parts[-1]):
        return debt_of_group(parts[-1], parts[:-1])
    groups = [part for part in parts[:-1] if not GROUPS.match(part) and not TOTALS.match(part)]
    return groups[-1] if groups else ""


def debt_of_group(own: str, groups: Sequence[str]) -> str:
    """Return a head with what its group says of a debt: 一般债务 under 新增政府债务限额.

    A bare debt is what is owed, and the limit of one is another figure.
    """
    found = next((match for group in groups if (match := OF_DEBT.search(group))), None)
    if found is None or not BARE_DEBT.search(own):
        return own
    return f"{found['lead'] or ''}{own}{found['stock']}"


def with_unit(table: Table, report: Report) -> Table:
    """Return a table with the unit of money in which the text repeats several of its figures.

    One that prints a unit anywhere, or whose figures the text gives in two units, stays as it is.
    """
    texts = [cell.text for cell in table.cells]
    if table.unit or units_said(table, report) or any(UNIT_IN_HEAD.search(text) for text in texts):
        return table
    said = amounts_said(report)
    figures = {text.replace(",", "") for text in texts if FIGURE.fullmatch(text)}
    units = [said[figure] for figure in figures if figure in said]
    agreed = len(units) >= LEAST_AGREED and all(unit == units[0] for unit in units)
    return table.model_copy(update={"unit": next(iter(units[0]))}) if agreed else table


def units_said(table: Table, report: Report) -> tuple[str, ...]:
    """Return the units that the line over a table names for its columns together."""
    first = table.cells[0].span.start if table.cells else table.span.start
    match = SEVERAL.search(report.text, table.span.start, first)
    return tuple(DIVIDER.split(match[1])) if match else ()


def unit_among(units: Sequence[str], path: Sequence[str]) -> str:
    """Return the one of several units that a column counts in, by its kind; "" for no such one."""
    words = " ".join(path)
    wanted = next((unit for name, unit in KINDS if name.search(words)), PATTERNS["money_unit"])
    return next((unit for unit in units if wanted.search(unit)), "")


@lru_cache(maxsize=8)
def amounts_said(report: Report) -> dict[str, frozenset[str]]:
    """Return the amounts with decimals of the text, each with the units that stand after it."""
    said: dict[str, frozenset[str]] = {}
    for block in report.blocks:
        if block.kind == "paragraph":
            for match in AMOUNT.finditer(report.quote(block.span)):
                figure = match[1].replace(",", "")
                if "." in figure:
                    said[figure] = said.get(figure, frozenset()) | {match[2]}
    return said
