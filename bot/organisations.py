"""The organisations whose reports are loaded: found by name, and the one meant by default."""

from corpus.entities.organisations import core_of, is_short_for
from corpus.lexicon.pronunciation import initials_of
from index.library import Library

MOST_NAMED = 5
UNFIT = "WENSHU_HOME 设的“{home}”不是已收录的单位，没有用它；已收录：{names}。"
AMBIGUOUS = "WENSHU_HOME 设的“{home}”可能是：{names}，没有用它；请写全名。"


def settle_home(library: Library, home: str | None) -> tuple[str | None, str]:
    """Return the full name of the body that `home` means, and what is to be said of it if unfit.

    A name that fits none, or several, comes back as it is: its report may be added later.
    """
    units = loaded_units(library)
    if not home or not units:
        return home, ""
    found = find_units(library, home)
    if len(found) == 1:
        return found[0], ""
    said = AMBIGUOUS if found else UNFIT
    return home, said.format(home=home, names=_named(found or units))


def _named(units: tuple[str, ...]) -> str:
    rest = f"等 {len(units)} 家" if len(units) > MOST_NAMED else ""
    return "、".join(units[:MOST_NAMED]) + rest


def find_units(library: Library, name: str) -> tuple[str, ...]:
    """Return the loaded organisations that a name, a short name or pinyin initials may mean."""
    units = loaded_units(library)
    exact = tuple(unit for unit in units if unit == name)
    short = exact or tuple(unit for unit in units if is_short_for(name, unit))
    return short or tuple(unit for unit in units if name in unit or _sounds_like(name, unit))


def loaded_units(library: Library) -> tuple[str, ...]:
    """Return the organisations in order of their names, each once."""
    names = {report.organisation for report in library.reports()}
    return tuple(sorted(name for name in names if name))


def _sounds_like(letters: str, unit: str) -> bool:
    plain = letters.lower()
    return plain.isascii() and (
        initials_of(core_of(unit)).startswith(plain) or initials_of(unit).startswith(plain)
    )
