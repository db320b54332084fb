"""Note marks: small figures raised beside a word or a number, which are no part of it.

What is raised behind a letter is a power (m²) and stays, on the line that it belongs to.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.pdf.glyphs import Glyph

# All in parts of the type size of what the mark stands behind.
_SMALL = 0.8
_RAISED = (0.15, 0.8)
_BESIDE = (-0.3, 0.5)
_MARK = re.compile(r"[\[〔【(（]?注?(?:[\d,，、~-]{1,5}|[*＊※#①-⑳a-h])[\])）】〕]?")
_SIGNS = frozenset("0123456789[]〔〕【】()（）注,，、~-*＊※#abcdefgh") | frozenset("①②③④⑤⑥⑦⑧⑨⑩")
_POWERS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def without_note_marks(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Return the glyphs of a page without its raised note marks; powers come down to their line."""
    changed: dict[Glyph, Glyph | None] = {}
    larger: dict[float, list[Glyph]] = {}
    for run in _small_runs(glyphs):
        size = run[0].size
        if size not in larger:
            larger[size] = [glyph for glyph in glyphs if size < _SMALL * glyph.size]
        host = _host(run, larger[size])
        if host is None or not _MARK.fullmatch("".join(glyph.char for glyph in run)):
            continue
        power = host.char.isascii() and host.char.isalpha()
        for glyph in run:
            lowered = replace(glyph, char=glyph.char.translate(_POWERS), y=host.y)
            changed[glyph] = lowered if power else None
    kept = (changed.get(glyph, glyph) for glyph in glyphs)
    return tuple(glyph for glyph in kept if glyph is not None)


def _small_runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the runs of signs of notes that are set smaller than something else on the page."""
    largest = max((glyph.size for glyph in glyphs), default=0.0)
    small = [g for g in glyphs if g.char in _SIGNS and g.size < _SMALL * largest and not g.turn]
    small.sort(key=lambda glyph: (round(glyph.y), glyph.x0))
    runs: list[list[Glyph]] = [small[:1]] if small else []
    for last, glyph in pairwise(small):
        near = abs(glyph.x0 - last.x1) < _BESIDE[1] * glyph.size
        if near and abs(glyph.y - last.y) < 1 and glyph.size == last.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _host(run: Sequence[Glyph], glyphs: Iterable[Glyph]) -> Glyph | None:
    """Return the larger type that a run is raised beside, None where there is none."""
    first = run[0]
    return next((glyph for glyph in glyphs if _is_beside(first, glyph)), None)


def _is_beside(mark: Glyph, glyph: Glyph) -> bool:
    size, gap, lift = glyph.size, mark.x0 - glyph.x1, glyph.y - mark.y
    return (
        _BESIDE[0] * size < gap < _BESIDE[1] * size and _RAISED[0] * size < lift < _RAISED[1] * size
    )
