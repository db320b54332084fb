"""What there is: for each organisation, the years of its reports of each kind."""

from collections.abc import Iterable, Iterator

from bot.telegram.views import texts
from corpus.model.types import Kind, Report


def coverage_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Say for each organisation which years there are of each kind, and which lie between."""
    units: dict[str, dict[Kind, set[int]]] = {}
    for report in reports:
        kinds = units.setdefault(report.organisation, {})
        if report.year is not None:
            kinds.setdefault(report.kind, set()).add(report.year)
    for unit in sorted(units):
        years = {year for found in units[unit].values() for year in found}
        yield unit or texts.UNKNOWN
        for kind, found in sorted(units[unit].items()):
            missing = sorted(set(range(min(years), max(years) + 1)) - found)
            yield texts.coverage_line(kind, sorted(found), missing)
