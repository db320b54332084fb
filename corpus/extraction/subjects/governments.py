"""The figures of a government by area: 全市 as the level 部门, 市本级 as the level 单位.

A government's whole area holds the budgets of those below it as a 部门 holds its 单位 (《预算法》
第三条), so whatever tells the two levels of a department apart tells these apart. What a sentence
says of the area goes from the name of the thing: 全市一般公共预算收入完成 is 一般公共预算收入.
"""

from collections.abc import Sequence

from corpus.entities.organisations import GOVERNMENT, is_government
from corpus.extraction.subject_terms import words_to_term
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Aspect, Fact, Level, Report
from corpus.tables.scopes import OWN_LEVEL, WHOLE_AREA, Scopes, words_to_area

LEVELS: tuple[Aspect, ...] = ("预算", "决算", "执行数")
LEVEL_OF: dict[str, Level] = {WHOLE_AREA: "部门", OWN_LEVEL: "单位"}
PATTERNS = patterns("extraction.governments")
AREA_AHEAD, AREA_ALONE = PATTERNS["area_ahead"], PATTERNS["area_alone"]
DONE_BEHIND = PATTERNS["done_behind"]
SIDE = PATTERNS["side"]
STOCK, STOCKS = PATTERNS["stock"], PATTERNS["stocks"]
DEBT = "政府债务"


def of_areas(facts: Sequence[Fact], report: Report, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Return the figures of a government's report with their levels; of any other as they are."""
    if not is_government(report.organisation):
        return tuple(facts)
    scopes = Scopes(report)
    return tuple(_of_area(fact, scopes, vocabulary) for fact in facts)


def _of_area(fact: Fact, scopes: Scopes, vocabulary: Vocabulary) -> Fact:
    fact = _of_whole_row(fact)
    scope = scopes.of(fact)
    facet = "" if AREA_ALONE.fullmatch(fact.facet) else fact.facet
    said = words_to_area("".join((*fact.row, fact.measure, fact.facet)))
    area = said or (scope.area if scope else scopes.of_area(fact) if not fact.table else "") or ""
    part = area if area not in ("", *LEVEL_OF) else ""
    measure = DONE_BEHIND.sub("", AREA_AHEAD.sub("", fact.measure))
    if SIDE.fullmatch(measure) and scope and scope.fund:
        measure = f"{scope.fund.removesuffix('预算')}预算{measure}"
    else:
        measure, facet = _of_debt(measure, fact), _of_debt(facet, fact)
    if part:
        measure = measure if part in measure else part + measure
    else:
        measure = words_to_term(measure, vocabulary) or measure
    return fact.model_copy(
        update={
            "level": LEVEL_OF.get(area),
            "measure": measure,
            "facet": facet,
            "aspect": _aspect_of(fact, facet or measure),
        }
    )


def _of_debt(name: str, fact: Fact) -> str:
    """Return a bare 限额 or 余额 with what it is of, where its table or sentence is of debts."""
    stock = STOCK.fullmatch(name)
    of_debt = stock and DEBT in "".join((fact.table, fact.quote))
    return f"{DEBT}{stock['of']}" if stock and of_debt else name


def _of_whole_row(fact: Fact) -> Fact:
    """Name a figure by its column where its row is the whole place: 昌都市 above its counties."""
    label = fact.measure.removeprefix(fact.organisation.removesuffix(GOVERNMENT))
    if not (fact.table and fact.facet) or (label and not AREA_ALONE.fullmatch(label)):
        return fact
    whole = not label.endswith(OWN_LEVEL)
    update = {"measure": fact.facet, "facet": "", "total": fact.total or whole}
    return fact.model_copy(update=update)


def _aspect_of(fact: Fact, name: str) -> Aspect:
    """Return the aspect of a figure: a stock or a limit is neither planned nor spent by itself."""
    found = STOCKS.search(name)
    if found is None or fact.said or fact.aspect not in LEVELS:
        return fact.aspect
    return "余额" if found["stock"] else "其他"
