"""The text of a Word paragraph as a person reads it: what is struck out or hidden is left out.

A raised note mark is no part of the word or figure that it stands behind; a raised 2 behind m is.
"""

from collections.abc import Iterator
from itertools import groupby

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from corpus.readers.raised import raised_text

# Deleted and moved text, the fallback twin of a drawing, phonetic guides, properties.
SKIPPED = frozenset(
    {qn(tag) for tag in ("w:del", "w:moveFrom", "w:rt", "w:pPr", "w:tblPr", "w:sectPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
BREAKS = frozenset({qn("w:br"), qn("w:cr")})
PRINTED = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"} | dict.fromkeys(BREAKS, "\n")
UNSEEN = ("w:vanish", "w:strike", "w:dstrike")
TINY = 5  # half points: no type that is read is as small
WHITE = "FFFFFF"
BOXED = frozenset({qn("w:tc"), qn("w:txbxContent")})

Styles = dict[str, Element]


class Runs:
    """Reads the runs of paragraphs; `styles` tells what a run inherits from a named style."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles

    def text(self, paragraph: Element) -> str:
        """Return the printed text of a paragraph; text boxes are not part of it."""
        said = ""
        pieces = self._pieces(paragraph, raised=False)
        for raised, group in groupby(pieces, key=lambda piece: piece[1]):
            text = "".join(text for text, _ in group)
            said += raised_text(text, said) if raised else text
        return said

    def _pieces(self, element: Element, *, raised: bool) -> Iterator[tuple[str, bool]]:
        for child in element.iterchildren():
            if child.tag == qn("w:t"):
                yield child.text or "", raised
            elif child.tag in PRINTED:
                yield PRINTED[child.tag], False
            elif self._is_walked(child):
                yield from self._pieces(child, raised=raised or self._is_raised(child))

    def _is_walked(self, element: Element) -> bool:
        """Tell whether text may stand in an element: not in comments, deletions and hidden runs."""
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return False
        if element.tag != qn("w:r"):
            return element.tag != qn("w:txbxContent")
        return not (any(self._is_on(element, name) for name in UNSEEN) or self._is_ghost(element))

    def _is_on(self, run: Element, name: str) -> bool:
        found = self._property(run, name)
        return found is not None and is_on(found)

    def _is_ghost(self, run: Element) -> bool:
        """Tell whether a run is too small to read, or white on the white of the page."""
        size = self._property(run, "w:sz")
        if size is not None and whole_number(size, otherwise=TINY + 1) <= TINY:
            return True
        colour = self._property(run, "w:color")
        if colour is None or value(colour).upper() != WHITE:
            return False
        # In a cell or a text box a fill may stand behind it.
        boxed = any(parent.tag in BOXED for parent in run.iterancestors())
        paragraph = next(run.iterancestors(qn("w:p")), None)
        fill = None if paragraph is None else paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}")
        marked = any(self._property(run, name) is not None for name in ("w:shd", "w:highlight"))
        return not (boxed or marked or fill is not None)

    def _is_raised(self, run: Element) -> bool:
        if run.tag != qn("w:r"):
            return False
        aligned = self._property(run, "w:vertAlign")
        if aligned is not None:
            return value(aligned) == "superscript"
        lifted = self._property(run, "w:position")
        return lifted is not None and whole_number(lifted, otherwise=0) > 0

    def _property(self, run: Element, name: str) -> Element | None:
        """Find a property of a run: its own, else that of its character style or of its bases."""
        holder: Element | None = run
        seen: set[str] = set()
        while holder is not None:
            found: Element | None = holder.find(f"{qn('w:rPr')}/{qn(name)}")
            if found is not None:
                return found
            link = "w:basedOn" if holder.tag == qn("w:style") else "w:rPr/w:rStyle"
            named = holder.find("/".join(qn(step) for step in link.split("/")))
            key = "" if named is None else value(named)
            if key in seen:
                return None
            seen.add(key)
            holder = self.styles.get(key)
        return None


def is_on(element: Element) -> bool:
    """Tell whether a switch is on: it is where it is named without a value."""
    return value(element) not in {"0", "false", "off"}


def whole_number(element: Element | None, *, otherwise: int) -> int:
    """Return the value of an element as a number; `otherwise` where there is none to read."""
    text = "" if element is None else value(element)
    return int(text) if text.isdecimal() else otherwise


def value(element: Element) -> str:
    """Return the `w:val` attribute of an element, empty where it has none."""
    return str(element.get(qn("w:val"), ""))
