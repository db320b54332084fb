"""The same thing as printed in two places: two named tables, or the text and a table.

A table is named by its title or by a short form of it, the characters of the title in their
order: 收支总表 for 收入支出决算总表.
"""

import re

from bot.parsing.grammar import find_sign, load_cues
from bot.presentation.answer_text import Page, formula_words, label_of, plain, show, whose
from bot.query.arithmetic import Worked, subtract
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import agree
from bot.rules.lookup.phrase_parsing import Stretch, text_to_stretch
from bot.rules.lookup.single_figure import choose
from bot.types import Answer, Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold, normalise
from corpus.model.types import Fact, Noun

# So much of a title must be said that no other table is meant by chance.
LEAST_SAID = 2
PATTERNS = patterns("rules.cross_references")
DATED = PATTERNS["dated"]
CLAUSE = re.compile(r"[，,；;。？?！!：:]")
JOINING = PATTERNS["joining"]
MISSING = "所问的两处没有都印出同一口径的这一项，不能比较。"
TOTAL_ROW = PATTERNS["total_row"]
LEVEL = PATTERNS["level"]


class PrintPlace(Noun):
    """A place named in a question: where in it, the words, and the titles of the tables meant.

    Without titles the running text is meant. `loose` is a table named only as one.
    """

    start: int
    end: int
    titles: frozenset[str] = frozenset()
    loose: bool = False


def compared_places(case: Case) -> Answer | None:
    """Answer how one thing stands in two places; a refusal where one of them does not print it."""
    text = normalise(case.question.words)
    places = text_to_places(case, text)
    if len(places) != 2 or case.scope.open:
        return None
    stretch = text_to_stretch(case, without(text, places))
    if stretch.empty:
        stretch = Stretch(ask=case.ask, aspects=(), said="")
    pair = alike_pair(*(figures_at(case, stretch, place) for place in places))
    return write_places(case, *pair) if pair else Answer(status="not_found", text=MISSING)


def text_to_places(case: Case, text: str) -> tuple[PrintPlace, ...]:
    """Return the places of print that a question names, in its order."""
    titles = {table.title for report in case.texts for table in report.tables if table.title}
    places = [
        PrintPlace(start=match.start(), end=match.end())
        for match in load_cues().signs["text"].finditer(text)
    ]
    for match in load_cues().signs["table"].finditer(text):
        clause = [m.end() for m in CLAUSE.finditer(text, 0, match.start())]
        before = [place.end for place in places if place.end <= match.start()]
        low = max((0, *clause, *before))
        joined = JOINING.match(text, low)
        if place := table_place(text, joined.end() if joined else low, match, titles):
            places.append(place)
    return tuple(sorted(places, key=lambda place: place.start))


def table_place(text: str, low: int, match: re.Match[str], titles: set[str]) -> PrintPlace | None:
    """Return the tables whose title the words before 表 are a short form of: the longest words."""
    end = match.end()
    for start in range(low, match.start() - LEAST_SAID + 1):
        said = fold(text[start : match.start()])
        fitting = [title for title in titles if is_short_for(said, bare_title(title))]
        generic = load_cues().signs["any_table"].search(said)
        if fitting and not generic:
            least = min(len(bare_title(title)) for title in fitting)
            meant = frozenset(t for t in fitting if len(bare_title(t)) == least)
            return PrintPlace(start=start, end=end, titles=meant)
    level = LEVEL.search(text[low : match.start()])
    start = low + (level.start() if level else match.start() - low)
    word = text[start : start + 2]
    meant = frozenset(t for t in titles if word not in ("预算", "决算") or word in t)
    return PrintPlace(start=start, end=end, titles=meant, loose=True) if meant else None


def bare_title(title: str) -> str:
    """Return a title without its year, folded."""
    return DATED.sub("", fold(title))


def is_short_for(said: str, title: str) -> bool:
    """Tell whether words are the characters of a title, some left out, that ends in 表."""
    rest = iter(title)
    return title.endswith("表") and all(char in rest for char in said)


def without(text: str, places: tuple[PrintPlace, ...]) -> str:
    """Return a question with the places that it names blanked out."""
    letters = list(text)
    for place in places:
        letters[place.start : place.end] = " " * (place.end - place.start)
    return "".join(letters)


def figures_at(case: Case, stretch: Stretch, place: PrintPlace) -> list[Fact]:
    """Return the figures of the thing asked for in a place, contradictory ones left out."""
    pool = [
        fact
        for fact in case.facts
        if (fact.table in place.titles if place.titles else not fact.table)
    ]
    ask = stretch.ask.of_any_kind()
    found = choose(case, case.find(ask, aspects=stretch.aspects, facts=pool))
    heads = [finding.headline for finding in found if not finding.against]
    return heads or totals_at(case, ask, pool)


def totals_at(case: Case, ask: Ask, pool: list[Fact]) -> list[Fact]:
    """Return the totals of a table that is itself of what the item's name begins with.

    一般公共预算财政拨款基本支出 is the total of 基本支出 in the table of 一般公共预算财政拨款支出.
    """
    if len(ask.terms) != 1:
        return []
    name = fold(ask.said[0] if ask.said else ask.terms[0])
    for cut in range(1, len(name) - 1):
        base = case.vocabulary.term_of(name[cut:])
        totals = [
            fact
            for fact in pool
            if base
            and fact.measure == base
            and not fact.facet
            and fold(fact.table).find(name[:cut]) >= 0
            and len(fact.row) == 1
            and TOTAL_ROW.search(fact.row[0])
        ]
        if totals:
            return totals
    return []


def alike_pair(one: list[Fact], other: list[Fact]) -> tuple[Fact, Fact] | None:
    """Return the first two figures of one report, year and aspect that stand in two places."""
    pairs = [
        (a, b)
        for a in one
        for b in other
        if (a.report, a.year, a.aspect) == (b.report, b.year, b.aspect)
        and (a.table, a.quote) != (b.table, b.quote)
    ]
    return pairs[0] if pairs else None


def place_of(fact: Fact) -> str:
    """Return where a figure stands, in words."""
    return f"“{fact.table}”" if fact.table else "文字说明"


def write_places(case: Case, one: Fact, other: Fact) -> Answer | None:
    """Write both figures with their places, whether they are the same, and how far apart."""
    worked = subtract(one, other)
    if worked is not None and worked.value < 0:
        worked = subtract(other, one)
    if worked is None:
        return None
    page = case.page()
    verdict = "一致" if not worked.value else "四舍五入后一致" if agree(one, other) else "不一致"
    label = f"{whose(one)}{label_of(one)}"
    wants_gap = bool(find_sign("difference", case.question.words))
    if wants_gap:
        add_gap(page, worked, label)
    said = "；".join(f"{place_of(f)}为{show(f)}[{page.add_fact(f)}]" for f in (one, other))
    gap = ""
    if worked.value:
        gap = f"相差{plain(worked.value)}{worked.unit}{formula_words(worked.formula)}。"
    if not wants_gap:
        add_gap(page, worked, label)
    page.lines.append(f"{verdict}。{label}：{said}。{gap}")
    return page.finish()


def add_gap(page: Page, worked: Worked, label: str) -> None:
    """Put the difference among the figures."""
    page.add_computed(
        worked.value,
        worked.unit,
        label=f"{label}两处相差",
        formula=worked.formula,
        like=worked.facts[0],
    )
