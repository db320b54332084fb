"""How Chinese words sound: pinyin without tones. The one owner of pypinyin."""

import os
from functools import lru_cache


@lru_cache(maxsize=20_000)
def sound_of(char: str) -> str:
    """Return the commonest reading of one character; the character itself where it has none."""
    # Loaded for the first word that needs it, without the phrases, which only whole sentences need
    # and which take most of its time and memory.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415

    return pinyin(char, style=Style.NORMAL)[0][0]


def sounds_of(words: str) -> tuple[str, ...]:
    """Return the readings of the characters, one each."""
    return tuple(map(sound_of, words))


def initials_of(words: str) -> str:
    """Return the first letters of the readings: 财政局 is czj."""
    return "".join(sound_of(char)[:1] for char in words)
