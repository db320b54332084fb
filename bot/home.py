"""The body meant where a question names none, as it is set: its full name, or a short one."""

from bot.telegram.units import find_units, loaded_units
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
