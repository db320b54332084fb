"""Numbers of a spreadsheet as its cells show them: 0.125 under "0.0%" is 12.5%.

Digits are rounded as the format rounds them. Separators of thousands and zeros that only fill up
the decimals are left out: they are looks, and the file holds none of them.
"""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
# Excel keeps 15 digits; what stands behind the twelfth is what binary fractions leave over.
SIGNIFICANT = 12
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<text>@)|(?P<general>General|G/通用格式)"
    r"|(?P<percent>[%％])|(?P<other>.)",
    re.IGNORECASE,
)
LITERALS = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
DATE_MARKS = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
# A currency sign before a number and brackets around a negative one say nothing more.
MUTE = frozenset("¥￥$()（）+- ")
HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)


def show_number(value: float | Decimal, number_format: str) -> str:
    """Return a number as its cell shows it, a negative one always with its sign."""
    number = tidy(value)
    section = pick_section(number_format, number)
    tokens = list(TOKEN.finditer(section))
    if any(token["text"] or token["general"] for token in tokens) or not section:
        return plain(number) if section or not number_format else ""
    percents = sum(bool(token["percent"]) for token in tokens)
    places = [token["digits"] for token in tokens if token["digits"]]
    words = "".join(token_to_words(token) for token in tokens)
    if not places:
        return words or ("-" if "-" in section else "")
    if len(places) > 1:  # a fraction, an exponent, a number cut by words
        return plain(number)
    shown = digits(abs(number) * HUNDRED**percents, places[0], padded=bool(percents))
    sign = "-" if number < 0 and shown.strip("0.") else ""
    return f"{sign}{shown}{'%' * percents}{words}"


def tidy(value: float | Decimal) -> Decimal:
    """Return a stored number without what the binary fraction leaves behind its last digit."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if number and number != number.to_integral_value():
        number = round(number, SIGNIFICANT - number.adjusted() - 1)
    return number


def pick_section(number_format: str, number: Decimal) -> str:
    """Return the part of a format that a number is shown by: positive; negative; zero; text."""
    sections = split_sections(number_format or GENERAL)
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > len(("positive", "negative")):
        return sections[2]
    return sections[0]


def split_sections(number_format: str) -> list[str]:
    """Split a format at its semicolons, not at those within quotes or after an escape."""
    sections = [""]
    for part in re.findall(r'"[^"]*"|[\\!_*].|\[[^\]]*\]|.', number_format):
        if part == ";":
            sections.append("")
        else:
            sections[-1] += part
    return sections


def token_to_words(token: re.Match[str]) -> str:
    """Return the words that a token of a format prints beside the number: 辆, 万."""
    words = token["quoted"] or token["escaped"] or token["other"] or ""
    return "".join(char for char in words if char not in MUTE)


def digits(number: Decimal, places: str, *, padded: bool) -> str:
    """Return a positive number with the decimals that a format has room for."""
    number /= THOUSAND ** (len(places) - len(places.rstrip(",")))
    _, _, decimals = places.rstrip(",").partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    if not padded:
        return plain(rounded)
    shown, optional = f"{rounded:f}", len(decimals) - len(decimals.rstrip("#?"))
    while optional and shown.endswith("0"):
        shown, optional = shown[:-1], optional - 1
    return shown.rstrip(".")


def plain(number: Decimal) -> str:
    """Return a number in digits alone, without zeros at the end of its decimals."""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def is_date_format(number_format: str) -> bool:
    """Tell whether a format shows a number as a date or a time."""
    return bool(DATE_MARKS.search(LITERALS.sub("", number_format).replace(GENERAL, "")))


def show_date(value: date | time, number_format: str) -> str:
    """Return a date as Chinese reports print it, as far down as its format goes."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    marks = LITERALS.sub("", number_format).lower()
    shown = f"{value.year}年"
    if "m" in marks or "d" in marks or "y" not in marks:
        shown += f"{value.month}月"
    if "d" in marks or "y" not in marks:
        shown += f"{value.day}日"
    timed = isinstance(value, datetime) and "h" in marks
    return f"{shown}{value:%H:%M}" if timed else shown
