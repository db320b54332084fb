"""Figures as Chinese reports print them: found in text with value, unit and vagueness. No meaning.

Numbers in words are read here too: Arabic, full-width and Chinese ones. Units are `units`.
"""

import re
from decimal import Decimal

from corpus.entities.units import SCALES, UNIT_PATTERN, AmountKind, scale_factor, unit_kind
from corpus.model.types import Noun


class Amount(Noun):
    """One printed figure. `start:end` is the whole expression, the number alone is `number_*`.

    `printed` has the digits as printed, `unit` the unit ("" if none; a full-width ％ as %), `vague`
    what makes the figure inexact (近, 约, 多, 余, 以上 ...). `value` is in the printed unit; of a
    date it is the digits in order: 20240831 for a day, 202408 for a month.
    """

    value: Decimal
    printed: str
    unit: str
    vague: str = ""
    kind: AmountKind
    start: int
    end: int
    number_start: int
    number_end: int


# One code point for one, so that offsets in the text stay what they were.
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％＋－−", "0123456789.,%+--")
# A full-width comma divides clauses, save between a digit and a group of three.
_SEPARATOR = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_FIGURES = {place: char for place, char in HALF_WIDTH.items() if place != ord("，")}
# How accounts print what is below nothing: △54.25, ▲11.02, (38.60).
NEGATIVE_SIGNS = "-－−△▲▼"
_NEGATIVE = str.maketrans("△▲▼", "---")
_BRACKETED = re.compile(r"[（(]\s*[-－−]?([\d０-９][^（）()]*)[)）]([%％]?)")
_BELOW = re.compile(r"^负(?=\d)")  # 负3.5 is printed for -3.5

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_FORMAL_PLACES = str.maketrans("拾佰仟萬億", "十百千万亿")

ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_ARABIC = re.compile(rf"([+-]?)({ARABIC})([十百千]?[万亿]*|[百千])")
_PLACES = re.compile(r"零?(?:(\d)千)?零?(?:(\d)百)?零?(?:(\d?)(十))?零?(\d)?")
_SHORT = re.compile(r"(.*[千百万亿])([1-9])")

