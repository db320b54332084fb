"""What a figure is a figure of: the words of its subject as a term of the vocabulary, or as said.

A term is given only where it covers the subject; what is left beside it must be neutral (the
organisation, 本部门, 财政拨款的). A doubtful subject keeps the report's own words.
"""

import re

from corpus.entities.comparisons import LEVELS, strip_words
from corpus.entities.organisations import is_short_for
from corpus.entities.quantities import AmountKind
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Noun
from corpus.structure.headings import run_in_title

ITEM = re.compile(
    r"[“\"]?(?P<class>[^，。：；“”（）]+)（\d{0,3}类）[-—]?(?P<section>[^，。：；“”]+?)（\d{0,2}款）[-—]?"
    r"(?P<item>[^，。：；“”]+?)（\d{0,2}项）[”\"]?"
)
CLASS = re.compile(r"^(?P<name>[^，。：；（）]+)（\d{0,3}[类款项]）$")
QUARTER = re.compile(
    r"^(?P<part>第[一二三四1-4](?:[-–—~～至到][一二三四1-4])?季度|前[两二三]季度|[上下]半年|[1-4]季度|\d{1,2}月?[-–—~～至到]\d{1,2}月份?|\d{1,2}月份?)"
    r"(?P<rest>.*)$"
)
# How a body speaks of itself: 我馆, 本会, 全局.
OUR_BODY = (
    r"[我本](?:局|委|会|院|办|馆|所|站|校|园|队|台|厅|社|中心|学校)"
    r"|全(?:局|委|院|办|馆|所|站|校|园|队|台|厅|系统)"
)
NEUTRAL = re.compile(
    rf"^(?:我?[本各]?(?:部门|单位|级|局|委|会|街道|镇|区|市|县|机关)|{OUR_BODY}|所属各?(?:预算)?单位|下属\d*家?"
    r"|（(?:部门|单位|本级|汇总|机关)）|参公|(?:行政|事业)单位|机关|(?:所属)?二级(?:机构|单位)|(?:财政)?[全差]额拨款|核[定准]|[另外现实]?聘[用请有]?|实有|另有?|本(?:工程|项目)|财政拨款|现有|使用|参照公务员法管理|一般公共预算|整体|开支|安排|年度|年|部分|项目|的|和|及|[“”])*$"
)
WE = re.compile(
    rf"^(?:我?[本各](?:部门|单位|级|局|委|会|街道|镇|区|市|县|机关)|{OUR_BODY}|单位|部门|财政拨款)*$"
)
OURS = re.compile(
    rf"^(?:我?本(?:部门|单位|级|街道|镇|机关)|各(?:部门|单位)|我(?:部门|单位)|{OUR_BODY})"
    r"(?:机关)?(?:的|[现共]?有(?![关效需限害利毒]))?"
)
# What has merely happened before a budget was adjusted names nothing: 年中追加后.
HAPPENED = re.compile(r"(?:追加|调整|转移支付|下达|调剂|结转)[^，。；：]{0,10}后$")
# What an asset is counted at: 固定资产净值.
VALUED = re.compile(
    r"^(?P<rest>.*(?:资产|设备|车辆|房屋))?(?P<part>净[值额]|原[值价]|(?:累计)?折旧)$"
)
GENERIC = re.compile(
    r"^(?:(?:预算|决算|执行|实际采购|实际|支出|收入|金额|资金|数|数额|总额|经费|部门|年度|安排|情况|拟|年初|全年|调整后?|批复|的|其)*)$"
)
PROJECT = re.compile(
    r"^(?P<name>[^，。；：]{2,30}?(?:专项|项目|工程|资金|补贴|计划))"
    r"(?:（[^（）]*）)?(?:支出|经费|资金)*(?:预算|绩效)?情况(?:说明)?$"
)
# A page of its own for one undertaking, whatever that is called: X经费情况说明.
PAGE_OF_PROJECT = re.compile(
    r"^(?P<name>(?!.*(?:机关|运行|三公|预算|决算|支出|采购|资产|其他))[^，。；：“”]{4,30}?)经费情况说明$"
)
# 实际支出“三公”经费: what was spent stands before what it was spent on.
SPENT_FIRST = re.compile(r"^实际(?:支出|发生|列支|使用|支付)的?")
SCORE = "绩效自评得分"
WHOLE_SCORE = re.compile(
    r"(?=.{3})(?:[本我](?:部门|单位|局))?(?:部门|单位)?(?:整体)?(?:支出)?(?:绩效)?(?:自[评平]|自我评价|评价)?"
    r"(?:综合|平均|最终|总)?(?:评[定价])?(?:得分|评分|总分)"
)
SCORED = re.compile(r"^(?P<of>.{2,}?)(?:绩效)?(?:自[评平]|评价)?(?:综合|平均|总)?得分$")
ANY_PROJECT = re.compile(r"^(?:重点|主要|部门)?项目$")
OPENS_PROJECT = re.compile(
    r"(?:[一二三四五六七八九十]是|（?\d{1,2}[）.、．]+|（[一二三四五六七八九十]+）)(?P<name>[^，。；：、\d]{3,30}?(?:项目|工程|专项|专项资金|专项经费|行动))[，。：]"
)
BUILT = re.compile(
    r"^(?:由[^，]*?(?:建设|实施|承担|组织)的)?(?P<name>[^，。的]{4,40}(?:工程|项目|专项))$"
)
OVERVIEW = re.compile(r"项目(?:概况|概述|名称|简介|基本情况)$")
# 财政拨款收入支出 is neither 财政拨款收入 nor 财政拨款支出.
BOTH = re.compile(r"收入[和及、]?支出|收支")
HEADING_TAIL = re.compile(r"(?:[支出预决算收入总体具体结构设置占有使用的情况说明])+$")
NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|（[一二三四五六七八九十\d]{1,3}）[、.．]?|[一二三四五六七八九十\d]{1,3}[、.．])"
)


