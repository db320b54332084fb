"""Numbers in words: Arabic, full-width and Chinese numerals to Decimal and back. No units.

`parse_number` and `format_number` are each other's inverse: what one prints, the other reads.
"""

import re
from decimal import Decimal

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
_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_FORMAL = str.maketrans("拾佰仟萬億", "十百千万亿")
SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}

ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_ARABIC = re.compile(rf"([+-]?)({ARABIC})([十百千]?[万亿]*|[百千])")
_PLACES = re.compile(r"零?(?:(\d)千)?零?(?:(\d)百)?零?(?:(\d?)(十))?零?(\d)?")
_SHORT = re.compile(r"(.*[千百万亿])([1-9])")


def half_width(text: str) -> str:
    """Give running text half-width figures, one character for one: "，8个" stays a new clause."""
    return _SEPARATOR.sub(",", text.translate(_FIGURES))


def parse_number(words: str) -> Decimal | None:
    """Return the number that `words` print and nothing else, or None.

    Takes 2,946.25, １２.５, 1.2亿, △54.25, (38.60), 一千二百三十四万五千六百, 一点二亿, 二〇二四,
    负三点五 and the formal numerals of vouchers, 壹拾贰万零柒佰捌拾.
    """
    bare = _BRACKETED.sub(r"-\1\2", words.strip()).translate(_NEGATIVE)
    plain = _BELOW.sub("-", bare.translate(HALF_WIDTH).translate(_FORMAL))
    arabic = _ARABIC.fullmatch(plain)
    if arabic:
        sign, digits, scale = arabic.groups()
        return Decimal(sign + digits.replace(",", "")) * scale_factor(scale)
    return _parse_chinese(plain)


def scale_factor(scale: str) -> Decimal:
    """Return what 万, 千万, 万亿 and the like multiply by; 1 for no word at all."""
    factor = Decimal(1)
    for word in scale:
        factor *= SCALES[word]
    return factor


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


def format_number(value: Decimal, *, like: str = "") -> str:
    """Print `value` with all its digits, in the manner of `like`.

    `like` shows the manner: "2,946.25" groups by thousands, "１２" is full-width, "一百二十"
    is Chinese with places, "二〇二四" Chinese digit by digit; "" is plain Arabic.
    """
    digits = f"{value:f}"
    if not like or like.translate(HALF_WIDTH) != like:
        return digits.translate(_FULL_WIDTH) if like else digits
    if "," in like:
        return f"{value:,f}"
    if any(char in _DIGITS for char in like) and all(char in _DIGITS for char in like):
        if digits.isdecimal() and len(digits) > 1:
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)
        return _chinese(digits)
    if re.search(r"[零一二两三四五六七八九十]", like):
        return _chinese(digits)
    return digits


def _chinese(digits: str) -> str:
    if digits.startswith("-"):
        return "负" + _chinese(digits[1:])
    whole, _, decimals = digits.partition(".")
    words = _chinese_whole(int(whole))
    if decimals:
        words += "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in decimals)
    return words


def _chinese_whole(value: int) -> str:
    """Name a whole number of 0 or more; 零 stands once wherever places in between are empty."""
    if value < 10:
        return "零一二三四五六七八九"[value]
    for word in "亿万千百十":
        scale = int(SCALES[word])
        if value >= scale:
            break
    high, low = divmod(value, scale)
    head = "" if word == "十" and high == 1 else _chinese_whole(high)
    if low == 0:
        return head + word
    gap = "零" if low < scale // 10 else ""
    # Inside a larger number the ten is spoken with its one: 一百一十, 一万零一十.
    tail = _chinese_whole(low)
    return head + word + gap + ("一" + tail if tail.startswith("十") else tail)