# One character for one as well: the colon and the semicolon too end what a list marker follows.
_PLAIN = str.maketrans("：；—–～〜", ":;--~~")
_YEAR = r"(?:19|20)\d\d"
_CHINESE_DIGIT = "[零〇○一二三四五六七八九]"
_CHINESE_YEAR = rf"[一二][九〇零○]{_CHINESE_DIGIT}{{2}}"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# Eaten first, so that nothing inside it is found: document numbers, 24小时, telephone numbers,
# outline numbers (3.1.2), numbers that letters make into a name (A4, 5G), codes (204类).
_NO_FIGURE = rf"""
    [〔\[（(]\s*{_YEAR}\s*[〕\]）)]\s*第?\s*\d+\s*号 | \d+\s*号
  | (?:7\s*[×xX*]\s*)?24\s*小时 | \d{{3,4}}-\d{{7,8}} | (?!{_YEAR})\d+(?:\.\d+){{2,}}
  | [A-Za-z]+-?\d[\d.]* | \d+(?:\.\d+)*[A-Za-z]+(?<!m2)(?<!m) | [（(]\d{{2,3}}[类款项][）)]
"""
_DATE = rf"""
    {_YEAR}\s*年\s*{_DAY}\s*月(?:\s*{_DAY}\s*[日号]|\s*[底末初])?
  | {_YEAR}(?P<sep>[.\-/])\d{{1,2}}(?P=sep)\d{{1,2}}(?![\d.])
  | {_CHINESE_YEAR}年{_DAY}月(?:{_DAY}[日号])?
  | (?<!\d)\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号] | (?<![\d.个])\d{{1,2}}\s*月(?![饼子])
"""
_ORDINAL = rf"""
    (?:(?<=^)|(?<=[\n。;:]))[ \t　]*[（(]?(?P<mark>\d{{1,2}})[）)]?[、.](?:(?!\d)|(?={_YEAR}\s*年))
  | [（(](?P<bracketed>\d{{1,2}})[）)]
  | 第\s*(?P<rank>\d+)\s*(?P<rank_unit>[名位条款届期次批个季项章节页])?
"""
_BEFORE = (
    "(?:不少于|不低于|不超过|不高于|不多于|不足|不到|不满|将近|接近|超过|至少|最多|大约|约为"
    "|低于|高于|大于|小于|多于|少于|超|逾|(?<![附最靠邻])近|(?<![节大制公签契])约)"
)
_AFTER = (
    r"(?:(?:[（(]含(?:本数)?[）)])?(?:及?以上|及?以下|以内|之内|左右|上下|不等|之多)"
    "|多(?![少元个种项余])|余(?!额))"
)
_FEW = "[多余几]?"
# A unit on the next line must be one that starts nothing else: "5" above "名词解释" is no people.
_GAP = r"(?:[ \t\u00a0\u3000]|\s(?=[万亿]元|平方米|辆|个百分点|人次|台（套）))?"
# The numerals of vouchers, which nothing but money is written in: 壹拾贰万零柒佰捌拾元整.
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖拾佰仟零〇万亿]*"
_CHINESE = (
    r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*"
    "(?:点[零〇一二三四五六七八九]+)?"
)
# Money below nothing as accounts print it, of what can be below nothing: 收益为（15.90）万元.
_BELOW_NOTHING = (
    r"[（(]-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)）](?=\s?(?:[十百千]?[万亿]*元|[%‰]|个?百分点))"
)
_CAN_BE_NEGATIVE = re.compile(
    r"(?:收益|损益|利润|盈余|盈亏|亏损|结余|结转|余额|差额|净额|增减|增长|减少|下降|降低|上升|变化|变动"
    r"|[增降]幅|增加(?!值))[^，。；]{0,6}$"
)
# Chinese numerals stand in words everywhere; before these units alone they are figures.
_CHINESE_UNITS = (
    r"[万亿]*元|个百分点|人次|名(?![称单额义])|人(?![员均民大才社事力口生体])|场次|批次"
    r"|个(?![人体别性月])|家(?![庭具长属])|辆|台（套）|台(?![账湾阶])|项(?!目)|件"
    r"|户(?![外籍])|次(?![性要品])|平方米"
)
# Counted words that are talk and not figures: 三个方面, 四个意识, 两个维护.
_TALK = (
    "方面|层面|环节|阶段|部分|步骤|维度|角度|意识|自信|维护|代表|全面|务必|确立|坚持|统一|明确"
    "|聚焦|结合|必须|中心|基本点|规定|纪律"
)

# A two-digit number is a year before words that only a year takes, and never after those that
# make it a stretch of time (近24年, 过去20年).
# What is compared with is a year even before 多: 25年比24年多.
SHORT_YEAR = (
    r"(?:(?<=[比较])[12]\d(?=\s*年多)"
    r"|(?<![\d.近满达共第过去来约])(?<!\d,)(?:0\d|[1-3]\d)"
    r"(?=\s*年(?![以来内间前后期制历余左龄限]|多(?!少))))"
)
# 近10年 speaks of the years up to this one.
_YEAR_SAID = re.compile(rf"{SHORT_YEAR}\s*年|近10年")

