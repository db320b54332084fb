"""The years and days that a text puts its figures in; not those of bases, titles and documents."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from corpus.entities.comparison_phrases import CARRIED
from corpus.entities.comparisons import compared_spans
from corpus.entities.quantities import YearMention, years_in

# Titles and the numbers of documents: a figure inside one is part of the name.
QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|【[^】]*】|“[^”]*”|[（(](?:19|20)\d\d[）)](?=\d*号)")
AS_OF = re.compile(
    r"截[至止]?到?(?:[至止])?(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?"
    r"(?:(?P<day>\d{1,2})日|年?[底末])"
    r"|(?P<end>(?:19|20)\d\d)年年?[底末](?!结转|结余)"
)


def as_of_date(until: re.Match[str], this_year: int | None) -> date | None:
    """Return the day that 截至2024年8月31日, 截至2024年8月底 or 2024年末 names.

    The end of the report's own year is no date of its own: the figures of that year are as of it.
    """
    year, month = int(until["year"] or until["end"]), int(until["month"] or 12)
    if not 1 <= month <= 12 or (year == this_year and not until["month"]):
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