SEATS = "省市区县州旗"
LONGEST_SHORT, SHORTEST_SHORT = 6, 3


class Subject(Noun):
    """What a figure is of. `start:end` are its words in the text, equal where it has none there.

    `row` is what it is a part of, from the outside in; `facet` the part singled out (第一季度).
    `known` is set where `measure` is a term of the vocabulary or an item of the classification.
    """

    measure: str
    facet: str = ""
    row: tuple[str, ...] = ()
    known: bool
    start: int
    end: int


def words_to_subject(
    words: str, *, vocabulary: Vocabulary, organisation: str, at: int
) -> Subject | None:
    """Return the subject that the words before a figure name; None where they name nothing.

    `at` is where the words start in their text, so that the subject knows its place.
    """
    if item := ITEM.search(words):
        return item_to_subject(item, vocabulary=vocabulary, at=at)
    plain = strip_ours(drop_organisation(words, organisation))
    quarter, valued = QUARTER.match(plain), VALUED.match(plain)
    facet = quarter["part"] if quarter else ""
    if quarter:
        plain = strip_words(quarter["rest"])
    elif valued and valued["rest"]:
        plain, facet = valued["rest"], valued["part"]
    if not plain or GENERIC.match(plain) or WE.match(plain):
        return None
    term = words_to_term(plain, vocabulary)
    own = strip_words(own_words(plain)) or plain
    if not term and (WE.match(own) or HAPPENED.search(own)):
        return None
    found = words.find(own)
    start = at + max(found, 0)
    return Subject(
        measure=term or own,
        facet=facet,
        known=bool(term),
        start=start,
        end=start + len(own) if found >= 0 else at + len(words),
    )


def strip_ours(words: str) -> str:
    """Drop what is around a subject, and 本部门 or 我单位 before it."""
    bare = strip_words(words)
    return strip_words(OURS.sub("", bare)) or bare


def words_to_total(
    words: str, *, vocabulary: Vocabulary, organisation: str, at: int
) -> Subject | None:
    """Return the total that general words name (收入预算, 支出决算), if they name one."""
    plain = strip_ours(drop_organisation(words, organisation))
    term = vocabulary.term_of(plain) if re.search(r"[收支]", plain) else None
    if term is None:
        return None
    found = max(words.find(plain), 0)
    return Subject(measure=term, known=True, start=at + found, end=at + found + len(plain))


def drop_organisation(words: str, organisation: str) -> str:
    """Take the report's organisation off the words, also where its name is printed in a variant."""
    if len(organisation) < 4:
        return words
    words = drop_short_name(words, organisation)
    name = rf"{re.escape(organisation[:3])}[^，。；：]{{0,25}}{re.escape(organisation[-2:])}"
    aside = r"(?:（(?:部门|单位|本级|汇总|机关|本部)）)?"
    return re.sub(rf"(?:{re.escape(organisation)}|{name}){aside}", "", words)


def fits(term: str, kind: AmountKind, vocabulary: Vocabulary) -> bool:
    """Tell whether a figure of this kind can be the level of a term."""
    known = vocabulary.term(term)
    if known is None:
        return True
    return kind == known.kind or (known.kind == "count" and kind == "people")