# The order matters: what comes first takes the text from what comes after.
_PATTERN = re.compile(
    rf"""
      (?P<no_figure>{_NO_FIGURE})
    | (?P<date>{_DATE})
    | {_ORDINAL}
    | (?P<year>(?<!\d)(?<!\d,){_YEAR})
        (?P<year_unit>\s*年度? | (?=\s*(?:[-~至到、和及与]|\s)\s*{_YEAR}\s*年))
    | (?P<chinese_year>{_CHINESE_YEAR})(?P<chinese_year_unit>年度?)
    | 百分之(?P<share>{ARABIC}|{_CHINESE}|零点{_CHINESE_DIGIT}+)
    | (?P<before>{_BEFORE}\s?)?
        (?P<number>(?<![\d.])(?<!\d,)(?:{_BELOW_NOTHING}
          |(?:(?<![\da-zA-Z年月日元%）)])-|[△▲](?!{_YEAR})|负)?(?:{ARABIC})))
        (?:{_GAP}(?P<few>{_FEW}){_GAP}(?P<unit>{UNIT_PATTERN}))?
        (?P<after>{_AFTER})?
    | (?P<formal>{_FORMAL})(?P<formal_unit>元)(?![壹贰叁肆伍陆柒捌玖]角)[整正]?
    | (?P<chinese_before>{_BEFORE})?
        (?<![第一二两三四五六七八九十百千万“])(?P<chinese>{_CHINESE})
        (?P<chinese_few>{_FEW})(?P<chinese_unit>{_CHINESE_UNITS})(?!{_TALK})
        (?P<chinese_after>{_AFTER})?
    """,
    re.VERBOSE | re.MULTILINE,
)
# A bare 万 counts money unless the words just before it speak of heads.
_BARE_SCALES = ("万", "亿", "万亿", "十万", "百万", "千万")
_HEADS = re.compile(
    r"(?:人数|人口|人次|客流|参保|用户|户数|点击|阅读|浏览|观看|粉丝|受众|群众)[^,。;]{0,6}$"
)


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the figures that `text` prints, in reading order.

    Document numbers, 24小时, A4 and Chinese numerals inside words are not figures; list markers
    and ranks are, of kind "ordinal"; a number without a unit is "plain". The caller decides.
    """
    matches = _PATTERN.finditer(half_width(text).translate(_PLAIN))
    found = (_match_to_amount(match, text=text) for match in matches)
    return tuple(amount for amount in found if amount)


# The group that holds the number, the kind it makes, the group that holds the unit (or the unit).
_SHAPES: tuple[tuple[str, AmountKind | None, str], ...] = (
    ("mark", "ordinal", ""),
    ("bracketed", "ordinal", ""),
    ("rank", "ordinal", "rank_unit"),
    ("date", "date", ""),
    ("year", "year", "year_unit"),
    ("chinese_year", "year", "chinese_year_unit"),
    ("share", "percent", "%"),
    ("number", None, "unit"),
    ("formal", None, "formal_unit"),
    ("chinese", None, "chinese_unit"),
)


def _match_to_amount(match: re.Match[str], *, text: str) -> Amount | None:
    """Turn a match of the pattern into the amount it stands for; None for what is no figure."""
    shape = next((shape for shape in _SHAPES if match[shape[0]]), None)
    if not shape:
        return None
    name, kind, unit_group = shape
    start, end = match.span(name)
    unit = (match[unit_group] or "").strip() if unit_group in match.groupdict() else unit_group
    unit = re.sub(r"(?<=[万亿])[多余]", "", unit)  # 3万余元 counts in 万元
    value = _date_digits(match[name]) if kind == "date" else parse_number(match[name])
    if value is None or (name == "chinese" and not _is_figure(value, unit)):
        return None
    if text[start] in "（(" and not _CAN_BE_NEGATIVE.search(text, max(0, start - 20), start):
        return None
    return Amount(
        value=value,
        printed=text[start:end],
        unit=unit,
        vague=_vague(match) if kind is None else "",
        kind=kind or _kind(match, unit),
        start=match.end() - len(match[0].lstrip()),
        end=match.end(),
        number_start=start,
        number_end=end,
    )


def _is_figure(value: Decimal, unit: str) -> bool:
    """Tell whether a Chinese numeral counts: 一个 and 一次 are talk, 一名 and 一万元 are not."""
    return value != 1 or unit.endswith("元") or unit in ("名", "辆", "人次")


def _vague(match: re.Match[str]) -> str:
    parts = ("before", "after", "few", "chinese_before", "chinese_after", "chinese_few")
    said = next((match[part] for part in parts if match[part]), "")
    inside = re.search(r"(?<=[万亿])[多余]", match["unit"] or "")
    return re.sub(r"[（(].*?[）)]|^及(?=以)", "", said.strip()) or (inside[0] if inside else "")


def _kind(match: re.Match[str], unit: str) -> AmountKind:
    if unit in _BARE_SCALES and _HEADS.search(match.string, 0, match.start()):
        return "count"
    if unit == "年" and re.fullmatch(r"0\d|[12]\d|3[0-5]", match["number"] or ""):
        return "year" if _YEAR_SAID.search(match[0]) else "count"
    return unit_kind(unit)


def _date_digits(words: str) -> Decimal:
    """Write a date's digits in order, months and days with two: 2024年8月31日 is 20240831."""
    year, *rest = _date_parts(words)
    digits = "".join(f"{part:02d}" for part in rest)
    return Decimal(f"{year}{digits}")


