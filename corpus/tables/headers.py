"""What a header path says of the figures under it: which part, which aspect, which year and unit.

The words stand here as data; the order of `ASPECTS` decides where several fit.
"""

import re
from collections.abc import Sequence

from corpus.model.types import Aspect, Base, Kind, Noun

UNIT_IN_HEAD = re.compile(
    r"[（(]\s*(?:单位[:：])?(亿元|百万元|万元|千元|元|%|％"
    r"|人|名|人次|个|家|户|座|处|辆|台|套|台（套）|平方米|公里|亩|份|项|件|次|场|批次"
    r"|批|期|天|本|篇|幅|支|吨|头|只|株|组|宗|间|条|米|公顷|平方公里)\s*[）)]"
)
# 全年预算数（A）, 执行率（B/A）: the letters of a formula name nothing.
FORMULA = re.compile(r"[（(][A-Za-zＡ-Ｚ0-9①-⑳/÷×=＝*+\-－%％]{1,9}[）)]")
THIS_YEAR = re.compile(r"^(?:本|当)年度?数?$")
LEFT = re.compile(r"结[转余]|剩余")
WEIGHT = re.compile(r"分值|满分|权重")
PERCENT, SCORE = "%", "分"
YEAR = re.compile(r"(20\d\d)\s*年?度?")
LAST_YEAR = re.compile(r"上年度?|去年|上一?年度?")
AGAINST = re.compile(r"[比较与](?:上年|去年|上一年|20\d\d年)|同比|增减|变动")
ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (
        "增减率",
        re.compile(
            r"[增减]+[长少加变]?(?:变动)?(?:率|幅度?|比例|[（(]?[%％])|变动率"
            r"|[比较与](?:上年|去年|上一年|20\d\d年).{0,8}[%％±]+$"
        ),
    ),
    (
        "完成率",
        re.compile(
            r"完成率|执行率|支付率|支出率|资金使用率|执行进度|支出进度|完成.{0,12}?的?[（(]?(?:百分比|比例|[%％])"
            r"|[占为](?:年初|调整|全年)?预算数?的?[（(]?(?:百分比|比例|[%％])"
        ),
    ),
    ("占比", re.compile(r"占比|比重|所占|百分比|占.{0,8}(?:比例|[%％])")),
    (
        "增减额",
        re.compile(
            r"增减(?:变[动化])?(?:金?额|数|情况)?|增加额?|减少额?|差额|变动(?:额|数|情况)?"
            r"|[比较](?:上年|去年|20\d\d年)"
        ),
    ),
    ("得分", re.compile(r"(?:绩效|综合|评价|自评|评审)*得分|自评分数?$|^评分$")),
    ("执行数", re.compile(r"(?:全年|年度)?(?:预算)?执行数|全年执行")),
    (
        "决算",
        re.compile(
            r"决算数?|实际(?!到位|下达)(?:支出|完成|发生)?数?|支出数|^完成(?:值|数)$"
            r"|(?:实?际?支付|列支|使用)(?:金额|数)|^实付数?$"
        ),
    ),
    (
        "调整预算",
        re.compile(
            r"(?:(?:调整|变更)(?:以?后)?的?(?:全年|年度)?|全年(?:[（(]调整[）)])?|追加后)预算"
            r"(?:批复)?(?:数|金额|安排数?|额)?|预算调整(?:后数?|数)"
        ),
    ),
    (
        "预算",
        re.compile(
            r"(?:年初|调整|全年|年度|追加|核定)?预算(?:批复)?(?:数|金额|安排数?|额)"
            r"|(?:年初|调整后?|全年|本年度?|当年|年度)预算|(?:^|(?<=年)|(?<=年度))预算$|(?<=[收支][入出])预算$"
        ),
    ),
    # A sign of percent alone, beside a difference.
    ("增减率", re.compile(r"[%％±]+$")),
)
TITLES: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("决算", re.compile(r"决算")),
    ("执行数", re.compile(r"执行情况表")),
    ("预算", re.compile(r"预算(?!收支|执行|资金|绩效|管理|单位|部门)")),
)
TOTALS = re.compile(
    r"^(?:.*(?:合计|小计|总计)|金额|数额?|值|数量|本年支出|[收支][入出]|总额|当年)$"
)
# Groups of columns that single nothing out; 基本支出 and 项目支出 over their 小计 do.
GROUPS = re.compile(r"^(?!(?:基本|项目)支出$)(?:项目|.*[收支][入出]|.*[收支][入出]预算)$")
# Labels of a form that say whose a table is, and single nothing out.
WHOSE = re.compile(r"^(?:项目|预算)?(?:实施|主管|预算|项目)(?:单位|部门)(?:及代码)?$|^项目名称$")
KIND_ASPECT: dict[Kind, Aspect] = {
    "决算": "决算",
    "预算": "预算",
    "绩效自评": "其他",
    "其他": "其他",
}


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
        text = UNIT_IN_HEAD.sub("", word) if not re.search(r"[%％][）)]", word) else word
        for aspect, pattern in ASPECTS:
            if match := pattern.search(text):
                return aspect, match.group(0)
    return None, ""


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
        if LAST_YEAR.search(word) and not re.search(r"上年(?:结转|结余)", word):
            return year - 1 if year else None
    return year


def strip_words(word: str) -> str:
    """Take unit, year and the words of an aspect off a header text."""
    bare = YEAR.sub("", UNIT_IN_HEAD.sub("", FORMULA.sub("", word)))
    if not re.search(r"上年(?:结转|结余)", bare):
        bare = LAST_YEAR.sub("", bare)
    for _, pattern in ASPECTS:
        bare = pattern.sub("", bare)
    bare = bare.strip(" 的（）()：:比较与")
    return "" if THIS_YEAR.match(bare) else bare


def bare_to_part(parts: Sequence[str]) -> str:
    """Return what a column singles out: its own words, or its group's over a 小计."""
    parts = [part for part in parts if not WHOSE.match(part)]
    if not parts:
        return ""
    if not TOTALS.match(parts[-1]):
        return parts[-1]
    groups = [part for part in parts[:-1] if not GROUPS.match(part) and not TOTALS.match(part)]
    return groups[-1] if groups else ""
