"""What a figure of a table is of: its measure and facet, from row, column and title."""

from typing import Protocol

from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun
from corpus.tables.columns import Block, is_entity
from corpus.tables.headers import SCORE as POINTS
from corpus.tables.headers import TOTALS, UNIT_IN_HEAD, Reading
from corpus.tables.rows import AMONG, CARRIED, FUND, Row, text_to_printed

SCORE = "绩效自评得分"
CAR = "公务用车"
PATTERNS = patterns("tables.concepts")
CAR_PARTS = PATTERNS["car_parts"]
FISCAL = "财政拨款"
STATE = PATTERNS["state"]
TOTAL_WORD = PATTERNS["total_word"]
SIDE_WORD = PATTERNS["side_word"]
# What the total of a table is called that a title names; the first that fits.
TITLE_TOTALS = (
    (PATTERNS["of_three_public"], "三公经费"),
    (PATTERNS["of_running"], "机关运行经费"),
    (PATTERNS["of_procurement"], "政府采购"),
    (PATTERNS["of_basic"], "基本支出"),
    (PATTERNS["of_projects"], "项目支出"),
    (PATTERNS["of_special"], "专项资金"),
)
SOME_OF = PATTERNS["some_of"]
SUBTOTAL = "小计"
FUNDING = PATTERNS["funding"]
OVER_SIDE = (("收入",), ("支出",))


class Terms(Protocol):
    """What gives the measures their names: the vocabulary of public finance."""

    def term_of(self, words: str) -> str | None:
        """Return the term that the words stand for, None where there is none."""
        ...


class Meaning(Noun):
    """What a figure is of: `facet` is the part of the measure that the column singles out."""

    measure: str
    facet: str = ""


def place_to_meaning(
    row: Row, reading: Reading, *, block: Block, title: str, vocabulary: Terms
) -> Meaning:
    """Tell what the figure at a row and a column is of."""
    side = block_to_side(block, title)
    fund = is_fund(reading.part)
    part = part_in_row(reading.part if fund else words_to_term(reading.part, vocabulary), row)
    if not row.path:
        return Meaning(measure=column_to_measure(reading, title, side, vocabulary))
    if block.entities and not row.total:
        measure = column_to_measure(reading, title, side, vocabulary)
        return Meaning(measure=measure, facet=entity_of(row, block))
    if row.total and reading.unit == POINTS:
        return Meaning(measure=SCORE, facet="" if reading.aspect == "得分" else part)
    if row.path[-1] == SUBTOTAL and len(row.path) > 1:
        return Meaning(measure=words_to_term(row.path[-2], vocabulary), facet=part)
    if row.total:
        total = total_to_measure(row.path[-1], title, side, vocabulary)
        if not part:
            return Meaning(measure=total)
        of_total = fund or FUNDING.match(part)
        return Meaning(measure=total, facet=part) if of_total else Meaning(measure=part)
    if not part and block.codes and side == "收入":
        part = "收入合计"
    return item_to_meaning(row, part, side, vocabulary)


def part_in_row(part: str, row: Row) -> str:
    """Return what a column singles out of a row, "" for what names the row: the head of a form."""
    return "" if part in row.path else part


def entity_of(row: Row, block: Block) -> str:
    """Return the organisation that a row is of; other columns may say what kind of body it is."""
    places = [column.place for column in block.names if is_entity(column)]
    named = next((cell.text for cell in row.cells if cell.column in places), "")
    return text_to_printed(named).name or row.path[-1]


def is_fund(part: str) -> bool:
    """Tell whether a column is a fund that pays (一般公共预算), and not an income by that name."""
    return bool(FUND.match(part)) and not part.endswith("收入")


def item_to_meaning(row: Row, part: str, side: str, vocabulary: Terms) -> Meaning:
    """Name the figure of a row that is no total; a fund under 结转和结余 is a part of that."""
    name = row.path[-1]
    if len(row.path) > 1 and CARRIED.search(row.path[-2]) and FUND.match(name):
        return Meaning(measure=words_to_term(row.path[-2], vocabulary), facet=name)
    if side and FUND.match(name) and (term := vocabulary.term_of(name + side)):
        return Meaning(measure=term, facet=part)
    return Meaning(measure=words_to_term(name, vocabulary), facet=part)


def words_to_term(words: str, vocabulary: Terms) -> str:
    """Return the term of the vocabulary for the words of a label, else the words."""
    if not words:
        return ""
    own = AMONG.sub("", words) or words
    counted = UNIT_IN_HEAD.sub("", own)  # 公务用车保有量（辆）
    for bare in (words, own, own.removeprefix(FISCAL), STATE.sub("", own), counted):
        if bare and (term := vocabulary.term_of(bare)):
            return term
    return own


def block_to_side(block: Block, title: str) -> str:
    """Tell whether a block is of 收入 or 支出, "" where neither or both are said."""
    tops = "".join(column.path[0] for column in block.figures[:1] if column.path)
    names = "".join(column.path[0] for column in block.names[:1] if column.path[:1] in OVER_SIDE)
    for words in (tops, names, title):
        said = [side for side in ("收入", "支出") if side in words]
        if len(said) == 1:
            return said[0]
    return ""


def title_to_total(title: str, side: str) -> str:
    """Return what the whole of a table is."""
    for pattern, total in TITLE_TOTALS:
        if match := pattern.search(title):
            part = SOME_OF.search(title[: match.start()])
            return f"{part.group()}{total}" if part else total
    return f"{side}合计" if side else "合计"


def total_to_measure(name: str, title: str, side: str, vocabulary: Terms) -> str:
    """Name a row of totals: 本年收入合计 is 收入合计, 人员经费合计 is 人员经费."""
    match = TOTAL_WORD.match(name)
    if match is None:
        return words_to_term(name, vocabulary)
    if own := SIDE_WORD.match(match["of"]):
        return f"{own['side']}{match['word']}"
    if match["of"]:
        return words_to_term(match["of"], vocabulary)
    return f"{side}总计" if match["word"] == "总计" and side else title_to_total(title, side)


def column_to_measure(reading: Reading, title: str, side: str, vocabulary: Terms) -> str:
    """Name a figure by its column alone; a 小计 is its group's, a 合计 over all the title's."""
    words = [part for part in reading.parts if not TOTALS.match(part)]
    if not words:
        return title_to_total(title, side)
    leaf = words[-1]
    if CAR_PARTS.match(leaf) and any(CAR in word for word in words[:-1]):
        leaf = CAR + leaf
    return words_to_term(leaf, vocabulary)