def _date_parts(words: str) -> list[int]:
    parts = (parse_number(part) for part in re.findall(r"\d+|[〇○零一二三四五六七八九十]+", words))
    return [int(part) for part in parts if part is not None]


# ---------------------------------------------------------------- numbers in words


def half_width(text: str) -> str:
    """Give running text half-width figures, one character for one: "，8个" stays a new clause."""
    return _SEPARATOR.sub(",", text.translate(_FIGURES))


def parse_number(words: str) -> Decimal | None:
    """Return the number that `words` print and nothing else, or None.

    Takes 2,946.25, １２.５, 1.2亿, △54.25, (38.60), 一千二百三十四万五千六百, 一点二亿, 二〇二四,
    负三点五 and the formal numerals of vouchers, 壹拾贰万零柒佰捌拾.
    """
    bare = _BRACKETED.sub(r"-\1\2", words.strip()).translate(_NEGATIVE)
    plain = _BELOW.sub("-", bare.translate(HALF_WIDTH).translate(_FORMAL_PLACES))
    arabic = _ARABIC.fullmatch(plain)
    if arabic:
        sign, digits, scale = arabic.groups()
        number = Decimal(sign + digits.replace(",", ""))
        return number * scale_factor(scale) if scale else number
    return _parse_chinese(plain)


def _parse_chinese(words: str) -> Decimal | None:
    if words.startswith("负"):
        positive = _parse_chinese(words[1:])
        return None if positive is None else -positive
    if "点" in words:
        return _parse_decimal(words)
    # "〇" and "零", "两" and "二" are one digit: from here on digits are Arabic, places are words.
    digits = "".join(str(_DIGITS[char]) if char in _DIGITS else char for char in words)
    if digits.isdecimal() and digits.isascii():
        return Decimal(digits)
    whole = _whole(digits.replace("0", "零"))
    return None if whole is None else Decimal(whole)


def _parse_decimal(words: str) -> Decimal | None:
    whole, _, rest = words.partition("点")
    decimals = rest.rstrip("万亿")
    head = _parse_chinese(whole)
    if head is None or not decimals or any(char not in _DIGITS for char in decimals):
        return None
    digits = "".join(str(_DIGITS[char]) for char in decimals)
    return Decimal(f"{head}.{digits}") * scale_factor(rest[len(decimals) :])


def _whole(words: str) -> int | None:
    """Read 12亿3千… of digits and place words; each of 亿 and 万 divides high from low."""
    short = _SHORT.fullmatch(words)
    if short:  # 三万五 is 35000, 一百二 is 120: the last digit counts in the next lower place
        head = _whole(short[1])
        return None if head is None else head + int(short[2]) * int(SCALES[short[1][-1]]) // 10
    for word in "亿万":
        high, found, low = words.rpartition(word)
        if found:
            left, right = _whole(high), _whole(low) if low else 0
            if left is None or right is None or right >= SCALES[word]:
                return None
            return left * int(SCALES[word]) + right
    return _below_ten_thousand(words)


def _below_ten_thousand(words: str) -> int | None:
    found = _PLACES.fullmatch(words)
    if not words or words.strip("零") == "" or not found:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    value = int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + int(ones or 0)
    return value + (int(tens or 1) * 10 if ten else 0)
