"""The organisations whose reports are loaded: found by name or initials; what there is."""

from collections.abc import Iterable, Iterator

from bot.telegram import words
from corpus.entities.organisations import core_of, is_short_for
from corpus.lexicon.pronunciation import initials_of
from corpus.model.types import Kind, Report
from index.library import Library


def loaded_units(library: Library) -> tuple[str, ...]:
    """Return the organisations in order of their names, each once."""
    names = {report.organisation for report in library.reports()}
    return tuple(sorted(name for name in names if name))


def find_units(library: Library, name: str) -> tuple[str, ...]:
    """Return the loaded organisations that a name, a short name or pinyin initials may mean."""
    units = loaded_units(library)
    exact = tuple(unit for unit in units if unit == name)
    short = exact or tuple(unit for unit in units if is_short_for(name, unit))
    return short or tuple(unit for unit in units if name in unit or _sounds_like(name, unit))


def _sounds_like(letters: str, unit: str) -> bool:
    plain = letters.lower()
    return plain.isascii() and (
        initials_of(core_of(unit)).startswith(plain) or initials_of(unit).startswith(plain)
    )


def coverage_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Say for each organisation which years there are of each kind, and which lie between."""
    units: dict[str, dict[Kind, set[int]]] = {}
    for report in reports:
        kinds = units.setdefault(report.organisation, {})
        if report.year is not None:
            kinds.setdefault(report.kind, set()).add(report.year)
    for unit in sorted(units):
        years = {year for found in units[unit].values() for year in found}
        yield unit or words.UNKNOWN
        for kind, found in sorted(units[unit].items()):
            missing = sorted(set(range(min(years), max(years) + 1)) - found)
            yield words.coverage_line(kind, sorted(found), missing)
