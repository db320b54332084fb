"""Years as reports and people say them: 2024年, 二〇二四年, 24年, 上年, 近三年.

Also the years and days that a text puts its figures in; not those of bases, titles and documents.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from corpus.entities.comparisons import CARRIED, compared_spans
from corpus.entities.quantities import SHORT_YEAR, half_width, parse_number
from corpus.model.types import Noun

_CENTURY = r"(?:19|20)\d\d"
# 2024 in 1,2024 would go on a number; after four digits or more a comma ends one.
_NO_NUMBER = r"(?<![\d.])(?<!(?<!\d{3})\d,)"
_ZERO = "〇零○OＯ"  # a Latin O is often typed for 〇
CHINESE_YEAR = rf"[一二][九{_ZERO}][{_ZERO}一二三四五六七八九]{{2}}"
_WORD = r"年度?"
_RELATIVE = {
    "本年度": 0, "本年": 0, "今年": 0, "当年": 0, "本财年": 0, "这一年": 0,
    "上一年度": -1, "上一年": -1, "上个年度": -1, "上年度": -1, "上年": -1, "去年度": -1,
    "去年": -1, "前一年度": -1, "前一年": -1, "头一年": -1, "前年": -2, "大前年": -3,
    "下一年度": 1, "下一年": 1, "下年度": 1, "下年": 1, "明年": 1, "来年": 1, "后年": 2,
}  # fmt: skip

_PATTERN = re.compile(
    rf"(?P<first>{_NO_NUMBER}{_CENTURY})\s*年?度?\s*(?:-+|—+|–|~|～|至|到)"
    rf"\s*(?P<last>{_CENTURY})(?!\d)(?:\s*{_WORD})?"
    rf"|(?P<year>(?<!\d)(?<!(?<!\d{{3}})\d,){_CENTURY})(?=\s*(?:年|[、,，和及与或跟]\s*{_CENTURY}\s*年))"
    rf"(?:\s*{_WORD})?"
    rf"|(?P<chinese>{CHINESE_YEAR})\s*{_WORD}"
    rf"|(?P<short>{SHORT_YEAR})\s*{_WORD}"
    r"|(?P<pair>(?<![\d.])(?<!\d,)2\d(?=[、,，和及与跟到至]2\d(?:两?年))"
    r"|(?<=2\d[、,，和及与跟到至])2\d(?=两年))"
    r"|(?P<recent>(?:最近|近|过去|这)(?P<count>[两二三四五六七八九十]|[2-9]|10)年)"
    rf"|(?P<relative>(?<![以往])(?:{'|'.join(sorted(_RELATIVE, key=len, reverse=True))}))"
    r"(?!结转|结余|份|度)"
)
# 2024 without 年 is a year only where it does not start something else that is counted.
_BARE = re.compile(
    rf"(?<![a-zA-Z〔\[(（]){_NO_NUMBER}{_CENTURY}"
    r"(?![\d%‰a-zA-Z〕\]]|[.,]\d|\s*(?:[万亿元个名人家辆台次项号户件条分]|平方|年))"
)
# 24 by itself is a year where it stands alone, before 预算 or beside a comparison.
_BARE_SHORT = re.compile(
    r"(?<![\d.第共近满约a-zA-Z-])(?<!\d[\s,])[12]\d"
    r"(?=\s*(?:预算|决算|年初|执行|三公|政府采购|公务接待费|收支|支出|收入|整体支出|机关运行)|\s*(?:$|[,，](?!\d{3})|[。?？!！;；])|\s+(?!\d)|比[12]\d(?!\d))"
    r"|(?<=[12]\d比)[12]\d(?=[多少增减高低涨降])"
)
_LOOKED_BACK, _LOOKED_AHEAD = 15, 1


class YearMention(Noun):
    """A year said somewhere: `value`, or for a relative one still open None, and its `offset`.

    A range (2022-2024年, 近三年) gives one mention for each of its years, all with its place.
    """

    value: int | None
    offset: int | None = None
    start: int
    end: int
    words: str


def years_in(text: str, *, this_year: int | None, bare: bool = False) -> tuple[YearMention, ...]:
    """Return the years that `text` names, in reading order, with their places in it.

    `this_year` is what 本年 means: the report's year, or the year the caller takes a question to
    be asked in. With `bare`, a 2024 that no 年 follows counts as well, and a 24 that
    stands alone: for questions, not reports.
    """
    plain = half_width(text)
    found = [
        mention
        for match in _PATTERN.finditer(plain)
        for mention in _match_to_mentions(match, text=text, this_year=this_year)
    ]
    if bare:
        taken = {place for mention in found for place in range(mention.start, mention.end)}
        bare_years = [(int(match[0]), match) for match in _BARE.finditer(plain)]
        bare_years += [
            (2000 + int(match[0]), match)
            for match in _BARE_SHORT.finditer(plain)
            if this_year
            and this_year - _LOOKED_BACK <= 2000 + int(match[0]) <= this_year + _LOOKED_AHEAD
        ]
        found += [
            YearMention(value=value, start=match.start(), end=match.end(), words=match[0])
            for value, match in bare_years
            if match.start() not in taken
        ]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _match_to_mentions(
    match: re.Match[str], *, text: str, this_year: int | None
) -> list[YearMention]:
    place = {"start": match.start(), "end": match.end()}
    words = text[match.start() : match.end()]
    offsets = _offsets(match)
    if offsets:
        return [
            YearMention(
                value=None if this_year is None else this_year + offset,
                offset=offset,
                words=words,
                **place,
            )
            for offset in offsets
        ]
    return [YearMention(value=value, words=words, **place) for value in _values(match)]


def _offsets(match: re.Match[str]) -> tuple[int, ...]:
    if match["relative"]:
        return (_RELATIVE[match["relative"]],)
    if match["recent"]:
        count = parse_number(match["count"])
        return tuple(range(1 - int(count or 1), 1))
    return ()


def _values(match: re.Match[str]) -> tuple[int, ...]:
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        # Thirty years is more than any report looks back: two years that far apart are no range.
        return tuple(range(first, last + 1)) if first < last <= first + 30 else (first, last)
    if match["short"] or match["pair"]:
        return (2000 + int(match["short"] or match["pair"]),)
    digits = match["year"] or match["chinese"]
    value = parse_number(re.sub("[OＯ]", "〇", digits))
    return () if value is None else (int(value),)


# Titles and the numbers of documents: a figure inside one is part of the name.
QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|【[^】]*】|“[^”]*”|[（(](?:19|20)\d\d[）)](?=\d*号)")
AS_OF = re.compile(
    r"截[至止]?到?(?:[至止])?(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?"
    r"(?:(?P<day>\d{1,2})日|年?[底末])"
    r"|(?P<end>(?:19|20)\d\d)年(?:(?P<end_month>\d{1,2})月|年)?[底末](?!结转|结余|前)"
)


def as_of_date(until: re.Match[str], this_year: int | None) -> date | None:
    """Return the day that 截至2024年8月31日, 截至2024年8月底 or 2024年末 names.

    The end of the report's own year is no date of its own: the figures of that year are as of it.
    """
    year, month = int(until["year"] or until["end"]), until["month"] or until["end_month"]
    ends_year = year == this_year and (not month or until["end_month"] == "12")
    month = int(month or 12)
    if not 1 <= month <= 12 or ends_year:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(int(until["day"] or last), last))


def said_years(text: str, this_year: int | None) -> Sequence[YearMention]:
    """Return the years that figures can be of: no bases, no titles, no 当年 after 2023年."""
    barred = [match.span() for match in QUOTED.finditer(text)]
    barred += compared_spans(text)
    kept: list[YearMention] = []
    for year in years_in(text, this_year=this_year):
        carried = (year.offset or 0) > 0 and CARRIED.search(text, 0, year.start)
        inside = carried or any(start <= year.start and year.end <= end for start, end in barred)
        repeated = year.offset == 0 and kept and year.start - kept[-1].end <= 1
        if not inside and not repeated:
            kept.append(year)
    return kept
