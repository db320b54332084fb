"""What a figure is of beside its measure: which area, which fund and which share of the whole.

全市 is not 市本级, the money of one fund is not that of all, and a table of 基本支出 lists less
than one of all spending. Only figures of one scope can contradict each other.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Noun, Report

PATTERNS = patterns("tables.scopes")
FUND = PATTERNS["fund"]
SAME_FUND = {"社保基金": "社会保险基金", "国有资本": "国有资本经营"}
# What is paid from one fund by what it is, wherever it stands.
NATURE = (
    (PATTERNS["running"], "一般公共预算"),
    (PATTERNS["three_public"], "财政拨款"),
)
WHOLE_AREA, OWN_LEVEL = "全域", "本级"
AREA = PATTERNS["area"]
PLACE = PATTERNS["place"]
YEAR = PATTERNS["year"]
# Words of a title that say that its rows are not the whole.
SHARES = (
    "基本支出", "项目支出", "转移支付", "税收返还", "重点", "三公", "机关运行", "政府采购",
    "经济分类", "预备费", "所属单位", "分单位", "分地区", "分部门", "债务", "专项",
)  # fmt: skip
FEW = ("转移支付", "税收返还", "重点", "预备费", "分地区", "分单位", "所属单位", "分部门", "专项")
STOP = re.compile(r"[。；！？]")
SPACE = re.compile(r"\s")


class Scope(Noun):
    """The area, the fund ("" for all) and the shares of the whole that a table's title names."""

    area: str
    fund: str
    shares: tuple[str, ...] = ()


def words_to_fund(words: str) -> str | None:
    """Return the one fund that words name, "" for none, None for several."""
    named = {SAME_FUND.get(match["fund"], match["fund"]) for match in FUND.finditer(words)}
    if len(named) > 1:
        named.discard("财政拨款")
    return named.pop() if len(named) == 1 else None if named else ""


def words_to_area(words: str) -> str | None:
    """Return the one area that words name, "" for none, None for several."""
    named = {
        WHOLE_AREA if match["all"] else OWN_LEVEL if match["own"] else match["part"]
        for match in AREA.finditer(words)
    }
    return named.pop() if len(named) == 1 else None if named else ""


def title_to_scope(title: str, organisation: str) -> Scope | None:
    """Return the scope that the title of a table gives its figures, None where it names several."""
    bare = YEAR.sub("", title).replace(organisation, "") if organisation else YEAR.sub("", title)
    area = words_to_area(bare)
    if not area and PLACE.match(bare):
        area = WHOLE_AREA
    fund = words_to_fund(bare)
    if area is None or fund is None:
        return None
    return Scope(area=area, fund=fund, shares=tuple(word for word in SHARES if word in bare))


class Scopes:
    """The scopes of the figures of one report, found once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.table_starts = [table.span.start for table in report.tables]
        self.block_starts = [block.span.start for block in report.blocks]
        # Of a table without a title nobody can tell what it is whole of.
        self.of_tables = [
            title_to_scope(table.title, report.organisation) if table.title else None
            for table in report.tables
        ]
        self.known: dict[str, Scope | None] = {}
        self.areas = {scope.area for scope in self.of_tables if scope}

    def table_at(self, fact: Fact) -> int | None:
        """Return the number of the table that a figure stands in, None for running text."""
        at = bisect_right(self.table_starts, fact.spans[0].start) - 1
        inside = at >= 0 and fact.spans[0].start < self.report.tables[at].span.end
        return at if inside else None

    def of(self, fact: Fact) -> Scope | None:
        """Return the scope of a figure, None where it cannot be told."""
        if fact.id not in self.known:
            self.known[fact.id] = self.find(fact)
        return self.known[fact.id]

    def find(self, fact: Fact) -> Scope | None:
        """Find the scope of a figure."""
        at = self.table_at(fact)
        scope = self.of_tables[at] if at is not None else self.of_sentence(fact)
        own = words_to_fund(fact.measure) or nature_of(fact.measure)
        return scope.model_copy(update={"fund": own}) if scope and own else scope

    def of_area(self, fact: Fact) -> str | None:
        """Return the area of a figure of the running text, whatever fund it is of."""
        return first_said([words_to_area(each) for each in self.words_before(fact)])

    def of_sentence(self, fact: Fact) -> Scope | None:
        """Return the scope of a figure of the running text.

        What its own sentence says goes before what opens its paragraph, and that before headings.
        """
        words = self.words_before(fact)
        area = first_said([words_to_area(each) for each in words])
        fund = first_said([words_to_fund(each) or nature_of(each) for each in words])
        if area is None or fund is None:
            return None
        if area == WHOLE_AREA and self.areas <= {""}:
            area = ""  # a body that reports only of itself speaks of 全市 in passing
        return Scope(area=area, fund=fund)

    def words_before(self, fact: Fact) -> list[str]:
        """Return the sentence before a figure, the rest of its paragraph, then its headings."""
        start = fact.spans[0].start
        block = self.report.blocks[max(bisect_right(self.block_starts, start) - 1, 0)]
        text = SPACE.sub("", self.report.text[min(block.span.start, start) : start])
        body = self.report.organisation
        cuts = [match.end() for match in STOP.finditer(text)]
        sentence, opening = text[cuts[-1] if cuts else 0 :], text[: cuts[0] if cuts else 0]
        middle = text[cuts[0] : cuts[-1]] if cuts else ""
        said = [sentence, opening, middle, *reversed(fact.section)]
        return [each.replace(body, "") if body else each for each in said]


def side_of(title: str) -> str:
    """Return whether a table or a term is of 收入 or of 支出, "" for both or neither."""
    named = {word for word in ("收入", "支出") if word in title}
    return named.pop() if len(named) == 1 else ""


def nature_of(words: str) -> str | None:
    """Return the fund that what words name is always paid from."""
    if words_to_fund(words) is None:
        return None
    return next((fund for pattern, fund in NATURE if pattern.search(words)), "")


def first_said(said: Sequence[str | None]) -> str | None:
    """Return what is said first; None, which is several, counts as said."""
    return next((each for each in said if each != ""), "")
