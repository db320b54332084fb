"""Raised text: a mark of a note, no part of the figure before it, or a power behind a unit."""

import re

NOTE_MARK = re.compile(
    r"[\[〔【(（]?(?:注|note)?[\d*＊※#①-⑳a-h,，、~-]{1,5}[\])）】〕]?", re.IGNORECASE
)
# Behind these a raised digit is a power: m², 10⁴.
POWER_OF = re.compile(r"[A-Za-zΩ]$|[×xX*]\s*10$")
POWERS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def raised_text(text: str, before: str) -> str:
    """Return what a raised text says: a power behind a unit, nothing where it points to a note."""
    if POWER_OF.search(before):
        return text.translate(POWERS)
    return "" if NOTE_MARK.fullmatch(text.strip()) else text