def drop_short_name(words: str, organisation: str) -> str:
    """Take a short name of the organisation off the head of the words: 区残联 before 编制."""
    if not words or words[0] not in SEATS:
        return words
    for cut in range(min(LONGEST_SHORT, len(words) - 1), SHORTEST_SHORT - 1, -1):
        if is_short_for(words[:cut], organisation):
            return words[cut:]
    return words


def item_to_subject(item: re.Match[str], *, vocabulary: Vocabulary, at: int) -> Subject:
    """Return an item of the functional classification, its 类, 款 and 项 as the row path."""
    path = (item["class"], item["section"], item["item"])
    path = (NUMBERING.sub("", path[0]), *path[1:])
    return Subject(
        measure=vocabulary.term_of(path[-1]) or path[-1],
        row=path,
        known=True,
        start=at + item.start("item"),
        end=at + item.end("item"),
    )


def words_to_term(words: str, vocabulary: Vocabulary) -> str:
    """Return the term that covers the words: whole, without their aspect, or at their end."""
    if WHOLE_SCORE.fullmatch(words):
        return SCORE
    if classed := CLASS.match(words):
        words = classed["name"]
    for candidate in (words, *aspect_stripped(words)):
        term = vocabulary.term_of(candidate) if candidate else None
        if term and not (BOTH.search(candidate) and not BOTH.search(term)):
            return term
    for candidate in (words, *aspect_stripped(words), SPENT_FIRST.sub("", words)):
        if term := end_term(candidate, vocabulary):
            return term
    return ""


def aspect_stripped(words: str) -> tuple[str, ...]:
    """Return the words without the aspect at their end, the shortest cut first."""
    short = re.sub(r"(?<!总)(?:预算|决算|执行)(?:数|额)?$", "", words)
    cuts = [short] if short != words else []
    for _, pattern in LEVELS:
        if found := pattern.search(words):
            cuts.append(re.sub(r"[栏的]$", "", words[: found.start()]))
    return tuple(dict.fromkeys(cuts))


def end_term(words: str, vocabulary: Vocabulary) -> str:
    """Return the term that the words end in, where all before it is neutral; else ""."""
    mentions = vocabulary.mentions(words)
    for mention in sorted(mentions, key=lambda each: each.start):
        after = words[mention.end :]
        spent = after in ("支出", "收入", "费用") and not re.search(r"[收支][入出]$", mention.words)
        if NEUTRAL.match(words[: mention.start]) and (spent or NEUTRAL.match(after)):
            return mention.term
    return ""


def own_words(words: str) -> str:
    """Return a subject in the report's own words, its aspect or the word for a score taken off."""
    if scored := SCORED.match(words):
        return scored["of"].replace("“", "").replace("”", "")
    return next((cut for cut in reversed(aspect_stripped(words)) if cut), words)


def heading_to_subject(
    section: tuple[str, ...], *, vocabulary: Vocabulary, at: int
) -> Subject | None:
    """Return the term that the nearest heading names, where it names exactly one."""
    for title in reversed(section):
        bare = HEADING_TAIL.sub("", NUMBERING.sub("", strip_words(title)))
        terms = {mention.term for mention in vocabulary.mentions(bare)}
        if len(terms) == 1:
            return Subject(measure=terms.pop(), known=True, start=at, end=at)
        if terms:
            return None
    return None


def section_to_project(section: tuple[str, ...]) -> str:
    """Return the project that a heading is the account of: X专项经费情况说明; "" if none."""
    if section and (run_in := run_in_title(section[-1] + "。…")):
        return NUMBERING.sub("", run_in)
    for title in reversed(section):
        name = NUMBERING.sub("", title.strip())
        if match := PROJECT.match(name) or PAGE_OF_PROJECT.match(name):
            return "" if ANY_PROJECT.match(match["name"]) else match["name"]
    return ""


def opening_to_project(text: str) -> str:
    """Return the project that an item of a list opens with: 一是某某项目。…; "" if none."""
    opening = OPENS_PROJECT.match(text)
    return "" if opening is None or ANY_PROJECT.match(opening["name"]) else opening["name"]


def overview_to_project(section: tuple[str, ...], text: str) -> str:
    """Return the project that the first clause under 项目概况 names; "" if it names none."""
    if not section or not OVERVIEW.search(section[-1].strip("。：: ")):
        return ""
    built = BUILT.match(re.split(r"[，。；：]", text)[0])
    return built["name"] if built else ""
