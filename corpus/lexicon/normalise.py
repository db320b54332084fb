"""Chinese text brought to one form: `normalise` for reading on, `fold` for comparing. No meaning.

The one owner of opencc.
"""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from corpus.model.types import Noun

_DROPPED = frozenset("“”\"'‘’「」『』〝〞()[]{}<>【】〔〕〈〉《》·•*\u200b\u200c\u200d\ufeff\u00ad")
_ALIKE = str.maketrans("，；：！？。—–―─‐‑−〜～﹣", ",;:!?.-------~~-")
_OPENING = str.maketrans("「『〝«", "““““")
_CLOSING = str.maketrans("」』〞»", "””””")


class Folded(Noun):
    """Text in its folded form, and for each of its characters the place it came from.

    `places` has one entry more than `text`: where the original ends.
    """

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the original that `text[start:end]` came from."""
        return self.places[start], self.places[end - 1] + 1


@cache
def _simplifier() -> Callable[[str], str]:
    # Loaded for the first traditional character only: most runs never meet one.
    from opencc import OpenCC  # noqa: PLC0415

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@lru_cache(maxsize=20_000)
def _is_traditional(char: str) -> bool:
    """Tell whether a character has a simplified form and is not in use beside it (乾, 著)."""
    if not "㐀" <= char <= "鿿":
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return _simplifier()(char) != char
    return False


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones; other text comes back as it was."""
    if any(_is_traditional(char) for char in set(text)):
        return _simplifier()(text)
    return text


def normalise(text: str) -> str:
    """Bring a question or a label to plain form: half-width, simplified, quotation marks “ ”."""
    plain = unicodedata.normalize("NFKC", text).translate(_OPENING).translate(_CLOSING)
    if '"' in plain:
        pieces = plain.split('"')
        marks = ("“", "”")
        plain = pieces[0] + "".join(marks[at % 2] + piece for at, piece in enumerate(pieces[1:]))
    return simplify(plain)


@lru_cache(maxsize=20_000)
def _fold_char(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char).casefold().translate(_ALIKE)
    simple = _simplifier()(plain) if _is_traditional(plain) else plain
    return "".join(each for each in simple if not each.isspace() and each not in _DROPPED)


def fold(text: str) -> str:
    """Return `text` for comparing: no spaces, quotes or brackets, one form of everything else.

    Marks that divide clauses stay, so that a phrase is never found across them.
    """
    return "".join(map(_fold_char, text))


def fold_with_places(text: str) -> Folded:
    """Fold `text` and remember where each character of the result came from."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for folded in _fold_char(char):
            chars.append(folded)
            places.append(place)
    return Folded(text="".join(chars), places=(*places, len(text)))
